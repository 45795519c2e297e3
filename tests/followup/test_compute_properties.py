"""What holds for every team (CASES 8): a second run is quiet, the order of rows does not matter, monotone columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.tables import TABLES
from followup.tables.frames import Tables

NOW = datetime(2024, 6, 30, 18)
Run = Callable[..., Any]
Typed = Callable[..., pd.DataFrame]
MANY = settings(max_examples=15, deadline=None)
FEW = settings(max_examples=5, deadline=None)

CUSTOMERS = ("C1", "C2", "C3")
NAMES = ("甲公司", "乙公司", "丙公司")
day = st.integers(-3, 120).map(lambda n: (NOW - timedelta(days=n)).strftime("%Y-%m-%d"))
instant = st.integers(-100, 90_000).map(lambda n: (NOW - timedelta(minutes=n)).isoformat(" ", "seconds"))
maybe_day = st.none() | day
maybe_instant = st.none() | instant
who = st.sampled_from(["", "张伟", "李娜", "王强"])
rating = st.none() | st.integers(0, 6)


def rows(prefix: str, id_column: str, most: int, **cells: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict]]:
    """Up to `most` rows with ids prefix1, prefix2, …"""
    return st.lists(st.fixed_dictionaries(cells), max_size=most).map(
        lambda made: [{id_column: f"{prefix}{n}"} | row for n, row in enumerate(made, 1)]
    )


customers = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["", "潜在客户", "意向客户", "成交客户", "沉默客户", "流失客户"]),
        "customer_type": st.sampled_from(["", "潜在客户", "成交客户"]),
        "grade": st.sampled_from(["A", "B", "C", "", "D"]),
        "owner": who,
        "industry": st.sampled_from(["", "/", "制造业-汽车零部件"]),
        "first_contact_date": maybe_day,
        "first_comm_at": maybe_instant,
        "acquired_at": maybe_instant,
        "assigned_at": maybe_instant,
        "created_at": maybe_instant,
        "snooze_until": maybe_day,
        "rating_value": rating,
        "rating_intent": rating,
        "rating_position": rating,
        "source": st.sampled_from(["", "录入", "导入"]),
    }
)
teams = st.fixed_dictionaries(
    {
        "customers": st.lists(customers, min_size=1, max_size=3).map(
            lambda made: [
                {"customer_id": i, "customer_name": n} | row for i, n, row in zip(CUSTOMERS, NAMES, made, strict=False)
            ]
        ),
        "followups": rows(
            "F", "followup_id", 6,
            customer_ref=st.sampled_from([*NAMES, "C1", "没有这家", ""]),
            customer_id=st.sampled_from(["", *CUSTOMERS]),
            followup_date=maybe_day,
            outcome=st.sampled_from(["", "已沟通", "未接通", "无回复"]),
            method=st.sampled_from(["电话", "微信"]),
            summary=st.sampled_from(["", "客户有兴趣", "客户对成本优化率要求不低于25%"]),
            next_action=st.sampled_from(["", "报价"]),
            action_owner=who,
            action_due=maybe_instant,
            priority=st.sampled_from(["", "高", "低"]),
            started_at=maybe_instant,
            ended_at=maybe_instant,
            expected_reply=maybe_day,
            created_at=maybe_instant,
        ),
        "tasks": rows(
            "T", "task_id", 5,
            type=st.sampled_from(["自定义", "下一步行动", "跟进任务"]),
            rule_id=st.sampled_from(["", "R02"]),
            source_id=st.sampled_from(["", "F1", "F9"]),
            customer_id=st.sampled_from(["", *CUSTOMERS]),
            owner=who,
            status=st.sampled_from(["未开始", "进行中", "已完成", "已取消"]),
            due_date=maybe_day,
            done_at=maybe_instant,
            created_at=maybe_instant,
            priority=st.sampled_from(["高", "中", "低"]),
            snooze_until=maybe_day,
        ),
        "deals": rows(
            "D", "deal_id", 4,
            customer_id=st.sampled_from(["", *CUSTOMERS]),
            owner=who,
            stage=st.sampled_from(["", "初步接触", "方案报价", "回款交付"]),
            result=st.sampled_from(["", "进行中", "赢单", "输单", "搁置"]),
            contract_amount=st.none() | st.integers(0, 200_000),
            expected_amount=st.none() | st.integers(0, 200_000),
            sign_date=maybe_day,
            created_at=maybe_instant,
        ),
        "payments": rows(
            "R", "payment_id", 3,
            deal_id=st.sampled_from(["", "D1", "D2"]),
            due_date=maybe_day,
            due_amount=st.none() | st.integers(0, 9),
            paid_amount=st.none() | st.integers(0, 9),
        ),
        "today": rows(
            "T", "task_id", 3,
            done=st.sampled_from(["", "是"]),
        ),
        "transitions": rows(
            "S", "change_id", 4,
            entity=st.sampled_from(["客户", "商机"]),
            entity_id=st.sampled_from(["C1", "D1"]),
            field=st.sampled_from(["客户状态", "阶段", "负责人"]),
            old=st.sampled_from(["", "潜在客户", "方案报价"]),
            new=st.sampled_from(["", "意向客户", "初步接触"]),
            occurred_at=instant,
        ),
    }
)  # fmt: skip
PEOPLE = [{"name": "张伟", "manager": "王强"}, {"name": "李娜", "manager": "王强"}, {"name": "王强"}]


def sheets(typed: Typed, team: dict[str, list[dict[str, Any]]]) -> Tables:
    frames = {key: typed(key, made) for key, made in team.items() if made}
    return Tables(frames | {"people": typed("people", PEOPLE)})


@MANY
@given(team=teams)
def test_a_second_run_at_one_now_changes_nothing(team: dict[str, Any], typed: Typed, run_once: Run) -> None:
    after, _, first = run_once(sheets(typed, team), NOW, "张伟")
    again, changes, second = run_once(after, NOW, "张伟")
    assert changes == []
    assert second.hits == first.hits
    assert again["tasks"]["dedupe_key"][lambda keys: keys != ""].is_unique
    assert all(again[key].index.is_unique for key in TABLES)


@MANY
@given(team=teams, seed=st.integers(0, 9))
def test_the_order_of_rows_does_not_matter(team: dict[str, Any], seed: int, typed: Typed, run_once: Run) -> None:
    tables = sheets(typed, team)
    mixed = Tables({key: tables[key].sample(frac=1, random_state=seed) for key in TABLES if len(tables[key])})
    (one, _, said), (other, _, heard) = run_once(tables, NOW), run_once(mixed, NOW)
    for key in TABLES:
        pd.testing.assert_frame_equal(one[key].sort_index(), other[key].sort_index())
    assert said.hits == heard.hits
    order = ["rule", "person", "object_id", "kind", "text"]
    pd.testing.assert_frame_equal(
        said.items.sort_values(order, ignore_index=True), heard.items.sort_values(order, ignore_index=True)
    )


@FEW
@given(team=teams, when=day)
def test_another_contact_never_makes_a_customer_more_silent(
    team: dict[str, Any], when: str, typed: Typed, run_once: Run
) -> None:
    team["customers"][0]["first_contact_date"] = "2024-03-01"  # without one, K3 falls back to 录入时间
    before = run_once(sheets(typed, team), NOW)[0]["customers"].loc["C1"]
    contact = {"followup_id": "F99", "customer_id": "C1", "followup_date": when}
    after = run_once(sheets(typed, team | {"followups": [*team["followups"], contact]}), NOW)[0]["customers"].loc["C1"]
    assert after["days_silent"] <= before["days_silent"]
    assert after["touches_30d"] >= before["touches_30d"]


@FEW
@given(team=teams)
def test_another_won_deal_never_lowers_loyalty(team: dict[str, Any], typed: Typed, run_once: Run) -> None:
    before = run_once(sheets(typed, team), NOW)[0]["customers"].loc["C1"]
    deal = {"deal_id": "D99", "customer_id": "C1", "result": "赢单", "contract_amount": 1}
    after = run_once(sheets(typed, team | {"deals": [*team["deals"], deal]}), NOW)[0]["customers"].loc["C1"]
    assert after["loyalty"] >= before["loyalty"]
    assert after["won_amount"] == before["won_amount"] + 100


@FEW
@given(team=teams)
def test_scores_stay_within_their_range(team: dict[str, Any], typed: Typed, run_once: Run) -> None:
    frame = run_once(sheets(typed, team), NOW)[0]["customers"]
    for key in ("activity", "potential", "loyalty", "score"):
        assert frame[key].between(0, 100).all()
    assert frame["completeness"].between(0, 1).all()
    assert (frame["days_silent"].dropna() >= 0).all()
