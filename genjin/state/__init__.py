"""The tool's own memory: runs and their undo, the sync's base and journal, the reminders' ledger.

One SQLAlchemy engine, migrated by alembic when it is opened. SQLite beside the workspace, or any
database by URL.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

HEAD = "0001"
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_state(data: Path, url: str = "") -> Engine:
    """The engine of the state database, at its newest schema. Raises Failed `state.*` is left to SQLAlchemy's own errors."""
    if not url:
        data.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{data / 'state.db'}"
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_pragmas)
    if _revision(engine) != HEAD:
        _migrate(engine)
    return engine


def _sqlite_pragmas(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
