"""What the shared sheet still lacks: from its tabs as they stand to the requests that complete it. No HTTP.

Asked again after its requests were done it answers nothing: each tab carries a signature of what was set up,
and the signature follows the declaration, the dictionary and where the columns stand.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from followup.tables import TABLES, Table
from followup.team.dictionary import Dictionary
from sheets_templates.excel.prefilled import SCHEMA
from sheets_templates.google import requests
from sheets_templates.google.layout import Layout, Tab, lay_out

Json = dict[str, Any]
SIGNATURE = "genjin.setup"
DEFAULT_TITLES = ("Sheet1", "工作表1", "工作表 1")  # what Google calls the empty tab of a new spreadsheet
NOT_ON_HUB = ("changelog", "reminder_log", "run_log", "import_staging")
HUB_TABLES: tuple[Table, ...] = tuple(table for key, table in TABLES.items() if key not in NOT_ON_HUB)  # SYNC 1a


@dataclass
class Setup:
    """Requests in order, and what they do, for a summary: tabs made, columns added, tabs that hold something else."""

    requests: list[Json] = field(default_factory=list)
    tabs: list[str] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)


def setup_requests(
    existing: Sequence[Tab],
    tables: Sequence[Table] = HUB_TABLES,
    dictionary: Dictionary | None = None,
) -> Setup:
    """The requests that give `existing` every tab, header, dropdown, format, protection and colour of `tables`.

    Headers and data that exist are never overwritten: missing columns come to the right of everything. A tab of
    the right name whose headers are none of the table's is left alone and named in `foreign`.
    """
    chosen = dictionary or Dictionary.of([])
    by_title = {tab.title: tab for tab in existing}
    taken = {tab.id for tab in existing}
    setup = Setup()
    for table in tables:
        tab = by_title.get(table.sheet)
        layout = lay_out(table, tab)
        if layout is None:
            setup.foreign.append(table.sheet)
            continue
        id = tab.id if tab else _new_id(table, taken)
        _one(setup, table, layout, tab, id, chosen)
    # Tabs first: a dropdown may take its values from a tab that comes later.
    setup.requests.sort(key=lambda request: "addSheet" not in request)
    if setup.tabs:
        setup.requests += _drop_default(existing, tables)
    return setup


def _one(setup: Setup, table: Table, layout: Layout, tab: Tab | None, id: int, dictionary: Dictionary) -> None:
    signature = _signature(layout, dictionary)
    if tab is not None and signature in tab.signatures.values() and not layout.added:
        return
    if tab is None:
        setup.tabs.append(table.sheet)
        setup.requests.append(requests.add_tab(table, id, hidden=table.key == "meta"))
    else:
        setup.requests += requests.widen(tab, layout.width)
        setup.requests.append(requests.freeze(id, layout.header_row))
        if layout.added:
            setup.columns[table.sheet] = [column.header for column in layout.added]
    setup.requests += requests.headers(id, layout)
    setup.requests += requests.columns(id, layout)
    setup.requests += requests.dropdowns(id, layout, dictionary)
    ours = [n for n, words in (tab.protected if tab else {}).items() if words.startswith(requests.PROTECTED)]
    setup.requests += requests.protections(id, layout, ours)
    setup.requests += requests.highlights(id, layout, tab)
    if table.key == "meta" and (tab is None or tab.empty):
        setup.requests.append(_schema(id, layout))
    setup.requests += _sign(id, signature, tab)


def _schema(id: int, layout: Layout) -> Json:
    """_元数据 begins with the schema version (SYNC 1a)."""
    cells = [{"userEnteredValue": {"stringValue": text}} for text in ("schema", str(SCHEMA))]
    start = {"sheetId": id, "rowIndex": layout.header_row, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue"}}


def _signature(layout: Layout, dictionary: Dictionary) -> str:
    parts = [
        SCHEMA, layout.header_row, layout.places,
        list(requests.dropdowns(0, layout, dictionary)), list(requests.highlights(0, layout, None)),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _sign(id: int, signature: str, tab: Tab | None) -> list[Json]:
    old = [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": number}}}}
        for number in (tab.signatures if tab else {})
    ]
    entry = {
        "metadataKey": SIGNATURE, "metadataValue": signature, "location": {"sheetId": id}, "visibility": "DOCUMENT",
    }  # fmt: skip
    return [*old, {"createDeveloperMetadata": {"developerMetadata": entry}}]


def _new_id(table: Table, taken: set[int]) -> int:
    """A tab id of our own choosing, so that one batch can make a tab and fill it."""
    id = zlib.crc32(table.key.encode()) & 0x7FFFFFFF
    while id in taken:
        id += 1
    taken.add(id)
    return id


def _drop_default(existing: Sequence[Tab], tables: Sequence[Table]) -> list[Json]:
    """The empty tab a new spreadsheet comes with goes."""
    wanted: Mapping[str, Table] = {table.sheet: table for table in tables}
    return [
        {"deleteSheet": {"sheetId": tab.id}}
        for tab in existing
        if tab.title in DEFAULT_TITLES and tab.empty and tab.title not in wanted
    ]
