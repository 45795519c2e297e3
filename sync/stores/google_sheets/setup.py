"""What `genjin hub setup` does: one read of the shared sheet, and one write of what it lacks; nothing when complete."""

from __future__ import annotations

from typing import Any

from gspread.exceptions import APIError
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from followup.team.dictionary import Dictionary
from sheets_templates.google import HUB_TABLES, SIGNATURE, Setup, Tab, setup_requests
from sync.stores.google_sheets.batches import SHELF
from sync.stores.google_sheets.client import Client
from sync.stores.google_sheets.reading import take_apart
from sync.stores.google_sheets.store import refusal

FIELDS = (
    "sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataId,metadataKey,metadataValue),protectedRanges(protectedRangeId,description),"
    "conditionalFormats,data(startRow,startColumn,rowData(values(effectiveValue))))"
)


def hub_setup(client: Client, spreadsheet_id: str, dictionary: Dictionary, *, dry_run: bool = False) -> Setup:
    """Complete the shared sheet; what was done is in the answer (`requests` empty: it was complete).

    Raises Wrong (no such spreadsheet, bad key), Failed (no permission, unreachable), UnknownOutcome.
    """
    answer = client.request("get", SPREADSHEET_URL % spreadsheet_id, params={"fields": FIELDS, "prettyPrint": "false"})
    tabs = existing_tabs(answer.json())
    setup = setup_requests([tab for tab in tabs if tab.title != SHELF], HUB_TABLES, dictionary)
    if not any(tab.title == SHELF for tab in tabs):
        grid = {"rowCount": 200, "columnCount": 70}
        setup.requests.insert(0, {"addSheet": {"properties": {"title": SHELF, "hidden": True, "gridProperties": grid}}})
    if setup.requests and not dry_run:
        try:
            url = SPREADSHEET_BATCH_UPDATE_URL % spreadsheet_id
            client.request("post", url, params={"fields": "spreadsheetId"}, json={"requests": setup.requests})
        except APIError as error:
            raise refusal(error) from error
    return setup


def existing_tabs(answer: dict[str, Any]) -> list[Tab]:
    """The tabs of a Spreadsheet resource as the templates want them."""
    grids = take_apart(answer).grids
    tabs = []
    for sheet in answer.get("sheets", []):
        properties = sheet["properties"]
        size = properties.get("gridProperties", {})
        tabs.append(
            Tab(
                id=properties.get("sheetId", 0),
                title=properties["title"],
                rows=grids[properties["title"]].rows,
                row_count=size.get("rowCount", 0),
                column_count=size.get("columnCount", 0),
                hidden=bool(properties.get("hidden")),
                protected={p["protectedRangeId"]: p.get("description", "") for p in sheet.get("protectedRanges", [])},
                conditional=sheet.get("conditionalFormats", []),
                signatures={
                    entry["metadataId"]: entry.get("metadataValue", "")
                    for entry in sheet.get("developerMetadata", [])
                    if entry.get("metadataKey") == SIGNATURE
                },
            )
        )
    return tabs
