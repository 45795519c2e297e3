"""Who is told what: the items of the rules as one digest a person and day (MODEL 5). Pure; no clock."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

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
    object_id: str = ""
    owner: str = ""  # whose it is, where that is not the reader


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
    (the check names such rows). `tables` bounds the scope: only customers that live there are told about, and what
    was said last only to those who may see the customer (MODEL 9): 负责人, 协作人, and who leads the 负责人.
    """
    out: list[Digest] = []
    if items.empty:
        return out
    known = items[items["customer_id"].isin(tables["customers"].index) | (items["customer_id"] == "")]
    ranked = known.assign(
        place=known["kind"].map({kind: n for n, kind in enumerate(KINDS)}).fillna(len(KINDS)),
        weight=known["priority"].map({"高": 0, "中": 1}).fillna(2),
        owner=_owners(known, tables),
        customer_owner=_looked_up(known["customer_id"], tables["customers"]["owner"]),
        helpers=_looked_up(known["customer_id"], tables["customers"]["collaborators"]),
    )
    order = ["place", "due", "weight", "customer_name", "text"]
    ranked = ranked.sort_values(order, kind="stable", na_position="last")
    groups = {str(person): part for person, part in ranked.groupby("person", sort=False)}
    for person in team.people.by_name.values():
        part = groups.get(person.name)
        if part is None or not person.active or (person.left_on is not None and person.left_on < now.date()):
            continue
        address = unicodedata.normalize("NFKC", person.email).strip()
        out.append(Digest(person.name, address or None, now.date(), tuple(_items(part, person.name, team))))
    return out


def together(parts: Iterable[Digest]) -> list[Digest]:
    """Digests of several workbooks as one a person and day, so that the first sent does not stand for the others."""
    out: dict[str, Digest] = {}
    for digest in parts:
        first = out.get(digest.key)
        if first is not None:
            items = sorted(dict.fromkeys((*first.items, *digest.items)), key=lambda item: KINDS.index(item.kind))
            digest = replace(first, to=first.to or digest.to, items=tuple(items))
        out[digest.key] = digest
    return list(out.values())


def _owners(items: pd.DataFrame, tables: Tables) -> pd.Series:
    """Whose each item is: the 负责人 of the task, else of the customer."""
    task = _looked_up(items["object_id"], tables["tasks"]["owner"])
    return task.where(task != "", _looked_up(items["customer_id"], tables["customers"]["owner"]))


def _looked_up(ids: pd.Series, column: pd.Series) -> pd.Series:
    return ids.map(column[~column.index.duplicated()]).astype(object).fillna("")


def _may_see(reader: str, row: dict[Hashable, Any], team: Team) -> bool:
    """Whether a reader is 负责人 or 协作人 of the customer, or leads the 负责人; what nobody owns is not hidden."""
    owner = row["customer_owner"]
    if not owner or reader in (owner, *(part.rpartition(":")[2] for part in row["helpers"].split(";"))):
        return True
    above: list[str] = []
    while (owner := team.people.manager_of(owner)) and owner not in above:  # 上级 may run in a circle
        above.append(owner)
    return reader in above


def _items(part: pd.DataFrame, reader: str, team: Team) -> list[Item]:
    return [
        Item(
            rule=row["rule"],
            customer_id=row["customer_id"],
            customer_name=mask(row["customer_name"]),
            due=None if pd.isna(row["due"]) else row["due"].date(),
            text=mask(row["text"]),
            kind=row["kind"],
            last_summary=mask(row["last_summary"]) if _may_see(reader, row, team) else "",
            priority=row["priority"],
            object_id=row["object_id"],
            owner="" if row["owner"] == reader else row["owner"],
        )
        for row in part.to_dict("records")
    ]
