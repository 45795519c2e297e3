"""From the tables a run wants to the cells a store must set: one `SheetEdit` a sheet (ARCHITECTURE, idea 3).

A cell is set only where the typed value differs from what the sheet shows, so that text a person
typed in another form ("2024/5/5") stays until it is repaired on purpose. Formulas and cells that
could not be read are left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from followup.changes import differs
from followup.grid import Grid
from followup.observe import Observed
from followup.tables.column import Column
from followup.tables.frames import blank, to_cells
from sync.stores.contract import SheetEdit, Value


@dataclass(frozen=True)
class Shown:
    """One table as a store shows it: its cells, and which record each row is (blank: not taken part)."""

    grid: Grid
    observed: Observed
    ids: pd.Series  # row number → record id, "" for a pending copy


@dataclass(frozen=True)
class Leave:
    """Cells of a table that are not to be written, by column: cells held, formulas, masked."""

    cells: Mapping[str, Collection[str]] = field(default_factory=dict)

    def mask(self, key: str, ids: pd.Series) -> pd.Series:
        """Which rows are left alone in column `key`."""
        return ids.isin(list(self.cells.get(key, ())))


def edit(
    shown: Shown,
    desired: pd.DataFrame,
    *,
    leave: Leave | None = None,
    repairs: Mapping[str, Collection[str]] | None = None,
    removed: bool = True,
) -> SheetEdit:
    """The edit that makes a sheet show `desired` (typed, index = record id).

    `repairs` names cells by column whose text is rewritten although the value is the same (`check
    --fix`). Without `removed`, rows that are not wanted stay.
    """
    observed, located = shown.observed, shown.observed.located
    ids = shown.ids
    out = _empty(shown)
    here = (ids != "") & ids.isin(desired.index)
    rows, wanted_ids = ids.index[here], ids[here]
    wanted = desired.loc[wanted_ids.to_numpy()]
    touched: set[int] = set()
    for key, place in located.columns.items():
        column = located.table[key]
        old = observed.frame[key].loc[rows]
        new = pd.Series(wanted[key].to_numpy(), index=rows, dtype=wanted[key].dtype)
        changed = differs(old, new).to_numpy()
        if repairs and key in repairs:
            changed = changed | wanted_ids.isin(list(repairs[key])).to_numpy()
        if leave is not None:
            changed = changed & ~leave.mask(key, wanted_ids).to_numpy()
        if not changed.any():
            continue
        for row, value in zip(rows[changed], to_cells(new[changed], column), strict=True):
            if (int(row), place) not in shown.grid.formulas:
                out.cells[int(row), place] = value
                touched.add(int(row))
    out.appended = _rows(desired[~desired.index.isin(ids.to_numpy())], shown)
    if removed:
        out.removed = [int(row) for row in ids.index[(ids != "") & ~ids.isin(desired.index)]]
    _guard(out, shown, touched | set(out.removed))
    return out


def rebuild(shown: Shown, desired: pd.DataFrame) -> SheetEdit:
    """The edit that makes a sheet show `desired` row by row in its order (今日工作台, logs)."""
    observed, located = shown.observed, shown.observed.located
    first, last = located.header_row + 1, located.last_row
    out = _empty(shown)
    common = min(len(desired), max(0, last - first + 1))
    rows = pd.RangeIndex(first, first + common)
    for key, place in located.columns.items():
        column = located.table[key]
        old = _on(observed.frame[key], rows, column)
        new = pd.Series(desired[key].to_numpy()[:common], index=rows, dtype=desired[key].dtype)
        changed = differs(old, new)
        for row, value in zip(rows[changed.to_numpy()], to_cells(new[changed], column), strict=True):
            out.cells[int(row), place] = value
    out.appended = _rows(desired.iloc[common:], shown)
    out.removed = list(range(first + common, last + 1)) if last >= first else []
    return out


def _empty(shown: Shown) -> SheetEdit:
    located = shown.observed.located
    edge = max((*located.columns.values(), *located.private.values()), default=0)  # the team's own columns move along
    return SheetEdit(located.sheet, header_row=located.header_row, last_row=located.last_row, width=edge)


def _on(values: pd.Series, rows: pd.Index, column: Column) -> pd.Series:
    out = blank(column, rows)
    known = values.index.intersection(rows)
    out.loc[known] = values.loc[known]
    return out


def _rows(frame: pd.DataFrame, shown: Shown) -> list[dict[int, Value]]:
    """New rows as cells by column number, blanks left out."""
    located = shown.observed.located
    out: list[dict[int, Value]] = [{} for _ in range(len(frame))]
    for key, place in located.columns.items():
        for values, value in zip(out, to_cells(frame[key], located.table[key]), strict=True):
            if value is not None:
                values[place] = value
    return out


def _guard(out: SheetEdit, shown: Shown, rows: Collection[int]) -> None:
    """The id cells that must still stand beside the edited rows."""
    located = shown.observed.located
    place = located.columns.get(located.table.id_column)
    if place is None:
        return
    for row in rows:
        text = shown.grid.cell(row, place)
        out.guard[row, place] = "" if text is None else str(text)


def formula_cells(shown: Shown) -> dict[str, set[str]]:
    """Record ids by column whose cell holds a formula: never overwritten (SYNC A18)."""
    by_place = {place: key for key, place in shown.observed.located.columns.items()}
    out: dict[str, set[str]] = {}
    for row, place in shown.grid.formulas:
        key = by_place.get(place)
        if key is not None and row in shown.ids.index:
            out.setdefault(key, set()).add(str(shown.ids[row]))
    return out


def held_cells(shown: Shown) -> dict[str, set[str]]:
    """Record ids by column whose cell cannot be read as a value: never read as blank, never overwritten (A16)."""
    verdicts = shown.observed.verdicts
    if verdicts.empty:
        return {}
    held = verdicts[verdicts["verdict"].isin(["error", "ambiguous", "suggested"])]
    ids = shown.ids.reindex(held["row"]).to_numpy()
    out: dict[str, set[str]] = {}
    for key, record in zip(held["column"], ids, strict=True):
        if isinstance(record, str) and record:
            out.setdefault(key, set()).add(record)
    return out


def count_cells(edits: Collection[SheetEdit]) -> dict[str, int]:
    """What a summary says of some edits: cells set, rows added, rows removed."""
    return {
        "cells": int(np.sum([len(e.cells) for e in edits], initial=0)),
        "added": int(np.sum([len(e.appended) for e in edits], initial=0)),
        "removed": int(np.sum([len(e.removed) for e in edits], initial=0)),
    }
