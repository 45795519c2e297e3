"""Which formulas does an added row take over from the rows above it, as Excel does when a person types below?

A column counts as filled down when the last two rows of the data both hold a formula there (or the
only one does): a team's own 单价×数量 then does not stop at the rows that came from the hub.
"""

from __future__ import annotations

import re

from .formulas import shifted
from .row_patch import Row, Tags
from .workbook import parse_area
from .xmltext import attribute, column_number, entity_text, escape_markup, letters


class FillDown:
    """Remembers the formulas of row `model`, the last one with data; 0 when nothing is filled down."""

    def __init__(self, model: int, header_row: int, given: set[int]) -> None:
        self._given = given  # columns whose values come with the rows: a blank there is meant
        self.model, self.above = model, model - 1 if model - 1 > header_row else 0
        self._masters: dict[bytes, tuple[str, int, int]] = {}
        self._above_columns: set[int] = set()
        self.formulas: dict[int, str] = {}
        self.used = False

    @property
    def rows(self) -> set[int]:
        """The rows that must be looked at."""
        return {row for row in (self.model, self.above) if row > 0}

    def watch(self, block: bytes, names: Tags) -> None:
        """Take note of shared formulas: the model row may lean on one that begins far above."""
        if not self.model or b'"shared"' not in block:
            return
        pattern = re.compile(
            re.escape(names.cell_ref)
            + rb'([A-Z]+)(\d+)"[^>]*>'
            + re.escape(names.formula)
            + rb"(\s[^>]*ref=[^>]*)>([^<]+)<"
        )
        for name, row, attributes, text in pattern.findall(block):
            index = attribute(b"<f" + attributes + b">", b"si")
            if index is not None:
                self._masters[index] = (entity_text(text), int(row), column_number(name))

    def look(self, row: Row) -> None:
        """Take note of the formulas of the model row and of the one above it."""
        if row.number == self.above:
            self._above_columns = {cell.column for cell in row.cells if row.is_formula(cell)}
        elif row.number == self.model:
            for cell in row.cells:
                text = self._text(row, row.content(cell), cell.column)
                if text and cell.column not in self._given and (not self.above or cell.column in self._above_columns):
                    self.formulas[cell.column] = text

    def _text(self, row: Row, content: bytes, column: int) -> str:
        match = row.names.formula_pattern.search(content)
        if match is None:
            return ""
        tag = b"<f" + match[1] + b">"
        kind = attribute(tag, b"t")
        if kind in (b"array", b"dataTable") or parse_area((attribute(tag, b"r1") or b"").decode()):
            return ""
        if match[2]:
            return entity_text(match[2])
        master = self._masters.get(attribute(tag, b"si") or b"")
        return shifted(master[0], row.number - master[1], column - master[2]) if master else ""

    def cell(self, row: int, column: int, style: int, names: Tags) -> bytes:
        """The formula of `column` for an added row, without a cached value: Excel calculates it."""
        self.used = True
        formula = escape_markup(shifted(self.formulas[column], row - self.model, 0))
        mark = b' s="%d"' % style if style else b""
        start = names.cell_ref + letters(column) + b'%d"' % row + mark + b">"
        return start + names.formula + b">" + formula + b"</" + names.formula[1:] + b">" + names.cell_close + b">"
