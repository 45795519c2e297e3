"""Computed columns: overwritten on every run, never typed, never synced (MODEL 1.10, 4)."""

from __future__ import annotations

from datetime import datetime

from followup.changes import Change, set_cells
from followup.columns import customers, deals, followups, service, tasks
from followup.columns.followups import deep
from followup.columns.vague import vague
from followup.columns.workbench import workbench
from followup.facts import Facts
from followup.tables import TABLES
from followup.tables.frames import Tables
from followup.team import Team

COLUMNS = {
    "deals": deals.compute_deals,
    "payments": deals.compute_payments,
    "followups": followups.compute,
    "tasks": tasks.compute,
    "customers": customers.compute,
    "tickets": service.compute_tickets,
    "history": service.compute_history,
}
"""By table: what computes its columns."""


def compute(tables: Tables, team: Team, now: datetime) -> list[Change]:
    """The changes that make every computed column right at `now`, over all tasks, new ones included (MODEL 1.12)."""
    facts = Facts(tables, team, now)
    changes: list[Change] = []
    for table, computed in COLUMNS.items():
        frame = tables[table]
        if len(frame):
            for key, values in computed(facts).items():
                changes += set_cells(table, key, frame[key], values, f"计算列 {TABLES[table][key].header}")
    return changes


def entry_times(tables: Tables, team: Team, now: datetime) -> list[Change]:
    """Only 录入是否及时 (K2, K23): the checks judge it, and the other columns wait for the checks."""
    facts = Facts(tables, team, now)
    changes: list[Change] = []
    for table, module in (("customers", customers), ("followups", followups)):
        if len(tables[table]):
            values = module.entry_on_time(facts)
            changes += set_cells(table, "entry_on_time", tables[table]["entry_on_time"], values, "计算列 录入是否及时")
    return changes


__all__ = ["COLUMNS", "compute", "deep", "entry_times", "vague", "workbench"]
