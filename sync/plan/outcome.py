"""What one table becomes: merged rows, the next base, losers, history, counts (SYNC A, B)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from followup import ids
from followup.tables import TABLES
from followup.tables.column import Column, Owner
from followup.wording import say
from sync.plan import wording as _wording  # noqa: F401
from sync.plan.arrays import Bools, blanks, differ, is_blank, series, texts
from sync.plan.cells import Aligned, Merged, merge, older
from sync.plan.model import Notice, Side
from sync.plan.rows import Work

FRESH = frozenset({"updated_at", "updated_by", "customer_id"})
"""Stamped columns that follow what a person writes: the hub's stands until the run writes them anew."""
DECIDED = frozenset({"conflicts", "issues", "recycle_bin", "transitions"})
"""Lists the tool keeps: of two decisions at once the hub's counts; a decision is nothing to decide about again."""
SIDES = ("local", "hub")


@dataclass
class Outcome:
    """One table of a plan."""

    table: str
    merged: pd.DataFrame = field(default_factory=pd.DataFrame)
    base: pd.DataFrame | None = None
    accounted: pd.DataFrame | None = None
    conflicts: list[pd.DataFrame] = field(default_factory=list)
    overwritten: list[pd.DataFrame] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    keep: dict[str, dict[str, set[str]]] = field(default_factory=lambda: {side: {} for side in SIDES})
    changed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SIDES, 0))  # cells of rows shown before
    marks: list[bytes] = field(default_factory=list)  # what would happen, for the plan id


def outcome(work: Work, base: pd.DataFrame | None, local: Side | None, hub: Side | None) -> Outcome:
    """Merge every column of one table and say what that overwrites."""
    table = TABLES[work.table]
    out = Outcome(work.table)
    shows = {"local": local is not None, "hub": hub is not None}
    rows = _Rows.of(work)
    merged: dict[str, pd.Series] = {}
    kept: dict[str, pd.Series] = {}
    counted: dict[str, pd.Series] = {}
    for column in table.columns:
        aligned = work.columns.get(column.key)
        if aligned is None:
            if column.key == table.id_column and column.owner is Owner.GENERATED:
                merged[column.key] = kept[column.key] = pd.Series(rows.ids, index=rows.ids, dtype=object)
                counted[column.key] = _shown(column, work.ids[rows.counted], local, base)
            continue
        if column.is_human:
            result = merge(aligned)
            values = result.values
            keep = _keep(aligned, result, work)
            _report(out, work, aligned, result)
        else:
            values = older(aligned, hub_first=column.key in FRESH)
            keep = {"local": aligned.held_local & aligned.local_shows, "hub": aligned.held_hub & aligned.hub_shows}
        merged[column.key] = series(values[work.alive], column, rows.ids)
        for side in SIDES:
            at = np.flatnonzero(keep[side] & work.alive)
            if len(at):
                out.keep[side][column.key] = set(work.ids[at])
            if shows[side]:
                _effect(out, work, aligned, values, keep[side], side)
        if aligned.local_shows or (base is not None and column.key in base):
            _account(column, work, rows, aligned, values, keep, kept, counted)
    out.merged = pd.DataFrame(merged, index=rows.ids)
    if local is not None:
        out.base = pd.DataFrame(kept, index=rows.ids)
        out.accounted = pd.DataFrame(counted, index=pd.Index(work.ids[rows.counted], dtype=object))
    _row_notices(out, work, local, hub, base)
    for side in SIDES:
        if shows[side]:
            out.marks += _row_marks(work, side)
    return out


@dataclass(frozen=True)
class _Rows:
    ids: pd.Index  # shown afterwards
    counted: Bools  # shown by the workbook when only the hub was written (commit A)

    @classmethod
    def of(cls, work: Work) -> _Rows:
        counted = (work.in_local & ~work.dropped) | (work.absent & work.in_base)
        return cls(pd.Index(work.ids[work.alive], dtype=object), counted)


def _shown(column: Column, index: pd.Index, local: Side | None, base: pd.DataFrame | None) -> pd.Series:
    """The id texts as the workbook shows them, those of rows it does not show from the base."""
    out: Any = np.full(len(index), "", dtype=object)
    for frame in (base, None if local is None else local.frame):
        if frame is not None and column.key in frame:
            at = frame.index.get_indexer(index)
            out[at >= 0] = frame[column.key].to_numpy(dtype=object)[at[at >= 0]]
    return pd.Series(out, index=index, dtype=object)


def _keep(aligned: Aligned, result: Merged, work: Work) -> dict[str, Bools]:
    """Cells that are not to be overwritten on a side."""
    local, hub = aligned.held_local | result.asked | result.unfit, aligned.held_hub
    if aligned.fixed_local is not None:
        local = local | (aligned.fixed_local & differ(result.values, aligned.local, aligned.column))
    if aligned.fixed_hub is not None:
        hub = hub | (aligned.fixed_hub & differ(result.values, aligned.hub, aligned.column))
    return {
        "local": local & work.in_local & aligned.local_shows,
        "hub": hub & work.in_hub & aligned.hub_shows,
    }


def _account(
    column: Column, work: Work, rows: _Rows, aligned: Aligned, values: Any, keep: Mapping[str, Bools],
    kept: dict[str, pd.Series], counted: dict[str, pd.Series],
) -> None:  # fmt: skip
    """The next base of one column: what is written, but the old base where a cell was not taken into account."""
    old = keep["local"] | keep["hub"] | work.absent
    if not aligned.local_shows:
        old = np.ones(len(old), dtype=np.bool_)
    mine = np.where(work.in_local, aligned.local, aligned.base)
    if old.any():
        was = np.where(aligned.known, aligned.base, blanks(column, len(old)))
        values, mine = np.where(old, was, values), np.where(old, was, mine)
    kept[column.key] = series(values[work.alive], column, rows.ids)
    counted[column.key] = series(mine[rows.counted], column, pd.Index(work.ids[rows.counted], dtype=object))


def _effect(out: Outcome, work: Work, aligned: Aligned, values: Any, keep: Bools, side: str) -> None:
    """Cells of rows a side already shows that would be written there."""
    local = side == "local"
    if not (aligned.local_shows if local else aligned.hub_shows):
        return
    there, old = (work.in_local, aligned.local) if local else (work.in_hub, aligned.hub)
    column = aligned.column
    changed = differ(values, old, column) & there & work.alive & ~keep & ~work.absent
    added = work.alive & ~there & ~work.absent
    at = np.flatnonzero(changed)
    if len(at):
        out.changed[side] += len(at)
        keys = work.ids[at].to_numpy().astype(str)
        out.marks.append(_mark(work.table, side, column.key, keys, values[at]))
        before = at[~is_blank(old[at], column)]
        if len(before):
            out.overwritten.append(
                pd.DataFrame(
                    {
                        "table": work.table,
                        "record_id": work.ids[before],
                        "column": column.key,
                        "old": texts(old[before], column),
                        "new": texts(values[before], column),
                        "side": side,
                    }
                )
            )
    if added.any():
        out.marks.append(_mark(work.table, side, column.key, None, values[added]))


def _mark(table: str, side: str, column: str, keys: Any, values: Any) -> bytes:
    """A digest of writes that does not depend on the order of rows; ids of new rows, made anew each time, stay out."""
    plain = values.astype(str) if values.dtype == object else values
    hashes = pd.util.hash_array(plain.astype(object) if values.dtype == object else plain, categorize=False)
    if keys is not None:
        hashes = hashes * np.uint64(31) ^ pd.util.hash_array(keys.astype(object), categorize=False)
    return f"{table}|{side}|{column}|{len(hashes)}|".encode() + np.sort(hashes).tobytes()


def _row_marks(work: Work, side: str) -> list[bytes]:
    there = work.in_local if side == "local" else work.in_hub
    gone = sorted(str(record) for record in work.ids[work.gone & there])
    added = int((work.alive & ~there & ~work.absent).sum())
    return [f"{work.table}|{side}|{added}|{gone}".encode()] if gone or added else []


def _report(out: Outcome, work: Work, aligned: Aligned, result: Merged) -> None:
    """Conflicts (A5, A13) and notices (A8, A9, A16, A17) of one column."""
    column, alive = aligned.column, work.alive & ~work.absent
    lost = np.flatnonzero(result.lost & alive)
    if len(lost) and work.table in DECIDED:
        out.notices += [notice("H", work.table, str(record), column) for record in work.ids[lost]]
    elif len(lost):
        out.conflicts.append(_conflicts(work, aligned, lost))
    for code, mask in (
        ("A8", result.uncleared_local),
        ("A9", result.uncleared_hub),
        ("A16", result.unseen & aligned.local_shows),
        ("A17", result.unfit),
        ("A18", _moved_under(aligned)),
    ):
        for record in work.ids[mask & alive] if mask.any() else ():
            out.notices.append(notice(code, work.table, str(record), column))


def _moved_under(aligned: Aligned) -> Bools:
    """Formulas of the workbook whose value the hub has changed."""
    if aligned.fixed_local is None:
        return np.zeros(len(aligned.hub_edit), dtype=np.bool_)
    return aligned.fixed_local & aligned.hub_edit


def _conflicts(work: Work, aligned: Aligned, at: Any) -> pd.DataFrame:
    column = aligned.column
    known = aligned.known[at]
    was = [text if there else "" for text, there in zip(texts(aligned.base[at], column), known, strict=True)]
    frame = pd.DataFrame(
        {
            "table": work.table,
            "record_id": work.ids[at].astype(object),
            "column": column.key,
            "base": was,
            "excel_value": texts(aligned.local[at], column),
            "sheets_value": texts(aligned.hub[at], column),
        },
        dtype=object,
    )
    frame["sheets_meta"] = _meta(work, at)
    keys = frame[["table", "record_id", "column", "base", "excel_value", "sheets_value"]].agg("\x1f".join, axis=1)
    return frame.set_axis(pd.Index(ids.from_hashes("X", keys), dtype=object))


def _meta(work: Work, at: Any) -> list[str]:
    """When and by whom the hub's row was last written, as far as it says."""
    parts = []
    for key in ("updated_at", "updated_by"):
        aligned = work.columns.get(key)
        parts.append(texts(aligned.hub[at], aligned.column) if aligned else [""] * len(at))
    return [" ".join(filter(None, pair)) for pair in zip(*parts, strict=True)]


def _row_notices(out: Outcome, work: Work, local: Side | None, hub: Side | None, base: pd.DataFrame | None) -> None:
    for code, mask in (("B12", work.returned & work.in_hub), ("B16", work.returned & ~work.in_hub)):
        for record in work.ids[mask] if mask.any() else ():
            out.notices.append(notice(code, work.table, str(record)))
    if base is None:
        return
    for column in TABLES[work.table].human_columns:
        for side in (local, hub):
            if side is not None and column.key in base and column.key not in side.seen:
                out.notices.append(notice("A15", work.table, "", column))


def notice(code: str, table: str, record: str, column: Column | None = None) -> Notice:
    """The sentence of a row of SYNC's tables."""
    header = column.header if column else ""
    message = say("plan." + code, sheet=TABLES[table].sheet, record=record, column=header)
    return Notice(code, table, record, column.key if column else "", message)
