"""What a spreadsheet is: sheets of cells with their surroundings, copied before a change so that a failed one leaves nothing."""

from __future__ import annotations

import copy
import random
from typing import Any

from sync.google_simulator.cells import Cell, effective, shown_error, typed
from sync.google_simulator.errors import ApiError

Json = dict[str, Any]
ROWS, COLUMNS = "ROWS", "COLUMNS"

# Lists that belong to a sheet, by their name in the API.
LISTS = (
    "merges", "conditionalFormats", "filterViews", "protectedRanges", "bandedRanges", "tables", "rowGroups",
    "columnGroups",
)  # fmt: skip


def new_id() -> int:
    """An id as the API makes them: a positive 31-bit number."""
    return random.randrange(1, 2**31 - 1)


MOST_CELLS = 10_000_000


class Sheet:
    """One tab. Rows and columns are 0-based here; `rows` reaches to the last row that ever held something."""

    def __init__(self, properties: Json) -> None:
        self.properties = properties
        self.rows: list[dict[int, Cell]] = []
        self.row_meta: dict[int, Json] = {}
        self.column_meta: dict[int, Json] = {}
        self.lists: dict[str, list[Json]] = {}
        self.basic_filter: Json | None = None

    @property
    def id(self) -> int:
        """The sheetId."""
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        """The tab's name."""
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        """Rows of the grid."""
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def column_count(self) -> int:
        """Columns of the grid."""
        return int(self.properties["gridProperties"]["columnCount"])

    def get(self, row: int, column: int) -> Cell:
        """A cell; an empty one where nothing is."""
        return self.rows[row].get(column, {}) if row < len(self.rows) else {}

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set a cell; an empty one is forgotten."""
        if cell:
            while len(self.rows) <= row:
                self.rows.append({})
            self.rows[row][column] = cell
        elif row < len(self.rows):
            self.rows[row].pop(column, None)

    def value(self, row: int, column: int) -> Json | None:
        """The value a cell shows, formulas evaluated."""
        cell = self.get(row, column)
        if not cell or "userEnteredValue" not in cell:
            return None
        return effective(cell, self.look)

    def look(self, name: str) -> Any:
        """The plain value of a cell by A1 name, for formulas."""
        letters = name.rstrip("0123456789")
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        value = self.value(int(name[len(letters) :]) - 1, column - 1)
        return None if value is None else shown_error(value) if "errorValue" in value else next(iter(value.values()))

    def last_row(self) -> int:
        """How many rows reach down to the last cell with a value."""
        for number in range(len(self.rows), 0, -1):
            if any("userEnteredValue" in cell for cell in self.rows[number - 1].values()):
                return number
        return 0

    def grow(self, rows: int, columns: int = 0) -> None:
        """Make the grid at least this large."""
        grid = self.properties["gridProperties"]
        grid["rowCount"] = max(grid["rowCount"], rows)
        grid["columnCount"] = max(grid["columnCount"], columns)

    def copy(self) -> Sheet:
        """A copy that may be changed; cells are shared, for they are never changed in place."""
        twin = Sheet(copy.deepcopy(self.properties))
        twin.rows = [dict(row) for row in self.rows]
        twin.row_meta, twin.column_meta = dict(self.row_meta), dict(self.column_meta)
        twin.lists = copy.deepcopy(self.lists)
        twin.basic_filter = copy.deepcopy(self.basic_filter)
        return twin

    def dump(self) -> Json:
        """As JSON for the data folder."""
        return {
            "properties": self.properties,
            **_packed(self.rows),
            "row_meta": list(self.row_meta.items()),
            "column_meta": list(self.column_meta.items()),
            "lists": self.lists,
            "basic_filter": self.basic_filter,
        }

    @classmethod
    def load(cls, data: Json) -> Sheet:
        """The inverse of `dump`."""
        sheet = cls(data["properties"])
        sheet.rows = _unpacked(data)
        sheet.row_meta = dict(map(tuple, data["row_meta"]))
        sheet.column_meta = dict(map(tuple, data["column_meta"]))
        sheet.lists, sheet.basic_filter = data["lists"], data["basic_filter"]
        return sheet


def _packed(rows: list[dict[int, Cell]]) -> Json:
    """Rows for the data folder, small: looks (format, list, note) once each, equal rows that follow each other once.

    A cell is `[column, look, value]`: look is a place in `looks` or -1, value a scalar, or an ExtendedValue where
    a scalar would not tell, or absent.
    """
    places: dict[tuple[tuple[str, int], ...], int] = {}
    looks: list[Cell] = []
    packed: list[tuple[int, list[Any]]] = []
    before: dict[int, Cell] | None = None
    for row in rows:
        if row == before:  # blank rows of a formatted tab share their cells: compared by identity, at once
            packed[-1] = (packed[-1][0] + 1, packed[-1][1])
            continue
        before = row
        items = []
        for column, cell in row.items():
            key = tuple((name, id(part)) for name, part in cell.items() if name != "userEnteredValue")
            look = places.get(key, -1) if key else -1
            if key and look < 0:
                look = places[key] = len(looks)
                looks.append({name: part for name, part in cell.items() if name != "userEnteredValue"})
            held = cell.get("userEnteredValue")
            items.append([column, look] if held is None else [column, look, _scalar(held)])
        packed.append((1, items))
    return {"looks": looks, "rows": packed}


def _scalar(value: Json) -> Any:
    kind, held = next(iter(value.items()))
    return held if kind in ("stringValue", "numberValue", "boolValue") else value


def _unpacked(data: Json) -> list[dict[int, Cell]]:
    looks = data["looks"]
    rows: list[dict[int, Cell]] = []
    for count, items in data["rows"]:
        row = {column: _unpack(looks[look] if look >= 0 else {}, held) for column, look, *held in items}
        rows += [dict(row) for _ in range(count)]
    return rows


def _unpack(look: Cell, held: list[Any]) -> Cell:
    if not held:
        return look
    value = held[0] if isinstance(held[0], dict) else typed(held[0])
    return {"userEnteredValue": value} | look


class Book:
    """One spreadsheet."""

    def __init__(self, id: str, properties: Json) -> None:
        self.id = id
        self.properties = properties
        self.sheets: list[Sheet] = []
        self.named_ranges: list[Json] = []
        self.metadata: list[Json] = []

    def by_title(self, title: str) -> Sheet | None:
        """The tab of that name; names ignore case, as in the API."""
        exact = next((s for s in self.sheets if s.title == title), None)
        return exact or next((s for s in self.sheets if s.title.casefold() == title.casefold()), None)

    def by_id(self, id: int) -> Sheet:
        """The tab of that id. Raises ApiError 400."""
        for sheet in self.sheets:
            if sheet.id == id:
                return sheet
        raise ApiError(400, f"No grid with id: {id}")

    def add_sheet(self, given: Json) -> Sheet:
        """A new tab from SheetProperties. Raises ApiError 400 when its name or id is taken."""
        properties = {k: v for k, v in given.items() if k != "index"}
        title = properties.get("title") or self._free_title()
        if self.by_title(title):
            raise ApiError(400, f'A sheet with the name "{title}" already exists. Please enter another name.')
        id = properties.get("sheetId", new_id())
        if any(s.id == id for s in self.sheets):
            raise ApiError(400, f"Sheet with ID: {id} already exists.")
        grid = {"rowCount": 1000, "columnCount": 26} | properties.get("gridProperties", {})
        sheet = Sheet({"sheetId": id, "title": title, "sheetType": "GRID"} | properties | {"gridProperties": grid})
        sheet.properties["sheetId"], sheet.properties["title"] = id, title
        place = given.get("index", len(self.sheets))
        if place > len(self.sheets):
            raise ApiError(400, f"Cannot add sheet at index {place}: it is past the last sheet.")
        self.sheets.insert(place, sheet)
        return sheet

    def _free_title(self) -> str:
        number = len(self.sheets) + 1
        while self.by_title(f"Sheet{number}"):
            number += 1
        return f"Sheet{number}"

    def check_size(self) -> None:
        """Raises ApiError 400 when the tabs together are larger than Google allows."""
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > MOST_CELLS:
            raise ApiError(
                400,
                "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
            )

    def copy(self, id: str | None = None) -> Book:
        """A copy that may be changed."""
        twin = Book(id or self.id, copy.deepcopy(self.properties))
        twin.sheets = [sheet.copy() for sheet in self.sheets]
        twin.named_ranges = copy.deepcopy(self.named_ranges)
        twin.metadata = copy.deepcopy(self.metadata)
        return twin

    def dump(self) -> Json:
        """As JSON for the data folder."""
        return {
            "id": self.id,
            "properties": self.properties,
            "sheets": [sheet.dump() for sheet in self.sheets],
            "named_ranges": self.named_ranges,
            "metadata": self.metadata,
        }

    @classmethod
    def load(cls, data: Json) -> Book:
        """The inverse of `dump`."""
        book = cls(data["id"], data["properties"])
        book.sheets = [Sheet.load(sheet) for sheet in data["sheets"]]
        book.named_ranges, book.metadata = data["named_ranges"], data["metadata"]
        return book


def with_value(cell: Cell, value: Any, *, parsed: Json | None = None, shown: Json | None = None) -> Cell:
    """`cell` with another value, everything else kept; `parsed` is an ExtendedValue, else `value` is taken RAW."""
    fresh = {k: v for k, v in cell.items() if k != "userEnteredValue"}
    held = parsed if parsed is not None else typed(value)
    if held is not None:
        fresh["userEnteredValue"] = held
    if shown:
        fresh["userEnteredFormat"] = cell.get("userEnteredFormat", {}) | {"numberFormat": shown}
    return fresh


def new_book(id: str, title: str, locale: str = "en_US", zone: str = "Etc/GMT") -> Book:
    """A spreadsheet as Drive makes it: one tab Sheet1 of 1,000 rows and 26 columns."""
    white = {"red": 1, "green": 1, "blue": 1}
    text: Json = {
        "foregroundColor": {}, "fontFamily": "arial,sans,sans-serif", "fontSize": 10, "bold": False, "italic": False,
        "strikethrough": False, "underline": False, "foregroundColorStyle": {"rgbColor": {}},
    }  # fmt: skip
    shown: Json = {
        "backgroundColor": white, "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "verticalAlignment": "BOTTOM", "wrapStrategy": "OVERFLOW_CELL", "textFormat": text,
        "backgroundColorStyle": {"rgbColor": white},
    }  # fmt: skip
    theme = [
        {"colorType": kind, "color": {"rgbColor": dict(zip(("red", "green", "blue"), rgb, strict=False))}}
        for kind, rgb in _THEME
    ]
    book = Book(
        id,
        {
            "title": title,
            "locale": locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": zone,
            "defaultFormat": shown,
            "spreadsheetTheme": {"primaryFontFamily": "Arial", "themeColors": theme},
        },
    )
    book.add_sheet({"sheetId": 0, "title": "Sheet1"})
    return book


_THEME: list[tuple[str, tuple[float, ...]]] = [
    ("TEXT", ()),
    ("BACKGROUND", (1, 1, 1)),
    ("ACCENT1", (0.25882354, 0.52156866, 0.95686275)),
    ("ACCENT2", (0.91764706, 0.2627451, 0.20784314)),
    ("ACCENT3", (0.9843137, 0.7372549, 0.015686275)),
    ("ACCENT4", (0.20392157, 0.65882355, 0.3254902)),
    ("ACCENT5", (1, 0.42745098, 0.003921569)),
    ("ACCENT6", (0.27450982, 0.7411765, 0.7764706)),
    ("LINK", (0.06666667, 0.33333334, 0.8)),
]
