"""What a cell becomes that both sides show: three-way merge of whole columns (SYNC A)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from merge3 import Merge3

from followup.arrays import NONE
from followup.tables.column import DATES, Column, Merge
from sync.plan.arrays import Bools, canonical, differ, is_blank

EXCEL_TEXT = 32_767
"""How many UTF-16 units a cell of Excel holds."""
EXCEL_DAY = int(np.datetime64("1900-03-01", "s").astype(np.int64))
"""The first day that Excel and everybody else count alike."""


@dataclass
class Aligned:
    """One column of three sides over the same rows; a row that one side lacks is filled in from the others.

    `known`: the base has the cell. `held_*`: that side's cell must not be read. `local_edit` and `hub_edit` say
    where a side differs from the base in what it means.
    """

    column: Column
    base: Any
    local: Any
    hub: Any
    known: Bools
    held_local: Bools
    held_hub: Bools
    local_edit: Bools
    hub_edit: Bools
    local_shows: bool = True  # whether the side has this column at all (A15)
    hub_shows: bool = True
    fixed_local: Bools | None = None  # read, never overwritten (A18)
    fixed_hub: Bools | None = None

    @classmethod
    def of(
        cls, column: Column, base: Any, local: Any, hub: Any, known: Bools, held_local: Bools, held_hub: Bools,
        local_shows: bool = True, hub_shows: bool = True,
    ) -> Aligned:  # fmt: skip
        """With the edits worked out."""
        return cls(
            column, base, local, hub, known, held_local, held_hub,
            differ(local, base, column) & known & ~held_local,
            differ(hub, base, column) & known & ~held_hub,
            local_shows, hub_shows,
        )  # fmt: skip

    def hold(self, *, local: bool) -> None:
        """Take back every edit of one side (a guard holds the column)."""
        if local:
            self.held_local = self.held_local | self.local_edit
            self.local_edit = np.zeros_like(self.local_edit)
        else:
            self.held_hub = self.held_hub | self.hub_edit
            self.hub_edit = np.zeros_like(self.hub_edit)


@dataclass
class Merged:
    """A merged column, and where it was not simply taken over."""

    values: Any
    lost: Bools  # both changed it: the workbook's value goes to 冲突清单 (A5, A13)
    asked: Bools  # of those: both sides keep their own until a person decides
    uncleared_local: Bools  # the workbook's clearing was not applied (A8)
    uncleared_hub: Bools  # the hub's clearing was not applied (A9)
    unseen: Bools  # the hub changed a cell whose workbook cell is held (A16, A18)
    unfit: Bools  # the merged value cannot be shown in Excel (A17)


def merge(cells: Aligned) -> Merged:
    """The column both sides show afterwards (A1-A18)."""
    column, base, local, hub = cells.column, cells.base, cells.local, cells.hub
    read = ~cells.held_local & ~cells.held_hub
    apart = differ(local, hub, column) & read
    out = hub.copy()
    pushed = apart & cells.local_edit & ~cells.hub_edit  # A3, A6
    clash = apart & np.where(cells.known, cells.local_edit & cells.hub_edit, True)
    no_local, no_hub = (_blank_where(clash, values, column) for values in (local, hub))
    uncleared_hub = clash & cells.known & no_hub  # A9
    from_local = pushed | (clash & no_hub)  # A9, A12
    lost = clash & ~no_local & ~no_hub  # A5, A13
    only_hub_held = cells.held_hub & ~cells.held_local
    both_held = cells.held_hub & cells.held_local & cells.known
    out[from_local] = local[from_local]
    out[only_hub_held] = local[only_hub_held]
    out[both_held] = base[both_held]
    for at in np.flatnonzero(lost) if column.merge in (Merge.UNION, Merge.LINES) else ():
        was = base[at] if cells.known[at] else ""
        both = union(was, local[at], hub[at]) if column.merge is Merge.UNION else lines(was, local[at], hub[at])
        if both is not None and fits(both):
            out[at], lost[at] = both, False
    return Merged(
        out,
        lost,
        lost if column.merge is Merge.ASK else np.zeros_like(lost),
        clash & cells.known & no_local,
        uncleared_hub,
        cells.held_local & cells.hub_edit,
        _unfit(out, apart | cells.hub_edit | ~cells.known, column),
    )


def _blank_where(some: Bools, values: Any, column: Column) -> Bools:
    out = np.zeros(len(values), dtype=np.bool_)
    at = np.flatnonzero(some)
    out[at] = is_blank(values[at], column)
    return out


def fits(text: str) -> bool:
    """Whether a cell of Excel holds a text."""
    return 2 * len(text) <= EXCEL_TEXT or len(text.encode("utf-16-le", "surrogatepass")) <= 2 * EXCEL_TEXT


def _unfit(values: Any, changed: Bools, column: Column) -> Bools:
    """Merged cells that Excel cannot hold: text too long, days before March 1900 (A17)."""
    out = np.zeros(len(values), dtype=np.bool_)
    at = np.flatnonzero(changed)
    if column.type.is_text:
        out[at] = [not fits(text) for text in values[at]]
    elif column.type in DATES:
        out[at] = (values[at] != NONE) & (values[at] < EXCEL_DAY)
    return out


def older(cells: Aligned, *, hub_first: bool) -> Any:
    """A generated or stamped column: the older value that is not blank stands, no conflict."""
    order = (cells.hub, cells.base, cells.local) if hub_first else (cells.base, cells.hub, cells.local)
    out = order[0].copy()
    for values in order[1:]:
        empty = is_blank(out, cells.column)
        if not empty.any():
            break
        out[empty] = values[empty]
    return out


def items(text: str) -> list[str]:
    """The members of a list cell, in order."""
    return list(dict.fromkeys(part for part in (canonical(p) for p in text.split(";")) if part))


def union(base: str, local: str, hub: str) -> str:
    """`(h ∪ (l \\ b)) \\ (b \\ l)`, in the hub's order (SYNC A, tags)."""
    was, mine, theirs = items(base), items(local), items(hub)
    gone = {item for item in was if item not in mine}
    return ";".join(item for item in dict.fromkeys(theirs + [m for m in mine if m not in was]) if item not in gone)


def lines(base: str, local: str, hub: str) -> str | None:
    """Long text by lines: clean, or both only inserted at one place (the hub's lines first); None = a conflict."""
    was, mine, theirs = (_split(text) for text in (base, local, hub))
    out: list[str] = []
    for kind, *parts in Merge3(was, theirs, mine).merge_groups():
        if kind != "conflict":
            out += parts[0]
            continue
        before, first, second = parts
        if before:
            return None
        out += first
        out += [line for line in second if line not in first]
    return "\n".join(out)


def _split(text: str) -> list[str]:
    plain = canonical(text)
    return plain.split("\n") if plain else []
