"""How a column looks on any host: its width, whether it is hidden, wrapped, frozen, printed.

Excel and Google draw the same sheets from this (MODEL 2: optional columns are hidden by default).
"""

from __future__ import annotations

import unicodedata
from math import ceil

from followup.tables import DATES, STARTER, TABLES, Column, Merge, Need, Owner, Table, Tier, Type

# Sheets whose header does not stand in row 1: the period selector of 仪表盘 fills B1:B2.
HEADER_ROWS: dict[str, int] = {"dashboard": 4}

# Written for people to read at length: wide and wrapped.
_LONG = frozenset(
    {
        "pain_points", "next_action", "content", "description", "help", "item", "last_summary", "raw", "suggestion",
        "conclusion", "message", "evidence", "diff", "counts", "error", "params", "aliases", "commitments",
        "concerns", "result_note", "comment", "value", "default", "action",
    }
)  # fmt: skip
_WIDTHS: dict[Type, int] = {
    Type.DATE: 12, Type.DATE_TIME: 17, Type.DATETIME: 17, Type.MONEY: 14, Type.INT: 8, Type.RATIO: 9, Type.NUMBER: 10,
    Type.FLAG: 8, Type.YES_NO: 8, Type.PERSON: 11, Type.PERSONS: 16, Type.TAGS: 20, Type.LINK: 18, Type.ENUM: 11,
    Type.OPEN_ENUM: 14, Type.TEXT: 15, Type.JSON: 16,
}  # fmt: skip
_OWN_WIDTHS: dict[tuple[str, str], int] = {
    ("customers", "customer_name"): 26,
    ("customers", "contact_info"): 20,
    ("customers", "pain_points"): 30,
    ("followups", "customer_ref"): 26,
    ("followups", "summary"): 42,
    ("followups", "feedback"): 36,
    ("followups", "next_action"): 28,
    ("tasks", "customer_ref"): 26,
    ("tasks", "content"): 36,
    ("today", "item"): 36,
    ("today", "customer"): 26,
    ("today", "hint"): 12,
    ("today", "last_summary"): 58,
    ("issues", "cell"): 22,
    ("issues", "column"): 18,
    ("issues", "suggestion"): 24,
    ("people", "email"): 28,
    ("people", "aliases"): 26,
    ("settings", "key"): 20,
    ("settings", "value"): 26,
    ("settings", "default"): 26,
    ("settings", "help"): 56,
    ("settings", "source"): 9,
    ("rules", "action"): 40,
    ("rules", "recipients"): 16,
    ("rules", "dedupe"): 24,
    ("dictionary", "category"): 14,
    ("dictionary", "value"): 26,
    ("dictionary", "aliases"): 56,
    ("kb", "title"): 28,
    ("templates", "subject"): 32,
    ("attachments", "filename"): 28,
    ("attachments", "uri"): 46,
    ("meta", "k"): 20,
    ("meta", "v"): 60,
}
# Ids and links only the tool needs: next to the columns of MODEL's tier 选用 they are out of the way, not gone.
_MACHINERY = frozenset({"dedupe_key", "source_id"})
_HIDDEN = frozenset(
    {
        ("tasks", "task_id"), ("tasks", "customer_id"), ("today", "task_id"),
        ("contacts", "customer_id"), ("deals", "customer_id"), ("issues", "issue_id"),
        ("settings", "type"), ("settings", "source"), ("rules", "dedupe"), ("rules", "source"),
    }
)  # fmt: skip
_PRINTED: dict[str, int] = {"customers": 14, "followups": 10}  # columns that go on paper
_FROZEN: dict[str, int] = {"tasks": 2, "today": 0, "deals": 4, "issues": 0, "dashboard": 0}


def text_width(text: str) -> int:
    """The width of `text` in half-width characters: a Chinese character takes two."""
    return max(
        (sum(1 + (unicodedata.east_asian_width(c) in "WFA") for c in line) for line in text.split("\n")), default=0
    )


def wraps(column: Column) -> bool:
    """Whether long text is shown on several lines."""
    return (
        column.type.is_text
        and column.type is not Type.ENUM
        and (column.merge is Merge.LINES or column.key in _LONG or text_width(column.example) > 30)
    )


def lines(text: str, room: int) -> int:
    """How many lines `text` takes in a column `room` half-width characters wide."""
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(text_width(line) / room)) for line in text.split("\n"))


def width(table: Table, column: Column) -> int:
    """The column's width in characters; its header and filter button always fit."""
    own = _OWN_WIDTHS.get((table.key, column.key))
    if own is None:
        own = 30 if wraps(column) else max(_WIDTHS[column.type], min(text_width(column.example) + 2, 30))
    return max(own, text_width(column.header) + 4)


def hidden(table: Table, column: Column) -> bool:
    """Whether the column is folded away in a new workbook."""
    return (
        column.tier is Tier.OPTIONAL or column.key in _MACHINERY or (table.key, column.key) in _HIDDEN
    ) and table.key not in ("meta", "dictionary")


def header_kind(table: Table, column: Column) -> str:
    """What the header's colour says: `must` fill in, `may` fill in, `tool` writes, `result` = a sheet of the tool's."""
    if column.owner is not Owner.HUMAN:
        return "tool" if _mixed(table) else "result"
    return "must" if column.need is Need.ALWAYS else "may"


def _mixed(table: Table) -> bool:
    """Whether people fill in most of the sheet, so that the tool's columns should step back."""
    return len(table.human_columns) > 4


def quiet(table: Table, column: Column) -> bool:
    """Whether the column steps back: the tool's columns beside those people fill in."""
    return column.owner is not Owner.HUMAN and _mixed(table)


def number_format(column: Column) -> str:
    """The number format of a column: text stays text, so leading zeros and long numbers survive."""
    kind = column.type
    if kind in DATES:
        return "yyyy-mm-dd hh:mm" if kind is Type.DATETIME else "yyyy-mm-dd"
    return {Type.MONEY: "#,##0.00", Type.RATIO: "0.0%", Type.INT: "0", Type.NUMBER: "General"}.get(kind, "@")


def frozen_columns(table: Table) -> int:
    """How many columns stay in view when a person scrolls to the right."""
    return _FROZEN.get(table.key, 1)


def printed_columns(table: Table) -> int:
    """How many columns go on paper."""
    return _PRINTED.get(table.key, len(table.columns))


def header_row(table: Table) -> int:
    """The 1-based row of the header in a new workbook."""
    return HEADER_ROWS.get(table.key, 1)


def edition(name: str) -> tuple[str, ...]:
    """The keys of the tables of an edition, `starter` or `full`, in the order of their sheets."""
    return tuple(key for key in TABLES if name == "full" or key in STARTER)


# The colour of a sheet's tab says what it is for.
_TABS: dict[str, tuple[str, ...]] = {
    "1F4E79": ("today", "customers", "followups", "tasks"),
    "2E75B6": ("contacts", "deals", "payments", "tickets", "attachments"),
    "548235": ("dashboard", "reviews"),
    "C55A11": ("issues", "conflicts", "duplicates", "recycle_bin", "import_staging"),
    "7F7F7F": ("people", "targets", "settings", "rules", "dictionary", "holidays", "templates", "kb"),
}


def tab_colour(table: Table) -> str:
    """The colour of the sheet's tab, `RRGGBB`."""
    return next((colour for colour, keys in _TABS.items() if table.key in keys), "BFBFBF")
