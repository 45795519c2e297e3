"""What does a formula say when its cell, or the rows it refers to, move?

References are found by a small scanner that knows strings, quoted sheet names, structured
references and function names; everything else of the formula stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .xmltext import MAX_COLUMN, MAX_ROW, column_number, letters

_TOKEN = re.compile(
    r"""
      (?P<text>"(?:[^"]|"")*")
    | (?P<sheet>(?:'(?:[^']|'')*'|(?:\[\w+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)
    | (?P<book>\[(?:[^\[\]]|\[(?:[^\[\]']|'.)*\])*\])
    | (?P<rows>\$?\d+:\$?\d+(?![\w.(!]))
    | (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(!$]))
    | (?P<cell>\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w.(!]))
    | (?P<name>[^\W\d][\w.?\\]*|\d[\w.]*)
    """,
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads when copied `rows` down and `columns` right: relative references move."""

    def move(match: re.Match[str]) -> str:
        kind, text = match.lastgroup, match[0]
        if kind == "cell":
            return _moved_cell(text, rows, columns)
        if kind == "rows":
            return ":".join(_moved_row(part, rows) for part in text.split(":"))
        if kind == "columns":
            return ":".join(_moved_column(part, columns) for part in text.split(":"))
        return text

    return _TOKEN.sub(move, formula)


def _moved_cell(text: str, rows: int, columns: int) -> str:
    match = _CELL.fullmatch(text)
    if match is None:
        return text
    column = column_number(match[2].encode()) + (0 if match[1] else columns)
    row = int(match[4]) + (0 if match[3] else rows)
    if not (0 < row <= MAX_ROW and 0 < column <= MAX_COLUMN):
        return "#REF!"
    return f"{match[1]}{letters(column).decode()}{match[3]}{row}"


def _moved_row(text: str, rows: int) -> str:
    return text if text.startswith("$") else str(int(text) + rows)


def _moved_column(text: str, columns: int) -> str:
    if text.startswith("$"):
        return text
    return letters(column_number(text.encode()) + columns).decode()


RowMap = Callable[[int, int], tuple[int, int] | None]
"""Where rows first..last are now; None when none of them is left."""


def remapped(formula: str, home: str, target: str, where: RowMap) -> str:
    """A formula of sheet `home` after rows of sheet `target` moved: references to them follow."""
    parts: list[str] = []
    position, sheet, previous_end = 0, home, -1
    tokens = list(_TOKEN.finditer(formula))
    index = 0
    while index < len(tokens):
        match = tokens[index]
        kind, text, end = match.lastgroup, match[0], match.end()
        replacement = text
        if kind == "sheet":
            sheet, previous_end = _sheet_name(text), end
            index += 1
            continue
        here = sheet if match.start() == previous_end else home
        if kind == "cell":
            follower = tokens[index + 1] if index + 1 < len(tokens) else None
            is_range = follower is not None and follower.lastgroup == "cell" and formula[end : follower.start()] == ":"
            if is_range and follower is not None:
                end, index = follower.end(), index + 1
                replacement = formula[match.start() : end]
            if here.casefold() == target.casefold():
                replacement = _remapped_range(replacement, where)
        elif kind == "rows" and here.casefold() == target.casefold():
            replacement = _remapped_rows(text, where)
        parts += [formula[position : match.start()], replacement]
        position = end
        index += 1
    parts.append(formula[position:])
    return "".join(parts)


def spans_sheets(formula: str) -> bool:
    """Whether a formula refers to several sheets at once (`一月:三月!A1`)."""
    return any(token.lastgroup == "sheet" and ":" in token[0] for token in _TOKEN.finditer(formula))


def _sheet_name(text: str) -> str:
    name = text[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _remapped_range(text: str, where: RowMap) -> str:
    cells = [_CELL.fullmatch(part) for part in text.split(":")]
    rows = [int(cell[4]) for cell in cells if cell]
    moved = where(min(rows), max(rows)) if rows else None
    if moved is None:
        return "#REF!"
    ends = moved if rows[0] <= rows[-1] else moved[::-1]
    return ":".join(f"{c[1]}{c[2]}{c[3]}{row}" for c, row in zip(cells, ends, strict=False) if c)


def _remapped_rows(text: str, where: RowMap) -> str:
    first, last = text.split(":")
    moved = where(*sorted((int(first.strip("$")), int(last.strip("$")))))
    if moved is None:
        return "#REF!"
    return ":".join(
        ("$" if part.startswith("$") else "") + str(row) for part, row in zip((first, last), moved, strict=True)
    )
