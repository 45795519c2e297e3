"""Tasks follow 下一步行动 and the ticks in 今日工作台 (MODEL 5, CASES E12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from followup import ids
from followup.changes import apply_changes
from followup.columns import compute
from followup.rules.actions import from_followups, ticks
from followup.tables.frames import Tables
from followup.team import Team

NOW = datetime(2024, 6, 30, 18)
Make = Callable[..., Tables]
ACTION = {
    "followup_id": "F1",
    "followup_date": "2024-06-28",
    "next_action": "准备竞品分析报告",
    "action_owner": "李娜",
    "action_due": "2024-07-05 17:00:00",
}


def after(tables: Tables) -> Tables:
    return apply_changes(tables, from_followups(tables, NOW))


def edited(tables: Tables, one_customer: Make, **cells: Any) -> Tables:
    """The tables with another text in the follow-up, the tasks kept."""
    return one_customer([ACTION | cells]).replace(tasks=tables["tasks"])


@pytest.fixture
def started(one_customer: Make) -> Tables:
    return after(one_customer([ACTION]))


def test_an_action_owns_exactly_one_task(started: Tables) -> None:
    task = started["tasks"].iloc[0]
    assert len(started["tasks"]) == 1
    assert task.name == ids.from_hash("T", "下一步行动|F1") == task["task_id"]
    shown = ["type", "content", "owner", "priority", "status", "source_id", "customer_id", "customer_ref", "rule_id"]
    assert task[shown].tolist() == [
        "下一步行动", "准备竞品分析报告", "李娜", "中", "未开始", "F1", "C1", "示例科技有限公司", ""
    ]  # fmt: skip
    assert (str(task["due_date"])[:10], str(task["created_at"])) == ("2024-07-05", "2024-06-30 18:00:00")
    assert from_followups(started, NOW) == []


def test_an_open_task_follows_its_row(started: Tables, one_customer: Make) -> None:
    """E12: edited, due date moved, owner changed."""
    moved = after(
        edited(
            started, one_customer, next_action="改为报价", action_due="2024-07-09", action_owner="张伟", priority="高"
        )
    )
    task = moved["tasks"].iloc[0]
    assert task[["content", "owner", "priority"]].tolist() == ["改为报价", "张伟", "高"]
    assert str(task["due_date"])[:10] == "2024-07-09"
    assert len(moved["tasks"]) == 1


def test_a_done_task_is_not_touched(started: Tables, one_customer: Make) -> None:
    tasks = started["tasks"].assign(status="已完成")
    for cells in ({"next_action": "改为报价"}, {"next_action": ""}):
        assert from_followups(edited(started.replace(tasks=tasks), one_customer, **cells), NOW) == []


def test_a_cleared_action_cancels_and_a_new_one_opens_again(started: Tables, one_customer: Make) -> None:
    cleared = after(edited(started, one_customer, next_action=""))
    assert cleared["tasks"]["status"].tolist() == ["已取消"]
    assert from_followups(edited(cleared, one_customer), NOW) == []  # what was cancelled stays so
    again = after(edited(cleared, one_customer, next_action="改为报价"))
    assert again["tasks"][["status", "content"]].values.tolist() == [["未开始", "改为报价"]]


def test_a_deleted_row_cancels(started: Tables, one_customer: Make) -> None:
    other = one_customer([{"followup_id": "F2", "followup_date": "2024-06-01"}]).replace(tasks=started["tasks"])
    assert after(other)["tasks"]["status"].tolist() == ["已取消"]


def test_a_missing_sheet_cancels_nothing(started: Tables) -> None:
    tables = Tables({"customers": started["customers"], "tasks": started["tasks"]})
    assert from_followups(tables, NOW) == []


def test_a_new_followup_does_not_close_old_actions(started: Tables, one_customer: Make) -> None:
    later = {"followup_id": "F2", "followup_date": "2024-06-29", "next_action": "再次报价"}
    tables = after(one_customer([ACTION, later]).replace(tasks=started["tasks"]))
    assert tables["tasks"]["status"].tolist() == ["未开始", "未开始"]


def test_tasks_of_other_kinds_are_left_alone(one_customer: Make) -> None:
    tasks = [
        {"task_id": "T9", "type": "自定义", "source_id": "F9", "status": "未开始"},
        {"type": "下一步行动", "status": "未开始"},
    ]
    assert from_followups(one_customer([{"followup_id": "F1"}], tasks), NOW) == []


@pytest.mark.parametrize(
    ("status", "due", "shown"),
    [
        ("未开始", "2024-07-05", "未完成"),
        ("进行中", "2024-06-30", "未完成"),
        ("未开始", "2024-06-29", "逾期"),
        ("已完成", "2024-06-01", "已完成"),
        ("已取消", "2024-06-01", "已取消"),
    ],
)
def test_the_followup_mirrors_its_task(one_customer: Make, status: str, due: str, shown: str) -> None:
    task = {"type": "下一步行动", "source_id": "F1", "status": status, "due_date": due}
    tables = one_customer([ACTION, {"followup_id": "F2"}], [task])
    mirrored = apply_changes(tables, compute(tables, Team.default(), NOW))
    assert mirrored["followups"]["action_status"].tolist() == [shown, ""]


def test_a_tick_completes_the_task(one_customer: Make, typed: Callable[..., pd.DataFrame]) -> None:
    tasks = [
        {"task_id": "T1", "status": "未开始"},
        {"task_id": "T2", "status": "进行中"},
        {"task_id": "T3", "status": "已取消"},
    ]
    today = [
        {"task_id": "T1", "done": "是"},
        {"task_id": "T2"},
        {"task_id": "T3", "done": "是"},
        {"task_id": "T9", "done": "是"},
    ]
    tables = one_customer(tasks=tasks).replace(today=typed("today", today))
    done = apply_changes(tables, ticks(tables, NOW))
    assert done["tasks"]["status"].tolist() == ["已完成", "进行中", "已取消"]
    assert done["tasks"]["done_at"].dropna().astype(str).to_dict() == {"T1": "2024-06-30 18:00:00"}
    assert ticks(done, NOW) == []
