"""What a write really hit: the echo against the plan, and the edits that put struck cells back.

A person may sort, insert or delete rows between our read and our write, or type into the very cell we write.
The echo of the same step shows beside which id each value landed and what it overwrote. A cell is put back
only where it still holds *our* value (PLATFORM 2; SYNC E, "person sorts/edits the Sheet").
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
    """A planned row some of whose cells must be put back: the id texts of the row that was hit, by id column, and
    where it stood; the columns concerned, and what they held before (where the shelf tells)."""

    edit: SheetEdit
    row: int
    landed: int
    ids: Mapping[int, str]
    columns: frozenset[int]
    held: Mapping[int, Raw]


@dataclass(frozen=True)
class Lost:
    """A planned removal that took another row: what was taken, column by column."""

    edit: SheetEdit
    row: int
    content: list[Raw]


def struck_rows(
    edits: Sequence[SheetEdit], batch: Batch, echo: Mapping[str, Grid], before: Mapping[str, Grid]
) -> list[Struck]:
    """The rows of a batch that are not the planned ones, and the cells a person changed just before us."""
    found = []
    gone = removes(batch)
    shelf = _shelved(batch, echo)
    for edit in edits:
        touched = batch.rows.get(edit.sheet, set()) - set(edit.removed)
        grid, guards_by_row = echo.get(edit.sheet, Grid(edit.sheet, [])), _by_row(edit)
        for row, values in _cells_by_row(edit, touched).items():
            guards, place = guards_by_row.get(row, {}), landed(row, edit, gone)
            shown = {column: text(grid.cell(place, column)) for column in guards}
            held = {c: shelf[edit.sheet, row, c] for c in values if (edit.sheet, row, c) in shelf}
            if _same(edit, row, place, guards, shown, grid, before.get(edit.sheet)):
                columns = frozenset(
                    c for c in held if _typed_meanwhile(held[c], before.get(edit.sheet), row, c, values[c])
                )
            else:
                columns = frozenset(values)
            if columns:
                found.append(Struck(edit, row, place, shown, columns, held))
    return found


def _shelved(batch: Batch, echo: Mapping[str, Grid]) -> dict[tuple[str, int, int], Raw]:
    """What each overwritten cell held, by its planned place."""
    shelf = echo.get(SHELF, Grid(SHELF, []))
    return {
        (sheet, row, column): shelf.cell(start + row - top + 1, column - left + 1)
        for sheet, (top, bottom, left, right), start in batch.kept
        for row in range(top, bottom)
        for column in range(left, right)
    }


def _typed_meanwhile(held: Raw, before: Grid | None, row: int, column: int, ours: Value | Formula) -> bool:
    """Whether a person changed the cell between our read and our write, to something else than we wrote."""
    return before is not None and held != before.cell(row, column) and held != stored(ours)


def _cells_by_row(edit: SheetEdit, rows: set[int]) -> dict[int, dict[int, Value]]:
    out: dict[int, dict[int, Value]] = {}
    for (row, column), value in edit.cells.items():
        if row in rows:
            out.setdefault(row, {})[column] = value
    return out


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


def lost_rows(edits: Sequence[SheetEdit], batch: Batch, echo: Mapping[str, Grid]) -> list[Lost]:
    """The removals that took another row than the guarded one, with what they took."""
    shelf = echo.get(SHELF, Grid(SHELF, []))
    found, place = [], batch.removed_at
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
    for column in hit.columns:
        if now.cell(row, column) != stored(written[column]):
            continue  # somebody has changed it since: theirs
        old: Value | Formula = cast(Value, hit.held.get(column))
        if source is not None and (source, column) in formulas:
            old = Formula(formulas[source, column])
        elif source is not None and column not in hit.held:
            old = cast(Value, before.cell(source, column))
        if isinstance(old, Formula) or stored(written[column]) != old:
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
