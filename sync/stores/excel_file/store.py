"""How does a closed workbook on disk serve as a store (`sync.stores.contract.Store`)?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from followup.errors import Refused, Wrong

from ..contract import Applied, SheetEdit, Snapshot, Value
from .editor import Edited, write_edited
from .locks import refuse_if_open
from .package import Package
from .replace import flushed, refuse_if_read_only, take_place, temporary_beside
from .verify import verify
from .workbook import Workbook

META_SHEET = "_元数据"


class ExcelFileStore:
    """The workbook at `path`. Each write keeps a dated copy in `backup_dir` (none without one)."""

    def __init__(self, path: Path, backup_dir: Path | None = None) -> None:
        self.path, self.backup_dir = path, backup_dir
        self.name = path.name

    def read(self) -> Snapshot:
        """Every worksheet as it stands. Raises Wrong `file.*`, Failed `file.unreadable`."""
        from .reader import read_snapshot

        return read_snapshot(self.path)

    def apply(self, edits: Sequence[SheetEdit], expected: Snapshot, token: str = "") -> Applied:
        """Write `edits` into the file in one step, or nothing (contract).

        The stamp that tells later whether `token` happened is one of the edits (SYNC 1, _元数据).
        """
        _check_guards(edits, expected, self.name)
        return write_file(self.path, edits, backup_dir=self.backup_dir, expected=expected.fingerprint)

    def has_token(self, token: str) -> bool:
        """Whether _元数据 shows `token`."""
        from .reader import read_sheet

        grid = read_sheet(self.path, META_SHEET)
        return grid is not None and any(cell == token for row in grid.rows for cell in row)


def _check_guards(edits: Iterable[SheetEdit], expected: Snapshot, name: str) -> None:
    for edit in edits:
        grid = expected.grids.get(edit.sheet)
        for (row, column), text in edit.guard.items():
            shown = grid.cell(row, column) if grid else None
            if ("" if shown is None else str(shown)) != text:
                raise Refused("store.moved", sheet=edit.sheet, row=row, file=name)


def write_file(
    path: Path,
    edits: Sequence[SheetEdit],
    out: Path | None = None,
    backup_dir: Path | None = None,
    expected: str | None = None,
) -> Applied:
    """Edit the workbook at `path` in place, or into `out`; the fingerprint afterwards.

    Raises Refused (open elsewhere, read-only, moved since `expected`, not safely editable), Wrong
    (not a workbook), Failed (disk). The file is then as it was.
    """
    edits = merged_edits(edits)
    target = (out or path).resolve()
    if target == path.resolve():
        out = None
    if out is None:
        if not target.exists():
            raise Wrong("file.missing", file=path.name)
        refuse_if_open(target)
        refuse_if_read_only(target)
    with Package(path) as package:
        fingerprint = package.fingerprint
        if expected is not None and fingerprint != expected:
            raise Refused("store.moved", file=path.name)
        workbook = Workbook(package)
        if not any(edits):
            return Applied(fingerprint)
        with temporary_beside(target) as (temporary, file):
            try:
                edited = write_edited(workbook, edits, file)
            except (ValueError, LookupError) as error:  # numbers and encodings that are none
                raise Refused("file.odd_xml", file=path.name, detail=type(error).__name__) from error
            flushed(file)
            written = _verified(temporary, edits, edited)
            file.close()
            package.close()  # Windows does not replace an open file
            if out is not None and not target.exists():
                temporary.replace(target)
                return Applied(written)
            backup = take_place(
                temporary, target, lambda: out is not None or _fingerprint(path) == fingerprint, backup_dir
            )
    return Applied(written, backup=backup)


def merged_edits(edits: Iterable[SheetEdit]) -> list[SheetEdit]:
    """One edit a sheet: a sheet's XML is streamed once. Raises ValueError when two append differently."""
    merged: dict[str, SheetEdit] = {}
    for edit in edits:
        known = merged.get(edit.sheet)
        if known is None or not known:
            merged[edit.sheet] = edit
        elif edit:
            if known.appended and edit.appended and known.last_row != edit.last_row:
                raise ValueError(f"two edits append to {edit.sheet} at different rows")
            base = known if known.appended else edit
            merged[edit.sheet] = replace(
                base,
                cells={**known.cells, **edit.cells},
                appended=[*known.appended, *edit.appended],
                removed=sorted({*known.removed, *edit.removed}),
                width=max(known.width, edit.width),
                guard={**known.guard, **edit.guard},
            )
    return list(merged.values())


def _fingerprint(path: Path) -> str:
    with Package(path) as package:
        return package.fingerprint


def _verified(copy: Path, edits: Sequence[SheetEdit], edited: Edited) -> str:
    """The fingerprint of the written copy, after reading it back."""
    with Package(copy) as package:
        cells = {edit.sheet: _expected_cells(edit, edited) for edit in edits if edit}
        verify(Workbook(package), cells, edited.changed)
        return package.fingerprint


def _expected_cells(edit: SheetEdit, edited: Edited) -> dict[tuple[int, int], Value]:
    """What the written copy must show, at the places where rows are now."""
    if not (edit.appended or edit.removed or edited.skipped):
        return edit.cells
    cells = dict(edit.cells)
    for number, values in enumerate(edit.appended, edit.last_row + 1):
        cells.update({(number, column): value for column, value in values.items()})
    removed, moves = set(edit.removed), edited.moves.get(edit.sheet)
    kept = {
        cell: value
        for cell, value in cells.items()
        if (edit.sheet, *cell) not in edited.skipped and cell[0] not in removed
    }
    return kept if moves is None else {(moves.row(row) or 0, column): value for (row, column), value in kept.items()}


def set_cells(
    path: Path,
    sheet: str,
    cells: Mapping[tuple[int, int], Value],
    out: Path | None = None,
    backup_dir: Path | None = None,
) -> None:
    """Set cells of one sheet, addressed (row, column) from 1; text stays text whatever it looks like.

    Writes in place (with a dated copy in `backup_dir`), or into `out`. Raises as `write_file`.
    """
    write_file(path, [SheetEdit(sheet, dict(cells))], out, backup_dir)
