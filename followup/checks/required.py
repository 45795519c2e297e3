"""Checks of what must be filled in, always or under a condition (MODEL 3, column `required`)."""

from __future__ import annotations

import pandas as pd

from followup.checks.finding import Context, found, together
from followup.checks.kinds import ERROR, WARNING, Kind
from followup.tables import TABLES, Need

# Without these a row cannot be told from another one: an error. The rest is a warning (REQUIREMENTS, gap 3).
IDENTIFYING = {("customers", "customer_name"), ("followups", "customer_ref"), ("followups", "followup_date")}
CHECKED = ("customers", "followups", "contacts", "deals", "payments", "tasks", "people")


def always(context: Context) -> pd.DataFrame:
    """必填缺失: every column that is always required (MODEL 3)."""
    parts = []
    for table in CHECKED:
        for column in TABLES[table].human_columns:
            if column.need is Need.ALWAYS and len(context.tables[table]):
                severity = ERROR if (table, column.key) in IDENTIFYING else WARNING
                where = context.blank(table, column.key)
                if table == "tasks":  # tasks a run made follow their record: what is missing there is said there
                    where &= context.tables[table]["dedupe_key"] == ""
                parts.append(found(table, where, column.key, Kind.MISSING, severity, "check.missing"))
    return together(parts)


def lost_customers(context: Context) -> pd.DataFrame:
    """流失日期 and 流失原因 iff 客户状态=流失客户 (MODEL 3.1, REQUIREMENTS C07)."""
    frame = context.tables["customers"]
    lost = frame["status"] == "流失客户"
    return together(
        [
            found("customers", lost & context.blank("customers", key), key, Kind.MISSING, WARNING, "check.missing.lost")
            for key in ("lost_date", "lost_reason")
        ]
    )


def next_actions(context: Context) -> pd.DataFrame:
    """下一步行动 unless the customer is 成交/流失; with it exactly one 负责人, 截止时间, 优先级 (MODEL 3.2, D04)."""
    frame = context.tables["followups"]
    if frame.empty:
        return together([])
    status = context.tables["customers"]["status"]
    settled = frame["customer_id"].map(status).isin(["成交客户", "流失客户"])
    unknown = ~frame["customer_id"].isin(status.index)
    acting = context.filled("followups", "next_action")
    latest = _latest(frame)
    # An older record without a next action is history; only the newest one of a customer leaves it without a plan.
    planless = ~acting & ~settled & ~unknown & latest
    return together(
        [
            found("followups", planless, "next_action", Kind.MISSING, WARNING, "check.missing.action"),
            found("followups", acting & context.blank("followups", "action_owner"), "action_owner", Kind.MISSING, ERROR, "check.missing.action_owner"),
            found("followups", acting & context.blank("followups", "action_due"), "action_due", Kind.NO_DUE_DATE, ERROR, "check.missing.action_due"),
            found("followups", acting & context.blank("followups", "priority"), "priority", Kind.MISSING, WARNING, "check.missing.priority"),
        ]
    )  # fmt: skip


def _latest(frame: pd.DataFrame) -> pd.Series:
    newest = frame.groupby("customer_id")["followup_date"].transform("max")
    return frame["followup_date"].notna() & (frame["followup_date"] == newest)


def closed_deals(context: Context) -> pd.DataFrame:
    """合同签订日期 and 合同金额 of a won deal, 成败原因 of a closed one (MODEL 3.4)."""
    result = context.tables["deals"]["result"]
    won, closed = result == "赢单", result.isin(["赢单", "输单"])
    return together(
        [
            found("deals", won & context.blank("deals", "sign_date"), "sign_date", Kind.MISSING, WARNING, "check.missing.won"),
            found("deals", won & context.blank("deals", "contract_amount"), "contract_amount", Kind.MISSING, WARNING, "check.missing.won"),
            found("deals", closed & context.blank("deals", "outcome_reason"), "outcome_reason", Kind.MISSING, WARNING, "check.missing.closed"),
        ]
    )  # fmt: skip


def paid_instalments(context: Context) -> pd.DataFrame:
    """实收日期 iff 实收金额 > 0 (MODEL 3.5)."""
    paid = (context.tables["payments"]["paid_amount"] > 0).fillna(False).astype(bool)
    return found(
        "payments",
        paid & context.blank("payments", "paid_date"),
        "paid_date",
        Kind.MISSING,
        WARNING,
        "check.missing.paid",
    )


def leavers(context: Context) -> pd.DataFrame:
    """离职日 iff 在职=否 (MODEL 3.11)."""
    gone = context.tables["people"]["active"] == "否"
    return found(
        "people", gone & context.blank("people", "left_on"), "left_on", Kind.MISSING, WARNING, "check.missing.left_on"
    )
