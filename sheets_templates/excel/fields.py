"""字段说明: every column with its help and example, the ten of Table 1 word for word (REQUIREMENTS A01-A11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from followup.tables import TABLES, Need, Owner, Tier
from sheets_templates.excel.formats import Formats
from sheets_templates.excel.notes import help_of

SHEET = "字段说明"
_HEADERS = ("字段名称", "填写说明", "示例值", "必填", "谁来填", "选用")
_WORDS = {
    "zh": {Need.ALWAYS: "必填", Need.CONDITIONAL: "有条件", Need.NO: "选填", "human": "人", "tool": "系统", "folded": "选用（默认折叠）"},
    "en": {Need.ALWAYS: "yes", Need.CONDITIONAL: "in some cases", Need.NO: "no", "human": "people", "tool": "system", "folded": "optional (folded)"},
}  # fmt: skip


def write(book: Any, formats: Formats, keys: Sequence[str], lang: str) -> Any:
    """Add the sheet: one block a table, one row a column."""
    sheet = book.add_worksheet(SHEET)
    for place, width in enumerate((22, 62, 34, 10, 10, 18)):
        sheet.set_column(place, place, width)
    for place, header in enumerate(_HEADERS):
        sheet.write_string(0, place, header, formats.header("must"))
    sheet.set_row(0, 26)
    row = 1
    for key in ["customers", *(key for key in keys if key not in ("customers", "meta"))]:
        row = _block(sheet, formats, key, row, lang)
    sheet.freeze_panes(1, 1)
    sheet.hide_gridlines(2)
    sheet.set_tab_color("#BFBFBF")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _block(sheet: Any, formats: Formats, key: str, row: int, lang: str) -> int:
    table, words = TABLES[key], _WORDS[lang]
    band = formats.get(bold=True, font_size=11, bg_color="#DDEBF7", font_color="#1F3864", valign="vcenter")
    sheet.set_row(row, 22)
    for place in range(len(_HEADERS)):
        sheet.write_blank(row, place, None, band)
    sheet.write_url(row, 0, f"internal:'{table.sheet}'!A1", band, table.sheet)
    line = {"bottom": 1, "bottom_color": "#E7E6E6", "valign": "vcenter"}
    cell = formats.get(num_format="@", text_wrap=True, **line)
    name = formats.get(num_format="@", bold=True, **line)
    quiet = formats.get(font_color="#595959", align="center", **line)
    for column in table.columns:
        row += 1
        human = column.owner is Owner.HUMAN
        sheet.write_string(row, 0, column.header, name)
        sheet.write_string(row, 1, help_of(column, lang), cell)
        sheet.write_string(row, 2, column.example, cell)
        sheet.write_string(row, 3, words[column.need] if human else "", quiet)
        sheet.write_string(row, 4, words["human" if human else "tool"], quiet)
        sheet.write_string(row, 5, words["folded"] if column.tier is Tier.OPTIONAL else "", quiet)
    return row + 2
