"""使用说明: what to do every day, the process, colours, terms, sheets and security, drawn in cells."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from followup.tables import TABLES
from followup.team.defaults import ENTRIES
from sheets_templates.excel import fields
from sheets_templates.excel.formats import HEADERS, Formats
from sheets_templates.excel.guide_text import TEXTS, GuideText
from sheets_templates.highlights import LOOKS
from sheets_templates.looks import text_width

SHEET = "使用说明"
_LEFT, _RIGHT = 1, 15  # the grid's first and last column
_UNIT = 9.5  # width of a grid column in characters; the first one is split into number and rest
_NUMBER = 4
_LINE = 19  # height of a line in points


def write(book: Any, formats: Formats, keys: Sequence[str], lang: str) -> Any:
    """Add the guide as the next sheet; `keys` are the tables the workbook has."""
    page = _Page(book.add_worksheet(SHEET), formats)
    text = TEXTS[lang]
    page.title(text.title, text.subtitle)
    page.section(text.daily_title)
    page.numbered(text.daily)
    page.section(text.flow_title)
    _flow(page, text)
    page.section(text.colours_title)
    _colours(page, text)
    page.section(text.words_title)
    for term, meaning in text.words:
        page.pair(term, meaning)
    page.section(text.sheets_title)
    for key in keys:
        if key in text.sheets:
            page.pair(TABLES[key].sheet, text.sheets[key], link=True)
    page.pair(fields.SHEET, text.fields, link=True)
    page.section(text.change_title)
    page.numbered(text.change)
    page.section(text.safety_title)
    page.numbered(text.safety)
    page.finish()
    return page.sheet


def _flow(page: _Page, text: GuideText) -> None:
    """The stages as boxes with arrows, then what moves a customer's status."""
    stages = [entry.value for entry in sorted((e for e in ENTRIES if e.category == "阶段"), key=lambda e: e.order)][:5]
    box = page.formats.get(
        bold=True, font_size=11, font_color="#FFFFFF", bg_color="#2E75B6", align="center", valign="vcenter"
    )
    under = page.formats.get(
        font_color="#404040", bg_color="#EAF2FA", align="center", valign="top", text_wrap=True, font_size=9
    )
    arrow = page.formats.get(bold=True, font_size=14, font_color="#2E75B6", align="center", valign="vcenter")
    page.height(30)
    ends = [_LEFT + 2 + 3 * number for number in range(len(stages))]
    starts = [_LEFT, *(end - 1 for end in ends[1:])]
    for start, end, stage in zip(starts, ends, stages, strict=True):
        page.merge(start, end, stage, box)
        if end < _RIGHT:
            page.sheet.write_string(page.row, end + 1, "➜", arrow)
    page.row += 1
    page.height(36)
    for start, end, stage in zip(starts, ends, stages, strict=True):
        page.merge(start, end, text.stages.get(stage, ""), under)
    page.row += 1
    page.height(8)
    page.row += 1
    page.line(text.flow_note, bold=True)
    for status, when in text.states:
        page.pair(status, when)


def _colours(page: _Page, text: GuideText) -> None:
    """Swatches as they look in the sheets: headers, then cells."""
    for kind, label, meaning in text.headers:
        background, colour = HEADERS[kind]
        page.swatch(label, background, colour, meaning, bold=True)
    for look, label, meaning in text.colours:
        page.swatch(label, LOOKS[look].background, LOOKS[look].text, meaning)


class _Page:
    """A sheet written from the top down on a grid of equal columns."""

    def __init__(self, sheet: Any, formats: Formats) -> None:
        self.sheet, self.formats, self.row = sheet, formats, 0
        sheet.set_column(0, 0, 2)
        sheet.set_column(_LEFT, _LEFT, _NUMBER)
        sheet.set_column(_LEFT + 1, _LEFT + 1, _UNIT - _NUMBER)
        sheet.set_column(_LEFT + 2, _RIGHT, _UNIT)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#1F4E79")

    def height(self, points: float) -> None:
        """The height of the current row."""
        self.sheet.set_row(self.row, points)

    def merge(self, first: int, last: int, text: str, style: Any) -> None:
        """Text over the cells `first`..`last` of the current row."""
        self.sheet.merge_range(self.row, first, self.row, last, text, style)

    def title(self, title: str, subtitle: str) -> None:
        """The head of the page."""
        self.height(10)
        self.row += 1
        self.height(38)
        big = self.formats.get(
            bold=True, font_size=20, font_color="#FFFFFF", bg_color="#1F4E79", valign="vcenter", indent=1
        )
        self.merge(_LEFT, _RIGHT, title, big)
        self.row += 1
        self.height(24)
        small = self.formats.get(font_size=11, font_color="#FFFFFF", bg_color="#2E75B6", valign="vcenter", indent=1)
        self.merge(_LEFT, _RIGHT, subtitle, small)
        self.row += 1

    def section(self, title: str) -> None:
        """A heading with a line under it."""
        self.height(12)
        self.row += 1
        self.height(24)
        style = self.formats.get(
            bold=True, font_size=13, font_color="#1F4E79", bottom=2, bottom_color="#2E75B6", valign="vcenter"
        )
        self.merge(_LEFT, _RIGHT, title, style)
        self.row += 1
        self.height(5)
        self.row += 1

    def line(self, text: str, *, bold: bool = False) -> None:
        """One line of text."""
        self._text(_LEFT, text, self.formats.get(valign="vcenter", text_wrap=True, bold=bold))

    def numbered(self, lines: Sequence[str]) -> None:
        """A numbered list."""
        badge = self.formats.get(bold=True, font_color="#2E75B6", align="center", valign="vcenter", font_size=12)
        for number, text in enumerate(lines, 1):
            self.sheet.write_number(self.row, _LEFT, number, badge)
            self._text(_LEFT + 1, text, self.formats.get(valign="vcenter", text_wrap=True))

    def pair(self, term: str, meaning: str, *, link: bool = False) -> None:
        """A term and what it means; with `link` the term leads to the sheet of that name."""
        style = {"bold": True, "valign": "vcenter", "bottom": 1, "bottom_color": "#E7E6E6"}
        if link:
            chosen = self.formats.get(font_color="#1F4E79", underline=1, **style)
            self.merge(_LEFT, _LEFT + 3, "", chosen)
            self.sheet.write_url(self.row, _LEFT, f"internal:'{term}'!A1", chosen, term)
        else:
            self.merge(_LEFT, _LEFT + 3, term, self.formats.get(**style))
        self._text(
            _LEFT + 4, meaning, self.formats.get(valign="vcenter", text_wrap=True, bottom=1, bottom_color="#E7E6E6")
        )

    def swatch(self, label: str, background: str, colour: str, meaning: str, *, bold: bool = False) -> None:
        """A coloured cell and what its colour means."""
        style = self.formats.get(
            bold=bold, bg_color=f"#{background}", font_color=f"#{colour}", align="center", valign="vcenter",
            border=1, border_color="#FFFFFF",
        )  # fmt: skip
        self.merge(_LEFT, _LEFT + 2, label, style)
        self._text(_LEFT + 3, meaning, self.formats.get(valign="vcenter", text_wrap=True, indent=1))

    def _text(self, first: int, text: str, style: Any) -> None:
        room = (_RIGHT - first + (first > _LEFT)) * _UNIT * 0.97
        self.height(_LINE * max(1, ceil(text_width(text) / room)) + 2)
        self.merge(first, _RIGHT, text, style)
        self.row += 1

    def finish(self) -> None:
        """Print set-up: one page."""
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 1)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        self.sheet.print_area(0, 0, self.row, _RIGHT)
