"""Columns that only say when or where a run looked: they ride along with a write, and never cause one."""

from __future__ import annotations

from sync.stores.contract import SheetEdit
from sync.translate import Shown

RIDE_ALONG = {
    "issues": ("last_seen", "cell"),
    "tasks": ("reminded_at", "reminder_count"),
    "rules": ("last_run", "last_hits"),
}


def without_riders(whole: SheetEdit, one: Shown, riders: list[SheetEdit]) -> SheetEdit:
    """Put cells that only say when a run looked aside: they are written with other changes, never alone."""
    located = one.observed.located
    places = {located.columns[k] for k in RIDE_ALONG.get(one.observed.table.key, ()) if k in located.columns}
    riding = {cell: value for cell, value in whole.cells.items() if cell[1] in places}
    if riding:
        riders.append(
            SheetEdit(whole.sheet, riding, header_row=whole.header_row, last_row=whole.last_row, width=whole.width)
        )
        whole.cells = {cell: value for cell, value in whole.cells.items() if cell not in riding}
    return whole


def with_riders(edits: list[SheetEdit], riders: list[SheetEdit]) -> list[SheetEdit]:
    """The edits that do something, and what rides along with them; nothing where nothing else changes."""
    wanted = [edit for edit in edits if edit]
    if not wanted:
        return []
    by_sheet = {edit.sheet: edit for edit in wanted}
    for rider in riders:
        if rider.sheet in by_sheet:
            by_sheet[rider.sheet].cells.update(rider.cells)
        else:
            wanted.append(rider)
    return wanted
