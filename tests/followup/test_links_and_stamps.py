"""客户名称 → 客户编号, stamped columns, 状态变更 (MODEL 1.13, 3, K1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from followup import ids
from followup.changes import AddRows, apply_changes
from followup.links import LINKED, link
from followup.stamps import stamp
from followup.tables.frames import Tables
from followup.transitions import transitions

NOW = datetime(2024, 6, 30, 18)
LATER = datetime(2024, 7, 2, 9)
Make = Callable[..., Tables]
Typed = Callable[..., pd.DataFrame]
KNOWN = ids.make("C", "A7K3M9Q")


@pytest.mark.parametrize(
    ("ref", "had", "has"),
    [
        ("示例科技有限公司", "", "C1"),
        ("示例科技 有限公司", "", "C1"),
        ("ＡＢＣ公司", "", "C2"),
        ("C2", "", "C2"),
        (KNOWN.lower(), "", KNOWN),
        ("同名公司", "", ""),  # two of them
        ("同名公司", "C4", "C4"),
        ("没有这家", "", ""),
        ("没有这家", "C1", "C1"),  # its customer may have been renamed
        ("", "C1", "C1"),
        ("ABC公司", "C1", "C2"),  # the name a person typed decides
        ("老客户", "", "C9"),  # moved to 历史客户库
    ],
)
def test_which_customer_a_row_belongs_to(typed: Typed, ref: str, had: str, has: str) -> None:
    names = {"C1": "示例科技有限公司", "C2": "abc公司", "C3": "同名公司", "C4": "同名 公司", KNOWN: "另一家"}
    tables = Tables(
        {
            "customers": typed("customers", [{"customer_id": k, "customer_name": v} for k, v in names.items()]),
            "history": typed("history", [{"customer_id": "C9", "customer_name": "老客户", "reason": "流失"}]),
            "followups": typed("followups", [{"customer_ref": ref, "customer_id": had}]),
        }
    )
    linked = apply_changes(tables, link(tables))
    assert linked["followups"]["customer_id"].tolist() == [has]
    assert link(linked) == []


def test_every_table_that_names_a_customer_is_linked() -> None:
    assert set(LINKED) == {"followups", "tasks", "contacts", "deals"}


def test_stamps_are_written_once(one_customer: Make) -> None:
    """K1: first sight; status from 客户类型; 完成时间 of a done task."""
    tables = one_customer(
        [{"followup_date": "2024-06-30"}], [{"status": "已完成"}], status="", customer_type="意向客户"
    )
    stamped = apply_changes(tables, stamp(tables, NOW, "张伟"))
    row = stamped["customers"].iloc[0]
    assert (str(row["created_at"]), row["source"], row["status"]) == ("2024-06-30 18:00:00", "录入", "意向客户")
    assert stamped["followups"][["created_by", "source"]].values.tolist() == [["张伟", "录入"]]
    assert str(stamped["tasks"]["done_at"].iloc[0]) == "2024-06-30 18:00:00"
    assert stamp(stamped, NOW, "张伟") == []
    assert stamp(stamped, LATER, "李娜") == []


def test_what_holds_a_value_keeps_it(one_customer: Make) -> None:
    held = {"created_at": "2024-06-01 10:00:00", "source": "导入"}
    tables = one_customer([held | {"created_by": "*专员"}], status="意向客户", customer_type="潜在客户", **held)
    assert stamp(tables, NOW, "张伟") == []


def test_closing_day_of_deals(typed: Typed) -> None:
    rows = [
        {"deal_id": "D1", "result": "赢单", "sign_date": "2024-06-10"},
        {"deal_id": "D2", "result": "赢单"},  # waits for 合同签订日期
        {"deal_id": "D3", "result": "输单", "sign_date": "2024-06-10"},
        {"deal_id": "D4", "result": "进行中"},
        {"deal_id": "D5", "result": "输单", "closed_on": "2024-06-01"},
    ]
    tables = Tables({"deals": typed("deals", rows)})
    stamped = apply_changes(tables, stamp(tables, NOW))
    closed = stamped["deals"]["closed_on"].dropna().astype(str).to_dict()
    assert closed == {"D1": "2024-06-10", "D3": "2024-06-30", "D5": "2024-06-01"}


def run(tables: Tables, now: datetime) -> Tables:
    tables = apply_changes(tables, stamp(tables, now))
    return apply_changes(tables, transitions(tables, now, "张伟"))


def test_assigned_when_an_owner_is_set_later(one_customer: Make) -> None:
    """分配时间 is stamped when 负责人 changes from blank, not when a customer arrives with one (MODEL 1.11)."""
    arrived = run(one_customer(), NOW)
    assert run(arrived, LATER)["customers"]["assigned_at"].isna().all()
    ownerless = run(one_customer(owner=""), NOW)
    owned = ownerless.replace(customers=ownerless["customers"].assign(owner="李娜"))
    stamped = run(owned, LATER)
    assert stamped["customers"]["assigned_at"].astype(str).tolist() == ["2024-07-02 09:00:00"]
    assert run(stamped, datetime(2024, 7, 3))["customers"].equals(stamped["customers"])


def test_first_values_have_a_blank_old_value(one_customer: Make) -> None:
    """MODEL 1.13."""
    (change,) = transitions(one_customer(grade="A"), NOW, "张伟")
    assert isinstance(change, AddRows)
    cells = ["entity", "entity_id", "field", "old", "new", "by"]
    assert change.rows[cells].values.tolist() == [
        ["客户", "C1", "客户状态", "", "潜在客户", "张伟"],
        ["客户", "C1", "客户等级", "", "A", "张伟"],
        ["客户", "C1", "负责人", "", "张伟", "张伟"],
    ]
    assert all(ids.is_valid(name) for name in change.rows.index)


def test_a_change_is_one_row(one_customer: Make) -> None:
    tables = run(one_customer(), NOW)
    changed = tables.replace(customers=tables["customers"].assign(status="意向客户", owner=""))
    (change,) = transitions(changed, LATER)
    assert change.rows[["field", "old", "new"]].values.tolist() == [
        ["客户状态", "潜在客户", "意向客户"],
        ["负责人", "张伟", ""],
    ]
    assert transitions(apply_changes(changed, [change]), LATER) == []


def test_two_changes_within_one_now(one_customer: Make) -> None:
    """Two runs with one fixed --now and an edit in between: the third is quiet."""
    tables = run(one_customer(), NOW)
    for status in ("意向客户", "成交客户", "潜在客户"):
        tables = run(tables.replace(customers=tables["customers"].assign(status=status)), NOW)
        assert transitions(tables, NOW) == []


def test_stage_required_columns(typed: Typed) -> None:
    """M13: 阶段必填."""
    rows = [
        {"deal_id": "D1", "stage": "方案报价", "result": "进行中"},
        {"deal_id": "D2", "stage": "方案报价", "result": "进行中", "expected_amount": "5"},
        {"deal_id": "D3", "stage": "需求分析", "result": "进行中"},
    ]
    settings: list[dict[str, Any]] = [{"key": "阶段必填", "value": "方案报价:预计金额"}]
    (change,) = transitions(Tables({"deals": typed("deals", rows), "settings": typed("settings", settings)}), NOW)
    log = change.rows[change.rows["field"] == "阶段"]
    assert log["compliant"].tolist() == ["否", "是", "是"]
