"""Small typed tables for the planner's tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from followup.tables import TABLES
from followup.tables.frames import from_cells
from sync.plan import Plan, Side, plan

NOW = datetime(2024, 6, 30, 9, 0)
Rows = Mapping[str, Mapping[str, Any]]


def frame(table: str, rows: Rows, columns: tuple[str, ...] = (), index: pd.Index | None = None) -> pd.DataFrame:
    """Records by id as a typed frame; the id column shows the id unless a row says otherwise."""
    kind = TABLES[table]
    ids = pd.Index(list(rows), dtype=object)
    names = [c.key for c in kind.columns if c.key in columns or any(c.key in row for row in rows.values())]
    out = {
        name: from_cells(pd.Series([row.get(name) for row in rows.values()], index=ids, dtype=object), kind[name])
        for name in names
    }
    if kind.id_column and kind.id_column not in out:
        out[kind.id_column] = pd.Series(ids, index=ids, dtype=object)
    made = pd.DataFrame(out, index=ids)
    return made if index is None else made.set_axis(index)


def merge(base: Rows | None, local: Rows, hub: Rows, *, table: str = "customers", **more: Any) -> Plan:
    """A plan of one table; every side shows the columns that any of them has."""
    columns = tuple({name for rows in (base or {}, local, hub) for row in rows.values() for name in row})
    held: dict[str, Any] = {"local": more.pop("held_local", {}), "hub": more.pop("held_hub", {})}
    fixed = more.pop("fixed", {})
    return plan(
        None if base is None else {table: frame(table, base, columns)},
        {table: Side(frame(table, local, columns), held["local"], fixed=fixed)},
        {table: Side(frame(table, hub, columns), held["hub"])},
        now=NOW,
        by_local="张伟",
        **more,
    )


def cell(base: Any, local: Any, hub: Any, column: str = "customer_name", *, known: bool = True, **more: Any) -> Plan:
    """A plan of one cell of one customer."""
    rows = ({"C": {column: value, "key_contact": "王"}} for value in (base, local, hub))
    was, mine, theirs = rows
    return merge(was if known else None, mine, theirs, **more)


def value(made: Plan, column: str = "customer_name", record: str = "C", table: str = "customers") -> Any:
    """One merged cell."""
    return made.merged[table].at[record, column]


def codes(made: Plan) -> list[str]:
    """The codes of a plan's notices."""
    return [notice.code for notice in made.notices]


def again(made: Plan) -> Plan:
    """The plan of the run after this one, when both sides show what it said."""
    local = {key: Side(made.for_local(key)) for key in made.merged if key != "today"}
    hub = {key: Side(made.for_hub(key)) for key in made.merged if key != "today"}
    base = dict(made.base)
    for key in ("conflicts", "recycle_bin"):
        base.setdefault(key, made.merged.get(key, pd.DataFrame()))
    return plan(base, local, hub, now=NOW)
