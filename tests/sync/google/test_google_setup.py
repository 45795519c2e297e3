"""`hub setup`: everything the declaration says is on the shared sheet; what a team has there is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from followup.tables import TABLES
from followup.team import Dictionary, Team
from sheets_templates.google import HUB_TABLES, Tab, setup_requests
from sync.google_simulator import Simulator
from sync.stores.contract import SheetEdit
from sync.stores.google_sheets import Client, GoogleSheetsStore, hub_setup

CUSTOMERS = TABLES["customers"]


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Team.default().dictionary


def customers(simulator: Simulator, client: Client, rows: str = "1:3") -> dict[str, Any]:
    """The customers' tab with everything on it, some rows of it."""
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{simulator.spreadsheet_id}"
    params = {"includeGridData": "true", "ranges": f"'{CUSTOMERS.sheet}'!{rows}"}
    answer: dict[str, Any] = client.request("get", url, params=params).json()
    return answer["sheets"][0]  # type: ignore[no-any-return]


def test_an_empty_spreadsheet_becomes_the_hub(simulator: Simulator, client: Client, dictionary: Dictionary) -> None:
    setup = hub_setup(client, simulator.spreadsheet_id, dictionary)
    assert setup.tabs == [table.sheet for table in HUB_TABLES]
    assert not {"变更记录", "提醒日志", "运行日志", "导入暂存"} & set(setup.tabs)
    grids = GoogleSheetsStore(client, simulator.spreadsheet_id).read().grids
    assert list(grids) == setup.tabs  # the empty Sheet1 went, the tool's own hidden tab is not shown
    for table in HUB_TABLES:
        header = 4 if table.key == "dashboard" else 1
        assert grids[table.sheet].rows[header - 1] == [column.header for column in table.columns]
    assert grids["_元数据"].rows[1][0] == "schema"
    assert [title for title, grid in grids.items() if grid.hidden] == ["_元数据"]


def test_how_the_customers_tab_looks(simulator: Simulator, client: Client, dictionary: Dictionary) -> None:
    hub_setup(client, simulator.spreadsheet_id, dictionary)
    sheet = customers(simulator, client)
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    header, row = (sheet["data"][0]["rowData"][n]["values"] for n in (0, 1))
    place = {column.key: n for n, column in enumerate(CUSTOMERS.columns)}
    assert "必填" in header[place["customer_name"]]["note"]
    assert row[place["contact_info"]]["userEnteredFormat"]["numberFormat"]["type"] == "TEXT"
    assert row[place["first_contact_date"]]["userEnteredFormat"]["numberFormat"]["type"] == "DATE"
    rule = row[place["customer_type"]]["dataValidation"]
    assert [v["userEnteredValue"] for v in rule["condition"]["values"]] == [
        "潜在客户",
        "意向客户",
        "成交客户",
        "流失客户",
    ]
    assert row[place["owner"]]["dataValidation"]["condition"]["values"] == [{"userEnteredValue": "='人员'!$A$2:$A"}]
    assert "dataValidation" not in row[place["hint"]]
    assert all(r["warningOnly"] for r in sheet["protectedRanges"])
    warned = {
        c
        for r in sheet["protectedRanges"][1:]
        for c in range(r["range"]["startColumnIndex"], r["range"]["endColumnIndex"])
    }
    assert warned == {place[c.key] for c in CUSTOMERS.columns if not c.is_human}
    assert sheet["conditionalFormats"]
    hidden = {n for n, meta in enumerate(sheet["data"][0]["columnMetadata"]) if meta.get("hiddenByUser")}
    assert place["budget"] in hidden
    assert place["customer_name"] not in hidden


def test_a_second_run_sends_nothing(simulator: Simulator, client: Client, dictionary: Dictionary) -> None:
    hub_setup(client, simulator.spreadsheet_id, dictionary)
    before = simulator.drive.books[simulator.spreadsheet_id].dump()
    simulator.log.clear()
    assert hub_setup(client, simulator.spreadsheet_id, dictionary).requests == []
    assert [entry["method"] for entry in simulator.log] == ["GET"]
    assert simulator.drive.books[simulator.spreadsheet_id].dump() == before


def test_dry_run_writes_nothing(simulator: Simulator, client: Client, dictionary: Dictionary) -> None:
    assert hub_setup(client, simulator.spreadsheet_id, dictionary, dry_run=True).tabs
    assert list(GoogleSheetsStore(client, simulator.spreadsheet_id).read().grids) == ["Sheet1"]


def test_a_teams_own_tab_keeps_its_headers_order_and_rows(
    simulator: Simulator, client: Client, dictionary: Dictionary
) -> None:
    client.batch_update(
        simulator.spreadsheet_id, {"requests": [{"addSheet": {"properties": {"title": CUSTOMERS.sheet}}}]}
    )
    theirs = [["客户台账"], ["负责人", "客户名称", "我们的列", "联系方式"], ["张伟", "华东制造", "x", "13800001234"]]
    simulator.edit(sheet=CUSTOMERS.sheet, append=theirs, raw=True)
    setup = hub_setup(client, simulator.spreadsheet_id, dictionary)
    rows = GoogleSheetsStore(client, simulator.spreadsheet_id, [CUSTOMERS.sheet]).read().grids[CUSTOMERS.sheet].rows
    assert rows[0] == theirs[0]
    assert rows[1][:4] == theirs[1]
    assert rows[2] == theirs[2]
    assert sorted(map(str, rows[1])) == sorted([c.header for c in CUSTOMERS.columns] + ["我们的列"])
    assert "客户名称" not in setup.columns[CUSTOMERS.sheet]
    assert hub_setup(client, simulator.spreadsheet_id, dictionary).requests == []


def test_a_tab_that_holds_something_else_is_left_alone(
    simulator: Simulator, client: Client, dictionary: Dictionary
) -> None:
    client.batch_update(simulator.spreadsheet_id, {"requests": [{"addSheet": {"properties": {"title": "商机"}}}]})
    simulator.edit(sheet="商机", append=[["随手记", "别的"], ["买牛奶", "x"]])
    setup = hub_setup(client, simulator.spreadsheet_id, dictionary)
    assert setup.foreign == ["商机"]
    assert GoogleSheetsStore(client, simulator.spreadsheet_id, ["商机"]).read().grids["商机"].rows[1] == ["买牛奶", "x"]


def test_a_new_dictionary_value_renews_the_lists_and_doubles_nothing(
    simulator: Simulator, client: Client, dictionary: Dictionary
) -> None:
    from followup.team.dictionary import Entry

    hub_setup(client, simulator.spreadsheet_id, dictionary)
    before = customers(simulator, client)
    entries = [entry for held in dictionary.entries.values() for entry in held]
    setup = hub_setup(client, simulator.spreadsheet_id, Dictionary.of([*entries, Entry("渠道", "抖音直播")]))
    assert setup.requests
    assert not setup.tabs
    after = customers(simulator, client)
    assert len(after["conditionalFormats"]) == len(before["conditionalFormats"])
    assert len(after["protectedRanges"]) == len(before["protectedRanges"])
    place = [c.key for c in CUSTOMERS.columns].index("first_contact_channel")
    rule = after["data"][0]["rowData"][1]["values"][place]["dataValidation"]
    assert {"userEnteredValue": "抖音直播"} in rule["condition"]["values"]


def test_appended_rows_past_the_grid_keep_the_columns_formats(
    simulator: Simulator, client: Client, dictionary: Dictionary
) -> None:
    hub_setup(client, simulator.spreadsheet_id, dictionary)
    store = GoogleSheetsStore(client, simulator.spreadsheet_id, [CUSTOMERS.sheet])
    rows = [{1: f"客户{n}"} for n in range(1200)]
    store.apply([SheetEdit(CUSTOMERS.sheet, appended=rows, last_row=1, width=60)], store.read())  # type: ignore[arg-type]
    sheet = customers(simulator, client, "1201:1201")
    assert sheet["properties"]["gridProperties"]["rowCount"] > 1201
    last = sheet["data"][0]["rowData"][0]["values"]
    assert last[0]["formattedValue"] == "客户1199"
    assert last[4]["userEnteredFormat"]["numberFormat"]["type"] == "TEXT"


def test_the_declaration_needs_no_server() -> None:
    setup = setup_requests([Tab(id=0, title="Sheet1")])
    assert {next(iter(request)) for request in setup.requests} >= {"addSheet", "updateCells", "setDataValidation"}
    kinds = [next(iter(request)) for request in setup.requests]
    assert kinds.index("setDataValidation") > max(n for n, kind in enumerate(kinds) if kind == "addSheet")
    assert setup.requests[-1] == {"deleteSheet": {"sheetId": 0}}
