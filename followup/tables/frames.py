"""Tables as DataFrames: one column a key, one row a record, index = record id.

`Tables` never lacks a column: what a workbook does not have is blank, so that a macro needs no
special case. Which columns a store really shows is the store's business (`followup.observe`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from followup.tables import TABLES
from followup.tables.column import DATES, Column, Table, Type

Cell = str | int | float | bool | date | datetime | Decimal | None
"""One canonical value on its way to or from a store, the state database or a message."""


def blank(column: Column, index: pd.Index) -> pd.Series:
    """A blank typed column over `index`."""
    kind = column.type
    if kind.is_text:
        return pd.Series([""] * len(index), index=index, dtype=object)
    return pd.Series(
        pd.NaT if kind in DATES else pd.NA if kind.dtype == "Int64" else float("nan"), index=index, dtype=kind.dtype
    )


def empty(table: Table) -> pd.DataFrame:
    """A table without rows, every column with its dtype."""
    index = pd.Index([], dtype=object)
    return pd.DataFrame({column.key: blank(column, index) for column in table.columns}, index=index)


def complete(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """`frame` with every column of `table`, missing ones blank; columns of the team's own are kept at the end."""
    columns = {c.key: frame[c.key] if c.key in frame else blank(c, frame.index) for c in table.columns}
    columns |= {str(name): frame[name] for name in frame.columns if name not in columns}
    return pd.DataFrame(columns, index=frame.index)


def to_cells(values: pd.Series, column: Column) -> pd.Series:
    """A typed column as canonical cells (dtype object, blank = None).

    Dates: `date` at midnight, else `datetime`. Money: Decimal with two places. INT: int.
    """
    kind = column.type
    if kind.is_text:
        out = values.astype(object)
        return out.where(out != "", None)
    missing = values.isna()
    if kind in DATES:
        stamps = values.dt.to_pydatetime() if hasattr(values.dt, "to_pydatetime") else values.tolist()
        midnight = ((values.dt.normalize() == values) | missing).tolist()
        cells = [
            None if gone else stamp.date() if whole else stamp
            for gone, whole, stamp in zip(missing, midnight, stamps, strict=True)
        ]
    elif kind is Type.MONEY:
        cells = [
            None if gone else Decimal(int(fen)).scaleb(-2) for gone, fen in zip(missing, values.fillna(0), strict=True)
        ]
    elif kind is Type.INT:
        cells = [None if gone else int(number) for gone, number in zip(missing, values.fillna(0), strict=True)]
    else:
        cells = [None if gone else float(number) for gone, number in zip(missing, values, strict=True)]
    return pd.Series(cells, index=values.index, dtype=object)


def to_cell(value: Any, column: Column) -> Cell:
    """One typed value as a canonical cell."""
    return to_cells(pd.Series([value], dtype=column.type.dtype), column).iloc[0]  # type: ignore[no-any-return]


def from_cells(cells: pd.Series, column: Column) -> pd.Series:
    """Canonical cells as a typed column: the inverse of `to_cells`."""
    kind = column.type
    if kind.is_text:
        return pd.Series(["" if c is None else str(c) for c in cells], index=cells.index, dtype=object)
    if kind in DATES:
        stamps = [pd.NaT if c is None else pd.Timestamp(str(c)) for c in cells]
        return pd.Series(stamps, index=cells.index, dtype="datetime64[s]")
    if kind is Type.MONEY:
        return pd.Series(
            [pd.NA if c is None else int((Decimal(str(c)) * 100).to_integral_value()) for c in cells],
            index=cells.index,
            dtype="Int64",
        )
    if kind is Type.INT:
        return pd.Series([pd.NA if c is None else int(c) for c in cells], index=cells.index, dtype="Int64")
    return pd.Series([float("nan") if c is None else float(c) for c in cells], index=cells.index, dtype="float64")


class Tables(Mapping[str, pd.DataFrame]):
    """All tables of a team, typed; a table nobody has is empty, a column nobody has is blank."""

    def __init__(self, frames: Mapping[str, pd.DataFrame] | None = None) -> None:
        self._frames = {key: complete(frame, TABLES[key]) for key, frame in (frames or {}).items()}

    def __getitem__(self, key: str) -> pd.DataFrame:
        if key not in self._frames:
            self._frames[key] = empty(TABLES[key])
        return self._frames[key]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)

    def replace(self, **frames: pd.DataFrame) -> Tables:
        """A copy with some tables replaced (the others are shared, not copied)."""
        fresh = Tables()
        fresh._frames = self._frames | {key: complete(frame, TABLES[key]) for key, frame in frames.items()}
        return fresh
