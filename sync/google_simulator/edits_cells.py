"""Requests that change cells: values, formats, sort, validation, merges, copy and cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.google_simulator import a1, fields
from sync.google_simulator.a1 import Area
from sync.google_simulator.book import Book, Json, Sheet, with_value
from sync.google_simulator.cells import Cell
from sync.google_simulator.errors import ApiError
from sync.google_simulator.values import under_merge

_VALUE: fields.Mask = {"userEnteredValue": {}}


def _mask(request: Json) -> fields.Mask:
    text = request.get("fields", "")
    if not text:
        raise ApiError(400, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    mask = fields.parse(text)
    return mask or {"*": {}}


def written(cell: Cell, given: Json, mask: fields.Mask) -> Cell:
    """A cell after CellData `given` under `mask`."""
    value = given.get("userEnteredValue") or {}
    if mask == _VALUE and "numberValue" in value:  # the commonest write, made fast
        return cell | {"userEnteredValue": value}
    if len(str(value.get("stringValue", ""))) > 50_000:
        raise ApiError(400, "Your input contains more than the maximum of 50000 characters in a single cell.")
    if "stringValue" in value:
        text = value["stringValue"].replace("\r\n", "\n").replace("\r", "\n")
        if text and mask == _VALUE:
            return cell | {"userEnteredValue": {"stringValue": text}}
        given = given | {"userEnteredValue": {"stringValue": text}}
        if text == "":
            given = {k: v for k, v in given.items() if k != "userEnteredValue"}
    if "formulaValue" in value and not str(value["formulaValue"]).startswith("="):
        raise ApiError(400, "The formulaValue must begin with '='.")
    if "errorValue" in value:
        raise ApiError(400, "errorValue is read-only.")
    fresh = fields.update(cell, given, mask)
    return {
        name: held for name, held in fresh.items() if held not in ({}, "", None) and not name.startswith("effective")
    }


def _update_cells(book: Book, request: Json) -> None:
    mask, rows = _mask(request), request.get("rows", [])
    if "start" in request:
        start = request["start"]
        sheet = book.by_id(start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row.get("values", [])) for row in rows), default=0)
        area = Area(sheet, top, left, top + len(rows), left + width)
        _inside(area)
        for r, row in enumerate(rows):
            for c, given in enumerate(row.get("values", [])):
                _set(sheet, top + r, left + c, given, mask)
        return
    if "range" not in request:
        raise ApiError(400, "Either start or range must be set.")
    area = a1.from_grid(book, request["range"])
    _inside(area)
    if len(rows) > area.bottom - area.top:
        raise ApiError(
            400, f"Tried writing to row [{area.bottom}], but only {area.bottom - area.top} rows are in the range."
        )
    for row in range(area.top, area.bottom):
        given_row = rows[row - area.top].get("values", []) if row - area.top < len(rows) else []
        for column in range(area.left, area.right):
            given = given_row[column - area.left] if column - area.left < len(given_row) else {}
            _set(area.sheet, row, column, given, mask)


def _set(sheet: Sheet, row: int, column: int, given: Json, mask: fields.Mask) -> None:
    if "merges" not in sheet.lists or not under_merge(sheet, row, column):
        sheet.put(row, column, written(sheet.get(row, column), given, mask))


def _inside(area: Area) -> None:
    sheet = area.sheet
    if area.bottom > sheet.row_count or (area.top >= sheet.row_count and area.bottom > area.top):
        raise ApiError(
            400, f"Attempting to write row: {area.bottom - 1}, beyond the last requested row of: {sheet.row_count - 1}"
        )
    if area.right > sheet.column_count:
        raise ApiError(
            400,
            f"Attempting to write column: {area.right - 1}, beyond the last requested column of: {sheet.column_count - 1}",
        )


def _append_cells(book: Book, request: Json) -> None:
    mask, sheet = _mask(request), book.by_id(request.get("sheetId", 0))
    rows = request.get("rows", [])
    width = max((len(row.get("values", [])) for row in rows), default=0)
    top = sheet.last_row()
    sheet.grow(top + len(rows), width)
    for r, row in enumerate(rows):
        for c, given in enumerate(row.get("values", [])):
            _set(sheet, top + r, c, given, mask)


def _repeat_cell(book: Book, request: Json) -> None:
    mask, area = _mask(request), a1.from_grid(book, request.get("range", {}))
    given = request.get("cell", {})
    _each(area, lambda cell: written(cell, given, mask))


def _each(area: Area, change: Callable[[Cell], Cell]) -> None:
    """Change every cell of an area; cells that were one object stay one, so that a formatted column is small."""
    done: dict[int, Cell] = {}
    kept: list[Cell] = []  # keeps the ids of `done` in use
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            if under_merge(area.sheet, row, column):
                continue
            cell = area.sheet.get(row, column)
            key = id(cell) if cell else 0
            if key not in done:
                done[key] = change(cell)
                kept.append(cell)
            area.sheet.put(row, column, done[key])


def _sort_range(book: Book, request: Json) -> None:
    area = a1.from_grid(book, request.get("range", {}))
    sheet = area.sheet
    rows = [
        {c: cell for c, cell in _row(sheet, r).items() if area.left <= c < area.right}
        for r in range(area.top, area.bottom)
    ]
    order = list(range(len(rows)))
    for spec in reversed(request.get("sortSpecs", [])):
        column = spec.get("dimensionIndex", 0)
        keys = [sort_key(sheet.value(area.top + r, column)) for r in range(len(rows))]
        order.sort(key=lambda r: keys[r], reverse=spec.get("sortOrder") == "DESCENDING")
        order.sort(key=lambda r: keys[r][0] == 9)  # empty cells stand last in either direction
    for place, source in enumerate(order):
        for column in range(area.left, area.right):
            sheet.put(area.top + place, column, rows[source].get(column, {}))


def _row(sheet: Sheet, row: int) -> dict[int, Cell]:
    return sheet.rows[row] if row < len(sheet.rows) else {}


def sort_key(value: Json | None) -> tuple[int, Any]:
    """Numbers before texts before booleans before errors; nothing last."""
    if value is None:
        return (9, 0)
    if "numberValue" in value:
        return (0, value["numberValue"])
    if "stringValue" in value:
        return (1, value["stringValue"].casefold())
    return (2, value["boolValue"]) if "boolValue" in value else (3, 0)


def _set_validation(book: Book, request: Json) -> None:
    area, rule = a1.from_grid(book, request.get("range", {})), request.get("rule")
    added = {"dataValidation": rule} if rule else {}
    _each(area, lambda cell: {k: v for k, v in cell.items() if k != "dataValidation"} | added)


def _merge_cells(book: Book, request: Json) -> None:
    area = a1.from_grid(book, request.get("range", {}))
    kind = request.get("mergeType", "MERGE_ALL")
    _unmerge(area)
    parts = [(area.top, area.bottom, area.left, area.right)]
    if kind == "MERGE_ROWS":
        parts = [(r, r + 1, area.left, area.right) for r in range(area.top, area.bottom)]
    elif kind == "MERGE_COLUMNS":
        parts = [(area.top, area.bottom, c, c + 1) for c in range(area.left, area.right)]
    merges = area.sheet.lists.setdefault("merges", [])
    for top, bottom, left, right in parts:
        if (bottom - top) * (right - left) < 2:
            continue
        merges.append(
            {
                "sheetId": area.sheet.id, "startRowIndex": top, "endRowIndex": bottom,
                "startColumnIndex": left, "endColumnIndex": right,
            }
        )  # fmt: skip
        for row in range(top, bottom):
            for column in range(left, right):
                if (row, column) != (top, left):
                    area.sheet.put(row, column, with_value(area.sheet.get(row, column), ""))


def _unmerge(area: Area) -> None:
    merges = area.sheet.lists.get("merges", [])
    kept = [m for m in merges if not overlaps(m, area)]
    area.sheet.lists["merges"] = kept
    if not kept:
        area.sheet.lists.pop("merges", None)


def overlaps(grid_range: Json, area: Area) -> bool:
    """Whether a GridRange and an area share a cell."""
    return bool(
        grid_range.get("startRowIndex", 0) < area.bottom
        and area.top < grid_range.get("endRowIndex", area.sheet.row_count)
        and grid_range.get("startColumnIndex", 0) < area.right
        and area.left < grid_range.get("endColumnIndex", area.sheet.column_count)
    )


def _unmerge_cells(book: Book, request: Json) -> None:
    _unmerge(a1.from_grid(book, request.get("range", {})))


def _pasted(old: Cell, new: Cell, kind: str) -> Cell:
    if kind == "PASTE_NORMAL":
        return new
    names = {
        "PASTE_VALUES": ("userEnteredValue",),
        "PASTE_FORMULA": ("userEnteredValue",),
        "PASTE_FORMAT": ("userEnteredFormat",),
        "PASTE_DATA_VALIDATION": ("dataValidation",),
    }.get(kind, ("userEnteredValue", "note"))
    return {k: v for k, v in old.items() if k not in names} | {k: v for k, v in new.items() if k in names}


def _copy_paste(book: Book, request: Json) -> None:
    source, target = a1.from_grid(book, request["source"]), a1.from_grid(book, request["destination"])
    height, width = source.bottom - source.top, source.right - source.left
    kind = request.get("pasteType", "PASTE_NORMAL")
    cells = [[source.sheet.get(source.top + r, source.left + c) for c in range(width)] for r in range(height)]
    if kind == "PASTE_VALUES":
        cells = [
            [_as_value(source.sheet, source.top + r, source.left + c, cell) for c, cell in enumerate(row)]
            for r, row in enumerate(cells)
        ]
    if request.get("pasteOrientation") == "TRANSPOSE":
        cells, height, width = [list(column) for column in zip(*cells, strict=True)], width, height
    bottom = max(target.bottom, target.top + height) if (target.bottom - target.top) % max(height, 1) else target.bottom
    right = max(target.right, target.left + width) if (target.right - target.left) % max(width, 1) else target.right
    target.sheet.grow(bottom, right)
    for row in range(target.top, bottom):
        for column in range(target.left, right):
            given = cells[(row - target.top) % height][(column - target.left) % width]
            target.sheet.put(row, column, _pasted(target.sheet.get(row, column), given, kind))


def _as_value(sheet: Sheet, row: int, column: int, cell: Cell) -> Cell:
    value = sheet.value(row, column)
    return cell | {"userEnteredValue": value} if value is not None else cell


def _cut_paste(book: Book, request: Json) -> None:
    source, start = a1.from_grid(book, request["source"]), request["destination"]
    sheet = book.by_id(start.get("sheetId", 0))
    height, width = source.bottom - source.top, source.right - source.left
    cells = [[source.sheet.get(source.top + r, source.left + c) for c in range(width)] for r in range(height)]
    for row in range(source.top, source.bottom):
        for column in range(source.left, source.right):
            source.sheet.put(row, column, {})
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    sheet.grow(top + height, left + width)
    for r, row_cells in enumerate(cells):
        for c, cell in enumerate(row_cells):
            sheet.put(
                top + r, left + c, _pasted(sheet.get(top + r, left + c), cell, request.get("pasteType", "PASTE_NORMAL"))
            )


def _find_replace(book: Book, request: Json) -> Json:
    find, replacement = request.get("find", ""), request.get("replacement", "")
    if request.get("allSheets"):
        areas = [a1.whole(sheet) for sheet in book.sheets]
    elif "range" in request:
        areas = [a1.from_grid(book, request["range"])]
    else:
        areas = [a1.whole(book.by_id(request.get("sheetId", 0)))]
    changed = 0
    for area in areas:
        for row in range(area.top, min(area.bottom, len(area.sheet.rows))):
            for column, cell in list(area.sheet.rows[row].items()):
                text = cell.get("userEnteredValue", {}).get("stringValue")
                if text is None or not area.left <= column < area.right:
                    continue
                hit = text == find if request.get("matchEntireCell") else find in text
                if hit:
                    area.sheet.put(row, column, with_value(cell, text.replace(find, replacement)))
                    changed += 1
    return {"valuesChanged": changed, "occurrencesChanged": changed} if changed else {}


def _update_borders(book: Book, request: Json) -> None:
    a1.from_grid(book, request.get("range", {}))  # borders are not kept: nothing of ours reads them


HANDLERS = {
    "updateCells": _update_cells,
    "appendCells": _append_cells,
    "repeatCell": _repeat_cell,
    "sortRange": _sort_range,
    "setDataValidation": _set_validation,
    "mergeCells": _merge_cells,
    "unmergeCells": _unmerge_cells,
    "copyPaste": _copy_paste,
    "cutPaste": _cut_paste,
    "findReplace": _find_replace,
    "updateBorders": _update_borders,
}
