"""Requests that change rows and columns as such: insert, delete, append, move, resize, hide, group."""

from __future__ import annotations

from typing import Any

from sync.google_simulator import a1, fields
from sync.google_simulator.book import COLUMNS, LISTS, ROWS, Book, Json, Sheet
from sync.google_simulator.cells import Cell
from sync.google_simulator.errors import ApiError


def _span(book: Book, given: Json) -> tuple[Sheet, str, int, int]:
    sheet = book.by_id(given.get("sheetId", 0))
    dimension = given.get("dimension", ROWS)
    size = sheet.row_count if dimension == ROWS else sheet.column_count
    start, end = given.get("startIndex", 0), given.get("endIndex", size)
    if end <= start:
        raise ApiError(400, f"endIndex must be greater than startIndex, got {start} and {end}.")
    return sheet, dimension, start, end


def _resize(sheet: Sheet, dimension: str, by: int) -> None:
    name = "rowCount" if dimension == ROWS else "columnCount"
    sheet.properties["gridProperties"][name] += by


def _insert_dimension(book: Book, request: Json) -> None:
    sheet, dimension, start, end = _span(book, request.get("range", {}))
    size = sheet.row_count if dimension == ROWS else sheet.column_count
    if start > size:
        raise ApiError(400, f"range.startIndex[{start}] must be less than the grid size[{size}].")
    if request.get("inheritFromBefore") and start == 0:
        raise ApiError(400, "inheritFromBefore cannot be true when inserting at index 0.")
    insert(book, sheet, dimension, start, end - start)
    source = start - 1 if request.get("inheritFromBefore") else end
    for place in range(start, end):
        if dimension == ROWS:
            for column, cell in list(sheet.rows[source].items() if source < len(sheet.rows) else ()):
                sheet.put(place, column, _look_of(cell))
        else:
            for row in range(len(sheet.rows)):
                sheet.put(row, place, _look_of(sheet.get(row, source)))


def _look_of(cell: Cell) -> Cell:
    return {k: v for k, v in cell.items() if k in ("userEnteredFormat", "dataValidation")}


def insert(book: Book, sheet: Sheet, dimension: str, start: int, count: int) -> None:
    """Make room; everything that points behind `start` moves along."""
    if dimension == ROWS:
        if start < len(sheet.rows):
            sheet.rows[start:start] = [{} for _ in range(count)]
        sheet.row_meta = {k + count if k >= start else k: v for k, v in sheet.row_meta.items()}
    else:
        sheet.rows = [{c + count if c >= start else c: cell for c, cell in row.items()} for row in sheet.rows]
        sheet.column_meta = {k + count if k >= start else k: v for k, v in sheet.column_meta.items()}
    _resize(sheet, dimension, count)
    _shift_all(book, sheet, dimension, start, count)


def _delete_dimension(book: Book, request: Json) -> None:
    sheet, dimension, start, end = _span(book, request.get("range", {}))
    size = sheet.row_count if dimension == ROWS else sheet.column_count
    word = "row" if dimension == ROWS else "column"
    if start >= size:
        raise ApiError(
            400,
            f"Cannot delete a {word} that doesn't exist. Tried to delete {word} index {start} but there are only {size} {word}s.",
        )
    if end - start >= size:
        raise ApiError(400, f"You can't delete all the {word}s on the sheet.")
    frozen = sheet.properties["gridProperties"].get("frozenRowCount" if dimension == ROWS else "frozenColumnCount", 0)
    if frozen and start <= frozen and end >= size:
        raise ApiError(400, f"Sorry, it is not possible to delete all non-frozen {word}s.")
    delete(book, sheet, dimension, start, min(end, size))


def delete(book: Book, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Take rows or columns out; everything behind moves up."""
    count = end - start
    if dimension == ROWS:
        del sheet.rows[start:end]
        meta, sheet.row_meta = sheet.row_meta, {}
        sheet.row_meta = {k - count if k >= end else k: v for k, v in meta.items() if not start <= k < end}
    else:
        sheet.rows = [
            {c - count if c >= end else c: cell for c, cell in row.items() if not start <= c < end}
            for row in sheet.rows
        ]
        sheet.column_meta = {
            k - count if k >= end else k: v for k, v in sheet.column_meta.items() if not start <= k < end
        }
    _resize(sheet, dimension, -count)
    _shift_all(book, sheet, dimension, start, -count)


def _shift_all(book: Book, sheet: Sheet, dimension: str, at: int, by: int) -> None:
    names = ("startRowIndex", "endRowIndex") if dimension == ROWS else ("startColumnIndex", "endColumnIndex")
    for name in LISTS:
        kept = []
        for item in sheet.lists.get(name, []):
            if name in ("rowGroups", "columnGroups"):
                kept.append(item)
            elif "ranges" in item:
                item["ranges"] = [r for r in item["ranges"] if _shift(r, names, at, by)]
                kept += [item] if item["ranges"] else []
            elif _shift(item.get("range", item), names, at, by):
                kept.append(item)
        if name in sheet.lists:
            sheet.lists[name] = kept
    book.named_ranges = [
        n for n in book.named_ranges if n["range"].get("sheetId", 0) != sheet.id or _shift(n["range"], names, at, by)
    ]
    kept_metadata = []
    for entry in book.metadata:
        span = entry["location"].get("dimensionRange")
        here = span and span.get("sheetId", 0) == sheet.id and span.get("dimension") == dimension
        if not here or _shift(span, ("startIndex", "endIndex"), at, by):
            kept_metadata.append(entry)
    book.metadata = kept_metadata


def _shift(span: Json, names: tuple[str, str], at: int, by: int) -> bool:
    """Move one range; False when nothing of it is left. An open end stays open."""
    first, last = names
    if by > 0:
        for name in names:
            if name in span and (span[name] >= at if name == first else span[name] > at):
                span[name] += by
        return True
    gone = at - by
    for name in names:
        if name in span and span[name] > at:
            span[name] = max(at, span[name] + by) if span[name] < gone else span[name] + by
    return last not in span or span[last] > span.get(first, 0)


def _append_dimension(book: Book, request: Json) -> None:
    sheet = book.by_id(request.get("sheetId", 0))
    if request.get("length", 0) <= 0:
        raise ApiError(400, "length must be greater than 0.")
    _resize(sheet, request.get("dimension", ROWS), request["length"])


def _move_dimension(book: Book, request: Json) -> None:
    sheet, dimension, start, end = _span(book, request.get("source", {}))
    if dimension != ROWS:
        raise ApiError(400, "The stand-in moves rows only.")
    target = request.get("destinationIndex", 0)
    while len(sheet.rows) < max(end, target):
        sheet.rows.append({})
    moved = sheet.rows[start:end]
    del sheet.rows[start:end]
    place = target - (end - start) if target >= end else target
    sheet.rows[place:place] = moved


def _update_dimension(book: Book, request: Json) -> None:
    sheet, dimension, start, end = _span(book, request.get("range", {}))
    mask = fields.parse(request.get("fields", "*"))
    meta = sheet.row_meta if dimension == ROWS else sheet.column_meta
    for place in range(start, end):
        fresh = fields.update(meta.get(place, {}), request.get("properties", {}), mask)
        meta[place] = {k: v for k, v in fresh.items() if v is not False}


def _auto_resize(book: Book, request: Json) -> None:
    _span(book, request.get("dimensions", {}))


def _add_group(book: Book, request: Json) -> Json:
    sheet, dimension, start, end = _span(book, request.get("range", {}))
    groups = sheet.lists.setdefault("rowGroups" if dimension == ROWS else "columnGroups", [])
    span = {"sheetId": sheet.id, "dimension": dimension, "startIndex": start, "endIndex": end}
    grid = sheet.properties["gridProperties"]
    grid["rowGroupControlAfter" if dimension == ROWS else "columnGroupControlAfter"] = True
    groups.append({"range": span, "depth": 1 + sum(_covers(g["range"], span) for g in groups)})
    return {"dimensionGroups": _shown(groups)}


def _covers(outer: Json, inner: Json) -> bool:
    return bool(outer["startIndex"] <= inner["startIndex"] and inner["endIndex"] <= outer["endIndex"])


def _delete_group(book: Book, request: Json) -> Json:
    sheet, dimension, start, end = _span(book, request.get("range", {}))
    name = "rowGroups" if dimension == ROWS else "columnGroups"
    groups = sheet.lists.get(name, [])
    kept = [g for g in groups if (g["range"]["startIndex"], g["range"]["endIndex"]) != (start, end)]
    if len(kept) == len(groups):
        raise ApiError(400, "No group with that range.")
    sheet.lists[name] = kept
    if not kept:
        sheet.lists.pop(name)
    return {"dimensionGroups": _shown(kept)} if kept else {}


def _shown(groups: list[Json]) -> list[Any]:
    from sync.google_simulator.reading import grid_range

    return [grid_range(group, "range") for group in groups]


def _insert_range(book: Book, request: Json) -> None:
    area = a1.from_grid(book, request.get("range", {}))
    _whole_rows(area, request)
    insert(book, area.sheet, request.get("shiftDimension", ROWS), area.top, area.bottom - area.top)


def _delete_range(book: Book, request: Json) -> None:
    area = a1.from_grid(book, request.get("range", {}))
    _whole_rows(area, request)
    delete(book, area.sheet, request.get("shiftDimension", ROWS), area.top, area.bottom)


def _whole_rows(area: a1.Area, request: Json) -> None:
    whole = area.left == 0 and area.right == area.sheet.column_count
    if request.get("shiftDimension", ROWS) == COLUMNS or not whole:
        raise ApiError(400, "The stand-in shifts whole rows only.")


HANDLERS = {
    "insertDimension": _insert_dimension,
    "deleteDimension": _delete_dimension,
    "appendDimension": _append_dimension,
    "moveDimension": _move_dimension,
    "updateDimensionProperties": _update_dimension,
    "autoResizeDimensions": _auto_resize,
    "addDimensionGroup": _add_group,
    "deleteDimensionGroup": _delete_group,
    "insertRange": _insert_range,
    "deleteRange": _delete_range,
}
