"""R06 到期提醒: tasks and customers due today or within 提前天数 (MODEL 5, documents 000, 001)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.arrays import NONE, Bools, Ints
from followup.facts import Facts
from followup.rules.finding import Finding, ids_of, items, priority_of
from followup.rules.open_tasks import EVER, due_between, owners, shown, task_items

RULE = "R06"


def due(facts: Facts) -> Finding:
    """Open tasks and customers (K10) that are due: the owner's digest.

    A digest is a full snapshot of what is due, so customers whose K10 has passed stay in it; a customer with an
    open task due by then is listed by that task alone.
    """
    last = facts.today + facts.team.settings.int("提前天数")
    tasks = due_between(facts, facts.today, last)
    told = tasks[shown(facts, tasks)]
    waiting = (facts.next_due != NONE) & (facts.next_due <= last) & ~facts.lost
    listed = due_between(facts, EVER, last)
    by_task = np.bincount(facts.task_customer[listed[shown(facts, listed)]] + 1, minlength=facts.size + 1)[1:] > 0
    hit = np.flatnonzero(waiting & (facts.next_due >= facts.today))
    rows = np.flatnonzero(waiting & ~by_task & ~facts.snoozed)
    parts = [
        task_items(facts, RULE, told, person=owners(facts, told), kind=_kind(facts, facts.task_due[told])),
        items(
            facts,
            RULE,
            rows,
            person=facts.text("owner")[rows],
            due=facts.next_due[rows],
            text=np.where(_silent(facts, rows), "已沉默，请跟进客户", "按节奏跟进客户"),
            kind=_kind(facts, facts.next_due[rows]),
            priority=priority_of(facts, rows),
        ),
    ]
    hits = ids_of(facts.tasks.index, tasks) + ids_of(facts.customers.index, hit)
    return Finding(RULE, hits, items=pd.concat(parts, ignore_index=True))


def _silent(facts: Facts, rows: Ints) -> Bools:
    return np.asarray(facts.silent[rows])


def _kind(facts: Facts, day: Ints) -> np.ndarray:
    return np.select([day < facts.today, day == facts.today], ["overdue", "today"], "soon")
