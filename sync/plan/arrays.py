"""How typed columns are compared and filled by whole arrays: text as objects, everything else as int64 (NONE = blank)."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from followup.arrays import NONE
from followup.tables.column import DATES, Column
from followup.tables.frames import from_cells, to_cells

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def array(series: pd.Series, column: Column) -> Any:
    """A typed column as an array in which two cells are equal exactly when `!=` says they do not differ."""
    kind = column.type
    if kind.is_text:
        return series.to_numpy(dtype=object)
    if kind in DATES:
        return series.to_numpy().astype("datetime64[s]").astype(np.int64)
    if kind.dtype == "Int64":
        return series.fillna(NONE).to_numpy(dtype=np.int64)
    numbers = series.to_numpy(dtype=np.float64) + 0.0  # -0.0 becomes 0.0; its bits are those of NONE
    return np.where(np.isnan(numbers), NONE, numbers.view(np.int64))


def series(values: Any, column: Column, index: pd.Index) -> pd.Series:
    """The inverse of `array`."""
    kind = column.type
    if kind.is_text:
        return pd.Series(values, index=index, dtype=object)
    if kind in DATES:
        return pd.Series(values.astype("datetime64[s]"), index=index)
    blank = values == NONE
    if kind.dtype == "Int64":
        return pd.Series(pd.arrays.IntegerArray(np.where(blank, 0, values), blank), index=index)
    return pd.Series(np.where(blank, np.nan, values.view(np.float64)), index=index)


def blanks(column: Column, count: int) -> Any:
    """`count` blank cells."""
    return np.full(count, "", dtype=object) if column.type.is_text else np.full(count, NONE, dtype=np.int64)


def is_blank(values: Any, column: Column) -> Bools:
    """Which cells are blank; text of nothing but white space is."""
    if not column.type.is_text:
        return np.asarray(values == NONE)
    empty = np.asarray(values == "", dtype=np.bool_)
    short = np.flatnonzero(~empty)
    if len(short) and any(str(text).isspace() for text in values[short]):
        empty[short] = [not canonical(text) for text in values[short]]
    return empty


def canonical(text: str) -> str:
    """Text without what people neither see nor mean: NFC, line ends, hard spaces, trailing white space (A14)."""
    text = str(text)
    if text.isalnum() and unicodedata.is_normalized("NFC", text):
        return text
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip()


def differ(one: Any, other: Any, column: Column) -> Bools:
    """Where two arrays differ in what they mean (G1, A14)."""
    if one is other:
        return np.zeros(len(one), dtype=np.bool_)
    out = np.asarray(one != other, dtype=np.bool_)
    if column.type.is_text:
        for at in np.flatnonzero(out):
            out[at] = canonical(one[at]) != canonical(other[at])
    return out


def take(values: Any, places: Ints, column: Column) -> Any:
    """`values[places]`, blank where the place is -1; the array itself where nothing moves."""
    if len(places) == len(values) and (places == np.arange(len(places))).all():
        return values
    out = blanks(column, len(places))
    there = places >= 0
    out[there] = values[places[there]]
    return out


def texts(values: Any, column: Column) -> list[str]:
    """Cells as text for people and for hashes; a blank is `""`."""
    index = pd.RangeIndex(len(values))
    return ["" if cell is None else str(cell) for cell in to_cells(series(values, column, index), column)]


def cells(values: Any, column: Column) -> list[Any]:
    """Cells in the form JSON takes."""
    found = to_cells(series(values, column, pd.RangeIndex(len(values))), column)
    return [cell if cell is None or isinstance(cell, str | int | float) else str(cell) for cell in found]


def one(text: str, column: Column) -> Any:
    """One cell from its text, as an array of length one."""
    return array(from_cells(pd.Series([text or None], dtype=object), column), column)
