"""What is known of every customer at `now`: the quantities that both rules and computed columns need (MODEL 1, 4).

Arrays have one entry a customer, in the order of the customers table, unless the name says follow-up or task.
Everything is computed when first asked for, once.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

import numpy as np
import pandas as pd

from followup.arrays import (
    DAY,
    HOUR,
    NONE,
    Bools,
    Ints,
    Objects,
    counts,
    day_number,
    days,
    first_known,
    floor_days,
    largest,
    last_row,
    lat,
    least,
    positions,
    second_number,
    seconds,
    smallest,
    take,
)
from followup.tables.frames import Tables
from followup.team import Team

LOST, WON, POTENTIAL, INTENDING, SILENT = "流失客户", "成交客户", "潜在客户", "意向客户", "沉默客户"
NOT_REACHED = ("未接通", "无回复", "自动发送")  # MODEL 1.8
OPEN = ("未开始", "进行中")


class Facts:
    """Customers, follow-ups and tasks at `now`. With `before`, tasks that a run makes at `now` do not count (MODEL 1.12)."""

    def __init__(self, tables: Tables, team: Team, now: datetime, *, before: bool = False) -> None:
        self.tables, self.team, self.now, self.before = tables, team, now, before
        self.today = day_number(now.date())
        self.second = second_number(now)
        self.customers = tables["customers"]
        self.followups = tables["followups"]
        self.tasks = tables["tasks"]
        self.size = len(self.customers)

    def text(self, column: str) -> Objects:
        """A text column of the customers."""
        return self.customers[column].to_numpy()

    # Customers as typed.

    @cached_property
    def status(self) -> Objects:
        """客户状态."""
        return self.text("status")

    @cached_property
    def lost(self) -> Bools:
        """客户状态 is 流失客户."""
        return np.asarray(self.status == LOST)

    @cached_property
    def prospect(self) -> Bools:
        """客户状态 is 潜在客户 or 意向客户."""
        return np.asarray((self.status == POTENTIAL) | (self.status == INTENDING))

    @cached_property
    def snoozed_until(self) -> Ints:
        """暂缓至, in days."""
        return days(self.customers["snooze_until"])

    @cached_property
    def snoozed(self) -> Bools:
        """暂缓至 is after today."""
        return self.snoozed_until > self.today

    @cached_property
    def acquired(self) -> Ints:
        """acq(c), in seconds (MODEL 1.11)."""
        return first_known(seconds(self.customers["acquired_at"]), seconds(self.customers["first_contact_date"]))

    @cached_property
    def assigned(self) -> Ints:
        """assign(c), in seconds (MODEL 1.11)."""
        return first_known(seconds(self.customers["assigned_at"]), self.acquired, seconds(self.customers["created_at"]))

    # Follow-ups.

    @cached_property
    def followup_day(self) -> Ints:
        """跟进日期 of each follow-up."""
        return days(self.followups["followup_date"])

    @cached_property
    def followup_customer(self) -> Ints:
        """Where the customer of each follow-up stands, -1 if unresolved."""
        return positions(self.customers.index, self.followups["customer_id"])

    @cached_property
    def attempt(self) -> Bools:
        """Which follow-ups are attempts: resolved, dated, not in the future (MODEL 1.8)."""
        dated = (self.followup_day != NONE) & (self.followup_day <= self.today)
        return np.asarray(dated & (self.followup_customer >= 0))

    @cached_property
    def valid(self) -> Bools:
        """Which follow-ups are valid: attempts that reached the customer (MODEL 1.8)."""
        return self.attempt & ~self.followups["outcome"].isin(NOT_REACHED).to_numpy()

    @cached_property
    def attempts(self) -> Ints:
        """#A(c)."""
        return counts(self.followup_customer, self.attempt, self.size)

    @cached_property
    def last_followup(self) -> Ints:
        """The date of the last valid follow-up."""
        return largest(np.where(self.valid, self.followup_customer, -1), self.followup_day, self.size)

    def touches(self, first: int, wanted: Bools) -> Ints:
        """How many wanted follow-ups each customer has since day `first`."""
        return counts(self.followup_customer, wanted & (self.followup_day >= first), self.size)

    @cached_property
    def last_valid_row(self) -> Ints:
        """The row of the last valid follow-up, -1 if there is none: by date, then 录入时间, then 跟进编号."""
        last = take(self.last_followup, self.followup_customer, NONE)
        rows = np.flatnonzero(self.valid & (self.followup_day == last))
        chosen = self.followups.iloc[rows]
        last = last_row(self.followup_customer[rows], seconds(chosen["created_at"]), chosen.index, self.size)
        return np.asarray(take(rows, last, -1))

    def last_summaries(self, rows: Ints) -> Objects:
        """Date and summary of the last valid follow-up of the customers at `rows` (-1: none), blank where none."""
        contact = take(self.last_valid_row, rows, -1)
        day = np.datetime_as_string(take(self.followup_day, contact, 0).astype("datetime64[D]")).astype(object)
        summary = take(self.followups["summary"].to_numpy(), contact, "")
        out = day + np.where(summary == "", "", " ").astype(object) + summary
        out[contact < 0] = ""
        return np.asarray(out)

    # Touch, silence, cadence.

    @cached_property
    def last_touch(self) -> Ints:
        """K3, in days."""
        first = days(self.customers["first_contact_date"])
        seen = np.where(first <= self.today, first, NONE)
        created = days(self.customers["created_at"])
        return first_known(np.maximum(self.last_followup, seen), np.where(created <= self.today, created, NONE))

    @cached_property
    def days_silent(self) -> Ints:
        """K4, NONE where K3 is blank."""
        return np.where(self.last_touch == NONE, NONE, self.today - np.maximum(self.last_touch, 0))

    @cached_property
    def silent(self) -> Bools:
        """K5."""
        settings = self.team.settings
        judged = self.customers["status"].isin(settings.list("沉默适用状态")).to_numpy()
        return np.asarray(judged & (self.days_silent > settings.int("沉默天数")))

    @cached_property
    def cadence(self) -> Ints:
        """K7: days between two contacts by 客户等级, NONE where there is none."""
        out = np.full(self.size, NONE, dtype=np.int64)
        grade = self.text("grade")
        for name, interval in self.team.settings.pairs("等级节奏").items():
            if interval.isdigit():
                out[grade == name] = int(interval)
        return out

    @cached_property
    def cadence_due(self) -> Ints:
        """K8, in days."""
        settings = self.team.settings
        last = self.last_followup
        won = first_known(last, self.last_touch)
        won = np.where(won == NONE, NONE, won + settings.int("成交回访间隔"))
        contacted = np.where(self.cadence == NONE, NONE, last + np.maximum(self.cadence, 0))
        start = lat(self.assigned)
        first = floor_days(np.where(start == NONE, NONE, start + settings.int("首次联系时限") * HOUR))
        other = np.where(last != NONE, contacted, first)
        return np.where(self.lost, NONE, np.where(self.status == WON, won, other))

    @cached_property
    def next_due(self) -> Ints:
        """K10, in days."""
        due = least(self.cadence_due, self.action_due)
        held = ~self.lost & self.snoozed
        due = np.where(held, np.maximum(due, self.snoozed_until), due)
        direction = self.team.settings.text("到期遇节假日")
        if direction not in ("顺延", "提前"):
            return due
        distinct, place = np.unique(due, return_inverse=True)
        shift = self.team.calendar.shift
        moved = [
            d if d == NONE else day_number(shift(pd.Timestamp(int(d) * DAY, unit="s").date(), direction))
            for d in distinct
        ]
        return np.asarray(moved, dtype=np.int64)[place]

    # Tasks.

    @cached_property
    def task_counts(self) -> Bools:
        """Which tasks are looked at. One that a person typed was there before the run, though it is stamped only now."""
        if not self.before:
            return np.ones(len(self.tasks), dtype=np.bool_)
        typed = (self.tasks["dedupe_key"] == "").to_numpy() & (self.tasks["rule_id"] == "").to_numpy()
        return np.asarray(typed | (seconds(self.tasks["created_at"]) < self.second))  # blank is before everything

    @cached_property
    def task_open(self) -> Bools:
        """Which tasks are open: 未开始 or 进行中."""
        return self.task_counts & self.tasks["status"].isin(OPEN).to_numpy()

    @cached_property
    def task_due(self) -> Ints:
        """截止日期 of each task."""
        return days(self.tasks["due_date"])

    @cached_property
    def task_customer(self) -> Ints:
        """Where the customer of each task stands, -1 if unresolved."""
        return positions(self.customers.index, self.tasks["customer_id"])

    @cached_property
    def open_tasks(self) -> Ints:
        """How many open tasks each customer has."""
        return counts(self.task_customer, self.task_open, self.size)

    @cached_property
    def action_due(self) -> Ints:
        """K9, in days."""
        return smallest(np.where(self.task_open, self.task_customer, -1), self.task_due, self.size)

    # Deals.

    @cached_property
    def deal_customer(self) -> Ints:
        """Where the customer of each deal stands, -1 if unresolved."""
        return positions(self.customers.index, self.tables["deals"]["customer_id"])
