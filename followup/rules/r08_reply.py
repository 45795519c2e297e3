"""R08 待客户反馈: the day a customer's answer was expected has come and nobody spoke since (MODEL 5, document 002)."""

from __future__ import annotations

import numpy as np

from followup.arrays import NONE, days, take
from followup.facts import Facts
from followup.rules.finding import Finding, ids_of, items
from followup.rules.new_tasks import dedupe_keys, listed, new_tasks

RULE = "R08"


def awaited_reply(facts: Facts) -> Finding:
    """Follow-ups with 预计反馈时间 ≤ today and no later valid follow-up of the customer: task 待客户反馈, due that date."""
    expected = days(facts.followups["expected_reply"])
    place = facts.followup_customer
    asked = (expected != NONE) & (expected <= facts.today) & (place >= 0)
    later = take(facts.last_followup, place, NONE) > facts.followup_day
    at = np.flatnonzero(asked & ~later)
    rows, followups = place[at], facts.followups.iloc[at]
    keys = dedupe_keys(RULE, followups.index.to_numpy())
    owner = facts.text("owner")[rows]
    owner = np.where(owner == "", followups["followed_by"].to_numpy(), owner)
    text = "客户的反馈已到约定日期，请询问"
    tasks = new_tasks(
        facts,
        RULE,
        keys,
        rows,
        type="待客户反馈",
        due=expected[at],
        priority="中",
        content=text,
        owner=owner,
        source_id=followups.index.to_numpy(),
    )
    told = ~listed(facts, keys) & ~facts.snoozed[rows]
    shown = items(
        facts,
        RULE,
        rows[told],
        person=owner[told],
        due=expected[at][told],
        text=text,
        kind=np.where(expected[at][told] < facts.today, "overdue", "today"),
        priority="中",
        object_id=followups.index.to_numpy()[told],
    )
    return Finding(RULE, ids_of(facts.followups.index, at), tasks, shown)
