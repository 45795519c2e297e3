"""What a store shows, understood: the team's configuration first, then every table with its verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from followup.checks import Place
from followup.observe import Located, Observed, locate_all, observe
from followup.tables.frames import Tables
from followup.team import Team
from sync.stores.contract import Snapshot
from sync.translate import Shown

_CONFIGURATION = ("settings", "dictionary", "people", "holidays", "rules")


@dataclass(frozen=True)
class Seen:
    """One store as read: index of the observed frames = row number in the sheet."""

    snapshot: Snapshot
    team: Team
    located: Mapping[str, Located]
    observed: Mapping[str, Observed]

    def meta(self) -> dict[str, str]:
        """The keys and values of _元数据."""
        frame = self.observed["meta"].frame if "meta" in self.observed else None
        if frame is None or not {"k", "v"} <= set(frame.columns):
            return {}
        return dict(zip(frame["k"], frame["v"], strict=True))


def look(snapshot: Snapshot, now: datetime, team: Team | None = None) -> Seen:
    """Find and read every table; `team` is taken as given where the store's own sheets must not decide (the hub)."""
    default = Team.default()
    dictionary = (team or default).dictionary
    located = locate_all(snapshot.grids, dictionary)
    observed: dict[str, Observed] = {}

    def read(key: str, team: Team) -> None:
        observed[key] = observe(snapshot.grids[located[key].sheet], located[key], team, now)

    for key in _CONFIGURATION:
        if key in located:
            read(key, team or default)
    if team is None:
        team = Team.from_tables(Tables({key: one.frame for key, one in observed.items()}))
        # A team's own 表头别名 may name headers that the built-in aliases do not know.
        located = {**locate_all(snapshot.grids, team.dictionary), **{k: v for k, v in located.items() if k in observed}}
    for key in located:
        if key not in observed:
            read(key, team)
    return Seen(snapshot, team, located, observed)


def by_id(observed: Observed, ids: pd.Series) -> pd.DataFrame:
    """The typed rows of a table by record id, with their ids in the id column; pending copies left out."""
    kept = ids[ids != ""]
    frame = observed.frame.loc[kept.index].copy()
    frame.index = pd.Index(kept.to_numpy(), dtype=object)
    id_column = observed.table.id_column
    if id_column and observed.table[id_column].type.is_text:
        frame[id_column] = pd.Series(kept.to_numpy(), index=frame.index, dtype=object)
    return frame


def verdicts_of(shown: Mapping[str, Shown]) -> pd.DataFrame:
    """The verdicts of reading, by record id: columns table, record_id, column, raw, verdict, value, reason, kind, severity."""
    parts = []
    for key, one in shown.items():
        verdicts = one.observed.verdicts
        if verdicts.empty:
            continue
        records = one.ids.reindex(verdicts["row"]).fillna("").to_numpy()
        part = verdicts.drop(columns="row")
        part.insert(0, "record_id", pd.Series(records, index=part.index, dtype=object))
        part.insert(0, "table", pd.Series([key] * len(part), index=part.index, dtype=object))
        parts.append(part[part["record_id"] != ""])
    if not parts:
        names = ["table", "record_id", "column", "raw", "verdict", "value", "reason", "kind", "severity"]
        return pd.DataFrame({name: pd.Series([], dtype=object) for name in names})
    return pd.concat(parts, ignore_index=True)


def places_of(shown: Mapping[str, Shown], tables: Tables) -> dict[str, Place]:
    """Where each record stands, for 位置 in 问题清单; a record the run is about to add stands below the last row."""
    out = {}
    for key, one in shown.items():
        ids = one.ids[one.ids != ""]
        rows = dict(zip(ids, (int(row) for row in ids.index), strict=True))
        gone = sum(record not in tables[key].index for record in ids)
        fresh: Iterable[object] = tables[key].index.difference(ids.tolist(), sort=False) if key != "meta" else ()
        rows |= {str(record): one.observed.located.last_row - gone + n for n, record in enumerate(fresh, 1)}
        out[key] = Place(one.observed.located.sheet, rows, dict(one.observed.located.columns))
    return out
