"""Rules: who must do what now (MODEL 5). One rule is one pure function in `RULES`; a new rule is one more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from followup.changes import AddRows, Change, apply_changes
from followup.facts import Facts
from followup.rules import actions, fill
from followup.rules.finding import Finding, Rule, blank_items
from followup.rules.new_tasks import only_new
from followup.rules.r01_first_contact import first_contact
from followup.rules.r02_no_update import no_update
from followup.rules.r04_silent import silent
from followup.rules.r05_overdue import overdue
from followup.rules.r06_due import due
from followup.rules.r08_reply import awaited_reply
from followup.tables.frames import Tables
from followup.team import Team

RULES: dict[str, Rule] = {
    "R01": first_contact,
    "R02": no_update,
    "R04": silent,
    "R05": overdue,
    "R06": due,
    "R08": awaited_reply,
}


@dataclass(frozen=True)
class RuleResult:
    """What the rules of a run say.

    `hits`: rule id → sorted ids of the customers or objects whose condition holds, whether or not a task exists
    already. `items`: what digests show, columns of `followup.rules.finding.ITEMS`.
    """

    changes: list[Change] = field(default_factory=list)
    hits: dict[str, list[str]] = field(default_factory=dict)
    items: pd.DataFrame = field(default_factory=blank_items)


def evaluate(tables: Tables, team: Team, now: datetime) -> RuleResult:
    """Judge the tables at `now`.

    First what people did: ticks in 今日工作台 and 下一步行动 become changes of 待办任务. Then the rules, whose
    conditions look only at tasks with 创建时间 < now, so that a second run at one `now` says the same (MODEL 1.12).
    """
    changes: list[Change] = []
    for step in (actions.ticks, actions.from_followups):
        made = step(tables, now)
        changes += made
        tables = apply_changes(tables, made)
    facts = Facts(tables, team, now, before=True)
    findings = [rule(facts) for rule_id, rule in RULES.items() if team.rules.on(rule_id)]
    taken = set(tables["tasks"]["dedupe_key"]) | {""}
    for finding in findings:
        fresh = only_new(finding.tasks, tables, taken)
        if len(fresh):
            changes.append(AddRows("tasks", fresh, finding.rule_id))
            taken |= set(fresh["dedupe_key"])
    parts = [part for part in (*(f.items for f in findings), fill.to_fill_in(facts)) if len(part)]
    items = pd.concat(parts, ignore_index=True) if parts else blank_items()
    return RuleResult(changes, {f.rule_id: sorted(f.hits) for f in findings}, items)


__all__ = ["RULES", "Finding", "RuleResult", "evaluate"]
