"""R05 逾期: open tasks past their day; the 上级 hears of it from 升级天数 on (MODEL 5, document 002)."""

from __future__ import annotations

import pandas as pd

from followup.facts import Facts
from followup.rules.finding import Finding, ids_of, managers
from followup.rules.open_tasks import EVER, due_between, owners, shown, task_items

RULE = "R05"


def overdue(facts: Facts) -> Finding:
    """Open tasks with 截止日期 before today: the owner daily, from 升级天数 also the 上级."""
    rows = due_between(facts, EVER, facts.today - 1)
    told = rows[shown(facts, rows)]
    late = told[facts.today - facts.task_due[told] >= facts.team.settings.int("升级天数")]
    parts = [
        task_items(facts, RULE, told, person=owners(facts, told), kind="overdue"),
        task_items(facts, RULE, late, person=managers(facts, owners(facts, late)), kind="escalation"),
    ]
    return Finding(RULE, ids_of(facts.tasks.index, rows), items=pd.concat(parts, ignore_index=True))
