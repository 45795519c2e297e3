"""The whole plan from its tables: 冲突清单, 回收站, history, what is kept where, counts and the plan id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from followup import ids
from followup.tables import TABLES
from followup.tables.frames import complete, empty
from sync.plan.arrays import cells
from sync.plan.model import OVERWRITTEN, Plan
from sync.plan.outcome import Outcome, notice
from sync.plan.rows import Work

NO_BIN = frozenset({"conflicts"})
"""Tables whose deleted lines are decisions, not losses (SYNC H)."""


def assemble(
    outcomes: list[Outcome], works: Mapping[str, Work], kept: list[tuple[str, str]], now: datetime, by_local: str
) -> Plan:
    """The plan of all tables."""
    conflicts = _all_conflicts(outcomes, works, now, by_local)
    recycled = _recycled(works, now, by_local)
    merged = {one.table: one.merged for one in outcomes}
    for key, fresh in (("conflicts", conflicts), ("recycle_bin", recycled)):
        if key not in merged:
            merged[key] = fresh
        elif len(fresh):
            merged[key] = pd.concat([merged[key], fresh]) if len(merged[key]) else fresh
    overwritten = [part for one in outcomes for part in one.overwritten]
    families = [notice("group", table, record) for table, record in kept]
    marks = sorted(mark for one in outcomes for mark in one.marks)
    return Plan(
        plan_id=hashlib.sha256(b"\n".join(marks)).hexdigest()[:12],
        merged=merged,
        base={one.table: one.base for one in outcomes if one.base is not None},
        accounted={one.table: one.accounted for one in outcomes if one.accounted is not None},
        conflicts=conflicts,
        recycled=recycled,
        overwritten=pd.concat(overwritten, ignore_index=True) if overwritten else pd.DataFrame(columns=OVERWRITTEN, dtype=object),
        notices=[notice for one in outcomes for notice in one.notices] + families,
        keep_local={one.table: one.keep["local"] for one in outcomes if one.keep["local"]},
        keep_hub={one.table: one.keep["hub"] for one in outcomes if one.keep["hub"]},
        absent_local=_absent(works, local=True),
        absent_hub=_absent(works, local=False),
        summary={"to_hub": _count(outcomes, works, "hub"), "from_hub": _count(outcomes, works, "local")},
    )  # fmt: skip


def _all_conflicts(outcomes: list[Outcome], works: Mapping[str, Work], now: datetime, by_local: str) -> pd.DataFrame:
    """New rows of 冲突清单; what is listed already is not listed again. People read sheet and header, not keys."""
    table = TABLES["conflicts"]
    parts = [part for one in outcomes for part in one.conflicts]
    if not parts:
        return empty(table)
    frame = pd.concat(parts)
    frame = frame[~frame.index.duplicated()]
    if "conflicts" in works:
        frame = frame[~frame.index.isin(works["conflicts"].ids)]
    headers = [TABLES[key][name].header for key, name in zip(frame["table"], frame["column"], strict=True)]
    frame = frame.assign(
        conflict_id=frame.index.astype(object),
        table=[TABLES[key].sheet for key in frame["table"]],
        column=headers,
        excel_meta=f"{now:%Y-%m-%d %H:%M} {by_local}".strip(),
    ).astype(object)
    return complete(frame, table)


def _recycled(works: Mapping[str, Work], now: datetime, by_local: str) -> pd.DataFrame:
    """New rows of 回收站: whole rows as the side that still showed them had them."""
    table = TABLES["recycle_bin"]
    known = works["recycle_bin"].ids if "recycle_bin" in works else pd.Index([], dtype=object)
    parts = [_bin(work, known, by_local) for key, work in works.items() if key not in NO_BIN and work.gone.any()]
    if not parts:
        return empty(table)
    frame = pd.concat(parts).astype(object)
    frame["at"] = pd.Series(pd.Timestamp(now), index=frame.index, dtype="datetime64[s]")
    return complete(frame, table)


def _bin(work: Work, known: pd.Index, by_local: str) -> pd.DataFrame:
    at = np.flatnonzero(work.gone)
    columns = {key: cells(_full(work, key)[at], aligned.column) for key, aligned in work.columns.items()}
    records = [str(record) for record in work.ids[at]]
    rows = [
        json.dumps({key: values[row] for key, values in columns.items() if values[row] is not None}, ensure_ascii=False)
        for row in range(len(at))
    ]
    here = work.in_local[at]
    keys = [_free(f"{work.table}|{record}|{row}", known) for record, row in zip(records, rows, strict=True)]
    return pd.DataFrame(
        {
            "del_id": keys,
            "by": ["" if shown else by_local for shown in here],
            "origin": ["行消失(Sheets)" if shown else "行消失(Excel)" for shown in here],
            "table": TABLES[work.table].sheet,
            "record_id": records,
            "row": rows,
        },
        index=pd.Index(keys, dtype=object),
        dtype=object,
    )


def _full(work: Work, key: str) -> Any:
    """A column as the side that still showed the row had it."""
    aligned = work.columns[key]
    return np.where(work.in_hub, aligned.hub, aligned.local)


def _free(key: str, known: pd.Index) -> str:
    """The id of a deletion; the same row deleted again after it was restored is another deletion."""
    made, turn = ids.from_hash("B", key), 1
    while made in known:
        turn += 1
        made = ids.from_hash("B", f"{key}|{turn}")
    return made


def _absent(works: Mapping[str, Work], *, local: bool) -> dict[str, set[str]]:
    out = {}
    for key, work in works.items():
        at = work.absent & ~(work.in_local if local else work.in_hub)
        if at.any():
            out[key] = set(work.ids[at])
    return out


def _count(outcomes: list[Outcome], works: Mapping[str, Work], side: str) -> dict[str, int]:
    """Rows added, cells changed, rows removed on one side."""
    rows = removed = 0
    for work in works.values():
        there = work.in_local if side == "local" else work.in_hub
        rows += int((work.alive & ~there & ~work.absent).sum())
        removed += int((work.gone & there).sum())
    return {"rows": rows, "cells": sum(one.changed[side] for one in outcomes), "removed": removed}
