"""Where the columns of a table stand on a tab that may exist already, and which have to be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from followup.grid import Raw
from followup.tables import Column, Table
from sheets_templates import looks

HEADER_ROWS = 11  # the header stands in rows 1–11 (ARCHITECTURE, "What other programs rely on")


@dataclass(frozen=True)
class Tab:
    """A tab as it stands: what a set-up must know of it."""

    id: int
    title: str
    rows: Sequence[Sequence[Raw]] = ()
    row_count: int = 0
    column_count: int = 0
    hidden: bool = False
    protected: dict[int, str] = field(default_factory=dict)  # protectedRangeId → description
    conditional: Sequence[dict[str, Any]] = ()  # its conditional formats, in order
    signatures: dict[int, str] = field(default_factory=dict)  # metadataId → what an earlier set-up left

    @property
    def empty(self) -> bool:
        """Whether nobody has written anything."""
        return not any(cell not in (None, "") for row in self.rows for cell in row)


@dataclass(frozen=True)
class Layout:
    """The header row (1-based) and each column's 1-based place; `added` are those that are not there yet."""

    table: Table
    header_row: int
    places: dict[str, int]
    added: tuple[Column, ...]

    @property
    def width(self) -> int:
        """How far the columns reach."""
        return max(self.places.values(), default=0)


def lay_out(table: Table, tab: Tab | None) -> Layout | None:
    """The layout after the set-up; None when the tab holds something else than this table."""
    if tab is None or tab.empty:
        places = {column.key: place for place, column in enumerate(table.columns, 1)}
        return Layout(table, looks.header_row(table), places, table.columns)
    row, places = _find(table, tab)
    if not places:
        return None
    last = max(len(held) for held in tab.rows)  # to the right of everything, the team's own columns included
    added = tuple(column for column in table.columns if column.key not in places)
    places |= {column.key: last + place for place, column in enumerate(added, 1)}
    return Layout(table, row, places, added)


def _find(table: Table, tab: Tab) -> tuple[int, dict[str, int]]:
    """The row that holds most headers, and where they stand."""
    best: tuple[int, dict[str, int]] = (1, {})
    names = {name: column.key for column in table.columns for name in (*column.aliases, column.header)}
    for number, row in enumerate(tab.rows[:HEADER_ROWS], 1):
        places: dict[str, int] = {}
        for place, cell in enumerate(row, 1):
            key = names.get(str(cell).strip()) if cell is not None else None
            if key is not None:
                places.setdefault(key, place)
        if len(places) > len(best[1]):
            best = (number, places)
    needed = min(2, len(table.columns))
    return best if len(best[1]) >= needed else (1, {})
