"""人员: who is in the team, their aliases, mailboxes and leaders (MODEL 3.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Person:
    """One member of the team; `left_on` is the last working day, inclusive."""

    name: str
    aliases: tuple[str, ...] = ()
    email: str = ""
    role: str = ""
    manager: str = ""
    team: str = ""
    active: bool = True
    hired_on: date | None = None
    left_on: date | None = None
    successor: str = ""
    channels: tuple[str, ...] = ()


def _split(text: object) -> tuple[str, ...]:
    parts = str(text).replace("；", ";").replace("、", ";").replace("，", ";").replace(",", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())


def _day(value: pd.Timestamp) -> date | None:
    return None if pd.isna(value) else value.date()


@dataclass(frozen=True)
class People:
    """The team by name. Aliases that two people share resolve to nobody: ambiguity is asked, not guessed."""

    by_name: Mapping[str, Person] = field(default_factory=dict)
    names_by_alias: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # casefolded, spaces out

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> People:
        """From the typed table `people`."""
        people: dict[str, Person] = {}
        by_alias: dict[str, tuple[str, ...]] = {}
        for row in frame.to_dict("records"):
            name = str(row["name"]).strip()
            if not name:
                continue
            people[name] = Person(
                name=name,
                aliases=_split(row["aliases"]),
                email=row["email"],
                role=row["role"],
                manager=row["manager"],
                team=row["team"],
                active=row["active"] != "否",
                hired_on=_day(row["hired_on"]),
                left_on=_day(row["left_on"]),
                successor=row["successor"],
                channels=_split(row["channels"]),
            )
            for alias in {cls.fold(text) for text in (name, *people[name].aliases)}:
                by_alias[alias] = tuple(dict.fromkeys((*by_alias.get(alias, ()), name)))
        return cls(people, by_alias)

    @staticmethod
    def fold(text: str) -> str:
        """How names are compared: without spaces, case ignored."""
        return "".join(text.split()).casefold()

    def resolve(self, text: str) -> tuple[str, ...]:
        """The names that `text` may stand for: one when known, several when ambiguous, none when unknown."""
        return self.names_by_alias.get(self.fold(text), ())

    def manager_of(self, name: str) -> str:
        """The 上级 of a person, blank where unknown."""
        person = self.by_name.get(name)
        return person.manager if person else ""

    def working_on(self, day: date) -> list[Person]:
        """Who is employed on `day`."""
        return [
            p
            for p in self.by_name.values()
            if (p.hired_on is None or p.hired_on <= day)
            and (p.left_on is None or day <= p.left_on)
            and (p.active or p.left_on)
        ]
