"""What is to be filled in: open 问题 of the error kind and missing cells, one item a record and person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup.arrays import Objects, positions, take
from followup.facts import Facts
from followup.rules.finding import blank_items, items
from followup.tables import BY_SHEET, TABLES

RULE = "问题"
MISSING = ("必填缺失", "截止缺失")
_PERSON = {"customers": "owner", "followups": "followed_by", "deals": "owner", "tasks": "owner"}
"""Who fills it in; for the other tables the customer's 负责人."""


def to_fill_in(facts: Facts) -> pd.DataFrame:
    """Items of kind fill, `text` naming the columns."""
    issues = facts.tables["issues"]
    open_ = ~issues["action"].isin(("已修复", "忽略")) & (issues["record_id"] != "") & (issues["column"] != "")
    wanted = issues[(open_ & ((issues["severity"] == "错误") | issues["kind"].isin(MISSING))).to_numpy()]
    parts = [_of_table(facts, str(name), group) for name, group in wanted.groupby("table")]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else blank_items()


def _of_table(facts: Facts, name: str, issues: pd.DataFrame) -> pd.DataFrame:
    table = BY_SHEET.get(name) or TABLES.get(name)
    if table is None:
        return blank_items()
    issues = issues.drop_duplicates(["record_id", "column"]).sort_values(["record_id", "column"])
    rest = issues[~issues["record_id"].duplicated()]
    names = pd.Series(rest["column"].to_numpy(), index=rest["record_id"].to_numpy(), dtype=object)
    nth = issues.groupby("record_id").cumcount().to_numpy()
    for place in range(1, int(nth.max()) + 1):  # the second, third … column of every record at once
        more = issues[nth == place]
        names.loc[more["record_id"]] += "、" + more["column"].to_numpy()
    frame = facts.tables[table.key]
    row = positions(frame.index, names.index.to_numpy())
    if table.key == "customers":
        customer = row
    elif "customer_id" in table.by_key:
        customer = positions(facts.customers.index, take(frame["customer_id"].to_numpy(), row, ""))
    else:
        customer = np.full(len(row), -1, dtype=np.int64)
    owner = take(facts.text("owner"), customer, "")
    person: Objects = owner
    if table.key in _PERSON:
        own = take(frame[_PERSON[table.key]].to_numpy(), row, "")
        person = np.where(own == "", owner, own)
    return items(
        facts,
        RULE,
        customer,
        person=person,
        due=facts.today,
        text=f"请补全{table.sheet}：" + names.to_numpy(),
        kind="fill",
        priority="中",
        object_id=names.index.to_numpy(),
    )
