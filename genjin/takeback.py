"""`genjin undo`: take a run back in every workbook it changed, as one more run that can be seen in 运行日志."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from followup.errors import Wrong
from genjin import memory
from genjin.cli.common import Common
from genjin.locking import locked
from genjin.request import Request
from genjin.state import open_state
from genjin.undo import take_back
from genjin.workspace import Workspace, find
from sync.stores.excel_file import ExcelFileStore


@dataclass
class TakenBack:
    """What an undo did: which run, how many cells and rows, and what it refused (sheet, cell, reason)."""

    run_id: str
    restored: int = 0
    refused: list[tuple[str, str, str]] = field(default_factory=list)


def take_back_run(options: Common, run: str | None, *, with_colleagues: bool) -> TakenBack:
    """Undo `run` (the newest not yet undone). Raises Wrong `undo.none`, `undo.unknown`, `undo.gone`."""
    place = _place(options.workspace)
    with locked(place):
        engine = open_state(place.data, place.settings.state_url)
        try:
            if run is not None and not memory.known(engine, run):
                raise Wrong("undo.unknown", run=run)
            chosen = memory.undoable(engine, run)
            if chosen is None:
                raise Wrong("undo.none")
            run_id, parts = chosen
            out = TakenBack(run_id)
            now = options.moment()
            own = memory.new_run_id(now)
            for name, payload in parts:
                path = Path(name)
                if not path.exists():
                    raise Wrong("undo.gone", file=name)
                store = ExcelFileStore(path, place.backups)
                snapshot = store.read()
                taken = take_back(payload, snapshot, with_colleagues=with_colleagues)
                out.restored += taken.restored
                out.refused += taken.refused
                if not options.dry_run and taken.edits:
                    store.apply(taken.edits, snapshot, own)
            if not options.dry_run:
                memory.begin(engine, own, Request("undo"), now.isoformat(sep=" "), options.person or "")
                memory.undone(engine, run_id, own)
                memory.end(engine, own, "成功", {"cells": out.restored})
            return out
        finally:
            engine.dispose()


def _place(workspace: Path | None) -> Workspace:
    """The workspace, else the user's own place (for workbooks in no workspace)."""
    try:
        return find(None, workspace)
    except Wrong:
        if workspace is not None:
            raise
        return find(Path.cwd() / "x", None)
