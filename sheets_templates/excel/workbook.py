"""A new workbook: the guide, the sheets of an edition, and what a team starts with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from followup.tables import TABLES
from sheets_templates import looks
from sheets_templates.excel import fields, guide, lists, prefilled, wording  # noqa: F401
from sheets_templates.excel.formats import FONT, Formats
from sheets_templates.excel.sheet import SheetWriter

_ROW_HEIGHT = 26  # pixels: Chinese text needs air


def build_workbook(
    path: Path,
    *,
    edition: str = "starter",
    lang: str = "zh",
    today: date,
    spoke: str = "",
    frames: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Write the workbook of `edition` (`starter` or `full`) to `path`.

    `frames` fills tables by key: typed columns, or columns of object dtype whose cells are written as
    they are (text stays text), so that a workbook can also look as people typed it. A table in
    `frames` that the edition lacks gets its sheet too. The same input gives the same bytes.
    Raises Wrong where Excel cannot hold the rows.
    """
    given = dict(frames or {})
    keys = [key for key in TABLES if key in looks.edition(edition) or key in given]
    rows = prefilled.rows(edition, today, spoke, given)
    offered: dict[str, list[str]] = {}
    for category, value in zip(rows["dictionary"]["category"], rows["dictionary"]["value"], strict=True):
        offered.setdefault(str(category), []).append(str(value))
    options = {"default_format_properties": {"font_name": FONT, "font_size": 10}, "default_row_height": _ROW_HEIGHT}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties(
            {"title": "客户跟进", "author": "genjin", "created": datetime(today.year, today.month, today.day)}
        )
        book.set_size(2400, 1400)
        formats = Formats(book)
        first = guide.write(book, formats, keys, lang)
        writer = SheetWriter(book, formats, offered, lang)
        sheets = {key: writer.write(TABLES[key], rows.get(key)) for key in keys if key != "meta"}
        fields.write(book, formats, keys, lang)
        writer.write(TABLES["meta"], rows["meta"]).very_hidden()
        if lists.has_levels(rows["dictionary"]):
            lists.write_pairs(book, rows["dictionary"])
        lists.define(book, rows["dictionary"])
        opening = sheets["today"] if prefilled.has_records(given) and "today" in sheets else first
        opening.activate()
