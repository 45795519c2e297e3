"""Which plan is under way and how far it came, so that a killed run is finished or dropped, never half done (SYNC E)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

metadata = sa.MetaData()

journal = sa.Table(
    "sync_journal",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("plan_id", sa.String(96), nullable=False, unique=True),
    sa.Column("spoke", sa.String(64), nullable=False, index=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)


class State(StrEnum):
    """How far a plan came."""

    PREPARED = "prepared"  # losers are durable; the hub is about to be called
    HUB_DONE = "hub_done"  # the hub took the batch; the base does not know it yet
    COMMITTED = "committed"  # commit A: the base of the old stamp counts what the hub took
    DONE = "done"  # the file is replaced
    DROPPED = "dropped"  # the hub never took it


class Action(StrEnum):
    """What the next run does with a plan it finds."""

    DROP = "drop"  # ids stay issued; plan again
    ROLL_FORWARD = "roll_forward"  # commit A from the journal, then an ordinary run
    PLAN_AGAIN = "plan_again"  # nothing to repair: an ordinary run carries the rest into the file
    NOTHING = "nothing"


@dataclass(frozen=True)
class Entry:
    """A plan that was not finished."""

    plan_id: str
    spoke: str
    state: State
    payload: bytes


def prepare(connection: Connection, plan_id: str, spoke: str, payload: bytes) -> None:
    """Record a plan before its first write, in the transaction that makes its losers durable.

    `plan_id` must be this run's own (`f"{plan.plan_id}-{run_id}"`): the same change may happen again another day,
    and the token that the stores keep must not be that day's.
    """
    raise NotImplementedError


def pending(engine: Engine, spoke: str) -> Entry | None:
    """The plan of a workbook that is neither done nor dropped, the oldest first."""
    raise NotImplementedError


def advance(connection: Connection, plan_id: str, state: State) -> None:
    """A plan came further; its payload goes when it is done or dropped. A step back is a ValueError."""
    raise NotImplementedError


def recover(state: State, token_present: bool) -> Action:
    """What the next run does with a plan found in `state`, the hub having been fenced and asked for its token."""
    raise NotImplementedError
