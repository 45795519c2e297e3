"""Taking a run back: the inverse of its edits, cell by cell, refusing cells edited since (SYNC H).

Cells are found again by record id and header, so that sorting and inserting rows does no harm; a
whole file is never put back. The stamp in _元数据 is kept.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from followup.grid import Grid, Raw, address
from followup.wording import say
from sync.stores.contract import SheetEdit, Snapshot, Value

_KEEP = "_元数据"


@dataclass
class Taken:
    """What an undo writes, what it refuses: (sheet, cell, reason)."""

    edits: list[SheetEdit] = field(default_factory=list)
    restored: int = 0
    refused: list[tuple[str, str, str]] = field(default_factory=list)


def remember(
    snapshot: Snapshot, edits: Iterable[SheetEdit], colleagues: Collection[tuple[str, int, int]] = ()
) -> bytes:
    """What an undo needs of `edits`, planned on `snapshot`; `colleagues` are cells whose new value came from the hub."""
    sheets = []
    for edit in edits:
        if not edit or edit.sheet == _KEEP or edit.sheet not in snapshot.grids:
            continue
        grid = snapshot.grids[edit.sheet]
        id_column = next((c for _, c in edit.guard), 0)
        header = grid.rows[edit.header_row - 1] if len(grid.rows) >= edit.header_row else []

        def name(row: int, grid: Grid = grid, edit: SheetEdit = edit, id_column: int = id_column) -> str:
            """The id beside a row once the edit is written."""
            value = edit.cells.get((row, id_column), grid.cell(row, id_column)) if id_column else None
            return "" if value is None else str(value)

        sheets.append(
            {
                "sheet": edit.sheet,
                "header_row": edit.header_row,
                "header": [None if h is None else str(h) for h in header],
                "id_column": id_column,
                "cells": [
                    [r, c, name(r), _pack(grid.cell(r, c)), _pack(v), (edit.sheet, r, c) in colleagues]
                    for (r, c), v in edit.cells.items()
                ],
                "appended": [{str(c): _pack(v) for c, v in values.items()} for values in edit.appended],
                "first": edit.last_row + 1 - len(edit.removed),
                "removed": [
                    {str(c): _pack(v) for c, v in enumerate(_row(grid, row), 1) if v is not None}
                    for row in edit.removed
                ],
            }
        )
    return zlib.compress(json.dumps(sheets, ensure_ascii=False).encode(), 1)


def take_back(payload: bytes, snapshot: Snapshot, *, with_colleagues: bool = False) -> Taken:
    """The edits that restore what `payload` remembers, planned on the workbook as it stands now."""
    out = Taken()
    for sheet in json.loads(zlib.decompress(payload)):
        grid = snapshot.grids.get(sheet["sheet"])
        if grid is None:
            out.refused.append((sheet["sheet"], "", say("undo.missing")))
            continue
        edit = SheetEdit(sheet["sheet"], header_row=sheet["header_row"])
        _restore_cells(sheet, grid, edit, out, with_colleagues)
        _remove_added(sheet, grid, edit, out)
        _bring_back(sheet, grid, edit, out)
        if edit:
            out.edits.append(edit)
    return out


def _columns(sheet: dict[str, Any], grid: Grid) -> dict[int, int]:
    """Where the columns of the run stand now: by header text, else where they stood."""
    row = grid.rows[sheet["header_row"] - 1] if len(grid.rows) >= sheet["header_row"] else []
    places: dict[str, int] = {}
    for place, text in enumerate(row, 1):
        if text is not None:
            places.setdefault(str(text), place)
    out = {}
    for place, text in enumerate(sheet["header"], 1):
        same = place <= len(row) and row[place - 1] is not None and str(row[place - 1]) == text
        out[place] = place if text is None or same else places.get(text, place)
    return out


def _rows_by_id(sheet: dict[str, Any], grid: Grid, columns: dict[int, int]) -> dict[str, int]:
    place = columns.get(sheet["id_column"], sheet["id_column"])
    if not place:
        return {}
    out: dict[str, int] = {}
    for number, row in enumerate(grid.rows, 1):
        if place <= len(row) and row[place - 1] is not None and number > sheet["header_row"]:
            out.setdefault(str(row[place - 1]), number)
    return out


def _restore_cells(sheet: dict[str, Any], grid: Grid, edit: SheetEdit, out: Taken, with_colleagues: bool) -> None:
    columns = _columns(sheet, grid)
    rows = _rows_by_id(sheet, grid, columns)
    for row, column, record, old, new, colleague in sheet["cells"]:
        place = columns.get(column, column)
        at = rows.get(record, 0) if record else row
        if not at:
            out.refused.append((sheet["sheet"], address(row, place), say("undo.missing")))
        elif colleague and not with_colleagues:
            out.refused.append((sheet["sheet"], address(at, place), say("undo.colleague")))
        elif not _same(grid.cell(at, place), _unpack(new)):
            if not _same(grid.cell(at, place), _unpack(old)):
                out.refused.append((sheet["sheet"], address(at, place), say("undo.edited")))
        else:
            edit.cells[at, place] = _value(_unpack(old))
            out.restored += 1


def _remove_added(sheet: dict[str, Any], grid: Grid, edit: SheetEdit, out: Taken) -> None:
    columns = _columns(sheet, grid)
    rows = _rows_by_id(sheet, grid, columns)
    for number, values in enumerate(sheet["appended"]):
        cells = {columns.get(int(c), int(c)): _unpack(v) for c, v in values.items()}
        record = _unpack(values.get(str(sheet["id_column"])))
        at = rows.get(str(record), 0) if record is not None else sheet["first"] + number
        if not at or at > len(grid.rows):
            continue  # gone already
        row = grid.rows[at - 1]
        standing = {place: value for place, value in enumerate(row, 1) if value is not None}
        if all(_same(standing.get(place), value) for place, value in cells.items()) and set(standing) <= set(cells):
            edit.removed.append(at)
            out.restored += 1
        else:
            out.refused.append((sheet["sheet"], address(at, 1), say("undo.edited")))


def _bring_back(sheet: dict[str, Any], grid: Grid, edit: SheetEdit, out: Taken) -> None:
    columns = _columns(sheet, grid)
    edit.last_row = max((n for n, row in enumerate(grid.rows, 1) if any(v is not None for v in row)), default=1)
    for values in sheet["removed"]:
        edit.appended.append({columns.get(int(c), int(c)): _value(_unpack(v)) for c, v in values.items()})
        out.restored += 1


def _row(grid: Grid, row: int) -> list[Raw]:
    return grid.rows[row - 1] if row <= len(grid.rows) else []


def _same(shown: Raw | Value, known: Raw | Value) -> bool:
    return _plain(shown) == _plain(known)


def _plain(value: Raw | Value) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, int | float | Decimal):
        return ("number", round(float(value), 9))
    if isinstance(value, datetime):
        return ("date", value.replace(microsecond=0))
    if isinstance(value, date):
        return ("date", datetime(value.year, value.month, value.day))
    return (type(value).__name__, value)


def _value(value: Raw | Value) -> Value:
    """A raw cell as something a store can write; a bare clock time becomes its fraction of a day."""
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return value


def _pack(value: Raw | Value) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time):
        return {"c": value.isoformat()}
    return str(value)


def _unpack(value: Any) -> Raw:
    if isinstance(value, dict):
        kind, text = next(iter(value.items()))
        read: dict[str, Callable[[str], Raw]] = {
            "t": datetime.fromisoformat, "d": date.fromisoformat, "c": time.fromisoformat,
        }  # fmt: skip
        return read[kind](text)
    return value  # type: ignore[no-any-return]
