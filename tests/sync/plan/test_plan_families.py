"""Customers with everything that belongs to them, edited and deleted on both sides: no orphans, nothing lost (SYNC B)."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.plan import Side, plan
from tests.sync.plan.planning import NOW, frame

TEXT = {"customers": "key_contact", "followups": "summary", "deals": "deal_name", "payments": "instalment"}
COLUMNS = {
    "customers": ("customer_name", "key_contact"),
    "followups": ("customer_ref", "customer_id", "summary"),
    "deals": ("customer_ref", "customer_id", "deal_name"),
    "payments": ("deal_id", "instalment"),
    "tickets": ("customer_ref", "description"),
}
TEXT["tickets"] = "description"


def child(draw, table, customer, linked):
    """A row that belongs to a customer by id, or by name only."""
    named = {"customer_ref": f"客户{customer}", TEXT[table]: "旧"}
    return named if table == "tickets" else named | {"customer_id": customer if linked else ""}


@st.composite
def teams(draw):
    """Tables of a few customers."""
    rows = {key: {} for key in TEXT}
    for n in range(draw(st.integers(1, 3))):
        customer = f"C{n}"
        rows["customers"][customer] = {"customer_name": f"客户{customer}", "key_contact": "旧"}
        for table in ("followups", "deals", "tickets"):
            for m in range(draw(st.integers(0, 2))):
                rows[table][f"{table[0].upper()}{n}{m}"] = child(draw, table, customer, draw(st.booleans()))
        for deal in [key for key in rows["deals"] if key.startswith(f"D{n}")]:
            if draw(st.booleans()):
                rows["payments"]["R" + deal] = {"deal_id": deal, "instalment": "旧"}
    return rows


@st.composite
def after(draw, rows, mark):
    """The tables after a day: rows edited, deleted, added."""
    out = {}
    for table, records in rows.items():
        out[table] = {}
        for key, row in records.items():
            what = draw(st.sampled_from(["leave", "leave", "edit", "delete"]))
            if what != "delete":
                out[table][key] = row | {TEXT[table]: f"改{mark}"} if what == "edit" else row
    for n in range(draw(st.integers(0, 2))):
        customer = draw(st.sampled_from(sorted(rows["customers"])))
        table = draw(st.sampled_from(["followups", "deals", "tickets"]))
        out[table][f"{mark}{table}{n}"] = child(draw, table, customer, draw(st.booleans())) | {TEXT[table]: f"新{mark}"}
    return out


@st.composite
def days(draw):
    base = draw(teams())
    return base, draw(after(base, "左")), draw(after(base, "右"))


def frames(rows):
    return {table: frame(table, records, COLUMNS[table]) for table, records in rows.items()}


def planned(base, local, hub):
    """The plan with every guard released."""
    tables = [frames(base), *({key: Side(f) for key, f in frames(side).items()} for side in (local, hub))]
    made = plan(*tables, now=NOW)
    return plan(*tables, now=NOW, confirm=made.plan_id) if made.held else made


def parents(rows, table, key):
    """The ids of the customer and the deal a row belongs to."""
    row = rows[table][key]
    if table == "customers":
        return []
    if table == "payments":
        return [("deals", row["deal_id"])]
    return [("customers", row.get("customer_id") or row["customer_ref"].removeprefix("客户"))]


@settings(max_examples=50, deadline=None)
@given(days())
def test_nobody_is_orphaned_nothing_is_lost_and_the_next_run_has_nothing_to_do(case):
    base, local, hub = case
    made = planned(*case)
    recycled = set(made.recycled["record_id"])
    alive = {table: set(made.merged[table].index) for table in TEXT}
    for table in TEXT:
        shown = local[table] | hub[table]
        assert alive[table] | (recycled & shown.keys()) == shown.keys() and not alive[table] & recycled
        for key in alive[table]:
            for above, parent in parents({table: shown}, table, key):
                if parent in local[above] or parent in hub[above]:
                    assert parent in alive[above], (table, key, parent)
        for typed in (local, hub):
            stirred = {key for key, row in typed[table].items() if row != base[table].get(key)}
            assert stirred <= alive[table]  # edited or new rows stay
        pd.testing.assert_frame_equal(made.for_local(table), made.for_hub(table))
    later = plan(made.base, *({key: Side(made.merged[key]) for key in TEXT} for _ in range(2)), now=NOW)
    assert later.changes_nothing and later.recycled.empty and not later.held


@settings(max_examples=20, deadline=None)
@given(days())
def test_which_side_did_it_does_not_matter_for_who_stays(case):
    base, local, hub = case
    one, other = planned(base, local, hub), planned(base, hub, local)
    for table in TEXT:
        assert set(one.merged[table].index) == set(other.merged[table].index)
