"""How edits become requests: typed cells in rectangles, appended rows, removed rows, a token; split by size.

Order inside the plan: room first, then cells, then appended rows, then removed rows, then the token. Cells are
addressed as the snapshot showed them; removal comes after all of them, from the bottom up, so that no address
shifts while it is still used.

Google cannot compare before it writes. So each step first copies what it is about to overwrite or remove into
the hidden tab `SHELF`, and asks for it back: the echo tells, of the very moment of the write, beside which id
each value landed and what stood there before. Nothing a person typed between our read and our write is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from followup.grid import Grid, column_letters
from sync.stores.contract import SheetEdit, Value
from sync.stores.google_sheets.reading import Tab
from sync.stores.google_sheets.typed import Formula, date_format, extended

Json = dict[str, Any]
SHELF = "_写入缓冲"
MOST_KEPT = 50_000  # cells of one batch whose old content is asked for; a larger write is the tool's own columns
MAX_BYTES = 1_800_000  # Google recommends 2 MB a payload
MAX_CELLS = 20_000  # of one request, so that a batch can be split
SPARE = 200  # blank rows kept under the data
TOKEN = "genjin.plan"


Rectangle = tuple[int, int, int, int]  # top, bottom, left, right: 1-based, half-open


@dataclass
class Batch:
    """One atomic batchUpdate: requests and the ranges whose content is wanted back."""

    requests: list[Json] = field(default_factory=list)
    echo: list[str] = field(default_factory=list)
    size: int = 0
    rows: dict[str, set[int]] = field(default_factory=dict)  # sheet → planned rows it touches
    cells: list[tuple[str, Rectangle]] = field(default_factory=list)  # what it overwrites
    kept: list[tuple[str, Rectangle, int]] = field(
        default_factory=list
    )  # of these, what lies on the shelf, from which row
    removed_at: int = 0  # the shelf's row (0-based) where removed rows begin


def token_key(spoke: str) -> str:
    """The metadata key of one spoke's token."""
    return f"{TOKEN}:{spoke}" if spoke else TOKEN


def quoted(title: str) -> str:
    """A tab title in a range, always quoted."""
    return "'" + title.replace("'", "''") + "'"


def build(
    edits: Sequence[SheetEdit],
    tabs: Mapping[str, Tab],
    grids: Mapping[str, Grid],
    token: str,
    spoke: str,
    old_tokens: Iterable[int],
) -> list[Batch]:
    """The batches of a plan, the last one carrying removals and the token."""
    batches = [Batch()]
    growth = [request for edit in edits for request in room(edit, tabs[edit.sheet], grids.get(edit.sheet))]
    for edit in edits:
        for area, request in cells(edit, tabs[edit.sheet], grids.get(edit.sheet)):
            batch = _add(batches, request)
            batch.cells.append((edit.sheet, area))
            batch.rows.setdefault(edit.sheet, set()).update(range(area[0], area[1]))
        for request in appended(edit, tabs[edit.sheet], grids.get(edit.sheet)):
            _add(batches, request)
    for batch in batches:
        last = batch is batches[-1]
        _keep(batch, tabs, edits if last else ())
        if last:
            _finish(batch, edits, tabs, list(tokens(token, spoke, old_tokens)) if token else [])
        batch.echo = echo_ranges(edits, batch) + batch.echo
    batches[0].requests[:0] = growth
    return [batch for batch in batches if batch.requests]


def _keep(batch: Batch, tabs: Mapping[str, Tab], removing: Sequence[SheetEdit]) -> None:
    """Put in front of a batch the copies onto the shelf, and ask for the shelf back."""
    copies: list[Json] = []
    height = width = 0
    if sum((bottom - top) * (right - left) for _, (top, bottom, left, right) in batch.cells) <= MOST_KEPT:
        for sheet, area in batch.cells:
            top, bottom, left, right = area
            batch.kept.append((sheet, area, height))
            copies.append(_copy(tabs[sheet].id, (top - 1, bottom - 1, left - 1, right - 1), tabs[SHELF].id, height))
            height, width = height + bottom - top, max(width, right - left)
    batch.removed_at = height
    for edit in removing:
        if edit.removed:
            height, width = height + len(set(edit.removed)), max(width, tabs[edit.sheet].columns)
    if height:
        batch.requests[:0] = [*_shelf_room(tabs[SHELF], height, width), *copies]
        batch.echo.append(f"{quoted(SHELF)}!A1:{column_letters(width)}{height}")


def _finish(batch: Batch, edits: Sequence[SheetEdit], tabs: Mapping[str, Tab], last: Iterable[Json]) -> None:
    """Removals and the token close the last batch."""
    place = batch.removed_at
    for edit in edits:
        batch.requests += removed(edit, tabs, place)
        place += len(set(edit.removed))
        if edit.removed:
            batch.rows.setdefault(edit.sheet, set()).update(edit.removed)
    batch.requests += last


def _copy(source: int, area: Rectangle, shelf: int, row: int) -> Json:
    top, bottom, left, right = area
    return {
        "copyPaste": {
            "source": _span(source, top, bottom, left, right),
            "destination": _span(shelf, row, row + bottom - top, 0, right - left),
            "pasteType": "PASTE_VALUES",
        }
    }


def _span(sheet: int, top: int, bottom: int, left: int, right: int) -> Json:
    return {
        "sheetId": sheet, "startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right,
    }  # fmt: skip


def _shelf_room(shelf: Tab, height: int, width: int) -> list[Json]:
    """Make the shelf large enough, and empty."""
    out: list[Json] = []
    for name, wanted, held in (("ROWS", height, shelf.rows), ("COLUMNS", width, shelf.columns)):
        if wanted > held:
            out.append({"appendDimension": {"sheetId": shelf.id, "dimension": name, "length": wanted - held}})
    return [*out, {"updateCells": {"range": {"sheetId": shelf.id}, "fields": "userEnteredValue"}}]


def _add(batches: list[Batch], request: Json) -> Batch:
    size = len(json.dumps(request, ensure_ascii=False).encode())
    if batches[-1].requests and batches[-1].size + size > MAX_BYTES:
        batches.append(Batch())
    batches[-1].requests.append(request)
    batches[-1].size += size
    return batches[-1]


# ---- room


def room(edit: SheetEdit, tab: Tab, grid: Grid | None) -> Iterator[Json]:
    """Grow the grid where the edit needs more of it. New rows are inserted before the last blank row, so that
    they inherit the formats and lists of the columns; only a grid without a blank row is extended at its end."""
    used = len(grid.rows) if grid else 0
    lowest = max((r for r, _ in edit.cells), default=0)
    wanted = max(used + len(edit.appended), lowest)
    if wanted > tab.rows - 1:
        more = wanted - tab.rows + 1 + SPARE
        if used < tab.rows and tab.rows > 1:
            span = {"sheetId": tab.id, "dimension": "ROWS", "startIndex": tab.rows - 1, "endIndex": tab.rows - 1 + more}
            yield {"insertDimension": {"range": span, "inheritFromBefore": True}}
        else:
            yield {"appendDimension": {"sheetId": tab.id, "dimension": "ROWS", "length": more}}
    columns = [c for _, c in edit.cells] + [c for row in edit.appended for c in row]
    if (widest := max(columns, default=0)) > tab.columns:
        yield {"appendDimension": {"sheetId": tab.id, "dimension": "COLUMNS", "length": widest - tab.columns}}


# ---- cells


def cells(edit: SheetEdit, tab: Tab, grid: Grid | None) -> Iterator[tuple[Rectangle, Json]]:
    """updateCells requests, each with its rectangle. A date also gets a date format where the cell did not
    show a number before; elsewhere a format is never touched."""
    dated = {place for place, value in edit.cells.items() if date_format(value) and not _is_number(grid, place)}
    for chosen, mask in ((edit.cells.keys() - dated, "userEnteredValue"), (dated, _DATED)):
        for top, bottom, left, right in rectangles(chosen):
            rows = [
                {"values": [_cell(edit.cells[r, c], mask == _DATED) for c in range(left, right)]}
                for r in range(top, bottom)
            ]
            start = {"sheetId": tab.id, "rowIndex": top - 1, "columnIndex": left - 1}
            yield (top, bottom, left, right), {"updateCells": {"start": start, "rows": rows, "fields": mask}}


_DATED = "userEnteredValue,userEnteredFormat.numberFormat"


def _is_number(grid: Grid | None, place: tuple[int, int]) -> bool:
    held = grid.cell(*place) if grid else None
    return isinstance(held, int | float) and not isinstance(held, bool)


def _cell(value: Value | Formula, dated: bool) -> Json:
    held: Json = {}
    if entered := extended(value):
        held["userEnteredValue"] = entered
    if dated:
        held["userEnteredFormat"] = {"numberFormat": date_format(value)}
    return held


def rectangles(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Places as few half-open rectangles (top, bottom, left, right): runs in a row, equal runs below each other."""
    runs: dict[tuple[int, int], list[int]] = {}
    row, left, right = 0, 0, 0
    for r, c in sorted(places):
        if (r, c) == (row, right):
            right += 1
            continue
        if row:
            runs.setdefault((left, right), []).append(row)
        row, left, right = r, c, c + 1
    if row:
        runs.setdefault((left, right), []).append(row)
    for (first, last), rows in runs.items():
        tallest = max(1, MAX_CELLS // (last - first))
        top = bottom = rows[0]
        for r in rows:
            if r > bottom or r - top >= tallest:
                yield top, bottom, first, last
                top = r
            bottom = r + 1
        yield top, bottom, first, last


# ---- rows


def appended(edit: SheetEdit, tab: Tab, grid: Grid | None) -> Iterator[Json]:
    """appendCells requests, before them the date format of the columns that bring dates (new rows only)."""
    if not edit.appended:
        return
    used = len(grid.rows) if grid else 0
    for column in sorted({c for row in edit.appended for c, value in row.items() if date_format(value)}):
        shown = next(date_format(row[column]) for row in edit.appended if date_format(row.get(column)))
        span = _span(tab.id, used, used + len(edit.appended), column - 1, column)
        cell = {"userEnteredFormat": {"numberFormat": shown}}
        yield {"repeatCell": {"range": span, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}
    width = max((max(row, default=1) for row in edit.appended), default=1)
    tallest = max(1, MAX_CELLS // width)
    for first in range(0, len(edit.appended), tallest):
        rows = [
            {"values": [_cell(row.get(c), False) for c in range(1, max(row, default=1) + 1)]}
            for row in edit.appended[first : first + tallest]
        ]
        yield {"appendCells": {"sheetId": tab.id, "rows": rows, "fields": "userEnteredValue"}}


def removed(edit: SheetEdit, tabs: Mapping[str, Tab], shelf: int) -> Iterator[Json]:
    """Copy the rows onto the shelf (from its row `shelf` on), then delete them from the bottom up."""
    tab, rows = tabs[edit.sheet], sorted(set(edit.removed))
    for first, last in spans(rows):
        yield _copy(tab.id, (first - 1, last, 0, tab.columns), tabs[SHELF].id, shelf)
        shelf += last - first + 1
    for first, last in reversed(list(spans(rows))):
        span = {"sheetId": tab.id, "dimension": "ROWS", "startIndex": first - 1, "endIndex": last}
        yield {"deleteDimension": {"range": span}}


def spans(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Sorted rows as closed runs."""
    first = last = 0
    for row in rows:
        if first and row == last + 1:
            last = row
            continue
        if first:
            yield first, last
        first = last = row
    if first:
        yield first, last


# ---- token and echo


def tokens(token: str, spoke: str, old: Iterable[int]) -> Iterator[Json]:
    """This spoke's old tokens go, the new one comes, with the write itself."""
    for id in old:
        yield {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": id}}}}
    entry = {
        "metadataKey": token_key(spoke), "metadataValue": token, "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }  # fmt: skip
    yield {"createDeveloperMetadata": {"developerMetadata": entry}}


def landed(row: int, edit: SheetEdit, batch_removes: bool) -> int:
    """Where a planned row stands after the batch."""
    return row - sum(1 for gone in set(edit.removed) if gone < row) if batch_removes else row


def removes(batch: Batch) -> bool:
    """Whether the batch removes rows."""
    return any("deleteDimension" in request for request in batch.requests)


def echo_ranges(edits: Sequence[SheetEdit], batch: Batch) -> list[str]:
    """The id cells of the rows a batch touches, near rows in one range; whole rows where the id itself is written."""
    ranges: list[str] = []
    gone = removes(batch)
    for edit in edits:
        rows = batch.rows.get(edit.sheet, set())
        wanted: dict[tuple[int, int], list[int]] = {}
        for row, column in edit.guard:
            if row in rows and row not in edit.removed:
                whole = (row, column) in edit.cells
                key = (1, max(edit.width, column)) if whole else (column, column)
                wanted.setdefault(key, []).append(landed(row, edit, gone))
        for (left, right), held in sorted(wanted.items()):
            for first, last in _near(sorted(set(held))):
                name = f"{column_letters(left)}{first}:{column_letters(right)}{last}"
                ranges.append(f"{quoted(edit.sheet)}!{name}")
    return ranges


def _near(rows: list[int], gap: int = 20, most: int = 200) -> list[tuple[int, int]]:
    """Sorted rows as at most `most` closed runs that may hold rows in between."""
    runs = [(rows[0], rows[0])]
    for row in rows[1:]:
        first, last = runs[-1]
        if row <= last + gap:
            runs[-1] = (first, row)
        else:
            runs.append((row, row))
    return runs if len(runs) <= most else _near(rows, gap * 4, most)
