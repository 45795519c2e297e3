"""问题清单 from run to run: new issues are added, mended ones closed, a person's decision respected (MODEL 3.22)."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from followup.changes import AddRows, Change, set_cells
from followup.tables import TABLES
from followup.tables.frames import Tables, from_cells

PENDING, TAKEN, IGNORED, MENDED = "待处理", "采纳", "忽略", "已修复"


def open_issues(issues: pd.DataFrame) -> pd.Series:
    """Which issues still ask for something."""
    return ~issues["action"].isin([MENDED, IGNORED])


def record(existing: pd.DataFrame, found: pd.DataFrame, now: datetime) -> list[Change]:
    """The changes of 问题清单: added, closed as 已修复, opened again; 最近发现 moves by whole days only."""
    changes: list[Change] = []
    fresh = found.index.difference(existing.index, sort=False)
    again = existing.index.intersection(found.index)
    gone = existing.index.difference(found.index)
    if len(again):
        old, new = existing.loc[again], found.loc[again]
        action = old["action"].where(~old["action"].isin([MENDED, ""]), PENDING)
        changes += set_cells("issues", "action", old["action"], action, "问题仍在")
        for key in ("cell", "raw", "suggestion", "severity"):
            changes += set_cells("issues", key, old[key], new[key], "问题仍在")
        changes += set_cells("issues", "last_seen", old["last_seen"].dt.normalize(), new["last_seen"], "问题仍在")
    if len(gone):
        action = existing.loc[gone, "action"]
        mended = pd.Series([MENDED] * len(gone), index=gone, dtype=object).where(action != IGNORED, IGNORED)
        changes += set_cells("issues", "action", action, mended, "问题已不在")
    if len(fresh):
        changes.append(AddRows("issues", found[found.index.isin(fresh)].drop(columns="message"), "检查"))
    return changes


def accepted(tables: Tables, issues: pd.DataFrame) -> list[Change]:
    """Suggestions that a person accepted (处理 = 采纳): the suggested value goes into the cell."""
    chosen = issues[(issues["action"] == TAKEN) & (issues["suggestion"] != "")]
    by_sheet = {table.sheet: table for table in TABLES.values()}
    changes: list[Change] = []
    for (sheet, header), part in chosen.groupby(["table", "column"], sort=False):
        table = by_sheet.get(str(sheet))
        column = table.by_header.get(str(header)) if table is not None else None
        if table is None or column is None or not column.is_human:
            continue
        part = part[part["record_id"].isin(tables[table.key].index)].drop_duplicates("record_id")
        records = pd.Index(part["record_id"].to_numpy(), dtype=object)
        if not len(records):
            continue
        cells = pd.Series(part["suggestion"].to_numpy(), index=records, dtype=object)
        try:
            new = from_cells(cells, column)
        except (ValueError, ArithmeticError):
            continue  # a suggestion a person rewrote into something else
        changes += set_cells(table.key, column.key, tables[table.key].loc[records, column.key], new, "采纳建议")
    return changes
