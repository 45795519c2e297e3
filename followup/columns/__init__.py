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


__all__ = ["COLUMNS", "compute", "deep", "vague", "workbench"]
