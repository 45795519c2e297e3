"""Every row of SYNC's table C, under its name."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from followup import ids
from followup.tables import TABLES
from sync.ids import Minter, machine_code
from sync.plan import identify, record_keys
from tests.sync.plan.planning import frame

CUSTOMERS = TABLES["customers"]
ONE, TWO, THREE, ELSEWHERE = (ids.make("C", "AB" + tail) for tail in ("11111", "22222", "33333", "99999"))
A = {"customer_name": "甲公司", "owner": "张伟", "key_contact": "王总", "notes": "一"}
B = {"customer_name": "乙公司", "owner": "李娜", "key_contact": "赵总", "notes": "二"}
C = {"customer_name": "丙公司", "owner": "张伟", "key_contact": "钱总", "notes": "三"}
BASE = frame("customers", {ONE: A, TWO: B, THREE: C})
ISSUED = {ONE, TWO, THREE}


def look(*rows, base=BASE, issued=frozenset(ISSUED), hub=False):
    """Identify rows given as (id text, cells); rows of the sheet start at 2."""
    shown = frame(
        "customers",
        {str(n): {"customer_id": text, **cells} for n, (text, cells) in enumerate(rows)},
        tuple(A),
        pd.RangeIndex(2, len(rows) + 2),
    )
    minter = Minter("ZZ", issued, random.Random(7))
    return identify(CUSTOMERS, shown, base, issued, lambda: minter.mint("C"), hub=hub)


def codes(found):
    return [notice.code for notice in found.notices]


def test_c0_adopted_ids_of_any_form_are_kept():
    found = look(("KH00123", A), ("", B), ("KH00124", C), base=None, issued=frozenset())
    assert found.ids[2] == "KH00123" and found.ids[4] == "KH00124"
    assert found.minted == {found.ids[3]} and ids.is_valid(found.ids[3])


def test_c0_a_doubled_adopted_id_stays_with_the_upper_row():
    found = look(("KH1", A), ("KH1", B), base=None, issued=frozenset())
    assert found.ids[2] == "KH1" and found.ids[3] in found.minted and codes(found) == ["C2.new"]


def test_c1_c11_sorted_moved_and_edited_rows_are_the_same():
    found = look((THREE, C), (ONE, B), (TWO, A))
    assert found.ids.tolist() == [THREE, ONE, TWO] and not found.notices and found.damaged == 0


def test_c1_an_id_typed_in_another_case_is_read():
    assert look((ONE.lower(), A)).ids[2] == ONE


def test_c1_a_base_row_shown_under_another_text_is_found_by_it():
    base = BASE.assign(customer_id=["", TWO, "老编号"])
    found = look(("", A), (TWO, B), ("老编号", C), base=base)
    assert found.ids.tolist() == [ONE, TWO, THREE]


def test_c2_a_copied_row_that_was_edited_is_a_new_record():
    found = look((ONE, A | {"customer_name": "新公司", "notes": ""}), (ONE, A), (TWO, B), (THREE, C))
    assert found.ids[3] == ONE and found.ids[2] in found.minted and codes(found) == ["C2.new"]


def test_c2_of_equals_the_upper_row_keeps_it_and_the_other_is_a_copy():
    found = look((ONE, A), (ONE, A), (TWO, B), (THREE, C))
    assert found.ids.tolist() == [ONE, "", TWO, THREE] and found.copies == [3]


@pytest.mark.parametrize("text", ["", "不是编号"])
def test_c3_c8_a_lost_id_is_found_again_by_the_name(text):
    found = look((ONE, A), (text, B | {"owner": "王五", "key_contact": "x", "notes": "y"}), (THREE, C))
    assert found.ids[3] == TWO and found.restored == {3: TWO}
    assert codes(found) == ["C8" if text else "C3"]


def test_c3_or_by_half_of_the_cells():
    found = look((ONE, A), ("", B | {"customer_name": "改名公司", "notes": "y"}), (THREE, C))
    assert found.ids[3] == TWO
    found = look((ONE, A), ("", B | {"customer_name": "改名公司", "notes": "y", "owner": "z"}), (THREE, C))
    assert found.ids[3] in found.minted


def test_c3_a_column_of_ids_blanked_whole_is_found_again():
    found = look(("", C), ("", A), ("", B))
    assert found.ids.tolist() == [THREE, ONE, TWO] and found.damaged == 3


def test_c3_two_of_one_name_are_told_apart_by_their_cells():
    base = frame("customers", {ONE: A, TWO: B | {"customer_name": "甲公司"}, THREE: C})
    found = look(
        ("", B | {"customer_name": "甲公司", "notes": "改"}), ("", A | {"notes": "也改"}), (THREE, C), base=base
    )
    assert found.ids.tolist() == [TWO, ONE, THREE]


def test_c3_a_new_row_whose_id_could_not_be_written_yet_is_not_damaged():
    found = look((ONE, A), (TWO, B), ("", C), base=BASE.assign(customer_id=[ONE, TWO, ""]))
    assert found.ids.tolist() == [ONE, TWO, THREE]
    assert found.damaged == 0 and not found.notices and not found.restored and not found.minted


def test_c5_a_pending_copy_until_it_is_edited():
    found = look((ONE, A), (TWO, B), (THREE, C), ("", A))
    assert found.ids[5] == "" and found.copies == [5] and codes(found) == ["C5"]
    found = look((ONE, A), (TWO, B), (THREE, C), ("", A | {"notes": "另一个"}))
    assert found.ids[5] in found.minted


def test_c6_a_new_row_gets_an_id():
    found = look((ONE, A), (TWO, B), (THREE, C), ("", {"customer_name": "新"}))
    assert found.ids[5] in found.minted and found.ids[5].startswith("C-ZZ")


def test_c7_an_id_typed_over_with_another_rows_id():
    found = look((TWO, A), (TWO, B), (THREE, C))
    assert found.ids.tolist() == [ONE, TWO, THREE] and found.restored == {2: ONE}


def test_c9_an_id_of_another_workspace_is_treated_as_blank():
    found = look((ONE, A), (TWO, B), (THREE, C), (ELSEWHERE, {"customer_name": "新"}))
    assert found.ids[5] in found.minted and codes(found) == ["C9"]


def test_b4_an_issued_id_comes_back():
    found = look((ONE, A), (ELSEWHERE, B), issued=frozenset(ISSUED | {ELSEWHERE}))
    assert found.ids[3] == ELSEWHERE and not found.minted


def test_at_the_hub_ids_of_other_workbooks_are_right():
    found = look(
        (ONE, A), (TWO, B), (THREE, C), (ELSEWHERE, {"customer_name": "新"}), ("KH7", {"customer_name": "旧"}), hub=True
    )
    assert found.ids.tolist() == [ONE, TWO, THREE, ELSEWHERE, "KH7"] and not found.notices


def test_at_the_hub_an_id_typed_over_is_found_by_content():
    found = look((ONE, A), ("乱写", B), (THREE, C), hub=True)
    assert found.ids[3] == TWO


def test_c13_the_same_new_row_typed_twice():
    found = look((ONE, A), (TWO, B), (THREE, C), ("", {"customer_name": "新"}), ("", {"customer_name": "新"}))
    assert found.ids[5] in found.minted and found.ids[6] == ""


def test_natural_keys():
    holidays = frame("holidays", {"1": {"date": "2024-10-01"}, "2": {"date": "2024-10-02"}})
    assert record_keys(TABLES["holidays"], holidays).tolist() == ["2024-10-01", "2024-10-02"]
    words = {str(n): {"category": "渠道", "value": v} for n, v in enumerate(["展会", "官网", "展会", "展会"])}
    keys = record_keys(TABLES["dictionary"], frame("dictionary", words))
    assert keys.tolist() == ["渠道|展会", "渠道|官网", "渠道|展会#2", "渠道|展会#3"]
    people = frame("people", {"1": {"name": "张伟"}, "2": {"name": ""}})
    found = identify(TABLES["people"], people, None, set(), lambda: "x")
    assert found.ids.tolist() == ["张伟", ""]


def test_a_minter_never_repeats_and_knows_what_is_taken():
    first = Minter("AB", set(), random.Random(1))
    made = [first.mint("C") for _ in range(200)]
    assert len(set(made)) == 200 and all(ids.is_valid(one) and one[2:4] == "AB" for one in made)
    second = Minter("AB", set(made), random.Random(1))
    assert not {second.mint("C") for _ in range(200)} & set(made)
    assert len(machine_code(random.Random(3))) == 2
    with pytest.raises(ValueError):
        Minter("0O", set(), random.Random(1))
