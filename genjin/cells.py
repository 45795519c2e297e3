"""`genjin cells`: the lossless editor by itself, with backup and undo. Imports neither pandas nor gspread."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from followup.errors import Wrong
from genjin import wording as _wording  # noqa: F401  (registers the sentences)
from genjin.workspace import Workspace
from sync.stores.contract import SheetEdit, Value

_ADDRESS = re.compile(r"^\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::([ndb]))?=(.*)$", re.DOTALL)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def parse(assignments: list[str]) -> dict[tuple[int, int], Value]:
    """`A1=text`, `A1:n=5`, `A1:d=2024-05-05`, `A1:b=true`, `A1=` as cells by (row, column). Raises Wrong `cells.syntax`."""
    out: dict[tuple[int, int], Value] = {}
    for text in assignments:
        match = _ADDRESS.match(text)
        if match is None:
            raise Wrong("cells.syntax", text=text)
        letters, row, kind, raw = match.groups()
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        if column > LAST_COLUMN or int(row) > LAST_ROW:
            raise Wrong("cells.syntax", text=text)
        out[int(row), column] = _read(raw, kind, text)
    return out


def _read(raw: str, kind: str | None, text: str) -> Value:
    if raw == "":
        return None
    try:
        if kind == "n":
            number = float(raw)
            if number in (float("inf"), float("-inf")) or number != number:
                raise ValueError(raw)
            return int(raw) if re.fullmatch(r"[+-]?\d{1,15}", raw) else number
        if kind == "d":
            moment = datetime.fromisoformat(raw)
            return moment.date() if len(raw) <= 10 else moment.replace(tzinfo=None)
        if kind == "b":
            return {"true": True, "false": False, "1": True, "0": False, "是": True, "否": False}[raw.strip().lower()]
    except (ValueError, KeyError) as error:
        raise Wrong("cells.syntax", text=text) from error
    return raw


def as_typed(raw: str) -> str | float | int | date:
    """What `genjin value` was given: `number:45417` (or `number 45417`) is a number cell, anything else is text."""
    if match := re.fullmatch(r"number[: ](.+)", raw):
        rest = match.group(1)
        try:
            return int(rest) if re.fullmatch(r"[+-]?\d+", rest) else float(rest)
        except ValueError:
            return raw
    return raw


def set_in_file(
    file: Path,
    sheet: str,
    cells: dict[tuple[int, int], Value],
    out: Path | None,
    workspace: Path | None,
    now: str | None,
    *,
    dry_run: bool,
) -> str:
    """Write the cells; the run number for `genjin undo`, blank with `out` (the original is untouched).

    Raises Wrong (no such file or sheet), Refused (open, read-only, not safely editable), Failed (disk).
    """
    from sync.stores.excel_file import set_cells

    if not file.exists():
        raise Wrong("file.none", file=str(file))
    if dry_run:
        return ""
    if out is not None:
        set_cells(file, sheet, cells, out)
        return ""
    from genjin.clock import business_now
    from genjin.workspace import find

    return _with_undo(find(file, workspace), file, SheetEdit(sheet, cells), business_now(now))


def _with_undo(place: Workspace, file: Path, edit: SheetEdit, now: datetime) -> str:
    from genjin import memory
    from genjin.locking import locked
    from genjin.request import Request
    from genjin.state import open_state
    from genjin.undo import remember
    from sync.stores.excel_file import ExcelFileStore

    store = ExcelFileStore(file, place.backups)
    with locked(place):
        snapshot = store.read()
        engine = open_state(place.data, place.settings.state_url)
        run_id = memory.new_run_id(now)
        memory.begin(engine, run_id, Request("cells"), now.isoformat(sep=" "), "")
        name = str(file.resolve())
        memory.intend(engine, run_id, name, remember(snapshot, [edit]))
        try:
            applied = store.apply([edit], snapshot, run_id)
        except BaseException:
            memory.abandoned(engine, run_id, name)
            memory.forget(engine, run_id)
            raise
        memory.written(engine, run_id, name)
        memory.end(engine, run_id, "成功", {"cells": len(edit.cells)}, applied.backup)
        engine.dispose()
    return run_id
