"""Which ranges around the rows grow when rows are added below: filters, formats, validations, the dimension?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .workbook import Area, parse_area
from .xmltext import MAX_ROW, attribute, letters, with_attribute


def area_text(area: Area) -> str:
    """An area as Excel writes it: "A2:C9", or "B4" for one cell."""
    first = f"{letters(area.left).decode()}{area.top}"
    last = f"{letters(area.right).decode()}{area.bottom}"
    return first if first == last else f"{first}:{last}"


@dataclass(frozen=True)
class Growth:
    """Rows were added below: ranges in columns left..right that ended at one of `ends` now end at `bottom`."""

    ends: frozenset[int]
    bottom: int
    left: int
    right: int

    def area(self, area: Area) -> Area:
        """The area after the growth."""
        touches = area.left <= self.right and area.right >= self.left
        if area.bottom in self.ends and area.bottom < self.bottom and touches:
            return Area(area.top, area.left, self.bottom, area.right)
        return area

    def sqref(self, text: str) -> str:
        """A list of ranges separated by blanks, each grown."""
        return " ".join(self._one(part) for part in text.split())

    def _one(self, text: str) -> str:
        area = parse_area(text)
        if area is None or area.bottom == MAX_ROW:
            return text
        grown = self.area(area)
        return text if grown == area else area_text(grown)


_GROWS = re.compile(
    rb"<(?:[\w.-]+:)?(?:conditionalFormatting|dataValidation|ignoredError|protectedRange)(?=\s)[^>]*>", re.DOTALL
)
_X14 = re.compile(rb"(<((?:[\w.-]+:)?)sqref>)([^<]*)(</)")
_FILTER = re.compile(rb"<(?:[\w.-]+:)?autoFilter(?=\s)[^>]*>")


def grown_tail(tail: bytes, growth: Growth) -> bytes:
    """The XML after the rows with filters, conditional formats and validations (x14 too) grown."""

    def attribute_grown(name: bytes, match: re.Match[bytes]) -> bytes:
        old = attribute(match[0], name)
        if old is None:
            return match[0]
        new = growth.sqref(old.decode()).encode()
        return match[0] if new == b" ".join(old.split()) else with_attribute(match[0], name, new)

    tail = _GROWS.sub(lambda match: attribute_grown(b"sqref", match), tail)
    tail = _FILTER.sub(lambda match: attribute_grown(b"ref", match), tail)
    return _X14.sub(lambda m: m[1] + growth.sqref(m[3].decode()).encode() + m[4], tail)


_DIMENSION = re.compile(rb"<(?:[\w.-]+:)?dimension(?=\s)[^>]*>")


def grown_dimension(head: bytes, touched: Area | None) -> bytes:
    """The XML before the rows with the dimension reaching over `touched`."""
    match = _DIMENSION.search(head)
    old = parse_area((attribute(match[0], b"ref") or b"").decode()) if match else None
    if match is None or old is None or touched is None:
        return head
    new = Area(
        min(old.top, touched.top),
        min(old.left, touched.left),
        max(old.bottom, touched.bottom),
        max(old.right, touched.right),
    )
    if new == old:
        return head
    return head[: match.start()] + with_attribute(match[0], b"ref", area_text(new).encode()) + head[match.end() :]


_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col(?=\s)[^>]*>")


def column_styles(head: bytes) -> list[tuple[int, int, int]]:
    """(first column, last column, cell format) of each `<col>` that sets one."""
    found = []
    for tag in _COLUMN.findall(head):
        style = int(attribute(tag, b"style") or 0)
        if style:
            found.append((int(attribute(tag, b"min") or 0), int(attribute(tag, b"max") or 0), style))
    return found


_MERGE = re.compile(rb"<(?:[\w.-]+:)?mergeCell(?=\s)[^>]*>")


def merges(tail: bytes) -> Iterator[Area]:
    """The merged areas of a sheet."""
    for tag in _MERGE.findall(tail):
        area = parse_area((attribute(tag, b"ref") or b"").decode())
        if area is not None:
            yield area


_TABLE = re.compile(rb"<(?:[\w.-]+:)?table(?=\s)[^>]*>")


def grown_table(xml: bytes, bottom: int) -> bytes:
    """A table part whose range and filter reach down to row `bottom` (no totals row)."""

    def grown(match: re.Match[bytes]) -> bytes:
        area = parse_area((attribute(match[0], b"ref") or b"").decode())
        if area is None or area.bottom >= bottom:
            return match[0]
        new = area_text(Area(area.top, area.left, bottom, area.right))
        return with_attribute(match[0], b"ref", new.encode())

    return _FILTER.sub(grown, _TABLE.sub(grown, xml, count=1))
