"""Which record each row of a sheet is (SYNC C)."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field

import pandas as pd

from followup.tables.column import Table
from sync.plan.model import Notice


@dataclass
class Identified:
    """The record of each row, and how the rows whose id had to be found or made were told."""

    ids: pd.Series  # row → record id; "" = pending copy (C5), not synced
    minted: set[str] = field(default_factory=set)  # ids made for new rows (C6)
    restored: dict[int, str] = field(default_factory=dict)  # row → id it had lost (C2, C3)
    copies: list[int] = field(default_factory=list)  # rows equal to another one (C5, C13)
    notices: list[Notice] = field(default_factory=list)
    damaged: int = 0  # base ids that no row shows alone any more although rows are left over (G9)


def record_keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    """The natural key of every row of a table whose ids nobody generates; a key's further rows get `#2`, `#3` …

    Rows whose key is blank get `""`.
    """
    raise NotImplementedError


def identify(
    table: Table,
    rows: pd.DataFrame,
    base: pd.DataFrame | None,
    issued: Container[str],
    mint: Callable[[], str],
) -> Identified:
    """The record of each row: `rows` is a typed frame by sheet row, its id column as shown; `base` one by record id,
    its id column holding the text that was shown (C1-C9). Without a base ids of any form are kept (C0).
    """
    raise NotImplementedError
