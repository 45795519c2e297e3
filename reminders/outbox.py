"""Claim, send, record: each digest at most once, whatever dies in between (SYNC, "Promise")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy.engine import Engine

from followup.errors import Trouble
from followup.tables import TABLES
from followup.tables.frames import complete, from_cells
from followup.wording import say
from reminders import ledger
from reminders.message import compose, ledger_id
from reminders.selection import KINDS, Digest, Item
from reminders.smtp import Channel, Sent
from sheets_templates.pages import TITLES, DigestView, Group, Line, Rendered, render_digest

LINES_SHOWN = 40  # a group longer than that is told by its number
_CUSTOMER_WAITS = ("R04", "R06", "R02")
_STATES = {Sent.SENT: "sent", Sent.FAILED: "failed", Sent.LATER: "pending", Sent.UNKNOWN: "unknown"}
_RESULTS = {"pending": "待发", "sending": "待发", "sent": "已发", "failed": "失败", "unknown": "失败"}


@dataclass(frozen=True)
class Outcome:
    """What became of a digest: sent, already, failed, unknown, no_address or dry_run."""

    digest: Digest
    status: str
    error: str = ""
    rendered: Rendered | None = None


def deliver(
    digests: Iterable[Digest],
    *,
    engine: Engine,
    channel: Channel,
    lang: str,
    clock: Callable[[], datetime],
    dry_run: bool = False,
) -> list[Outcome]:
    """Send each digest once; `clock` is real UTC. With `dry_run` nothing is sent and nothing recorded.

    Raises Failed `mail.*` when the server takes nothing at all: what was sent before stays recorded,
    the rest goes out with the next run.
    """
    out: list[Outcome] = []
    if not dry_run:
        ledger.bury(engine, clock, say("mail.uncertain"))
    try:
        for digest in digests:
            rendered = render_digest(view_of(digest, lang), lang)
            if digest.to is None:
                out.append(Outcome(digest, "no_address", rendered=rendered))
            elif dry_run:
                out.append(Outcome(digest, "dry_run", rendered=rendered))
            else:
                out.append(_deliver(digest, rendered, engine, channel, clock))
    finally:
        channel.close()
    return out


def _deliver(
    digest: Digest, rendered: Rendered, engine: Engine, channel: Channel, clock: Callable[[], datetime]
) -> Outcome:
    assert digest.to is not None
    identity = ledger_id(digest.key, digest.to)
    try:
        mail = compose(
            rendered, identity=identity, person=digest.person, to=digest.to, sender=channel.sender, at=clock()
        )
    except ValueError:
        return Outcome(digest, "failed", say("mail.address"), rendered)
    if ledger.waits(engine, identity):  # an hour with nothing new needs no mail server
        channel.open()
    state = ledger.claim(
        engine,
        identity,
        key=digest.key,
        recipient=digest.person,
        channel=digest.channel,
        summary=_summary(digest),
        clock=clock,
    )
    if state:
        status = {"sent": "already", "sending": "already", "failed": "failed", "unknown": "unknown"}.get(state, state)
        return Outcome(digest, status, ledger.error_of(engine, identity), rendered)
    try:
        delivery = channel.send(mail)
    except Trouble:
        # Nothing was handed over: the server could not be reached, or refused to talk to us.
        ledger.settle(engine, identity, "pending", "", clock)
        raise
    except Exception:  # a defect: whether it went out is not known
        ledger.settle(engine, identity, "unknown", say("mail.uncertain"), clock)
        raise
    state = _STATES[delivery.sent]
    ledger.settle(engine, identity, state, delivery.error, clock)
    return Outcome(digest, "failed" if state == "pending" else state, delivery.error, rendered)


def view_of(digest: Digest, lang: str) -> DigestView:
    """What the page shows of a digest, grouped overdue → today → soon → silent → to fill in → escalations."""
    titles = TITLES["en" if lang == "en" else "zh"]
    groups = []
    told = _once_a_customer(digest.items)
    for kind in KINDS:
        items = [item for item in told if item.kind == kind]
        lines = [
            Line(i.customer_name or "—", i.text, i.due, i.last_summary, i.priority, i.owner)
            for i in items[:LINES_SHOWN]
        ]
        if items:
            groups.append(Group(kind, titles[kind], lines, len(items) - len(lines)))
    return DigestView(digest.person, digest.day, groups)


def _once_a_customer(items: Sequence[Item]) -> list[Item]:
    """One line where several rules say of one customer that it waits: silent, else due, else not updated.

    Tasks are things to do of their own and stay.
    """
    best: dict[str, int] = {}
    for item in items:
        if item.rule in _CUSTOMER_WAITS and item.object_id == item.customer_id != "":
            rank = _CUSTOMER_WAITS.index(item.rule)
            best[item.customer_id] = min(rank, best.get(item.customer_id, rank))
    return [
        item
        for item in items
        if item.rule not in _CUSTOMER_WAITS
        or item.object_id != item.customer_id
        or item.customer_id == ""
        or _CUSTOMER_WAITS.index(item.rule) == best[item.customer_id]
    ]


def _summary(digest: Digest) -> str:
    """What 提醒日志 says of a digest: numbers, no customer's name."""
    counts = Counter(item.kind for item in _once_a_customer(digest.items))
    return "，".join(f"{TITLES['zh'][kind]} {counts[kind]}" for kind in KINDS if counts[kind])


def reminder_rows(engine: Engine, newest: int = 2000, zone: str = "Asia/Shanghai") -> pd.DataFrame:
    """The typed rows of 提醒日志: the newest messages of the ledger, oldest first, index = 发送编号.

    Times are civil time in `zone`, as everywhere in the workbook; the ledger keeps UTC.
    """
    rows = [
        {
            "send_id": row["id"][:12],
            "dedupe_key": row["key"],
            "to": row["recipient"],
            "channel": "邮件",
            "planned_at": _civil(row["planned_at"], zone),
            "sent_at": _civil(row["sent_at"], zone),
            "result": _RESULTS[row["state"]],
            "error": row["error"] or None,
            "digest": row["summary"] or None,
        }
        for row in ledger.newest(engine, newest)
    ]
    table = TABLES["reminder_log"]
    index = pd.Index([row["send_id"] for row in rows], dtype=object)
    columns = {
        c.key: from_cells(pd.Series([row.get(c.key) for row in rows], index=index, dtype=object), c)
        for c in table.columns
    }
    return complete(pd.DataFrame(columns, index=index), table)


def _civil(utc: str, zone: str) -> datetime | None:
    if not utc:
        return None
    return datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
