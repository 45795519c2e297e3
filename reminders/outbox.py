"""Claim, send, record: each digest at most once, whatever dies in between (SYNC, "Promise")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy.engine import Engine

from followup.tables import TABLES
from followup.tables.frames import complete, from_cells
from followup.wording import say
from reminders import ledger
from reminders.message import compose, ledger_id
from reminders.selection import KINDS, Digest
from reminders.smtp import Channel, Sent
from sheets_templates.pages import TITLES, DigestView, Group, Line, Rendered, render_digest

LINES_SHOWN = 40  # a group longer than that is told by its number
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
    except Exception:
        # Nothing was handed over: the server could not be reached, or refused to talk to us.
        ledger.settle(engine, identity, "pending", "", clock)
        raise
    state = _STATES[delivery.sent]
    ledger.settle(engine, identity, state, delivery.error, clock)
    return Outcome(digest, "failed" if state == "pending" else state, delivery.error, rendered)


def view_of(digest: Digest, lang: str) -> DigestView:
    """What the page shows of a digest, grouped overdue → today → soon → silent → to fill in → escalations."""
    titles = TITLES["en" if lang == "en" else "zh"]
    groups = []
    for kind in KINDS:
        items = [item for item in digest.items if item.kind == kind]
        lines = [Line(i.customer_name or "—", i.text, i.due, i.last_summary, i.priority) for i in items[:LINES_SHOWN]]
        if items:
            groups.append(Group(kind, titles[kind], lines, len(items) - len(lines)))
    return DigestView(digest.person, digest.day, groups)


def _summary(digest: Digest) -> str:
    """What 提醒日志 says of a digest: numbers, no customer's name."""
    counts = Counter(item.kind for item in digest.items)
    return "，".join(f"{TITLES['zh'][kind]} {counts[kind]}" for kind in KINDS if counts[kind])


def reminder_rows(engine: Engine, newest: int = 2000) -> pd.DataFrame:
    """The typed rows of 提醒日志: the newest messages of the ledger, oldest first, index = 发送编号."""
    rows = [
        {
            "send_id": row["id"][:12],
            "dedupe_key": row["key"],
            "to": row["recipient"],
            "channel": "邮件",
            "planned_at": row["planned_at"],
            "sent_at": row["sent_at"] or None,
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
