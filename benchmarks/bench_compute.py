"""How long links, rules and computed columns take beside reading such a workbook with python-calamine.

    python benchmarks/bench_compute.py [customers] [followups] [--no-read]

Everything is made here from a fixed seed: typed tables with numpy, and a workbook of the same size, written as
bare sheet XML so that making it costs less than reading it. CPU seconds of this process; 100,000 customers
with 1,000,000 follow-ups by default.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd

from followup import links, stamps, transitions
from followup.changes import Change, apply_changes, count
from followup.columns import compute, workbench
from followup.rules import evaluate
from followup.tables import TABLES, Owner
from followup.tables.frames import Tables
from followup.team import Team

NOW = datetime(2024, 6, 30, 18)
LAST = np.datetime64("2024-06-30", "s")
METHODS = ("电话", "拜访", "邮件", "会议", "现场", "微信")
PEOPLE = [f"销售{n}" for n in range(1, 41)]
WORDS = (
    "介绍公司供应链解决方案",
    "客户关注成本优化率与交付周期",
    "确认下周演示",
    "发送报价单",
    "客户有兴趣",
    "需要方案对比数据，下周前提供",
)


def choose(rng: np.random.Generator, words: Any, size: int, weights: Any = None) -> Any:
    """Random words as objects."""
    return np.array(words, dtype=object)[rng.choice(len(words), size, p=weights)]


def moments(rng: np.random.Generator, size: int, back: int) -> Any:
    """Random instants of the last `back` days."""
    return LAST - rng.integers(0, back * 86_400, size).astype("timedelta64[s]")


def record_ids(letter: str, size: int) -> pd.Index:
    """Ids of `size` records."""
    return pd.Index([f"{letter}-{n:07d}-X" for n in range(size)], dtype=object)


def make(customers: int, followups: int) -> Tables:
    """A big team's typed tables."""
    rng = np.random.default_rng(7)
    index = record_ids("C", customers)
    names = np.array([f"示例{n}号科技有限公司" for n in range(customers)], dtype=object)
    first = moments(rng, customers, 700).astype("datetime64[D]").astype("datetime64[s]")
    status = choose(rng, ["潜在客户", "意向客户", "成交客户", "流失客户"], customers, [0.4, 0.3, 0.2, 0.1])
    people = {
        "customer_name": names,
        "industry": choose(rng, ["制造业-汽车零部件", "教育-培训", "零售-快消"], customers),
        "customer_type": status,
        "status": status,
        "grade": choose(rng, ["A", "B", "C", ""], customers),
        "owner": choose(rng, PEOPLE, customers),
        "key_contact": np.full(customers, "王芳/采购总监", dtype=object),
        "contact_info": np.array([f"138{n:08d}" for n in range(customers)], dtype=object),
        "comm_preference": choose(rng, ["邮件", "电话", ""], customers),
        "company_size": np.full(customers, "500人/年营收1-5亿", dtype=object),
        "pain_points": choose(rng, WORDS, customers),
        "first_contact_date": first,
        "first_contact_channel": choose(rng, ["官网", "广告"], customers),
        "created_at": first + rng.integers(0, 200_000, customers).astype("timedelta64[s]"),
        "source": np.full(customers, "录入", dtype=object),
    }
    of = rng.integers(0, customers, followups)
    day = moments(rng, followups, 400)
    touched = {
        "customer_ref": names[of],
        "customer_id": index.to_numpy()[of],
        "followup_date": day.astype("datetime64[D]").astype("datetime64[s]"),
        "method": choose(rng, METHODS, followups),
        "followed_by": choose(rng, PEOPLE, followups),
        "summary": choose(rng, WORDS, followups) + rng.integers(0, 10**6, followups).astype(str).astype(object),
        "feedback": choose(rng, WORDS, followups),
        "next_action": choose(rng, ["", "发送报价单"], followups, [0.9, 0.1]),
        "action_owner": choose(rng, PEOPLE, followups),
        "action_due": day.astype("datetime64[D]").astype("datetime64[s]") + np.timedelta64(5 * 86_400, "s"),
        "priority": choose(rng, ["高", "中", "低"], followups),
        "outcome": choose(rng, ["", "未接通"], followups, [0.8, 0.2]),
        "created_at": day + rng.integers(0, 90_000, followups).astype("timedelta64[s]"),
        "source": np.full(followups, "录入", dtype=object),
    }
    small = followups * 15 // 100
    mine = rng.integers(0, customers, small)
    due = moments(rng, small, 60) + np.timedelta64(15 * 86_400, "s")
    todo = {
        "type": np.full(small, "自定义", dtype=object),
        "customer_ref": names[mine],
        "customer_id": index.to_numpy()[mine],
        "owner": choose(rng, PEOPLE, small),
        "content": choose(rng, WORDS, small),
        "created_at": moments(rng, small, 90),
        "due_date": due.astype("datetime64[D]").astype("datetime64[s]"),
        "priority": choose(rng, ["高", "中", "低"], small),
        "status": choose(rng, ["未开始", "进行中", "已完成", "已取消"], small, [0.1, 0.05, 0.7, 0.15]),
        "done_at": moments(rng, small, 60),
    }
    signed = moments(rng, small, 300).astype("datetime64[D]").astype("datetime64[s]")
    sold = {
        "customer_ref": names[mine],
        "customer_id": index.to_numpy()[mine],
        "owner": choose(rng, PEOPLE, small),
        "stage": choose(rng, ["初步接触", "需求分析", "方案报价", "谈判签约", "回款交付"], small),
        "result": choose(rng, ["进行中", "赢单", "输单"], small),
        "expected_amount": pd.array(rng.integers(10**5, 10**8, small), dtype="Int64"),
        "contract_amount": pd.array(rng.integers(10**5, 10**8, small), dtype="Int64"),
        "sign_date": signed,
        "created_at": signed - np.timedelta64(30 * 86_400, "s"),
    }
    return Tables(
        {
            "customers": pd.DataFrame(people, index=index),
            "followups": pd.DataFrame(touched, index=record_ids("F", followups)),
            "tasks": pd.DataFrame(todo, index=record_ids("T", small)),
            "deals": pd.DataFrame(sold, index=record_ids("D", small)),
        }
    )


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BIG = ("customers", "followups", "tasks", "deals")


def sheet_xml(tables: Tables, key: str, shared: dict[str, int]) -> Iterator[bytes]:
    """The sheet of a table: what people type and the stamps; text in the shared strings, dates as serials."""
    frame, table = tables[key], TABLES[key]
    columns = [c for c in table.columns if c.owner in (Owner.HUMAN, Owner.STAMPED, Owner.GENERATED)]
    columns = [c for c in columns if not (frame[c.key].isna() | (frame[c.key].astype(object) == "")).all()]
    yield f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData><row>'.encode()
    yield "".join(f'<c t="inlineStr"><is><t>{c.header}</t></is></c>' for c in columns).encode() + b"</row>"
    for at in range(0, len(frame), 50_000):
        cells = []
        for column in columns:
            values = frame[column.key].iloc[at : at + 50_000].to_numpy()
            if values.dtype.kind == "M":
                values = values.astype(np.int64) / 86_400 + 25_569
            codes, distinct = pd.factorize(values)
            if column.type.is_text:
                made = [f'<c t="s"><v>{shared.setdefault(t, len(shared))}</v></c>' if t else "<c/>" for t in distinct]
            else:
                made = [f'<c s="1"><v>{n}</v></c>' if n > 0 else "<c/>" for n in distinct]
            cells.append(np.array([*made, "<c/>"], dtype=object)[codes].tolist())
        yield "".join("<row>" + "".join(row) + "</row>" for row in zip(*cells, strict=True)).encode()
    yield b"</sheetData></worksheet>"


def small_parts() -> dict[str, str]:
    """Every part of the zip but the sheets and their strings."""
    parts = [("worksheets/sheet" + str(n), "worksheet") for n in range(1, len(BIG) + 1)]
    parts += [("styles", "styles"), ("sharedStrings", "sharedStrings")]
    types = "".join(f'<Override PartName="/xl/{p}.xml" ContentType="{KIND}.{t}+xml"/>' for p, t in parts)
    links_ = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{t}" Target="{p}.xml"/>' for n, (p, t) in enumerate(parts, 1)
    )
    sheets = "".join(f'<sheet name="{TABLES[k].sheet}" sheetId="{n}" r:id="rId{n}"/>' for n, k in enumerate(BIG, 1))
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{KIND}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{relations}{links_}</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    }


def write_workbook(tables: Tables, path: Path) -> None:
    """A workbook with the four big sheets."""
    shared: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for name, text in small_parts().items():
            zipped.writestr(name, text)
        for number, key in enumerate(BIG, 1):
            with zipped.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for piece in sheet_xml(tables, key, shared):
                    part.write(piece)
        strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        zipped.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')


def read_workbook(path: Path) -> int:
    """Every cell through python-calamine; how many rows."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(str(path))
    return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def timed(name: str, work: Callable[[], Any]) -> tuple[Any, float]:
    """The result and the CPU seconds of `work`, printed."""
    start = time.process_time()
    result = work()
    spent = time.process_time() - start
    print(f"  {name:<28}{spent:8.2f} s", flush=True)
    return result, spent


def run(tables: Tables) -> tuple[Tables, float, int]:
    """One run: what the macros cost together (the first table of the result), and how many changes they made."""
    total, changed = 0.0, 0
    team = Team.from_tables(tables)

    def step(name: str, work: Callable[[], list[Change]]) -> None:
        nonlocal tables, total, changed
        changes, spent = timed(name, work)
        total, changed = total + spent, changed + sum(count(changes).values())
        tables, spent = timed("  apply", lambda: apply_changes(tables, changes))

    step("links", lambda: links.link(tables))
    step("stamps", lambda: stamps.stamp(tables, NOW))
    step("transitions", lambda: transitions.transitions(tables, NOW))
    step("rules", lambda: evaluate(tables, team, NOW).changes)
    step("columns", lambda: compute(tables, team, NOW))
    _, spent = timed("今日工作台", lambda: workbench(tables, team, NOW))
    return tables, total + spent, changed


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("customers", nargs="?", type=int, default=100_000)
    parser.add_argument("followups", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--no-read", action="store_true", help="leave the comparison with python-calamine out")
    options = parser.parse_args()
    print(f"{options.customers:,} customers, {options.followups:,} follow-ups (CPU seconds)")
    tables, _ = timed("make the tables", lambda: make(options.customers, options.followups))
    print("first run (everything changes)")
    tables, first, _ = run(tables)
    print("second run at the same now")
    _, second, changed = run(tables)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"macros: {first:.2f} s first, {second:.2f} s again ({changed} changes); peak memory {peak:,.0f} MiB")
    if options.no_read:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.xlsx")
        timed("write the workbook", lambda: write_workbook(tables, path))
        rows, read = timed("python-calamine reads it", lambda: read_workbook(path))
        print(f"  {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
    print(f"macros / reading: {first / read:.2f} first, {second / read:.2f} again")


if __name__ == "__main__":
    main()
