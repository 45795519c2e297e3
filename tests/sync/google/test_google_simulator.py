"""The stand-in behaves as Google: recorded answers, strict requests, all-or-nothing batches, lasting data."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from followup.errors import Refused
from sync.google_simulator import Simulator

RECORDED = 99.0  # per cent of the replayable interactions that must come out identical


@pytest.fixture
def call(simulator: Simulator) -> Any:
    """One request as the owner: (status, JSON)."""
    session = requests.Session()

    def do(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        path = path.replace("ID", simulator.spreadsheet_id)
        answer = session.request(method, simulator.base_url + path, json=body, timeout=10)
        return answer.status_code, answer.json() if answer.content else None

    return do


def batch(call: Any, *requests: dict[str, Any], **more: Any) -> tuple[int, Any]:
    return call("POST", "/v4/spreadsheets/ID:batchUpdate", {"requests": list(requests), **more})  # type: ignore[no-any-return]


def put(call: Any, place: str, rows: list[list[Any]], option: str = "RAW") -> None:
    status, answer = call("PUT", f"/v4/spreadsheets/ID/values/{place}?valueInputOption={option}", {"values": rows})
    assert status == 200, answer


def values(call: Any, place: str, option: str = "UNFORMATTED_VALUE") -> list[list[Any]]:
    _, answer = call("GET", f"/v4/spreadsheets/ID/values/{place}?valueRenderOption={option}")
    return answer.get("values", [])  # type: ignore[no-any-return]


def test_the_recordings_of_the_real_api_replay(running: Simulator, shared_data: Path) -> None:
    tool = shared_data.parent / "tools" / "replay_recordings.py"
    files = sorted(map(str, (shared_data / "google_recordings").glob("*.json")))
    out = subprocess.run(
        [sys.executable, str(tool), running.base_url, *files], capture_output=True, text=True, check=True
    )
    total, same = re.search(r"TOTAL (\d+) interactions, (\d+) identical", out.stdout).groups()  # type: ignore[union-attr]
    assert int(total) > 1200
    assert 100 * int(same) / int(total) >= RECORDED, out.stdout[-3000:]


@pytest.mark.parametrize(
    "request_, words",
    [
        ({"updateCels": {}}, "Unknown name \"updateCels\" at 'requests[0]': Cannot find field."),
        ({"updateCells": {"rowz": []}}, "Unknown name \"rowz\" at 'requests[0].update_cells': Cannot find field."),
        ({"deleteSheet": {"sheetId": "x"}}, "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"x\""),
        ({"deleteSheet": {"sheetId": 77}}, "Invalid requests[0].deleteSheet: No grid with id: 77"),
        ({"addSheet": {"properties": {"title": "Sheet1"}}}, 'A sheet with the name "Sheet1" already exists.'),
        ({"updateCells": {"rows": [], "range": {"sheetId": 0}}}, "At least one field must be listed in 'fields'."),
    ],
)
def test_a_wrong_request_is_refused_in_googles_words(call: Any, request_: dict[str, Any], words: str) -> None:
    status, answer = batch(call, request_)
    assert status == 400
    assert words in answer["error"]["message"]
    assert answer["error"]["status"] == "INVALID_ARGUMENT"


def test_an_unknown_parameter_is_refused(call: Any) -> None:
    status, answer = call("GET", "/v4/spreadsheets/ID?rangez=A1")
    assert status == 400
    assert "Cannot bind query parameter" in answer["error"]["message"]


def test_a_failing_batch_leaves_nothing(call: Any) -> None:
    put(call, "A1:B2", [[1, 2], [3, 4]])
    _, before = call("GET", "/v4/spreadsheets/ID?includeGridData=true")
    cell = {"rows": [{"values": [{"userEnteredValue": {"numberValue": 9}}]}], "fields": "userEnteredValue"}
    status, answer = batch(
        call,
        {"updateCells": {**cell, "start": {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}}},
        {"addSheet": {"properties": {"title": "neu"}}},
        {"deleteDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
        {"updateCells": {**cell, "start": {"sheetId": 0, "rowIndex": 5000, "columnIndex": 0}}},
    )
    assert status == 400
    assert answer["error"]["message"].startswith("Invalid requests[3].updateCells")
    assert call("GET", "/v4/spreadsheets/ID?includeGridData=true")[1] == before


def test_sorting_keeps_kinds_apart_and_blanks_last(call: Any) -> None:
    put(call, "A1:B6", [["b", 1], ["", 2], [10, 3], [True, 4], ["A", 5], [2, 6]])
    span = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 6, "startColumnIndex": 0, "endColumnIndex": 2}
    batch(call, {"sortRange": {"range": span, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}})
    assert values(call, "B1:B6") == [[6], [3], [5], [1], [4], [2]]
    batch(call, {"sortRange": {"range": span, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}})
    assert values(call, "B1:B6") == [[4], [1], [5], [3], [6], [2]]


def test_values_under_a_merge_are_gone(call: Any) -> None:
    put(call, "A1:B2", [[1, 2], [3, 4]])
    span = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    batch(call, {"mergeCells": {"range": span, "mergeType": "MERGE_ALL"}})
    put(call, "B2", [[9]])
    batch(call, {"unmergeCells": {"range": span}})
    assert values(call, "A1:B2") == [[1]]


def test_what_a_person_types_is_parsed_and_raw_is_not(call: Any) -> None:
    typed = ["0042", "2024-05-05", "50%", "TRUE", "=1+2", "=1/0", "=NOPE(1)", "'007", "13800001234"]
    put(call, "A1", [typed], "USER_ENTERED")
    put(call, "A2", [typed])
    assert values(call, "A1:Z1") == [[42, 45417, 0.5, True, 3, "#DIV/0!", "#NAME?", "007", 13800001234]]
    assert values(call, "A2:Z2") == [typed]
    assert values(call, "A1:C1", "FORMATTED_VALUE") == [["42", "2024-05-05", "50%"]]


def test_deleting_rows_moves_what_points_behind_them(call: Any) -> None:
    span = {"sheetId": 0, "startRowIndex": 4, "endRowIndex": 6, "startColumnIndex": 0, "endColumnIndex": 1}
    open_span = {"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    batch(
        call,
        {"addNamedRange": {"namedRange": {"name": "n", "range": span}}},
        {"addProtectedRange": {"protectedRange": {"range": open_span, "warningOnly": True}}},
        {"deleteDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 5}}},
    )
    _, answer = call("GET", "/v4/spreadsheets/ID?fields=namedRanges(range),sheets(protectedRanges(range))")
    assert answer["namedRanges"][0]["range"]["startRowIndex"] == 2
    assert answer["namedRanges"][0]["range"]["endRowIndex"] == 3
    assert "endRowIndex" not in answer["sheets"][0]["protectedRanges"][0]["range"]


def test_the_echo_shows_the_moment_of_the_write(call: Any) -> None:
    put(call, "A1:B2", [["a", 1], ["b", 2]])
    cell = {"rows": [{"values": [{"userEnteredValue": {"numberValue": 9}}]}], "fields": "userEnteredValue"}
    _, answer = batch(
        call,
        {"updateCells": {**cell, "start": {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}}},
        includeSpreadsheetInResponse=True,
        responseIncludeGridData=True,
        responseRanges=["'Sheet1'!A2:B2"],
    )
    data = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]
    assert data["startRow"] == 1
    assert [c["formattedValue"] for c in data["rowData"][0]["values"]] == ["b", "9"]


def test_data_last_until_the_next_start(tmp_path: Path) -> None:
    with Simulator(tmp_path) as first:
        first.edit(sheet="Sheet1", set={"A1": "=1+1", "B1": "文字", "C1": "2024-05-05"})
        held = first.drive.books[first.spreadsheet_id].dump()
    with Simulator(tmp_path) as second:
        assert second.spreadsheet_id == first.spreadsheet_id
        assert second.drive.books[second.spreadsheet_id].dump() == held
        assert second.base_url in second.credentials.read_text()


def test_one_program_at_a_time_serves_a_folder(tmp_path: Path) -> None:
    assert Simulator.running(tmp_path) is None
    with Simulator(tmp_path) as first:
        assert Simulator.running(tmp_path) == first.address
        with pytest.raises(Refused) as refused:
            Simulator(tmp_path)
        assert refused.value.code == "hub.simulator_running"
    assert Simulator.running(tmp_path) is None


def test_a_stranger_gets_nothing(simulator: Simulator) -> None:
    url = f"{simulator.base_url}/v4/spreadsheets/{simulator.spreadsheet_id}"
    answer = requests.get(url, headers={"Authorization": "Bearer made-up"}, timeout=10)
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    forged = requests.post(simulator.base_url + "/token", data={"grant_type": "x"}, timeout=10)
    assert forged.status_code == 400


def test_hooks_over_http(call: Any, simulator: Simulator) -> None:
    assert call("POST", "/__sim/edit", {"sheet": "Sheet1", "append": [["Kai", "1"]]})[0] == 200
    assert call("POST", "/__sim/fault", {"match": "GET .*values", "status": 503, "html": True})[0] == 200
    assert requests.get(
        f"{simulator.base_url}/v4/spreadsheets/{simulator.spreadsheet_id}/values/A1", timeout=10
    ).text.startswith("<!")
    assert values(call, "A1:B1") == [["Kai", 1]]
    _, log = call("GET", "/__sim/log")
    assert [entry["status"] for entry in log["requests"]] == [503, 200]
    assert call("POST", "/__sim/edit", {"sheet": "nicht da"})[0] == 400
    call("POST", "/__sim/reset")
    assert values(call, "A1:B1") == []
