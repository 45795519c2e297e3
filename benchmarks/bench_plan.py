"""How long the planner takes beside reading such a workbook with python-calamine, and how much memory.

    python benchmarks/bench_plan.py [customers] [--no-read]

Everything is made here from a fixed seed: a base, a workbook and a hub of 100,000 customers with 20 columns, 1 % of
the rows edited on each side (a tenth of those on both), some added and some deleted. The three hold no text in
common, as what three stores read. CPU seconds of this process; memory as Python counts it (tracemalloc).
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
import xlsxwriter
from python_calamine import CalamineWorkbook

from followup import ids
from followup.tables import TABLES
from followup.tables.frames import to_cells
from sync import base as bases
from sync.ids import Minter
from sync.plan import Plan, Side, identify, plan

NOW = datetime(2024, 6, 30, 18)
CUSTOMERS = TABLES["customers"]
WORDS = ("降低供应链管理成本30%", "客户关注成本优化率与交付周期", "发送报价单", "需要方案对比数据，下周前提供")
SHARE = 0.01


def make(size: int) -> pd.DataFrame:
    """Typed customers: the ten printed columns, the id and nine more."""
    rng = np.random.default_rng(7)

    def words(*choices: str) -> Any:
        return np.array(choices, dtype=object)[rng.integers(0, len(choices), size)]

    def days() -> Any:
        return np.datetime64("2024-06-30", "s") - rng.integers(0, 700, size).astype("timedelta64[D]")

    index = pd.Index(ids.from_hashes("C", [str(n) for n in range(size)]), dtype=object)
    columns = {
        "customer_name": np.array([f"示例{n}号科技有限公司" for n in range(size)], dtype=object),
        "industry": words("制造业-汽车零部件", "教育-培训", "零售-快消"),
        "customer_type": words("潜在客户", "意向客户", "成交客户"),
        "key_contact": np.array([f"王{n}/采购总监" for n in range(size)], dtype=object),
        "contact_info": np.array([f"138{n:08d}" for n in range(size)], dtype=object),
        "comm_preference": words("邮件", "电话", ""),
        "company_size": words("500人/年营收1-5亿", "50人"),
        "pain_points": words(*WORDS) + rng.integers(0, 10**6, size).astype(str).astype(object),
        "first_contact_date": days(),
        "first_contact_channel": words("官网", "广告", "老客户转介绍"),
        "customer_id": index.to_numpy(),
        "status": words("潜在客户", "意向客户", "成交客户", "流失客户"),
        "grade": words("A", "B", "C", ""),
        "owner": np.array([f"销售{n}" for n in rng.integers(1, 41, size)], dtype=object),
        "collaborators": words("", "", "客服:刘洋"),
        "tags": words("", "VIP客户", "VIP客户;展会2024"),
        "budget": pd.array(rng.integers(10**5, 10**8, size), dtype="Int64"),
        "rating_value": pd.array(rng.integers(1, 6, size), dtype="Int64"),
        "notes": words("", *WORDS),
        "created_at": days(),
    }
    return typed(columns, index)


def typed(columns: dict[str, Any], index: pd.Index) -> pd.DataFrame:
    """A typed frame: pandas would make strings of a dtype of its own."""
    series = {key: pd.Series(values, index=index, dtype=CUSTOMERS[key].type.dtype) for key, values in columns.items()}
    return pd.DataFrame(series, index=index)


def apart(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame without a text in common: what another store would have read."""

    def fresh(values: Any) -> Any:
        return np.array(json.loads(json.dumps(list(values))), dtype=object)

    columns = {key: fresh(frame[key]) if frame[key].dtype == object else frame[key].array.copy() for key in frame}
    return typed(columns, pd.Index(fresh(frame.index), dtype=object))


def edited(frame: pd.DataFrame, seed: int, mark: str) -> pd.DataFrame:
    """The frame after a day of people: edits, a few deletions, a few new rows."""
    rng = np.random.default_rng(seed)
    out = apart(frame)
    count = max(1, int(len(out) * SHARE))
    both = np.arange(count // 10)  # rows that the other side edits, too
    rows = out.index[np.unique(np.concatenate([both, rng.integers(0, len(out), count)]))]
    for key in ("key_contact", "pain_points", "notes"):
        out.loc[rows, key] = out.loc[rows, key] + mark
    out.loc[rows, "budget"] = out.loc[rows, "budget"] + seed
    fresh = out.iloc[: count // 20].set_axis(pd.Index([f"{mark}{n}" for n in range(count // 20)], dtype=object))
    fresh["customer_name"] = pd.Series([f"新{mark}{n}" for n in range(len(fresh))], index=fresh.index, dtype=object)
    out = out.drop(index=out.index[-count // 20 :]) if mark == "左" else out
    return pd.concat([out, fresh])


def timed(name: str, work: Callable[[], Any]) -> tuple[Any, float]:
    """The result and the CPU seconds of `work`, printed."""
    gc.collect()
    start = time.process_time()
    result = work()
    spent = time.process_time() - start
    print(f"  {name:<44}{spent:8.2f} s", flush=True)
    return result, spent


def write_workbook(frame: pd.DataFrame, path: Path) -> None:
    """The sheet as Excel would hold it: shared strings, dates as dates."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet(CUSTOMERS.sheet)
        for place, key in enumerate(frame.columns):
            column = CUSTOMERS[str(key)]
            sheet.write(0, place, column.header)
            for row, cell in enumerate(to_cells(frame[key], column), 1):
                if cell is not None:
                    sheet.write(row, place, cell)


def read_workbook(path: Path) -> int:
    """Every cell through python-calamine; how many rows."""
    workbook = CalamineWorkbook.from_path(str(path))
    return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def told(base: pd.DataFrame, side: pd.DataFrame) -> int:
    """Which record each row of a sorted sheet is, its new rows without an id; how many were minted."""
    rows = side.sort_values("customer_name").set_axis(pd.RangeIndex(2, len(side) + 2))
    rows["customer_id"] = rows["customer_id"].where(~rows["customer_name"].str.startswith("新"), "")
    minter = Minter("AB", set(base.index), random.Random(7))
    return len(identify(CUSTOMERS, rows, base, set(base.index), lambda: minter.mint("C")).minted)


def memory(frame: pd.DataFrame, work: Callable[[pd.DataFrame, pd.DataFrame, pd.DataFrame], object]) -> tuple[int, int]:
    """Bytes of the two snapshots, and the most that planning adds to them."""
    base = apart(frame)
    tracemalloc.start()
    local, hub = edited(frame, 1, "左"), edited(frame, 2, "右")
    gc.collect()
    snapshots, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    work(base, local, hub)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return snapshots, peak


def planned(base: pd.DataFrame | None, local: pd.DataFrame, hub: pd.DataFrame) -> Plan:
    """The plan of the three."""
    was = None if base is None else {"customers": base}
    return plan(was, {"customers": Side(local)}, {"customers": Side(hub)}, now=NOW)


def stored(base: pd.DataFrame, folder: Path) -> float:
    """Seconds that storing the base and finding it again take."""
    engine = sa.create_engine(f"sqlite:///{folder / 'state.db'}")
    bases.metadata.create_all(engine)
    _, save = timed("base: stored", lambda: bases.save(engine, "spoke", "stamp", {"customers": base}))
    timed("base: stored again, nothing changed", lambda: bases.save(engine, "spoke", "s2", {"customers": base}))
    _, load = timed("base: loaded", lambda: bases.load(engine, "spoke", "stamp"))
    engine.dispose()
    return save + load


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("customers", nargs="?", type=int, default=100_000)
    parser.add_argument("--no-read", action="store_true", help="leave the comparison with python-calamine out")
    options = parser.parse_args()
    frame = make(options.customers)
    print(
        f"{options.customers:,} customers × {len(frame.columns)} columns, {SHARE:.0%} edited on each side (CPU seconds)"
    )
    base, local, hub = apart(frame), edited(frame, 1, "左"), edited(frame, 2, "右")
    timed("plan: nothing changed", partial(planned, base, apart(base), apart(base)))
    made, spent = timed("plan", lambda: planned(base, local, hub))
    print(f"    {made.summary}, {len(made.conflicts):,} conflicts, {len(made.recycled):,} recycled")
    timed("plan: first meeting, no base", lambda: planned(None, local, hub))
    timed("who is who: sorted, new rows without an id", lambda: told(base, local))
    with tempfile.TemporaryDirectory() as folder:
        stored(base, Path(folder))
        if not options.no_read:
            path = Path(folder, "bench.xlsx")
            timed("write the workbook", lambda: write_workbook(local, path))
            rows, read = timed("python-calamine reads it", lambda: read_workbook(path))
            print(f"  {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB; plan / reading: {spent / read:.2f}")
    snapshots, peak = memory(frame, planned)
    print(
        f"memory: two snapshots {snapshots / 2**20:,.0f} MiB, while planning {peak / 2**20:,.0f} MiB: "
        f"{peak / snapshots:.2f} times"
    )


if __name__ == "__main__":
    main()
