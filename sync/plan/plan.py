"""What a run would do: a pure function of base, workbook and hub (SYNC A, B, G)."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from datetime import datetime

import pandas as pd

from followup.tables import TABLES
from followup.tables.frames import empty
from followup.wording import say
from sync.plan import guards
from sync.plan.assemble import assemble
from sync.plan.first import match_first, rename
from sync.plan.model import Held, Plan, Side
from sync.plan.outcome import outcome
from sync.plan.rows import Work, families
from sync.plan.work import lay_over

RECORDS = ("customers", "followups", "contacts", "deals", "payments", "tasks", "tickets", "attachments")
CONFIGURATION = ("people", "settings", "rules", "dictionary", "holidays", "templates", "kb", "targets")
ARCHIVE = ("history", "reviews", "duplicates")
LISTS = ("transitions", "issues", "recycle_bin")  # rows made by the tool: a row of either side stays
TWO_WAY = (*RECORDS, *CONFIGURATION, *ARCHIVE)


def plan(
    base: Mapping[str, pd.DataFrame] | None,
    local: Mapping[str, Side],
    hub: Mapping[str, Side],
    *,
    now: datetime,
    by_local: str = "",
    confirm: str = "",
    unreadable: Container[str] = (),
    damaged: Mapping[str, int] | None = None,
) -> Plan:
    """Merge the workbook and the hub over their base; nothing is written here.

    `base` is by table, typed, indexed by record id, `None` at a first meeting (B0, A10-A13: no deletions, and a
    preview that waits for `confirm` where both sides already have records). A table one side does not have at all
    has no `Side` there. `unreadable` are tables whose header cannot be understood (G6): they are skipped.
    `damaged` is `Identified.damaged` by table (G9). `confirm` is the plan id that a person released.
    """
    renamed = match_first(local, hub) if base is None else {}
    local = rename(local, renamed)
    works = _works(base, local, hub, unreadable)
    stops = _meeting(base, local, hub, renamed) + guards.damaged_ids(
        damaged or {}, {key: len(frame) for key, frame in (base or {}).items()}
    )
    checked = [
        held for work in works.values() if work.table in TWO_WAY for guard in guards.GUARDS for held in guard(work)
    ]
    skipped = guards.unreadable(unreadable)
    done = _finish(works, base, local, hub, now, by_local)
    # Where the run stops, the whole plan waits; where only deletions or a column are held, the rest goes on meanwhile.
    stopping = bool(stops) or any(held.stops for held in checked)
    plan_id = _release_id(works, checked) if checked and not stopping else done.plan_id
    if (stops or checked) and confirm != plan_id:
        _hold(works, checked)
        done = _finish(works, base, local, hub, now, by_local)
        done.held = [*stops, *checked]
        done.stopped = any(held.stops for held in done.held)
    done.plan_id = plan_id
    done.held += skipped
    done.skipped = frozenset(held.table for held in skipped)
    done.renamed = renamed
    _skip(done, base, local, hub)
    done.merged["today"] = _ticked(local.get("today"), hub.get("today"))
    return done


def _ticked(*sides: Side | None) -> pd.DataFrame:
    """今日工作台: what either side ticked as done, by task (its rows are built anew each run)."""
    parts = [side.frame["done"] for side in sides if side is not None and "done" in side.frame]
    ticks = pd.concat([part[part != ""] for part in parts]) if parts else pd.Series([], dtype=object)
    ticks = ticks[~ticks.index.duplicated()]
    return pd.DataFrame({"done": ticks.astype(object), "task_id": ticks.index.astype(object)}, index=ticks.index)


def _works(
    base: Mapping[str, pd.DataFrame] | None,
    local: Mapping[str, Side],
    hub: Mapping[str, Side],
    unreadable: Container[str],
) -> dict[str, Work]:
    works = {}
    for key in (*TWO_WAY, *LISTS, "conflicts"):
        if key in unreadable or (key not in local and key not in hub):
            continue
        was = None if base is None else base.get(key)
        works[key] = lay_over(TABLES[key], was, local.get(key), hub.get(key))
        works[key].decide(deletes=key not in LISTS)
    return works


def _release_id(works: Mapping[str, Work], held: list[Held]) -> str:
    """What `--confirm` names: exactly what the guards stopped. The rest of the run may go on meanwhile."""
    marks = []
    for one in held:
        records: list[str] = []
        if one.guard == "G2":
            work = works[one.table]
            records = sorted(str(record) for record in work.ids[work.deletions(local=one.side == "local")])
        marks.append("\x1f".join((one.guard, one.table, one.column, one.side, str(one.count), *records)))
    return hashlib.sha256("\n".join(sorted(marks)).encode()).hexdigest()[:12]


def _meeting(
    base: Mapping[str, pd.DataFrame] | None,
    local: Mapping[str, Side],
    hub: Mapping[str, Side],
    renamed: Mapping[str, Mapping[str, str]],
) -> list[Held]:
    """B0: both sides hold records and have never met."""
    both = [key for key in RECORDS if key in local and key in hub and len(local[key].frame) and len(hub[key].frame)]
    if base is not None or not both:
        return []
    known = sum(int(local[key].frame.index.isin(hub[key].frame.index).sum()) for key in both)
    return [Held("B0", both[0], known, say("plan.B0", count=known), stops=True)]


def _hold(works: Mapping[str, Work], held: list[Held]) -> None:
    """Take out of the plan what the guards stopped: columns (G7), deletions (G2)."""
    for one in held:
        if one.guard == "G7":
            works[one.table].columns[one.column].hold(local=one.side == "local")
    for work in works.values():
        work.decide(deletes=work.table not in LISTS)
    for one in held:
        if one.guard == "G2":
            work = works[one.table]
            work.absent = work.absent | work.deletions(local=one.side == "local")
            work.gone = work.gone & ~work.absent


def _finish(
    works: Mapping[str, Work],
    base: Mapping[str, pd.DataFrame] | None,
    local: Mapping[str, Side],
    hub: Mapping[str, Side],
    now: datetime,
    by_local: str,
) -> Plan:
    kept = families(works)
    outcomes = [outcome(work, (base or {}).get(key), local.get(key), hub.get(key)) for key, work in works.items()]
    return assemble(outcomes, works, kept, now, by_local)


def _skip(
    done: Plan, base: Mapping[str, pd.DataFrame] | None, local: Mapping[str, Side], hub: Mapping[str, Side]
) -> None:
    """Tables that are not synced this time: what the hub shows, else the base, else the workbook; their base stays."""
    for key in done.skipped:
        was = (base or {}).get(key)
        if key in hub:
            done.merged[key] = hub[key].frame
        elif was is not None:
            done.merged[key] = was
        elif key in local:
            done.merged[key] = local[key].frame
        else:
            done.merged[key] = empty(TABLES[key])
        if was is not None:
            done.base[key] = done.accounted[key] = was
