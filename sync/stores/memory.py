"""A store that lives in memory: what every store must do, in its plainest form; tests lean on it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from followup.errors import Refused
from followup.grid import Grid, Raw

from . import wording as _wording  # noqa: F401
from .contract import Applied, SheetEdit, Snapshot, Value


class MemoryStore:
    """Sheets held as lists of rows; `sheets` maps titles to rows of raw cells."""

    def __init__(self, sheets: Mapping[str, Sequence[Sequence[Value]]], name: str = "memory") -> None:
        self.name = name
        self._sheets: dict[str, list[list[Raw]]] = {
            title: [[shown(cell) for cell in row] for row in rows] for title, rows in sheets.items()
        }
        self._tokens: set[str] = set()

    def read(self) -> Snapshot:
        """Everything as it stands now; later writes do not show in it."""
        grids = {title: Grid(title, [list(row) for row in rows]) for title, rows in self._sheets.items()}
        return Snapshot(grids, self._fingerprint())

    def _fingerprint(self) -> str:
        cells = {
            title: [
                (r, c, type(v).__name__, v) for r, row in enumerate(rows) for c, v in enumerate(row) if v is not None
            ]
            for title, rows in self._sheets.items()
        }
        return hashlib.sha256(repr(cells).encode()).hexdigest()

    def apply(self, edits: Sequence[SheetEdit], expected: Snapshot, token: str = "") -> Applied:
        """Write exactly these cells, or raise Refused `store.moved` and write nothing."""
        if self._fingerprint() != expected.fingerprint:
            raise Refused("store.moved", file=self.name)
        for edit in edits:
            for (row, column), text in edit.guard.items():
                found = expected.grids[edit.sheet].cell(row, column)
                if ("" if found is None else str(found)) != text:
                    raise Refused("store.moved", sheet=edit.sheet, row=row, file=self.name)
        for edit in edits:
            self._edit(edit)
        if token:
            self._tokens.add(token)
        return Applied(self._fingerprint())

    def _edit(self, edit: SheetEdit) -> None:
        rows = self._sheets.setdefault(edit.sheet, [])
        for (row, column), value in edit.cells.items():
            _put(rows, row, column, shown(value))
        for number, values in enumerate(edit.appended, edit.last_row + 1):
            for column, value in values.items():
                _put(rows, number, column, shown(value))
        for row in sorted(set(edit.removed), reverse=True):
            if row <= len(rows):
                del rows[row - 1]

    def has_token(self, token: str) -> bool:
        """Whether the write of `token` happened."""
        return token in self._tokens


def shown(value: Value) -> Raw:
    """How a set value reads back: blank text is blank, whole numbers are int, midnight is a date."""
    if value is None or value == "" or value != value:
        return None
    if isinstance(value, str | bool):
        return value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    number = float(value) if isinstance(value, Decimal) else value
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _put(rows: list[list[Raw]], row: int, column: int, value: Raw) -> None:
    while len(rows) < row:
        rows.append([])
    line = rows[row - 1]
    line.extend([None] * (column - len(line)))
    line[column - 1] = value
