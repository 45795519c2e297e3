"""Where is a row, an area, a formula's reference, once some rows of a sheet are gone?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from .formulas import remapped, shifted, spans_sheets
from .ranges import area_text
from .workbook import Area, parse_area
from .xmltext import MAX_ROW


class CannotRemove(Exception):
    """Rows that cannot be taken out safely; the caller blanks them instead. Its text says why."""


class RowMap:
    """Rows `removed` of sheet `title` go; rows below move up."""

    def __init__(self, title: str, removed: Iterable[int]) -> None:
        self.title = title
        self.removed = sorted(set(removed))
        self._gone = frozenset(self.removed)

    @property
    def first(self) -> int:
        """The first removed row: everything above stays as it is."""
        return self.removed[0]

    def row(self, number: int) -> int | None:
        """Where row `number` is now; None when it is gone."""
        return None if number in self._gone else number - bisect_left(self.removed, number)

    def offset(self, index: int) -> int:
        """A place between rows counted from 0 (anchors of drawings): how many rows lie above it now."""
        return index - bisect_left(self.removed, index + 1)

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Where rows first..last are now; None when none is left. The sheet's last row stays its last."""
        start = first - bisect_left(self.removed, first)
        end = last if last >= MAX_ROW else last - bisect_left(self.removed, last + 1)
        return (start, end) if end >= start else None

    def area(self, area: Area) -> Area | None:
        """Where an area is now; None when nothing of it is left."""
        rows = self.span(area.top, area.bottom)
        return Area(rows[0], area.left, rows[1], area.right) if rows else None

    def sqref(self, text: str) -> str:
        """A list of ranges, moved; "" when nothing is left. Whole columns stay as they are."""
        return " ".join(filter(None, (self._range(part) for part in text.split())))

    def _range(self, text: str) -> str:
        area = parse_area(text)
        if area is None or (area.top == 1 and area.bottom >= MAX_ROW):
            return text
        moved = self.area(area)
        if moved is None:
            return ""
        return text if moved == area else area_text(moved)

    def formula(self, text: str, home: str) -> str:
        """A formula of sheet `home`, its references following. Raises CannotRemove when one would be lost."""
        if spans_sheets(text):
            raise CannotRemove(f"公式 {text[:40]}")
        moved = remapped(text, home, self.title, self.span)
        if moved.count("#REF!") > text.count("#REF!"):
            raise CannotRemove(f"公式 {text[:40]}")
        return moved

    def relative(self, text: str, sqref: str) -> str:
        """A rule's formula, written for the first cell of `sqref`, rewritten for its first cell now."""
        areas = [area for part in sqref.split() if (area := parse_area(part))]
        if not areas:
            return self.formula(text, self.title)
        first = min(areas, key=lambda area: area.top)
        anchor = next((row for row in range(first.top, first.bottom + 1) if row not in self._gone), first.top)
        return self.formula(shifted(text, anchor - areas[0].top, 0), self.title)
