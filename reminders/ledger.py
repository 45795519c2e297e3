"""The ledger of messages: claimed before it is sent, recorded after, so that nothing goes out twice (PLATFORM 3).

pending → sending → sent | failed | unknown. A claim whose process died is `unknown`: the message may
have gone out, so it is never sent again, and listed for a person.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

metadata = sa.MetaData()

message = sa.Table(
    "reminder_message",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("key", sa.String(255), nullable=False),
    sa.Column("recipient", sa.String(255), nullable=False),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("claimed_by", sa.String(128), nullable=False, default=""),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("planned_at", sa.String(19), nullable=False),  # real UTC
    sa.Column("changed_at", sa.String(19), nullable=False),
    sa.Column("sent_at", sa.String(19), nullable=False, default=""),
    sa.Column("error", sa.Text, nullable=False, default=""),
    sa.Column("summary", sa.Text, nullable=False, default=""),
)

OPEN = ("pending", "failed_later")
CLAIM_LASTS = timedelta(minutes=15)
_TIME = "%Y-%m-%d %H:%M:%S"
Clock = Callable[[], datetime]


def here() -> str:
    """Who claims: this machine and process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def claim(engine: Engine, identity: str, *, key: str, recipient: str, channel: str, summary: str, clock: Clock) -> str:
    """Take a message for sending; "" when this process has it now, else the state it is in.

    One statement decides, so that of two processes one has it: an INSERT of the primary key, or an
    UPDATE that only a message waiting to be sent again matches.
    """
    at = clock().strftime(_TIME)
    with engine.begin() as connection:
        state = connection.execute(sa.select(message.c.state).where(message.c.id == identity)).scalar()
    if state is None:
        try:
            with engine.begin() as connection:
                connection.execute(
                    message.insert().values(
                        id=identity, key=key, recipient=recipient, channel=channel, state="sending", claimed_by=here(),
                        attempts=1, planned_at=at, changed_at=at, summary=summary,
                    )
                )  # fmt: skip
        except IntegrityError:
            return "sending"
        return ""
    if state not in OPEN:
        return str(state)
    with engine.begin() as connection:
        taken = connection.execute(
            message.update()
            .where(message.c.id == identity, message.c.state.in_(OPEN))
            .values(state="sending", claimed_by=here(), attempts=message.c.attempts + 1, changed_at=at, error="")
        ).rowcount
    return "" if taken else "sending"


def waits(engine: Engine, identity: str) -> bool:
    """Whether a message is still to be sent: not in the ledger yet, or to be tried again."""
    with engine.connect() as connection:
        state = connection.execute(sa.select(message.c.state).where(message.c.id == identity)).scalar()
    return state is None or state in OPEN


def error_of(engine: Engine, identity: str) -> str:
    """What went wrong with a message the last time; blank where nothing did."""
    with engine.connect() as connection:
        return connection.execute(sa.select(message.c.error).where(message.c.id == identity)).scalar() or ""


def settle(engine: Engine, identity: str, state: str, error: str, clock: Clock) -> None:
    """Record what became of a message: sent, failed, unknown, or pending again (a server said later)."""
    at = clock().strftime(_TIME)
    with engine.begin() as connection:
        connection.execute(
            message.update()
            .where(message.c.id == identity)
            .values(state=state, changed_at=at, sent_at=at if state == "sent" else "", error=error)
        )


def bury(engine: Engine, clock: Clock, error: str) -> int:
    """Claims of processes that died become `unknown`; how many."""
    limit = (clock() - CLAIM_LASTS).strftime(_TIME)
    with engine.begin() as connection:
        rows = connection.execute(
            sa.select(message.c.id, message.c.claimed_by, message.c.changed_at).where(message.c.state == "sending")
        ).all()
        dead = [row.id for row in rows if row.changed_at < limit or _died(row.claimed_by)]
        for identity in dead:
            connection.execute(
                message.update()
                .where(message.c.id == identity, message.c.state == "sending")
                .values(state="unknown", changed_at=clock().strftime(_TIME), error=error)
            )
    return len(dead)


def _died(claimed_by: str) -> bool:
    """Whether the claiming process was of this machine and lives no longer."""
    host, _, number = claimed_by.rpartition(":")
    if host != socket.gethostname() or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return False
    if os.name == "nt":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def newest(engine: Engine, count: int) -> list[sa.RowMapping]:
    """The newest messages, oldest first."""
    with engine.connect() as connection:
        query = sa.select(message).order_by(message.c.planned_at.desc(), message.c.id).limit(count)
        return list(reversed(connection.execute(query).mappings().all()))
