"""Computed columns at their boundaries (MODEL 4; CASES E03-E05, E08, E16-E18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from followup.changes import apply_changes
from followup.columns import compute, deep, vague
from followup.columns.workbench import mask, workbench
from followup.tables import TABLES
from followup.tables.frames import Tables, to_cell
from followup.team import Team

NOW = datetime(2024, 6, 30, 18)
Make = Callable[..., Tables]


def computed(tables: Tables, now: datetime = NOW) -> Tables:
    return apply_changes(tables, compute(tables, Team.from_tables(tables), now))


def customer(tables: Tables, now: datetime = NOW) -> dict[str, Any]:
    """The computed cells of C1."""
    row = computed(tables, now)["customers"].loc["C1"]
    return {key: to_cell(row[key], column) for key, column in TABLES["customers"].by_key.items()}


def setting(tables: Tables, typed: Callable[..., pd.DataFrame], **values: str) -> Tables:
    return tables.replace(settings=typed("settings", [{"key": k, "value": v} for k, v in values.items()]))


def test_silent_from_day_31(one_customer: Make) -> None:
    """K5: day 30 no, day 31 yes."""
    assert customer(one_customer(first_contact_date="2024-05-31"))["silent_flag"] is None
    row = customer(one_customer(first_contact_date="2024-05-30"))
    assert (row["days_silent"], row["silent_flag"], row["status_label"]) == (31, "是", "沉默客户")


def test_old_contact_entered_today_leaves_silent(one_customer: Make) -> None:
    """E03: the date of contact counts, not of entry."""
    tables = one_customer(
        [{"followup_date": "2024-05-21", "created_at": "2024-06-30 10:00:00"}], first_contact_date="2024-01-01"
    )
    row = customer(tables)
    assert (row["last_touch"], row["days_silent"], row["silent_flag"]) == (date(2024, 5, 21), 40, "是")


@pytest.mark.parametrize(
    ("followup", "touched"),
    [
        ({"followup_date": "2024-06-30"}, True),
        ({"followup_date": "2024-07-01"}, False),  # the future does not count
        ({"followup_date": None}, False),
        ({"followup_date": "2024-06-20", "outcome": "已沟通"}, True),
        ({"followup_date": "2024-06-20", "outcome": "未接通"}, False),
        ({"followup_date": "2024-06-20", "outcome": "无回复"}, False),
        ({"followup_date": "2024-06-20", "outcome": "自动发送"}, False),
        ({"followup_date": "2024-06-20", "customer_id": "C9"}, False),
        ({"followup_date": "2024-06-20", "customer_id": ""}, False),
    ],
)
def test_what_is_a_valid_followup(one_customer: Make, followup: dict[str, Any], touched: bool) -> None:
    """MODEL 1.8."""
    row = customer(one_customer([followup], first_contact_date="2024-06-01"))
    assert (row["touches_30d"] == 1) is touched
    assert (row["last_touch"] != date(2024, 6, 1)) is touched


def test_thirty_days_of_touches(one_customer: Make) -> None:
    """K13: today-29 counts, today-30 does not."""
    followups = [{"followup_date": day} for day in ("2024-06-01", "2024-05-31", "2024-06-30")]
    assert customer(one_customer(followups))["touches_30d"] == 2


@pytest.mark.parametrize(
    ("first", "created", "verdict"),
    [
        ({"first_comm_at": "2024-06-10 09:00:00"}, "2024-06-11 09:00:00", "是"),
        ({"first_comm_at": "2024-06-10 09:00:00"}, "2024-06-11 09:00:01", "否"),
        ({"first_contact_date": "2024-06-10"}, "2024-06-11 23:59:59", "是"),
        ({"first_contact_date": "2024-06-10"}, "2024-06-12 00:00:00", "否"),
        ({"first_contact_date": "2024-06-01", "first_comm_at": "2024-06-10 09:00:00"}, "2024-06-11 08:00:00", "是"),
        ({}, "2024-06-11 08:00:00", None),
        ({"first_contact_date": "2024-06-10", "source": "导入"}, "2024-06-20", None),
    ],
)
def test_customer_entered_within_24_hours(
    one_customer: Make, first: dict[str, Any], created: str, verdict: str | None
) -> None:
    """K2, E04."""
    assert customer(one_customer(created_at=created, **first))["entry_on_time"] == verdict


@pytest.mark.parametrize(
    ("followup", "created", "verdict"),
    [
        ({"ended_at": "2024-06-10 16:00:00"}, "2024-06-10 18:00:00", "是"),
        ({"ended_at": "2024-06-10 16:00:00"}, "2024-06-10 18:00:01", "否"),
        ({"ended_at": "2024-06-11 00:30:00"}, "2024-06-11 02:30:00", "是"),  # ends after midnight
        ({"ended_at": "2024-06-10 16:00:00"}, "2024-06-10 15:00:00", "是"),  # entered before the end
        ({}, "2024-06-11 01:59:59", "是"),
        ({}, "2024-06-11 02:00:00", "否"),
        ({"source": "导入"}, "2024-06-12", ""),
    ],
)
def test_followup_entered_within_2_hours(
    one_customer: Make, followup: dict[str, Any], created: str, verdict: str
) -> None:
    """K23, E05."""
    tables = one_customer([{"followup_date": "2024-06-10", "created_at": created} | followup])
    assert computed(tables)["followups"]["entry_on_time"].tolist() == [verdict]


@pytest.mark.parametrize(
    ("grade", "due"),
    [("A", date(2024, 6, 23)), ("B", date(2024, 6, 27)), ("C", date(2024, 7, 20)), ("", None), ("D", None)],
)
def test_cadence_by_grade(one_customer: Make, grade: str, due: date | None) -> None:
    """K7, K8; E08: blank and D have no cadence."""
    row = customer(one_customer([{"followup_date": "2024-06-20"}], grade=grade))
    assert row["cadence_due"] == due
    assert row["hint"] == ("未安排" if due is None else row["hint"])


def test_a_team_changes_its_cadence(one_customer: Make, typed: Callable[..., pd.DataFrame]) -> None:
    tables = setting(one_customer([{"followup_date": "2024-06-20"}], grade="A"), typed, 等级节奏="A:5；B:7")
    assert customer(tables)["cadence_due"] == date(2024, 6, 25)


def test_first_contact_is_due_a_day_after_the_assignment(one_customer: Make) -> None:
    """K8 without follow-ups: date(lat(assign) + 24 h); assign falls back to 首次接触时间, then 录入时间."""
    assert customer(one_customer(assigned_at="2024-06-29 20:05:00"))["cadence_due"] == date(2024, 6, 30)
    assert customer(one_customer(first_contact_date="2024-06-29"))["cadence_due"] == date(2024, 6, 30)
    assert customer(one_customer(created_at="2024-06-29 23:00:00"))["cadence_due"] == date(2024, 6, 30)
    assert customer(one_customer())["cadence_due"] is None


@pytest.mark.parametrize(
    ("due", "hint"),
    [
        ("2024-06-29", "逾期1天"),
        ("2024-06-30", "今日"),
        ("2024-07-01", "1天内"),
        ("2024-07-03", "3天内"),
        ("2024-07-04", "正常"),
    ],
)
def test_hints(one_customer: Make, due: str, hint: str) -> None:
    """K11, K12."""
    assert customer(one_customer(tasks=[{"status": "未开始", "due_date": due}]))["hint"] == hint


def test_only_open_tasks_are_due(one_customer: Make) -> None:
    """K9."""
    tasks = [
        {"task_id": "T1", "status": "已完成", "due_date": "2024-06-01"},
        {"task_id": "T2", "status": "已取消", "due_date": "2024-06-02"},
        {"task_id": "T3", "status": "进行中", "due_date": "2024-06-05"},
        {"task_id": "T4", "status": "未开始", "due_date": "2024-06-04"},
        {"task_id": "T5", "status": "未开始"},
    ]
    assert customer(one_customer(tasks=tasks))["action_due"] == date(2024, 6, 4)


def test_snoozed_until_tomorrow_but_not_today(one_customer: Make) -> None:
    """K10, K12: 暂缓至 counts while it is after today; a lost customer is not snoozed."""
    task = [{"status": "未开始", "due_date": "2024-06-28"}]
    row = customer(one_customer(tasks=task, snooze_until="2024-07-01"))
    assert (row["next_due"], row["hint"]) == (date(2024, 7, 1), "已暂缓")
    row = customer(one_customer(tasks=task, snooze_until="2024-06-30"))
    assert (row["next_due"], row["hint"]) == (date(2024, 6, 28), "逾期2天")
    row = customer(one_customer(tasks=task, snooze_until="2024-07-01", status="流失客户"))
    assert (row["next_due"], row["hint"]) == (date(2024, 6, 28), "已流失")


@pytest.mark.parametrize(
    ("rule", "due"),
    [("不调整", date(2024, 10, 1)), ("顺延", date(2024, 10, 8)), ("提前", date(2024, 9, 30))],
)
def test_due_in_golden_week(one_customer: Make, typed: Callable[..., pd.DataFrame], rule: str, due: date) -> None:
    """K10, E18."""
    tables = one_customer(tasks=[{"status": "未开始", "due_date": "2024-10-01"}])
    assert customer(setting(tables, typed, 到期遇节假日=rule))["next_due"] == due


def test_due_on_a_working_saturday_and_in_an_unknown_year(
    one_customer: Make, typed: Callable[..., pd.DataFrame]
) -> None:
    """E18: 2024-09-29 is a Sunday people work on; a year nobody knows is Monday to Friday."""
    for day, due in (("2024-09-29", date(2024, 9, 29)), ("2061-01-01", date(2061, 1, 3))):
        tables = one_customer(tasks=[{"status": "未开始", "due_date": day}])
        assert customer(setting(tables, typed, 到期遇节假日="顺延"))["next_due"] == due


def test_exact_half_rounds_up(one_customer: Make) -> None:
    """K14: 78.5 is 79, which binary floats miss (MODEL 1.5)."""
    days = ("2024-06-03", "2024-06-14", "2024-06-21")
    row = customer(one_customer([{"followup_date": day} for day in days], grade="B", first_contact_date="2024-06-02"))
    assert row["activity"] == 79


def test_scores_from_ratings_and_from_the_grade(one_customer: Make) -> None:
    """K15, K17, K18."""
    row = customer(one_customer(rating_value=4, rating_intent=2, rating_position=1))
    assert (row["potential"], row["suggested_grade"]) == (56, "B")
    row = customer(one_customer(rating_value=4, rating_intent=2, grade="C"))
    assert (row["potential"], row["suggested_grade"]) == (20, None)
    row = customer(one_customer(rating_value=6, rating_intent=2, rating_position=1, grade="A"))
    assert (row["potential"], row["suggested_grade"]) == (100, None)


@pytest.mark.parametrize(
    ("acquired", "started", "hours"),
    [
        ("2024-06-05 09:00:00", "2024-06-05 15:00:00", 6.0),
        ("2024-06-05 09:00:00", "2024-06-05 09:00:18", 0.01),  # 0.005 h, half up
        ("2024-06-05 09:00:00", "2024-06-05 08:00:00", 0.0),
        ("2024-06-05", "2024-06-07 08:00:00", 48.0),  # one is date-only: whole days
        ("2024-06-05 09:00:00", None, 48.0),
    ],
)
def test_first_response(one_customer: Make, acquired: str, started: str | None, hours: float) -> None:
    """K21, counting attempts that did not get through too."""
    tables = one_customer(
        [{"followup_date": (started or "2024-06-07")[:10], "started_at": started, "outcome": "未接通"}],
        acquired_at=acquired,
    )
    assert customer(tables)["first_response_h"] == hours


def test_completeness_of_won_and_lost(one_customer: Make, typed: Callable[..., pd.DataFrame]) -> None:
    """K19: extra columns are required of won and lost customers; a writing of blank is blank."""
    ten = {c.key: "文字" for c in TABLES["customers"].columns[:10]} | {"first_contact_date": "2024-06-01"}
    assert customer(one_customer(**ten))["completeness"] == 1
    assert customer(one_customer(**ten | {"industry": ""}))["completeness"] == 0.9
    assert customer(one_customer(**ten, status="流失客户", lost_reason="预算取消"))["completeness"] == 11 / 12
    won = one_customer(**ten, status="成交客户")
    assert customer(won)["completeness"] == 10 / 12
    deal = {"deal_id": "D1", "customer_id": "C1", "result": "赢单", "contract_amount": "1.00"}
    assert customer(won.replace(deals=typed("deals", [deal])))["completeness"] == 11 / 12
    blank = typed("dictionary", [{"category": "空值写法", "value": "待补充", "enabled": "是"}])
    assert customer(one_customer(**ten | {"pain_points": "待补充"}).replace(dictionary=blank))["completeness"] == 0.9


def test_tiers(one_customer: Make, typed: Callable[..., pd.DataFrame]) -> None:
    """K20, K22."""

    def tier(*amounts: str, **cells: Any) -> str:
        deals = [
            {"deal_id": f"D{n}", "customer_id": "C1", "result": "赢单", "contract_amount": amount}
            for n, amount in enumerate(amounts)
        ]
        tables = one_customer(**cells)
        tables = tables.replace(deals=typed("deals", deals)) if deals else tables
        return customer(setting(tables, typed, 关键行业="金融"))["tier"]

    assert tier() == "普通客户"
    assert tier(grade="B") == "潜力客户"
    assert tier(status="意向客户") == "潜力客户"
    assert tier("99999.99") == "普通客户"
    assert tier("100000") == "高价值客户"
    assert tier("1", "1") == "高价值客户"
    assert tier(industry="金融-银行") == "高价值客户"


def test_current_stage_is_of_the_newest_running_deal(one_customer: Make, typed: Callable[..., pd.DataFrame]) -> None:
    deals = [
        {"deal_id": "D1", "stage": "方案报价", "result": "进行中", "created_at": "2024-06-02 10:00:00"},
        {"deal_id": "D2", "stage": "需求分析", "result": "进行中", "created_at": "2024-06-03 10:00:00"},
        {"deal_id": "D3", "stage": "谈判签约", "result": "输单", "created_at": "2024-06-04 10:00:00"},
    ]
    tables = one_customer().replace(deals=typed("deals", [d | {"customer_id": "C1"} for d in deals]))
    assert customer(tables)["current_stage"] == "需求分析"


def test_open_issues_are_counted(one_customer: Make, typed: Callable[..., pd.DataFrame]) -> None:
    issues = [
        {"issue_id": "1", "table": "客户基础信息", "record_id": "C1", "action": "待处理"},
        {"issue_id": "2", "table": "客户基础信息", "record_id": "C1", "action": ""},
        {"issue_id": "3", "table": "客户基础信息", "record_id": "C1", "action": "已修复"},
        {"issue_id": "4", "table": "客户基础信息", "record_id": "C1", "action": "忽略"},
        {"issue_id": "5", "table": "跟进记录", "record_id": "C1", "action": "待处理"},
    ]
    assert customer(one_customer().replace(issues=typed("issues", issues)))["issue_count"] == 2


def test_vague_summaries(one_customer: Make, typed: Callable[..., pd.DataFrame]) -> None:
    """K25, C14: short, or a 含糊用语 in a text under 15 characters; punctuation and spaces do not count."""
    texts = [
        "再联系",
        "客户有兴趣",
        "客户很好，有兴趣！ ",
        "客户对成本优化率要求不低于25%",
        "确认下周演示",
        "确、认 。下周",
        "",
    ]
    words = typed("dictionary", [{"category": "含糊用语", "value": "有兴趣", "enabled": "是"}])
    tables = one_customer([{"summary": text} for text in texts]).replace(dictionary=words)
    found = computed(tables)["followups"]["quality_hint"]
    assert found.tolist() == ["含糊", "含糊", "含糊", "", "", "含糊", ""]
    team = Team.from_tables(tables)
    assert vague(pd.Series(["客户有兴趣，但要求成本优化率不低于25%", "😀" * 5], dtype=object), team).tolist() == [
        False,
        True,
    ]


def test_deep_by_method_unless_typed(one_customer: Make) -> None:
    """K24."""
    rows = [{"method": m, "is_deep": d} for m, d in (("电话", ""), ("微信", ""), ("微信", "是"), ("拜访", ""))]
    assert deep(one_customer(rows)["followups"]).tolist() == ["是", "", "是", "是"]


def test_stage_history_of_a_deal(typed: Callable[..., pd.DataFrame]) -> None:
    """MODEL 1.13: the first value is no change; a deal moved back keeps its highest stage."""
    moves = [
        ("", "初步接触", "2024-06-01 10:00:00"),
        ("初步接触", "方案报价", "2024-06-10 10:00:00"),
        ("方案报价", "需求分析", "2024-06-20 10:00:00"),
    ]
    log = [
        {
            "change_id": str(n),
            "entity": "商机",
            "entity_id": "D1",
            "field": "阶段",
            "old": o,
            "new": w,
            "occurred_at": at,
        }
        for n, (o, w, at) in enumerate(moves)
    ]
    deal = {
        "deal_id": "D1",
        "stage": "需求分析",
        "result": "进行中",
        "expected_amount": "100.02",
        "created_at": "2024-06-01",
    }
    fresh = {"deal_id": "D2", "stage": "初步接触", "result": "进行中", "created_at": "2024-06-25"}
    deals = computed(Tables({"deals": typed("deals", [deal, fresh]), "transitions": typed("transitions", log)}))[
        "deals"
    ]
    assert deals["max_stage"].tolist() == [3, 1]
    assert deals["stage_since"].astype(str).tolist() == ["2024-06-20", "2024-06-25"]
    assert deals["days_in_stage"].tolist() == [10, 5]
    assert deals["win_probability"].tolist() == [0.25, 0.1]
    assert deals["weighted"].fillna(-1).tolist() == [2501, -1]  # 25.005 yuan, half up


def test_double_reminder_and_days_overdue(one_customer: Make) -> None:
    both = {"reminded_at": "2024-06-29 08:30:00", "verbal_at": "2024-06-29 10:00:00"}
    rows = [
        {"priority": "高", "status": "未开始", "due_date": "2024-06-25"} | both,
        {"priority": "中", "status": "未开始", "due_date": "2024-07-25"} | both,
        {
            "priority": "中",
            "important": "是",
            "status": "已完成",
            "due_date": "2024-06-25",
            "reminded_at": "2024-06-29",
        },
    ]
    tasks = computed(one_customer(tasks=rows))["tasks"]
    assert tasks["double_done"].tolist() == ["是", "", ""]
    assert tasks["days_overdue"].fillna(-1).tolist() == [5, 0, -1]


def test_workbench(one_customer: Make, typed: Callable[..., pd.DataFrame]) -> None:
    """Overdue before today before soon; a customer with a listed task has no row of its own; contacts are masked."""
    people = [
        {
            "customer_id": "C1",
            "customer_name": "甲",
            "status": "意向客户",
            "grade": "B",
            "owner": "张伟",
            "contact_info": "13800138000",
        },
        {"customer_id": "C2", "customer_name": "乙", "status": "意向客户", "grade": "A", "owner": "张伟"},
        {
            "customer_id": "C3",
            "customer_name": "丙",
            "status": "意向客户",
            "grade": "A",
            "owner": "张伟",
            "snooze_until": "2024-07-09",
        },
        {"customer_id": "C4", "customer_name": "丁", "status": "流失客户", "owner": "张伟"},
    ]
    touched = [
        {"customer_id": c, "followup_date": "2024-06-10", "summary": f"谈了{c}的报价"} for c in ("C1", "C2", "C3")
    ]
    todo = [
        {
            "task_id": "T1",
            "customer_id": "C1",
            "type": "下一步行动",
            "content": "报价",
            "status": "未开始",
            "due_date": "2024-07-03",
        },
        {
            "task_id": "T2",
            "customer_id": "C1",
            "type": "自定义",
            "content": "",
            "status": "未开始",
            "due_date": "2024-06-30",
        },
        {"task_id": "T3", "customer_id": "C1", "type": "自定义", "status": "未开始", "due_date": "2024-07-04"},
        {"task_id": "T4", "customer_id": "C1", "type": "自定义", "status": "已完成", "due_date": "2024-06-30"},
    ]
    tables = Tables(
        {
            "customers": typed("customers", people),
            "followups": typed("followups", touched),
            "tasks": typed("tasks", todo),
        }
    )
    rows = workbench(computed(tables), Team.default(), NOW)
    assert rows.index.tolist() == ["客户 C2", "T2", "T1"]
    assert rows["rank"].tolist() == [1, 2, 3]
    assert rows["item"].tolist() == ["跟进客户", "自定义", "下一步行动：报价"]
    assert rows["hint"].tolist() == ["逾期17天", "今日", "3天内"]
    assert rows["last_summary"].tolist()[1] == "2024-06-10 谈了C1的报价"
    assert rows["contact"].tolist() == ["", "138****8000", "138****8000"]
    assert rows["task_id"].tolist() == ["", "T2", "T1"]
    assert rows["done"].tolist() == ["", "", ""]


def test_masks() -> None:
    assert mask("王13800138000、zhang.wei@x.com") == "王138****8000、z***@x.com"
    assert "1234567" not in mask("0755-1234567")


def test_tickets_and_archive(typed: Callable[..., pd.DataFrame]) -> None:
    ticket = {"opened_at": "2024-06-01 10:00:00", "resolved_at": "2024-06-01 10:20:00"}
    archived = {"coop_start": "2024-01-01", "coop_end": "2024-03-01"}
    tables = Tables(
        {
            "tickets": typed("tickets", [ticket, {}]),
            "history": typed("history", [archived, {"coop_start": "2024-01-01"}]),
        }
    )
    after = computed(tables)
    assert after["tickets"]["hours_to_resolve"].fillna(-1).tolist() == [0.33, -1]
    assert after["history"]["coop_days"].fillna(-1).tolist() == [60, -1]


def test_nothing_at_all() -> None:
    """An empty workbook computes to nothing."""
    assert compute(Tables(), Team.default(), NOW) == []
    assert len(workbench(Tables(), Team.default(), NOW)) == 0
