"""What a store shows before anything is understood: sheets of cells as they stand.

Row and column numbers are 1-based, as people see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

Raw = str | int | float | bool | date | datetime | time | None
"""A raw cell. Numbers a store shows with a date format arrive as `date`/`datetime` (Excel) or stay
serial numbers (Google: `Grid.serial_dates`). Text stays text: "00123" is a str, 123 a number."""


@dataclass(frozen=True)
class Grid:
    """One sheet as it stands: `rows[r - 1][c - 1]` is the cell at row r, column c; rows may be ragged."""

    title: str
    rows: list[list[Raw]]
    formulas: frozenset[tuple[int, int]] = frozenset()  # cells that hold a formula; the value is the cached one
    errors: frozenset[tuple[int, int]] = frozenset()  # cells that show #N/A, #REF! …; their value is the text
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)  # number formats worth knowing ("0.00")
    serial_dates: bool = False  # numbers in a date column are Google/Excel serials, not typing errors
    hidden: bool = False
    state: str = "visible"  # visible, hidden, veryHidden

    def cell(self, row: int, column: int) -> Raw:
        """The cell at 1-based `row`, `column`; None outside."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """(7, 9) → I7."""
    return f"{column_letters(column)}{row}"
