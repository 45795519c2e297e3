"""All macros of a run, in their one order: tables in, tables and changes out. Pure; no store, no clock.

links → stamps → transitions → checks → rules → computed columns → 今日工作台 (ARCHITECTURE, "one run").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from followup import links, stamps, transitions
from followup.changes import Change, SetCells, apply_changes
from followup.checks import Checked, Place, accepted, blank_errors, check, record
from followup.columns import compute, entry_times, workbench
from followup.rules import RuleResult, evaluate
from followup.tables.frames import Tables
from followup.team import Team


@dataclass(frozen=True)
class Enriched:
    """What the macros made of the tables."""

    tables: Tables
    changes: list[Change]
    checked: Checked
    rules: RuleResult = field(default_factory=RuleResult)
    accepted: list[Change] = field(default_factory=list)  # suggestions a person accepted, also in `changes`


def enrich(
    tables: Tables,
    verdicts: pd.DataFrame,
    team: Team,
    now: datetime,
    *,
    by: str = "",
    places: Mapping[str, Place] | None = None,
    fix: bool = False,
    record_issues: bool = True,
    rules: bool = True,
) -> Enriched:
    """Run every macro at `now` for the person `by` (blank: nobody known).

    `verdicts` are those of reading, with record ids. `fix` applies suggestions a person accepted in
    问题清单; `record_issues` writes what the checks found there; without `rules` neither tasks nor
    computed columns are touched (`genjin check`).
    """
    done: list[Change] = []

    def step(changes: list[Change]) -> None:
        nonlocal tables
        done.extend(changes)
        tables = apply_changes(tables, changes)

    taken = accepted(tables, tables["issues"]) if fix else []
    step(taken)
    verdicts = _without(verdicts, taken)
    step(links.link(tables))
    step(stamps.stamp(tables, now, by))
    step(transitions.transitions(tables, now, by))
    timed = apply_changes(tables, entry_times(tables, team, now))
    checked = check(timed, verdicts, team, now, places or {})
    if record_issues:
        step(record(tables["issues"], checked.issues, now))
    if not rules:
        return Enriched(tables, done, checked, accepted=taken)
    judged = evaluate(blank_errors(tables, checked.errors), team, now)
    step(judged.changes)
    step(compute(blank_errors(tables, checked.errors), team, now))
    tables = tables.replace(today=workbench(blank_errors(tables, checked.errors), team, now))
    return Enriched(tables, done, checked, judged, taken)


def _without(verdicts: pd.DataFrame, taken: list[Change]) -> pd.DataFrame:
    """The verdicts except those of cells that an accepted suggestion replaces."""
    for change in taken:
        if isinstance(change, SetCells):
            here = (verdicts["table"] == change.table) & (verdicts["column"] == change.column)
            verdicts = verdicts[~(here & verdicts["record_id"].isin(change.new.index))]
    return verdicts
