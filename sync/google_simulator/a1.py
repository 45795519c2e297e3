"""Which cells a text like `'表'!A2:C` names, and how Google writes such a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from followup.grid import column_letters
from sync.google_simulator.errors import ApiError

if TYPE_CHECKING:
    from sync.google_simulator.book import Book, Sheet

_CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?")
_PLAIN = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Area:
    """Cells of one sheet, 0-based and half-open, inside its grid; `single` where one cell was named."""

    sheet: Sheet
    top: int
    left: int
    bottom: int
    right: int
    single: bool = False

    def a1(self) -> str:
        """As the API writes it, the sheet's title always given."""
        first = f"{column_letters(self.left + 1)}{self.top + 1}"
        last = f"{column_letters(self.right)}{self.bottom}"
        return f"{quoted(self.sheet.title)}!{first}" + ("" if first == last else f":{last}")


def quoted(title: str) -> str:
    """A sheet's title as the API writes it: in quotes unless it is a plain word that is no cell."""
    match = re.fullmatch(r"([A-Za-z]{1,3})[0-9]+", title)
    if _PLAIN.fullmatch(title) and not match:
        return title
    return "'" + title.replace("'", "''") + "'"


def parse(book: Book, text: str, *, clip: bool = True) -> Area:
    """The cells `text` names. Raises ApiError 400 where there is no such sheet, or outside its grid."""
    title, cells = _split(text)
    if title is not None:
        sheet = book.by_title(title)
        if sheet is None:
            raise _unparsable(text)
        named = _named(book, cells or "")
        if named is not None:  # 'Sheet1'!Name is the named range, wherever it lies
            return named
        return _area(sheet, cells, text, clip) if cells is not None else whole(sheet)
    named = _named(book, text)
    if named is not None:
        return named
    if _is_cells(text):
        return _area(book.sheets[0], text, text, clip)
    sheet = book.by_title(text)
    if sheet is None:
        raise _unparsable(text)
    return whole(sheet)


def _named(book: Book, text: str) -> Area | None:
    held = next((n for n in book.named_ranges if n["name"] == text), None)
    return from_grid(book, held["range"]) if held else None


def whole(sheet: Sheet) -> Area:
    """Every cell of a sheet's grid."""
    return Area(sheet, 0, 0, sheet.row_count, sheet.column_count)


def from_grid(book: Book, given: dict[str, Any]) -> Area:
    """The cells of a GridRange; open ends reach to the end of the grid."""
    sheet = book.by_id(given.get("sheetId", 0))
    return Area(
        sheet,
        given.get("startRowIndex", 0),
        given.get("startColumnIndex", 0),
        min(given.get("endRowIndex", sheet.row_count), sheet.row_count),
        min(given.get("endColumnIndex", sheet.column_count), sheet.column_count),
    )


def _split(text: str) -> tuple[str | None, str | None]:
    """(title or None, cells or None)."""
    if text.startswith("'"):
        match = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text)
        if not match:
            raise _unparsable(text)
        return match[1].replace("''", "'"), match[2]
    if "!" in text:
        title, cells = text.rsplit("!", 1)
        return title, cells
    return None, None


def _is_cells(text: str) -> bool:
    parts = text.split(":")
    return len(parts) <= 2 and all(p and _CELL.fullmatch(p) for p in parts) and not (len(parts) == 1 and text.isalpha())


def _corner(text: str) -> tuple[int | None, int | None]:
    match = _CELL.fullmatch(text)
    if not match or not (match[1] or match[2]):
        raise ValueError(text)
    column = None
    if match[1]:
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
    return (int(match[2]) if match[2] else None), column


def _area(sheet: Sheet, cells: str, text: str, clip: bool) -> Area:
    first, _, second = cells.partition(":")
    try:
        row, column = _corner(first)
        last_row, last_column = _corner(second) if second else (row, column)
    except ValueError:
        raise _unparsable(text) from None
    if not second and (row is None or column is None):
        raise _unparsable(text)
    top, left = (row or 1) - 1, (column or 1) - 1
    bottom, right = last_row or sheet.row_count, last_column or sheet.column_count
    if second and bottom <= top:
        top, bottom = bottom - 1, top + 1
    if second and right <= left:
        left, right = right - 1, left + 1
    if clip and (top >= sheet.row_count or left >= sheet.column_count):
        raise ApiError(
            400,
            f"Range ({quoted(sheet.title)}!{cells}) exceeds grid limits. "
            f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}",
        )
    if clip:
        bottom, right = min(bottom, sheet.row_count), min(right, sheet.column_count)
    return Area(sheet, top, left, bottom, right, single=not second)


def _unparsable(text: str) -> ApiError:
    return ApiError(400, f"Unable to parse range: {text}")
