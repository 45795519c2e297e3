"""One table, perturbed twice: nothing typed is lost, both sides agree, the next run has nothing to do (SYNC I)."""

from __future__ import annotations

import json

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.tables import TABLES
from sync.plan import Side, plan
from tests.sync.plan.planning import NOW, again, frame

COLUMNS = ("customer_name", "owner", "tags", "notes", "budget", "snooze_until", "rating_value")
TEXTS = st.sampled_from(["", "甲", "乙", "丙"])
LINES = st.lists(st.sampled_from(["一", "二", "三", "四"]), max_size=3, unique=True).map("\n".join)
TAGS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True).map(";".join)
ROW = st.fixed_dictionaries(
    {
        "customer_name": TEXTS,
        "owner": TEXTS,
        "tags": TAGS,
        "notes": LINES,
        "budget": st.sampled_from([None, "1.00", "2.50"]),
        "snooze_until": st.sampled_from([None, "2024-05-01", "2024-05-02"]),
        "rating_value": st.sampled_from([None, 1, 2]),
    }
)


@st.composite
def edited(draw, rows, mark):
    """The rows after a person edited, deleted and added some; every typed text is told apart by `mark`."""
    out = {}
    for key, row in rows.items():
        what = draw(st.sampled_from(["leave", "leave", "edit", "delete"]))
        if what == "delete":
            continue
        changed = dict(row)
        if what == "edit":
            for name in draw(st.sets(st.sampled_from(COLUMNS), max_size=3)):
                value = draw(ROW)[name]
                unique = value if name not in ("customer_name", "owner") or not value else f"{value}{mark}"
                changed[name] = unique
        out[key] = changed
    for number in range(draw(st.integers(0, 2))):
        out[f"{mark}{number}"] = draw(ROW)
    return out


@st.composite
def sides(draw):
    base = {f"C{n}": draw(ROW) for n in range(draw(st.integers(0, 5)))}
    return base, draw(edited(base, "左")), draw(edited(base, "右"))


def planned(base, local, hub):
    return plan(
        {"customers": frame("customers", base, COLUMNS)},
        {"customers": Side(frame("customers", local, COLUMNS))},
        {"customers": Side(frame("customers", hub, COLUMNS))},
        now=NOW,
    )


def released(base, local, hub):
    """The plan with every guard released by its own id."""
    made = planned(base, local, hub)
    if not made.held:
        return made
    return plan(
        {"customers": frame("customers", base, COLUMNS)},
        {"customers": Side(frame("customers", local, COLUMNS))},
        {"customers": Side(frame("customers", hub, COLUMNS))},
        now=NOW,
        confirm=made.plan_id,
    )


def words(value):
    """The parts of a value that must be found again."""
    return [] if value is None else [part for part in str(value).replace(";", "\n").split("\n") if part]


def saved(made, record):
    """Everything the plan keeps of a record, column by column."""
    out = {name: [] for name in COLUMNS}
    if record in made.merged["customers"].index:
        for name in COLUMNS:
            value = made.merged["customers"].at[record, name]
            if name == "budget":
                out[name].append("" if value is pd.NA else f"{value / 100:.2f}")
            elif name == "snooze_until":
                out[name].append("" if value is pd.NaT else f"{value:%Y-%m-%d}")
            else:
                out[name].append("" if value is pd.NA else str(value))
    headers = {TABLES["customers"][name].header: name for name in COLUMNS}
    for row in made.conflicts.to_dict("records"):
        if row["record_id"] == record:
            out[headers[row["column"]]] += [row["excel_value"], row["sheets_value"]]
    for row in made.recycled.to_dict("records"):
        if row["record_id"] == record:
            for name, value in json.loads(row["row"]).items():
                if name in out:
                    out[name].append(str(value))
    return {name: {part for value in values for part in words(value)} for name, values in out.items()}


@settings(max_examples=60, deadline=None)
@given(sides())
def test_nothing_that_was_typed_is_lost(case):
    base, local, hub = case
    made = released(base, local, hub)
    for typed, other in ((local, hub), (hub, local)):
        for record, row in typed.items():
            kept = saved(made, record)
            for name, value in row.items():
                was = base.get(record, {}).get(name)
                if value == was:
                    continue
                removed_by_other = set(words(was)) - set(words(other.get(record, {}).get(name)))
                for part in words(value):
                    assert part in kept[name] or part in removed_by_other, (record, name, value, kept[name])


@settings(max_examples=40, deadline=None)
@given(sides())
def test_both_sides_agree_and_the_next_run_has_nothing_to_do(case):
    made = released(*case)
    pd.testing.assert_frame_equal(made.for_local("customers"), made.for_hub("customers"))
    later = again(made)
    assert later.changes_nothing and later.recycled.empty and not later.held
    pd.testing.assert_frame_equal(later.merged["customers"], made.merged["customers"])


@settings(max_examples=40, deadline=None)
@given(sides())
def test_the_hub_alone_written_the_next_run_carries_the_rest_into_the_file(case):
    base, local, hub = case
    made = released(base, local, hub)
    later = plan(
        {"customers": made.accounted["customers"]},
        {"customers": Side(frame("customers", local, COLUMNS))},
        {key: Side(made.merged[key]) for key in ("customers", "conflicts", "recycle_bin")},
        now=NOW,
    )
    if later.held:
        return
    assert later.summary["to_hub"] == {"rows": 0, "cells": 0, "removed": 0} and later.conflicts.empty
    pd.testing.assert_frame_equal(
        later.merged["customers"].sort_index(), made.merged["customers"].sort_index(), check_dtype=True
    )


@settings(max_examples=40, deadline=None)
@given(sides(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case, random):
    def shuffled(rows):
        keys = list(rows)
        random.shuffle(keys)
        return {key: rows[key] for key in keys}

    one = planned(*case)
    other = planned(*(shuffled(rows) for rows in case))
    assert one.plan_id == other.plan_id and one.summary == other.summary
    pd.testing.assert_frame_equal(one.merged["customers"].sort_index(), other.merged["customers"].sort_index())
    pd.testing.assert_frame_equal(one.conflicts.sort_index(), other.conflicts.sort_index())
    pd.testing.assert_frame_equal(one.recycled.sort_index(), other.recycled.sort_index())


@settings(max_examples=25, deadline=None)
@given(sides())
def test_a_held_plan_writes_no_more_than_the_released_one(case):
    held, free = planned(*case), released(*case)
    assert held.plan_id == free.plan_id
    for side in ("to_hub", "from_hub"):
        assert held.summary[side]["removed"] <= free.summary[side]["removed"]
