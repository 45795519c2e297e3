"""Requests that change tabs and what hangs on them: properties, names, protection, conditional formats, metadata, filters."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from sync.google_simulator import fields
from sync.google_simulator.book import Book, Json, Sheet, new_id
from sync.google_simulator.errors import ApiError
from sync.google_simulator.reading import grid_range, properties


def _add_sheet(book: Book, request: Json) -> Json:
    sheet = book.add_sheet(request.get("properties", {}))
    return {"properties": properties(sheet, book.sheets.index(sheet))}


def _delete_sheet(book: Book, request: Json) -> None:
    sheet = book.by_id(request.get("sheetId", 0))
    if len(book.sheets) == 1:
        raise ApiError(400, "You can't remove all the sheets in a document.")
    book.sheets.remove(sheet)
    book.named_ranges = [n for n in book.named_ranges if n["range"].get("sheetId", 0) != sheet.id]
    book.metadata = [m for m in book.metadata if _sheet_of(m) != sheet.id]


def _sheet_of(metadata: Json) -> int | None:
    location = metadata["location"]
    held = location.get("sheetId", location.get("dimensionRange", {}).get("sheetId"))
    return None if location["locationType"] == "SPREADSHEET" else int(held or 0)


def _duplicate_sheet(book: Book, request: Json) -> Json:
    source = book.by_id(request.get("sourceSheetId", 0))
    title = request.get("newSheetName") or f"Copy of {source.title}"
    given = copy.deepcopy(source.properties) | {"title": title, "sheetId": request.get("newSheetId", new_id())}
    sheet = book.add_sheet(given | {"index": request.get("insertSheetIndex", book.sheets.index(source) + 1)})
    twin = source.copy()
    sheet.rows, sheet.row_meta, sheet.column_meta = twin.rows, twin.row_meta, twin.column_meta
    return {"properties": properties(sheet, book.sheets.index(sheet))}


def _update_sheet(book: Book, request: Json) -> None:
    given = request.get("properties", {})
    sheet = book.by_id(given.get("sheetId", 0))
    mask = fields.parse(request.get("fields", ""))
    title = given.get("title")
    if fields.wants(mask, "title") and title and (other := book.by_title(title)) and other is not sheet:
        raise ApiError(400, f'A sheet with the name "{title}" already exists. Please enter another name.')
    if "index" in mask:
        _move_sheet(book, sheet, given.get("index", 0))
        mask = {k: v for k, v in mask.items() if k != "index"}
    if not mask and "index" in fields.parse(request.get("fields", "")):
        return
    fresh = fields.update(sheet.properties, given, mask) if mask else sheet.properties | given
    fresh.setdefault("sheetId", sheet.id)
    if fresh.get("hidden") and all(s is sheet or s.properties.get("hidden") for s in book.sheets):
        raise ApiError(400, "You can't hide all the sheets in a document.")
    held = fresh["gridProperties"]
    fresh["gridProperties"] = {k: v for k, v in held.items() if v is not False}
    _shrink(sheet, fresh)
    sheet.properties = fresh


def _shrink(sheet: Sheet, fresh: Json) -> None:
    grid = fresh["gridProperties"]
    grid.setdefault("rowCount", sheet.row_count)
    grid.setdefault("columnCount", sheet.column_count)
    if grid["rowCount"] < 1 or grid["columnCount"] < 1:
        raise ApiError(400, "Grid limits must be at least one row and one column.")
    del sheet.rows[grid["rowCount"] :]
    if grid["columnCount"] < sheet.column_count:
        sheet.rows = [{c: cell for c, cell in row.items() if c < grid["columnCount"]} for row in sheet.rows]


def _move_sheet(book: Book, sheet: Sheet, index: int) -> None:
    """An index counts the places before the move: moving to the right, one's own place counts too."""
    old = book.sheets.index(sheet)
    book.sheets.remove(sheet)
    book.sheets.insert(index - 1 if index > old else index, sheet)


def _update_spreadsheet(book: Book, request: Json) -> None:
    mask = fields.parse(request.get("fields", ""))
    book.properties = fields.update(book.properties, request.get("properties", {}), mask)


def _add_named_range(book: Book, request: Json) -> Json:
    named = dict(request.get("namedRange", {}))
    if any(n["name"].casefold() == named.get("name", "").casefold() for n in book.named_ranges):
        raise ApiError(400, f"Cannot add a named range: a range with name {named.get('name')} already exists.")
    book.by_id(named.get("range", {}).get("sheetId", 0))
    named = {"namedRangeId": named.get("namedRangeId", str(new_id()))} | named
    book.named_ranges.append(named)
    return {"namedRange": grid_range(named, "range")}


def _update_named_range(book: Book, request: Json) -> None:
    given = request.get("namedRange", {})
    held = _find(book.named_ranges, "namedRangeId", given.get("namedRangeId"))
    held.update(fields.update(held, given, fields.parse(request.get("fields", "*"))))


def _delete_named_range(book: Book, request: Json) -> None:
    book.named_ranges.remove(_find(book.named_ranges, "namedRangeId", request.get("namedRangeId")))


def _find(items: list[Json], name: str, id: Any) -> Json:
    for item in items:
        if item.get(name) == id:
            return item
    raise ApiError(400, f"No {name} with id: {id}")


def _adder(field: str, list_name: str, id_name: str, id_of: Callable[[], Any] = new_id) -> Callable[[Book, Json], Json]:
    """A handler that adds an object with a range to its sheet's list."""

    def add(book: Book, request: Json) -> Json:
        held = copy.deepcopy(request.get(field, {}))
        sheet = book.by_id(held.get("range", {}).get("sheetId", 0))
        held = {id_name: held.get(id_name, id_of())} | held
        sheet.lists.setdefault(list_name, []).append(held)
        return {field: grid_range(held, "range")}

    return add


def _dropper(list_name: str, id_name: str, request_name: str) -> Callable[[Book, Json], None]:
    def drop(book: Book, request: Json) -> None:
        for sheet in book.sheets:
            for item in sheet.lists.get(list_name, []):
                if item.get(id_name) == request.get(request_name):
                    sheet.lists[list_name].remove(item)
                    return
        raise ApiError(400, f"No {id_name} with id: {request.get(request_name)}")

    return drop


def _updater(field: str, list_name: str, id_name: str) -> Callable[[Book, Json], None]:
    def change(book: Book, request: Json) -> None:
        given = request.get(field, {})
        items = [item for sheet in book.sheets for item in sheet.lists.get(list_name, [])]
        held = _find(items, id_name, given.get(id_name))
        fresh = fields.update(held, given, fields.parse(request.get("fields", "*"))) | {id_name: held[id_name]}
        held.clear()
        held.update(fresh)

    return change


def _add_protected(book: Book, request: Json) -> Json:
    given = copy.deepcopy(request.get("protectedRange", {}))
    given.pop("requestingUserCanEdit", None)
    if not given.get("warningOnly"):
        given.pop("warningOnly", None)
    sheet = book.by_id(given.get("range", {}).get("sheetId", 0))
    editors = {k: v for k, v in given.pop("editors", {}).items() if v and k not in ("users", "groups")}
    held = {"protectedRangeId": given.get("protectedRangeId", new_id())} | given
    held |= {"requestingUserCanEdit": True, "editors": editors}
    sheet.lists.setdefault("protectedRanges", []).append(held)
    return {"protectedRange": grid_range(held, "range")}


def _formats_of(book: Book, sheet_id: int) -> list[Json]:
    return book.by_id(sheet_id).lists.setdefault("conditionalFormats", [])


def _add_conditional(book: Book, request: Json) -> None:
    rule = copy.deepcopy(request.get("rule", {}))
    ranges = rule.get("ranges", [])
    if not ranges:
        raise ApiError(400, "No range on sheet.")
    rules = _formats_of(book, ranges[0].get("sheetId", 0))
    rules.insert(request.get("index", 0), rule)


def _update_conditional(book: Book, request: Json) -> None:
    rule = copy.deepcopy(request.get("rule", {}))
    rules = _formats_of(book, request.get("sheetId", rule.get("ranges", [{}])[0].get("sheetId", 0)))
    index = request.get("index", 0)
    if index >= len(rules):
        raise ApiError(400, f"No conditional format on sheet at index: {index}")
    rules[index] = rule


def _delete_conditional(book: Book, request: Json) -> None:
    rules, index = _formats_of(book, request.get("sheetId", 0)), request.get("index", 0)
    if index >= len(rules):
        raise ApiError(400, f"No conditional format on sheet at index: {index}")
    del rules[index]


def _create_metadata(book: Book, request: Json) -> Json:
    held = copy.deepcopy(request.get("developerMetadata", {}))
    if not held.get("metadataKey"):
        raise ApiError(400, "developerMetadata.metadataKey must be set.")
    if "visibility" not in held:
        raise ApiError(400, "developerMetadata.visibility must be set.")
    location = dict(held.get("location", {}))
    if location.get("spreadsheet"):
        kind = "SPREADSHEET"
    elif "dimensionRange" in location:
        span = location["dimensionRange"]
        book.by_id(span.get("sheetId", 0))
        kind = "ROW" if span.get("dimension", "ROWS") == "ROWS" else "COLUMN"
    elif "sheetId" in location:
        book.by_id(location["sheetId"])
        kind = "SHEET"
    else:
        raise ApiError(400, "developerMetadata.location must be set.")
    held["location"] = {"locationType": kind} | location
    id = held.get("metadataId", new_id())
    if any(m["metadataId"] == id for m in book.metadata):
        raise ApiError(400, f"Developer metadata with id: {id} already exists.")
    held = {"metadataId": id} | held
    if sum(len(m["metadataKey"]) + len(m.get("metadataValue", "")) for m in [*book.metadata, held]) > 30_000:
        raise ApiError(400, "The developer metadata of this spreadsheet exceeds its limit of 30000 characters.")
    book.metadata.append(held)
    return {"developerMetadata": held}


def matches(metadata: Json, data_filter: Json) -> bool:
    """Whether a DataFilter's developerMetadataLookup names this entry."""
    wanted = data_filter.get("developerMetadataLookup", {})
    plain = all(
        metadata.get(name) == wanted[name]
        for name in ("metadataId", "metadataKey", "metadataValue", "visibility")
        if name in wanted
    )
    kind = wanted.get("locationType", metadata["location"]["locationType"])
    return plain and bool(wanted) and kind == metadata["location"]["locationType"]


def _delete_metadata(book: Book, request: Json) -> Json:
    gone = [m for m in book.metadata if matches(m, request.get("dataFilter", {}))]
    book.metadata = [m for m in book.metadata if m not in gone]
    return {"deletedDeveloperMetadata": gone} if gone else {}


def _update_metadata(book: Book, request: Json) -> Json:
    mask = fields.parse(request.get("fields", "*"))
    changed = []
    for entry in book.metadata:
        if any(matches(entry, f) for f in request.get("dataFilters", [])):
            entry.update(fields.update(entry, request.get("developerMetadata", {}), mask))
            changed.append(entry)
    return {"developerMetadata": changed} if changed else {}


def _set_basic_filter(book: Book, request: Json) -> None:
    held = request.get("filter", {})
    book.by_id(held.get("range", {}).get("sheetId", 0)).basic_filter = held


def _clear_basic_filter(book: Book, request: Json) -> None:
    book.by_id(request.get("sheetId", 0)).basic_filter = None


HANDLERS: dict[str, Callable[[Book, Json], Json | None]] = {
    "addSheet": _add_sheet,
    "deleteSheet": _delete_sheet,
    "duplicateSheet": _duplicate_sheet,
    "updateSheetProperties": _update_sheet,
    "updateSpreadsheetProperties": _update_spreadsheet,
    "addNamedRange": _add_named_range,
    "updateNamedRange": _update_named_range,
    "deleteNamedRange": _delete_named_range,
    "addProtectedRange": _add_protected,
    "updateProtectedRange": _updater("protectedRange", "protectedRanges", "protectedRangeId"),
    "deleteProtectedRange": _dropper("protectedRanges", "protectedRangeId", "protectedRangeId"),
    "addConditionalFormatRule": _add_conditional,
    "updateConditionalFormatRule": _update_conditional,
    "deleteConditionalFormatRule": _delete_conditional,
    "createDeveloperMetadata": _create_metadata,
    "deleteDeveloperMetadata": _delete_metadata,
    "updateDeveloperMetadata": _update_metadata,
    "setBasicFilter": _set_basic_filter,
    "clearBasicFilter": _clear_basic_filter,
    "addFilterView": _adder("filter", "filterViews", "filterViewId"),
    "updateFilterView": _updater("filter", "filterViews", "filterViewId"),
    "deleteFilterView": _dropper("filterViews", "filterViewId", "filterId"),
    "addBanding": _adder("bandedRange", "bandedRanges", "bandedRangeId"),
    "deleteBanding": _dropper("bandedRanges", "bandedRangeId", "bandedRangeId"),
    "addTable": _adder("table", "tables", "tableId", lambda: str(new_id())),
    "updateTable": _updater("table", "tables", "tableId"),
    "deleteTable": _dropper("tables", "tableId", "tableId"),
}
