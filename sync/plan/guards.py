"""What stops a plan, or a part of it, before anything is written (SYNC G). One function a guard, in `GUARDS`."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

import numpy as np

from followup.tables import TABLES
from followup.wording import say
from sync.plan import wording as _wording  # noqa: F401
from sync.plan.model import Held
from sync.plan.rows import Work

DELETED_ROWS, DELETED_SHARE, DELETED_HALF = 10, 0.10, 0.50
EMPTY_ROWS = 5
CHANGED_CELLS, CHANGED_SHARE = 50, 0.30
SCRAMBLED = 20
DAMAGED_IDS, DAMAGED_SHARE = 10, 0.05

_SIDES = (("local", True), ("hub", False))


def deletions(work: Work) -> list[Held]:
    """G2: many rows deleted at once on one side; a list that a family takes along is not counted."""
    total = int(work.in_base.sum())
    out = []
    for side, local in _SIDES:
        count = int(work.deletions(local=local).sum())
        if count > DELETED_ROWS and count > DELETED_SHARE * total:
            stops = count > DELETED_HALF * total
            out.append(_held("G2", work, count, side, code="G2.stop" if stops else "G2", total=total, stops=stops))
    return out


def emptied(work: Work) -> list[Held]:
    """G3: a table is empty that had rows."""
    total = int(work.in_base.sum())
    shown = (("local", work.in_local), ("hub", work.in_hub))
    return [
        _held("G3", work, total, side, stops=True) for side, rows in shown if total >= EMPTY_ROWS and not rows.any()
    ]


def mass_changes(work: Work) -> list[Held]:
    """G7: a large part of one column changed at once on one side."""
    total = int(work.in_base.sum())
    out = []
    for key, cells in work.columns.items():
        if not cells.column.is_human:
            continue
        for side, edit in (("local", cells.local_edit), ("hub", cells.hub_edit)):
            count = int(np.count_nonzero(edit))
            if count > CHANGED_CELLS and count > CHANGED_SHARE * total:
                out.append(_held("G7", work, count, side, column=key))
    return out


def scrambles(work: Work) -> list[Held]:
    """G8: one column was sorted alone: its values are the same, its rows are not."""
    out = []
    for key, cells in work.columns.items():
        if not cells.column.is_human:
            continue
        for side, values, edit in (("local", cells.local, cells.local_edit), ("hub", cells.hub, cells.hub_edit)):
            at = np.flatnonzero(edit)
            if len(at) >= SCRAMBLED and (np.sort(values[at]) == np.sort(cells.base[at])).all():
                out.append(_held("G8", work, len(at), side, column=key, stops=True))
    return out


GUARDS: tuple[Callable[[Work], list[Held]], ...] = (emptied, deletions, scrambles, mass_changes)
"""Every guard that looks at one table's differences."""


def unreadable(tables: Container[str]) -> list[Held]:
    """G6: tables whose header cannot be understood are left out, the others sync."""
    return [Held("G6", key, 0, say("plan.G6", sheet=table.sheet)) for key, table in TABLES.items() if key in tables]


def damaged_ids(damaged: Mapping[str, int], totals: Mapping[str, int]) -> list[Held]:
    """G9: many ids blanked or doubled at once (`Identified.damaged` by table)."""
    return [
        Held("G9", key, count, say("plan.G9", sheet=TABLES[key].sheet, count=count), stops=True)
        for key, count in damaged.items()
        if count > DAMAGED_IDS and count > DAMAGED_SHARE * totals.get(key, 0)
    ]


def _held(
    guard: str,
    work: Work,
    count: int,
    side: str,
    *,
    code: str = "",
    column: str = "",
    total: int = 0,
    stops: bool = False,
) -> Held:
    table = TABLES[work.table]
    message = say(
        "plan." + (code or guard), sheet=table.sheet, count=count, total=total, side=say("plan.side." + side),
        column=table[column].header if column else "",
    )  # fmt: skip
    return Held(guard, work.table, count, message, stops, column, side)
