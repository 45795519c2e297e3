"""What the values collection does: get, batchGet, update, batchUpdate, append, clear."""

from __future__ import annotations

from typing import Any

from followup.grid import column_letters
from sync.google_simulator import a1
from sync.google_simulator.a1 import Area
from sync.google_simulator.book import Book, Json, Sheet, with_value
from sync.google_simulator.cells import entered, formatted, number_format, shown_error, typed
from sync.google_simulator.errors import ApiError

DATES = ("DATE", "TIME", "DATE_TIME")


def get(book: Book, text: str, options: Json) -> Json:
    """A ValueRange, trailing empty rows and cells left out."""
    area = a1.parse(book, text)
    major = _major(options)
    grid = [[_shown(area.sheet, r, c, options) for c in range(area.left, area.right)] for r in _used(area)]
    if major == "COLUMNS":
        grid = [list(column) for column in zip(*grid, strict=True)]
    for row in grid:
        while row and row[-1] == "":
            row.pop()
    while grid and not grid[-1]:
        grid.pop()
    out: Json = {"range": area.a1(), "majorDimension": major}
    return out | ({"values": grid} if grid else {})


def _used(area: Area) -> range:
    return range(area.top, min(area.bottom, len(area.sheet.rows)))


def _major(options: Json) -> str:
    given = options.get("majorDimension")
    return "ROWS" if given in (None, "", "DIMENSION_UNSPECIFIED") else str(given)


def _shown(sheet: Sheet, row: int, column: int, options: Json) -> Any:
    cell = sheet.get(row, column)
    if "userEnteredValue" not in cell:
        return ""
    render = options.get("valueRenderOption") or "FORMATTED_VALUE"
    if render == "FORMULA" and "formulaValue" in cell["userEnteredValue"]:
        return cell["userEnteredValue"]["formulaValue"]
    value = sheet.value(row, column)
    if value is None:
        return ""
    shown = number_format(cell)
    as_text = options.get("dateTimeRenderOption") == "FORMATTED_STRING" and shown.get("type") in DATES
    if render == "FORMATTED_VALUE" or (as_text and "numberValue" in value):
        return formatted(value, shown)
    return shown_error(value) if "errorValue" in value else next(iter(value.values()))


def batch_get(book: Book, ranges: list[str], options: Json) -> Json:
    """One ValueRange a range, of one moment."""
    return {"spreadsheetId": book.id, "valueRanges": [get(book, text, options) for text in ranges]}


def update(book: Book, text: str, body: Json, options: Json) -> Json:
    """Write a ValueRange: null leaves a cell as it is, the empty string clears it."""
    if not options.get("valueInputOption") or options["valueInputOption"] == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise ApiError(400, "'valueInputOption' is required but not specified")
    rows = _as_rows(body)
    area = a1.parse(book, text)
    return {"spreadsheetId": book.id} | _write(area, rows, options, text)


def _as_rows(body: Json) -> list[list[Any]]:
    rows: list[list[Any]] = body.get("values", [])
    if _major(body) == "COLUMNS":
        height = max(map(len, rows), default=0)
        return [[column[i] if i < len(column) else None for column in rows] for i in range(height)]
    return rows


def _write(area: Area, rows: list[list[Any]], options: Json, text: str) -> Json:
    width = max(map(len, rows), default=0)
    bottom, right = area.top + len(rows), area.left + width
    if not area.single:
        if bottom > area.bottom and rows:
            raise ApiError(
                400, f"Requested writing within range [{text}], but tried writing to row [{area.bottom + 1}]"
            )
        if right > area.right:
            letters = column_letters(area.right + 1)
            raise ApiError(400, f"Requested writing within range [{text}], but tried writing to column [{letters}]")
    if bottom > area.sheet.row_count or right > area.sheet.column_count:
        over = Area(area.sheet, area.top, area.left, bottom, right).a1()
        limits = f"Max rows: {area.sheet.row_count}, max columns: {area.sheet.column_count}"
        raise ApiError(400, f"Range ({over}) exceeds grid limits. {limits}")
    touched = [
        (area.top + r, area.left + c)
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if value is not None and _put(area.sheet, area.top + r, area.left + c, value, options)
    ]
    updated = Area(area.sheet, area.top, area.left, max(bottom, area.top + 1), max(right, area.left + 1))
    out: Json = {"updatedRange": updated.a1()}
    if touched:
        out |= {
            "updatedRows": len({r for r, _ in touched}),
            "updatedColumns": len({c for _, c in touched}),
            "updatedCells": len(touched),
        }
    return out


def _put(sheet: Sheet, row: int, column: int, value: Any, options: Json) -> bool:
    cell = sheet.get(row, column)
    if isinstance(value, dict | list):
        raise ApiError(400, f"Invalid values[{row}][{column}]: {value}")
    if under_merge(sheet, row, column):
        return True
    if isinstance(value, str) and len(value) > 50_000:
        raise ApiError(400, "Your input contains more than the maximum of 50000 characters in a single cell.")
    if options["valueInputOption"] == "RAW":
        sheet.put(row, column, with_value(cell, value, parsed=typed(_newlines(value))))
    else:
        parsed, shown = entered(_newlines(value), number_format(cell))
        keep = number_format(cell).get("type")
        sheet.put(row, column, with_value(cell, value, parsed=parsed, shown={} if keep else shown))
    return True


def _newlines(value: Any) -> Any:
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def under_merge(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the cell is covered by a merge whose first cell is another one."""
    for merge in sheet.lists.get("merges", ()):
        inside = (
            merge["startRowIndex"] <= row < merge["endRowIndex"]
            and merge["startColumnIndex"] <= column < merge["endColumnIndex"]
        )
        if inside:
            return (row, column) != (merge["startRowIndex"], merge["startColumnIndex"])
    return False


def batch_update(book: Book, body: Json) -> Json:
    """Several ValueRanges in one step."""
    options = {"valueInputOption": body.get("valueInputOption")}
    answers = [update(book, given.get("range", ""), given, options) for given in body.get("data", [])]
    cells = sum(a.get("updatedCells", 0) for a in answers)
    out: Json = {"spreadsheetId": book.id}
    if cells:
        sheets = {a1.parse(book, given["range"]).sheet.id for given in body["data"]}
        rows, columns = set(), set()
        for given in answers:
            area = a1.parse(book, given["updatedRange"])
            rows |= {(area.sheet.id, r) for r in range(area.top, area.bottom)}
            columns |= {(area.sheet.id, c) for c in range(area.left, area.right)}
        out |= {
            "totalUpdatedRows": len(rows),
            "totalUpdatedColumns": len(columns),
            "totalUpdatedCells": cells,
            "totalUpdatedSheets": len(sheets),
        }
    return out | {"responses": answers}


def append(book: Book, text: str, body: Json, options: Json) -> Json:
    """After the last row of the table the range touches, beginning in the table's own column: which, after a last
    row like `[x, "", y]`, is the wrong one (PLATFORM 2)."""
    area = a1.parse(book, text)
    rows = _as_rows(body)
    table = _table(area)
    out: Json = {"spreadsheetId": book.id}
    if table is None:
        start = Area(area.sheet, area.top, area.left, area.top + 1, area.left + 1, single=True)
    else:
        out["tableRange"] = table.a1()
        start = Area(area.sheet, table.bottom, table.left, table.bottom + 1, table.left + 1, single=True)
    width = max(map(len, rows), default=0)
    area.sheet.grow(start.top + len(rows), start.left + width)
    out["updates"] = {"spreadsheetId": book.id} | _write(start, rows, options, text)
    return out


def _table(area: Area) -> Area | None:
    """The last block of touching cells in the area."""
    sheet = area.sheet
    filled = {(r, c) for r in _used(area) for c in sheet.rows[r] if area.left <= c < area.right and _has(sheet, r, c)}
    if not filled:
        return None
    last = max(filled)
    block, edge = {last}, [last]
    while edge:
        row, column = edge.pop()
        for r in range(max(row - 1, 0), row + 2):
            for c in range(max(column - 1, 0), column + 2):
                if (r, c) not in block and _has(sheet, r, c):
                    block.add((r, c))
                    edge.append((r, c))
    rows, columns = [r for r, _ in block], [c for _, c in block]
    return Area(sheet, min(rows), min(columns), max(rows) + 1, max(columns) + 1)


def _has(sheet: Sheet, row: int, column: int) -> bool:
    return "userEnteredValue" in sheet.get(row, column)


def clear(book: Book, text: str) -> Json:
    """Values go, formats stay."""
    area = a1.parse(book, text)
    for row in _used(area):
        for column in [c for c in area.sheet.rows[row] if area.left <= c < area.right]:
            area.sheet.put(row, column, with_value(area.sheet.get(row, column), ""))
    return {"spreadsheetId": book.id, "clearedRange": area.a1()}


def batch_clear(book: Book, ranges: list[str]) -> Json:
    """Several ranges in one step."""
    return {"spreadsheetId": book.id, "clearedRanges": [clear(book, text)["clearedRange"] for text in ranges]}
