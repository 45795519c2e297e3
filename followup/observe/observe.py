"""A located sheet as typed rows, with what a person must hear about its cells (CASES 1, 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from followup.grid import Grid, Raw
from followup.observe.locate import Located, counting
from followup.observe.typing_day import reference_days
from followup.observe.whole_column import ColumnReading, Context, distinct, objects, read_column, typed
from followup.tables.column import DATES, Column, Table
from followup.tables.frames import Cell
from followup.team import Team
from followup.values import reading as r
from followup.values.cleaning import is_empty
from followup.values.read import read_value
from followup.values.reading import Reading, Verdict

VERDICTS = ["row", "column", "raw", "verdict", "value", "reason", "kind", "severity"]


@dataclass(frozen=True)
class Observed:
    """One table of one workbook as it stands. The index of every frame is the row's number in the sheet."""

    table: Table
    located: Located
    frame: pd.DataFrame  # typed, every located column
    raw: pd.DataFrame  # the cells as they stand, dtype object
    private: pd.DataFrame  # the team's own columns, dtype object
    verdicts: pd.DataFrame  # VERDICTS, one row a cell that is not simply right
    blanks: pd.DataFrame  # VERDICTS, one row a cell that says "nothing" in words (空值写法)


def observe(grid: Grid, located: Located, team: Team, now: datetime, *, imported: bool = False) -> Observed:
    """Read every record of a located table; rows without a human value are no records."""
    table = located.table
    rows = grid.rows[located.header_row : located.last_row]
    context = Context(team, now, imported, grid.serial_dates)
    cells = {key: _cells(rows, place) for key, place in located.columns.items()}
    own = {name: _cells(rows, place) for name, place in located.private.items()}
    readings = {key: read_column(cells[key], table[key], context, located.units.get(key, 1)) for key in cells}
    records = _records(located, readings, own, len(rows))
    index = pd.Index(np.flatnonzero(records) + located.header_row + 1, dtype="int64")
    frame: dict[str, pd.Series] = {}
    parts: list[pd.DataFrame] = []
    blanks: list[pd.DataFrame] = []
    marks = _Marks.of(grid)
    arrays = {key: reading.typed for key, reading in readings.items()}
    for key, reading in readings.items():
        column, array = table[key], arrays[key]
        if column.is_human:
            days = reference_days(table, column, reading, arrays, context)
            special = _special(grid, marks, located, key, cells[key], context, days)
            for position, (_, value) in special.items():
                array[position] = typed([value], column)[0]
            parts.append(_special_verdicts(special, key, cells[key], located.header_row))
            parts.append(_column_verdicts(reading, reading.issues, key, records, set(special), located.header_row))
            blanks.append(_column_verdicts(reading, reading.blanks, key, records, set(special), located.header_row))
        frame[key] = pd.Series(array[records], index=index, dtype=column.type.dtype)
    return Observed(
        table, located, pd.DataFrame(frame, index=index, copy=False), _objects(cells, records, index), _objects(own, records, index),
        _joined(parts), _joined(blanks),
    )  # fmt: skip


@dataclass(frozen=True)
class _Marks:
    """Rows of formulas, errors and formatted numbers, by column."""

    formulas: dict[int, set[int]]
    errors: dict[int, set[int]]
    formats: dict[int, set[int]]

    @classmethod
    def of(cls, grid: Grid) -> _Marks:
        def by_column(places: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
            out: dict[int, set[int]] = {}
            for row, column in places:
                out.setdefault(column, set()).add(row)
            return out

        return cls(by_column(grid.formulas), by_column(grid.errors), by_column(grid.formats))


def _cells(rows: list[list[Raw]], place: int) -> Any:
    at = place - 1
    try:
        return objects([row[at] for row in rows])
    except IndexError:  # ragged rows
        return objects([row[at] if at < len(row) else None for row in rows])


def _records(
    located: Located, readings: dict[str, ColumnReading], own: dict[str, Any], count: int
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which rows hold a human value (`followup.observe.locate.is_record`, whole column)."""
    records = np.zeros(count, dtype=bool)
    for key in counting(located.table, located.columns):
        records |= readings[key].codes >= 0
    id_column = located.table.id_column
    if id_column in readings and own:
        noted = np.zeros(count, dtype=bool)
        for cells in own.values():
            noted |= distinct(cells)[1] >= 0
        records |= noted & (readings[id_column].codes >= 0)
    return records


def _special(
    grid: Grid, marks: _Marks, located: Located, key: str, cells: Any, context: Context, days: Mapping[int, datetime]
) -> dict[int, tuple[list[Reading], Cell]]:
    """Cells that need more than their value: formulas, errors, decimals with a number format, relative dates.

    Position → the readings to report (they replace the column's) and the value a table may hold.
    """
    out: dict[int, tuple[list[Reading], Cell]] = {}
    column, place, header_row = located.table[key], located.columns[key], located.header_row
    errors, formulas = marks.errors.get(place, set()), marks.formulas.get(place, set())
    formats = marks.formats.get(place, set()) if column.type in DATES else set()
    decimals = {row for row in formats if type(grid.cell(row, place)) is float}
    moved = {position + header_row + 1 for position in days}
    for row in errors | formulas | decimals | moved:
        position = row - header_row - 1
        if not 0 <= position < len(cells) or is_empty(cells[position]):
            continue
        if row in errors:
            out[position] = [r.error("cell.error", r.FORMULA)], None
            continue
        reading = read_value(
            cells[position], column, context.team, days.get(position, context.now), imported=context.imported, serial=context.serial,
            number_format=grid.formats.get((row, place), ""),
        )  # fmt: skip
        verdicts = [reading] if reading.kind else []
        if row in formulas and reading.kind != r.FORMULA:
            verdicts.append(_formula(reading, column))
        out[position] = verdicts, reading.usable
    return out


def _formula(reading: Reading, column: Column) -> Reading:
    """The value of a formula is used, the formula never overwritten; a date that may move is a warning (CASES C02, C03)."""
    moving = column.type in DATES
    return replace(
        reading,
        verdict=Verdict.OK,
        reason=r.say("cell.formula_date" if moving else "cell.formula"),
        kind=r.FORMULA,
        severity=r.WARNING if moving else r.NOTE,
    )


def _special_verdicts(
    special: dict[int, tuple[list[Reading], Cell]], key: str, cells: Any, header_row: int
) -> pd.DataFrame:
    rows = [
        [header_row + 1 + position, key, cells[position], v.verdict.value, _shown(v), v.reason, v.kind, v.severity]
        for position, (verdicts, _) in special.items()
        for v in verdicts
    ]
    return pd.DataFrame(rows, columns=VERDICTS, dtype=object)


def _shown(reading: Reading) -> object:
    return reading.suggestion if reading.suggestion is not None else reading.value


def _column_verdicts(
    reading: ColumnReading,
    found: dict[int, Reading],
    key: str,
    records: np.ndarray[Any, np.dtype[np.bool_]],
    without: set[int],
    header_row: int,
) -> pd.DataFrame:
    """One row a cell whose distinct value is among `found`."""
    if not found:
        return pd.DataFrame(columns=VERDICTS, dtype=object)
    slot = np.full(len(reading.uniques) + 1, -1, dtype=np.intp)
    places = list(found)
    slot[places] = np.arange(len(places))
    slots = slot[reading.codes]
    slots[~records] = -1
    slots[list(without)] = -1
    where = np.flatnonzero(slots >= 0)
    chosen = slots[where]
    issues = list(found.values())

    def column(values: Sequence[Any]) -> Any:
        return objects(values)[chosen]

    return pd.DataFrame(
        {
            "row": where + header_row + 1,
            "column": key,
            "raw": column(reading.uniques[places]),
            "verdict": column([issue.verdict.value for issue in issues]),
            "value": column([_shown(issue) for issue in issues]),
            "reason": column([issue.reason for issue in issues]),
            "kind": column([issue.kind for issue in issues]),
            "severity": column([issue.severity for issue in issues]),
        },
        columns=VERDICTS,
        dtype=object,
    )


def _objects(cells: dict[str, Any], records: np.ndarray[Any, np.dtype[np.bool_]], index: pd.Index) -> pd.DataFrame:
    columns = {key: pd.Series(array[records], index=index, dtype=object) for key, array in cells.items()}
    return pd.DataFrame(columns, index=index, copy=False)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    parts = [part for part in parts if len(part)]
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=VERDICTS, dtype=object)
    return frame.astype({"row": "int64"}).sort_values("row", kind="stable", ignore_index=True)
