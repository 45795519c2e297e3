"""How whole typed columns are computed with: integer days and seconds, exact rounding, sums by group.

Days and seconds are int64 since 1970, `NONE` where blank. A group is a position in another table (-1: none).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Objects: TypeAlias = npt.NDArray[np.object_]

NONE = int(np.iinfo(np.int64).min)  # what NaT is as an integer
DAY = 86_400
HOUR = 3_600


def day_number(day: date) -> int:
    """A date as days since 1970."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def second_number(instant: datetime) -> int:
    """A naive civil time as seconds since 1970."""
    return day_number(instant.date()) * DAY + instant.hour * HOUR + instant.minute * 60 + instant.second


def days(column: pd.Series) -> Ints:
    """A date column as days."""
    return column.to_numpy().astype("datetime64[D]").astype(np.int64)


def seconds(column: pd.Series) -> Ints:
    """A date column as seconds; date-only values are at 00:00:00."""
    return column.to_numpy().astype("datetime64[s]").astype(np.int64)


def floor_days(instants: Ints) -> Ints:
    """The dates of instants."""
    return np.where(instants == NONE, NONE, instants // DAY)


def has_clock(instants: Ints) -> Bools:
    """Which instants carry a clock time: midnight exactly counts as date-only."""
    return np.asarray((instants != NONE) & (instants % DAY != 0))


def lat(instants: Ints) -> Ints:
    """The latest instant a value may mean: itself with a clock time, else 23:59:59 of its day (MODEL 1.2)."""
    date_only = (instants != NONE) & (instants % DAY == 0)
    return np.where(date_only, instants + DAY - 1, instants)


def first_known(*columns: Ints) -> Ints:
    """The first value that is not blank, row by row."""
    out = columns[0]
    for column in columns[1:]:
        out = np.where(out == NONE, column, out)
    return out


def least(first: Ints, second: Ints) -> Ints:
    """The smaller of two values, a blank one left out."""
    return np.where(first == NONE, second, np.where(second == NONE, first, np.minimum(first, second)))


def half_up(numerator: Ints, denominator: Ints | int) -> Ints:
    """hu(numerator / denominator), exactly; denominators are positive (MODEL 1.5)."""
    return (2 * numerator + denominator) // (2 * denominator)


def largest(group: Ints, values: Ints, size: int) -> Ints:
    """The largest value of each group, NONE where it has none."""
    out = np.full(size, NONE, dtype=np.int64)
    inside = group >= 0
    np.maximum.at(out, group[inside], values[inside])
    return out


def smallest(group: Ints, values: Ints, size: int) -> Ints:
    """The smallest value of each group that is not blank, NONE where it has none."""
    top = np.iinfo(np.int64).max
    out = np.full(size, top, dtype=np.int64)
    inside = (group >= 0) & (values != NONE)
    np.minimum.at(out, group[inside], values[inside])
    return np.where(out == top, NONE, out)


def counts(group: Ints, wanted: Bools, size: int) -> Ints:
    """How many wanted rows each group has."""
    return np.bincount(group[wanted & (group >= 0)], minlength=size).astype(np.int64)


def sums(group: Ints, values: Ints, size: int) -> Ints:
    """The exact sum of each group."""
    out = np.zeros(size, dtype=np.int64)
    inside = group >= 0
    np.add.at(out, group[inside], values[inside])
    return out


def last_row(group: Ints, when: Ints, index: pd.Index, size: int, *, lowest: bool = False) -> Ints:
    """The row of each group with the largest `when`, -1 where the group is empty.

    Of equals the one with the highest id stands (with `lowest` the lowest): ids do not depend on the order of rows.
    """
    rows = np.flatnonzero((group >= 0) & (when == take(largest(group, when, size), group, NONE)))
    order = np.arange(len(rows))
    if np.count_nonzero(np.bincount(group[rows], minlength=size)) < len(rows):
        order = np.argsort(index[rows].to_numpy().astype(str), kind="stable")
        order = order[::-1] if lowest else order
    out = np.full(size, -1, dtype=np.int64)
    out[group[rows[order]]] = rows[order]  # the last assignment stands
    return out


def positions(index: pd.Index, ids: pd.Series | Objects) -> Ints:
    """Where each id stands in `index`, -1 where it does not (a blank id never does)."""
    values = ids.to_numpy() if isinstance(ids, pd.Series) else ids
    found = index.get_indexer(pd.Index(values, dtype=object)).astype(np.int64)
    found[values == ""] = -1
    return found


def take(values: Any, rows: Ints, missing: Any) -> Any:
    """`values[rows]`, `missing` where the row is -1."""
    if len(values) == 0:
        return np.full(len(rows), missing, dtype=np.asarray(values).dtype)
    out = np.asarray(values)[rows]
    out[rows < 0] = missing
    return out


# From arrays to typed columns.


def dates(values: Ints, index: pd.Index) -> pd.Series:
    """Days as a typed date column."""
    return pd.Series(values.astype("datetime64[D]").astype("datetime64[s]"), index=index)


def whole(values: Ints, known: Bools, index: pd.Index) -> pd.Series:
    """Integers as a typed INT or MONEY column."""
    return pd.Series(pd.arrays.IntegerArray(values.astype(np.int64), ~known), index=index)


def texts(values: npt.NDArray[Any], index: pd.Index) -> pd.Series:
    """Text as a typed column."""
    return pd.Series(values.astype(object), index=index, dtype=object)


def pick(conditions: Sequence[tuple[Bools, str]], index: pd.Index, default: str = "") -> pd.Series:
    """The text of the first condition that holds."""
    words = np.array([default, *(word for _, word in conditions)], dtype=object)
    codes = np.select([mask for mask, _ in conditions], range(1, len(words)), 0)
    return pd.Series(words[codes], index=index, dtype=object)


def flag(mask: Bools, index: pd.Index) -> pd.Series:
    """是 where `mask`, else blank."""
    return pick([(mask, "是")], index)


def yes_no(yes: Bools, known: Bools, index: pd.Index) -> pd.Series:
    """是 or 否 where `known`, else blank."""
    return pick([(known & yes, "是"), (known, "否")], index)
