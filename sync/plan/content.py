"""How alike rows and records are by what people wrote in them (SYNC C2, C3, C5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from followup.tables.column import Table
from followup.values.names import name_key
from sync.plan.arrays import Ints, array, blanks, canonical

NAMES = {"customers": "customer_name", "contacts": "name", "deals": "deal_name"}
"""A record's own name: alone enough to know it again."""
_CHUNK = 4_000_000


@dataclass(frozen=True)
class Content:
    """The human cells of a sheet's rows and of the base as numbers: equal number = equal cell, -1 = blank."""

    rows: Ints  # (rows, columns)
    base: Ints  # (records, columns)
    name: int  # the column of the record's own name, -1 where it has none

    @classmethod
    def of(cls, table: Table, rows: pd.DataFrame, base: pd.DataFrame | None) -> Content:
        """Only columns that both show are compared."""
        columns = [c for c in table.human_columns if c.key in rows and (base is None or c.key in base)]
        first = np.full((len(rows), len(columns)), -1, dtype=np.int64)
        second = np.full((0 if base is None else len(base), len(columns)), -1, dtype=np.int64)
        name = -1
        for place, column in enumerate(columns):
            both = array(rows[column.key], column)
            if base is not None:
                both = np.concatenate([both, array(base[column.key], column)])
            codes, distinct = pd.factorize(both)
            named = column.key == NAMES.get(table.key)
            if column.type.is_text:
                plain = [name_key(str(text)) if named else canonical(text) for text in distinct]
                again, _ = pd.factorize(np.array(plain, dtype=object))
                empty = np.array([not text for text in plain], dtype=np.bool_)
            else:
                again, empty = np.arange(len(distinct)), distinct == blanks(column, 1)[0]
            if len(distinct):
                codes = np.where(empty, -1, again)[codes]
            first[:, place], second[:, place] = codes[: len(rows)], codes[len(rows) :]
            name = place if named else name
        return cls(first, second, name)

    def row_hashes(self) -> npt.NDArray[np.uint64]:
        """One number a row: equal where every human cell is."""
        return _hash(self.rows)

    def best_pairs(self, at: Any, base_at: Any) -> list[tuple[int, int]]:
        """Rows and records of one id text, the most alike first, of equals the upper row (C2)."""
        scores = (self.rows[at][:, None, :] == self.base[base_at][None, :, :]).sum(axis=2)
        order = sorted(np.ndindex(*scores.shape), key=lambda pair: (-int(scores[pair]), pair))
        out: list[tuple[int, int]] = []
        rows, records = set(), set()
        for row, record in order:
            if row not in rows and record not in records:
                rows.add(row)
                records.add(record)
                out.append((int(at[row]), int(base_at[record])))
        return out


def alike(table: Table, rows: pd.DataFrame, among: Ints, like: Ints) -> Ints:
    """The rows `among` which a row equal in every human cell to one of `like` can only be: a few columns tell."""
    for column in table.human_columns:
        if column.key in rows and len(among):
            values = rows[column.key]
            among = among[values.iloc[among].isin(values.iloc[like]).to_numpy()]
    return among


def same_record(content: Content, rows: Ints, records: Ints) -> Iterator[tuple[int, int]]:
    """Pairs of rows and vanished records that are the same: equal in every cell, of a name that only they have, or each
    other's best with at least half of the record's filled cells (C3).
    """
    for find in (_equal_rows, _one_name, _mutual_best, _one_name):
        if not len(rows) or not len(records):
            return
        pairs = list(find(content, rows, records))
        yield from ((int(rows[one]), int(records[other])) for one, other in pairs)
        rows = np.delete(rows, [one for one, _ in pairs])
        records = np.delete(records, [other for _, other in pairs])


def _hash(cells: Ints) -> npt.NDArray[np.uint64]:
    out = np.zeros(len(cells), dtype=np.uint64)
    for column in range(cells.shape[1]):
        out = out * np.uint64(0x9E3779B97F4A7C15) ^ pd.util.hash_array(cells[:, column])
    return out


def _equal_rows(content: Content, rows: Ints, records: Ints) -> Iterator[tuple[int, int]]:
    """Equal in every cell; of several equal ones the first with the first."""
    first = pd.DataFrame({"key": _hash(content.rows[rows]), "row": np.arange(len(rows))})
    second = pd.DataFrame({"key": _hash(content.base[records]), "record": np.arange(len(records))})
    for frame in (first, second):
        frame["turn"] = frame.groupby("key").cumcount()
    found = first.merge(second, on=["key", "turn"])
    yield from zip(found["row"].tolist(), found["record"].tolist(), strict=True)


def _one_name(content: Content, rows: Ints, records: Ints) -> Iterator[tuple[int, int]]:
    """Of one name, where one row and one record have it: two customers of one name are told apart by their cells."""
    if content.name < 0:
        return
    mine, theirs = pd.Index(content.rows[rows, content.name]), pd.Index(content.base[records, content.name])
    alone = ~theirs.duplicated(keep=False) & (theirs >= 0)
    places = dict(zip(theirs[alone].tolist(), np.flatnonzero(alone).tolist(), strict=True))
    for row in np.flatnonzero(~mine.duplicated(keep=False)).tolist():
        record = places.get(int(mine[row]))
        if record is not None:
            yield row, record


def _mutual_best(content: Content, rows: Ints, records: Ints) -> Iterator[tuple[int, int]]:
    """Each the other's most alike, of equals the upper one, and at least half of the record's filled cells."""
    filled = (content.base[records] >= 0).sum(axis=1)
    best_row, row_score = np.full(len(records), -1), np.zeros(len(records), dtype=np.int64)
    best_record, record_score = np.full(len(rows), -1), np.zeros(len(rows), dtype=np.int64)
    step = max(1, _CHUNK // max(1, len(records)))
    for start in range(0, len(rows), step):
        part = content.rows[rows[start : start + step]]
        scores = np.zeros((len(part), len(records)), dtype=np.int16)
        for column in range(part.shape[1]):
            theirs = content.base[records, column]
            scores += (part[:, column][:, None] == theirs[None, :]) & (theirs >= 0)[None, :]
        here = scores.argmax(axis=1)
        best_record[start : start + step] = here
        record_score[start : start + step] = scores[np.arange(len(part)), here]
        there = scores.argmax(axis=0)
        top = scores[there, np.arange(len(records))]
        better = top > row_score
        best_row[better], row_score[better] = there[better] + start, top[better]
    for row, record in enumerate(best_record):
        if best_row[record] == row and 2 * record_score[row] >= filled[record] > 0:
            yield row, int(record)
