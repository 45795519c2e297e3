"""One run: observe → merge → check → rules → columns → one write a store (ARCHITECTURE, "Data runs one way").

Every command is this run with stages left out. The order of writes is that of SYNC 1: what a merge
overwrites is durable before it is overwritten, the hub is written before the file, and every store
tells itself whether a plan happened.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pandas as pd
from sqlalchemy.engine import Engine

from followup.changes import Change, SetCells, apply_changes, differs
from followup.checks import repairs
from followup.enrich import Enriched, enrich
from followup.errors import Refused, Wrong
from followup.ids import LETTERS, from_hashes
from followup.observe import Observed
from followup.tables import BY_SHEET, TABLES, Owner, Tier
from followup.tables.frames import Tables, to_cell, to_cells
from followup.team import Team
from followup.wording import say
from genjin import logs, memory
from genjin import undo as undoing
from genjin.clock import DEFAULT_ZONE, business_now, digest_hour, known_zone
from genjin.hub import Hub, open_hub
from genjin.locking import locked
from genjin.looking import Seen, by_id, look, places_of, verdicts_of
from genjin.merging import Merging, union
from genjin.people import who
from genjin.reminding import send_digests
from genjin.request import Request
from genjin.riders import with_riders, without_riders
from genjin.state import open_state
from genjin.workspace import Workspace
from reminders.outbox import Outcome, reminder_rows
from sync import base as bases
from sync.ids import Minter, machine_code
from sync.plan import Plan, identify, record_keys, settle
from sync.stores.contract import SheetEdit, Snapshot
from sync.stores.excel_file import ExcelFileStore
from sync.translate import Leave, Shown, count_cells, edit, formula_cells, held_cells, rebuild

LOGS = ("changelog", "run_log", "reminder_log")
NEVER = ("meta", "dashboard", "import_staging")
TRIES = 3

Progress = Callable[[str], None]


@dataclass
class WorkbookReport:
    """What one run did to one workbook."""

    path: Path
    enriched: Enriched
    seen: Seen
    shown: dict[str, Shown]
    verdicts: pd.DataFrame
    edits: list[SheetEdit] = field(default_factory=list)
    hub_edits: list[SheetEdit] = field(default_factory=list)
    plan: Plan | None = None
    file: str = "unchanged"  # written, unchanged, deferred
    backup: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def team(self) -> Team:
        """The configuration the run worked with."""
        return self.seen.team


@dataclass
class Report:
    """What one run did."""

    run_id: str
    now: datetime
    person: str
    workbooks: list[WorkbookReport] = field(default_factory=list)
    hub_calls: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Cells set, rows added and removed in workbooks and hub, conflicts, open issues."""
        out = count_cells([e for w in self.workbooks for e in (*w.edits, *w.hub_edits)])
        out["conflicts"] = sum(len(w.plan.conflicts) for w in self.workbooks if w.plan is not None)
        out["issues"] = sum(len(w.enriched.checked.issues) for w in self.workbooks)
        return out


def execute(workspace: Workspace, request: Request, progress: Progress = lambda _: None) -> Report:
    """Do what `request` asks in `workspace`. Raises Trouble; then nothing is half-written."""
    paths = [request.file] if request.file is not None else workspace.workbook_paths()
    with locked(workspace), contextlib.ExitStack() as stack:
        engine = open_state(workspace.data, workspace.settings.state_url)
        stack.callback(engine.dispose)
        hub = stack.enter_context(open_hub(workspace)) if request.sync else None
        runner = _Runner(workspace, request, engine, hub, progress)
        report = runner.run([path for path in paths if path is not None])
        report.hub_calls = hub.client.calls if hub is not None else 0
        due = not request.by_hour or digest_hour(report.now, workspace.settings.schedule.remind_at)
        if request.remind and due:
            progress("remind")
            report.outcomes = send_digests(workspace, engine, report, dry_run=request.dry_run)
        return report


class _Runner:
    """The steps of one run over the workbooks of a workspace."""

    def __init__(
        self, workspace: Workspace, request: Request, engine: Engine, hub: Hub | None, progress: Progress
    ) -> None:
        self.workspace, self.request, self.engine, self.hub, self.progress = workspace, request, engine, hub, progress
        self.now = business_now(request.given_now)
        self.run_id = memory.new_run_id(self.now)
        self.by, self.zone = "", DEFAULT_ZONE
        self.issued: set[str] = (
            set().union(*(bases.issued_ids(engine, key) for key in TABLES)) if hub is not None else set()
        )

    def run(self, paths: list[Path]) -> Report:
        """All workbooks, one after the other."""
        report = Report(self.run_id, self.now, self.by)
        memory.begin(self.engine, self.run_id, self.request, self.now.isoformat(sep=" "), self.by)
        try:
            for path in paths:
                report.workbooks.append(self._workbook(path))
        except BaseException:
            memory.end(self.engine, self.run_id, "失败", {})
            raise
        report.person, report.now = self.by, self.now  # known once 人员 and 时区 are read
        counts = report.counts()
        deferred = any(w.file == "deferred" for w in report.workbooks)
        changed = any(w.edits or w.hub_edits for w in report.workbooks)
        if self.request.dry_run or not (changed or deferred):
            memory.forget(self.engine, self.run_id)
        else:
            backup = next((w.backup for w in report.workbooks if w.backup), "")
            memory.end(self.engine, self.run_id, "部分" if deferred else "成功", counts, backup)
        return report

    def _workbook(self, path: Path) -> WorkbookReport:
        store = ExcelFileStore(path, self.workspace.backups)
        for attempt in range(TRIES):
            try:
                return self._once(store, path)
            except Refused as refused:
                if refused.code != "store.moved" or attempt == TRIES - 1:
                    raise
        raise AssertionError

    # ---- one attempt: everything is planned before anything is written

    def _once(self, store: ExcelFileStore, path: Path) -> WorkbookReport:
        self.progress("read")
        snapshot = store.read()
        seen = look(snapshot, self.now)
        if not {"customers", "followups"} & set(seen.located):
            raise Wrong("file.no_tables", file=path.name)
        self.zone = known_zone(seen.team.settings.text("时区"))
        self.now = business_now(self.request.given_now, self.zone)
        self.by = who(self.request.person, seen.team, strict=self.request.person is not None)
        merge = Merging(self.engine, self.hub, self.run_id, self.now, seen, path.name) if self.hub is not None else None
        shown = self._identify(seen, merge.base if merge is not None else None, merge)
        if merge is not None:
            self.progress("merge")
            shown = merge.plan(shown, lambda s, b: self._identify(s, b, merge), self.request.confirm, self.by)
        tables = (
            merge.tables() if merge else Tables({k: by_id(s.observed, s.ids) for k, s in shown.items() if k != "meta"})
        )
        settled = settle(tables, self.now, self.by) if merge is not None else []
        tables = apply_changes(tables, settled)
        team = Team.from_tables(tables)
        verdicts = verdicts_of(shown)
        fixed = _repaired(verdicts, shown, tables) if self.request.fix else {}
        self.progress("check")
        enriched = enrich(
            tables, _standing(verdicts, shown, tables, fixed), team, self.now,
            by=self.by, places=places_of(shown, tables), fix=self.request.fix,
            record_issues=self.request.record_issues, rules=self.request.rules,
        )  # fmt: skip
        report = WorkbookReport(path, enriched, seen, shown, verdicts, plan=merge.made if merge else None)
        report.warnings = _warnings(report, team, self.now)
        logged = self._logged(report, [*settled, *enriched.changes], fixed, merge)
        report.edits = self._edits(shown, enriched, fixed, merge, logged)
        if merge is not None:
            hub_fixed = {}
            if self.request.fix:
                hub_fixed = _repaired(verdicts_of(merge.hub_shown), merge.hub_shown, tables)
            report.hub_edits = merge.hub_edits(enriched.tables, hub_fixed)
        if not self.request.dry_run and self.request.write:
            self._write(store, snapshot, report, merge, logged)
        return report

    def _identify(self, seen: Seen, base: Mapping[str, pd.DataFrame] | None, merge: Merging | None) -> dict[str, Shown]:
        taken = self._taken(seen)
        code = merge.machine_code if merge is not None else machine_code(random.SystemRandom())
        minter = Minter(code, taken, random.SystemRandom())
        out = {}
        for key, one in seen.observed.items():
            at_hub = merge is not None and seen is merge.hub_seen  # ids that other workbooks brought are right there
            ids = _ids(one, (base or {}).get(key), self.issued, minter, at_hub)
            out[key] = Shown(seen.snapshot.grids[one.located.sheet], one, ids)
        return out

    def _taken(self, seen: Seen) -> set[str]:
        """Ids that a new record must not get: all issued ones and all that are shown."""
        taken = set(self.issued)
        for key, one in seen.observed.items():
            if TABLES[key].id_column in one.frame:
                taken |= {str(value) for value in one.frame[TABLES[key].id_column]}
        return taken

    def _edits(
        self,
        shown: Mapping[str, Shown],
        enriched: Enriched,
        fixed: Mapping[str, Mapping[str, set[str]]],
        merge: Merging | None,
        logged: list[dict[str, str]],
    ) -> list[SheetEdit]:
        """The edits of the workbook; none where only columns that ride along would change."""
        edits: list[SheetEdit] = []
        riders: list[SheetEdit] = []
        desired = enriched.tables
        for key, one in shown.items():
            if key in NEVER or key in LOGS or (merge is not None and key in merge.made.skipped):
                continue
            if key == "today":
                if self.request.rules:
                    edits.append(rebuild(one, desired[key]))
                continue
            rows = merge.for_local(key, desired[key]) if merge is not None else desired[key]
            kept = merge.made.keep_local.get(key, {}) if merge is not None else {}
            left = union(formula_cells(one), _less(held_cells(one), enriched.accepted, key), kept)
            whole = edit(one, rows, leave=Leave(left), repairs=fixed.get(key))
            edits.append(without_riders(whole, one, riders))
        edits = with_riders(edits, riders)
        return [*edits, *self._log_edits(shown, logged)] if edits else []

    def _log_edits(self, shown: Mapping[str, Shown], logged: list[dict[str, str]]) -> list[SheetEdit]:
        made: dict[str, Callable[[], pd.DataFrame]] = {
            "changelog": lambda: logs.changelog_rows(self.engine, logged),
            "run_log": lambda: logs.run_rows(self.engine, self.run_id, "成功", ""),
            "reminder_log": lambda: reminder_rows(self.engine, zone=self.zone),
        }
        return [e for key, rows in made.items() if key in shown and (e := rebuild(shown[key], rows()))]

    def _logged(
        self,
        report: WorkbookReport,
        changes: Iterable[Change],
        fixed: Mapping[str, Mapping[str, set[str]]],
        merge: Merging | None,
    ) -> list[dict[str, str]]:
        """What this run adds to 变更记录: human values it rewrites, and what the merge overwrites."""
        at, out = self.now.strftime("%Y-%m-%d %H:%M:%S"), []

        def row(host: str, table: str, record: str, column: str, old: object, new: object) -> dict[str, str]:
            return {
                "at": at, "by": self.by, "host": host, "table": table, "record_id": record, "column": column,
                "old": text_of(old), "new": text_of(new), "run_id": self.run_id,
            }  # fmt: skip

        for key, columns in fixed.items():
            one = report.shown[key]
            rows = pd.Series(one.ids.index, index=one.ids.to_numpy())
            for column, records in columns.items():
                for record in sorted(records):
                    new = to_cell(report.enriched.tables[key].at[record, column], TABLES[key][column])
                    out.append(row("脚本", key, record, column, one.observed.raw.at[rows[record], column], new))
        for change in changes:
            if isinstance(change, SetCells) and (declared := TABLES[change.table][change.column]).is_human:
                pairs = zip(
                    change.new.index, to_cells(change.old, declared), to_cells(change.new, declared), strict=True
                )
                out += [row("脚本", change.table, str(i), change.column, old, new) for i, old, new in pairs]
        if merge is not None:
            for lost in merge.made.overwritten.to_dict("records"):
                host = "Excel" if lost["side"] == "local" else "Sheets"
                out.append(row(host, lost["table"], lost["record_id"], lost["column"], lost["old"], lost["new"]))
        return out

    def _write(
        self,
        store: ExcelFileStore,
        snapshot: Snapshot,
        report: WorkbookReport,
        merge: Merging | None,
        logged: list[dict[str, str]],
    ) -> None:
        self.progress("write")
        if merge is not None:
            merge.write_hub(report.hub_edits, report.enriched.tables, bool(report.edits), logged)
        if not report.edits:
            return
        edits = [*report.edits, *(merge.stamp_edits() if merge is not None else ())]
        name = str(report.path.resolve())
        colleagues = merge.from_colleagues() if merge is not None else ()
        memory.intend(self.engine, self.run_id, name, undoing.remember(snapshot, edits, colleagues))
        try:
            applied = store.apply(edits, snapshot, merge.new_stamp if merge is not None else self.run_id)
        except Refused as refused:
            memory.abandoned(self.engine, self.run_id, name)
            if merge is None or refused.code != "file.locked":
                raise
            report.file = "deferred"
            report.warnings.append(say("warn.deferred", file=report.path.name))
            return
        except Exception:
            memory.abandoned(self.engine, self.run_id, name)
            raise
        memory.written(self.engine, self.run_id, name)
        if merge is not None:
            merge.file_replaced()
        else:
            memory.log_changes(self.engine, logged)
        report.file, report.backup = "written", applied.backup


def _ids(one: Observed, base: pd.DataFrame | None, issued: set[str], minter: Minter, hub: bool) -> pd.Series:
    """Which record each row is: by its id, else found again, else new; natural keys where a table has no ids of its own."""
    table = one.table
    if table.key in LOGS:  # rebuilt from the state database: rows, not records
        return pd.Series([str(row) for row in one.frame.index], index=one.frame.index, dtype=object)
    if table.key == "today":  # rebuilt too; only a tick is read, through the hidden 任务编号
        tasks = one.frame.get("task_id")
        return pd.Series("", index=one.frame.index, dtype=object) if tasks is None else tasks.astype(object)
    if not table.id_column or table[table.id_column].owner is not Owner.GENERATED:
        return record_keys(table, one.frame)
    letter = LETTERS.get(table.key, "Z")
    if table.id_column not in one.frame:  # nowhere to keep an id: the same content is the same record
        return _content_ids(one, letter)
    ids = identify(table, one.frame, base, issued, lambda: minter.mint(letter), hub=hub).ids
    return _only_true_copies(one, ids, lambda: minter.mint(letter))


def _only_true_copies(one: Observed, ids: pd.Series, mint: Callable[[], str]) -> pd.Series:
    """Pending copies (SYNC C5) are rows equal to another one as typed, also where reading took no value from a cell."""
    copies = ids.index[(ids == "").to_numpy()]
    if not len(copies):
        return ids
    human = [c.key for c in one.table.human_columns if c.key in one.raw]
    texts = one.raw[human].map(lambda cell: "" if cell is None else str(cell)).agg("\x1f".join, axis=1)
    equal = texts.duplicated(keep=False)
    ids = ids.copy()
    for row in copies[~equal.loc[copies].to_numpy()]:
        ids.loc[row] = mint()
    return ids


def _content_ids(one: Observed, letter: str) -> pd.Series:
    """Ids made from what a row says, for a sheet without an id column; equal rows are told apart by their order."""
    human = [c.key for c in one.table.human_columns if c.key in one.frame]
    named = [k for k in ("customer_name", "customer_ref", "followup_date", "method", "summary") if k in human] or human
    texts = one.raw[named].map(lambda cell: "" if cell is None else str(cell)).agg("\x1f".join, axis=1)
    texts = texts + "\x1f" + texts.groupby(texts).cumcount().astype(str)
    return pd.Series(from_hashes(letter, texts), index=one.frame.index, dtype=object)


def _repaired(verdicts: pd.DataFrame, shown: Mapping[str, Shown], tables: Tables) -> dict[str, dict[str, set[str]]]:
    """Cells whose text is rewritten as the value it stands for (`--fix`): record ids by table and column."""
    out: dict[str, dict[str, set[str]]] = {}
    for row in _unchanged(repairs(verdicts), shown, tables).to_dict("records"):
        out.setdefault(row["table"], {}).setdefault(row["column"], set()).add(row["record_id"])
    return out


def _standing(
    verdicts: pd.DataFrame, shown: Mapping[str, Shown], tables: Tables, fixed: Mapping[str, Mapping[str, set[str]]]
) -> pd.DataFrame:
    """The verdicts about what the workbook will still show after this run."""
    kept = _unchanged(verdicts, shown, tables)
    if not fixed or kept.empty:
        return kept
    mended = [
        r in fixed.get(t, {}).get(c, ())
        for t, c, r in zip(kept["table"], kept["column"], kept["record_id"], strict=True)
    ]
    return kept[~pd.Series(mended, index=kept.index)]


def _unchanged(verdicts: pd.DataFrame, shown: Mapping[str, Shown], tables: Tables) -> pd.DataFrame:
    """Those verdicts whose cell the merge leaves as it is."""
    if verdicts.empty:
        return verdicts
    parts = []
    for group, part in verdicts.groupby(["table", "column"], sort=False):
        key, name = (str(text) for text in group)
        one, merged = shown[key], tables[key]
        part = part[part["record_id"].isin(merged.index)]
        rows = pd.Series(one.ids.index, index=one.ids.to_numpy()).loc[part["record_id"].to_numpy()]
        old = one.observed.frame[name].loc[rows.to_numpy()]
        new = pd.Series(
            merged.loc[part["record_id"].to_numpy(), name].to_numpy(), index=old.index, dtype=merged[name].dtype
        )
        held = part["verdict"].isin(["error", "ambiguous", "suggested"]).to_numpy()
        parts.append(part[held | ~differs(old, new).to_numpy()])
    return pd.concat(parts) if parts else verdicts.iloc[:0]


def _less(held: dict[str, set[str]], accepted: Iterable[Change], key: str) -> dict[str, set[str]]:
    """Held cells without those whose suggestion a person accepted."""
    for change in accepted:
        if isinstance(change, SetCells) and change.table == key and change.column in held:
            held[change.column] -= set(change.new.index)
    return held


def _warnings(report: WorkbookReport, team: Team, now: datetime) -> list[str]:
    """What a person should hear besides the result: headers, missing columns, copies, an unknown calendar."""
    out = []
    for key, located in report.seen.located.items():
        out += [say("warn.header", sheet=located.sheet, detail=problem.message) for problem in located.problems]
        one = report.shown[key]
        out += [
            say("warn.copy", sheet=located.sheet, row=int(row))
            for row in one.ids.index[(one.ids == "").to_numpy()][:20]
            if key != "today"
        ]
    for title in report.seen.snapshot.grids:
        known = BY_SHEET.get(title)
        if known is not None and known.key not in report.seen.located and known.key != "meta":
            headers = "、".join(column.header for column in known.columns[:3])
            out.append(say("warn.no_header", sheet=title, headers=headers))
    missing = [
        f"{TABLES[key].sheet}!{column.header}"
        for key in ("customers", "followups")
        if key in report.seen.located
        for column in TABLES[key].owned_by(Owner.COMPUTED, Owner.GENERATED)
        if column.tier is not Tier.OPTIONAL and column.key not in report.seen.located[key].columns
    ]
    missing += [TABLES[k].sheet for k in ("tasks", "today", "issues") if k not in report.seen.located]
    if missing:
        names = "、".join(missing[:4]) + ("…" if len(missing) > 4 else "")
        out.append(say("warn.columns", file=report.path.name, count=len(missing), columns=names))
    if team.settings.text("到期遇节假日") != "不调整" and not team.calendar.known(now.year):
        out.append(say("warn.calendar", year=now.year))
    return out


def text_of(value: object) -> str:
    """A cell as the change log shows it."""
    return "" if value is None else str(value)
