"""How are single cells of one `<row>` replaced, every other byte of it kept?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from .xmltext import attribute, column_number, letters, without_attribute

STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_REF = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]+)""")


@dataclass(frozen=True)
class Tags:
    """The byte patterns of one sheet's XML, whose elements may carry a namespace prefix."""

    row: bytes
    row_close: bytes
    cell: bytes
    cell_ref: bytes
    cell_close: bytes
    formula: bytes
    cell_pattern: re.Pattern[bytes]
    odd_cell: re.Pattern[bytes]
    row_pattern: re.Pattern[bytes]
    formula_pattern: re.Pattern[bytes]
    value_pattern: re.Pattern[bytes]


@lru_cache(maxsize=16)
def tags(prefix: bytes) -> Tags:
    """The patterns for elements named `prefix` + name."""
    p = re.escape(prefix)
    return Tags(
        row=b"<" + prefix + b"row",
        row_close=b"</" + prefix + b"row",
        cell=b"<" + prefix + b"c",
        cell_ref=b"<" + prefix + b'c r="',
        cell_close=b"</" + prefix + b"c",
        formula=b"<" + prefix + b"f",
        cell_pattern=re.compile(rb"<" + p + rb"c(?=[\s/>])[^>]*>"),
        odd_cell=re.compile(rb"<" + p + rb'c(?! r="[A-Z]+\d+")(?=[\s/>])'),
        row_pattern=re.compile(rb"<" + p + rb'row(?: r="(\d+)")?(?=[\s/>])[^>]*>'),
        formula_pattern=re.compile(rb"<" + p + rb"f(?=[\s/>])([^>]*?)(?:/>|>(.*?)</" + p + rb"f\s*>)", re.DOTALL),
        value_pattern=re.compile(rb"<" + p + rb"(?:v|is)(?=[\s>])"),
    )


class Cell(NamedTuple):
    """Where a cell stands in its row's XML."""

    column: int
    start: int
    open_end: int
    end: int


class Row:
    """One row's XML, with its cells found on demand."""

    def __init__(self, xml: bytes, number: int, names: Tags) -> None:
        self.xml, self.number, self.names = xml, number, names
        self.open_end = xml.index(b">") + 1
        self.is_empty_tag = xml[self.open_end - 2] == 0x2F
        self._number_text = b'%d"' % number
        self._cells: list[Cell] | None = None
        self._plain = not self.is_empty_tag and names.odd_cell.search(xml, self.open_end) is None
        self._last: tuple[int, int] | None = None  # the last cell's column and end

    @property
    def open_tag(self) -> bytes:
        """`<row …>` or `<row …/>`."""
        return self.xml[: self.open_end]

    @property
    def cells(self) -> list[Cell]:
        """All cells in order; one without an address stands right of the one before."""
        if self._cells is None:
            self._cells = list(self._scan())
        return self._cells

    def _scan(self) -> Iterator[Cell]:
        column = 0
        for match in self.names.cell_pattern.finditer(self.xml, self.open_end):
            ref = _REF.search(match[0])
            column = column_number(ref[1]) if ref else column + 1
            yield Cell(column, match.start(), match.end(), self._end(match.end()))

    def _end(self, open_end: int) -> int:
        if self.xml[open_end - 2] == 0x2F:  # "/>"
            return open_end
        return self.xml.index(b">", self.xml.index(self.names.cell_close, open_end)) + 1

    def last(self) -> tuple[int, int]:
        """The last cell's column and where it ends; (0, start of the content) in a row without cells."""
        if self._last is None:
            self._last = self._find_last()
        return self._last

    def _find_last(self) -> tuple[int, int]:
        if not self._plain:
            return (self.cells[-1].column, self.cells[-1].end) if self.cells else (0, self.open_end)
        start = self.xml.rfind(self.names.cell + b" ")
        ref = _REF.search(self.xml, start) if start >= self.open_end else None
        if ref is None:
            return 0, self.open_end
        return column_number(ref[1]), self._end(self.xml.index(b">", start) + 1)

    def find(self, column: int) -> Cell | None:
        """The cell in `column`, if the row has it."""
        if column > self.last()[0]:
            return None
        if not self._plain:
            return next((cell for cell in self.cells if cell.column == column), None)
        start = self.xml.find(self.names.cell_ref + letters(column) + self._number_text, self.open_end)
        if start < 0:
            return None
        open_end = self.xml.index(b">", start) + 1
        return Cell(column, start, open_end, self._end(open_end))

    def place_for(self, column: int) -> int:
        """Where in the XML a new cell in `column` goes."""
        last, end = self.last()
        if last < column:
            return end
        return next(cell.start for cell in self.cells if cell.column > column)

    def style(self, cell: Cell) -> int:
        """The cell format number of a cell."""
        match = STYLE.search(self.xml, cell.start, cell.open_end)
        return int(match[1]) if match else 0

    @cached_property
    def own_style(self) -> int:
        """The row's own cell format, 0 when it sets none."""
        tag = self.open_tag
        if b"customFormat" not in tag or attribute(tag, b"customFormat") not in (b"1", b"true"):
            return 0
        return int(attribute(tag, b"s") or 0)

    def content(self, cell: Cell) -> bytes:
        """What stands between a cell's tags."""
        return self.xml[cell.open_end : cell.end]

    def is_formula(self, cell: Cell) -> bool:
        """Whether the cell holds a formula."""
        content = self.xml[cell.open_end : cell.end]
        return self.names.formula in content and self.names.formula_pattern.search(content) is not None

    def holds_value(self, cell: Cell) -> bool:
        """Whether the cell shows anything."""
        return self.names.value_pattern.search(self.content(cell)) is not None

    def replaced(self, pieces: Mapping[int, tuple[Cell | None, bytes]]) -> bytes:
        """The row's XML with cells put in place of old ones or inserted; `pieces` by column: (old, new)."""
        cuts: list[tuple[int, int, bytes]] = []
        inserted = False
        for column in sorted(pieces):
            cell, piece = pieces[column]
            if cell is not None:
                cuts.append((cell.start, cell.end, piece))
            else:
                place = self.place_for(column)
                cuts.append((place, place, piece))
                inserted = True
        tag = self.open_tag
        if inserted and b"spans" in tag:
            tag = without_attribute(tag, b"spans")  # an optional hint, wrong once a cell is outside it
        if self.is_empty_tag:
            inner = b"".join(piece for _, _, piece in cuts)
            return tag[:-2].rstrip() + b">" + inner + self.names.row_close + b">" + self.xml[self.open_end :]
        parts, position = [tag], self.open_end
        for start, end, piece in cuts:
            if start > position:
                parts.append(self.xml[position:start])
            parts.append(piece)
            position = end
        parts.append(self.xml[position:])
        return b"".join(parts)
