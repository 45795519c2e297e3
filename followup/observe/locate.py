"""Where a table stands in a workbook: its sheet, header row and columns (CASES S01-S04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from followup.grid import Grid, Raw
from followup.observe.headers import HeaderRow, Names, fold, read_row, unit_factor
from followup.tables import TABLES
from followup.tables.column import Need, Owner, Table, Tier
from followup.team import Dictionary
from followup.values.cleaning import is_empty
from followup.wording import say

LAST_HEADER_ROW = 11  # ARCHITECTURE, "Data sheets"
CHANGED = "表头变化"
_BY_CONTENT = ("customers", "followups")  # sheets worth finding under any title


@dataclass(frozen=True)
class HeaderProblem:
    """Something about a header that a person should know: kind is that of 问题清单."""

    kind: str
    header: str
    column: int | None
    message: str


@dataclass(frozen=True)
class Located:
    """A table found in a sheet. Rows and columns are 1-based; `private` are the team's own columns."""

    sheet: str
    table: Table
    header_row: int
    columns: dict[str, int]
    private: dict[str, int]
    problems: list[HeaderProblem] = field(default_factory=list)
    last_row: int = 0  # the last row with a human value; the header row where there is none
    units: dict[str, int] = field(default_factory=dict)  # money columns whose header names a unit


def counting(table: Table, columns: Mapping[str, int]) -> list[str]:
    """The located columns that make a row a record: those people write; all, where rows are generated."""
    if generated(table):
        return list(columns)
    return [key for key in columns if table[key].is_human]


def generated(table: Table) -> bool:
    """Whether the rows of a table are made by runs, so that a row needs no human value (问题清单, 规则)."""
    if table.id_column and table[table.id_column].owner is Owner.STAMPED:
        return True
    return not any(c.need is Need.ALWAYS and c.is_human for c in table.columns)


def locate(grid: Grid, table: Table, dictionary: Dictionary) -> Located | None:
    """Find `table` in one sheet; None where no row among the first eleven reads as its header."""
    names = Names.of(table, dictionary)
    found = _best(grid, names, table)
    if found is None:
        return None
    header_row, cells, row = found
    columns = {c.key: row.columns[c.key] for c in table.columns if c.key in row.columns}
    units = {
        key: factor for key, place in columns.items() if (factor := unit_factor(cells[place - 1], table[key])) != 1
    }
    located = Located(
        grid.title, table, header_row, columns, row.private, _problems(row, cells, table, units), 0, units
    )
    return replace(located, last_row=last_row(grid, located))


def last_row(grid: Grid, located: Located) -> int:
    """The last row below the header that is a record; the header row where there is none."""
    for number in range(len(grid.rows), located.header_row, -1):
        row = grid.rows[number - 1]
        if row.count(None) < len(row) and is_record(row, located):  # formats alone may reach row 1,048,576 (CASES F09)
            return number
    return located.header_row


def is_record(row: list[Raw], located: Located) -> bool:
    """Whether a row holds a human value: in a declared column, or in a private one of a row that has an id."""

    def filled(places: list[int]) -> bool:
        return any(place <= len(row) and not is_empty(row[place - 1]) for place in places)

    if filled([located.columns[key] for key in counting(located.table, located.columns)]):
        return True
    own_id = located.columns.get(located.table.id_column, 0)
    return bool(own_id) and bool(located.private) and filled([own_id]) and filled(list(located.private.values()))


def _best(grid: Grid, names: Names, table: Table) -> tuple[int, list[Raw], HeaderRow] | None:
    """The best header among the first rows, alone or with the group row above it flattened (CASES S02)."""
    best: tuple[int, list[Raw], HeaderRow] | None = None
    score = (0, 0)
    anchors = {c.key for c in table.columns if c.need is Need.ALWAYS or c.key == table.id_column} or set(table.by_key)
    least = min(2, len(table.columns))
    top = grid.rows[:LAST_HEADER_ROW]
    for number, cells in enumerate(top, 1):
        rows = [cells]
        if number > 1:
            rows.append(_flatten(top[number - 2], cells))
        for place, candidate in enumerate(rows):
            row = read_row(candidate, names)
            if len(row.columns) < least or not anchors & set(row.columns):
                continue
            if place and (len(row.columns) <= len(read_row(cells, names).columns) or not _is_sub_header(cells, names)):
                continue
            this = (len(row.columns), -row.filled)
            if this > score:
                score, best = this, (number, candidate, row)
    return best


def _flatten(above: list[Raw], below: list[Raw]) -> list[Raw]:
    width = max(len(above), len(below))
    above, below = above + [None] * (width - len(above)), below + [None] * (width - len(below))
    return [upper if is_empty(lower) else lower for upper, lower in zip(above, below, strict=True)]


def _is_sub_header(cells: list[Raw], names: Names) -> bool:
    """Whether most filled cells of the lower row are headers themselves: else it is a row of data."""
    row = read_row(cells, names)
    return len(row.columns) * 2 > row.filled


def _problems(row: HeaderRow, cells: list[Raw], table: Table, units: Mapping[str, int]) -> list[HeaderProblem]:
    problems = [
        HeaderProblem(CHANGED, text, place, say("header.repeated", header=text, column=table[key].header))
        for text, place, key in row.repeated
    ]
    problems += [
        HeaderProblem(
            CHANGED, str(cells[row.columns[key] - 1]), row.columns[key], say("header.unit", header=table[key].header)
        )
        for key in units
    ]
    return problems + [
        HeaderProblem(CHANGED, column.header, None, say("header.missing", header=column.header))
        for column in table.columns
        if column.tier is Tier.PRINTED and column.key not in row.columns
    ]


def locate_all(grids: Mapping[str, Grid], dictionary: Dictionary) -> dict[str, Located]:
    """Every table that can be found, by table key: by its sheet's title, another title, or its content."""
    titles: dict[str, list[Grid]] = {}
    for title, grid in grids.items():
        titles.setdefault(fold(title), []).append(grid)
    located: dict[str, Located] = {}
    claimed: set[str] = set()
    for other in (False, True):
        for table in TABLES.values():
            names = (*table.aliases, table.key) if other else (table.sheet,)
            candidates = [g for name in names for g in titles.get(fold(name), ()) if g.title not in claimed]
            if table.key not in located and (best := _fullest(candidates, table, dictionary)):
                located[table.key] = best
                claimed.add(best.sheet)
    for key in _BY_CONTENT:
        free = [grid for grid in grids.values() if grid.title not in claimed and fold(grid.title) not in _own_titles()]
        if key not in located and (best := _fullest(free, TABLES[key], dictionary, least=4)):
            located[key] = best
            claimed.add(best.sheet)
    return {key: located[key] for key in TABLES if key in located}


def _own_titles() -> set[str]:
    return {fold(table.sheet) for table in TABLES.values()} | {fold("使用说明"), fold("字段说明")}


def _fullest(grids: list[Grid], table: Table, dictionary: Dictionary, least: int = 1) -> Located | None:
    """The sheet that shows the most columns of `table`; found by content, printed ones must be among them."""
    found = [place for grid in grids if (place := locate(grid, table, dictionary))]
    if least > 1:
        named = table.columns[0].key
        found = [
            p for p in found
            if named in p.columns and sum(table[k].tier is Tier.PRINTED for k in p.columns) >= least
        ]  # fmt: skip
    return max(found, key=lambda place: len(place.columns), default=None)
