"""Open tasks as items of a digest: what R05 and R06 share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from followup.arrays import NONE, Bools, Ints, Objects, days, take
from followup.facts import Facts
from followup.rules.finding import items

EVER = -1_000_000  # days: before any date


def due_between(facts: Facts, first: int, last: int) -> Ints:
    """The rows of open tasks due from day `first` to day `last`, both included."""
    due = facts.task_due
    return np.flatnonzero(facts.task_open & (due != NONE) & (due >= first) & (due <= last))


def shown(facts: Facts, rows: Ints) -> Bools:
    """Which of them are reminded of: neither the task nor its customer is put off."""
    held = days(facts.tasks["snooze_until"])[rows] > facts.today
    return np.asarray(~held & ~take(facts.snoozed, facts.task_customer[rows], False))


def owners(facts: Facts, rows: Ints) -> Objects:
    """The task's 负责人, else the customer's."""
    owner = facts.tasks["owner"].to_numpy()[rows]
    return np.asarray(np.where(owner == "", take(facts.text("owner"), facts.task_customer[rows], ""), owner))


def task_items(facts: Facts, rule: str, rows: Ints, *, person: Any, kind: Any) -> pd.DataFrame:
    """One item a task."""
    tasks = facts.tasks.iloc[rows]
    content = tasks["content"].to_numpy()
    return items(
        facts,
        rule,
        facts.task_customer[rows],
        person=person,
        due=facts.task_due[rows],
        text=tasks["type"].to_numpy() + np.where(content == "", "", "：").astype(object) + content,
        kind=kind,
        priority=tasks["priority"].to_numpy(),
        object_id=tasks.index.to_numpy(),
        customer_ref=tasks["customer_ref"].to_numpy(),
    )
