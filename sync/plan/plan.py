"""What a run would do: a pure function of base, workbook and hub (SYNC A, B, G)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime

import pandas as pd

from sync.plan.model import Plan, Side


def plan(
    base: Mapping[str, pd.DataFrame] | None,
    local: Mapping[str, Side],
    hub: Mapping[str, Side],
    *,
    now: datetime,
    by_local: str = "",
    confirm: str = "",
    unreadable: Container[str] = (),
) -> Plan:
    """Merge the workbook and the hub over their base; nothing is written here.

    `base` is by table, typed, indexed by record id, `None` at a first meeting (B0, A10-A13: no deletions, and a
    preview that waits for `confirm` where both sides already have customers). A table one side does not have at all
    has no `Side` there. `unreadable` are tables whose header cannot be understood (G6): they are skipped.
    `confirm` is the plan id that a person released.
    """
    raise NotImplementedError
