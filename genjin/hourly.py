"""What the scheduler calls: one whole run, then the reminders once the digest hour has come."""

from __future__ import annotations

from dataclasses import replace

from genjin.request import Request
from genjin.run import Progress, Report, execute
from genjin.workspace import Workspace


def run_once(workspace: Workspace, request: Request, progress: Progress = lambda _: None) -> Report:
    """Observe, merge, check and fix, rules, columns, one write a store, remind (ARCHITECTURE). Raises Trouble."""
    whole = replace(request, fix=True, sync=workspace.settings.hub.kind != "none", remind=True, by_hour=True)
    return execute(workspace, whole, progress)
