"""Dropdowns and date checks of a sheet. They advise: nobody is kept from pasting, the check tells later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from followup.tables import DATES, Column
from sheets_templates.excel import lists

_WORDS = {
    "zh": {
        "list_title": "不在下拉列表里",
        "list": "建议从下拉列表里选。确实要这样写也可以，「检查并修复」会再核对。",
        "date_title": "看不出是哪一天",
        "date": "请写完整的日期，例如 2024-05-01。只写 5.1 会被表格当成数字。",
    },
    "en": {
        "list_title": "Not in the list",
        "list": "Better pick a value from the list. You may keep yours; the check will look at it again.",
        "date_title": "Which day is this?",
        "date": "Please write a whole date, such as 2024-05-01. The spreadsheet takes 5.1 for a number.",
    },
}


def add(
    sheet: Any, column: Column, place: int, rows: tuple[int, int], values: Mapping[str, Collection[str]], lang: str
) -> None:
    """The validation of one human column over 0-based `rows`."""
    words = _WORDS[lang]
    if column.type in DATES:
        options: dict[str, Any] = {
            "validate": "date", "criteria": ">=", "value": date(1900, 3, 1), "error_type": "warning",
            "error_title": words["date_title"], "error_message": words["date"],
        }  # fmt: skip
    else:
        chosen = lists.source(column, values)
        if chosen is None:
            return
        options = {
            "validate": "list", "source": chosen.source, "error_type": "information", "show_error": chosen.strict,
            "error_title": words["list_title"], "error_message": words["list"],
        }  # fmt: skip
    sheet.data_validation(rows[0], place, rows[1], place, options)
