"""What is wrong in the data: issues with stable ids (MODEL 3.22). A check is one pure function in `CHECKS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from followup import ids
from followup.checks import consistency, required
from followup.checks import wording as _wording  # noqa: F401  (registers the sentences)
from followup.checks.finding import Context, together
from followup.checks.kinds import ERROR, HINT, WARNING, Kind
from followup.checks.record import accepted, open_issues, record
from followup.grid import address
from followup.tables import TABLES
from followup.tables.frames import Tables, blank, to_cells
from followup.team import Team
from followup.wording import say

CHECKS: tuple[Callable[[Context], pd.DataFrame], ...] = (
    consistency.from_reading,
    required.always,
    required.lost_customers,
    required.next_actions,
    required.closed_deals,
    required.paid_instalments,
    required.leavers,
    consistency.duplicate_customers,
    consistency.unmatched,
    consistency.unknown_people,
    consistency.same_names,
    consistency.dates_of_followups,
    consistency.future_dates,
    consistency.early_dates,
    consistency.periods,
    consistency.vague_texts,
    consistency.late_entries,
    consistency.silent_type,
    consistency.ratings,
    consistency.amounts,
    consistency.unbacked_status,
    consistency.settings,
)


@dataclass(frozen=True)
class Place:
    """Where the records of a table stand: sheet, row of each record, column number of each key."""

    sheet: str
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """`issues`: typed columns of 问题清单 and `message`, index = 问题编号. `errors`: cells of severity 错误
    (table, record_id, column), which count as missing in every computation (MODEL 1.9)."""

    issues: pd.DataFrame
    errors: pd.DataFrame


def check(
    tables: Tables, verdicts: pd.DataFrame, team: Team, now: datetime, places: Mapping[str, Place] | None = None
) -> Checked:
    """Run every check at `now`; the same input gives the same issues, whatever the order of rows."""
    context = Context(tables, verdicts, team, now)
    rows = together([one(context) for one in CHECKS])
    rows = rows.drop_duplicates(["table", "record_id", "column", "kind"], ignore_index=True)
    return Checked(
        _issues(rows, tables, now, places or {}), rows.loc[rows["severity"] == ERROR, ["table", "record_id", "column"]]
    )


def _issues(rows: pd.DataFrame, tables: Tables, now: datetime, places: Mapping[str, Place]) -> pd.DataFrame:
    keys = (rows["table"] + "|" + rows["record_id"].astype(object) + "|" + rows["column"] + "|" + rows["kind"]).tolist()
    index = ids.apart(ids.LETTERS["issues"], keys, pd.Index([], dtype=object)) if keys else pd.Index([], dtype=object)
    table = TABLES["issues"]
    out = pd.DataFrame({column.key: blank(column, index) for column in table.columns}, index=index)
    out["issue_id"] = pd.Series(index, index=index, dtype=object)
    for key in ("record_id", "kind", "severity", "suggestion"):
        out[key] = pd.Series(rows[key].to_numpy(dtype=object), index=index, dtype=object)
    out["table"] = pd.Series([TABLES[t].sheet for t in rows["table"]], index=index, dtype=object)
    out["column"] = pd.Series(
        [TABLES[t][c].header for t, c in zip(rows["table"], rows["column"], strict=True)], index=index, dtype=object
    )
    out["raw"] = pd.Series(_raw(rows, tables), index=index, dtype=object)
    out["cell"] = pd.Series(_cells(rows, places), index=index, dtype=object)
    out["action"] = pd.Series(["待处理"] * len(index), index=index, dtype=object)
    seen = pd.Timestamp(now.replace(microsecond=0))
    out["first_seen"] = pd.Series([seen] * len(index), index=index, dtype="datetime64[s]")
    out["last_seen"] = pd.Series([seen.normalize()] * len(index), index=index, dtype="datetime64[s]")
    messages = [say(code, detail=detail) for code, detail in zip(rows["code"], rows["detail"], strict=True)]
    out["message"] = pd.Series(messages, index=index, dtype=object)
    return out


def _raw(rows: pd.DataFrame, tables: Tables) -> list[str]:
    """What stands in each cell, as text."""
    out = rows["raw"].tolist()
    for (table, column), part in rows[rows["raw"] == ""].groupby(["table", "column"], sort=False):
        frame = tables[str(table)]
        known = part[part["record_id"].isin(frame.index)]
        cells = to_cells(frame.loc[known["record_id"].to_numpy(), str(column)], TABLES[str(table)][str(column)])
        for place, cell in zip(known.index, cells, strict=True):
            out[place] = "" if cell is None else str(cell)
    return out


def _cells(rows: pd.DataFrame, places: Mapping[str, Place]) -> list[str]:
    out = []
    for table, record_id, column in zip(rows["table"], rows["record_id"], rows["column"], strict=True):
        place = places.get(table)
        row, number = (place.rows.get(record_id), place.columns.get(column)) if place is not None else (None, None)
        out.append(f"{place.sheet}!{address(row, number)}" if place is not None and row and number else "")
    return out


def blank_errors(tables: Tables, errors: pd.DataFrame) -> Tables:
    """The tables with every erroneous cell blank: how computations see them (MODEL 1.9)."""
    frames: dict[str, pd.DataFrame] = {}
    for (table, column), part in errors.groupby(["table", "column"], sort=False):
        key, name = str(table), str(column)
        frame = frames.get(key)
        if frame is None:
            frame = tables[key].copy()
        here = frame.index.intersection(part["record_id"].tolist())
        if len(here):
            frame.loc[here, name] = blank(TABLES[key][name], here)
        frames[key] = frame
    return tables.replace(**frames)


def repairs(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Cells whose text `check --fix` rewrites as the value it stands for: one reading, not a formula.

    Columns table, record_id, column, raw, verdict, value, reason, kind, severity.
    """
    human = [TABLES[t][c].is_human for t, c in zip(verdicts["table"], verdicts["column"], strict=True)]
    formulas = verdicts.loc[verdicts["kind"] == str(Kind.FORMULA), ["table", "record_id", "column"]].agg(tuple, axis=1)
    cells = (
        verdicts[["table", "record_id", "column"]].agg(tuple, axis=1) if len(verdicts) else pd.Series([], dtype=object)
    )
    wanted = (verdicts["verdict"] == "fixed") & pd.Series(human, index=verdicts.index, dtype=bool)
    return verdicts[wanted & ~cells.isin(set(formulas))]


__all__ = [
    "CHECKS", "ERROR", "HINT", "WARNING", "Checked", "Context", "Kind", "Place",
    "accepted", "blank_errors", "check", "open_issues", "record", "repairs",
]  # fmt: skip
