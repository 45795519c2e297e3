"""Where a dropdown takes its values from: the team's own 数据字典 and 人员, else the declaration.

The lists are defined names over those sheets, so that a value a team adds there is offered at once.
Rows of one 类别 stand together; a new row goes between them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from followup.grid import column_letters
from followup.tables import TABLES, Column, Type

PEOPLE_NAME = "人员名单"
TWO_LEVELS = "行业"  # its values are written `大类-细分` (MODEL 3.1 所属行业)
PAIRS = "_下拉"
_ROOM = 500  # rows a team may add to 数据字典 before the list of pairs ends


@dataclass(frozen=True)
class Source:
    """The values of a dropdown; `strict` when a value outside it deserves a question."""

    source: str | list[str]
    strict: bool


def category_name(category: str) -> str:
    """The defined name of a category's values."""
    return f"字典_{category}"


def define(book: Any, dictionary: pd.DataFrame) -> None:
    """Define the names of the values of every category in `dictionary`, and of the people."""
    sheet, people = TABLES["dictionary"].sheet, TABLES["people"].sheet
    kind, value, parent = (_letter(key) for key in ("category", "value", "parent"))
    for category in dict.fromkeys(dictionary["category"]):
        first = f"MATCH(\"{category}\",'{sheet}'!${kind}:${kind},0)-1"
        count = f"COUNTIF('{sheet}'!${kind}:${kind},\"{category}\")"
        column = f"'{sheet}'!${value}$1"
        if category == TWO_LEVELS and has_levels(dictionary):
            # Only the second level is offered; its rows stand below those of the first.
            tops = f"COUNTIFS('{sheet}'!${kind}:${kind},\"{category}\",'{sheet}'!${parent}:${parent},\"\")"
            first, count, column = f"{first}+{tops}", f"{count}-{tops}", f"'{PAIRS}'!$A$1"
        book.define_name(category_name(category), f"=OFFSET({column},{first},0,MAX(1,{count}),1)")
    book.define_name(PEOPLE_NAME, f"=OFFSET('{people}'!$A$2,0,0,MAX(1,COUNTA('{people}'!$A:$A)-1),1)")


def has_levels(dictionary: pd.DataFrame) -> bool:
    """Whether 行业 is kept as first and second level, so that the dropdown must join them."""
    return bool(((dictionary["category"] == TWO_LEVELS) & (dictionary["parent"] != "")).any())


def write_pairs(book: Any, dictionary: pd.DataFrame) -> None:
    """The hidden sheet that joins the two levels of 所属行业: row n is `大类-细分` of row n of 数据字典."""
    sheet, parent, value = TABLES["dictionary"].sheet, _letter("parent"), _letter("value")
    pairs = book.add_worksheet(PAIRS)
    pairs.hide()
    shown = [""] + [f"{top}-{text}" if top else text for top, text in _levels(dictionary)]
    for row in range(1, len(shown) + _ROOM):
        above = f"INDEX('{sheet}'!${parent}:${parent},ROW())"
        own = f"INDEX('{sheet}'!${value}:${value},ROW())"
        pairs.write_formula(
            row, 0, f'={above}&IF({above}="","","-")&{own}', None, shown[row] if row < len(shown) else ""
        )


def _levels(dictionary: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return zip(dictionary["parent"], dictionary["value"], strict=True)


def _letter(key: str) -> str:
    return column_letters([column.key for column in TABLES["dictionary"].columns].index(key) + 1)


def source(column: Column, values: Mapping[str, Collection[str]]) -> Source | None:
    """The dropdown of a human column, None where people type freely; `values` are those of 数据字典 by category."""
    if column.type in (Type.PERSON, Type.PERSONS):
        return Source(f"={PEOPLE_NAME}", strict=False)
    if column.type is Type.FLAG:
        return Source(["是"], strict=True)
    if column.type is Type.YES_NO:
        return Source(["是", "否"], strict=True)
    listed = values.get(column.category, ())
    if listed and (column.dictionary or set(column.values) <= set(listed)) and column.type is not Type.RATIO:
        return Source(f"={category_name(column.category)}", strict=column.type is Type.ENUM)
    if column.values:
        return Source([value for value in column.values if value != "…"], strict=column.type is Type.ENUM)
    if column.key.startswith("rating_") or column.key == "csat":
        return Source(["1", "2", "3", "4", "5"], strict=True)
    return None
