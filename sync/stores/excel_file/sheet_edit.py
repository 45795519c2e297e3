"""How is one sheet edited: cells set, rows appended, rows blanked, its ranges grown?

Everything that could not be done safely is refused while the copy is being written; the original
is not touched before the whole copy is good.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator

from followup.errors import Refused

from ..contract import SheetEdit, Value
from .cells import CellWriter, Unfit
from .fill_down import FillDown
from .formulas import shifted
from .ranges import Growth, column_styles, grown_dimension, grown_tail, merges
from .row_patch import Cell, Row
from .sheet_stream import Frame, patched_rows
from .styles import Styles
from .workbook import Area, Sheet, TablePart, Workbook, parse_area, refuse_declarations
from .xmltext import MAX_COLUMN, MAX_ROW, attribute, entity_text, escape_markup, letters, without_attribute

_ARRAY = re.compile(rb"<(?:[\w.-]+:)?f\s[^>]*\bt\s*=\s*[\"'](?:array|dataTable)[\"'][^>]*>")
_ROW_HABITS = (b"r", b"spans", b"hidden", b"collapsed", b"outlineLevel", b"thickTop", b"thickBot", b"ph")


Pieces = dict[int, tuple[Cell | None, bytes]]
"""New cells of one row by column, each with the old cell it takes the place of."""


class SheetEditor:
    """The edits of one sheet of one workbook, streamed once by `chunks`."""

    def __init__(self, workbook: Workbook, sheet: Sheet, edit: SheetEdit, styles: Styles | None) -> None:
        self.workbook, self.sheet, self.edit, self.styles = workbook, sheet, edit, styles
        self.file = workbook.package.path.name
        self.saw_formula = self.lost_formula = False
        self.skipped: set[tuple[int, int]] = set()
        self.new_rows = range(edit.last_row + 1, edit.last_row + 1 + len(edit.appended))
        self.cells: dict[int, dict[int, Value]] = {}
        for (row, column), value in edit.cells.items():
            self.cells.setdefault(row, {})[column] = value
        for row, values in zip(self.new_rows, edit.appended, strict=True):
            self.cells.setdefault(row, {}).update(values)
        self.blanked = frozenset(edit.removed)
        self.model = edit.last_row if self.new_rows and edit.last_row > edit.header_row else 0
        self.fill = FillDown(self.model, edit.header_row, {column for row in edit.appended for column in row})
        self._model_tag, self._model_styles = b"", dict[int, int]()
        self._orphans: dict[bytes, tuple[str, int, int]] = {}  # shared formulas whose first cell was overwritten
        self._arrays: list[Area] = []
        self.tables = workbook.tables(sheet)
        self._check_bounds()
        self._check_tables()
        self._check_areas(workbook.pivots(sheet), "sheet.pivot")
        self.table = self._table_to_grow()
        self.growth = self._growth()

    # ------------------------------------------------------------------ refusals

    def _refused(self, code: str, row: int, column: int, area: Area | None = None, **places: object) -> Refused:
        name = letters(column).decode()
        text = f"{letters(area.left).decode()}{area.top}:{letters(area.right).decode()}{area.bottom}" if area else ""
        return Refused(
            code, sheet=self.sheet.title, row=row, column=name, cell=f"{name}{row}", area=text, file=self.file, **places
        )

    def _check_bounds(self) -> None:
        for row, values in self.cells.items():
            if not 0 < row <= MAX_ROW:
                raise self._refused("sheet.full", row, 1)
            for column in values:
                if not 0 < column <= MAX_COLUMN:
                    raise self._refused("sheet.full", row, min(max(column, 1), MAX_COLUMN))

    def _check_tables(self) -> None:
        for table in self.tables:
            area = table.area
            for row in range(area.top, area.top + table.header_rows):
                for column, value in self.cells.get(row, {}).items():
                    names = table.columns[column - area.left : column - area.left + 1]
                    if (row, column) in area and (value,) != names:
                        raise self._refused("sheet.table_header", row, column, area)
            for row in range(area.bottom - table.totals_rows + 1, area.bottom + 1):
                for column in self.cells.get(row, {}):
                    if (row, column) in area:
                        raise self._refused("sheet.totals_row", row, column, area)

    def _check_areas(self, areas: list[Area], code: str) -> None:
        for area in areas:
            for row, column in self._edited_in(area):
                raise self._refused(code, row, column, area)

    def _edited_in(self, area: Area) -> Iterator[tuple[int, int]]:
        if area.bottom - area.top < len(self.cells):
            rows: Iterator[int] = (row for row in range(area.top, area.bottom + 1) if row in self.cells)
        else:
            rows = (row for row in self.cells if area.top <= row <= area.bottom)
        for row in rows:
            for column in self.cells[row]:
                if area.left <= column <= area.right:
                    yield row, column

    def _check_merges(self, tail: bytes) -> None:
        for area in merges(tail):
            for row, column in self._edited_in(area):
                if (row, column) != (area.top, area.left) and self.cells[row][column] is not None:
                    raise self._refused("sheet.merged", row, column, area)

    # ------------------------------------------------------------------ growth

    def _columns(self) -> tuple[int, int]:
        used = [column for values in self.edit.appended for column in values]
        right = max([self.edit.width, *used], default=1)
        return min(used, default=1) if not self.edit.width else 1, right

    def _table_to_grow(self) -> TablePart | None:
        """The table the appended rows belong to."""
        if not self.new_rows:
            return None
        left, right = self._columns()
        for table in self.tables:
            area = table.area
            holds = area.top <= self.edit.last_row <= area.bottom and area.left <= right and area.right >= left
            if holds and self.new_rows[-1] > area.bottom - table.totals_rows:
                if table.totals_rows:
                    raise self._refused("sheet.totals_row", area.bottom, area.left, area)
                self._check_room(table)
                return table
        return None

    def _check_room(self, table: TablePart) -> None:
        area = table.area
        below = Area(area.bottom + 1, area.left, self.new_rows[-1], area.right)
        for other in self.tables:
            if other is not table and other.area.meets(below):
                raise self._refused("sheet.occupied", other.area.top, other.area.left)

    def _growth(self) -> Growth | None:
        if not self.new_rows:
            return None
        left, right = self._columns()
        ends = {self.edit.last_row} if self.edit.last_row > self.edit.header_row else set[int]()
        if self.table is not None:
            ends.add(self.table.area.bottom)
            left, right = min(left, self.table.area.left), max(right, self.table.area.right)
        return Growth(frozenset(ends), self.new_rows[-1], left, right)

    def _touched(self) -> Area | None:
        rows = [row for row, values in self.cells.items() if any(value is not None for value in values.values())]
        columns = [column for values in self.cells.values() for column in values]
        return Area(min(rows), min(columns), max(rows), max(columns)) if rows else None

    # ------------------------------------------------------------------ the stream

    def chunks(self, source: Iterator[bytes]) -> Iterator[bytes]:
        """The sheet's new XML from its old. Raises Refused when something cannot be done safely."""
        frame = Frame(source, self.file)
        refuse_declarations(self.workbook.package, frame.edges.head)
        self._column_styles = column_styles(frame.edges.head)
        self._column_style: dict[int, int] = {}
        self.writer = CellWriter(self.styles, self.workbook.is_1904, frame.edges.prefix)
        self._names = frame.names
        head, opened = grown_dimension(frame.edges.head, self._touched()), b""
        if frame.edges.is_empty:
            head = head[:-2].rstrip() + b">"
            opened = b"</" + frame.edges.prefix + b"sheetData>"
        yield head
        self._wanted = sorted({*self.cells, *self.blanked, *self.fill.rows})
        try:
            yield from patched_rows(frame, self._wanted, self._patch, self._make, self._watch)
        except ValueError as error:
            raise Refused("file.odd_xml", file=self.file, detail=str(error)) from error
        self.lost_formula |= self.fill.used
        self.saw_formula |= self.fill.used
        self._check_areas(self._arrays, "sheet.array_formula")
        self._check_merges(frame.tail)
        yield opened + (grown_tail(frame.tail, self.growth) if self.growth else frame.tail)

    def _watch(self, block: bytes) -> None:
        if b"f" not in block or self._names.formula not in block:  # one rare byte is found much faster
            return
        self.saw_formula = True
        self.fill.watch(block, self._names)
        if b"array" in block or b"dataTable" in block:
            for tag in _ARRAY.findall(block):
                area = parse_area((attribute(tag, b"ref") or b"").decode())
                if area is not None:
                    self._arrays.append(area)

    def _patch(self, row: Row) -> bytes:
        number = row.number
        self.fill.look(row)
        if number == self.model:
            self._model_tag = row.open_tag
            self._model_styles = {cell.column: row.style(cell) for cell in row.cells}
        pieces: Pieces = {}
        added = number in self.new_rows
        last, address = row.last()[0], b'%d"' % number
        for column, value in self.cells.get(number, {}).items():
            if column > last and not added:  # the common case of computed columns, kept short
                if value is not None:
                    style = self._new_style(row.own_style, column, False)
                    pieces[column] = (None, self._written(address, column, style, value))
                continue
            cell = row.find(column)
            piece = self._piece(row, cell, column, value, added)
            if piece is not None:
                pieces[column] = (cell, piece)
        if added:
            self._fill_down(row, pieces)
        if number in self.blanked:
            self._blank(row, pieces)
        if self._orphans:
            self._adopt(row, pieces)
        return row.replaced(pieces) if pieces else row.xml

    def _piece(self, row: Row, cell: Cell | None, column: int, value: Value, added: bool) -> bytes | None:
        if cell is None:
            if value is None:
                return None
            return self._written(b'%d"' % row.number, column, self._new_style(row.own_style, column, added), value)
        if row.is_formula(cell):
            if added:
                self.skipped.add((row.number, column))
                return None
            self._overwrite_formula(row, cell)
        elif added and row.holds_value(cell):
            raise self._refused("sheet.occupied", row.number, column)
        return self._written(b'%d"' % row.number, column, row.style(cell), value)

    def _fill_down(self, row: Row, pieces: Pieces) -> None:
        """An added row in prepared cells takes over formulas where nothing stands."""
        for column in self.fill.formulas:
            cell = row.find(column)
            if column in self.cells[row.number] or (cell and (row.is_formula(cell) or row.holds_value(cell))):
                continue
            style = row.style(cell) if cell else self._new_style(row.own_style, column, True)
            pieces[column] = (cell, self.fill.cell(row.number, column, style, self._names))

    def _written(self, address: bytes, column: int, style: int, value: Value) -> bytes:
        try:
            return self.writer.cell(address, column, style, value)
        except Unfit as error:
            raise error.at(self.sheet.title, int(address[:-1]), column) from error

    def _new_style(self, row_style: int, column: int, added: bool) -> int:
        """What a cell that is not there yet looks like: as the row above, its row, or its column."""
        if added and self._model_styles.get(column):
            return self._model_styles[column]
        if row_style:
            return row_style
        style = self._column_style.get(column)
        if style is None:
            style = next((s for first, last, s in self._column_styles if first <= column <= last), 0)
            self._column_style[column] = style
        return style

    def _make(self, number: int) -> bytes:
        """A row that is not there yet; an added one is dressed as the row above."""
        values = self.cells.get(number, {})
        added = number in self.new_rows
        if not added and all(value is None for value in values.values()):
            return b""
        tag = self._names.row + b' r="%d">' % number
        if added and self._model_tag:
            kept = self._model_tag.replace(b"/>", b">")
            for name in _ROW_HABITS:
                kept = without_attribute(kept, name)
            tag = self._names.row + b' r="%d"' % number + kept[len(self._names.row) :]
        dressed = {c: s for c, s in self._model_styles.items() if s} if added else {}
        cells = []
        formulas = self.fill.formulas if added else {}
        for column in sorted({*values, *dressed, *formulas}):
            value = values.get(column)
            if column not in values and column in formulas:
                cells.append(self.fill.cell(number, column, dressed.get(column, 0), self._names))
            elif value is not None or column in dressed:
                style = self._new_style(0, column, added)
                cells.append(self._written(b'%d"' % number, column, style, value))
        return tag + b"".join(cells) + self._names.row_close + b">"

    def _blank(self, row: Row, pieces: Pieces) -> None:
        """A removed row: what people typed goes, formulas and looks stay."""
        for cell in row.cells:
            beside = self.edit.width and cell.column > self.edit.width
            if not beside and row.holds_value(cell) and not row.is_formula(cell):
                pieces[cell.column] = (cell, self._written(b'%d"' % row.number, cell.column, row.style(cell), None))

    # ------------------------------------------------------------------ formulas that are overwritten

    def _overwrite_formula(self, row: Row, cell: Cell) -> None:
        self.lost_formula = True
        match = self._names.formula_pattern.search(row.content(cell))
        if match is None or attribute(b"<f" + match[1] + b">", b"t") != b"shared" or not match[2]:
            return
        tag = b"<f" + match[1] + b">"
        area = parse_area((attribute(tag, b"ref") or b"").decode())
        index = attribute(tag, b"si")
        if area is None or index is None:
            return
        self._orphans[index] = (entity_text(match[2]), row.number, cell.column)
        for number in range(row.number + 1, area.bottom + 1):
            at = bisect_left(self._wanted, number)
            if at == len(self._wanted) or self._wanted[at] != number:
                insort(self._wanted, number)

    def _adopt(self, row: Row, pieces: Pieces) -> None:
        """Cells that leaned on an overwritten shared formula get it written out; cached values stay."""
        for cell in row.cells:
            content = row.content(cell)
            if cell.column in pieces or b"shared" not in content:
                continue
            match = self._names.formula_pattern.search(content)
            index = attribute(b"<f" + match[1] + b">", b"si") if match else None
            if match is None or index not in self._orphans or match[2]:
                continue
            text, top, left = self._orphans[index]
            formula = escape_markup(shifted(text, row.number - top, cell.column - left))
            name = self._names.formula[1:]
            written = b"<%s>%s</%s>" % (name, formula, name)
            whole = row.xml[cell.start : cell.end]
            offset = cell.open_end - cell.start
            pieces[cell.column] = (cell, whole[: offset + match.start()] + written + whole[offset + match.end() :])
