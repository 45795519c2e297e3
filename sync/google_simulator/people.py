"""What a person does in the shared sheet, for the hook `POST /__sim/edit`: type, sort, insert, delete, rename."""

from __future__ import annotations

from typing import Any

from sync.google_simulator import a1, edits_cells, edits_dimensions, values
from sync.google_simulator.book import Book, Json, Sheet
from sync.google_simulator.errors import ApiError


def edit(book: Book, given: Json) -> None:
    """Do what `given` says on the tab `sheet`, in this order: set, append, sort, insert_rows, delete_rows, rename.

    `set` {"B7": "text"} as typed (USER_ENTERED; `"raw": true` keeps texts as they are) · `append` [[…], …] under
    the last row · `sort` {"column": "B", "first_row": 2, "descending": false} · `insert_rows` {"before": 3,
    "count": 1} · `delete_rows` [5, 6] · `rename` "…" · `delete_sheet` true. Rows are counted from 1.
    Raises ApiError 400.
    """
    sheet = book.by_title(str(given.get("sheet", "")))
    if sheet is None:
        raise ApiError(400, f"No sheet named {given.get('sheet')!r}.")
    option = {"valueInputOption": "RAW" if given.get("raw") else "USER_ENTERED"}
    for name, value in (given.get("set") or {}).items():
        values.update(book, f"{a1.quoted(sheet.title)}!{name}", {"values": [[value]]}, option)
    if rows := given.get("append"):
        _append(book, sheet, rows, option)
    if spec := given.get("sort"):
        _sort(book, sheet, spec)
    if spec := given.get("insert_rows"):
        edits_dimensions.insert(book, sheet, "ROWS", spec["before"] - 1, spec.get("count", 1))
    for row in sorted(given.get("delete_rows") or (), reverse=True):
        edits_dimensions.delete(book, sheet, "ROWS", row - 1, row)
    if given.get("rename"):
        sheet.properties["title"] = given["rename"]
    if given.get("delete_sheet"):
        book.sheets.remove(sheet)


def _append(book: Book, sheet: Sheet, rows: list[list[Any]], option: Json) -> None:
    top = sheet.last_row()
    sheet.grow(top + len(rows))
    values.update(book, f"{a1.quoted(sheet.title)}!A{top + 1}", {"values": rows}, option)


def _sort(book: Book, sheet: Sheet, spec: Json) -> None:
    column = spec["column"]
    if isinstance(column, str):
        column = a1.parse(book, f"{a1.quoted(sheet.title)}!{column}1").left + 1
    span = {
        "sheetId": sheet.id, "startRowIndex": spec.get("first_row", 2) - 1, "endRowIndex": sheet.last_row(),
        "startColumnIndex": 0, "endColumnIndex": sheet.column_count,
    }  # fmt: skip
    order = "DESCENDING" if spec.get("descending") else "ASCENDING"
    request = {"range": span, "sortSpecs": [{"dimensionIndex": column - 1, "sortOrder": order}]}
    edits_cells.HANDLERS["sortRange"](book, request)
