"""Which rows of a workbook are the hub's rows when both meet for the first time without a base (SYNC B0, C0)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from followup import ids
from followup.tables import TABLES
from followup.tables.column import Owner, Table
from followup.values.names import name_key
from sync.plan.arrays import array, canonical, texts
from sync.plan.model import Side

_NATURAL: dict[str, tuple[str, ...]] = {
    "customers": ("customer_name",),
    "followups": ("customer_ref", "followup_date", "method", "summary"),
}
"""What makes two rows of a table the same record; elsewhere every human cell must agree."""

REFERENCES = frozenset(
    {"customer_id", "deal_id", "source_id", "related_id", "entity_id", "record_id", "customer_ref", "a", "b"}
)
"""Columns that hold another record's id, or may."""


def match_first(local: Mapping[str, Side], hub: Mapping[str, Side]) -> dict[str, dict[str, str]]:
    """By table: the workbook's id → the hub's id of the same record, where they are not the same already.

    An id both sides use for customers of different names is not the same record: the workbook's gets another id.
    """
    renamed: dict[str, dict[str, str]] = {}
    for key in sorted(local.keys() & hub.keys()):
        table = TABLES[key]
        if not table.id_column or table[table.id_column].owner is not Owner.GENERATED or key not in ids.LETTERS:
            continue
        found = _match(table, local[key], hub[key])
        if found:
            renamed[key] = found
    return renamed


def _match(table: Table, local: Side, hub: Side) -> dict[str, str]:
    mine, theirs = local.frame, hub.frame
    if not len(mine) or not len(theirs):
        return {}
    common = [
        c.key for c in table.human_columns if c.key in local.seen & hub.seen and c.key in mine and c.key in theirs
    ]
    keys = [key for key in _NATURAL.get(table.key, tuple(common)) if key in common]
    if not keys:
        return {}
    first, second = _keys(table, mine, keys), _keys(table, theirs, keys)
    out: dict[str, str] = {}
    same = mine.index.isin(theirs.index)
    if table.key == "customers":
        for record in mine.index[same]:
            if first[record] != second[record]:
                out[str(record)] = ids.from_hash("C", f"{record}|{first[record]}")
    free = first[~same | mine.index.isin(list(out))]
    target = second[~second.index.isin(mine.index[same].difference(pd.Index(list(out), dtype=object)))]
    free, target = (keyed[~keyed.duplicated(keep=False) & (keyed != "")] for keyed in (free, target))
    place = pd.Series(target.index.to_numpy(), index=target.to_numpy(), dtype=object)
    both = free[free.isin(place.index)]
    out |= {str(record): str(place[key]) for record, key in both.items()}
    return {old: new for old, new in out.items() if old != new}


def _keys(table: Table, frame: pd.DataFrame, keys: list[str]) -> pd.Series:
    """What identifies each row by its content, `""` where nothing is filled in."""
    columns = []
    for key in keys:
        found = texts(array(frame[key], table[key]), table[key])
        named = key in ("customer_name", "customer_ref")
        columns.append([name_key(text) if named else canonical(text) for text in found])
    joined = ["\x1f".join(parts) if any(parts) else "" for parts in zip(*columns, strict=True)]
    return pd.Series(joined, index=frame.index, dtype=object)


def rename(local: Mapping[str, Side], renamed: Mapping[str, Mapping[str, str]]) -> dict[str, Side]:
    """The workbook's sides under the hub's ids, references to them included."""
    if not renamed:
        return dict(local)
    every = {old: new for names in renamed.values() for old, new in names.items()}
    out: dict[str, Side] = {}
    for key, side in local.items():
        names = renamed.get(key, {})
        frame = side.frame.rename(index=dict(names)) if names else side.frame
        changed = {
            name: frame[name].map(lambda text: every.get(text, text)).astype(object)
            for name in REFERENCES & set(frame.columns)
            if frame[name].isin(list(every)).any()
        }
        held, fixed = (
            {name: {names.get(record, record) for record in cells} for name, cells in marked.items()}
            for marked in (side.held, side.fixed)
        )
        out[key] = Side(frame.assign(**changed), held, side.columns, fixed)
    return out
