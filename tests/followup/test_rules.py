"""Rules at their boundaries (MODEL 5; CASES E06, E09)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from followup.rules import RULES, RuleResult, evaluate
from followup.tables.frames import Tables
from followup.team import Team

NOW = datetime(2024, 6, 30, 18)
Make = Callable[..., Tables]
Typed = Callable[..., pd.DataFrame]


def judge(tables: Tables, now: datetime = NOW) -> RuleResult:
    return evaluate(tables, Team.from_tables(tables), now)


def with_team(tables: Tables, typed: Typed, **sheets: list[dict[str, Any]]) -> Tables:
    people = [{"name": "张伟", "manager": "王强"}, {"name": "李娜", "manager": "王强"}, {"name": "王强"}]
    return tables.replace(people=typed("people", people), **{key: typed(key, rows) for key, rows in sheets.items()})


def said(result: RuleResult, rule: str) -> list[tuple[str, ...]]:
    """Person, object, kind of a rule's items."""
    rows = result.items[result.items["rule"] == rule]
    return sorted(zip(rows["person"], rows["object_id"], rows["kind"], strict=True))


@pytest.mark.parametrize(
    ("assigned", "hit"),
    [
        ("2024-06-29 18:00:00", False),
        ("2024-06-29 17:59:59", True),
        ("2024-06-29", False),  # the whole day: late from 2024-06-30 23:59:59
        ("2024-06-28", True),
    ],
)
def test_r01_after_24_hours(one_customer: Make, assigned: str, hit: bool) -> None:
    """E06; MODEL 1.2."""
    assert judge(one_customer(assigned_at=assigned)).hits["R01"] == (["C1"] if hit else [])


def test_r01_not_once_somebody_tried(one_customer: Make) -> None:
    """E06: contacted, then assigned again; an attempt that did not get through is an attempt."""
    tables = one_customer([{"followup_date": "2024-06-20", "outcome": "未接通"}], assigned_at="2024-06-25 10:00:00")
    assert judge(tables).hits["R01"] == []
    for cells in ({"owner": ""}, {"status": "成交客户"}, {"status": "流失客户"}):
        assert judge(one_customer(assigned_at="2024-06-01 10:00:00", **cells)).hits["R01"] == []


def test_r01_tells_the_manager_at_once(one_customer: Make, typed: Typed) -> None:
    result = judge(with_team(one_customer(assigned_at="2024-06-28 10:00:00"), typed))
    assert said(result, "R01") == [("张伟", "C1", "today"), ("王强", "C1", "escalation")]
    (task,) = [change.rows for change in result.changes if change.reason == "R01"]
    assert task[["type", "priority", "owner", "dedupe_key", "customer_ref"]].values.tolist() == [
        ["首次联系", "高", "张伟", "R01|C1|2024-06-28 10:00:00", "示例科技有限公司"]
    ]
    assert task["due_date"].astype(str).tolist() == ["2024-06-30"]


@pytest.mark.parametrize(("last", "hit"), [("2024-06-27", False), ("2024-06-26", True)])
def test_r02_after_three_days(one_customer: Make, last: str, hit: bool) -> None:
    """E09: 3 days no, 4 days yes."""
    assert judge(one_customer([{"followup_date": last}])).hits["R02"] == (["C1"] if hit else [])


@pytest.mark.parametrize(
    ("task", "hit"),
    [
        ({"status": "未开始", "due_date": "2024-07-05"}, False),
        ({"status": "进行中", "due_date": "2024-06-01"}, False),
        ({"status": "已取消", "due_date": "2024-06-01"}, True),
        ({"status": "已完成", "rule_id": "R02", "done_at": "2024-06-27 09:00:00"}, False),
        ({"status": "已完成", "rule_id": "R02", "done_at": "2024-06-26 09:00:00"}, True),
        ({"status": "已完成", "rule_id": "", "done_at": "2024-06-29 09:00:00"}, True),
        ({"status": "未开始", "created_at": "2024-06-30 18:00:00", "dedupe_key": "R04|C1|x"}, True),  # this very run
        ({"status": "未开始", "created_at": "2024-06-30 18:00:00"}, False),  # typed by a person, stamped by this run
    ],
)
def test_r02_and_tasks(one_customer: Make, task: dict[str, Any], hit: bool) -> None:
    """E09, MODEL 1.12."""
    tables = one_customer([{"followup_date": "2024-06-20"}], [task])
    assert judge(tables).hits["R02"] == (["C1"] if hit else [])


def test_r02_counts_changes_but_not_first_values(one_customer: Make, typed: Typed) -> None:
    """MODEL 1.13."""
    tables = one_customer([{"followup_date": "2024-06-20"}])
    row = {
        "entity": "客户",
        "entity_id": "C1",
        "field": "客户状态",
        "new": "意向客户",
        "occurred_at": "2024-06-29 10:00:00",
    }
    assert judge(tables.replace(transitions=typed("transitions", [row]))).hits["R02"] == ["C1"]
    row["old"] = "潜在客户"
    assert judge(tables.replace(transitions=typed("transitions", [row]))).hits["R02"] == []
    deal = {"deal_id": "D1", "customer_id": "C1", "stage": "方案报价"}
    row |= {"entity": "商机", "entity_id": "D1", "field": "阶段", "old": "需求分析"}
    staged = tables.replace(transitions=typed("transitions", [row]), deals=typed("deals", [deal]))
    assert judge(staged).hits["R02"] == []


def test_snoozed_customers_are_left_alone(one_customer: Make) -> None:
    tables = one_customer([{"followup_date": "2024-05-01"}], snooze_until="2024-07-01")
    result = judge(tables)
    assert (result.hits["R02"], result.hits["R04"], len(result.items)) == ([], [], 0)


def test_r04_names_the_silent_to_owner_and_manager(one_customer: Make, typed: Typed) -> None:
    tables = with_team(one_customer([{"followup_date": "2024-05-30", "summary": "谈了报价"}], grade="A"), typed)
    result = judge(tables)
    assert said(result, "R04") == [("张伟", "C1", "silent"), ("王强", "C1", "silent")]
    rows = result.items[result.items["rule"] == "R04"]
    assert set(rows["last_summary"]) == {"2024-05-30 谈了报价"}
    (task,) = [change.rows for change in result.changes if change.reason == "R04"]
    assert task[["dedupe_key", "priority"]].values.tolist() == [["R04|C1|2024-05-30", "高"]]


def test_a_rule_task_is_made_once(one_customer: Make) -> None:
    """Neither a task with the key nor one a person deleted comes back."""
    tables = one_customer([{"followup_date": "2024-05-30"}], [{"status": "已取消", "dedupe_key": "R04|C1|2024-05-30"}])
    assert [change.reason for change in judge(tables).changes] == ["R02"]


def test_a_deleted_task_stays_deleted(one_customer: Make, typed: Typed) -> None:
    tables = one_customer([{"followup_date": "2024-06-20"}])
    (made,) = judge(tables).changes
    gone = typed("recycle_bin", [{"del_id": "B1", "table": "待办任务", "record_id": made.rows.index[0]}])
    assert judge(tables.replace(recycle_bin=gone)).changes == []


def test_r05_escalates_from_the_third_day(one_customer: Make, typed: Typed) -> None:
    tasks = [
        {
            "task_id": "T1",
            "status": "未开始",
            "due_date": "2024-06-28",
            "owner": "李娜",
            "content": "报价",
            "type": "自定义",
        },
        {"task_id": "T2", "status": "进行中", "due_date": "2024-06-27"},
        {"task_id": "T3", "status": "已完成", "due_date": "2024-06-01"},
        {"task_id": "T4", "status": "未开始", "due_date": "2024-06-30"},
        {"task_id": "T5", "status": "未开始", "due_date": "2024-06-01", "snooze_until": "2024-07-09"},
    ]
    result = judge(with_team(one_customer(tasks=tasks), typed))
    assert result.hits["R05"] == ["T1", "T2", "T5"]
    assert said(result, "R05") == [("张伟", "T2", "overdue"), ("李娜", "T1", "overdue"), ("王强", "T2", "escalation")]
    assert "自定义：报价" in set(result.items["text"])


def test_r06_today_and_tomorrow(one_customer: Make) -> None:
    tasks = [
        {"task_id": f"T{n}", "status": "未开始", "due_date": day}
        for n, day in enumerate(("2024-06-29", "2024-06-30", "2024-07-01", "2024-07-02"))
    ]
    result = judge(one_customer(tasks=tasks))
    assert result.hits["R06"] == ["T1", "T2"]
    assert said(result, "R06") == [("张伟", "T1", "today"), ("张伟", "T2", "soon")]


@pytest.mark.parametrize(
    ("last", "hits", "kinds"),
    [
        ("2024-06-24", ["C1"], ["soon"]),
        ("2024-06-23", ["C1"], ["today"]),
        ("2024-06-22", [], ["overdue"]),  # no longer a hit, still in the snapshot
        ("2024-06-25", [], []),
    ],
)
def test_r06_customers_by_cadence(one_customer: Make, last: str, hits: list[str], kinds: list[str]) -> None:
    result = judge(one_customer([{"followup_date": last}], grade="B"))
    assert result.hits["R06"] == hits
    assert [kind for _, _, kind in said(result, "R06")] == kinds


def test_a_task_without_a_day_does_not_hide_its_customer(one_customer: Make) -> None:
    touched = [{"followup_date": "2024-06-20"}]
    for task, shown in (({}, True), ({"due_date": "2024-06-30"}, False)):
        result = judge(one_customer(touched, [{"task_id": "T1", "status": "未开始"} | task], grade="B"))
        assert (("张伟", "C1", "overdue") in said(result, "R06")) is shown


@pytest.mark.parametrize(
    ("expected", "later", "hit"),
    [
        ("2024-06-30", None, True),
        ("2024-07-01", None, False),
        ("2024-06-25", {"followup_date": "2024-06-21"}, False),
        ("2024-06-25", {"followup_date": "2024-06-20"}, True),
        ("2024-06-25", {"followup_date": "2024-06-21", "outcome": "无回复"}, True),
    ],
)
def test_r08_awaited_reply(one_customer: Make, expected: str, later: dict[str, Any] | None, hit: bool) -> None:
    asked = {"followup_id": "F1", "followup_date": "2024-06-20", "expected_reply": expected}
    result = judge(one_customer([asked] + ([later] if later else [])))
    assert result.hits["R08"] == (["F1"] if hit else [])
    made = [change.rows for change in result.changes if change.reason == "R08"]
    assert [rows["dedupe_key"].tolist() for rows in made] == ([["R08|F1"]] if hit else [])


def test_issues_to_fill_in(one_customer: Make, typed: Typed) -> None:
    """One item a record, naming the columns; who ignored an issue is not asked again."""
    issues = [
        {"table": "客户基础信息", "record_id": "C1", "column": "需求痛点", "kind": "必填缺失", "severity": "警告"},
        {"table": "客户基础信息", "record_id": "C1", "column": "客户规模", "kind": "必填缺失", "severity": "警告"},
        {"table": "客户基础信息", "record_id": "C1", "column": "标签", "kind": "不在字典", "severity": "警告"},
        {"table": "跟进记录", "record_id": "1", "column": "跟进日期", "kind": "格式", "severity": "错误"},
        {
            "table": "跟进记录",
            "record_id": "1",
            "column": "优先级",
            "kind": "必填缺失",
            "severity": "错误",
            "action": "忽略",
        },
    ]
    tables = one_customer([{"followed_by": "李娜"}]).replace(issues=typed("issues", issues))
    rows = judge(tables).items.query("kind == 'fill'")
    assert rows[["person", "object_id", "text"]].values.tolist() == [
        ["张伟", "C1", "请补全客户基础信息：客户规模、需求痛点"],
        ["李娜", "1", "请补全跟进记录：跟进日期"],
    ]


def test_a_team_switches_a_rule_off_and_changes_its_parameter(one_customer: Make, typed: Typed) -> None:
    tables = one_customer([{"followup_date": "2024-06-20"}])
    rules = [{"rule_id": "R02", "enabled": "是", "params": "天数=10"}, {"rule_id": "R06", "enabled": ""}]
    result = judge(tables.replace(rules=typed("rules", rules)))
    assert result.hits["R02"] == []
    assert "R06" not in result.hits


def test_nothing_at_all() -> None:
    result = judge(Tables())
    assert result.changes == []
    assert result.hits == {rule: [] for rule in RULES}
    assert len(result.items) == 0
