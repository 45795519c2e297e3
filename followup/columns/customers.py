"""The computed columns of 客户基础信息 (MODEL 4, K2-K22)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.arrays import (
    DAY,
    HOUR,
    NONE,
    Bools,
    Ints,
    counts,
    dates,
    day_number,
    first_known,
    flag,
    floor_days,
    half_up,
    has_clock,
    last_row,
    lat,
    pick,
    seconds,
    smallest,
    sums,
    take,
    texts,
    whole,
    yes_no,
)
from followup.facts import INTENDING, LOST, SILENT, WON, Facts
from followup.tables import TABLES, Tier
from followup.team.dictionary import fold

TARGET_TOUCHES = {"A": 8, "B": 4, "C": 1}  # K14: contacts in 30 days that count as full; 4 where 等级 is blank
WON_DEAL = "赢单"


def compute(facts: Facts) -> dict[str, pd.Series]:
    """Every computed column of the customers by key."""
    index = facts.customers.index
    won_count, won_amount = _won(facts)
    activity = _activity(facts)
    potential = _potential(facts)
    loyalty = np.where(won_count == 0, 0, np.minimum(100, 40 + 20 * (won_count - 1)))
    every = np.ones(facts.size, dtype=np.bool_)
    return {
        "entry_on_time": entry_on_time(facts),
        "last_touch": dates(facts.last_touch, index),
        "days_silent": whole(facts.days_silent, facts.days_silent != NONE, index),
        "silent_flag": flag(facts.silent, index),
        "status_label": _status_label(facts),
        "cadence_due": dates(facts.cadence_due, index),
        "action_due": dates(facts.action_due, index),
        "next_due": dates(facts.next_due, index),
        "hint": hint(facts),
        "touches_30d": whole(facts.touches(facts.today - 29, facts.valid), every, index),
        "activity": whole(activity, every, index),
        "potential": whole(potential, every, index),
        "loyalty": whole(loyalty, every, index),
        "score": whole(_score(facts, potential, activity, loyalty), every, index),
        "suggested_grade": _suggested_grade(facts),
        "completeness": _completeness(facts),
        "won_amount": whole(won_amount, every, index),
        "won_count": whole(won_count, every, index),
        "first_response_h": _first_response(facts),
        "tier": _tier(facts, won_count, won_amount),
        "current_stage": _current_stage(facts),
        "issue_count": whole(_open_issues(facts), every, index),
    }


def entry_on_time(facts: Facts) -> pd.Series:
    """K2: 录入时间 within 24 h of the first contact."""
    customers = facts.customers
    start = lat(first_known(seconds(customers["first_comm_at"]), seconds(customers["first_contact_date"])))
    created = seconds(customers["created_at"])
    known = (start != NONE) & (created != NONE) & (facts.text("source") != "导入")
    limit = start + facts.team.settings.int("基础信息录入时限") * HOUR
    return yes_no(created <= limit, known, customers.index)


def _status_label(facts: Facts) -> pd.Series:
    """K6."""
    silent = facts.silent | (facts.status == SILENT)
    label = np.where(facts.lost, LOST, np.where(silent, SILENT, facts.status))
    return texts(label, facts.customers.index)


def hint(facts: Facts) -> pd.Series:
    """K11, K12: what to do about a customer, in two words."""
    left = np.where(facts.next_due == NONE, 0, facts.next_due - facts.today)
    distinct, place = np.unique(left, return_inverse=True)
    words = np.array([_days_left(int(n)) for n in distinct], dtype=object)[place]
    fixed = pick(
        [(facts.lost, "已流失"), (facts.snoozed, "已暂缓"), (facts.next_due == NONE, "未安排")],
        facts.customers.index,
    )
    return fixed.where(fixed != "", words)


def _days_left(left: int) -> str:
    if left < 0:
        return f"逾期{-left}天"
    return "今日" if left == 0 else f"{left}天内" if left <= 3 else "正常"


def _activity(facts: Facts) -> Ints:
    """K14, over the common denominator of touches wanted and attempts made: exact (MODEL 1.5)."""
    grade = facts.text("grade")
    wanted = np.full(facts.size, 4, dtype=np.int64)
    for name, touches in TARGET_TOUCHES.items():
        wanted[grade == name] = touches
    made = np.minimum(facts.touches(facts.today - 29, facts.valid), wanted)
    answered = facts.touches(facts.today - 89, facts.valid)
    attempts = np.maximum(facts.touches(facts.today - 89, facts.attempt), 1)
    fresh = np.where(facts.days_silent == NONE, 0, np.maximum(0, 30 - np.maximum(facts.days_silent, 0)))
    return half_up(50 * made * attempts + 20 * answered * wanted + fresh * wanted * attempts, wanted * attempts)


def _ratings(facts: Facts) -> tuple[Ints, Bools]:
    """5v + 3i + 2p (ten times the rating) and where all three are present."""
    total, known = np.zeros(facts.size, dtype=np.int64), np.ones(facts.size, dtype=np.bool_)
    for column, weight in (("rating_value", 5), ("rating_intent", 3), ("rating_position", 2)):
        rating = facts.customers[column].fillna(0).to_numpy(dtype=np.int64)
        known &= (rating >= 1) & (rating <= 5)
        total += weight * rating
    return total, known


def _potential(facts: Facts) -> Ints:
    """K15."""
    total, known = _ratings(facts)
    grade = facts.text("grade")
    by_grade = np.select([grade == "A", grade == "B", grade == "C"], [100, 60, 20], 0)
    return np.where(known, 2 * total, by_grade)


def _score(facts: Facts, potential: Ints, activity: Ints, loyalty: Ints) -> Ints:
    """K17, on the rounded parts."""
    weights = [int(w) for w in facts.team.settings.list("评分权重") if w.isdigit()]
    first, second, third = weights if len(weights) == 3 and any(weights) else (4, 3, 3)
    return half_up(first * potential + second * activity + third * loyalty, first + second + third)


def _suggested_grade(facts: Facts) -> pd.Series:
    """K18."""
    total, known = _ratings(facts)
    return pick([(~known, ""), (total >= 40, "A"), (total >= 25, "B")], facts.customers.index, "C")


def _won(facts: Facts) -> tuple[Ints, Ints]:
    """K20: how many won deals and their amount in fen."""
    deals = facts.tables["deals"]
    won = deals["result"].to_numpy() == WON_DEAL
    group = np.where(won, facts.deal_customer, -1)
    amounts = deals["contract_amount"].fillna(0).to_numpy(dtype=np.int64)
    return counts(group, won, facts.size), sums(group, amounts, facts.size)


def filled(facts: Facts, columns: list[str]) -> list[Bools]:
    """Which cells hold something: not blank and not one of the writings of blank (空值写法)."""
    written = {fold(text) for text in facts.team.dictionary.by_alias.get("空值写法", {})} | {""}
    out = []
    for key in columns:
        column = facts.customers[key]
        if not TABLES["customers"][key].type.is_text:
            out.append(column.notna().to_numpy())
            continue
        codes, values = pd.factorize(column.to_numpy())
        blank = np.array([fold(str(value)) in written for value in values] + [True])
        out.append(~blank[codes])
    return out


def _completeness(facts: Facts) -> pd.Series:
    """K19: filled of required; a typed value is blank where it has an error (MODEL 1.9)."""
    printed = [column.key for column in TABLES["customers"].columns if column.tier is Tier.PRINTED]
    have = np.sum(filled(facts, printed), axis=0, dtype=np.int64)
    need = np.full(facts.size, len(printed), dtype=np.int64)
    deals = facts.tables["deals"]
    won = deals["result"].to_numpy() == WON_DEAL
    customer = facts.status == WON
    for key in ("sign_date", "contract_amount"):
        has = counts(facts.deal_customer, won & deals[key].notna().to_numpy(), facts.size) > 0
        have, need = have + (customer & has), need + customer
    for mask in filled(facts, ["lost_date", "lost_reason"]):
        have, need = have + (facts.lost & mask), need + facts.lost
    return pd.Series(have / need, index=facts.customers.index)


def _first_response(facts: Facts) -> pd.Series:
    """K21: hours from acq(c) to the first attempt."""
    followups = facts.followups
    starts = first_known(seconds(followups["started_at"]), np.where(facts.attempt, facts.followup_day * DAY, NONE))
    first = smallest(np.where(facts.attempt, facts.followup_customer, -1), starts, facts.size)
    acquired = facts.acquired
    since = facts.team.settings.date("系统启用日期")
    known = (first != NONE) & (acquired != NONE)
    if since:
        known &= floor_days(acquired) >= day_number(since)
    first, acquired = np.where(known, first, 0), np.where(known, acquired, 0)
    hundredths = half_up(np.maximum(0, first - acquired), 36)  # of an hour
    whole_days = 24 * np.maximum(0, floor_days(first) - floor_days(acquired))
    hours = np.where(has_clock(first) & has_clock(acquired), hundredths / 100, whole_days)
    return pd.Series(np.where(known, hours, np.nan), index=facts.customers.index)


def _tier(facts: Facts, won_count: Ints, won_amount: Ints) -> pd.Series:
    """K22; 关键行业 names an industry or its 大类."""
    settings = facts.team.settings
    industry = facts.customers["industry"]
    key = settings.list("关键行业")
    codes, values = pd.factorize(industry.to_numpy())
    listed = np.array([value in key or str(value).partition("-")[0] in key for value in values] + [False])[codes]
    grade = facts.text("grade")
    high = (won_count >= 2) | (won_amount >= settings.int("大单金额") * 100) | listed
    promising = (facts.status == INTENDING) | (grade == "A") | (grade == "B")
    return pick([(high, "高价值客户"), (promising, "潜力客户")], facts.customers.index, "普通客户")


def _current_stage(facts: Facts) -> pd.Series:
    """The stage of the newest 进行中 deal."""
    deals = facts.tables["deals"]
    running = deals["result"].isin(("进行中", "")).to_numpy()  # 进行中 is the default
    group = np.where(running, facts.deal_customer, -1)
    row = last_row(group, seconds(deals["created_at"]), deals.index, facts.size)
    return texts(take(deals["stage"].to_numpy(), row, ""), facts.customers.index)


def _open_issues(facts: Facts) -> Ints:
    """Open rows of 问题清单 about the customer."""
    issues = facts.tables["issues"]
    table = TABLES["customers"]
    here = issues["table"].isin((table.sheet, table.key)) & ~issues["action"].isin(("已修复", "忽略"))
    place = facts.customers.index.get_indexer(pd.Index(issues["record_id"], dtype=object)).astype(np.int64)
    return counts(place, here.to_numpy(), facts.size)
