"""Where a dropdown takes its values from: the team's own 数据字典 and 人员, else the declaration.

The lists are defined names over those sheets, so that a value a team adds there is offered at once.
Rows of one 类别 stand together; a new row goes between them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from followup.grid import column_letters
from followup.tables import TABLES, Column, Type

PEOPLE_NAME = "人员名单"


@dataclass(frozen=True)
class Source:
    """The values of a dropdown; `strict` when a value outside it deserves a question."""

    source: str | list[str]
    strict: bool


def category_name(category: str) -> str:
    """The defined name of a category's values."""
    return f"字典_{category}"


def define(book: Any, categories: Collection[str]) -> None:
    """Define the names of all `categories` and of the people."""
    dictionary, people = TABLES["dictionary"], TABLES["people"]
    letters = {key: column_letters(place) for place, key in enumerate((c.key for c in dictionary.columns), 1)}
    kind, value = letters["category"], letters["value"]
    for category in categories:
        book.define_name(
            category_name(category),
            f"=OFFSET('{dictionary.sheet}'!${value}$1,"
            f"MATCH(\"{category}\",'{dictionary.sheet}'!${kind}:${kind},0)-1,0,"
            f"COUNTIF('{dictionary.sheet}'!${kind}:${kind},\"{category}\"),1)",
        )
    book.define_name(PEOPLE_NAME, f"=OFFSET('{people.sheet}'!$A$2,0,0,MAX(1,COUNTA('{people.sheet}'!$A:$A)-1),1)")


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
