"""The checks, both sides of each boundary; 问题清单 from run to run (MODEL 3.22, CASES 4, 5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pandas as pd
import pytest

from followup.changes import apply_changes
from followup.checks import accepted, blank_errors, check, open_issues, record
from followup.columns import entry_times
from followup.grid import Grid
from followup.links import link
from followup.observe import locate, observe
from followup.tables import TABLES
from followup.tables.frames import Tables
from followup.team import Team

NOW = datetime(2024, 6, 30, 18)
NONE = pd.DataFrame(
    {
        n: pd.Series([], dtype=object)
        for n in ("table", "record_id", "column", "raw", "verdict", "value", "reason", "kind", "severity")
    }
)
FULL = {
    "customer_name": "示例科技有限公司", "industry": "制造业-汽车零部件", "customer_type": "潜在客户", "key_contact": "*经理/采购总监",
    "contact_info": "手机号5678", "comm_preference": "邮件", "company_size": "500人", "pain_points": "降低供应链管理成本30%",
    "first_contact_date": "2024-05-01", "first_contact_channel": "官网", "status": "意向客户", "owner": "张伟",
}  # fmt: skip
TALK = {
    "customer_ref": "示例科技有限公司", "followup_date": "2024-06-05", "method": "电话", "followed_by": "张伟",
    "summary": "介绍公司供应链解决方案，初步知晓需求", "feedback": "需要方案对比数据，下周前提供", "next_action": "准备竞品分析报告",
    "action_owner": "张伟", "action_due": "2024-06-10", "priority": "高",
}  # fmt: skip
Typed = Callable[..., pd.DataFrame]


def issues(tables: Tables, verdicts: pd.DataFrame = NONE, now: datetime = NOW) -> set[tuple[str, str, str, str]]:
    """Record, header, kind and severity of what the checks find."""
    tables = apply_changes(tables, link(tables))
    team = Team.from_tables(tables)
    tables = apply_changes(tables, entry_times(tables, team, now))
    found = check(tables, verdicts, team, now).issues
    assert found["message"].ne("").all() and not found["message"].str.contains("{", regex=False).any()
    return set(zip(found["record_id"], found["column"], found["kind"], found["severity"], strict=True))


@pytest.fixture
def team_of(typed: Typed) -> Callable[..., Tables]:
    """Tables of one complete customer C1 and follow-up F1; keywords change cells or whole tables."""

    def make(
        customer: dict[str, object] | None = None,
        talk: dict[str, object] | None = None,
        **tables: list[dict[str, object]],
    ) -> Tables:
        rows = {
            "customers": [{"customer_id": "C1", **FULL, **(customer or {})}],
            "followups": [{"followup_id": "F1", **TALK, **(talk or {})}],
            "people": [{"name": "张伟", "email": "z@example.com", "role": "销售", "active": "是"}],
            **tables,
        }
        return Tables({name: typed(name, part) for name, part in rows.items()})

    return make


def test_a_complete_customer_has_no_issue(team_of: Callable[..., Tables]) -> None:
    assert issues(team_of()) == set()


@pytest.mark.parametrize(
    ("customer", "talk", "expected"),
    [
        ({"customer_name": ""}, {"customer_ref": "C1"}, ("C1", "客户名称", "必填缺失", "错误")),
        ({"company_size": ""}, {}, ("C1", "客户规模", "必填缺失", "警告")),
        ({"status": "流失客户", "lost_reason": "预算取消"}, {}, ("C1", "流失日期", "必填缺失", "警告")),
        ({"status": "流失客户", "lost_date": "2024-06-18"}, {}, ("C1", "流失原因", "必填缺失", "警告")),
        ({"customer_type": "沉默客户"}, {}, ("C1", "客户类型", "不在字典", "警告")),
        ({"rating_value": 6}, {}, ("C1", "潜在价值", "超出范围", "警告")),
        ({"first_contact_date": "1999-12-31"}, {}, ("C1", "首次接触时间", "超出范围", "警告")),
        ({"pain_points": "降本"}, {}, ("C1", "需求痛点", "含糊表述", "警告")),
        ({"owner": "没有这人"}, {}, ("C1", "负责人", "未知人员", "警告")),
        ({}, {"customer_ref": "别的公司"}, ("F1", "客户名称", "客户未匹配", "错误")),
        ({}, {"followup_date": "2024-07-01"}, ("F1", "跟进日期", "未来日期", "错误")),
        ({}, {"followup_date": "2024-04-30"}, ("F1", "跟进日期", "前后矛盾", "警告")),
        ({}, {"action_due": "2024-06-04"}, ("F1", "截止时间", "前后矛盾", "警告")),
        ({}, {"action_due": ""}, ("F1", "截止时间", "截止缺失", "错误")),
        ({}, {"action_owner": ""}, ("F1", "负责人", "必填缺失", "错误")),
        ({}, {"priority": ""}, ("F1", "优先级", "必填缺失", "警告")),
        (
            {},
            {"next_action": "", "action_owner": "", "action_due": "", "priority": ""},
            ("F1", "下一步行动", "必填缺失", "警告"),
        ),
        ({}, {"summary": "客户有兴趣"}, ("F1", "沟通内容摘要", "含糊表述", "警告")),
        ({}, {"expected_reply": "2024-06-04"}, ("F1", "预计反馈时间", "前后矛盾", "警告")),
        (
            {},
            {"started_at": "2024-06-05 16:00", "ended_at": "2024-06-05 15:00"},
            ("F1", "沟通结束时间", "前后矛盾", "警告"),
        ),
    ],
)
def test_what_is_wrong_is_found(
    team_of: Callable[..., Tables], customer: dict[str, object], talk: dict[str, object], expected: tuple[str, ...]
) -> None:
    assert expected in issues(team_of(customer, talk))


@pytest.mark.parametrize(
    ("customer", "talk"),
    [
        ({"rating_value": 5}, {}),
        ({"first_contact_date": "2000-01-01"}, {}),
        ({}, {"followup_date": "2024-06-30", "action_due": "2024-07-01"}),
        ({}, {"action_due": "2024-06-05"}),
        ({}, {"feedback": "无反馈"}),
        ({}, {"summary": "客户对成本优化率要求不低于25%"}),
        ({}, {"action_owner": "*助理"}),
        ({"status": "成交客户"}, {"next_action": "", "action_owner": "", "action_due": "", "priority": ""}),
    ],
)
def test_what_is_right_is_left_alone(
    team_of: Callable[..., Tables], customer: dict[str, object], talk: dict[str, object]
) -> None:
    assert issues(team_of(customer, talk)) == set()


@pytest.mark.parametrize(("entered", "late"), [("2024-06-05 18:00:00", False), ("2024-06-05 18:00:01", True)])
def test_two_hours_after_the_conversation(team_of: Callable[..., Tables], entered: str, late: bool) -> None:
    talk = {"ended_at": "2024-06-05 16:00", "created_at": entered, "source": "录入"}
    assert (("F1", "跟进日期", "录入超时", "提示") in issues(team_of(talk=talk))) is late


@pytest.mark.parametrize(("entered", "late"), [("2024-06-02 09:00:00", False), ("2024-06-02 09:00:01", True)])
def test_a_day_after_the_first_contact(team_of: Callable[..., Tables], entered: str, late: bool) -> None:
    customer = {
        "first_contact_date": "2024-06-01",
        "first_comm_at": "2024-06-01 09:00",
        "created_at": entered,
        "source": "录入",
    }
    assert (("C1", "首次接触时间", "录入超时", "提示") in issues(team_of(customer))) is late


def test_limits_do_not_judge_what_was_before_the_system(team_of: Callable[..., Tables]) -> None:
    talk = {"created_at": "2024-06-30 18:00", "source": "录入"}
    since = [{"key": "系统启用日期", "value": "2024-06-06"}]
    assert ("F1", "跟进日期", "录入超时", "提示") in issues(team_of(talk=talk))
    assert issues(team_of(talk=talk, settings=since)) == set()


def test_duplicate_customers_and_shared_names(team_of: Callable[..., Tables]) -> None:
    twice = [{"customer_id": "C1", **FULL}, {"customer_id": "C2", **FULL, "customer_name": "示例科技 有限公司"}]
    found = issues(team_of(customers=twice))
    assert {("C1", "客户名称", "重复客户", "警告"), ("C2", "客户名称", "重复客户", "警告")} <= found
    assert ("F1", "客户名称", "客户未匹配", "错误") in found  # two fit: not guessed
    lost = [twice[0], {**twice[1], "status": "流失客户", "lost_date": "2024-06-01", "lost_reason": "价格"}]
    assert "重复客户" not in {kind for _, _, kind, _ in issues(team_of(customers=lost))}


def test_deals_payments_people_settings(team_of: Callable[..., Tables]) -> None:
    tables = team_of(
        deals=[
            {
                "deal_id": "D1",
                "customer_ref": "C1",
                "deal_name": "采购",
                "owner": "张伟",
                "stage": "谈判签约",
                "result": "赢单",
            }
        ],
        payments=[
            {
                "payment_id": "R1",
                "deal_id": "D1",
                "instalment": "1",
                "due_date": "2024-06-15",
                "due_amount": 100,
                "paid_amount": 5,
            }
        ],
        people=[{"name": "张伟", "email": "z@example.com", "role": "销售", "active": "否"}],
        settings=[{"key": "沉默天数", "value": "三十", "type": "int", "default": "30"}],
    )
    found = {(column, kind) for _, column, kind, _ in issues(tables)}
    assert {
        ("合同签订日期", "必填缺失"),
        ("合同金额", "必填缺失"),
        ("成败原因", "必填缺失"),
        ("实收日期", "必填缺失"),
        ("离职日", "必填缺失"),
        ("值", "设置无效"),
    } <= found


def test_a_status_needs_a_follow_up_near_it(team_of: Callable[..., Tables]) -> None:
    move = {
        "change_id": "S1",
        "entity": "客户",
        "entity_id": "C1",
        "field": "客户状态",
        "old": "潜在客户",
        "new": "意向客户",
    }
    near = team_of(transitions=[{**move, "occurred_at": "2024-06-12 10:00"}])
    far = team_of(transitions=[{**move, "occurred_at": "2024-06-13 10:00"}])
    assert ("C1", "客户状态", "状态无佐证", "警告") not in issues(near)
    assert ("C1", "客户状态", "状态无佐证", "警告") in issues(far)


def test_issues_do_not_depend_on_the_order_of_rows(team_of: Callable[..., Tables]) -> None:
    rows = [
        {"customer_id": f"C{n}", **FULL, "customer_name": f"示例{n}公司", "company_size": "" if n % 2 else "80人"}
        for n in range(8)
    ]
    forward, backward = team_of(customers=rows), team_of(customers=rows[::-1])
    assert issues(forward) == issues(backward)
    one, other = (check(t, NONE, Team.default(), NOW).issues for t in (forward, backward))
    assert set(one.index) == set(other.index)


def test_an_erroneous_value_counts_as_missing(team_of: Callable[..., Tables]) -> None:
    tables = team_of(talk={"followup_date": "2024-07-01"})
    tables = apply_changes(tables, link(tables))
    found = check(tables, NONE, Team.from_tables(tables), NOW)
    assert pd.isna(blank_errors(tables, found.errors)["followups"].at["F1", "followup_date"])


def test_the_list_from_run_to_run(team_of: Callable[..., Tables]) -> None:
    broken, mended = team_of({"company_size": ""}), team_of()

    def run(tables: Tables, listed: pd.DataFrame, now: datetime = NOW) -> pd.DataFrame:
        held = Tables({"issues": listed})
        found = check(tables, NONE, Team.from_tables(tables), now).issues
        return apply_changes(held, record(listed, found, now))["issues"]

    first = run(apply_changes(broken, link(broken)), TABLES and Tables()["issues"])
    assert len(first) == 1 and open_issues(first).all()
    found = check(apply_changes(broken, link(broken)), NONE, Team.from_tables(broken), NOW).issues
    assert record(first, found, NOW) == []  # a second look at one moment changes nothing
    closed = run(apply_changes(mended, link(mended)), first)
    assert closed["action"].tolist() == ["已修复"] and not open_issues(closed).any()
    assert run(apply_changes(broken, link(broken)), closed)["action"].tolist() == ["待处理"]
    ignored = first.assign(action=pd.Series(["忽略"], index=first.index, dtype=object))
    assert run(apply_changes(broken, link(broken)), ignored)["action"].tolist() == ["忽略"]


def test_an_accepted_suggestion_goes_into_the_cell(team_of: Callable[..., Tables], typed: Typed) -> None:
    listed = typed(
        "issues",
        [
            {
                "issue_id": "I1",
                "table": "跟进记录",
                "record_id": "F1",
                "column": "优先级",
                "kind": "不在字典",
                "suggestion": "高",
                "action": "采纳",
            }
        ],
    )
    tables = team_of(talk={"priority": ""})
    after = apply_changes(tables, accepted(tables, listed))
    assert after["followups"].at["F1", "priority"] == "高"


def test_the_documents_own_samples_load_without_an_error(typed: Typed) -> None:
    """REQUIREMENTS A02-A11, B03-B06; gap 3: a missing 优先级 is a warning, 「2024–前」 is never guessed."""
    customers = Grid("客户基础信息", [
        ["客户名称", "所属行业", "客户类型", "关键联系人", "联系方式", "沟通偏好", "客户规模", "需求痛点", "首次接触时间", "首次接触渠道"],
        ["科技有限公司", "制造业-汽车零部件", "潜在客户", "*经理/采购总监", "手机号5678", "邮件+每周电话同步", "500人/年营收1-5亿", "降低供应链管理成本30%", "2024-05-01", "行业展会推荐"],
    ])  # fmt: skip
    head = [
        "客户名称",
        "跟进日期",
        "跟进方式",
        "跟进人",
        "沟通内容摘要",
        "客户反馈/需求变化",
        "下一步行动",
        "负责人",
        "截止时间",
        "优先级",
    ]
    talks = Grid("跟进记录", [
        head,
        ["科技有限公司", "2024-05-05", "电话", "*专员", "介绍公司供应链解决方案,初步知晓客户成本控制需求", "“需要方案对比数据,下周前提供”", "准备竞品分析报告", "*助理", "2024-05-10", None],
        ["科技有限公司", "2024-05-12", "邮件", "*专员", "发送方案对比报告及成功案例", "“方案可行,希望安排技术对接会”", "协调技术团队,预约会议时间", "*经理", "2024-05-15", None],
        ["科技有限公司", "2024-05-18", "现场", "*经理", "技术对接会,演示系统功能,确认数据对接需求", "“试用账号需开放3个端口,下周一前完成”", "联系技术部配置试用账号", "*助理", "2024-05-20", None],
    ])  # fmt: skip
    frames, verdicts = _read(typed, customers=customers, followups=talks)
    found = issues(Tables(frames), verdicts)
    assert not [one for one in found if one[3] == "错误"]
    assert {("F2", "优先级", "必填缺失", "警告"), ("F3", "优先级", "必填缺失", "警告")} <= found
    talks.rows[1][8] = "2024–前"
    frames, verdicts = _read(typed, customers=customers, followups=talks)
    assert any(record == "F2" and column == "截止时间" for record, column, _, _ in issues(Tables(frames), verdicts))


def _read(typed: Typed, **grids: Grid) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Sheets as typed tables with made-up ids, and their verdicts."""
    frames, parts = {}, [NONE]
    for key, grid in grids.items():
        located = locate(grid, TABLES[key], Team.default().dictionary)
        assert located is not None
        seen = observe(grid, located, Team.default(), NOW)
        letter = {"customers": "C", "followups": "F"}[key]
        frames[key] = seen.frame.set_axis(pd.Index([f"{letter}{row}" for row in seen.frame.index], dtype=object))
        rows = seen.verdicts.drop(columns="row").assign(
            table=key, record_id=[f"{letter}{row}" for row in seen.verdicts["row"]]
        )
        parts.append(rows[NONE.columns].astype(object))
    return frames, pd.concat(parts, ignore_index=True)
