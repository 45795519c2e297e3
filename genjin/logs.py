"""The logs as sheets show them: 运行日志 and 变更记录, from the state database (SYNC 1a)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from followup.tables import TABLES
from followup.tables.frames import complete, from_cells
from genjin.state.tables import changelog, run, undo

SHOWN = 2000  # rows of a log kept in a workbook


def changelog_rows(engine: Engine, pending: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """The newest rows of 变更记录, oldest first, with those this run is about to log."""
    with engine.connect() as connection:
        newest = connection.execute(sa.select(changelog).order_by(changelog.c.seq.desc()).limit(SHOWN)).mappings().all()
    seq = newest[0]["seq"] if newest else 0
    rows = [dict(row) for row in reversed(newest)]
    rows += [{**row, "seq": seq + n} for n, row in enumerate(pending, 1)]
    table = TABLES["changelog"]
    shown = [
        {
            **row,
            "table": TABLES[row["table"]].sheet if row["table"] in TABLES else row["table"],
            "column": _header(row["table"], row["column"]),
            "seq": int(row["seq"]),
        }
        for row in rows[-SHOWN:]
    ]
    return _typed(shown, table.key, [str(row["seq"]) for row in shown])


def _header(table: str, column: str) -> str:
    known = TABLES[table].by_key.get(column) if table in TABLES else None
    return known.header if known else column


def run_rows(engine: Engine, run_id: str, now_result: str, counts: str) -> pd.DataFrame:
    """The newest rows of 运行日志, oldest first; the run under way as it is about to end."""
    with engine.connect() as connection:
        newest = (
            connection.execute(sa.select(run).order_by(run.c.started.desc(), run.c.run_id).limit(SHOWN))
            .mappings()
            .all()
        )
        kept = set(connection.execute(sa.select(undo.c.run_id)).scalars())
    rows = []
    for row in reversed(newest):
        here = row["run_id"] == run_id
        rows.append(
            {
                "run_id": row["run_id"],
                "command": row["command"],
                "host": row["host"],
                "span": f"{row['now']} · {row['started']} UTC",
                "result": now_result if here else row["result"] or "失败",
                "counts": counts if here else _counts(row["counts"]),
                "backup": row["backup"],
                "undo": "是" if (here or row["run_id"] in kept) and not row["undone_by"] else "否",
            }
        )
    return _typed(rows, "run_log", [row["run_id"] for row in rows])


def _counts(text: str) -> str:
    try:
        return counts_text(json.loads(text))
    except ValueError:
        return text


def counts_text(counts: Mapping[str, Any]) -> str:
    """读/写/新增/冲突 in one line."""
    names = {
        "cells": "写",
        "added": "新增",
        "removed": "删除",
        "to_hub": "推送",
        "from_hub": "拉取",
        "conflicts": "冲突",
        "issues": "问题",
        "mails": "邮件",
    }
    return " · ".join(f"{names[key]} {counts[key]}" for key in names if counts.get(key))


def _typed(rows: list[dict[str, Any]], key: str, ids: list[str]) -> pd.DataFrame:
    table = TABLES[key]
    index = pd.Index(ids, dtype=object)
    frame = pd.DataFrame(index=index)
    for column in table.columns:
        cells = [row.get(column.key) for row in rows]
        cells = [None if cell == "" else cell for cell in cells]
        frame[column.key] = from_cells(pd.Series(cells, index=index, dtype=object), column)
    return complete(frame, table)
