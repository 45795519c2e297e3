"""Every row of SYNC's table A that a planner decides, under its name."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from followup.tables import TABLES, Merge
from sync.plan import Side, plan
from sync.plan.cells import lines, union
from tests.sync.plan.planning import NOW, again, cell, codes, frame, merge, value


def test_a1_nothing_changed():
    made = cell("甲", "甲", "甲")
    assert made.changes_nothing and value(made) == "甲"


def test_a2_the_hub_changed_it():
    made = cell("甲", "甲", "乙")
    assert value(made) == "乙"
    assert made.summary["from_hub"]["cells"] == 1 and made.summary["to_hub"]["cells"] == 0


def test_a3_the_workbook_changed_it():
    made = cell("甲", "乙", "甲")
    assert value(made) == "乙" and made.summary["to_hub"]["cells"] == 1
    assert made.overwritten.to_dict("records") == [
        {"table": "customers", "record_id": "C", "column": "customer_name", "old": "甲", "new": "乙", "side": "hub"}
    ]


def test_a4_both_typed_the_same():
    made = cell("甲", "乙", "乙")
    assert value(made) == "乙" and made.changes_nothing and made.conflicts.empty


def test_a5_both_changed_it_the_hub_stands_and_the_loser_is_listed():
    made = cell("甲", "乙", "丙")
    assert value(made) == "丙"
    [row] = made.conflicts.to_dict("records")
    assert (row["table"], row["record_id"], row["column"]) == ("客户基础信息", "C", "客户名称")
    assert (row["base"], row["excel_value"], row["sheets_value"]) == ("甲", "乙", "丙")
    assert row["excel_meta"] == "2024-06-30 09:00 张伟"
    assert list(made.merged["conflicts"].index) == list(made.conflicts.index)
    assert made.overwritten[["old", "side"]].values.tolist() == [["乙", "local"]]
    assert again(made).changes_nothing


def test_a5_a_replay_lists_the_same_conflict_once():
    assert list(cell("甲", "乙", "丙").conflicts.index) == list(cell("甲", "乙", "丙").conflicts.index)
    first = cell("甲", "乙", "丙")
    listed = Side(first.merged["conflicts"])
    base = {"customers": frame("customers", {"C": {"customer_name": "甲"}})}
    sides = [{"customers": Side(frame("customers", {"C": {"customer_name": text}}))} for text in ("乙", "丙")]
    second = plan(base, sides[0], sides[1] | {"conflicts": listed}, now=NOW)
    assert second.conflicts.empty and len(second.merged["conflicts"]) == 1


def test_a6_a_clearing_is_an_edit():
    made = cell("甲", "", "甲", "notes")
    assert value(made, "notes") == ""
    assert made.overwritten[["old", "new", "side"]].values.tolist() == [["甲", "", "hub"]]


def test_a7_the_hub_cleared_it():
    made = cell("甲", "甲", "", "notes")
    assert value(made, "notes") == "" and made.overwritten["side"].tolist() == ["local"]


@pytest.mark.parametrize("column", ["customer_name", "tags", "notes"])
def test_a8_edit_beats_the_workbooks_clearing_under_every_policy(column):
    made = cell("甲", "", "乙", column)
    assert value(made, column) == "乙" and codes(made) == ["A8"] and made.conflicts.empty


@pytest.mark.parametrize("column", ["customer_name", "tags", "notes"])
def test_a9_edit_beats_the_hubs_clearing_under_every_policy(column):
    made = cell("甲", "乙", "", column)
    assert value(made, column) == "乙" and codes(made) == ["A9"] and made.conflicts.empty


def released(local, hub, column="customer_name"):
    """A first meeting that a person confirmed."""
    preview = cell(None, local, hub, column, known=False)
    assert preview.stopped and preview.held[0].guard == "B0"
    return cell(None, local, hub, column, known=False, confirm=preview.plan_id)


def test_a10_a11_a12_without_a_base_blanks_are_filled():
    assert value(released("甲", "甲")) == "甲"
    assert value(released("", "甲", "notes"), "notes") == "甲"
    assert value(released("甲", "", "notes"), "notes") == "甲"


def test_a13_without_a_base_two_values_are_a_conflict():
    made = released("张伟", "李娜", "owner")
    assert value(made, "owner") == "李娜"
    assert made.conflicts[["base", "excel_value", "sheets_value"]].values.tolist() == [["", "张伟", "李娜"]]


@pytest.mark.parametrize("typed", ["甲 乙 ", "甲\u00a0乙", "甲 乙\r\n", "甲 乙\n"])
def test_a14_what_looks_the_same_is_the_same(typed):
    made = cell("甲 乙", typed, "丙")
    assert value(made) == "丙" and made.conflicts.empty
    assert cell("甲 乙", typed, "甲 乙").changes_nothing


def test_a14_composed_and_decomposed_letters_are_the_same():
    assert cell("café", "cafe\u0301", "café").changes_nothing


def test_a15_a_column_that_is_not_seen_is_not_blank():
    base = {"customers": frame("customers", {"C": {"customer_name": "甲", "notes": "要紧"}})}
    local = Side(base["customers"].drop(columns="notes"))
    for hub_notes in ("要紧", "改过"):
        hub = Side(frame("customers", {"C": {"customer_name": "甲", "notes": hub_notes}}))
        made = plan(base, {"customers": local}, {"customers": hub}, now=NOW)
        assert value(made, "notes") == hub_notes and codes(made) == ["A15"]
        assert made.changes_nothing
        assert made.base["customers"].at["C", "notes"] == "要紧"  # so that the hub's edit is seen when it is back


def test_a16_a_held_cell_stays_as_typed_and_is_not_pushed():
    base = {"C": {"customer_name": "甲", "snooze_until": "2024-05-01"}}
    local = {"C": {"customer_name": "甲", "snooze_until": None}}  # an unreadable text stands there
    made = merge(base, local, base, held_local={"snooze_until": {"C"}})
    assert value(made, "snooze_until") == pd.Timestamp("2024-05-01")
    assert made.keep_local == {"customers": {"snooze_until": {"C"}}} and made.changes_nothing
    mended = {"C": {"customer_name": "甲", "snooze_until": "2024-06-01"}}
    base_after = {"customers": made.base["customers"]}
    sides = [{"customers": Side(frame("customers", rows))} for rows in (mended, base)]
    after = plan(base_after, *sides, now=NOW)
    assert value(after, "snooze_until") == pd.Timestamp("2024-06-01") and after.conflicts.empty


def test_a16_the_hubs_edit_of_a_held_cell_is_told():
    rows = ({"C": {"customer_name": "甲", "snooze_until": day}} for day in ("2024-05-01", None, "2024-06-01"))
    made = merge(*rows, held_local={"snooze_until": {"C"}})
    assert codes(made) == ["A16"] and made.conflicts.empty and made.changes_nothing


def test_a16_a_held_cell_of_the_hub_is_left_alone():
    rows = ({"C": {"customer_name": "甲", "snooze_until": day}} for day in ("2024-05-01", "2024-06-01", None))
    made = merge(*rows, held_hub={"snooze_until": {"C"}})
    assert value(made, "snooze_until") == pd.Timestamp("2024-06-01")
    assert made.keep_hub == {"customers": {"snooze_until": {"C"}}}
    assert made.base["customers"].at["C", "snooze_until"] == pd.Timestamp("2024-05-01")  # still to be pushed


def test_a17_what_excel_cannot_hold_stays_at_the_hub():
    long = "长" * 40_000
    made = cell("短", "短", long, "notes")
    assert value(made, "notes") == long and codes(made) == ["A17"]
    assert made.keep_local["customers"]["notes"] == {"C"}


def test_a17_a_day_before_march_1900_stays_at_the_hub():
    made = cell("2024-05-01", "2024-05-01", "1899-01-01", "first_contact_date")
    assert codes(made) == ["A17"] and made.keep_local == {"customers": {"first_contact_date": {"C"}}}
    assert not cell("2024-05-01", "2024-05-01", "1900-03-01", "first_contact_date").notices


@pytest.mark.parametrize(("long", "told"), [("😀" * 16_383, []), ("😀" * 16_384, ["A17"]), ("长" * 32_767, [])])
def test_a17_excel_counts_utf_16(long, told):
    assert codes(cell("短", "短", long, "notes")) == told


def test_a17_lines_that_excel_could_not_hold_together_are_a_conflict():
    mine, theirs = "甲" * 20_000, "乙" * 20_000
    made = cell("一", f"一\n{mine}", f"一\n{theirs}", "notes")
    assert value(made, "notes") == f"一\n{theirs}" and made.conflicts["excel_value"].tolist() == [f"一\n{mine}"]


def test_a18_a_formula_is_read_but_not_overwritten():
    made = cell("甲", "甲", "乙", fixed={"customer_name": {"C"}})
    assert value(made) == "乙" and codes(made) == ["A18"]
    assert made.keep_local == {"customers": {"customer_name": {"C"}}}
    assert made.base["customers"].at["C", "customer_name"] == "甲"
    assert value(cell("甲", "乙", "甲", fixed={"customer_name": {"C"}})) == "乙"


def test_a19_text_that_looks_like_a_formula_is_text():
    assert value(cell("甲", "=1+1", "甲")) == "=1+1"


def test_a20_a_masked_cell_is_neither_read_nor_written():
    made = cell("13800138000", "", "13900139000", "contact_info", held_local={"contact_info": {"C"}})
    assert value(made, "contact_info") == "13900139000" and made.changes_nothing
    assert made.keep_local == {"customers": {"contact_info": {"C"}}}


def test_policy_ask_leaves_both_sides_their_own(monkeypatch):
    kind = TABLES["customers"]
    asking = tuple(replace(c, merge=Merge.ASK) if c.key == "customer_name" else c for c in kind.columns)
    monkeypatch.setitem(TABLES, "customers", replace(kind, columns=asking))
    made = cell("甲", "乙", "丙")
    assert made.keep_local == {"customers": {"customer_name": {"C"}}} and len(made.conflicts) == 1
    assert made.base["customers"].at["C", "customer_name"] == "甲"
    assert made.summary["from_hub"]["cells"] == 0 and made.summary["to_hub"]["cells"] == 0


@pytest.mark.parametrize(
    ("base", "local", "hub", "merged"),
    [
        ("a;b", "a;c", "a;b;d", "a;d;c"),
        ("", "a", "b", "b;a"),
        ("a", "a;b", "b;a", "b;a"),
        ("a;b", "b", "a", ""),
    ],
)
def test_policy_union(base, local, hub, merged):
    assert union(base, local, hub) == merged


@pytest.mark.parametrize(
    ("base", "local", "hub", "merged"),
    [
        ("一\n二\n三", "一改\n二\n三", "一\n二\n三改", "一改\n二\n三改"),
        ("一", "一\n甲", "一\n乙", "一\n乙\n甲"),
        ("一", "一\n甲\n同", "一\n同", "一\n同\n甲"),
        ("", "甲", "乙", "乙\n甲"),
        ("一", "二", "三", None),
    ],
)
def test_policy_lines(base, local, hub, merged):
    assert lines(base, local, hub) == merged


def test_lines_that_collide_are_a_conflict_without_markers():
    made = cell("一", "二", "三", "notes")
    assert value(made, "notes") == "三" and made.conflicts["excel_value"].tolist() == ["二"]


def test_numbers_and_money_compare_by_value():
    assert cell(1, 1.0, 1, "rating_value").changes_nothing
    made = cell("100.00", "200.50", "100", "budget")
    assert value(made, "budget") == 20050 and made.overwritten["new"].tolist() == ["200.50"]


def test_stamped_columns_the_older_value_stands_without_conflict():
    made = cell("录入", "导入", "表单", "source")
    assert value(made, "source") == "录入" and made.conflicts.empty
    assert value(cell(None, "导入", "表单", "source"), "source") == "表单"


def test_computed_columns_are_not_part_of_it():
    made = cell("60", "61", "62", "days_silent")
    assert "days_silent" not in made.merged["customers"] and made.changes_nothing
