"""What runs leave behind in the state database: their outcome, what an undo needs, the change log. No pandas here."""

from __future__ import annotations

import json
import platform
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from genjin.clock import utc_text
from genjin.request import Request
from genjin.state.tables import changelog, run, undo


def new_run_id(now: datetime) -> str:
    """A run number that sorts by business time and is unique."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def begin(engine: Engine, run_id: str, request: Request, now: str, person: str) -> None:
    """Note that a run started."""
    with engine.begin() as connection:
        connection.execute(
            run.insert().values(
                run_id=run_id,
                command=request.command,
                host=platform.node() or "?",
                person=person,
                now=now,
                started=utc_text(),
            )
        )


def end(engine: Engine, run_id: str, result: str, counts: Mapping[str, Any], backup: str = "") -> None:
    """Note how a run ended: 成功, 部分 or 失败."""
    with engine.begin() as connection:
        connection.execute(
            run.update()
            .where(run.c.run_id == run_id)
            .values(ended=utc_text(), result=result, counts=json.dumps(counts, ensure_ascii=False), backup=backup)
        )


def forget(engine: Engine, run_id: str) -> None:
    """A run that changed nothing anywhere leaves no row."""
    with engine.begin() as connection:
        connection.execute(run.delete().where(run.c.run_id == run_id))


def intend(engine: Engine, run_id: str, workbook: str, payload: bytes) -> None:
    """Keep what an undo needs, before the file is replaced."""
    with engine.begin() as connection:
        connection.execute(undo.delete().where(undo.c.run_id == run_id, undo.c.workbook == workbook))
        connection.execute(undo.insert().values(run_id=run_id, workbook=workbook, written=False, payload=payload))


def written(engine: Engine, run_id: str, workbook: str) -> None:
    """The file was replaced."""
    with engine.begin() as connection:
        connection.execute(
            undo.update().where(undo.c.run_id == run_id, undo.c.workbook == workbook).values(written=True)
        )


def abandoned(engine: Engine, run_id: str, workbook: str) -> None:
    """The file was not replaced after all."""
    with engine.begin() as connection:
        connection.execute(undo.delete().where(undo.c.run_id == run_id, undo.c.workbook == workbook))


def undoable(engine: Engine, run_id: str | None) -> tuple[str, list[tuple[str, bytes]]] | None:
    """The run to take back (the newest not yet undone) with its workbooks and payloads; None where there is none.

    A write whose answer was never recorded counts: the undo finds cell by cell what really stands.
    """
    with engine.connect() as connection:
        query = (
            sa.select(undo.c.run_id)
            .join(run, run.c.run_id == undo.c.run_id)
            .where(run.c.undone_by == "", run.c.command != "undo")
            .order_by(
                run.c.started.desc(),
                sa.literal_column("run.rowid").desc() if engine.dialect.name == "sqlite" else run.c.run_id,
            )
            .limit(1)
        )
        chosen = run_id or connection.execute(query).scalar()
        if chosen is None:
            return None
        rows = connection.execute(sa.select(undo.c.workbook, undo.c.payload).where(undo.c.run_id == chosen)).all()
    return (chosen, [(row.workbook, row.payload) for row in rows]) if rows else None


def known(engine: Engine, run_id: str) -> bool:
    """Whether there is such a run."""
    with engine.connect() as connection:
        return connection.execute(sa.select(run.c.run_id).where(run.c.run_id == run_id)).first() is not None


def undone(engine: Engine, run_id: str, by_run: str) -> None:
    """Mark a run as taken back."""
    with engine.begin() as connection:
        connection.execute(run.update().where(run.c.run_id == run_id).values(undone_by=by_run))


def log_changes(engine: Engine, rows: Iterable[Mapping[str, str]]) -> None:
    """Append to the change log."""
    rows = list(rows)
    if rows:
        with engine.begin() as connection:
            connection.execute(changelog.insert(), rows)


def last_run(engine: Engine, commands: tuple[str, ...]) -> dict[str, str] | None:
    """When the newest of such runs started, and how it ended."""
    with engine.connect() as connection:
        query = sa.select(run).where(run.c.command.in_(commands)).order_by(run.c.started.desc()).limit(1)
        row = connection.execute(query).mappings().first()
    return None if row is None else {"run": row["run_id"], "started": row["started"], "result": row["result"]}
