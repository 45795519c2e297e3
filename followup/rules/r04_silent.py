"""R04 沉默激活: a customer without contact for more than 30 days (MODEL 5, K5, document 002)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.facts import Facts
from followup.rules.finding import Finding, ids_of, items, managers, priority_of
from followup.rules.new_tasks import day_text, dedupe_keys, listed, new_tasks

RULE = "R04"


def silent(facts: Facts) -> Finding:
    """Silent customers, not snoozed: task 沉默激活 for the 负责人, a line for the 上级."""
    rows = np.flatnonzero(facts.silent & ~facts.snoozed)
    keys = dedupe_keys(RULE, facts.customers.index.to_numpy()[rows], day_text(facts.last_touch[rows]))
    text = "已沉默" + facts.days_silent[rows].astype(str).astype(object) + "天，请联系客户重新激活"
    due = facts.today + facts.team.settings.int("自动任务期限")
    owner, priority = facts.text("owner")[rows], priority_of(facts, rows)
    tasks = new_tasks(facts, RULE, keys, rows, type="沉默激活", due=due, priority=priority, content=text)
    every = np.ones(len(rows), dtype=np.bool_)
    told = [
        items(
            facts, RULE, rows[mask], person=who[mask], due=due, text=text[mask], kind="silent", priority=priority[mask]
        )
        for mask, who in ((~listed(facts, keys), owner), (every, managers(facts, owner)))
    ]
    return Finding(RULE, ids_of(facts.customers.index, rows), tasks, pd.concat(told, ignore_index=True))
