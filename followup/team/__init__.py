"""What a team configures in its own workbook: 设置, 规则, 数据字典, 人员, 节假日 (MODEL 3.11-3.16).

Everything is read from the workbook's sheets; where a sheet or a row is missing the default stands.
`Team.from_tables` is the one way in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from followup.tables.frames import Tables
from followup.team.calendar import Calendar
from followup.team.dictionary import Dictionary
from followup.team.people import People
from followup.team.rules import RuleBook
from followup.team.settings import Settings


@dataclass(frozen=True)
class Team:
    """The configuration a run works with."""

    settings: Settings
    dictionary: Dictionary
    people: People
    calendar: Calendar
    rules: RuleBook

    @classmethod
    def from_tables(cls, tables: Tables | Mapping[str, pd.DataFrame]) -> Team:
        """The configuration in the typed tables `settings`, `rules`, `dictionary`, `people`, `holidays`."""
        return cls(
            settings=Settings.from_frame(tables["settings"]),
            dictionary=Dictionary.from_frame(tables["dictionary"]),
            people=People.from_frame(tables["people"]),
            calendar=Calendar.from_frame(tables["holidays"]),
            rules=RuleBook.from_frame(tables["rules"]),
        )

    @classmethod
    def default(cls) -> Team:
        """The configuration of a workbook that has none of the sheets."""
        return cls.from_tables(Tables())


__all__ = ["Calendar", "Dictionary", "People", "RuleBook", "Settings", "Team"]
