"""Conditional formats of a sheet, from `sheets_templates.highlights`."""

from __future__ import annotations

from typing import Any

from followup.grid import column_letters
from followup.tables import Table
from sheets_templates.excel.formats import Formats
from sheets_templates.highlights import BARS, HIGHLIGHTS, Highlight


def add(sheet: Any, table: Table, formats: Formats, rows: tuple[int, int]) -> None:
    """Every highlight and bar of `table` over 0-based `rows`."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    for highlight in HIGHLIGHTS.get(table.key, ()):
        painted = places[highlight.paint or highlight.column]
        first, last = (0, len(places) - 1) if highlight.row else (painted, painted)
        sheet.conditional_format(
            rows[0], first, rows[1], last,
            {
                "type": "formula",
                "criteria": formula(highlight, places, rows[0] + 1),
                "format": formats.highlight(highlight.look),
            },
        )  # fmt: skip
    for (key, column), full in BARS.items():
        if key == table.key:
            sheet.conditional_format(
                rows[0], places[column], rows[1], places[column],
                {
                    "type": "data_bar", "bar_color": "#BDD7EE", "bar_solid": True, "data_bar_2010": True,
                    "min_type": "num", "min_value": 0, "max_type": "num", "max_value": full,
                },
            )  # fmt: skip


def formula(highlight: Highlight, places: dict[str, int], row: int) -> str:
    """The condition for the 1-based `row` the range starts in."""
    cell = f"${column_letters(places[highlight.column] + 1)}{row}"
    tests = {
        "equals": lambda value: f'{cell}="{value}"',
        "begins": lambda value: f'LEFT({cell},{len(value)})="{value}"',
        "ends": lambda value: f'RIGHT({cell},{len(value)})="{value}"',
    }
    if highlight.test == "positive":
        return f"=AND(ISNUMBER({cell}),{cell}>0)"
    if highlight.test == "blank":
        return f'=AND({cell}="",COUNTA($A{row}:${column_letters(len(places))}{row})>0)'
    parts = [tests[highlight.test](value) for value in highlight.values]
    return "=" + (parts[0] if len(parts) == 1 else f"OR({','.join(parts)})")
