"""The computed columns of 工单与满意度 and 历史客户库 (MODEL 3.7, 3.20)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.arrays import HOUR, NONE, days, half_up, seconds, whole
from followup.facts import Facts


def compute_tickets(facts: Facts) -> dict[str, pd.Series]:
    """解决小时: from 提出时间 to 解决时间, two places."""
    tickets = facts.tables["tickets"]
    opened, solved = seconds(tickets["opened_at"]), seconds(tickets["resolved_at"])
    known = (opened != NONE) & (solved != NONE) & (solved >= opened)
    spent = np.where(known, solved - np.where(known, opened, 0), 0)
    hours = np.where(known, half_up(100 * spent, HOUR) / 100, np.nan)
    return {"hours_to_resolve": pd.Series(hours, index=tickets.index)}


def compute_history(facts: Facts) -> dict[str, pd.Series]:
    """合作周期天: from 合作开始 to 合作结束."""
    history = facts.tables["history"]
    start, end = days(history["coop_start"]), days(history["coop_end"])
    known = (start != NONE) & (end != NONE)
    return {"coop_days": whole(np.where(known, end - np.where(known, start, 0), 0), known, history.index)}
