"""The shared Google sheet as a store: one read call, one atomic typed write call, repair only when struck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gspread.exceptions import APIError
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from followup.errors import Failed, Refused
from followup.grid import Grid, Raw
from sync.stores.contract import Applied, SheetEdit, Snapshot
from sync.stores.google_sheets import batches
from sync.stores.google_sheets.batches import SHELF, Batch, quoted, token_key
from sync.stores.google_sheets.client import Client
from sync.stores.google_sheets.echo import Lost, Struck, lost_rows, put_back, struck_rows
from sync.stores.google_sheets.reading import FIELDS, TABS, Reading, Tab, fingerprint, take_apart, trimmed
from sync.stores.google_sheets.typed import stored, text

ECHO = (
    "updatedSpreadsheet(sheets(properties(sheetId,title),"
    "data(startRow,startColumn,rowData(values(effectiveValue,userEnteredValue/formulaValue)))))"
)
REPAIRS = 3
# How Google words a write into a tab, row or column that is no longer there.
MOVED = ("No grid with id", "Unable to parse range", "exceeds grid limits", "Attempting to write", "that doesn't exist")


class GoogleSheetsStore:
    """The tabs `titles` of one spreadsheet (none given: all of them); `spoke` names whose writes carry a token."""

    name = "google"

    def __init__(self, client: Client, spreadsheet_id: str, titles: Sequence[str] = (), spoke: str = "") -> None:
        self.client, self.id = client, spreadsheet_id
        self.titles, self.spoke = list(titles), spoke
        self._last = Reading({}, {}, {})

    # ---- reading

    def read(self) -> Snapshot:
        """Every wanted tab, in one call. A tab that does not exist is not in the snapshot.

        Raises Wrong (no such spreadsheet, bad key), Failed (unreachable, no permission, quota).
        """
        titles = self.titles
        try:
            answer = self._get(FIELDS, [*titles, SHELF] if titles else ())
        except APIError as error:
            if "Unable to parse range" not in str(error):
                raise refusal(error) from error
            there = take_apart(self._get(TABS, ())).tabs
            titles = [title for title in [*titles, SHELF] if title in there]
            answer = self._get(FIELDS, titles) if titles else {}
        reading = take_apart(answer)
        reading.grids.pop(SHELF, None)
        self._last = reading
        return Snapshot(reading.grids, fingerprint(reading.grids))

    def tabs(self) -> dict[str, Tab]:
        """Every tab there is, without its cells."""
        return take_apart(self._get(TABS, ())).tabs

    def has_token(self, token: str) -> bool:
        """Whether the write that carried `token` happened."""
        lookup = {"metadataKey": token_key(self.spoke), "metadataValue": token}
        body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
        url = SPREADSHEET_URL % self.id + "/developerMetadata:search"
        found = self.client.request("post", url, json=body).json()
        return bool(found.get("matchedDeveloperMetadata"))

    def _get(self, fields: str, titles: Sequence[str]) -> dict[str, Any]:
        params = {"fields": fields, "prettyPrint": "false"}
        ranges = [("ranges", quoted(title) + ("!A1" if title == SHELF else "")) for title in titles]
        url = SPREADSHEET_URL % self.id
        answer: dict[str, Any] = self.client.request("get", url, params=[*params.items(), *ranges]).json()
        return answer

    # ---- writing

    def apply(self, edits: Sequence[SheetEdit], expected: Snapshot, token: str = "") -> Applied:
        """Write the edits in one step (several above 2 MB), see what they really hit, put back what they struck.

        Google cannot compare before it writes, so a person's edit in the window is found by the echo of the
        guarded ids, and the planned cells of such rows come back in `missed`.
        Raises Refused `store.moved` (a tab is gone), UnknownOutcome (the answer was lost), Failed.
        """
        edits = [edit for edit in edits if edit]
        if not edits and not token:
            return Applied(expected.fingerprint)
        _agree(edits, expected)
        tabs = self._tabs_for(edits)
        reading = self._last
        old = [id for id, (key, _) in reading.tokens.items() if key == token_key(self.spoke)]
        plan = batches.build(edits, tabs, expected.grids, token, self.spoke, old)
        struck, lost = self._send_all(plan, edits, expected.grids)
        missed = {(s.edit.sheet, s.row, c) for s in struck for c in s.columns}
        missed |= {(gone.edit.sheet, gone.row, c) for gone in lost for r, c in gone.edit.guard if r == gone.row}
        if not missed:
            return Applied(fingerprint(_after(edits, expected.grids)))
        formulas = {title: tab.formulas for title, tab in reading.tabs.items()}
        return Applied(self._repair(struck, lost, expected, formulas), frozenset(missed))

    def _tabs_for(self, edits: Sequence[SheetEdit]) -> dict[str, Tab]:
        needed = {edit.sheet for edit in edits} | {SHELF}
        if needed - self._last.tabs.keys():  # no read in this process yet, or a spreadsheet that was never written
            self._last.tabs.update({title: tab for title, tab in self.tabs().items() if title not in self._last.tabs})
        if SHELF not in self._last.tabs:
            self._last.tabs[SHELF] = self._add_shelf()
        for title in needed - self._last.tabs.keys():
            raise Refused("store.moved", sheet=title, file=title)
        return dict(self._last.tabs)

    def _add_shelf(self) -> Tab:
        properties = {"title": SHELF, "hidden": True, "gridProperties": {"rowCount": 100, "columnCount": 60}}
        body = {"requests": [{"addSheet": {"properties": properties}}]}
        answer = self._post(body, "replies")
        return Tab(answer["replies"][0]["addSheet"]["properties"]["sheetId"], 100, 60)

    def _send_all(
        self, plan: Sequence[Batch], edits: Sequence[SheetEdit], before: Any
    ) -> tuple[list[Struck], list[Lost]]:
        struck: list[Struck] = []
        lost: list[Lost] = []
        for batch in plan:
            echo = self._send(batch)
            struck += struck_rows(edits, batch, echo, before)
            if batches.removes(batch):
                lost += lost_rows(edits, batch, echo)
        return struck, lost

    def _send(self, batch: Batch) -> dict[str, Grid]:
        body: dict[str, Any] = {"requests": batch.requests}
        if batch.echo:
            body |= {
                "includeSpreadsheetInResponse": True,
                "responseIncludeGridData": True,
                "responseRanges": batch.echo,
            }
        answer = self._post(body, ECHO if batch.echo else "spreadsheetId")
        return take_apart(answer.get("updatedSpreadsheet", {})).grids

    def _post(self, body: dict[str, Any], fields: str) -> dict[str, Any]:
        params = {"fields": fields, "prettyPrint": "false"}
        try:
            response = self.client.request("post", SPREADSHEET_BATCH_UPDATE_URL % self.id, params=params, json=body)
        except APIError as error:
            raise refusal(error) from error
        answer: dict[str, Any] = response.json()
        return answer

    # ---- repair

    def _repair(self, struck: list[Struck], lost: list[Lost], expected: Snapshot, formulas: Any) -> str:
        """Put back what was struck, again while people keep moving rows; the fingerprint of the last read."""
        struck = list(struck)
        for _ in range(REPAIRS):
            now = self.read()
            repairs = put_back(struck, lost, now.grids, expected.grids, formulas)
            if not repairs:
                return now.fingerprint
            lost = []
            plan = batches.build(repairs, self._last.tabs, now.grids, "", self.spoke, ())
            again, _ = self._send_all(plan, repairs, now.grids)
            if not again:
                return fingerprint(_after(repairs, now.grids))
            struck += again  # a repair that missed is undone itself, and what it meant to mend is tried again
        raise Failed("hub.busy")


def _agree(edits: Sequence[SheetEdit], expected: Snapshot) -> None:
    """The guards must hold in the snapshot the edits were planned on."""
    for edit in edits:
        grid = expected.grids.get(edit.sheet)
        for (row, column), wanted in edit.guard.items():
            if grid is None or text(grid.cell(row, column)) != wanted.strip():
                raise Refused("store.moved", sheet=edit.sheet, row=row, file=edit.sheet)


def refusal(error: APIError) -> Exception:
    """A 400 as trouble: a tab that is gone, or Google's own words."""
    message = str(error.error.get("message", ""))
    if any(words in message for words in MOVED):
        return Refused("store.moved", file="Google")
    return Failed("hub.refused", detail=message[:300])


def _after(edits: Sequence[SheetEdit], grids: Any) -> dict[str, Grid]:
    """The grids as they are once the edits are in."""
    out = dict(grids)
    for edit in edits:
        grid = out.get(edit.sheet, Grid(edit.sheet, []))
        rows: list[list[Raw]] = [list(row) for row in grid.rows]
        for (r, c), value in edit.cells.items():
            _put(rows, r, c, stored(value))
        rows = trimmed(rows)
        for added in edit.appended:
            rows.append([])
            for c, value in added.items():
                _put(rows, len(rows), c, stored(value))
        for r in sorted(set(edit.removed), reverse=True):
            del rows[r - 1 : r]
        kept = _moved(grid.formulas - edit.cells.keys(), edit), _moved(grid.errors - edit.cells.keys(), edit)
        out[edit.sheet] = replace(grid, rows=trimmed(rows), formulas=kept[0], errors=kept[1])
    return out


def _put(rows: list[list[Raw]], row: int, column: int, value: Raw) -> None:
    while len(rows) < row:
        rows.append([])
    held = rows[row - 1]
    held.extend([None] * (column - len(held)))
    held[column - 1] = value


def _moved(places: frozenset[tuple[int, int]], edit: SheetEdit) -> frozenset[tuple[int, int]]:
    gone = set(edit.removed)
    return frozenset((r - sum(1 for g in gone if g < r), c) for r, c in places if r not in gone)
