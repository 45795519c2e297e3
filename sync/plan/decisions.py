"""What people decided in 冲突清单 and ticked in 回收站, as changes of the merged tables (SYNC H)."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import InvalidOperation
from typing import Any

import pandas as pd

from followup.changes import AddRows, Change, RemoveRows, SetCells, set_cells
from followup.tables import BY_SHEET, TABLES
from followup.tables.column import Column, Table
from followup.tables.frames import Tables, complete, from_cells, to_cells
from followup.wording import say
from sync.plan import wording as _wording  # noqa: F401
from sync.plan.arrays import canonical

KEEP, EXCEL, SHEETS, CUSTOM = "保留现值", "用Excel", ("用Sheets", "用Google"), "自定义"


def settle(tables: Tables, now: datetime, by: str = "") -> list[Change]:
    """Apply open decisions and restore ticked rows; `tables` are the merged ones, both sides are written afterwards."""
    return [*_conflicts(tables, now, by), *_restored(tables)]


def _conflicts(tables: Tables, now: datetime, by: str) -> list[Change]:
    """A decision is an edit of the value that was kept: if that was changed since, the newer edit stands."""
    rows = tables["conflicts"]
    open_ = rows[((rows["decision"] != "") & (rows["resolved"] == "")).to_numpy()]
    changes: list[Change] = []
    said = pd.Series("", index=open_.index, dtype=object)
    for conflict, row in zip(open_.index, open_.to_dict("records"), strict=True):
        change, answer = _decide(tables, {str(key): value for key, value in row.items()})
        changes += change
        said[conflict] = f"{now:%Y-%m-%d %H:%M} {by} {answer}".replace("  ", " ").strip()
    return [*changes, *set_cells("conflicts", "resolved", open_["resolved"], said, "冲突已处理")]


def _decide(tables: Tables, row: dict[str, Any]) -> tuple[list[SetCells], str]:
    """The change of one decision, and what is to be told where it could not be taken."""
    table = BY_SHEET.get(row["table"]) or TABLES.get(row["table"])
    if table is None:
        return [], say("plan.decision.gone")
    column = table.by_header.get(row["column"]) or table.by_key.get(row["column"])
    if column is None or row["record_id"] not in tables[table.key].index:
        return [], say("plan.decision.gone")
    if row["decision"] == KEEP:
        return [], ""
    wanted = (
        row["custom"]
        if row["decision"] == CUSTOM
        else row["excel_value" if row["decision"] == EXCEL else "sheets_value"]
    )
    old = tables[table.key].loc[[row["record_id"]], column.key]
    try:
        new = from_cells(pd.Series([wanted or None], index=old.index, dtype=object), column)
    except (ValueError, InvalidOperation):
        return [], say("plan.decision.unread")
    if _text(old, column) not in (canonical(row["sheets_value"]), _text(new, column)):
        return [], say("plan.decision.moved")
    return set_cells(table.key, column.key, old, new, "按冲突清单的处理"), ""


def _text(one: pd.Series, column: Column) -> str:
    cell = to_cells(one, column).iloc[0]
    return "" if cell is None else canonical(str(cell))


def _restored(tables: Tables) -> list[Change]:
    """Ticked rows come back under their id and leave the bin; a row that is there already stays as it is."""
    rows = tables["recycle_bin"]
    ticked = rows[(rows["restore"] != "").to_numpy()]
    changes: list[Change] = []
    for name, part in ticked.groupby("table", sort=False):
        table = BY_SHEET.get(str(name)) or TABLES.get(str(name))
        if table is None:
            continue
        back = part[~part["record_id"].isin(tables[table.key].index)].drop_duplicates("record_id", keep="last")
        if len(back):
            changes.append(AddRows(table.key, _rows(table, back), "从回收站恢复"))
        changes.append(RemoveRows("recycle_bin", part, "已恢复"))
    return changes


def _rows(table: Table, back: pd.DataFrame) -> pd.DataFrame:
    index = pd.Index(back["record_id"], dtype=object)
    found = [json.loads(text) for text in back["row"]]
    out = {
        column.key: from_cells(pd.Series([row.get(column.key) for row in found], index=index, dtype=object), column)
        for column in table.columns
        if any(column.key in row for row in found)
    }
    if table.id_column and table.id_column not in out and table[table.id_column].type.is_text:
        out[table.id_column] = pd.Series(index, index=index, dtype=object)
    return complete(pd.DataFrame(out, index=index), table)
