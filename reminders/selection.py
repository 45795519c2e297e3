"""Who is told what: the items of the rules as one digest a person and day (MODEL 5). Pure; no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from followup.columns.workbench import mask
from followup.tables.frames import Tables
from followup.team import Team

KINDS = ("overdue", "today", "soon", "silent", "fill", "escalation")
"""The groups of a digest, in the order people read them."""


@dataclass(frozen=True)
class Item:
    """One line of a digest: what, for which customer, until when; contact data masked."""

    rule: str
    customer_id: str
    customer_name: str
    due: date | None
    text: str
    kind: str
    last_summary: str = ""
    priority: str = ""


@dataclass(frozen=True)
class Digest:
    """Everything that is due for one person: a full snapshot, sent once a day and channel (MODEL 5)."""

    person: str
    to: str | None  # None: 邮箱 is blank in 人员
    day: date
    items: tuple[Item, ...]
    channel: str = "mail"

    @property
    def key(self) -> str:
        """What makes it one: digest|person|channel|date."""
        return f"digest|{self.person}|{self.channel}|{self.day.isoformat()}"


def digests(items: pd.DataFrame, tables: Tables, team: Team, now: datetime) -> list[Digest]:
    """One digest for each active person in 人员 who has something to hear, in the order of 人员.

    `items` are those of `followup.rules`; what is for somebody who is not in 人员, or has left, is in nobody's digest
    (the check names such rows). `tables` bounds the scope: only customers that live there are told about.
    """
    out: list[Digest] = []
    if items.empty:
        return out
    known = items[items["customer_id"].isin(tables["customers"].index) | (items["customer_id"] == "")]
    ranked = known.assign(place=known["kind"].map({kind: n for n, kind in enumerate(KINDS)}).fillna(len(KINDS)))
    ranked = ranked.sort_values(["place", "due", "customer_name", "text"], kind="stable", na_position="last")
    groups = {str(person): part for person, part in ranked.groupby("person", sort=False)}
    for person in team.people.by_name.values():
        part = groups.get(person.name)
        if part is None or not person.active or (person.left_on is not None and person.left_on < now.date()):
            continue
        out.append(Digest(person.name, person.email.strip() or None, now.date(), tuple(_items(part))))
    return out


def _items(part: pd.DataFrame) -> list[Item]:
    return [
        Item(
            rule=row["rule"],
            customer_id=row["customer_id"],
            customer_name=mask(row["customer_name"]),
            due=None if pd.isna(row["due"]) else row["due"].date(),
            text=mask(row["text"]),
            kind=row["kind"],
            last_summary=mask(row["last_summary"]),
            priority=row["priority"],
        )
        for row in part.to_dict("records")
    ]
