"""What a macro returns: changes, each with old and new value and the reason. Nothing else writes.

A change is column-wise: one `SetCells` may carry 100,000 cells, so that a macro over a large table
costs whole-column operations and not one object a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from followup.tables import TABLES
from followup.tables.frames import Tables, complete


@dataclass(frozen=True)
class SetCells:
    """New typed values for some records of one column; `old` and `new` share an index of record ids."""

    table: str
    column: str
    old: pd.Series
    new: pd.Series
    reason: str


@dataclass(frozen=True)
class AddRows:
    """New records: a typed frame indexed by record id (missing columns are blank)."""

    table: str
    rows: pd.DataFrame
    reason: str


@dataclass(frozen=True)
class RemoveRows:
    """Records that go, with everything they held."""

    table: str
    rows: pd.DataFrame
    reason: str


Change = SetCells | AddRows | RemoveRows


def differs(old: pd.Series, new: pd.Series) -> pd.Series:
    """Which positions differ, two blanks being equal; both typed alike and aligned."""
    if old.dtype == object and new.dtype == object:  # text: blank is "", never missing
        return pd.Series(old.to_numpy() != new.to_numpy(), index=old.index)
    both_blank = old.isna() & new.isna()
    return ~((old == new).fillna(False).astype(bool) | both_blank)


def set_cells(table: str, column: str, old: pd.Series, new: pd.Series, reason: str) -> list[SetCells]:
    """The change from `old` to `new` limited to cells that differ; nothing where nothing does."""
    changed = differs(old, new)
    if not changed.any():
        return []
    return [SetCells(table, column, old[changed], new[changed], reason)]


def apply_changes(tables: Tables, changes: Iterable[Change]) -> Tables:
    """The tables after `changes`; the input is not touched."""
    frames: dict[str, pd.DataFrame] = {}
    for change in changes:
        frame = frames.get(change.table)
        if frame is None:
            frame = tables[change.table].copy()
        if isinstance(change, SetCells):
            frame.loc[change.new.index, change.column] = change.new
        elif isinstance(change, AddRows):
            fresh = complete(change.rows, TABLES[change.table])
            frame = pd.concat([frame, fresh]) if len(frame) else fresh
        else:
            frame = frame.drop(index=change.rows.index)
        frames[change.table] = frame
    return tables.replace(**frames)


def count(changes: Sequence[Change]) -> dict[str, int]:
    """How many cells are set, rows added and rows removed: what a summary says."""
    return {
        "cells": sum(len(c.new) for c in changes if isinstance(c, SetCells)),
        "added": sum(len(c.rows) for c in changes if isinstance(c, AddRows)),
        "removed": sum(len(c.rows) for c in changes if isinstance(c, RemoveRows)),
    }
