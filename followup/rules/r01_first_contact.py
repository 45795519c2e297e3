"""R01 首次联系超时: a lead that nobody tried to reach within 24 h (MODEL 5, document 003)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.arrays import HOUR, NONE, lat
from followup.facts import Facts
from followup.rules.finding import Finding, ids_of, items, managers
from followup.rules.new_tasks import dedupe_keys, listed, moments, new_tasks

RULE = "R01"


def first_contact(facts: Facts) -> Finding:
    """Prospects with a 负责人, no attempt, and more than 24 h since lat(assign): task 首次联系, and the 上级 told at once."""
    hours = facts.team.rules.int(RULE, "小时", 24)
    start = lat(facts.assigned)
    late = (facts.assigned != NONE) & (facts.second - np.where(start == NONE, 0, start) > hours * HOUR)
    rows = np.flatnonzero(facts.prospect & (facts.text("owner") != "") & (facts.attempts == 0) & late)
    keys = dedupe_keys(RULE, facts.customers.index.to_numpy()[rows], moments(facts.assigned[rows]))
    owner = facts.text("owner")[rows]
    tasks = new_tasks(
        facts,
        RULE,
        keys,
        rows,
        type="首次联系",
        due=facts.today,
        priority="高",
        content=f"分到线索已超过{hours}小时，请尽快首次联系客户",
    )
    shown = ~facts.snoozed[rows]
    text = "首次联系超时：分到线索后还没有联系过"
    told = [
        items(facts, RULE, rows[mask], person=who[mask], due=facts.today, text=text, kind=kind, priority="高")
        for mask, who, kind in (
            (shown & ~listed(facts, keys), owner, "today"),
            (shown, managers(facts, owner), "escalation"),
        )
    ]
    return Finding(RULE, ids_of(facts.customers.index, rows), tasks, pd.concat(told, ignore_index=True))
