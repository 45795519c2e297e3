"""The computed columns of 跟进记录 (MODEL 4, K23-K25, and the mirror of 待办任务)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.arrays import (
    HOUR,
    NONE,
    days,
    first_known,
    flag,
    last_row,
    lat,
    pick,
    positions,
    seconds,
    take,
    yes_no,
)
from followup.columns.vague import vague
from followup.facts import OPEN, Facts

DEEP = ("电话", "拜访", "会议", "现场")  # K24
ACTION = "下一步行动"


def compute(facts: Facts) -> dict[str, pd.Series]:
    """Every computed column of the follow-ups by key."""
    followups = facts.followups
    return {
        "entry_on_time": entry_on_time(facts),
        "action_status": _action_status(facts),
        "quality_hint": pick([(vague(followups["summary"], facts.team).to_numpy(), "含糊")], followups.index),
    }


def entry_on_time(facts: Facts) -> pd.Series:
    """K23: 录入时间 within 2 h of the end of the contact."""
    followups = facts.followups
    end = lat(first_known(seconds(followups["ended_at"]), seconds(followups["followup_date"])))
    created = seconds(followups["created_at"])
    known = (end != NONE) & (created != NONE) & (followups["source"].to_numpy() != "导入")
    return yes_no(created <= end + facts.team.settings.int("跟进记录录入时限") * HOUR, known, followups.index)


def deep(followups: pd.DataFrame) -> pd.Series:
    """K24, the effective 深度沟通: as typed; blank means by 跟进方式."""
    by_method = followups["method"].isin(DEEP).to_numpy()
    typed = followups["is_deep"].to_numpy()
    return flag((typed == "是") | ((typed == "") & by_method), followups.index)


def _action_status(facts: Facts) -> pd.Series:
    """The state of the one task that the follow-up's 下一步行动 owns."""
    tasks = facts.tasks
    owned = (tasks["type"].to_numpy() == ACTION) & (tasks["source_id"].to_numpy() != "")
    mine = tasks[owned]
    place = positions(facts.followups.index, mine["source_id"])
    row = last_row(place, seconds(mine["created_at"]), mine.index, len(facts.followups))
    due = days(mine["due_date"])
    late = mine["status"].isin(OPEN).to_numpy() & (due != NONE) & (due < facts.today)
    words = {"未开始": "未完成", "进行中": "未完成", "已完成": "已完成", "已取消": "已取消"}
    state = np.where(late, "逾期", mine["status"].map(words).fillna("").to_numpy()).astype(object)
    return pd.Series(take(state, row, ""), index=facts.followups.index, dtype=object)
