"""Does the written copy read back as it was meant?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from xml.parsers import expat

from followup.errors import Failed

from ..contract import Value
from .cells import Unfit, number_text, serial
from .row_patch import Row
from .sheet_stream import Frame, patched_rows
from .workbook import Workbook
from .xmltext import attribute, entity_text, letters, unescape_text

SAMPLE = 2_000  # rows checked cell by cell; the checksum of the part covers the rest
WHOLE = 24 * 1024**2  # parts up to here are parsed whole


def verify(workbook: Workbook, cells: Mapping[str, Mapping[tuple[int, int], Value]], changed: set[str]) -> None:
    """Raise Failed `file.verify` unless the cells (by sheet title) hold their values and every
    changed part is sound XML with a matching checksum."""
    package = workbook.package
    for part in changed:
        if package.members[part].size <= WHOLE:
            _parse(workbook, part)
    for title, wanted in cells.items():
        wrong = _first_wrong(workbook, title, wanted)
        if wrong is not None:
            raise Failed("file.verify", file=package.path.name, detail=f"{title}!{wrong}")


def _parse(workbook: Workbook, part: str) -> None:
    parser = expat.ParserCreate()
    try:
        for chunk in workbook.package.stream(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Failed("file.verify", file=workbook.package.path.name, detail=part) from error


def _first_wrong(workbook: Workbook, title: str, cells: Mapping[tuple[int, int], Value]) -> str | None:
    rows: dict[int, dict[int, Value]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    numbers = sorted(rows)
    if len(numbers) > SAMPLE:
        numbers = _sample(numbers)
    wrong: list[str] = []

    def look(row: Row) -> bytes:
        for column, value in rows[row.number].items():
            cell = row.find(column)
            shown = shown_value(row.xml[cell.start : cell.end]) if cell else None
            if shown != meant(value, workbook.is_1904):
                wrong.append(f"{letters(column).decode()}{row.number}")
        return row.xml

    def absent(number: int) -> bytes:
        wrong.extend(f"{letters(c).decode()}{number}" for c, v in rows[number].items() if meant(v, False) is not None)
        return b""

    frame = Frame(workbook.package.stream(workbook.sheets[title].part), workbook.package.path.name)
    for _ in patched_rows(frame, numbers, look, absent, lambda block: None):
        pass
    return wrong[0] if wrong else None


def _sample(numbers: list[int]) -> list[int]:
    """`SAMPLE` rows in runs of a hundred, first and last among them: few blocks need to be taken apart."""
    runs = SAMPLE // 100
    starts = [(len(numbers) - 100) * run // (runs - 1) for run in range(runs)]
    return sorted({number for start in starts for number in numbers[start : start + 100]})


def meant(value: Value, is_1904: bool) -> str | float | bool | None:
    """A value as it shows in XML: text, number or truth; None for blank."""
    if value is None or value != value or value == "":
        return None
    if isinstance(value, str | bool):
        return value
    try:
        if isinstance(value, date):
            return float(serial(value, is_1904))
        if isinstance(value, Decimal):
            return float(value)
        return float(number_text(value))
    except Unfit:
        return None


_VALUE = re.compile(rb"<(?:[\w.-]+:)?v>([^<]*)</")
_INLINE = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^>]*)?>([^<]*)</")


def shown_value(cell: bytes) -> str | float | bool | None:
    """What a cell as we write them shows."""
    kind = attribute(cell[: cell.index(b">") + 1], b"t")
    if kind == b"inlineStr":
        return "".join(unescape_text(entity_text(part)) for part in _INLINE.findall(cell))
    match = _VALUE.search(cell)
    if match is None:
        return None
    if kind == b"b":
        return match[1] == b"1"
    return float(match[1]) if kind in (None, b"n") else entity_text(match[1])
