"""What each workbook showed when the hub last took account of it, by stamp; ids issued; values overwritten (SYNC 1)."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from followup.arrays import NONE
from followup.tables import TABLES
from followup.tables.column import DATES, Column, Table
from sync.schema import base, blob, history, issued
from sync.schema import metadata as metadata

KEPT_STAMPS = 200
_MANY = 500  # parameters in one statement


def save(
    target: Connection | Engine, spoke: str, stamp: str, frames: Mapping[str, pd.DataFrame], *, keep: int = KEPT_STAMPS
) -> None:
    """Store what a workbook shows under its stamp; of older stamps the newest `keep` stay.

    A stamp stored before is replaced (commit A counts the hub's batch under the stamp the file still carries).
    """
    with _connection(target) as connection:
        connection.execute(base.delete().where(base.c.spoke == spoke, base.c.stamp == stamp))
        rows: list[dict[str, str]] = []
        blobs: dict[str, bytes] = {}
        for table, frame in frames.items():
            for column, data in _columns(TABLES[table], frame):
                sha = hashlib.sha256(data).hexdigest()
                blobs[sha] = data
                rows.append({"spoke": spoke, "stamp": stamp, "table": table, "column": column, "blob_sha": sha})
        if not frames:  # a stamp of nothing is known, too
            rows.append({"spoke": spoke, "stamp": stamp, "table": "", "column": "", "blob_sha": ""})
        known = _known(connection, list(blobs))
        fresh = [{"sha": sha, "data": zlib.compress(data, 1)} for sha, data in blobs.items() if sha not in known]
        if fresh:
            connection.execute(blob.insert(), fresh)
        connection.execute(base.insert(), rows)
        _prune(connection, spoke, keep)


def _known(connection: Connection, shas: Sequence[str]) -> set[str]:
    out: set[str] = set()
    for start in range(0, len(shas), _MANY):
        part = shas[start : start + _MANY]
        out |= set(connection.execute(sa.select(blob.c.sha).where(blob.c.sha.in_(part))).scalars())
    return out


def _prune(connection: Connection, spoke: str, keep: int) -> None:
    newest = sa.func.max(base.c.seq)
    stamps = sa.select(base.c.stamp).where(base.c.spoke == spoke).group_by(base.c.stamp).order_by(newest.desc())
    old = list(connection.execute(stamps).scalars())[keep:]
    if old:
        connection.execute(base.delete().where(base.c.spoke == spoke, base.c.stamp.in_(old)))
        connection.execute(blob.delete().where(blob.c.sha.not_in(sa.select(base.c.blob_sha))))


def load(engine: Engine, spoke: str, stamp: str) -> dict[str, pd.DataFrame] | None:
    """What the workbook of this stamp showed, None where the stamp is not known."""
    join = base.outerjoin(blob, base.c.blob_sha == blob.c.sha)
    wanted = sa.select(base.c.table, base.c.column, blob.c.data).select_from(join)
    with engine.connect() as connection:
        found = connection.execute(
            wanted.where(base.c.spoke == spoke, base.c.stamp == stamp).order_by(base.c.seq)
        ).all()
    if not found:
        return None
    parts: dict[str, dict[str, bytes]] = {}
    for table, column, data in found:
        if table in TABLES:
            parts.setdefault(table, {})[column] = zlib.decompress(data)
    return {table: _frame(TABLES[table], columns) for table, columns in parts.items()}


def latest(engine: Engine, spoke: str) -> str:
    """The newest stamp stored for a workbook, `""` if none."""
    newest = sa.select(base.c.stamp).where(base.c.spoke == spoke).order_by(base.c.seq.desc()).limit(1)
    with engine.connect() as connection:
        return connection.execute(newest).scalar() or ""


def register(target: Connection | Engine, table: str, ids: Iterable[str]) -> None:
    """Remember ids as issued, those already known included; before they are used, never again removed."""
    with _connection(target) as connection:
        known = set(connection.execute(sa.select(issued.c.id).where(issued.c.table == table)).scalars())
        fresh = [{"table": table, "id": id_} for id_ in dict.fromkeys(ids) if id_ and id_ not in known]
        if fresh:
            connection.execute(issued.insert(), fresh)


def issued_ids(engine: Engine, table: str) -> set[str]:
    """Every id ever issued in a table."""
    with engine.connect() as connection:
        return set(connection.execute(sa.select(issued.c.id).where(issued.c.table == table)).scalars())


def remember(connection: Connection, plan_id: str, overwritten: pd.DataFrame, at: datetime) -> None:
    """Append the values a plan overwrites (`Plan.overwritten`) to the history, before they are overwritten."""
    if len(overwritten):
        frame = overwritten.assign(at=f"{at:%Y-%m-%dT%H:%M:%S}", plan_id=plan_id).astype(object)
        names = [str(name) for name in frame.columns]
        rows = [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]
        connection.execute(history.insert(), rows)


def _connection(target: Connection | Engine) -> AbstractContextManager[Connection]:
    """The transaction of the caller, or one of its own."""
    return nullcontext(target) if isinstance(target, Connection) else target.begin()


# A frame by columns: "" holds the record ids, the others JSON of numbers and texts. Text has no type to lose, instants
# are seconds since 1970, INT and MONEY are whole numbers, floats are as Python writes them (exact).


def _columns(table: Table, frame: pd.DataFrame) -> Iterator[tuple[str, bytes]]:
    yield "", _dump([str(record) for record in frame.index])
    for key in frame.columns:
        column = table.by_key.get(str(key))
        if column is not None:
            yield column.key, _dump(_plain(frame[key], column))


def _dump(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain(values: pd.Series, column: Column) -> list[Any]:
    kind = column.type
    if kind.is_text:
        return list(values)
    dates = kind in DATES
    numbers = values.to_numpy().astype("datetime64[s]").astype(np.int64) if dates else values.to_numpy(dtype=object)
    return [None if gone else number for number, gone in zip(numbers.tolist(), values.isna(), strict=True)]


def _frame(table: Table, columns: Mapping[str, bytes]) -> pd.DataFrame:
    read = {key: json.loads(data.decode("utf-8", "surrogatepass")) for key, data in columns.items()}
    index = pd.Index(read.pop("", []), dtype=object)
    return pd.DataFrame(
        {key: _typed(values, table[key], index) for key, values in read.items() if key in table.by_key}, index=index
    )


def _typed(values: list[Any], column: Column, index: pd.Index) -> pd.Series:
    kind = column.type
    if kind.is_text:
        return pd.Series(values, index=index, dtype=object)
    if kind in DATES:
        seconds = np.array([NONE if value is None else value for value in values], dtype=np.int64)
        return pd.Series(seconds.astype("datetime64[s]"), index=index)
    if kind.dtype == "Int64":
        blank = np.array([value is None for value in values], dtype=np.bool_)
        whole = np.array([value or 0 for value in values], dtype=np.int64)
        return pd.Series(pd.arrays.IntegerArray(whole, blank), index=index)
    return pd.Series([np.nan if value is None else value for value in values], index=index, dtype="float64")
