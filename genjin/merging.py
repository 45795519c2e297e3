"""One workbook's side of the two-way sync: base, plan, journal, hub write, base again (SYNC 1).

The order: prepare (losers, base of both stamps) → the hub's batch → commit A → the file. A kill
between any two leaves something that `recover` or the next plan repairs (SYNC E).
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

import pandas as pd
from sqlalchemy.engine import Engine

from followup.changes import differs
from followup.errors import Refused, Wrong
from followup.ids import ALPHABET
from followup.tables import TABLES, Owner
from followup.tables.frames import Tables, complete
from genjin import memory
from genjin.clock import utc_now
from genjin.hub import Hub
from genjin.looking import Seen, by_id, look
from genjin.riders import with_riders, without_riders
from sync import base as bases
from sync import journal
from sync.journal import Action, State
from sync.plan import Plan, Side, plan
from sync.stores.contract import Applied, SheetEdit
from sync.stores.google_sheets import UnknownOutcome
from sync.translate import Leave, Shown, edit, formula_cells, held_cells, rebuild

NOT_MERGED = ("changelog", "run_log", "reminder_log", "import_staging", "meta", "dashboard")
Identify = Callable[[Seen, Mapping[str, pd.DataFrame] | None], dict[str, Shown]]


class Merging:
    """The merge of one workbook with the hub; its methods are called in the order they stand here."""

    def __init__(self, engine: Engine, hub: Hub, run_id: str, now: datetime, seen: Seen, name: str) -> None:
        if "meta" not in seen.located:
            raise Wrong("sync.no_meta", file=name)
        meta = seen.meta()
        self.engine, self.run_id, self.now, self.seen = engine, run_id, now, seen
        self.spoke = meta.get("spoke") or uuid.uuid4().hex
        self.stamp = meta.get("stamp", "")
        self.new_stamp = uuid.uuid4().hex
        self.token = f"{run_id}-{self.new_stamp[:8]}"
        self.store = hub.store(self.spoke)
        self._recover()
        self.base = bases.load(engine, self.spoke, self.stamp)
        # A file that carries a stamp we have replaced since is a copy that was put back.
        self.replaced = bases.load(engine, self.spoke, f"old:{self.stamp}")
        self.hub_snapshot = self.store.read()
        self.hub_seen = look(self.hub_snapshot, now, seen.team)
        for key in ("customers", "followups"):
            if key not in self.hub_seen.located:
                raise Wrong("hub.not_setup", sheet=TABLES[key].sheet)
        self.shown: dict[str, Shown] = {}
        self.hub_shown: dict[str, Shown] = {}
        self.made: Plan
        self.machine_code = _machine_code(self.spoke)

    def _recover(self) -> None:
        """Finish or drop what an earlier run left prepared (SYNC E)."""
        while (entry := journal.pending(self.engine, self.spoke)) is not None:
            happened = entry.state is not State.PREPARED or self.store.has_token(entry.plan_id)
            action = journal.recover(entry.state, happened)
            if action is Action.ROLL_FORWARD:
                self._commit(entry.plan_id, entry.payload.decode())
            with self.engine.begin() as connection:
                journal.advance(connection, entry.plan_id, State.DROPPED if action is Action.DROP else State.DONE)

    def _commit(self, token: str, stamp: str) -> None:
        """Commit A: what the hub took account of becomes the base of the stamp the workbook carries."""
        frames = bases.load(self.engine, self.spoke, f"A:{token}")
        if frames is not None:
            with self.engine.begin() as connection:
                bases.save(connection, self.spoke, stamp, frames)

    # ---- plan

    def plan(self, shown: dict[str, Shown], identify: Identify, confirm: str, by: str) -> dict[str, Shown]:
        """Merge; the workbook's rows under the ids they have from now on. Raises Refused `sync.stopped`."""
        if self.base is not None and self.replaced is not None:
            self.base = {
                key: as_put_back(frame, self.replaced.get(key), shown.get(key)) for key, frame in self.base.items()
            }
        known = None if self.base is None else {k: _with_shown_ids(k, f) for k, f in self.base.items()}
        self.hub_shown = identify(self.hub_seen, known)
        unreadable = {key for side in (shown, self.hub_shown) for key, one in side.items() if _key_missing(one)}
        self.made = plan(
            self.base,
            {key: _side(one) for key, one in shown.items() if key not in NOT_MERGED},
            {key: _side(one) for key, one in self.hub_shown.items() if key not in NOT_MERGED},
            now=self.now,
            by_local=by,
            confirm=confirm,
            unreadable=unreadable,
        )
        if self.made.stopped:
            detail = " ".join(held.message for held in self.made.held)
            raise Refused("sync.stopped", detail=detail, plan_id=self.made.plan_id)
        self.shown = {
            key: Shown(one.grid, one.observed, one.ids.replace(self.made.renamed.get(key, {})))
            for key, one in shown.items()
        }
        return self.shown

    def tables(self) -> Tables:
        """The merged tables, with the computed columns as the workbook (else the hub) shows them."""
        frames: dict[str, pd.DataFrame] = {}
        for key, merged in self.made.merged.items():
            frame = complete(merged, TABLES[key])
            for side in (self.hub_shown.get(key), self.shown.get(key)):
                if side is None:
                    continue
                here = by_id(side.observed, side.ids)
                common = frame.index.intersection(here.index)
                for column in TABLES[key].owned_by(Owner.COMPUTED):
                    if column.key in here and len(common):
                        frame.loc[common, column.key] = here.loc[common, column.key]
            frames[key] = frame
        for key, one in self.shown.items():
            if key not in frames and key != "meta":
                frames[key] = by_id(one.observed, one.ids)
        return Tables(frames)

    def for_local(self, key: str, desired: pd.DataFrame) -> pd.DataFrame:
        """The rows the workbook shows: without those whose deletion there waits for a person (G2)."""
        return desired[~desired.index.isin(list(self.made.absent_local.get(key, ())))]

    # ---- hub

    def hub_edits(self, desired: Tables, repairs: Mapping[str, Mapping[str, set[str]]]) -> list[SheetEdit]:
        """What the hub must be told to show `desired`."""
        edits: list[SheetEdit] = []
        riders: list[SheetEdit] = []
        for key, one in self.hub_shown.items():
            if key in NOT_MERGED:
                continue
            if key == "today":
                edits.append(rebuild(one, desired[key]))
                continue
            if key in self.made.skipped:
                continue
            left = union(self.made.keep_hub.get(key, {}), formula_cells(one), held_cells(one))
            rows = desired[key][~desired[key].index.isin(list(self.made.absent_hub.get(key, ())))]
            whole = edit(one, rows, leave=Leave(left), repairs=repairs.get(key))
            edits.append(without_riders(whole, one, riders))
        return with_riders(edits, riders)

    def write_hub(
        self, edits: list[SheetEdit], desired: Tables, file_changes: bool, logged: list[dict[str, str]]
    ) -> None:
        """Prepare, write the hub, commit A; the new stamp's base is stored for the file write that follows."""
        local, written = self._as_shown(), self._as_written(desired)
        with self.engine.begin() as connection:
            if edits or file_changes:
                journal.prepare(connection, self.token, self.spoke, self.stamp.encode())
                bases.save(connection, self.spoke, f"A:{self.token}", local)
                bases.save(connection, self.spoke, self.new_stamp, written)
                bases.remember(connection, self.token, self.made.overwritten, utc_now())
                for key, ids in _generated_ids(desired):
                    bases.register(connection, key, ids)
        memory.log_changes(self.engine, logged)
        missed = self._apply(edits).missed if edits else frozenset()
        if missed:
            local, written = self._without_missed(local, missed), self._without_missed(written, missed)
        with self.engine.begin() as connection:
            if self.base is not None and self._first_shown() is None:
                bases.save(connection, self.spoke, f"0:{self.stamp}", self.base)
            bases.save(connection, self.spoke, self.stamp, local)
            if edits or file_changes:
                if missed:
                    bases.save(connection, self.spoke, self.new_stamp, written)
                journal.advance(connection, self.token, State.DONE)

    def _apply(self, edits: list[SheetEdit]) -> Applied:
        try:
            return self.store.apply(edits, self.hub_snapshot, self.token)
        except UnknownOutcome:
            if not self.store.has_token(self.token):
                raise
            return Applied("")

    def _as_shown(self) -> dict[str, pd.DataFrame]:
        """What the workbook shows now, with the id texts it displays: the base once the hub has taken account of it.

        Cells and deletions the plan did not take into account keep their old base (`Plan.base` knows them).
        """
        out = {}
        for key, one in self._taking_part():
            frame = _mergeable(key, by_id(one.observed, one.ids))
            id_column = TABLES[key].id_column
            if id_column in one.observed.frame:
                kept = one.ids[one.ids != ""].index
                frame[id_column] = pd.Series(one.observed.frame[id_column].loc[kept].to_numpy(), index=frame.index)
            out[key] = self._keep_unaccounted(key, one, frame)
        return out

    def _as_written(self, desired: Tables) -> dict[str, pd.DataFrame]:
        """What the workbook will show after the file write."""
        out = {}
        for key, one in self._taking_part():
            frame = self.for_local(key, desired[key])
            frame = frame[[c for c in frame.columns if c in one.observed.frame]].copy()
            out[key] = self._keep_unaccounted(key, one, _mergeable(key, frame))
        return out

    def _taking_part(self) -> list[tuple[str, Shown]]:
        return [(key, one) for key, one in self.shown.items() if key in self.made.base]

    def _keep_unaccounted(self, key: str, one: Shown, frame: pd.DataFrame) -> pd.DataFrame:
        """`frame` with the plan's base for cells that were held and for rows whose deletion is held."""
        known = self.made.base[key]
        for column, ids in union(self.made.keep_local.get(key, {}), held_cells(one), formula_cells(one)).items():
            rows = frame.index.intersection(list(ids)).intersection(known.index)
            if column in frame and column in known and len(rows):
                frame.loc[rows, column] = known.loc[rows, column]
        absent = known.index.intersection(list(self.made.absent_local.get(key, ()))).difference(frame.index)
        if len(absent):
            frame = pd.concat([frame, known.loc[absent, [c for c in frame.columns if c in known]]])
        return frame

    def _without_missed(
        self, frames: dict[str, pd.DataFrame], missed: Iterable[tuple[str, int, int]]
    ) -> dict[str, pd.DataFrame]:
        """Cells that hit another row keep their old base, so that the next run writes them again (SYNC E)."""
        by_sheet = {one.observed.located.sheet: (key, one) for key, one in self.hub_shown.items()}
        out = {key: frame.copy() for key, frame in frames.items()}
        for sheet, row, place in missed:
            key, one = by_sheet.get(sheet, ("", None))
            if one is None or key not in out or row not in one.ids.index:
                continue
            record = str(one.ids[row])
            column = next((k for k, at in one.observed.located.columns.items() if at == place), "")
            old = (self.base or {}).get(key)
            out[key] = _with_old_base(out[key], old, record, column)
        return out

    # ---- file

    def file_replaced(self) -> None:
        """The file carries the new stamp now: whoever shows the old one again is a copy that was put back."""
        first = self._first_shown() or self.base
        if first is not None:
            bases.save(self.engine, self.spoke, f"old:{self.stamp}", first)

    def _first_shown(self) -> dict[str, pd.DataFrame] | None:
        """What the workbook showed when it got its stamp, before people typed and commit A counted it."""
        return bases.load(self.engine, self.spoke, f"0:{self.stamp}")

    def stamp_edits(self) -> list[SheetEdit]:
        """The new stamp (and the spoke's name, once) in _元数据."""
        located, frame = self.seen.located["meta"], self.seen.observed["meta"].frame
        out = SheetEdit(located.sheet, header_row=located.header_row, last_row=located.last_row)
        key_column, value_column = located.columns["k"], located.columns["v"]
        rows = dict(zip(frame["k"], frame.index.tolist(), strict=True))
        for name, value in (("spoke", self.spoke), ("stamp", self.new_stamp)):
            if name in rows:
                out.cells[rows[name], value_column] = value
            else:
                out.appended.append({key_column: name, value_column: value})
        return [out]

    def from_colleagues(self) -> set[tuple[str, int, int]]:
        """Cells of the workbook whose new value came from the hub: an undo asks before it takes them back."""
        out = set()
        for key, one in self.shown.items():
            merged = self.made.merged.get(key)
            if merged is None:
                continue
            ids = one.ids[(one.ids != "") & one.ids.isin(merged.index)]
            for name, place in one.observed.located.columns.items():
                column = TABLES[key][name]
                if column.is_human and name in merged:
                    old = one.observed.frame[name].loc[ids.index]
                    new = pd.Series(
                        merged.loc[ids.to_numpy(), name].to_numpy(), index=ids.index, dtype=merged[name].dtype
                    )
                    out |= {
                        (one.observed.located.sheet, int(row), place) for row in ids.index[differs(old, new).to_numpy()]
                    }
        return out


def as_put_back(base: pd.DataFrame, first: pd.DataFrame | None, one: Shown | None) -> pd.DataFrame:
    """The base for a copy that was put back (SYNC E, "backup restored"): old values are not edits, rows that came
    later are not deletions.

    The copy is from some moment between `first`, what was written with its stamp, and `base`, what was last
    accounted under it: a cell or row that stands as in `first` is as it was.
    """
    if first is None or one is None:
        return base
    here = by_id(one.observed, one.ids)
    later = base.index.difference(first.index).difference(here.index)
    base = base.drop(index=later)
    earlier = first.index.difference(base.index).intersection(here.index)
    if len(earlier):
        base = pd.concat([base, first.loc[earlier].reindex(columns=base.columns)])
    common = base.index.intersection(first.index).intersection(here.index)
    for name in base.columns:
        if name in first and name in here and len(common):
            was = ~differs(first.loc[common, name], here.loc[common, name])
            rows = common[was.to_numpy()]
            base.loc[rows, name] = first.loc[rows, name]
    return base


def _with_old_base(frame: pd.DataFrame, old: pd.DataFrame | None, record: str, column: str) -> pd.DataFrame:
    """`frame` with one cell (or one row that is still there) as the old base has it; unknown rows leave the base."""
    known = old is not None and record in old.index
    if record not in frame.index:
        if not known:
            return frame
        assert old is not None
        return pd.concat([frame, old.loc[[record]].reindex(columns=frame.columns)])
    if known and old is not None and column in old:
        frame.loc[[record], column] = old.loc[[record], column]
        return frame
    return frame.drop(index=record)


def _side(one: Shown) -> Side:
    frame = by_id(one.observed, one.ids)
    return Side(
        _mergeable(one.observed.table.key, frame),
        union(held_cells(one)),
        frozenset(frame.columns),
        union(formula_cells(one)),
    )


def _mergeable(key: str, frame: pd.DataFrame) -> pd.DataFrame:
    computed = {c.key for c in TABLES[key].owned_by(Owner.COMPUTED)}
    return frame[[c for c in frame.columns if c not in computed]]


def union(*sources: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Cells of one table, from several lists of them."""
    out: dict[str, set[str]] = {}
    for source in sources:
        for column, ids in source.items():
            out.setdefault(column, set()).update(ids)
    return out


def _with_shown_ids(key: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The base as the hub displays it: its ids are always shown there."""
    id_column = TABLES[key].id_column
    if not id_column or id_column not in frame:
        return frame
    return frame.assign(**{id_column: pd.Series(frame.index, index=frame.index, dtype=object)})


def _key_missing(one: Shown) -> bool:
    """G6: the identifying columns were not found or stand twice."""
    needed = {"customers": ("customer_name",), "followups": ("customer_ref", "followup_date")}
    return any(key not in one.observed.located.columns for key in needed.get(one.observed.table.key, ()))


def _generated_ids(tables: Tables) -> Iterator[tuple[str, list[str]]]:
    for key in tables:
        id_column = TABLES[key].by_key.get(TABLES[key].id_column)
        if id_column is not None and id_column.owner is Owner.GENERATED and key not in NOT_MERGED and len(tables[key]):
            yield key, [str(record) for record in tables[key].index]


def _machine_code(spoke: str) -> str:
    """Two symbols that keep the ids of two workbooks apart."""
    digest = hashlib.sha256(spoke.encode()).digest()
    return ALPHABET[digest[0] % len(ALPHABET)] + ALPHABET[digest[1] % len(ALPHABET)]
