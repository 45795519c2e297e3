"""R02 状态未更新: a prospect without contact, change or finished task for more than 3 days (MODEL 5, document 003)."""

from __future__ import annotations

import numpy as np

from followup.arrays import NONE, Ints, days, largest, positions, take
from followup.facts import Facts
from followup.rules.finding import Finding, ids_of, items, priority_of
from followup.rules.new_tasks import day_text, dedupe_keys, listed, new_tasks

RULE = "R02"


def no_update(facts: Facts) -> Finding:
    """Prospects, not snoozed, without an open task, nothing moved for more than 3 days: task 跟进任务."""
    limit = facts.team.rules.int(RULE, "天数", 3)
    moved = last_move(facts)
    still = (moved != NONE) & (facts.today - np.maximum(moved, 0) > limit)
    rows = np.flatnonzero(facts.prospect & ~facts.snoozed & (facts.open_tasks == 0) & still)
    keys = dedupe_keys(RULE, facts.customers.index.to_numpy()[rows], day_text(moved[rows]))
    idle = (facts.today - moved[rows]).astype(str).astype(object)
    text = "已" + idle + "天没有更新，请跟进并记录"
    due = facts.today + facts.team.settings.int("自动任务期限")
    priority = priority_of(facts, rows)
    tasks = new_tasks(facts, RULE, keys, rows, type="跟进任务", due=due, priority=priority, content=text)
    shown = ~listed(facts, keys)
    told = items(
        facts,
        RULE,
        rows[shown],
        person=facts.text("owner")[rows][shown],
        due=due,
        text=text[shown],
        kind="soon" if due > facts.today else "today",
        priority=priority[shown],
    )
    return Finding(RULE, ids_of(facts.customers.index, rows), tasks, told)


def last_move(facts: Facts) -> Ints:
    """max(K3, last change of 客户状态 or 阶段, last 完成时间 of an R02 task), in days; a first value is no change."""
    log = facts.tables["transitions"]
    changed = (log["old"] != "").to_numpy()
    customer = positions(facts.customers.index, log["entity_id"])
    own = changed & (log["entity"] == "客户").to_numpy() & (log["field"] == "客户状态").to_numpy()
    staged = changed & (log["entity"] == "商机").to_numpy() & (log["field"] == "阶段").to_numpy()
    deal = take(facts.deal_customer, positions(facts.tables["deals"].index, log["entity_id"]), -1)
    place = np.where(own, customer, np.where(staged, deal, -1))
    when = days(log["occurred_at"])
    moves = largest(np.where(when <= facts.today, place, -1), when, facts.size)
    mine = (
        facts.task_counts & (facts.tasks["rule_id"] == RULE).to_numpy() & (facts.tasks["status"] == "已完成").to_numpy()
    )
    done = largest(np.where(mine, facts.task_customer, -1), days(facts.tasks["done_at"]), facts.size)
    return np.maximum(facts.last_touch, np.maximum(moves, done))
