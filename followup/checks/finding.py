"""What a check sees and what it returns: cells with a kind, a severity and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import pandas as pd

from followup.checks.kinds import Kind
from followup.tables import TABLES
from followup.tables.frames import Tables
from followup.team import Team

COLUMNS = ["table", "record_id", "column", "kind", "severity", "raw", "suggestion", "code", "detail"]


@dataclass(frozen=True)
class Context:
    """Tables, the verdicts of reading (by record id), the team's configuration and the moment."""

    tables: Tables
    verdicts: pd.DataFrame
    team: Team
    now: datetime

    @property
    def today(self) -> pd.Timestamp:
        """The date of the run."""
        return pd.Timestamp(self.now.date())

    @cached_property
    def unread(self) -> Mapping[tuple[str, str], set[str]]:
        """Cells that reading could not take a value from: (table, column) → record ids. They are not blank."""
        held = self.verdicts[self.verdicts["verdict"].isin(["error", "ambiguous", "suggested"])]
        groups = held.groupby(["table", "column"], sort=False)["record_id"]
        return {(str(t), str(c)): set(ids) for (t, c), ids in groups}

    def blank(self, table: str, column: str) -> pd.Series:
        """Which records leave `column` blank; what was typed but not understood is not blank."""
        values = self.tables[table][column]
        empty = values == "" if TABLES[table][column].type.is_text else values.isna()
        unread = self.unread.get((table, column))
        return empty & ~values.index.isin(list(unread)) if unread else empty

    def filled(self, table: str, column: str) -> pd.Series:
        """The opposite of `blank`."""
        return ~self.blank(table, column)


def none() -> pd.DataFrame:
    """No findings."""
    return pd.DataFrame({name: pd.Series([], dtype=object) for name in COLUMNS})


def found(
    table: str,
    where: pd.Series,
    column: str,
    kind: Kind,
    severity: str,
    code: str,
    *,
    suggestion: str = "",
    detail: str | pd.Series = "",
) -> pd.DataFrame:
    """One finding a record for which `where` (bool, indexed by record id) holds.

    `code` is the sentence of the wording; `detail` fills its `{detail}` (a text, or one a record).
    """
    ids = where.index[where.to_numpy(dtype=bool)]
    if not len(ids):
        return none()
    size = len(ids)
    details = detail.loc[ids].to_numpy() if isinstance(detail, pd.Series) else np.full(size, detail, dtype=object)
    columns = {
        "table": table, "record_id": ids.to_numpy(), "column": column, "kind": str(kind), "severity": severity,
        "raw": "", "suggestion": suggestion, "code": code, "detail": details,
    }  # fmt: skip
    return pd.DataFrame({k: pd.Series(v, index=range(size), dtype=object) for k, v in columns.items()})


def together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Findings put together."""
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else none()
