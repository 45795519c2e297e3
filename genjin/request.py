"""What a person, a button or a scheduler asks of one run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """One run: which command, on which file, for whom, with which stages."""

    command: str
    file: Path | None = None
    given_now: str | None = None
    person: str | None = None
    dry_run: bool = False
    fix: bool = False
    confirm: str = ""
    sync: bool = False  # talk to the hub
    record_issues: bool = True  # write what the checks found to 问题清单
    rules: bool = True  # rules, tasks, computed columns, 今日工作台
    write: bool = True  # write to the stores at all (remind alone does not)
    remind: bool = False  # send due reminders after the write
    by_hour: bool = False  # only once the digest hour has come
