"""待办任务 that follow what people typed: ticks in 今日工作台, and 下一步行动 in 跟进记录 (MODEL 5)."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from followup import ids
from followup.arrays import positions, take
from followup.changes import AddRows, Change, set_cells
from followup.facts import OPEN
from followup.rules.new_tasks import dedupe_keys, only_new
from followup.tables import TABLES
from followup.tables.frames import Tables, complete

ACTION = "下一步行动"
FOLLOWED = ("content", "owner", "due_date", "priority", "customer_id", "customer_ref")
"""What an open task takes from its follow-up."""


def ticks(tables: Tables, now: datetime) -> list[Change]:
    """完成 ticked in 今日工作台: the open task is 已完成, now."""
    today, tasks = tables["today"], tables["tasks"]
    ticked = today["task_id"][(today["done"] == "是").to_numpy()]
    done = (tasks.index.isin(ticked[ticked != ""])) & tasks["status"].isin(OPEN).to_numpy()
    if not done.any():
        return []
    status, at = tasks["status"], tasks["done_at"]
    reason = "今日工作台已勾选完成"
    return [
        *set_cells("tasks", "status", status, status.mask(done, "已完成"), reason),
        *set_cells("tasks", "done_at", at, at.mask(done & at.isna().to_numpy(), pd.Timestamp(now)), reason),
    ]


def from_followups(tables: Tables, now: datetime) -> list[Change]:
    """The one task of each follow-up with a 下一步行动.

    New text makes a task; an open one follows content, 负责人, 截止日期 and 优先级; a cleared action or a deleted
    row cancels it; another text re-opens a cancelled one; a done one is never touched.
    """
    followups, tasks = tables["followups"], tables["tasks"]
    if not len(followups):
        return []  # a sheet that is not there cancels nothing
    wanted = _wanted(tables, now)
    owned = (tasks["type"] == ACTION).to_numpy() & (tasks["source_id"] != "").to_numpy()
    row = np.where(owned, positions(wanted.index, tasks["source_id"]), -1)
    open_ = owned & tasks["status"].isin(OPEN).to_numpy()
    said = take(wanted["content"].to_numpy(), row, "")
    again = owned & (tasks["status"] == "已取消").to_numpy() & (row >= 0) & (said != tasks["content"].to_numpy())
    status = tasks["status"].mask(open_ & (row < 0), "已取消").mask(again, "未开始")
    changes: list[Change] = list(set_cells("tasks", "status", tasks["status"], status, "下一步行动"))
    follows = (open_ | again) & (row >= 0)
    for key in FOLLOWED:
        old = tasks[key]
        value = wanted[key].take(np.maximum(row, 0)).set_axis(tasks.index) if len(wanted) else old
        changes += set_cells("tasks", key, old, old.mask(follows, value), "下一步行动")
    fresh = wanted[~wanted.index.isin(tasks["source_id"][owned])]
    fresh = only_new(_rows(fresh, now), tables, set(tasks["dedupe_key"]) | {""})
    return [*changes, AddRows("tasks", fresh, "下一步行动")] if len(fresh) else changes


def _wanted(tables: Tables, now: datetime) -> pd.DataFrame:
    """What the task of each follow-up with an action must say; index = 跟进编号."""
    followups, customers = tables["followups"], tables["customers"]
    rows = followups[(followups["next_action"] != "").to_numpy()]
    place = positions(customers.index, rows["customer_id"])
    name = take(customers["customer_name"].to_numpy(), place, "")
    return pd.DataFrame(
        {
            "content": rows["next_action"],
            "owner": rows["action_owner"],
            "due_date": rows["action_due"].dt.normalize().astype("datetime64[s]"),
            "priority": rows["priority"].mask((rows["priority"] == "").to_numpy(), "中"),
            "customer_id": rows["customer_id"],
            "customer_ref": pd.Series(
                np.where(name == "", rows["customer_ref"].to_numpy(), name), index=rows.index, dtype=object
            ),
        }
    )


def _rows(wanted: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """New tasks for those follow-ups."""
    sources = wanted.index.to_numpy()
    keys = dedupe_keys(ACTION, sources)
    index = pd.Index(ids.from_hashes(ids.LETTERS["tasks"], keys), dtype=object)
    rows = wanted.set_axis(index)
    fixed = {"task_id": index.to_numpy(), "type": ACTION, "dedupe_key": keys, "source_id": sources, "status": "未开始"}
    for key, value in fixed.items():
        rows[key] = pd.Series(value, index=index, dtype=object)
    rows["created_at"] = pd.Series(pd.Timestamp(now), index=index, dtype="datetime64[s]")
    return complete(rows, TABLES["tasks"])
