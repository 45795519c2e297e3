"""The computed columns of 待办任务 (MODEL 3.6); 提醒次数 is counted from 提醒日志 elsewhere."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.arrays import NONE, flag, whole
from followup.facts import Facts


def important(tasks: pd.DataFrame) -> pd.Series:
    """The effective 重要: as typed; blank means 优先级=高."""
    typed = tasks["important"].to_numpy()
    return flag((typed == "是") | ((typed == "") & (tasks["priority"].to_numpy() == "高")), tasks.index)


def compute(facts: Facts) -> dict[str, pd.Series]:
    """Every computed column of the tasks by key."""
    tasks = facts.tasks
    both = tasks["reminded_at"].notna() & tasks["verbal_at"].notna()
    due = facts.task_due
    known = facts.task_open & (due != NONE)
    return {
        "double_done": flag((important(tasks) == "是").to_numpy() & both.to_numpy(), tasks.index),
        "days_overdue": whole(np.maximum(0, facts.today - np.maximum(due, 0)), known, tasks.index),
    }
