"""The tables of runs, their undo and the change log."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

run = sa.Table(
    "run",
    metadata,
    sa.Column("run_id", sa.String(32), primary_key=True),
    sa.Column("command", sa.String(32), nullable=False),
    sa.Column("host", sa.String(64), nullable=False),
    sa.Column("person", sa.String(64), nullable=False, default=""),
    sa.Column("now", sa.String(19), nullable=False),  # business time
    sa.Column("started", sa.String(19), nullable=False),  # real UTC
    sa.Column("ended", sa.String(19), nullable=False, default=""),
    sa.Column("result", sa.String(16), nullable=False, default=""),  # 成功, 部分, 失败
    sa.Column("counts", sa.Text, nullable=False, default=""),
    sa.Column("backup", sa.Text, nullable=False, default=""),
    sa.Column("undone_by", sa.String(32), nullable=False, default=""),
)

undo = sa.Table(
    "undo",
    metadata,
    sa.Column("run_id", sa.String(32), nullable=False, index=True),
    sa.Column("workbook", sa.Text, nullable=False),
    sa.Column("written", sa.Boolean, nullable=False),  # False: intended, the file was perhaps not replaced
    sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("run_id", "workbook"),
)

changelog = sa.Table(
    "changelog",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(19), nullable=False),
    sa.Column("by", sa.String(64), nullable=False, default=""),
    sa.Column("host", sa.String(16), nullable=False),
    sa.Column("table", sa.String(32), nullable=False),
    sa.Column("record_id", sa.String(64), nullable=False),
    sa.Column("column", sa.String(64), nullable=False),
    sa.Column("old", sa.Text, nullable=False, default=""),
    sa.Column("new", sa.Text, nullable=False, default=""),
    sa.Column("run_id", sa.String(32), nullable=False),
)
