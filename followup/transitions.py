"""状态变更: what watched fields were and became, append-only (MODEL 1.13, 3.21)."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from followup import ids
from followup.arrays import Objects, last_row, positions, seconds, take
from followup.changes import AddRows, Change
from followup.tables import TABLES
from followup.tables.frames import Tables
from followup.team import Settings

WATCHED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("customers", "客户", ("status", "grade", "owner")),
    ("deals", "商机", ("stage", "result", "owner")),
)
"""Table, 对象, columns. The 字段 written is the column's header."""


def transitions(tables: Tables, now: datetime, by: str = "") -> list[Change]:
    """New rows for every watched value that differs from the last one written; the first one has a blank 旧值."""
    log = tables["transitions"]
    settings = Settings.from_frame(tables["settings"])
    parts = [
        _changed(tables, log, settings, table, entity, key, now, by)
        for table, entity, keys in WATCHED
        for key in keys
        if len(tables[table])
    ]
    parts = [part for part in parts if len(part)]
    if not parts:
        return []
    rows = pd.concat(parts, ignore_index=True)
    keys = _keys(rows)
    written = set(_keys(log[(log["occurred_at"] == pd.Timestamp(now)).to_numpy()]))  # by an earlier run at this now
    fresh = np.array([key not in written for key in keys], dtype=np.bool_)
    if not fresh.any():
        return []
    rows = rows[fresh]
    index = ids.apart(ids.LETTERS["transitions"], [key for key in keys if key not in written], log.index)
    return [AddRows("transitions", rows.set_axis(index).assign(change_id=index), "状态变更")]


def _keys(rows: pd.DataFrame) -> list[str]:
    """What makes a row one event: object, field, both values, instant."""
    stamps = rows["occurred_at"].astype(str)
    columns = (rows["entity"], rows["entity_id"], rows["field"], rows["old"], rows["new"], stamps)
    return ["|".join(parts) for parts in zip(*columns, strict=True)]


def last_values(log: pd.DataFrame, entity: str, field: str, index: pd.Index) -> Objects:
    """The last value written for each record, `""` where none."""
    mine = log[(log["field"] == field).to_numpy() & (log["entity"] == entity).to_numpy()]
    row = last_row(positions(index, mine["entity_id"]), seconds(mine["occurred_at"]), mine.index, len(index))
    return np.asarray(take(mine["new"].to_numpy(), row, ""))


def _changed(
    tables: Tables, log: pd.DataFrame, settings: Settings, table: str, entity: str, key: str, now: datetime, by: str
) -> pd.DataFrame:
    frame, field = tables[table], TABLES[table][key].header
    old, new = last_values(log, entity, field, frame.index), frame[key].to_numpy()
    at = np.flatnonzero(old != new)
    records, was, became = frame.index.to_numpy()[at], old[at], new[at]
    cells: dict[str, object] = {
        "entity": entity,
        "entity_id": records,
        "field": field,
        "old": was,
        "new": became,
        "by": by,
        "source": "人工",
        "compliant": _compliant(tables, settings)[at] if key == "stage" else "",
    }
    index = pd.RangeIndex(len(at))
    rows = pd.DataFrame({name: pd.Series(value, index=index, dtype=object) for name, value in cells.items()})
    rows["occurred_at"] = pd.Series(pd.Timestamp(now), index=index, dtype="datetime64[s]")
    return rows


def _compliant(tables: Tables, settings: Settings) -> Objects:
    """M13: whether the columns that 阶段必填 asks for at each deal's stage are filled now."""
    deals = tables["deals"]
    out = np.full(len(deals), "是", dtype=object)
    stage = deals["stage"].to_numpy()
    for name, headers in settings.pairs("阶段必填").items():
        for header in headers.replace("，", ",").replace("、", ",").replace("+", ",").split(","):
            column = TABLES["deals"].by_header.get(header.strip())
            if column:
                values = deals[column.key]
                empty = (values == "").to_numpy() if column.type.is_text else values.isna().to_numpy()
                out[(stage == name) & empty] = "否"
    return out
