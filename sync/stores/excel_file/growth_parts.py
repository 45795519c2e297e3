"""Which other parts follow when rows are added below: the filter's hidden name; names and charts over a table?

As in Excel, a name or a chart that spans exactly the data of a table column grows with the table;
one over a plain range does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .ranges import Growth, area_text
from .workbook import Area, TablePart, Workbook, parse_area
from .xmltext import entity_text, escape_markup

_NAME = re.compile(rb"(<(?:[\w.-]+:)?definedName(?:\s[^>]*)?>)([^<]*)(</)")
_CHART = re.compile(rb"(<(?:[\w.-]+:)?f(?:\s[^>]*)?>)([^<]*)(</)")


def grown_parts(
    workbook: Workbook, title: str, growth: Growth, table: TablePart | None, current: Callable[[str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """(part, new content) of the workbook's names, and of charts over `table`."""
    grow = _Grower(title, growth, table)
    yield workbook.part, _NAME.sub(grow.name, current(workbook.part))
    if table is None:
        return
    for part in workbook.package.members:
        if "/charts/" in part and part.endswith(".xml") and "_rels" not in part:
            yield part, _CHART.sub(grow.chart, current(part))


class _Grower:
    def __init__(self, title: str, growth: Growth, table: TablePart | None) -> None:
        self.growth, self.table = growth, table
        plain, quoted = re.escape(title), re.escape(title.replace("'", "''"))
        self._range = re.compile(rf"((?:'{quoted}'|{plain})!)(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)\Z")

    def name(self, match: re.Match[bytes]) -> bytes:
        """A defined name: the filter's own follows the filter."""
        if b"_xlnm._FilterDatabase" in match[1]:
            return self._changed(match, self.growth.area)
        return self._changed(match, self._with_table) if b"_xlnm." not in match[1] else match[0]

    def chart(self, match: re.Match[bytes]) -> bytes:
        """A chart's range."""
        return self._changed(match, self._with_table)

    def _with_table(self, area: Area) -> Area:
        """An area that spans all data rows of the table, grown with it."""
        table = self.table
        if table is None or area.bottom != table.area.bottom or area.top != table.area.top + table.header_rows:
            return area
        inside = table.area.left <= area.left and area.right <= table.area.right
        return Area(area.top, area.left, self.growth.bottom, area.right) if inside else area

    def _changed(self, match: re.Match[bytes], grow: Callable[[Area], Area]) -> bytes:
        found = self._range.fullmatch(entity_text(match[2]))
        area = parse_area(found[2]) if found else None
        if found is None or area is None:
            return match[0]
        grown = grow(area)
        if grown == area:
            return match[0]
        first, last = area_text(grown).split(":")
        dollar = "$" in found[2]
        text = f"{_absolute(first)}:{_absolute(last)}" if dollar else f"{first}:{last}"
        return match[1] + escape_markup(found[1] + text) + match[3]


def _absolute(address: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", address)
