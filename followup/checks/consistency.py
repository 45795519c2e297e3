"""Checks of values against each other: links, duplicates, dates, wording, entry limits (MODEL 3, 4, 5; CASES 4, 5)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.checks.finding import Context, found, none, together
from followup.checks.kinds import ERROR, HINT, WARNING, Kind
from followup.columns.vague import lengths, vague
from followup.tables import TABLES, Type
from followup.values.names import name_key

FIRST_DAY = pd.Timestamp("2000-01-01")
NEAR_DAYS = 7  # a follow-up this near to a change of status backs it


def duplicate_customers(context: Context) -> pd.DataFrame:
    """重复客户: the name key is unique among customers that are not lost (MODEL 3.1, CASES 1.4)."""
    frame = context.tables["customers"]
    names = frame.loc[(frame["status"] != "流失客户") & (frame["customer_name"] != ""), "customer_name"]
    keys = names.map({name: name_key(name) for name in names.unique()})
    again = keys.duplicated(keep=False)
    return found(
        "customers",
        again.astype(bool),
        "customer_name",
        Kind.DUPLICATE_CUSTOMER,
        WARNING,
        "check.duplicate",
        detail=names,
    )


def unmatched(context: Context) -> pd.DataFrame:
    """客户未匹配: a 客户名称 that stands for no customer, or for several (MODEL 3.2, SYNC D1)."""
    parts = []
    for table in ("followups", "contacts", "deals", "tickets", "attachments"):
        frame = context.tables[table]
        if "customer_id" in frame and len(frame):
            where = (frame["customer_id"] == "") & (frame["customer_ref"] != "")
            severity = ERROR if table == "followups" else WARNING
            parts.append(
                found(
                    table,
                    where,
                    "customer_ref",
                    Kind.UNMATCHED,
                    severity,
                    "check.unmatched",
                    detail=frame["customer_ref"],
                )
            )
    return together(parts)


def unknown_people(context: Context) -> pd.DataFrame:
    """未知人员: a name that is not in 人员; masked names such as *专员 are accepted (MODEL 3.2)."""
    if not context.team.people.by_name:
        return none()
    parts = []
    for table in ("customers", "followups", "contacts", "deals", "tasks"):
        frame = context.tables[table]
        for column in TABLES[table].human_columns:
            if column.type is not Type.PERSON or frame.empty:
                continue
            names = [
                n
                for n in frame[column.key].unique()
                if n and not n.startswith("*") and not context.team.people.resolve(n)
            ]
            names = [n for n in names if not any(mark in n for mark in "/、,，;；&+")]  # several people: 多人负责
            where = frame[column.key].isin(names)
            parts.append(
                found(table, where, column.key, Kind.UNKNOWN_PERSON, WARNING, "check.person", detail=frame[column.key])
            )
    return together(parts)


def same_names(context: Context) -> pd.DataFrame:
    """Two people of one 姓名 in 人员 cannot be told apart (CASES C09)."""
    names = context.tables["people"]["name"]
    where = (names != "") & names.duplicated(keep=False)
    return found("people", where, "name", Kind.DUPLICATE_ID, ERROR, "check.same_name", detail=names)


def dates_of_followups(context: Context) -> pd.DataFrame:
    """跟进日期 before 首次接触时间, 截止时间 and 预计反馈时间 before 跟进日期, 开始 after 结束 (MODEL 3.2, CASES E17)."""
    frame = context.tables["followups"]
    if frame.empty:
        return none()
    day = frame["followup_date"].dt.normalize()
    first = frame["customer_id"].map(context.tables["customers"]["first_contact_date"])
    return together(
        [
            found("followups", day < first, "followup_date", Kind.CONTRADICTION, WARNING, "check.before_first"),
            found(
                "followups",
                frame["action_due"].dt.normalize() < day,
                "action_due",
                Kind.CONTRADICTION,
                WARNING,
                "check.due_before",
            ),
            found(
                "followups",
                frame["expected_reply"] < day,
                "expected_reply",
                Kind.CONTRADICTION,
                WARNING,
                "check.reply_before",
            ),
            found(
                "followups",
                frame["ended_at"] < frame["started_at"],
                "ended_at",
                Kind.CONTRADICTION,
                WARNING,
                "check.ends_before",
            ),
        ]
    )


def future_dates(context: Context) -> pd.DataFrame:
    """未来日期: what has happened is not after today (MODEL 3; dates typed so are caught by reading already)."""
    parts = []
    for table in ("customers", "followups", "deals", "payments"):
        for column in TABLES[table].human_columns:
            if column.when == "past" and len(context.tables[table]):
                late = context.tables[table][column.key].dt.normalize() > context.today
                parts.append(found(table, late, column.key, Kind.FUTURE, ERROR, "check.future"))
    return together(parts)


def early_dates(context: Context) -> pd.DataFrame:
    """首次接触时间 from 2000-01-01 (MODEL 3.1)."""
    early = context.tables["customers"]["first_contact_date"] < FIRST_DAY
    return found("customers", early, "first_contact_date", Kind.OUT_OF_RANGE, WARNING, "check.early")


def periods(context: Context) -> pd.DataFrame:
    """合作结束 is not before 合作开始 (MODEL 3.4)."""
    frame = context.tables["deals"]
    return found(
        "deals", frame["coop_end"] < frame["coop_start"], "coop_end", Kind.CONTRADICTION, WARNING, "check.coop"
    )


def vague_texts(context: Context) -> pd.DataFrame:
    """含糊表述: K25 on 沟通内容摘要 and 客户反馈 (无反馈 is accepted), and on 需求痛点 under 4 characters (D03, CASES C14)."""
    parts = []
    followups = context.tables["followups"]
    for key in ("summary", "feedback"):
        texts = followups[key]
        where = vague(texts, context.team) & (texts != "") & (texts != "无反馈")
        parts.append(found("followups", where, key, Kind.VAGUE_TEXT, WARNING, "check.vague"))
    pain = context.tables["customers"]["pain_points"]
    if len(pain):
        short = pd.Series(lengths(pain.to_numpy(dtype=object)) < 4, index=pain.index)
        phrases = set(context.team.dictionary.values("含糊用语"))
        where = (pain != "") & (short | pain.isin(phrases))
        parts.append(found("customers", where, "pain_points", Kind.VAGUE_TEXT, WARNING, "check.vague.pain"))
    return together(parts)


def late_entries(context: Context) -> pd.DataFrame:
    """录入超时: the limits of 24 h and 2 h, as 录入是否及时 says (K2, K23; D01, D02); not for what was before the system."""
    parts = []
    started = context.team.settings.date("系统启用日期")
    for table, key, code in (
        ("customers", "first_contact_date", "check.late.customer"),
        ("followups", "followup_date", "check.late.followup"),
    ):
        late = context.tables[table]["entry_on_time"] == "否"
        if started is not None:
            late &= context.tables[table][key] >= pd.Timestamp(started)
        parts.append(found(table, late, key, Kind.LATE_ENTRY, HINT, code))
    return together(parts)


def silent_type(context: Context) -> pd.DataFrame:
    """沉默客户 typed as 客户类型 is accepted with a warning (MODEL 3.1)."""
    typed = context.tables["customers"]["customer_type"] == "沉默客户"
    return found("customers", typed, "customer_type", Kind.UNKNOWN_VALUE, WARNING, "check.silent_type")


def ratings(context: Context) -> pd.DataFrame:
    """潜在价值, 意向强度, 行业地位 are 1-5 (MODEL 3.1)."""
    frame = context.tables["customers"]
    parts = []
    for key in ("rating_value", "rating_intent", "rating_position"):
        out = ((frame[key] < 1) | (frame[key] > 5)).fillna(False).astype(bool)
        parts.append(found("customers", out, key, Kind.OUT_OF_RANGE, WARNING, "check.rating"))
    return together(parts)


def amounts(context: Context) -> pd.DataFrame:
    """Amounts are not negative; 应收金额 is above zero (MODEL 3.4, 3.5)."""
    parts = []
    for table, keys in (("deals", ("expected_amount", "contract_amount")), ("payments", ("due_amount", "paid_amount"))):
        for key in keys:
            below = (context.tables[table][key] < 0).fillna(False).astype(bool)
            parts.append(found(table, below, key, Kind.OUT_OF_RANGE, WARNING, "check.negative"))
    return together(parts)


def unbacked_status(context: Context) -> pd.DataFrame:
    """状态无佐证: 客户状态 changed with no follow-up within a week of it (D05)."""
    moves = context.tables["transitions"]
    moves = moves[(moves["entity"] == "客户") & (moves["field"] == "客户状态") & (moves["old"] != "")]
    customers = context.tables["customers"]
    if moves.empty or customers.empty:
        return none()
    last = moves.sort_values("occurred_at").drop_duplicates("entity_id", keep="last")
    when = pd.Series(last["occurred_at"].to_numpy(), index=last["entity_id"].to_numpy()).reindex(customers.index)
    changed = when[when.notna()].dt.normalize()
    followups = context.tables["followups"][["customer_id", "followup_date"]]
    near = followups[followups["customer_id"].isin(changed.index)]
    gap = (near["followup_date"] - near["customer_id"].map(changed)).abs()
    backed = set(near.loc[gap <= pd.Timedelta(days=NEAR_DAYS), "customer_id"])
    where = pd.Series(customers.index.isin(changed.index) & ~customers.index.isin(list(backed)), index=customers.index)
    return found("customers", where, "status", Kind.UNBACKED_STATUS, WARNING, "check.unbacked")


def settings(context: Context) -> pd.DataFrame:
    """设置无效: a value that is not of its type; the default stands meanwhile (MODEL 3.13)."""
    frame = context.tables["settings"]
    if frame.empty:
        return none()
    numbers = pd.to_numeric(frame["value"], errors="coerce")
    broken = (frame["type"] == "int") & (frame["value"] != "") & (numbers.isna() | (numbers < 0))
    dates = pd.to_datetime(frame["value"].where(frame["type"] == "date", ""), errors="coerce", format="%Y-%m-%d")
    broken |= (frame["type"] == "date") & (frame["value"] != "") & dates.isna()
    return found("settings", broken, "value", Kind.BAD_SETTING, WARNING, "check.setting", detail=frame["default"])


def from_reading(context: Context) -> pd.DataFrame:
    """What reading found: 格式, 含糊日期, 不在字典, 公式单元格 … (CASES 1). What has one reading is no issue."""
    rows = context.verdicts
    rows = rows[(rows["verdict"] != "fixed") & (rows["kind"] != "")]
    if rows.empty:
        return none()
    suggested = rows["verdict"] == "suggested"
    values = [("" if v is None else str(v)) if s else "" for v, s in zip(rows["value"], suggested, strict=True)]
    columns = {
        "table": rows["table"], "record_id": rows["record_id"], "column": rows["column"], "kind": rows["kind"], "severity": rows["severity"],
        "raw": ["" if raw is None else str(raw) for raw in rows["raw"]], "suggestion": values, "code": "check.reading", "detail": rows["reason"],
    }  # fmt: skip
    frame = pd.DataFrame({k: np.asarray(v, dtype=object) if not isinstance(v, str) else v for k, v in columns.items()})
    return frame.astype(object)
