"""One data sheet: header, rows, Excel table, validations, conditional formats, notes, print set-up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd

from followup.errors import Wrong
from followup.tables import DATES, Column, Owner, Table, Type
from followup.tables.frames import to_cells
from sheets_templates import looks
from sheets_templates.excel import conditions, notes, validations
from sheets_templates.excel.formats import Formats

_ROOM = 2000  # rows prepared for people below the header; Excel's table takes validations further
_LIMIT = 1_048_576
_LINE, _MOST_LINES = 15, 8  # points a line of text takes; longer text is cut off until a person opens the row


class SheetWriter:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, formats: Formats, values: Mapping[str, Collection[str]], lang: str) -> None:
        self._book, self._formats, self._values, self._lang = book, formats, values, lang

    def write(self, table: Table, frame: pd.DataFrame | None = None) -> Any:
        """Add the sheet of `table` with the rows of `frame`; columns of the team's own go to the right."""
        sheet = self._book.add_worksheet(table.sheet)
        header = looks.header_row(table) - 1
        own = [str(name) for name in frame.columns if name not in table.by_key] if frame is not None else []
        count = 0 if frame is None else len(frame)
        if header + count >= _LIMIT:
            raise Wrong("template.too_many_rows", sheet=table.sheet, rows=count)
        self._columns(sheet, table, len(own))
        self._table(sheet, table, own, header, count)
        if frame is not None:
            self._rows(sheet, table, frame, own, header + 1)
        ready = (header + 1, max(_ROOM, header + count + 1000))
        for place, column in enumerate(table.columns):
            if column.owner is Owner.HUMAN:
                validations.add(sheet, column, place, ready, self._values, self._lang)
            notes.add(sheet, header, place, column, self._lang)
        conditions.add(sheet, table, self._formats, ready)
        if table.key == "dashboard":
            self._period(sheet)
        self._view(sheet, table, header)
        return sheet

    def _period(self, sheet: Any) -> None:
        """The period selector of 仪表盘 in B1:B2 (MODEL 2)."""
        for row, label in enumerate(("开始日期", "结束日期")):
            sheet.write_string(row, 0, label, self._formats.get(bold=True, valign="vcenter", indent=1))
            sheet.write_blank(row, 1, None, self._formats.get(num_format="yyyy-mm-dd", bg_color="#FFF2CC", border=1))

    def _columns(self, sheet: Any, table: Table, own: int) -> None:
        folded_before = False
        for place, column in enumerate(table.columns):
            folded = looks.hidden(table, column)
            options: dict[str, Any] = {"level": 1, "hidden": True} if folded else {}
            if folded_before and not folded:
                options["collapsed"] = True  # the [+] that unfolds the columns before this one
            sheet.set_column(place, place, looks.width(table, column), self.body(table, column), options)
            folded_before = folded
        if own:
            last = len(table.columns) + own - 1
            sheet.set_column(len(table.columns), last, 16, self._formats.body("@"))

    def body(self, table: Table, column: Column) -> Any:
        """The format of a column's cells."""
        return self._formats.body(
            looks.number_format(column),
            wrap=looks.wraps(column),
            grey=looks.quiet(table, column),
            centre=column.type in (Type.ENUM, Type.FLAG, Type.YES_NO, Type.INT, Type.RATIO) or column.type in DATES,
        )

    def _table(self, sheet: Any, table: Table, own: list[str], header: int, count: int) -> None:
        headers = [
            {"header": column.header, "header_format": self._formats.header(looks.header_kind(table, column))}
            for column in table.columns
        ] + [{"header": name, "header_format": self._formats.header("may")} for name in own]
        sheet.add_table(
            header, 0, header + max(count, 1), len(headers) - 1,
            {"name": f"tbl_{table.key}", "style": "Table Style Light 1", "columns": headers},
        )  # fmt: skip
        sheet.set_row(header, 33)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_LIMIT}"})

    def _rows(self, sheet: Any, table: Table, frame: pd.DataFrame, own: list[str], first: int) -> None:
        for place, column in enumerate(table.columns):
            if column.key in frame:
                self._column(sheet, table, column, place, frame[column.key], first)
        for place, name in enumerate(own, len(table.columns)):
            self._column(sheet, table, None, place, frame[name], first)
        for row, lines in self._tall_rows(table, frame, first).items():
            sheet.set_row(row, min(_MOST_LINES, lines) * _LINE + 6)

    def _tall_rows(self, table: Table, frame: pd.DataFrame, first: int) -> dict[int, int]:
        """Rows whose wrapped text takes several lines: LibreOffice does not fit rows when it opens a file."""
        tall: dict[int, int] = {}
        for column in table.columns:
            if column.key in frame and looks.wraps(column) and not looks.hidden(table, column):
                room = looks.width(table, column)
                for row, text in enumerate(frame[column.key], first):
                    if isinstance(text, str) and (lines := looks.lines(text, room)) > 1:
                        tall[row] = max(lines, tall.get(row, 1))
        return tall

    def _column(
        self, sheet: Any, table: Table, column: Column | None, place: int, values: pd.Series, first: int
    ) -> None:
        cells = values if column is None or values.dtype == object else to_cells(values, column)
        for row, (value, gone) in enumerate(zip(cells, cells.isna(), strict=True), first):
            if not gone and value != "" and self._cell(sheet, row, place, value, column):
                header = column.header if column else str(values.name)
                raise Wrong("template.too_long", sheet=table.sheet, row=row + 1, column=header)

    def _cell(self, sheet: Any, row: int, place: int, value: Any, column: Column | None) -> int:
        """Write one cell as what it is; text stays text whatever it looks like. Not 0 when Excel cannot hold it."""
        if isinstance(value, str):
            return int(sheet.write_string(row, place, _literal(value)))
        if isinstance(value, bool):
            return int(sheet.write_boolean(row, place, value))
        if isinstance(value, date):
            return int(sheet.write_datetime(row, place, value, self._clock_format(value, column)))
        return int(sheet.write_number(row, place, float(value) if isinstance(value, Decimal) else value))

    def _clock_format(self, value: date, column: Column | None) -> Any:
        """A clock time is shown where there is one, even in a column of days; None where the column's format fits."""
        clock = isinstance(value, datetime) and (value.hour, value.minute, value.second) != (0, 0, 0)
        wanted = "yyyy-mm-dd hh:mm" if clock else "yyyy-mm-dd"
        if column is not None and looks.number_format(column) == wanted:
            return None
        return self._formats.body(wanted, centre=True)

    def _view(self, sheet: Any, table: Table, header: int) -> None:
        sheet.freeze_panes(header + 1, looks.frozen_columns(table))
        sheet.set_tab_color(f"#{looks.tab_colour(table)}")
        sheet.set_zoom(100)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header)
        sheet.hide_gridlines(0)
        sheet.set_header(f"&L{table.sheet}&R&D")
        sheet.set_footer("&C&P / &N")
        printed = looks.printed_columns(table)
        if printed < len(table.columns):
            sheet.print_area(0, 0, _LIMIT - 1, printed - 1)


def _literal(text: str) -> str:
    """`text` so that XlsxWriter writes it as it is: it takes text between <r> and </r> for markup of its own."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(text)}</t></r>'
    return text
