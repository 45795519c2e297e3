"""What stops a plan before anything is written (SYNC G)."""

from __future__ import annotations

from sync.plan import Side, plan
from tests.sync.plan.planning import NOW, again, frame, merge


def many(count, *, start=0, owner="张伟"):
    return {f"C{n:04}": {"customer_name": f"客户{n}", "owner": owner} for n in range(start, count)}


def test_g2_a_few_deletions_pass():
    made = merge(many(100), many(100, start=10), many(100))
    assert not made.held and len(made.recycled) == 10


def test_g2_many_deletions_wait_and_the_rest_is_synced():
    hub = many(100) | {"C-new": {"customer_name": "新", "owner": ""}}
    made = merge(many(100), many(100, start=11), hub)
    [held] = made.held
    assert (held.guard, held.table, held.count, held.stops) == ("G2", "customers", 11, False) and not made.stopped
    assert made.recycled.empty and len(made.merged["customers"]) == 101
    assert made.absent_local == {"customers": set(many(11))}
    assert len(made.for_local("customers")) == 90 and len(made.for_hub("customers")) == 101
    assert set(many(11)) <= set(made.base["customers"].index)  # so that the deletion is still seen next time
    assert made.summary["from_hub"] == {"rows": 1, "cells": 0, "removed": 0}


def test_g2_the_held_deletions_stay_held_until_confirmed():
    made = merge(many(100), many(100, start=11), many(100))
    later = again(made)
    assert later.plan_id == made.plan_id and later.held[0].guard == "G2" and later.changes_nothing
    done = merge(many(100), many(100, start=11), many(100), confirm=made.plan_id)
    assert not done.held and len(done.recycled) == 11


def test_g2_deletions_at_the_hub_are_held_too():
    made = merge(many(100), many(100), many(100, start=11))
    assert made.absent_hub == {"customers": set(many(11))} and len(made.for_hub("customers")) == 89


def test_g2_over_half_stops_the_run_and_another_plans_id_does_not_release_it():
    made = merge(many(40), many(40, start=30), many(40), confirm="another")
    assert made.stopped and made.held[0].guard == "G2" and made.held[0].stops


def test_g3_an_empty_table_stops_the_run():
    made = merge(many(5), {}, many(5))
    assert made.stopped and "G3" in {held.guard for held in made.held}
    assert "客户基础信息" in made.held[0].message
    assert not merge(many(4), {}, many(4)).stopped


def test_g6_a_table_that_cannot_be_read_is_left_out_and_the_others_sync():
    base = {"customers": frame("customers", many(3)), "followups": frame("followups", {"F": {"summary": "旧"}})}
    local = {"customers": Side(frame("customers", {})), "followups": Side(frame("followups", {"F": {"summary": "新"}}))}
    hub = {key: Side(rows) for key, rows in base.items()}
    made = plan(base, local, hub, now=NOW, unreadable={"customers"})
    assert made.skipped == {"customers"} and not made.stopped and made.held[0].guard == "G6"
    assert len(made.merged["customers"]) == 3 and made.recycled.empty
    assert made.merged["followups"].at["F", "summary"] == "新"
    assert len(made.base["customers"]) == 3


def test_g7_a_mass_change_of_one_column_waits():
    made = merge(many(100), many(100, owner="李娜"), many(100) | {"C0000": {"customer_name": "改名", "owner": "张伟"}})
    [held] = made.held
    assert (held.guard, held.column, held.count) == ("G7", "owner", 100) and not made.stopped
    assert set(made.merged["customers"]["owner"]) == {"张伟"}
    assert made.merged["customers"].at["C0000", "customer_name"] == "改名"
    assert len(made.keep_local["customers"]["owner"]) == 100
    released = merge(
        many(100), many(100, owner="李娜"), many(100) | {"C0000": {"customer_name": "改名", "owner": "张伟"}},
        confirm=made.plan_id,
    )  # fmt: skip
    assert set(released.merged["customers"]["owner"]) == {"李娜"}


def test_g8_a_column_sorted_alone_stops_the_run():
    names = sorted((row["customer_name"] for row in many(30).values()), reverse=True)
    local = {key: {"customer_name": name, "owner": "张伟"} for key, name in zip(many(30), names, strict=True)}
    made = merge(many(30), local, many(30))
    assert made.stopped and "G8" in {held.guard for held in made.held}


def test_g9_many_damaged_ids_stop_the_run():
    made = merge(many(100), many(100), many(100), damaged={"customers": 11})
    assert made.stopped and made.held[0].guard == "G9"
    assert not merge(many(300), many(300), many(300), damaged={"customers": 11}).held
