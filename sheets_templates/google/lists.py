"""Which values a column of the shared sheet offers in its dropdown."""

from __future__ import annotations

from typing import Any

from followup.tables import TABLES, Column, Type
from followup.team.dictionary import Dictionary

MOST = 500  # Google's limit of a list of items


def rule(column: Column, dictionary: Dictionary, people: str) -> dict[str, Any] | None:
    """The data validation of a human column, None where people type freely. It offers and never forbids: what is
    typed beside the list stands until the check has looked at it. `people` is the range of names."""
    if not column.is_human:
        return None
    if column.type in (Type.PERSON, Type.PERSONS):
        return _rule("ONE_OF_RANGE", ["=" + people])
    values = offered(column, dictionary)
    return _rule("ONE_OF_LIST", values) if values else None


def offered(column: Column, dictionary: Dictionary) -> list[str]:
    """The values themselves: the team's 数据字典 first, else the declaration."""
    if column.type is Type.FLAG:
        return ["是"]
    if column.type is Type.YES_NO:
        return ["是", "否"]
    if column.type not in (Type.ENUM, Type.OPEN_ENUM, Type.TAGS) and not column.dictionary:
        return []
    entries = dictionary.entries.get(column.category, ())
    parents = {entry.parent for entry in entries if entry.parent}
    if parents and column.category == "行业":  # written `大类-细分` (MODEL 3.1)
        shown = [f"{entry.parent}-{entry.value}" for entry in entries if entry.parent]
    else:
        shown = [entry.value for entry in entries]
    return (shown or [value for value in column.values if value != "…"])[:MOST]


def people_range() -> str:
    """Where the names of 人员 stand on the shared sheet."""
    return f"'{TABLES['people'].sheet}'!$A$2:$A"


def _rule(kind: str, values: list[str]) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {"condition": condition, "showCustomUi": True, "strict": False}
