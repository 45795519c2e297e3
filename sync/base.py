"""What each workbook showed when the hub last took account of it, by stamp; ids issued; values overwritten (SYNC 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

metadata = sa.MetaData()

blob = sa.Table(
    "sync_blob",
    metadata,
    sa.Column("sha", sa.String(64), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

base = sa.Table(
    "sync_base",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("spoke", sa.String(64), nullable=False),
    sa.Column("stamp", sa.String(64), nullable=False),
    sa.Column("table", sa.String(32), nullable=False),
    sa.Column("column", sa.String(64), nullable=False),  # "" holds the record ids
    sa.Column("blob_sha", sa.String(64), nullable=False),
    sa.UniqueConstraint("spoke", "stamp", "table", "column"),
)

issued = sa.Table(
    "sync_issued",
    metadata,
    sa.Column("table", sa.String(32), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
)

history = sa.Table(
    "sync_history",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(19), nullable=False),  # real UTC
    sa.Column("plan_id", sa.String(64), nullable=False),
    sa.Column("side", sa.String(8), nullable=False),  # local, hub
    sa.Column("table", sa.String(32), nullable=False),
    sa.Column("record_id", sa.String(64), nullable=False),
    sa.Column("column", sa.String(64), nullable=False),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
)

KEPT_STAMPS = 50


def save(
    target: Connection | Engine, spoke: str, stamp: str, frames: Mapping[str, pd.DataFrame], *, keep: int = KEPT_STAMPS
) -> None:
    """Store what a workbook shows under its new stamp; of older stamps the newest `keep` stay."""
    raise NotImplementedError


def load(engine: Engine, spoke: str, stamp: str) -> dict[str, pd.DataFrame] | None:
    """What the workbook of this stamp showed, None where the stamp is not known."""
    raise NotImplementedError


def latest(engine: Engine, spoke: str) -> str:
    """The newest stamp stored for a workbook, `""` if none."""
    raise NotImplementedError


def register(target: Connection | Engine, table: str, ids: Iterable[str]) -> None:
    """Remember ids as issued, those already known included; before they are used, never again removed."""
    raise NotImplementedError


def issued_ids(engine: Engine, table: str) -> set[str]:
    """Every id ever issued in a table."""
    raise NotImplementedError


def remember(connection: Connection, plan_id: str, overwritten: pd.DataFrame, at: datetime) -> None:
    """Append the values a plan overwrites (`Plan.overwritten`) to the history, before they are overwritten."""
    raise NotImplementedError
