"""How is a sheet read when the fast reader cannot: strict files, missing strings, sparse or odd sheets?

Slower, but it needs only what the file has: memory grows with the cells, not with the extent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from xml.parsers import expat

from followup.errors import Wrong
from followup.grid import Raw

from .package import Package
from .styles import Styles
from .workbook import Sheet, Workbook
from .xmltext import MAX_COLUMN, MAX_ROW, parse_address, unescape_text


def _parser(package: Package) -> Any:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Wrong("file.unsafe", file=package.path.name, detail="DTD")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _parse(package: Package, part: str, parser: Any) -> None:
    try:
        for chunk in package.stream(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise package.damaged(part) from error


class _Strings:
    """Collects `<si>` texts, phonetic runs left out."""

    def __init__(self, parser: Any) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._in_text = self._phonetic = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rsplit("}", 1)[-1]
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._in_text = not self._phonetic

    def _end(self, tag: str) -> None:
        name = tag.rsplit("}", 1)[-1]
        if name == "si":
            self.texts.append(unescape_text("".join(self._parts)))
        elif name == "rPh":
            self._phonetic = False
        elif name == "t":
            self._in_text = False

    def _data(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)


def shared_strings(workbook: Workbook) -> list[str]:
    """The workbook's shared texts; none when the part is missing or empty."""
    part = next(iter(workbook.related(workbook.part, "sharedStrings")), None)
    if part is None or workbook.package.members[part].size == 0:
        return []
    parser = _parser(workbook.package)
    strings = _Strings(parser)
    _parse(workbook.package, part, parser)
    return strings.texts


class _Cells:
    """Collects the cells of a sheet: values, formulas, errors, formats."""

    def __init__(self, parser: Any, decode: Callable[[str, int, str], Raw]) -> None:
        self.rows: list[list[Raw]] = []
        self.formulas: set[tuple[int, int]] = set()
        self.errors: dict[tuple[int, int], str] = {}
        self.styles: dict[tuple[int, int], int] = {}
        self.count = 0
        self._decode = decode
        self._row = self._column = self._style = 0
        self._kind, self._text = "", list[str]()
        self._in_value = self._phonetic = self._shows = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit("}", 1)[-1]
        if name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdigit() else self._row + 1
            self._column = 0
        elif name == "c":
            place = parse_address(attributes.get("r", ""))
            self._column = place[1] if place else self._column + 1
            self._style, self._kind = int(attributes.get("s", "0")), attributes.get("t", "n")
            self._text, self._shows = [], False
        elif name == "f":
            self.formulas.add((self._row, self._column))
        elif name == "rPh":
            self._phonetic = True
        elif name in ("v", "t"):
            self._in_value = not self._phonetic
            self._shows = True

    def _data(self, text: str) -> None:
        if self._in_value:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rsplit("}", 1)[-1]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "c" and self._shows and 0 < self._row <= MAX_ROW and self._column <= MAX_COLUMN:
            self._put("".join(self._text))

    def _put(self, text: str) -> None:
        cell = (self._row, self._column)
        if self._kind == "e":
            self.errors[cell] = text
        value = self._decode(self._kind, self._style, text)
        if isinstance(value, int | float) and self._style:
            self.styles[cell] = self._style
        while len(self.rows) < self._row:
            self.rows.append([])
        row = self.rows[self._row - 1]
        if len(row) < self._column:
            row.extend([None] * (self._column - len(row)))
            self.count += self._column
        row[self._column - 1] = value


def plain_rows(
    workbook: Workbook, sheet: Sheet, strings: list[str], styles: Styles | None, telling: dict[int, str]
) -> tuple[list[list[Raw]], set[tuple[int, int]], dict[tuple[int, int], str], dict[tuple[int, int], str]]:
    """(rows, formula cells, error cells with their texts, telling number formats) of a sheet."""
    parser = _parser(workbook.package)

    def decode(kind: str, style: int, text: str) -> Raw:
        return _decoded(kind, text, strings, styles is not None and styles.is_date(style), workbook.is_1904)

    cells = _Cells(parser, decode)
    _parse(workbook.package, sheet.part, parser)
    formats = {cell: telling[style] for cell, style in cells.styles.items() if style in telling}
    return cells.rows, cells.formulas, cells.errors, formats


def _decoded(kind: str, text: str, strings: list[str], is_date: bool, is_1904: bool) -> Raw:
    if kind == "s":
        number = int(text) if text.strip().isdigit() else -1
        return (strings[number] or None) if 0 <= number < len(strings) else None
    if kind == "b":
        return text.strip() in ("1", "true")
    if kind in ("str", "inlineStr", "e"):
        return unescape_text(text) or None
    if kind == "d":
        return _iso_date(text)
    try:
        number_value = float(text)
    except ValueError:
        return text or None
    if is_date:
        return date_of(number_value, is_1904)
    return int(number_value) if number_value.is_integer() else number_value


def _iso_date(text: str) -> Raw:
    try:
        moment = datetime.fromisoformat(text.strip().rstrip("Z"))
    except ValueError:
        return text or None
    return moment.date() if len(text.strip()) <= 10 else rounded(moment.replace(tzinfo=None))


def date_of(days: float, is_1904: bool) -> Raw:
    """The date, date with time, or time that a serial number shows; the number where there is none."""
    seconds = round(days * 86_400)
    if 0 <= days < 1 and not is_1904:
        return (datetime.min + timedelta(seconds=seconds)).time()
    epoch = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30 if days >= 61 else 31)
    try:
        moment = epoch + timedelta(seconds=seconds)
    except OverflowError:
        return days
    return moment.date() if moment.time() == time() else moment


def rounded(moment: datetime) -> datetime:
    """A moment to the whole second: the rest is noise of the day fraction."""
    if not moment.microsecond:
        return moment
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
