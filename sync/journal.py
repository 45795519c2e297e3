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


_ORDER = [State.PREPARED, State.HUB_DONE, State.COMMITTED, State.DONE]


def prepare(connection: Connection, plan_id: str, spoke: str, payload: bytes) -> None:
    """Record a plan before its first write, in the transaction that makes its losers durable.

    `plan_id` must be this run's own (`f"{plan.plan_id}-{run_id}"`): the same change may happen again another day,
    and the token that the stores keep must not be that day's.
    """
    connection.execute(
        journal.insert().values(plan_id=plan_id, spoke=spoke, state=State.PREPARED.value, payload=payload)
    )


def pending(engine: Engine, spoke: str) -> Entry | None:
    """The oldest plan of a workbook that is neither done nor dropped."""
    ended = [State.DONE.value, State.DROPPED.value]
    found = (
        sa.select(journal)
        .where(journal.c.spoke == spoke, journal.c.state.not_in(ended))
        .order_by(journal.c.seq)
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(found).mappings().first()
    return Entry(row["plan_id"], row["spoke"], State(row["state"]), row["payload"]) if row else None


def advance(connection: Connection, plan_id: str, state: State) -> None:
    """A plan came further; its payload goes when it is done or dropped. A step back is a ValueError."""
    was = connection.execute(sa.select(journal.c.state).where(journal.c.plan_id == plan_id)).scalar()
    if was is None:
        raise ValueError(f"no plan {plan_id}")
    if not _follows(State(was), state):
        raise ValueError(f"plan {plan_id} is {was} and cannot become {state}")
    values: dict[str, object] = {"state": state.value}
    if state in (State.DONE, State.DROPPED):
        values["payload"] = b""
    connection.execute(journal.update().where(journal.c.plan_id == plan_id).values(**values))


def _follows(was: State, state: State) -> bool:
    if state is State.DROPPED:
        return was in (State.PREPARED, State.DROPPED)
    return was is not State.DROPPED and _ORDER.index(state) >= _ORDER.index(was)


def recover(state: State, token_present: bool) -> Action:
    """What the next run does with a plan found in `state`, the hub having been fenced and asked for its token."""
    if state in (State.DONE, State.DROPPED):
        return Action.NOTHING
    if state is State.COMMITTED:
        return Action.PLAN_AGAIN
    if state is State.HUB_DONE or token_present:
        return Action.ROLL_FORWARD
    return Action.DROP
