"""The computed columns of 商机 and 回款 (MODEL 3.4, 3.5, M2)."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from followup.arrays import (
    NONE,
    Ints,
    dates,
    days,
    first_known,
    floor_days,
    half_up,
    largest,
    last_row,
    pick,
    positions,
    seconds,
    sums,
    take,
    texts,
    whole,
)
from followup.facts import Facts
from followup.team import Team

CLOSED = ("赢单", "输单")


def compute_deals(facts: Facts) -> dict[str, pd.Series]:
    """Every computed column of the deals by key."""
    deals = facts.tables["deals"]
    index = deals.index
    payments = facts.tables["payments"]
    since = stage_since(facts)
    paid = sums(positions(index, payments["deal_id"]), _money(payments["paid_amount"]), len(deals))
    every = np.ones(len(deals), dtype=np.bool_)
    chance = deals["stage"].map(_chances(facts.team)).astype("float64")
    reached = _max_stage(facts)
    return {
        "stage_since": dates(since, index),
        "days_in_stage": whole(facts.today - np.maximum(since, 0), since != NONE, index),
        "max_stage": whole(reached, reached > 0, index),
        "win_probability": chance,
        "weighted": _weighted(facts, chance),
        "cycle_days": _cycle(facts),
        "paid": whole(paid, every, index),
        "unpaid": whole(_money(deals["contract_amount"]) - paid, deals["contract_amount"].notna().to_numpy(), index),
    }


def _money(column: pd.Series) -> Ints:
    return column.fillna(0).to_numpy(dtype=np.int64)


def _chances(team: Team) -> dict[str, float]:
    entries = team.dictionary.entries.get("阶段", ())
    return {entry.value: entry.probability for entry in entries if entry.probability is not None}


def stage_since(facts: Facts) -> Ints:
    """阶段进入日 in days: the last change of 阶段; a deal that never changed entered its stage when it was made."""
    deals = facts.tables["deals"]
    changes = facts.tables["transitions"]
    moved = (changes["field"] == "阶段") & (changes["entity"] == "商机") & (changes["old"] != "")
    place = np.where(moved, positions(deals.index, changes["entity_id"]), -1)
    return first_known(largest(place, days(changes["occurred_at"]), len(deals)), days(deals["created_at"]))


def _max_stage(facts: Facts) -> Ints:
    """最高阶段序: the highest of the stage, the value in the cell and every stage in 状态变更; 0 where none is known."""
    deals = facts.tables["deals"]
    changes = facts.tables["transitions"]
    order = facts.team.dictionary.order("阶段")
    place = positions(deals.index, changes["entity_id"])
    place = np.where((changes["field"] == "阶段") & (changes["entity"] == "商机"), place, -1)
    out = np.maximum(deals["stage"].map(order).fillna(0).to_numpy(dtype=np.int64), _money(deals["max_stage"]))
    for column in ("old", "new"):
        rank = changes[column].map(order).fillna(0).to_numpy(dtype=np.int64)
        out = np.maximum(out, largest(place, rank.astype(np.int64), len(deals)))
    return np.asarray(out)


def _weighted(facts: Facts, chance: pd.Series) -> pd.Series:
    """加权金额 of running deals: 预计金额 × 赢率 in whole fen, half up; 赢率 counts to four places."""
    deals = facts.tables["deals"]
    parts = {value: int(Decimal(str(value)).scaleb(4).to_integral_value()) for value in chance.dropna().unique()}
    scaled = chance.map(parts).fillna(0).to_numpy(dtype=np.int64)
    running = deals["result"].isin(("进行中", "")).to_numpy()
    known = running & chance.notna().to_numpy() & deals["expected_amount"].notna().to_numpy()
    return whole(half_up(_money(deals["expected_amount"]) * scaled, 10_000), known, deals.index)


def _cycle(facts: Facts) -> pd.Series:
    """M2: days of a closed episode, from acq(c) for a customer's first deal; negative ones are left out."""
    deals = facts.tables["deals"]
    created = seconds(deals["created_at"])
    age = np.where(created == NONE, NONE, -created)  # the oldest first; one without 创建时间 last
    first = last_row(facts.deal_customer, age, deals.index, facts.size, lowest=True)
    is_first = np.zeros(len(deals), dtype=np.bool_)
    is_first[first[first >= 0]] = True
    acquired = take(floor_days(facts.acquired), facts.deal_customer, NONE)
    start = np.where(is_first & (acquired != NONE), acquired, floor_days(created))
    end = days(deals["closed_on"])
    known = deals["result"].isin(CLOSED).to_numpy() & (start != NONE) & (end != NONE) & (end >= start)
    return whole(np.where(known, end - np.where(known, start, 0), 0), known, deals.index)


def compute_payments(facts: Facts) -> dict[str, pd.Series]:
    """Every computed column of the instalments by key."""
    payments, deals = facts.tables["payments"], facts.tables["deals"]
    index = payments.index
    deal = positions(deals.index, payments["deal_id"])
    customer = take(facts.deal_customer, deal, -1)
    typed = take(deals["customer_ref"].to_numpy(), deal, "")
    name = np.where(customer >= 0, take(facts.text("customer_name"), customer, ""), typed)
    owed, paid, due = _money(payments["due_amount"]), _money(payments["paid_amount"]), days(payments["due_date"])
    known = payments["due_amount"].notna().to_numpy()
    settled = known & (paid >= owed)
    part = np.where(~settled & (paid > 0), "(部分)", "").astype(object)
    dated = due != NONE
    state = pick(
        [(settled, "已结清"), (~dated, ""), (due < facts.today, "逾期"), (due == facts.today, "今日到期")],
        index,
        "未到期",
    )
    return {
        "customer_ref": texts(name, index),
        "status": state + np.where(state == "", "", part),
        "days_overdue": whole(np.maximum(0, facts.today - np.maximum(due, 0)), dated & ~settled, index),
        "owner": texts(take(deals["owner"].to_numpy(), deal, ""), index),
    }
