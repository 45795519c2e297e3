"""What a run writes once and never again: when and how a row came in, when it was assigned, done, closed (MODEL K1, 1.10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from followup.arrays import Bools, positions
from followup.changes import Change, set_cells
from followup.tables import TABLES
from followup.tables.frames import Tables
from followup.transitions import last_values

_TYPES = ("潜在客户", "意向客户", "成交客户", "流失客户", "沉默客户")


def stamp(tables: Tables, now: datetime, by: str = "") -> list[Change]:
    """Stamps where they are due and blank; a stamped value that exists is kept. `by` may be blank (nobody known)."""
    return [
        *_entries(tables, now, by),
        *_customers(tables, now),
        *_fill(tables, "tasks", "done_at", (tables["tasks"]["status"] == "已完成").to_numpy(), now, "任务已完成"),
        *_closed(tables, now),
    ]


def _fill(tables: Tables, key: str, column: str, due: Bools, value: Any, reason: str) -> list[Change]:
    """`value` (one value or a typed column) where `due` and the cell is blank."""
    old = tables[key][column]
    text = TABLES[key][column].type.is_text
    blank = (old == "").to_numpy() if text else old.isna().to_numpy()
    wanted = blank & due
    if not wanted.any():
        return []
    if not isinstance(value, pd.Series):
        value = pd.Series([value] * len(old), index=old.index, dtype=object if text else "datetime64[s]")
    return list(set_cells(key, column, old, old.mask(wanted, value), reason))


def _entries(tables: Tables, now: datetime, by: str) -> list[Change]:
    """K1: 录入时间 and 录入来源 of new rows, 创建时间 of deals and tasks; 录入人 only of a row that is new."""
    changes: list[Change] = []
    for key in ("customers", "followups", "deals", "tasks"):
        frame = tables[key]
        every = np.ones(len(frame), dtype=np.bool_)
        if key == "followups" and by:
            changes += _fill(tables, key, "created_by", frame["created_at"].isna().to_numpy(), by, "首次见到这一行")
        changes += _fill(tables, key, "created_at", every, now, "首次见到这一行")
        if key in ("customers", "followups"):
            changes += _fill(tables, key, "source", every, "录入", "首次见到这一行")
    return changes


def _customers(tables: Tables, now: datetime) -> list[Change]:
    """客户状态 from 客户类型; 分配时间 when 负责人 is set on a customer that was seen without one.

    Seen without one: 状态变更 knows the customer, and the last 负责人 it knows is blank. A customer that arrives with a 负责人 has no
    分配时间 of its own: assign(c) is then its first contact (MODEL 1.11).
    """
    frame, seen = tables["customers"], tables["transitions"]
    typed = frame["customer_type"]
    changes = _fill(tables, "customers", "status", typed.isin(_TYPES).to_numpy(), typed, "按客户类型初始化")
    seen = seen[(seen["entity"] == "客户").to_numpy()]
    place = positions(frame.index, seen["entity_id"])
    known = np.zeros(len(frame), dtype=np.bool_)
    known[place[place >= 0]] = True
    ownerless = last_values(tables["transitions"], "客户", "负责人", frame.index) == ""
    due = known & ownerless & (frame["owner"] != "").to_numpy()
    return [*changes, *_fill(tables, "customers", "assigned_at", due, now, "负责人由空白变为有人")]


def _closed(tables: Tables, now: datetime) -> list[Change]:
    """关闭日: the day 结果 left 进行中; for 赢单 the 合同签订日期, once it is known."""
    deals = tables["deals"]
    result = deals["result"]
    today = pd.Timestamp(now.date())
    day = deals["sign_date"].where((result == "赢单").to_numpy(), today).astype("datetime64[s]")
    due = (~result.isin(("进行中", ""))).to_numpy() & day.notna().to_numpy()
    return _fill(tables, "deals", "closed_on", due, day, "结果不再是进行中")
