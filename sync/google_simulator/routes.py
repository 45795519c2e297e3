"""Which answer belongs to a request: paths, queries and bodies of Sheets v4 and Drive v3."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from sync.google_simulator import batch, edits_sheets, fields, messages, reading, values
from sync.google_simulator.book import Json
from sync.google_simulator.book import new_book as _new_book
from sync.google_simulator.drive import Drive, new_file_id
from sync.google_simulator.errors import ApiError

STANDARD = {
    "fields",
    "prettyPrint",
    "alt",
    "key",
    "quotaUser",
    "$.xgafv",
    "callback",
    "access_token",
    "oauth_token",
    "uploadType",
}
RENDER = {"valueRenderOption", "dateTimeRenderOption", "majorDimension"}


def answer(drive: Drive, method: str, target: str, body: bytes, caller: str | None) -> Any:
    """The JSON answer (a str is sent as text, None as 204). Raises ApiError."""
    split = urlsplit(target)
    query = parse_qs(split.query, keep_blank_values=True)
    if split.path.startswith("/v4/spreadsheets"):
        return _sheets(drive, method, split.path, query, body, caller)
    if split.path.startswith("/drive/v3/files"):
        return _drive(drive, method, [unquote(p) for p in split.path.split("/")[4:]], query, _json(body), caller)
    raise ApiError(404, "Not Found")


def _json(body: bytes) -> Any:
    if not body:
        return {}
    try:
        return json.loads(body)
    except ValueError as error:
        raise ApiError(400, f"Invalid JSON payload received. {error}", field="") from None


def _options(query: dict[str, list[str]], allowed: set[str]) -> dict[str, Any]:
    for name in query:
        if name not in allowed | STANDARD:
            text = f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
            text += f"Field '{name}' could not be found in request message."
            raise ApiError(400, text, field="", violation=text)
    return {name: held[-1] for name, held in query.items()}


def _mask(options: dict[str, Any]) -> fields.Mask:
    return fields.parse(options["fields"]) if options.get("fields") else {}


def _sheets(drive: Drive, method: str, path: str, query: dict[str, list[str]], body: bytes, caller: str | None) -> Any:
    match = re.fullmatch(r"/v4/spreadsheets(?:/([^/:]+))?(?::(\w+))?(?:/(.*))?", path)
    if not match:
        raise ApiError(404, "Not Found")
    id, verb, rest = match[1], match[2], match[3]
    if id is None:
        return _create(drive, method, body, caller)
    if rest is None and verb is None and method == "GET":
        options = _options(query, {"ranges", "includeGridData"})
        book = drive.book(id, caller)
        return reading.answer(
            book, _mask(options), query.get("ranges", ()), options.get("includeGridData", "").lower() == "true"
        )
    if verb == "batchUpdate" and method == "POST":
        options = _options(query, set())
        given = messages.parse("BatchUpdateSpreadsheetRequest", _json(body))
        book = drive.book(id, caller).copy()
        out = batch.run(book, given, _mask(options))
        drive.save(book)
        return out
    if rest == "developerMetadata:search" and method == "POST":
        given = messages.parse("SearchDeveloperMetadataRequest", _json(body))
        return _search(drive.book(id, caller).metadata, given)
    if rest and rest.startswith("values"):
        return _values(drive, method, id, rest.removeprefix("values"), query, body, caller)
    copied = re.fullmatch(r"sheets/(\d+):copyTo", rest or "")
    if copied and method == "POST":
        return _copy_to(
            drive, id, int(copied[1]), messages.parse("CopySheetToAnotherSpreadsheetRequest", _json(body)), caller
        )
    raise ApiError(404, "Not Found")


def _create(drive: Drive, method: str, body: bytes, caller: str | None) -> Json:
    if method != "POST":
        raise ApiError(404, "Not Found")
    given = messages.parse("Spreadsheet", _json(body))
    book = _new_book(new_file_id(), given.get("properties", {}).get("title") or "Untitled spreadsheet")
    book.properties |= given.get("properties", {})
    if given.get("sheets"):
        book.sheets.clear()
        for sheet in given["sheets"]:
            book.add_sheet(sheet.get("properties", {}))
    return reading.answer(drive.add(book, caller), {})


def _copy_to(drive: Drive, id: str, sheet_id: int, given: Json, caller: str | None) -> Json:
    source = drive.book(id, caller).by_id(sheet_id)
    target = drive.book(given.get("destinationSpreadsheetId", ""), caller).copy()
    held = {k: v for k, v in source.properties.items() if k != "sheetId"}
    sheet = target.add_sheet(held | {"title": f"Copy of {source.title}"})
    sheet.rows = source.copy().rows
    drive.save(target)
    return reading.properties(sheet, target.sheets.index(sheet))


def _search(metadata: list[Json], given: Json) -> Json:
    found = [
        {
            "developerMetadata": entry,
            "dataFilters": [f for f in given.get("dataFilters", []) if edits_sheets.matches(entry, f)],
        }
        for entry in metadata
        if any(edits_sheets.matches(entry, f) for f in given.get("dataFilters", []))
    ]
    return {"matchedDeveloperMetadata": found} if found else {}


def _values(
    drive: Drive, method: str, id: str, rest: str, query: dict[str, list[str]], body: bytes, caller: str | None
) -> Any:
    if rest == ":batchGet" and method == "GET":
        options = _options(query, RENDER | {"ranges"})
        return values.batch_get(drive.book(id, caller), query.get("ranges", []), options)
    if rest in (":batchUpdate", ":batchClear") and method == "POST":
        name = "BatchUpdateValuesRequest" if rest == ":batchUpdate" else "BatchClearValuesRequest"
        given = messages.parse(name, _json(body))
        book = drive.book(id, caller).copy()
        out = (
            values.batch_update(book, given)
            if rest == ":batchUpdate"
            else values.batch_clear(book, given.get("ranges", []))
        )
        drive.save(book)
        return out
    match = re.fullmatch(r"/(.+?)(?::(append|clear))?", rest, re.DOTALL)
    if not match:
        raise ApiError(404, "Not Found")
    text, verb = unquote(match[1]), match[2]
    if method == "GET" and verb is None:
        options = _options(query, RENDER)
        book = drive.book(id, caller)
        return fields.select(values.get(book, text, options), _mask(options))
    if (method, verb) not in (("PUT", None), ("POST", "append"), ("POST", "clear")):
        raise ApiError(404, "Not Found")
    allowed = {
        "valueInputOption",
        "includeValuesInResponse",
        "responseValueRenderOption",
        "responseDateTimeRenderOption",
    }
    options = _options(query, allowed | {"insertDataOption"})
    given = messages.parse(
        "ClearValuesRequest" if verb == "clear" else "ValueRange",
        _json(body),
        None if verb == "clear" else (None, "data"),
    )
    book = drive.book(id, caller).copy()
    if verb == "clear":
        out = values.clear(book, text)
    else:
        out = (values.append if verb else values.update)(book, text, given, options)
    drive.save(book)
    return out


def _drive(
    drive: Drive, method: str, parts: list[str], query: dict[str, list[str]], body: Any, caller: str | None
) -> Any:
    options = {name: held[-1] for name, held in query.items()}
    match (method, *parts):
        case ("POST",):
            return drive.create(body, caller)
        case ("GET",):
            return drive.list(options, caller)
        case ("GET", id):
            return drive.get(id, options, caller)
        case ("PATCH", id):
            return drive.update(id, body, caller)
        case ("DELETE", id):
            drive.file(id, caller)
            return drive.forget(id)
        case ("POST", id, "copy"):
            return drive.copy(id, body, caller)
        case ("GET", id, "export"):
            return drive.export(id, options.get("mimeType", ""), caller)
        case ("GET", id, "comments"):
            drive.file(id, caller)
            return {"comments": []}
        case ("POST", id, "permissions"):
            return drive.permit(id, body, caller)
        case ("GET", id, "permissions"):
            return drive.permissions(id, caller)
        case ("DELETE", id, "permissions", permission):
            return drive.revoke(id, permission, caller)
    raise ApiError(404, "Not Found")
