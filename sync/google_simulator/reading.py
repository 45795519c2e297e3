"""What spreadsheets.get answers, whole or in parts: `ranges`, `includeGridData`, `fields`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sync.google_simulator import a1, fields
from sync.google_simulator.book import LISTS, Book, Json, Sheet
from sync.google_simulator.cells import Cell, effective, formatted, number_format
from sync.google_simulator.effective import effective_format

KEPT = (
    "userEnteredFormat",
    "note",
    "dataValidation",
    "textFormatRuns",
    "hyperlink",
)  # parts of a cell beside its value
OWNER = "robot@example-project.iam.gserviceaccount.com"  # whoever asks without a token


def answer(book: Book, mask: fields.Mask, ranges: Sequence[str] = (), grid: bool = False, base: str = "") -> Json:
    """The Spreadsheet resource. With a mask, grid data come where the mask asks for them."""
    if mask:
        grid = "sheets" in mask and fields.wants(mask["sheets"], "data")
    areas = [a1.parse(book, text) for text in ranges]
    shown = [sheet for sheet in book.sheets if not areas or any(area.sheet is sheet for area in areas)]
    sheets = []
    if fields.wants(mask, "sheets"):
        below = mask.get("sheets", {})
        sheets = [
            _sheet(sheet, book.sheets.index(sheet), [a for a in areas if a.sheet is sheet], grid, below, book)
            for sheet in shown
        ]
    out: Json = {"spreadsheetId": book.id, "properties": book.properties, "sheets": sheets}
    if book.named_ranges:
        out["namedRanges"] = [grid_range(named, "range") for named in book.named_ranges]
    if general := [m for m in book.metadata if m["location"]["locationType"] == "SPREADSHEET"]:
        out["developerMetadata"] = general
    out["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    return fields.select(out, mask)  # type: ignore[no-any-return]


def grid_range(holder: Json, name: str) -> Json:
    """`holder` with its GridRange as the API writes it: sheet 0 is not mentioned."""
    held = holder.get(name)
    if isinstance(held, list):
        return holder | {name: [_bare(item) for item in held]}
    return holder | {name: _bare(held)} if held else holder


def _bare(held: Json) -> Json:
    return {k: v for k, v in held.items() if not (k == "sheetId" and v == 0)}


def properties(sheet: Sheet, index: int) -> Json:
    """SheetProperties as the API writes them."""
    held = sheet.properties
    out = {"sheetId": held["sheetId"], "title": held["title"], "index": index}
    return out | {k: v for k, v in held.items() if k not in out and v is not False}


def _sheet(sheet: Sheet, index: int, areas: list[a1.Area], grid: bool, mask: fields.Mask, book: Book) -> Json:
    out: Json = {"properties": properties(sheet, index)}
    if grid:
        below = mask.get("data", {})
        out["data"] = [_data(book, area, below) for area in areas or [a1.whole(sheet)]]
    for name in LISTS:
        if held := sheet.lists.get(name):
            if name == "protectedRanges":
                held = [item | {"editors": item["editors"] | {"users": [OWNER]}} for item in held]
            where = "ranges" if name == "conditionalFormats" else "range"
            out[name] = [grid_range(item, where) if where in item else _bare(item) for item in held]
    if sheet.basic_filter:
        out["basicFilter"] = grid_range(sheet.basic_filter, "range")
    if own := [
        m
        for m in book.metadata
        if m["location"].get("sheetId") == sheet.id and m["location"]["locationType"] == "SHEET"
    ]:
        out["developerMetadata"] = own
    return fields.select(out, mask)  # type: ignore[no-any-return]


def _data(book: Book, area: a1.Area, mask: fields.Mask) -> Json:
    out: Json = {}
    if area.top:
        out["startRow"] = area.top
    if area.left:
        out["startColumn"] = area.left
    if fields.wants(mask, "rowData"):
        wanted = mask.get("rowData", {}).get("values", {})
        rows = _rows(book, area, wanted)
        if rows:
            out["rowData"] = rows
    if fields.wants(mask, "rowMetadata"):
        out["rowMetadata"] = [{"pixelSize": 21} | area.sheet.row_meta.get(i, {}) for i in range(area.top, area.bottom)]
    if fields.wants(mask, "columnMetadata"):
        meta = area.sheet.column_meta
        out["columnMetadata"] = [{"pixelSize": 100} | meta.get(i, {}) for i in range(area.left, area.right)]
    return out


def _rows(book: Book, area: a1.Area, wanted: fields.Mask) -> list[Json]:
    """RowData, trailing empty cells and rows left out."""
    out: list[Json] = []
    full = 0
    stored, read = _stored(wanted), _reader(book, area.sheet, wanted)
    for number in range(area.top, min(area.bottom, len(area.sheet.rows))):
        row = area.sheet.rows[number]
        last = max(
            (c for c, cell in row.items() if area.left <= c < area.right and not stored.isdisjoint(cell)), default=-1
        )
        values = [read(number, c, row[c]) if c in row else {} for c in range(area.left, last + 1)]
        while values and not values[-1]:
            values.pop()
        out.append({"values": values} if values else {})
        if values:
            full = len(out)
    return out[:full]


def _stored(wanted: fields.Mask) -> frozenset[str]:
    """The stored parts of a cell that the wanted parts of an answer come from."""
    names = set(wanted) if wanted and "*" not in wanted else {"userEnteredValue", *KEPT}
    if names & {"effectiveValue", "formattedValue"}:
        names.add("userEnteredValue")
    if "effectiveFormat" in names:
        names |= {"userEnteredFormat", "userEnteredValue"}
    return frozenset(names)


def _reader(book: Book, sheet: Sheet, wanted: fields.Mask) -> Callable[[int, int, Cell], Json]:
    """What is shown of a cell, as a function: the mask is looked at once and not a cell at a time."""
    everything = not wanted or "*" in wanted
    effective_mask, entered_mask = wanted.get("effectiveValue"), wanted.get("userEnteredValue")
    formulas_only = entered_mask == {"formulaValue": {}}
    others = [name for name in KEPT if everything or name in wanted]
    text = everything or "formattedValue" in wanted
    look = everything or "effectiveFormat" in wanted

    def read(row: int, column: int, cell: Cell) -> Json:
        out: Json = {}
        entered = cell.get("userEnteredValue")
        if entered is not None:
            is_formula = "formulaValue" in entered
            value = effective(cell, sheet.look) if is_formula else entered
            if everything or (entered_mask is not None and (is_formula or not formulas_only)):
                out["userEnteredValue"] = fields.select(entered, entered_mask or {})
            if value is not None and (everything or effective_mask is not None):
                out["effectiveValue"] = fields.select(value, effective_mask or {})
            if text:
                out["formattedValue"] = formatted(value, number_format(cell))
        for name in others:
            if name in cell:
                out[name] = fields.select(cell[name], wanted.get(name, {}))
        if look and ("userEnteredFormat" in cell or entered is not None):
            shown = effective_format(book, sheet, row, column, cell)
            out["effectiveFormat"] = fields.select(shown, wanted.get("effectiveFormat", {}))
        return {name: held for name, held in out.items() if held != {}}

    return read
