"""How the two sides and the base of one table are laid over each other: one row an id, one array a column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from followup.tables.column import Column, Owner, Table
from sync.plan.arrays import Bools, Ints, array, take
from sync.plan.cells import Aligned
from sync.plan.model import Side
from sync.plan.rows import Work


def lay_over(table: Table, base: pd.DataFrame | None, local: Side | None, hub: Side | None) -> Work:
    """The work of one table. A side that lacks the table altogether is taken to agree with the other one."""
    first = hub if hub is not None else local
    assert first is not None
    if local is None or hub is None:  # what the missing side deleted or edited cannot be known
        base = None
    ids = _union(first, local, base)
    at_local, at_hub = (_places(ids, None if side is None else side.frame.index) for side in (local, hub))
    at_base = _places(ids, None if base is None else base.index)
    if local is None or hub is None:
        everywhere = np.ones(len(ids), dtype=np.bool_)
        work = Work(table.key, ids, everywhere, everywhere, everywhere)
    else:
        work = Work(table.key, ids, at_base >= 0, at_local >= 0, at_hub >= 0)
    shown = (local.seen if local else frozenset()) | (hub.seen if hub else frozenset())
    for column in table.columns:
        if column.owner is Owner.COMPUTED or column.key == _made(table) or column.key not in shown:
            continue
        work.columns[column.key] = _align(column, ids, (base, at_base), (local, at_local), (hub, at_hub))
    return work


def _made(table: Table) -> str:
    """The id column where ids are generated: it is the index, not a value."""
    return table.id_column if table.id_column and table[table.id_column].owner is Owner.GENERATED else ""


def _union(first: Side, local: Side | None, base: pd.DataFrame | None) -> pd.Index:
    """The hub's rows, then the workbook's own, then those only the base knows."""
    ids = first.frame.index
    for more in (local.frame.index if local else None, None if base is None else base.index):
        if more is not None and not more.equals(ids):
            ids = ids.append(more[~more.isin(ids)])
    return ids.astype(object)


def _places(ids: pd.Index, index: pd.Index | None) -> Ints:
    if index is None:
        return np.full(len(ids), -1, dtype=np.int64)
    return index.get_indexer(ids).astype(np.int64)


def _align(
    column: Column,
    ids: pd.Index,
    base: tuple[pd.DataFrame | None, Ints],
    local: tuple[Side | None, Ints],
    hub: tuple[Side | None, Ints],
) -> Aligned:
    count = len(ids)
    frame, at_base = base
    was: Any = None
    known = np.zeros(count, dtype=np.bool_)
    if frame is not None and column.key in frame:
        was, known = take(array(frame[column.key], column), at_base, column), at_base >= 0
    mine, has_local, held_local = _side(column, ids, *local)
    theirs, has_hub, held_hub = _side(column, ids, *hub)
    if mine is None:
        mine = theirs
    if theirs is None:
        theirs = mine
    if was is None:
        was = theirs
    mine, theirs, was = _filled(
        (mine, has_local), (theirs, has_hub), (was, known)
    )  # rows one side lacks compare as equal there
    shows = (_seen(local[0], column), _seen(hub[0], column))
    out = Aligned.of(column, was, mine, theirs, known, held_local, held_hub, *shows)
    out.fixed_local, out.fixed_hub = _fixed(column, ids, local[0]), _fixed(column, ids, hub[0])
    return out


def _fixed(column: Column, ids: pd.Index, side: Side | None) -> Bools | None:
    cells = side.fixed.get(column.key) if side is not None else None
    return ids.isin(list(cells)) if cells else None


def _seen(side: Side | None, column: Column) -> bool:
    return side is not None and column.key in side.seen and column.key in side.frame


def _side(column: Column, ids: pd.Index, side: Side | None, places: Ints) -> tuple[Any, Bools, Bools]:
    """One side's array (None: the column is not shown there), which rows it has, which of its cells are held."""
    count = len(ids)
    if side is None or not _seen(side, column):
        return None, np.zeros(count, dtype=np.bool_), np.ones(count, dtype=np.bool_)
    held = side.held.get(column.key)
    marks = ids.isin(list(held)) if held else np.zeros(count, dtype=np.bool_)
    return take(array(side.frame[column.key], column), places, column), places >= 0, marks & (places >= 0)


def _filled(*sides: tuple[Any, Bools]) -> tuple[Any, Any, Any]:
    """Workbook, hub and base, each with the rows it lacks filled in: a side from the base, else from the other one."""
    (mine, has_local), (theirs, has_hub), (was, known) = sides
    return (
        _fill(mine, has_local, (was, known), (theirs, has_hub)),
        _fill(theirs, has_hub, (was, known), (mine, has_local)),
        _fill(was, known, (theirs, has_hub), (mine, has_local)),
    )


def _fill(values: Any, has: Bools, *others: tuple[Any, Bools]) -> Any:
    missing = ~has
    if not missing.any():
        return values
    out = values.copy()
    for other, there in others:
        at = missing & there
        out[at] = other[at]
        missing &= ~there
    return out
