"""What spreadsheets.batchUpdate does: a list of requests in one step, or none of them."""

from __future__ import annotations

from collections.abc import Callable

from sync.google_simulator import edits_cells, edits_dimensions, edits_sheets, fields, reading
from sync.google_simulator.book import Book, Json
from sync.google_simulator.errors import ApiError

Handler = Callable[[Book, Json], Json | None]
HANDLERS: dict[str, Handler] = edits_cells.HANDLERS | edits_sheets.HANDLERS | edits_dimensions.HANDLERS


def run(book: Book, body: Json, mask: fields.Mask) -> Json:
    """Apply every request to `book` (a copy that the caller drops when this raises) and answer."""
    requests = body.get("requests", [])
    if not requests:
        raise ApiError(400, "Must specify at least one request.")
    replies: list[Json] = []
    for place, request in enumerate(requests):
        if len(request) != 1:
            raise ApiError(400, f"Invalid requests[{place}]: exactly one kind of request must be set.")
        ((kind, given),) = request.items()
        if kind not in HANDLERS:
            raise ApiError(400, f"Invalid requests[{place}].{kind}: the stand-in does not know this request.")
        try:
            reply = HANDLERS[kind](book, given)
            book.check_size()
        except ApiError as error:
            if error.code == 400:
                raise ApiError(400, f"Invalid requests[{place}].{kind}: {error.message}") from error
            raise
        replies.append({} if reply is None else {kind: reply})
    out: Json = {"spreadsheetId": book.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        below = mask.get("updatedSpreadsheet", {})
        ranges, grid = body.get("responseRanges", []), bool(body.get("responseIncludeGridData"))
        out["updatedSpreadsheet"] = reading.answer(book, below, ranges, grid)
    return fields.select(out, mask)  # type: ignore[no-any-return]
