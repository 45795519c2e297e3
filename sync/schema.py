"""The tables of the sync in the state database; no pandas here, so that opening the state stays quick."""

import sqlalchemy as sa

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
