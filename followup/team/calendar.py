"""节假日: the working days of a team (MODEL 3.16). A year nobody knows is Mon-Fri with a warning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar
import pandas as pd


@dataclass(frozen=True)
class Calendar:
    """The team's own days off and make-up working days, over the national calendar."""

    off: Mapping[date, str] = field(default_factory=dict)  # 放假
    on: Mapping[date, str] = field(default_factory=dict)  # 调休上班

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Calendar:
        """From the typed table `holidays`."""
        off: dict[date, str] = {}
        on: dict[date, str] = {}
        for row in frame.to_dict("records"):
            if not pd.isna(row["date"]):
                (on if row["type"] == "调休上班" else off)[row["date"].date()] = str(row["name"])
        return cls(off, on)

    def known(self, year: int) -> bool:
        """Whether holidays of `year` are known, from the team's rows or the national calendar."""
        if any(day.year == year for day in (*self.off, *self.on)):
            return True
        try:
            chinese_calendar.is_workday(date(year, 1, 4))
        except NotImplementedError:
            return False
        return True

    def is_workday(self, day: date) -> bool:
        """Whether people work on `day`."""
        if day in self.on:
            return True
        if day in self.off:
            return False
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5

    def shift(self, day: date, direction: str) -> date:
        """`day` moved off a holiday: 顺延 forwards, 提前 backwards, 不调整 not at all."""
        step = {"顺延": 1, "提前": -1}.get(direction, 0)
        while step and not self.is_workday(day):
            day += timedelta(days=step)
        return day
