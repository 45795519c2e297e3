"""How a person settles a conflict or takes a row back, inside the spreadsheet (SYNC H)."""

from __future__ import annotations

import pytest

from followup.changes import apply_changes
from followup.tables.frames import Tables
from sync.plan import settle
from tests.sync.plan.planning import NOW, cell, merge


def settled(made, **cells):
    """The merged tables after the conflict's row got `cells` and the run settled it."""
    conflicts = made.merged["conflicts"].assign(**cells)
    tables = Tables(made.merged | {"conflicts": conflicts})
    return apply_changes(tables, settle(tables, NOW, "张伟"))


@pytest.mark.parametrize(
    ("decision", "expected"),
    [("用Excel", "乙"), ("用Sheets", "丙"), ("用Google", "丙"), ("保留现值", "丙"), ("自定义", "丁")],
)
def test_a_decision_is_applied_once(decision, expected):
    tables = settled(cell("甲", "乙", "丙"), decision=decision, custom="丁")
    assert tables["customers"].at["C", "customer_name"] == expected
    assert tables["conflicts"]["resolved"].tolist() == ["2024-06-30 09:00 张伟"]
    assert settle(tables, NOW, "张伟") == []


def test_without_a_decision_nothing_happens():
    made = cell("甲", "乙", "丙")
    assert settle(Tables(made.merged), NOW) == []


def test_money_and_dates_come_back_typed():
    tables = settled(cell("100", "200.50", "300", "budget"), decision="用Excel")
    assert tables["customers"].at["C", "budget"] == 20050
    tables = settled(cell("2024-05-01", "2024-05-02", "2024-05-03", "snooze_until"), decision="用Excel")
    assert str(tables["customers"].at["C", "snooze_until"].date()) == "2024-05-02"


def test_a_text_that_cannot_be_read_changes_nothing():
    tables = settled(cell("100", "200", "300", "budget"), decision="自定义", custom="很多")
    assert tables["customers"].at["C", "budget"] == 30000 and "读不懂" in tables["conflicts"]["resolved"].iloc[0]


def test_a_value_edited_since_is_not_overwritten():
    made = cell("甲", "乙", "丙")
    made.merged["customers"].loc["C", "customer_name"] = "新近改的"
    tables = settled(made, decision="用Excel")
    assert (
        tables["customers"].at["C", "customer_name"] == "新近改的"
        and "又有人改过" in tables["conflicts"]["resolved"].iloc[0]
    )


def test_a_deleted_row_comes_back_under_its_id():
    row = {"customer_name": "甲", "budget": "12.50", "snooze_until": "2024-05-01", "rating_value": 3}
    made = merge({"C": row}, {}, {"C": row})
    ticked = made.merged["recycle_bin"].assign(restore="是")
    tables = Tables(made.merged | {"recycle_bin": ticked})
    after = apply_changes(tables, settle(tables, NOW))
    back = after["customers"].loc["C"]
    assert (back["customer_name"], back["budget"], back["rating_value"], back["customer_id"]) == ("甲", 1250, 3, "C")
    assert after["recycle_bin"].empty and settle(after, NOW) == []
