"""The daily commands: check, compute, sync, remind, hourly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from genjin.cli.common import OPTIONS, emit, guarded, tell

FileArgument = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="工作簿；默认是工作区的 · the workbook")]
Confirm = Annotated[str, typer.Option(metavar="PLAN_ID", help="放行被保护拦下的这一次 · release exactly that plan")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("check", help="检查数据，列入“问题清单” · find what is wrong")(check)
    app.command("compute", help="计算提醒、任务和今日工作台 · computed columns and tasks")(compute)
    app.command("sync", help="和共享表格双向同步 · two-way sync with the shared sheet")(sync)
    app.command("remind", help="发送到期提醒，每人每天一封 · due reminders, each once")(remind)
    app.command("hourly", help="检查、计算、同步、提醒一次做完 · the whole run, for the scheduler")(hourly)


@guarded
def check(
    file: FileArgument = None,
    fix: Annotated[bool, typer.Option("--fix", help="同时做稳妥的修正 · also make the safe repairs")] = False,
) -> int:
    """Check the data."""
    from genjin.cli import show
    from genjin.run import execute
    from genjin.workspace import find

    request = OPTIONS.request("check", file=_existing(file), fix=fix, rules=False)
    report = execute(find(file, OPTIONS.workspace), request, show.progress())
    emit(show.check_json(report))
    show.warnings(report)
    if not OPTIONS.json:
        show.check_text(report, tell)
    return 1 if show.error_count(report) else 0


@guarded
def compute(file: FileArgument = None) -> int:
    """Compute columns, tasks and the workbench."""
    from genjin.cli import show
    from genjin.run import execute
    from genjin.workspace import find

    request = OPTIONS.request("compute", file=_existing(file), record_issues=False)
    report = execute(find(file, OPTIONS.workspace), request, show.progress())
    emit(show.compute_json(report))
    show.warnings(report)
    if not OPTIONS.json:
        show.compute_text(report, tell)
    return 0


@guarded
def sync(confirm: Confirm = "") -> int:
    """Synchronise with the hub."""
    from genjin.cli import show
    from genjin.run import execute
    from genjin.workspace import find

    request = OPTIONS.request("sync", sync=True, confirm=confirm)
    report = execute(find(None, OPTIONS.workspace), request, show.progress())
    emit(show.sync_json(report))
    show.warnings(report)
    if not OPTIONS.json:
        show.sync_text(report, tell)
    return 1 if show.open_conflicts(report) else 0


@guarded
def remind() -> int:
    """Send due reminders."""
    from genjin.cli import show
    from genjin.reminding import as_json
    from genjin.run import execute
    from genjin.workspace import find

    place = find(None, OPTIONS.workspace)
    request = OPTIONS.request("remind", sync=place.settings.hub.kind != "none", write=False, remind=True)
    report = execute(place, request, show.progress())
    emit(as_json(report.outcomes))
    show.warnings(report)
    if not OPTIONS.json:
        show.remind_text(report.outcomes, tell, full=OPTIONS.dry_run)
    return 0


@guarded
def hourly(confirm: Confirm = "") -> int:
    """Everything, once."""
    from genjin.cli import show
    from genjin.hourly import run_once
    from genjin.workspace import find

    report = run_once(find(None, OPTIONS.workspace), OPTIONS.request("hourly", confirm=confirm), show.progress())
    emit(show.hourly_json(report))
    show.warnings(report)
    if not OPTIONS.json:
        show.hourly_text(report, tell)
    return 0


def _existing(file: Path | None) -> Path | None:
    if file is not None and not file.exists():
        from followup.errors import Wrong

        raise Wrong("file.none", file=str(file))
    return file
