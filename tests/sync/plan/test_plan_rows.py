"""Every row of SYNC's table B that a planner decides, under its name."""

from __future__ import annotations

import json

import pytest

from sync.plan import Side, plan
from tests.sync.plan.planning import NOW, again, codes, frame, merge

A = {"customer_name": "甲", "owner": "张伟"}
A2 = {"customer_name": "甲", "owner": "李娜"}
B = {"customer_name": "乙", "owner": "张伟"}


def ids(made, table="customers"):
    return sorted(made.merged[table].index)


def test_b0_a_first_meeting_matches_customers_by_name_and_waits():
    local = {"C-1": {"customer_name": "ABC 公司", "owner": "张伟"}, "C-2": B}
    hub = {"C-9": {"customer_name": "abc公司", "owner": ""}}
    made = merge(None, local, hub)
    assert made.stopped and made.renamed == {"customers": {"C-1": "C-9"}}
    made = merge(None, local, hub, confirm=made.plan_id)
    assert not made.stopped and ids(made) == ["C-2", "C-9"] and made.recycled.empty
    assert made.merged["customers"].at["C-9", "owner"] == "张伟"


def test_b0_follow_ups_match_by_customer_date_method_and_summary_and_follow_their_customer():
    visit = {"customer_ref": "甲", "followup_date": "2024-05-02", "method": "电话", "summary": "谈了方案"}
    sides = [
        {
            "customers": Side(frame("customers", {customer: A})),
            "followups": Side(frame("followups", {visit_id: visit | {"customer_id": customer}})),
        }
        for customer, visit_id in (("C-1", "F-1"), ("C-9", "F-9"))
    ]
    made = plan(None, sides[0], sides[1], now=NOW)
    assert made.renamed == {"customers": {"C-1": "C-9"}, "followups": {"F-1": "F-9"}}
    assert made.merged["followups"]["customer_id"].tolist() == ["C-9"]


def test_b0_two_of_one_name_are_not_matched():
    made = merge(None, {"C-1": A, "C-2": A2}, {"C-9": A})
    assert made.renamed == {} and ids(made) == ["C-1", "C-2", "C-9"]


def test_b0_one_id_for_two_names_is_two_customers():
    made = merge(None, {"KH001": A}, {"KH001": B})
    new = made.renamed["customers"]["KH001"]
    assert ids(made) == sorted(["KH001", new])
    assert made.merged["customers"].at[new, "customer_name"] == "甲"


def test_b0_an_empty_hub_is_filled_without_asking():
    made = merge(None, {"C-1": A, "C-2": B}, {})
    assert not made.held and made.summary["to_hub"]["rows"] == 2
    assert again(made).changes_nothing


def test_b1_b2_new_rows_of_both_sides_are_in_both():
    made = merge({}, {"C-1": A}, {"C-2": B})
    assert ids(made) == ["C-1", "C-2"]
    assert made.summary["to_hub"]["rows"] == 1 and made.summary["from_hub"]["rows"] == 1


def test_b1_the_preview_of_a_new_row_does_not_depend_on_its_minted_id():
    first, second = (merge({"C-1": A}, {"C-1": A, new: B}, {"C-1": A}) for new in ("C-7", "C-8"))
    assert first.plan_id == second.plan_id


def test_b4_an_issued_id_on_both_sides_without_a_base_is_one_row():
    made = merge({}, {"C-1": A}, {"C-1": A | {"owner": ""}})
    assert ids(made) == ["C-1"] and made.merged["customers"].at["C-1", "owner"] == "张伟"


def test_b7_b8_b9_b10():
    assert merge({"C": A}, {"C": A}, {"C": A}).changes_nothing
    assert merge({"C": A}, {"C": A2}, {"C": A}).merged["customers"].at["C", "owner"] == "李娜"
    assert merge({"C": A}, {"C": A}, {"C": A2}).merged["customers"].at["C", "owner"] == "李娜"
    both = merge({"C": A}, {"C": A2}, {"C": A | {"customer_name": "甲二"}}).merged["customers"].loc["C"]
    assert (both["owner"], both["customer_name"]) == ("李娜", "甲二")


def test_b11_a_row_deleted_in_excel_goes_to_the_recycle_bin():
    made = merge({"C": A}, {}, {"C": A})
    assert ids(made) == [] and made.summary["to_hub"]["removed"] == 1
    [row] = made.recycled.to_dict("records")
    assert (row["origin"], row["by"], row["table"], row["record_id"]) == ("行消失(Excel)", "张伟", "客户基础信息", "C")
    assert json.loads(row["row"]) == A
    assert list(made.merged["recycle_bin"].index) == list(made.recycled.index)


def test_b12_edit_beats_the_deletion_in_excel():
    made = merge({"C": A}, {}, {"C": A2})
    assert ids(made) == ["C"] and codes(made) == ["B12"] and made.recycled.empty
    assert "C" not in made.accounted["customers"].index  # the next run adds it to the workbook


def test_b14_gone_on_both_sides():
    made = merge({"C": A}, {}, {})
    assert ids(made) == [] and made.recycled.empty and made.changes_nothing


def test_b15_a_row_deleted_at_the_hub_goes_to_the_recycle_bin():
    made = merge({"C": A}, {"C": A}, {})
    assert ids(made) == [] and made.recycled["origin"].tolist() == ["行消失(Sheets)"]
    assert list(made.accounted["customers"].index) == ["C"]  # until the file is written


def test_b16_edit_beats_the_deletion_at_the_hub():
    made = merge({"C": A}, {"C": A2}, {})
    assert codes(made) == ["B16"]
    assert made.merged["customers"].loc["C", ["customer_name", "owner"]].tolist() == ["甲", "李娜"]


def test_b24_a_row_typed_at_the_hub_is_an_ordinary_new_row():
    assert merge({"C": A}, {"C": A}, {"C": A, "C-new": B}).summary["from_hub"]["rows"] == 1


def family(*, gone=(), edited=(), new=False, payment_edited=False):
    """A customer with two follow-ups, a deal and a payment; the workbook's side and the hub's."""
    base = {
        "customers": frame("customers", {"C": A}),
        "followups": frame("followups", {f: {"customer_id": "C", "summary": f} for f in ("F1", "F2")}),
        "deals": frame("deals", {"D": {"customer_id": "C", "deal_name": "单"}}),
        "payments": frame("payments", {"R": {"deal_id": "D", "instalment": "首款"}}),
        "tickets": frame("tickets", {"K": {"customer_ref": "甲", "description": "坏了"}}),
    }
    local = {key: f.drop(index=[i for i in gone if i in f.index]) for key, f in base.items()}
    hub = dict(base)
    if edited:
        hub["followups"] = frame(
            "followups",
            {f: {"customer_id": "C", "summary": f + ("改" if f in edited else "")} for f in ("F1", "F2")},
        )
    if payment_edited:
        hub["payments"] = frame("payments", {"R": {"deal_id": "D", "instalment": "尾款"}})
    if new:
        rows = {f: {"customer_id": "C", "summary": f} for f in ("F1", "F2", "F3")}
        hub["followups"] = frame("followups", rows)
    sides = [{key: Side(f) for key, f in side.items()} for side in (local, hub)]
    return plan(base, *sides, now=NOW)


def test_a_deleted_customer_takes_everything_of_its_own_along():
    made = family(gone=["C"])
    assert sorted(made.recycled["record_id"]) == ["C", "D", "F1", "F2", "K", "R"]
    assert all(made.merged[key].empty for key in ("customers", "followups", "deals", "payments", "tickets"))
    assert again(made).changes_nothing


@pytest.mark.parametrize("more", [{"edited": ["F2"]}, {"new": True}, {"payment_edited": True}])
def test_one_surviving_edited_child_keeps_the_family(more):
    made = family(gone=["C", "F1"], **more)
    assert made.recycled.empty and ids(made) == ["C"] and "F1" in ids(made, "followups")
    assert "group" in codes(made)


@pytest.mark.parametrize("side", ["local", "hub"])
def test_a_follow_up_typed_by_name_keeps_the_customer_that_the_other_side_deleted(side):
    base = {
        "customers": frame("customers", {"C": A}),
        "followups": frame("followups", {}, ("customer_ref", "customer_id", "summary")),
    }
    typed = frame("followups", {"F": {"customer_ref": "甲", "customer_id": "", "summary": "新"}})
    typing = {"customers": Side(base["customers"]), "followups": Side(typed)}
    deleting = {"customers": Side(base["customers"].iloc[:0]), "followups": Side(base["followups"])}
    local, hub = (typing, deleting) if side == "local" else (deleting, typing)
    made = plan(base, local, hub, now=NOW)
    assert ids(made) == ["C"] and ids(made, "followups") == ["F"] and "group" in codes(made)


def test_a_deleted_deal_takes_its_payments_along():
    made = family(gone=["D"])
    assert sorted(made.recycled["record_id"]) == ["D", "R"] and ids(made) == ["C"]


def test_the_same_row_deleted_again_is_another_deletion():
    first = merge({"C": A}, {}, {"C": A})
    listed = {"recycle_bin": Side(first.merged["recycle_bin"])}
    sides = [{"customers": Side(frame("customers", rows, tuple(A)))} for rows in ({}, {"C": A})]
    second = plan({"customers": frame("customers", {"C": A})}, sides[0], sides[1] | listed, now=NOW)
    assert len(second.merged["recycle_bin"]) == 2


def test_rows_of_the_tools_own_lists_are_united():
    row = {"entity": "客户", "entity_id": "C", "field": "负责人", "new": "张伟"}
    made = merge({"S1": row, "S2": row}, {"S1": row, "S3": row}, {"S2": row, "S4": row}, table="transitions")
    assert ids(made, "transitions") == ["S1", "S2", "S3", "S4"] and made.recycled.empty


def test_a_decision_on_either_side_is_taken_over():
    row = {"raw": "5.1", "action": "待处理"}
    made = merge({"I": row}, {"I": row}, {"I": row | {"action": "采纳"}}, table="issues")
    assert made.merged["issues"].at["I", "action"] == "采纳"


@pytest.mark.parametrize(("table", "column"), [("issues", "action"), ("conflicts", "decision")])
def test_two_decisions_at_once_the_hubs_counts_and_it_is_no_conflict(table, column):
    first, second = ("忽略", "采纳") if table == "issues" else ("用Excel", "保留现值")
    made = merge({"I": {column: ""}}, {"I": {column: first}}, {"I": {column: second}}, table=table)
    assert made.merged[table].at["I", column] == second and made.conflicts.empty and codes(made) == ["H"]
    assert made.overwritten["old"].tolist() == [first]


def test_today_only_says_what_was_ticked():
    local = {"today": Side(frame("today", {"T1": {"done": "是"}, "T2": {"done": ""}}))}
    hub = {"today": Side(frame("today", {"T2": {"done": "是"}}))}
    made = plan({}, local, hub, now=NOW)
    assert sorted(made.merged["today"].index) == ["T1", "T2"]


def test_a_table_one_side_does_not_have_stays_as_it_is():
    hub = {"customers": Side(frame("customers", {"C": A})), "deals": Side(frame("deals", {"D": {"deal_name": "单"}}))}
    made = plan({"customers": frame("customers", {"C": A})}, {"customers": hub["customers"]}, hub, now=NOW)
    assert ids(made, "deals") == ["D"] and made.changes_nothing and "deals" not in made.base
