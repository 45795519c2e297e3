"""On which day a relative date was typed: 昨天 read a week later must not become another day (CASES D32-D40)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from followup.observe.whole_column import ColumnReading, Context
from followup.tables.column import DATES, Column, Table
from followup.values.read import read_value

_LATER = timedelta(days=401)


def reference_days(
    table: Table, column: Column, reading: ColumnReading, typed: Mapping[str, Any], context: Context
) -> dict[int, datetime]:
    """Position → the day from which its relative or year-less date counts, where the row tells it.

    A plan of a follow-up counts from its 跟进日期, everything else from 录入时间; `typed` are the typed
    columns so far. Rows that tell neither count from now.
    """
    if column.type not in DATES or not reading.issues:
        return {}
    moving = [place for place in reading.issues if _moves(reading.uniques[place], column, context)]
    if not moving:
        return {}
    days = np.full(len(reading.codes), np.datetime64("NaT", "s"))
    for key in ("created_at", *(("followup_date",) if column.when == "future" else ())):
        if key in typed and key != column.key and table[key].type in DATES:
            days = np.where(np.isnat(typed[key]), days, typed[key])
    known = np.isin(reading.codes, moving) & ~np.isnat(days) & (days <= np.datetime64(context.now, "s"))
    return {int(position): days[position].item() for position in np.flatnonzero(known)}


def _moves(raw: Any, column: Column, context: Context) -> bool:
    """Whether the cell means another day when it is read later."""
    if not isinstance(raw, str | float):
        return False
    now, later = (
        read_value(raw, column, context.team, moment, imported=context.imported, serial=context.serial).value
        for moment in (context.now, context.now + _LATER)
    )
    return now != later
