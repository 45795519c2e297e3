"""What one spreadsheets.get says: grids, tab ids, tokens. One call is one moment of the whole shared sheet.

Why spreadsheets.get and not values.batchGet: it also gives the tab ids that typed writes need (a tab deleted
and made again is noticed), formulas, errors as errors, and the tokens of earlier writes. It costs about
40 bytes a filled cell before gzip.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from followup.grid import Grid, Raw
from sync.stores.google_sheets.typed import plain

FIELDS = (
    "developerMetadata(metadataId,metadataKey,metadataValue),"
    "sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),"
    "data(startRow,startColumn,rowData(values(effectiveValue,userEnteredValue/formulaValue))))"
)
TABS = "sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)))"


@dataclass(frozen=True)
class Tab:
    """What a write must know of a tab."""

    id: int
    rows: int
    columns: int
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """One read, taken apart."""

    grids: dict[str, Grid]
    tabs: dict[str, Tab]
    tokens: dict[int, tuple[str, str]]  # metadataId → key, value


def take_apart(answer: Mapping[str, Any]) -> Reading:
    """A Spreadsheet resource as grids and tabs."""
    grids: dict[str, Grid] = {}
    tabs: dict[str, Tab] = {}
    for sheet in answer.get("sheets", []):
        properties = sheet["properties"]
        title = properties.get("title", "")
        rows, formulas, errors = _cells(sheet.get("data", []))
        size = properties.get("gridProperties", {})
        hidden = bool(properties.get("hidden"))
        tabs[title] = Tab(properties.get("sheetId", 0), size.get("rowCount", 0), size.get("columnCount", 0), formulas)
        grids[title] = Grid(
            title,
            rows,
            formulas=frozenset(formulas),
            errors=frozenset(errors),
            serial_dates=True,
            hidden=hidden,
            state="hidden" if hidden else "visible",
        )
    tokens = {
        entry["metadataId"]: (entry.get("metadataKey", ""), entry.get("metadataValue", ""))
        for entry in answer.get("developerMetadata", [])
    }
    return Reading(grids, tabs, tokens)


def _cells(data: list[dict[str, Any]]) -> tuple[list[list[Raw]], dict[tuple[int, int], str], set[tuple[int, int]]]:
    rows: list[list[Raw]] = []
    formulas: dict[tuple[int, int], str] = {}
    errors: set[tuple[int, int]] = set()
    for part in data:
        top, left = part.get("startRow", 0), part.get("startColumn", 0)
        for r, given in enumerate(part.get("rowData", []), top + 1):
            while len(rows) < r:
                rows.append([])
            held, cells = rows[r - 1], given.get("values", [])
            held.extend([None] * (left + len(cells) - len(held)))
            for c, cell in enumerate(cells, left + 1):
                value, is_error = plain(cell.get("effectiveValue"))
                held[c - 1] = value
                if is_error:
                    errors.add((r, c))
                if "userEnteredValue" in cell:
                    formulas[r, c] = cell["userEnteredValue"]["formulaValue"]
    return trimmed(rows), formulas, errors


def trimmed(rows: list[list[Raw]]) -> list[list[Raw]]:
    """Rows without trailing blanks."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def fingerprint(grids: Mapping[str, Grid]) -> str:
    """A digest that changes when any cell does."""
    digest = hashlib.sha256()
    for title, grid in grids.items():
        held = [title, grid.rows, sorted(grid.formulas), sorted(grid.errors)]
        digest.update(json.dumps(held, ensure_ascii=False, default=str, separators=(",", ":")).encode())
    return digest.hexdigest()
