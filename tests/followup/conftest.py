"""Small typed tables for the tests of columns and rules, and the golden example (MODEL 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from followup import links, stamps, transitions
from followup.changes import Change, apply_changes
from followup.columns import compute, workbench
from followup.rules import RuleResult, evaluate
from followup.tables import TABLES
from followup.tables.frames import Tables, blank, complete, from_cells
from followup.team import Team

PLAUSIBLE = "制造业-汽车零部件"  # any filled text


def typed(key: str, rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    """A typed table from rows of cells by column key; the id is the table's id column."""
    table = TABLES[key]
    records = list(rows)
    ids = [str(row.get(table.id_column) or number) for number, row in enumerate(records, 1)]
    index = pd.Index(ids, dtype=object)
    columns: dict[str, pd.Series] = {}
    for name in dict.fromkeys(name for row in records for name in row):
        column = table[name]
        cells = pd.Series([row.get(name) for row in records], index=index, dtype=object)
        columns[name] = from_cells(cells.where(cells.notna() & (cells != ""), None), column)
    for name, column in table.by_key.items():
        columns.setdefault(name, blank(column, index))
    return complete(pd.DataFrame(columns, index=index), table)


def read_golden(folder: Path) -> Tables:
    """The golden CSVs as typed tables: a Table-1 field is filled unless 空白字段 names it."""
    frames = {}
    for key in ("customers", "followups", "deals", "payments", "tasks", "people"):
        raw = pd.read_csv(folder / f"{key}.csv", dtype=str, keep_default_na=False)
        headers = TABLES[key].by_header
        rows = []
        for row in raw.to_dict("records"):
            cells: dict[str, object] = {headers[h].key: v for h, v in row.items() if h in headers}
            if key == "customers":
                gaps = row["空白字段"].split(";")
                for column in TABLES[key].columns[:10]:
                    if column.header in gaps:
                        cells[column.key] = ""
                    elif column.header not in row:
                        cells[column.key] = PLAUSIBLE
            rows.append(cells)
        frames[key] = typed(key, rows)
    frames["settings"] = typed("settings", [{"key": "系统启用日期", "value": "2024-05-01"}])
    return Tables(frames)


def everything(tables: Tables, now: datetime, by: str = "") -> tuple[Tables, list[Change], RuleResult]:
    """One run without stores: the tables after it, all its changes, what the rules said."""
    team = Team.from_tables(tables)
    done: list[Change] = []

    def step(changes: list[Change]) -> None:
        nonlocal tables
        done.extend(changes)
        tables = apply_changes(tables, changes)

    step(links.link(tables))
    step(stamps.stamp(tables, now, by))
    step(transitions.transitions(tables, now, by))
    result = evaluate(tables, team, now)
    step(result.changes)
    step(compute(tables, team, now))
    tables = tables.replace(today=workbench(tables, team, now))  # ticks are taken with the rows they stood on
    return tables, done, result


@pytest.fixture(name="typed", scope="session")
def typed_fixture() -> Callable[[str, Iterable[dict[str, object]]], pd.DataFrame]:
    """A typed table from readable rows: `typed("tasks", [{"status": "未开始"}])`."""
    return typed


@pytest.fixture(scope="session")
def run_once() -> Callable[..., tuple[Tables, list[Change], RuleResult]]:
    """One run without stores: `run_once(tables, now)` → tables after it, changes, what the rules said."""
    return everything


@pytest.fixture
def golden(shared_data: Path) -> Tables:
    """The golden example as typed tables."""
    return read_golden(shared_data / "golden")


@pytest.fixture(scope="session")
def one_customer() -> Callable[..., Tables]:
    """Tables of one customer C1 with its follow-ups and tasks as rows; columns of the customer as keywords."""

    def make(
        followups: Iterable[dict[str, object]] = (), tasks: Iterable[dict[str, object]] = (), **cells: object
    ) -> Tables:
        customer = {"customer_id": "C1", "customer_name": "示例科技有限公司", "status": "潜在客户", "owner": "张伟"}
        return Tables(
            {
                "customers": typed("customers", [customer | cells]),
                "followups": typed("followups", [{"customer_id": "C1"} | row for row in followups]),
                "tasks": typed("tasks", [{"customer_id": "C1"} | row for row in tasks]),
            }
        )

    return make
