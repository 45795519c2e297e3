"""The foreground loop: `genjin hourly` repeated with `schedule`; a failing run does not end it, a signal does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import schedule

from followup.errors import Trouble
from followup.wording import LANG
from genjin.hourly import run_once
from genjin.request import Request
from genjin.workspace import Workspace

LOG = "log/schedule.log"


def loop(workspace: Workspace, request: Request, tell: Callable[[str], None], *, once: bool = False) -> int:
    """Run at once, then every [schedule] sync_every, until SIGINT or SIGTERM. Returns the exit status 0.

    A run under way is finished before the loop ends. What happened goes to .genjin/log/schedule.log,
    without customer values.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    log = workspace.data / LOG
    zh = LANG.get() == "zh"

    def job() -> None:
        line = _one(workspace, request)
        tell(line)
        _append(log, line)

    jobs = schedule.Scheduler()
    jobs.every(workspace.settings.schedule.seconds).seconds.do(job)
    every = workspace.settings.schedule.sync_every
    tell(f"每 {every} 运行一次，按 Ctrl+C 结束。" if zh else f"Running every {every}; Ctrl+C ends it.")
    job()
    while not once and not stop.wait(min(1.0, max(0.05, jobs.idle_seconds or 0.05))):
        jobs.run_pending()
    tell("已停止。" if zh else "Stopped.")
    return 0


def _one(workspace: Workspace, request: Request) -> str:
    """One run, whatever happens: `schedule` would drop the later jobs of a pass after an exception (PLATFORM 3)."""
    at = datetime.now().strftime("%Y-%m-%d %H:%M:%S")
    try:
        report = run_once(workspace, request)
    except Trouble as trouble:
        return f"{at} {trouble.code}: {trouble.message} {trouble.hint}"
    except Exception as error:
        return f"{at} {type(error).__name__} {_where(error)}"
    counts = report.counts()
    mails = sum(one.status == "sent" for one in report.outcomes)
    files = ",".join(w.file for w in report.workbooks)
    if LANG.get() == "zh":
        return f"{at} 成功：写 {counts['cells']}，新增 {counts['added']}，冲突 {counts['conflicts']}，邮件 {mails}，工作簿 {files}"
    return f"{at} ok: {counts['cells']} cells, {counts['added']} rows, {counts['conflicts']} conflicts, {mails} mails, workbook {files}"


def _where(error: BaseException) -> str:
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _append(log: Path, line: str) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > 1_000_000:
        log.replace(log.with_suffix(".1.log"))
    with log.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
