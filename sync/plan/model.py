"""What a plan is made of: the sides that go in, and the merged tables, losers and refusals that come out (SYNC 1)."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import pandas as pd

Cells = Mapping[str, AbstractSet[str]]
"""Cells of one table: column key → record ids."""

OVERWRITTEN = ["table", "record_id", "column", "old", "new", "side"]


@dataclass(frozen=True)
class Side:
    """One table as one side shows it.

    `frame` is typed and indexed by record id (rows without one, the pending copies, are left out). `held` are cells
    that must not be read: invalid, a formula whose value is stale, masked (A16, A18, A20). `columns` are the columns
    the side really shows, those of `frame` unless said: a column it does not show is never read as blank (A15).
    `fixed` cells are read but never overwritten: formulas (A18).
    """

    frame: pd.DataFrame
    held: Cells = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    fixed: Cells = field(default_factory=dict)

    @property
    def seen(self) -> frozenset[str]:
        """The columns that this side shows."""
        return self.columns or frozenset(str(name) for name in self.frame.columns)


@dataclass(frozen=True)
class Notice:
    """Something a person should hear; nothing was lost. `code` is the row of SYNC's tables (A8, B12 …)."""

    code: str
    table: str
    record_id: str = ""
    column: str = ""
    message: str = ""


@dataclass(frozen=True)
class Held:
    """What a guard stopped (SYNC G); `--confirm PLAN_ID` releases it, except G6."""

    guard: str
    table: str
    count: int
    message: str
    stops: bool = False  # the whole run, not only this table, column or deletions
    column: str = ""
    side: str = ""  # local, hub


@dataclass
class Plan:
    """What one run would do. Nothing has been written.

    `merged` holds, by table, the typed rows that both sides show afterwards: human, generated and stamped columns,
    computed ones are left out; new rows of `conflicts` and `recycled` are already in it. Of each side the exceptions
    are: `absent_*` rows, whose deletion there is held by a guard and which are not put back; `keep_*` cells, which
    are not to be overwritten there (held and fixed cells, policy `ask`). `base` is what to store under the new stamp once both
    sides are written, `accounted` what to store under the old one when only the hub was (commit A: what the workbook
    shows, pushed or saved as a loser). In both a cell that was not taken into account keeps its old base.
    """

    plan_id: str  # the same whenever the same would happen
    merged: dict[str, pd.DataFrame]
    base: dict[str, pd.DataFrame]
    accounted: dict[str, pd.DataFrame]
    conflicts: pd.DataFrame  # new rows of 冲突清单, typed, index = conflict_id
    recycled: pd.DataFrame  # new rows of 回收站, typed, index = del_id
    overwritten: pd.DataFrame  # OVERWRITTEN: for `history`; side = local or hub
    notices: list[Notice] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    stopped: bool = False  # nothing may be written, on either side
    skipped: frozenset[str] = frozenset()  # tables not to be written on either side (G6); merged = the hub's rows
    keep_local: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    keep_hub: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    absent_local: dict[str, set[str]] = field(default_factory=dict)
    absent_hub: dict[str, set[str]] = field(default_factory=dict)
    renamed: dict[str, dict[str, str]] = field(default_factory=dict)  # first meeting: local id → the hub's id
    summary: dict[str, dict[str, int]] = field(default_factory=dict)  # to_hub, from_hub → rows, cells, removed

    def for_local(self, table: str) -> pd.DataFrame:
        """The rows the workbook shows afterwards (cells of `keep_local` excepted)."""
        return _without(self.merged[table], self.absent_local.get(table))

    def for_hub(self, table: str) -> pd.DataFrame:
        """The rows the hub shows afterwards (cells of `keep_hub` excepted)."""
        return _without(self.merged[table], self.absent_hub.get(table))

    @property
    def changes_nothing(self) -> bool:
        """Whether neither side would be written."""
        return not len(self.conflicts) and not any(n for side in self.summary.values() for n in side.values())


def _without(frame: pd.DataFrame, absent: set[str] | None) -> pd.DataFrame:
    return frame[~frame.index.isin(list(absent))] if absent else frame
