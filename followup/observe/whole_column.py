"""A whole column read at once: each distinct cell is understood once, the rest is array work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from followup.grid import Raw
from followup.tables.column import DATES, NUMBERS, Column, Type
from followup.tables.frames import Cell
from followup.team import Team
from followup.values.dates import EARLIEST
from followup.values.money import read_money
from followup.values.read import read_value
from followup.values.reading import Reading, Verdict

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
    """`typed[i]` belongs to the i-th cell; `issues` holds, by distinct value, what a person must hear."""

    uniques: list[Raw]
    codes: np.ndarray[Any, np.dtype[np.intp]]  # -1 = empty
    values: list[Cell]
    issues: dict[int, Reading]
    blanks: dict[int, Reading]  # words for "nothing" (空值写法)


def distinct(cells: Sequence[Raw]) -> tuple[list[Raw], np.ndarray[Any, np.dtype[np.intp]]]:
    """The distinct cells, by type and value (1, 1.0 and True differ), and each cell's place among them."""
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys(map(type, cells)))}
    kinds.pop(type(None), None)
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    if len(kinds) <= 1:
        codes, uniques = pd.factorize(array)
        return list(uniques), codes
    places = np.fromiter((kinds.get(type(cell), -1) for cell in cells), dtype=np.intp, count=len(cells))
    out = np.full(len(cells), -1, dtype=np.intp)
    found: list[Raw] = []
    for place in kinds.values():
        mask = places == place
        codes, uniques = pd.factorize(array[mask])
        out[mask] = np.where(codes < 0, -1, codes + len(found))
        found.extend(uniques)
    return found, out


def read_column(cells: Sequence[Raw], column: Column, context: Context, factor: int = 1) -> ColumnReading:
    """Every cell of a column. `factor`: what the unit in a money header multiplies by."""
    uniques, codes = distinct(cells)
    values: list[Cell] = [None] * len(uniques)
    issues: dict[int, Reading] = {}
    blanks: dict[int, Reading] = {}
    for place in _fast(uniques, column, context, values):
        raw = uniques[place]
        reading = read_value(raw, column, context.team, context.now, imported=context.imported, serial=context.serial)
        if factor != 1 and isinstance(reading.value, Decimal):
            reading = read_money(raw, factor)
        values[place] = reading.usable
        if reading.kind and column.is_human:
            issues[place] = reading
        elif reading.verdict is Verdict.BLANK and reading.reason:
            blanks[place] = reading
    return ColumnReading(uniques, codes, values, issues, blanks)


def _fast(uniques: list[Raw], column: Column, context: Context, values: list[Cell]) -> Iterable[int]:
    """Fill in what is plainly right; the places that need a closer look are returned."""
    if len(uniques) < _MANY:
        return range(len(uniques))
    if column.type in DATES and type(uniques[0]) is type(uniques[-1]) and isinstance(uniques[0], date):
        return _plain_dates(uniques, column, context.now, values)
    if column.type in (Type.TEXT, Type.LINK) and not column.reads:
        return _plain_texts(uniques, column, context.team, values)
    return range(len(uniques))


def _plain_dates(uniques: list[Raw], column: Column, now: datetime, values: list[Cell]) -> Iterable[int]:
    if any(isinstance(u, time) or getattr(u, "tzinfo", None) for u in uniques):
        return range(len(uniques))
    stamps = np.array(uniques, dtype="datetime64[us]")
    first = np.datetime64(datetime(EARLIEST.get(column.when, 1900) if column.is_human else 1900, 1, 1))
    last = now.date() + timedelta(days=1) if column.is_human and column.when == "past" else date(now.year + 20, 1, 1)
    right = (stamps >= first) & (stamps < np.datetime64(last)) & (stamps == stamps.astype("datetime64[s]"))
    for place in np.flatnonzero(right).tolist():
        values[place] = stamps[place].item()
    return np.flatnonzero(~right).tolist()


def _plain_texts(uniques: list[Raw], column: Column, team: Team, values: list[Cell]) -> list[int]:
    blanks = {word[0] for word in team.dictionary.by_alias.get("空值写法", {}) if word} if column.is_human else set()
    starts = (
        blanks | {c.upper() for c in blanks} | {chr(ord(c) + 0xFEE0) for c in blanks if "!" <= c <= "~"} | {"#", " "}
    )
    limit = column.max_length or 10**9
    left: list[int] = []
    for place, raw in enumerate(uniques):
        if (
            type(raw) is str
            and raw.isprintable()
            and raw[:1] not in starts
            and raw[-1:] != " "
            and raw[-3:] != "000"
            and 0 < len(raw) <= limit
        ):
            values[place] = raw
        else:
            left.append(place)
    return left


def typed(values: list[Cell], codes: np.ndarray[Any, np.dtype[np.intp]], column: Column) -> Any:
    """The column's array in its dtype; empty cells and unusable values are blank."""
    kind = column.type
    if kind in DATES:
        stamps = np.array([*values, None], dtype="datetime64[s]")
        return stamps[codes]
    if kind not in NUMBERS:
        texts = np.empty(len(values) + 1, dtype=object)
        texts[:] = ["" if value is None else value for value in (*values, None)]
        return texts[codes]
    missing = np.array([value is None for value in (*values, None)])
    if kind.dtype == "float64":
        return np.array([np.nan if v is None else float(v) for v in (*values, None)])[codes]  # type: ignore[arg-type]
    scale = 100 if kind is Type.MONEY else 1
    whole = np.array([0 if v is None else int(Decimal(str(v)) * scale) for v in (*values, None)], dtype="int64")
    return pd.arrays.IntegerArray(whole[codes], missing[codes])
