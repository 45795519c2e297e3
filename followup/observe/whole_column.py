"""A whole column read at once: each distinct cell is understood once, the rest is array work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from followup.tables.column import DATES, NUMBERS, Column, Type
from followup.tables.frames import Cell
from followup.team import Team
from followup.values.cleaning import is_empty
from followup.values.dates import EARLIEST
from followup.values.money import read_money
from followup.values.read import read_value
from followup.values.reading import Reading, Verdict

Codes = np.ndarray[Any, np.dtype[np.intp]]
_ENDS = frozenset(" 0")  # a trailing space; an id that may have been rounded to …000
_MANY = 1000  # distinct values from which the fast paths pay


@dataclass(frozen=True)
class Context:
    """What reading a cell depends on beside the cell and its column."""

    team: Team
    now: datetime
    imported: bool = False
    serial: bool = False


@dataclass(frozen=True)
class ColumnReading:
    """A column as its distinct cells: cell i has the typed value `values[codes[i]]`, -1 being the blank at the end.

    `issues` and `blanks` (words for "nothing", 空值写法) are what a person must hear, by distinct cell.
    """

    uniques: Any  # object array
    codes: Codes
    values: Any  # typed array, one longer than `uniques`
    issues: dict[int, Reading]
    blanks: dict[int, Reading]

    @property
    def typed(self) -> Any:
        """The typed column."""
        return self.values[self.codes]


def objects(cells: Sequence[Any]) -> Any:
    """An object array of cells (numpy would guess a shape or a type)."""
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def distinct(array: Any) -> tuple[Any, Codes]:
    """The distinct cells, by type and value (1, 1.0 and True differ), and each cell's place; empty ones are -1."""
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys(map(type, array)))}
    kinds.pop(type(None), None)
    if len(kinds) <= 1:
        return _factorize(array)
    places = np.fromiter((kinds.get(type(cell), -1) for cell in array), dtype=np.intp, count=len(array))
    codes = np.full(len(array), -1, dtype=np.intp)
    found: list[Any] = []
    for place in kinds.values():
        mask = places == place
        these, some = _factorize(array[mask])
        codes[mask] = np.where(some < 0, -1, some + sum(len(others) for others in found))
        found.append(these)
    return np.concatenate(found), codes


def _factorize(array: Any) -> tuple[Any, Codes]:
    codes, uniques = pd.factorize(array)
    if len(uniques) and type(uniques[0]) is str:
        doubtful = np.flatnonzero(
            ~_each(str.isprintable, uniques) | ~_each(bool, map(str.strip, uniques), len(uniques))
        )
        empty = [place for place in doubtful.tolist() if is_empty(uniques[place])]
        if empty:
            codes[np.isin(codes, empty)] = -1
    return uniques, codes


def _each(test: Callable[[Any], bool], cells: Iterable[Any], count: int = -1) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """A built-in test on every cell, without a Python frame a cell."""
    return np.fromiter(map(test, cells), dtype=bool, count=count)


def read_column(array: Any, column: Column, context: Context, factor: int = 1) -> ColumnReading:
    """Every cell of a column. `factor`: what the unit in a money header multiplies by."""
    uniques, codes = distinct(array)
    values, left = _plain(uniques, column, context)
    usable: list[Cell] = []
    issues: dict[int, Reading] = {}
    blanks: dict[int, Reading] = {}
    for place in left:
        raw = uniques[place]
        reading = read_value(raw, column, context.team, context.now, imported=context.imported, serial=context.serial)
        if factor != 1 and isinstance(reading.value, Decimal):
            reading = read_money(raw, factor)
        usable.append(reading.usable)
        if reading.kind and column.is_human:
            issues[place] = reading
        elif reading.verdict is Verdict.BLANK and reading.reason:
            blanks[place] = reading
    if left:
        values[np.array(left)] = typed(usable, column)
    return ColumnReading(uniques, codes, values, issues, blanks)


def _plain(uniques: Any, column: Column, context: Context) -> tuple[Any, list[int]]:
    """The typed values of what is plainly right, and the places that need a closer look."""
    if len(uniques) >= _MANY:
        if column.type in DATES and isinstance(uniques[0], date) and type(uniques[0]) is type(uniques[-1]):
            return _plain_dates(uniques, column, context.now)
        if column.type in (Type.TEXT, Type.LINK) and not column.reads:
            return _plain_texts(uniques, column, context.team)
    return typed([None] * (len(uniques) + 1), column), list(range(len(uniques)))


def _plain_dates(uniques: Any, column: Column, now: datetime) -> tuple[Any, list[int]]:
    kind = type(uniques[0])
    if any(type(u) is not kind or getattr(u, "tzinfo", None) for u in uniques):
        return typed([None] * (len(uniques) + 1), column), list(range(len(uniques)))
    stamps = pd.DatetimeIndex(uniques).as_unit("us").to_numpy()  # ten times faster than numpy's own
    past = column.is_human and column.when == "past"
    first = np.datetime64(datetime(EARLIEST.get(column.when, 1900), 1, 1))
    last = np.datetime64(now.date() + timedelta(days=1) if past else date(now.year + 20, 1, 1))
    seconds = stamps.astype("datetime64[s]")
    wrong = (stamps < first) | (stamps >= last) | (stamps != seconds)
    return np.append(seconds, np.datetime64("NaT", "s")), np.flatnonzero(wrong).tolist()


def _plain_texts(uniques: Any, column: Column, team: Team) -> tuple[Any, list[int]]:
    blanks = {word[0] for word in team.dictionary.by_alias.get("空值写法", {}) if word} if column.is_human else set()
    starts = (
        blanks
        | {c.upper() for c in blanks}
        | {chr(ord(c) + 0xFEE0) for c in blanks if "!" <= c <= "~"}
        | {"#", " ", ""}
    )
    limit = column.max_length or 10**9
    texts = np.fromiter((type(raw) is str for raw in uniques), dtype=bool, count=len(uniques))
    odd = ~texts
    odd[texts] = _odd(uniques[texts], starts, limit)
    values = np.empty(len(uniques) + 1, dtype=object)
    values[:-1], values[-1] = uniques, ""
    return values, np.flatnonzero(odd).tolist()


def _odd(texts: Any, starts: set[str], limit: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which texts need a closer look."""
    count = len(texts)
    odd = ~_each(str.isprintable, texts)
    odd |= _each(starts.__contains__, map(itemgetter(slice(0, 1)), texts), count)
    odd |= _each(_ENDS.__contains__, map(itemgetter(slice(-1, None)), texts), count)
    odd |= np.fromiter(map(len, texts), dtype=np.intp, count=count) > limit
    return odd


def typed(values: Sequence[Cell], column: Column) -> Any:
    """Canonical cells as an array in the column's dtype; None is blank."""
    kind = column.type
    if kind in DATES:
        return np.array(values, dtype="datetime64[s]")
    if kind not in NUMBERS:
        return objects(["" if value is None else value for value in values])
    if kind.dtype == "float64":
        return np.array([np.nan if value is None else float(value) for value in values])  # type: ignore[arg-type]
    scale = 100 if kind is Type.MONEY else 1
    whole = np.array([0 if value is None else int(Decimal(str(value)) * scale) for value in values], dtype="int64")
    return pd.arrays.IntegerArray(whole, np.array([value is None for value in values], dtype=bool))
