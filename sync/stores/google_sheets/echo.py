"""What a write really hit: the echoed ids against the planned ones, and the edits that put struck cells back.

A person may sort, insert or delete rows between our read and our write; Google then writes at the same
addresses beside other ids. Every such row shows in the echo of the same step. It is put back only where the
cell still holds *our* value beside the wrong id (PLATFORM 2; SYNC E, "person sorts/edits the Sheet").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from followup.grid import Grid, Raw
from sync.stores.contract import SheetEdit, Value
from sync.stores.google_sheets.batches import SHELF, Batch, landed, removes
from sync.stores.google_sheets.typed import Formula, stored, text

Formulas = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Struck:
    """A planned row whose cells landed in another row: that row's id texts by id column, and where it stood."""

    edit: SheetEdit
    row: int
    landed: int
    ids: Mapping[int, str]


@dataclass(frozen=True)
class Lost:
    """A planned removal that took another row: what was taken, column by column."""

    edit: SheetEdit
    row: int
    content: list[Raw]


def struck_rows(
    edits: Sequence[SheetEdit], batch: Batch, echo: Mapping[str, Grid], before: Mapping[str, Grid]
) -> list[Struck]:
    """The rows of a batch whose ids are not the guarded ones."""
    found = []
    gone = removes(batch)
    for edit in edits:
        touched = batch.rows.get(edit.sheet, set()) - set(edit.removed)
        for row, guards in _by_row(edit).items():
            if row not in touched:
                continue
            place = landed(row, edit, gone)
            grid = echo.get(edit.sheet, Grid(edit.sheet, []))
            shown = {column: text(grid.cell(place, column)) for column in guards}
            if not _same(edit, row, place, guards, shown, grid, before.get(edit.sheet)):
                found.append(Struck(edit, row, place, shown))
    return found


def _by_row(edit: SheetEdit) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), wanted in edit.guard.items():
        rows.setdefault(row, {})[column] = wanted.strip()
    return rows


def _same(
    edit: SheetEdit,
    row: int,
    place: int,
    guards: Mapping[int, str],
    shown: Mapping[int, str],
    echo: Grid,
    before: Grid | None,
) -> bool:
    """Whether the row at `place` is the planned one: by its id, or, where the id itself is being written, by its
    other cells (SYNC B24: an id must not land beside other content)."""
    for column, wanted in guards.items():
        if (row, column) not in edit.cells:
            if shown[column] != wanted:
                return False
        elif before is not None and not _alike(edit, row, place, echo, before):
            return False
    return True


def _alike(edit: SheetEdit, row: int, place: int, echo: Grid, before: Grid) -> bool:
    columns = [c for c in range(1, edit.width + 1) if (row, c) not in edit.cells and before.cell(row, c) is not None]
    equal = sum(before.cell(row, c) == echo.cell(place, c) for c in columns)
    return 2 * equal >= len(columns)


def lost_rows(edits: Sequence[SheetEdit], echo: Mapping[str, Grid]) -> list[Lost]:
    """The removals that took another row than the guarded one, with what they took."""
    shelf = echo.get(SHELF, Grid(SHELF, []))
    found, place = [], 0
    for edit in edits:
        guards = _by_row(edit)
        for row in sorted(set(edit.removed)):
            place += 1
            content = shelf.rows[place - 1] if place <= len(shelf.rows) else []
            wanted = guards.get(row, {})
            if any(text(shelf.cell(place, column)) != held for column, held in wanted.items()):
                found.append(Lost(edit, row, list(content)))
    return found


def put_back(
    struck: Sequence[Struck], lost: Sequence[Lost], now: Mapping[str, Grid], before: Mapping[str, Grid],
    formulas: Mapping[str, Formulas],
) -> list[SheetEdit]:  # fmt: skip
    """The edits that repair: struck cells get back what stood there, lost rows are appended again."""
    repairs: dict[str, SheetEdit] = {}
    for hit in struck:
        sheet = hit.edit.sheet
        grid = now.get(sheet)
        if grid is None:
            continue
        repair = repairs.setdefault(sheet, SheetEdit(sheet, width=hit.edit.width, last_row=len(grid.rows)))
        _restore(hit, repair, grid, before[sheet], formulas.get(sheet, {}))
    for taken in lost:
        sheet = taken.edit.sheet
        repair = repairs.setdefault(sheet, SheetEdit(sheet, width=taken.edit.width))
        values = {c: cast(Value, value) for c, value in enumerate(taken.content, 1) if value is not None}
        if values:
            repair.appended.append(values)
    return [repair for repair in repairs.values() if repair]


def _restore(hit: Struck, repair: SheetEdit, now: Grid, before: Grid, formulas: Formulas) -> None:
    written = {c: value for (r, c), value in hit.edit.cells.items() if r == hit.row}
    row = _find(hit, now, written)
    if row is None:
        return
    ids = {column: shown for column, shown in hit.ids.items() if column not in written}
    source = _source(ids, before, now, row, written)
    for column, value in written.items():
        if now.cell(row, column) != stored(value):
            continue  # somebody has changed it since: theirs
        old: Value | Formula = None
        if source is not None:
            old = (
                Formula(formulas[source, column])
                if (source, column) in formulas
                else cast(Value, before.cell(source, column))
            )
        if stored(value) != old or isinstance(old, Formula):
            repair.cells[row, column] = cast(Value, old)
    for column, shown in ids.items():
        repair.guard[row, column] = shown


def _find(hit: Struck, now: Grid, written: Mapping[int, Value]) -> int | None:
    """Where the struck row stands now: by the id that was echoed, else by what we wrote into it."""
    named = {column: shown for column, shown in hit.ids.items() if shown and column not in written}
    if named:
        rows = [
            r for r in range(1, len(now.rows) + 1) if all(text(now.cell(r, c)) == shown for c, shown in named.items())
        ]
        return rows[0] if len(rows) == 1 else hit.landed if hit.landed in rows else None
    blank = [
        r
        for r in range(1, len(now.rows) + 1)
        if all(now.cell(r, c) == stored(v) for c, v in written.items())
        and all(not text(now.cell(r, c)) for c in hit.ids if c not in written)
    ]
    return hit.landed if hit.landed in blank else blank[0] if len(blank) == 1 else None


def _source(ids: Mapping[int, str], before: Grid, now: Grid, row: int, written: Mapping[int, Value]) -> int | None:
    """The row of `before` that the struck row was: by id, else by its other cells; None for a new row."""
    named = {column: shown for column, shown in ids.items() if shown}
    if named:
        rows = [
            r for r in range(1, len(before.rows) + 1) if all(text(before.cell(r, c)) == s for c, s in named.items())
        ]
        return rows[0] if len(rows) == 1 else None
    width = max(len(now.rows[row - 1]), 1)
    others = {c: now.cell(row, c) for c in range(1, width + 1) if c not in written and now.cell(row, c) is not None}
    if not others:
        return None
    rows = [r for r in range(1, len(before.rows) + 1) if all(before.cell(r, c) == v for c, v in others.items())]
    return rows[0] if len(rows) == 1 else None
