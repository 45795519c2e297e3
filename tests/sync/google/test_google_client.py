"""What the client does when Google or the network misbehaves; what a person is told."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from followup.errors import Failed, Trouble, Wrong
from followup.wording import LANG
from sync.google_simulator import Simulator
from sync.google_simulator.tokens import EMAIL
from sync.stores.contract import SheetEdit
from sync.stores.google_sheets import Client, GoogleSheetsStore, UnknownOutcome, connect
from tests.sync.google.conftest import Make

TAB = "客户"
READ, WRITE = "GET /v4", "POST .*:batchUpdate"
EDIT = SheetEdit(TAB, {(2, 2): "新"}, last_row=2, width=2, guard={(2, 1): "C-1"})


@pytest.fixture
def store(make: Make) -> GoogleSheetsStore:
    return make({TAB: [["编号", "名称"], ["C-1", "旧"]]})


def waits(store: GoogleSheetsStore) -> list[float]:
    return store.client.waits  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("status, html", [(500, False), (503, False), (502, True)])
def test_a_read_is_tried_again_with_growing_waits(
    store: GoogleSheetsStore, simulator: Simulator, status: int, html: bool
) -> None:
    simulator.fault(match=READ, times=3, status=status, html=html)
    assert store.read().grids[TAB].cell(2, 2) == "旧"
    assert waits(store) == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_read_survives_a_cut_connection(store: GoogleSheetsStore, simulator: Simulator, drop: str) -> None:
    simulator.fault(match=READ, times=2, drop=drop)
    assert store.read().grids[TAB].cell(2, 2) == "旧"


def test_tries_are_bounded(store: GoogleSheetsStore, simulator: Simulator) -> None:
    simulator.fault(match=READ, times=99, status=503)
    with pytest.raises(Failed) as failed:
        store.read()
    assert failed.value.code == "hub.unavailable"
    assert len(waits(store)) == 4


def test_retry_after_is_obeyed(store: GoogleSheetsStore, simulator: Simulator) -> None:
    simulator.fault(match=WRITE, status=429, headers={"Retry-After": "7"}, message="Quota exceeded")
    store.apply([EDIT], store.read())
    assert waits(store) == [7.5]
    assert store.read().grids[TAB].cell(2, 2) == "新"


def test_a_quota_that_stays_exceeded_is_told(store: GoogleSheetsStore, simulator: Simulator) -> None:
    simulator.fault(match=READ, times=99, status=429)
    with pytest.raises(Failed) as failed:
        store.read()
    assert failed.value.code == "hub.quota"


@pytest.mark.parametrize(
    "fault",
    [{"drop": "after"}, {"status": 503, "applied": True}, {"status": 502, "html": True, "applied": True}],
    ids=["cut", "503", "502 html"],
)
def test_a_write_whose_answer_was_lost_is_never_repeated(
    store: GoogleSheetsStore, simulator: Simulator, fault: dict[str, object]
) -> None:
    seen = store.read()
    simulator.fault(match=WRITE, **fault)
    edit = SheetEdit(TAB, appended=[{1: "C-2", 2: "新客户"}], last_row=2, width=2)
    with pytest.raises(UnknownOutcome):
        store.apply([edit], seen, token="plan-7")
    assert store.has_token("plan-7")
    assert len(store.read().grids[TAB].rows) == 3


def test_a_write_that_did_not_arrive_left_no_token(store: GoogleSheetsStore, simulator: Simulator) -> None:
    seen = store.read()
    simulator.fault(match=WRITE, drop="before")
    with pytest.raises(UnknownOutcome):
        store.apply([EDIT], seen, token="plan-8")
    assert not store.has_token("plan-8")
    assert store.read() == seen


def test_a_refused_batch_leaves_nothing(store: GoogleSheetsStore, simulator: Simulator) -> None:
    seen = store.read()
    simulator.edit(sheet=TAB, rename="别的")
    simulator.edit(sheet="别的", append=[["x"]])
    with pytest.raises(Trouble) as refused:
        store.apply([EDIT, SheetEdit("没有", {(1, 1): "x"})], seen)
    assert refused.value.code == "store.moved"


def test_only_this_spokes_last_token_is_kept(store: GoogleSheetsStore, client: Client, simulator: Simulator) -> None:
    other = GoogleSheetsStore(client, simulator.spreadsheet_id, [TAB], spoke="s2")
    other.apply([SheetEdit(TAB, {(2, 2): "a"})], other.read(), token="other")
    for token in ("one", "two"):
        store.apply([SheetEdit(TAB, {(2, 2): token})], store.read(), token=token)
    assert [store.has_token(t) for t in ("one", "two")] == [False, True]
    assert other.has_token("other")


def test_an_expired_token_is_renewed(store: GoogleSheetsStore, simulator: Simulator) -> None:
    store.read()
    simulator.tokens.expire()
    assert store.read().grids[TAB].cell(1, 1) == "编号"


def test_permission_taken_away_names_whom_to_share_with(store: GoogleSheetsStore, simulator: Simulator) -> None:
    simulator.drive.revoke(simulator.spreadsheet_id, EMAIL, None)
    with pytest.raises(Failed) as failed:
        store.read()
    assert failed.value.code == "hub.no_permission"
    assert EMAIL in failed.value.hint


def test_a_spreadsheet_that_is_not_there(client: Client) -> None:
    with pytest.raises(Wrong) as wrong:
        GoogleSheetsStore(client, "nowhere", [TAB]).read()
    assert wrong.value.code == "hub.not_found"
    assert "nowhere" in wrong.value.message


def test_nobody_listens(simulator: Simulator) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = connect(f"http://127.0.0.1:{port}", simulator.credentials, sleep=lambda _: None)
    with pytest.raises(Failed) as failed:
        GoogleSheetsStore(client, "x", [TAB]).read()
    assert failed.value.code == "hub.unreachable"


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"installed": {}}', '{"type": "service_account"}'])
def test_a_file_that_is_no_key(tmp_path: Path, content: str) -> None:
    (tmp_path / "key.json").write_text(content)
    with pytest.raises(Wrong) as wrong:
        connect("", tmp_path / "key.json")
    assert wrong.value.code == "hub.bad_key"


def test_a_missing_key(tmp_path: Path) -> None:
    with pytest.raises(Wrong) as wrong:
        connect("", tmp_path / "key.json")
    assert wrong.value.code == "hub.no_key"


def test_a_key_of_another_account_is_refused_by_the_token_server(simulator: Simulator, tmp_path: Path) -> None:
    with Simulator(tmp_path / "other") as other:
        key = json.loads(other.credentials.read_text()) | {"token_uri": simulator.base_url + "/token"}
    (tmp_path / "key.json").write_text(json.dumps(key))
    client = connect(simulator.base_url, tmp_path / "key.json", sleep=lambda _: None)
    with pytest.raises(Wrong) as wrong:
        GoogleSheetsStore(client, simulator.spreadsheet_id, [TAB]).read()
    assert wrong.value.code == "hub.bad_key"


def test_the_stand_in_is_reached_past_a_proxy(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client = connect(simulator.base_url, simulator.credentials, sleep=lambda _: None)
    assert GoogleSheetsStore(client, simulator.spreadsheet_id).read().grids


def test_pacing_stays_under_the_limit(simulator: Simulator) -> None:
    slept: list[float] = []
    client = connect(simulator.base_url, simulator.credentials, sleep=slept.append, per_minute=3)
    for _ in range(4):
        client.request("get", f"https://sheets.googleapis.com/v4/spreadsheets/{simulator.spreadsheet_id}")
    assert len(slept) == 1
    assert 50 < slept[0] <= 60


def test_sentences_read_well_in_both_languages(store: GoogleSheetsStore) -> None:
    trouble = UnknownOutcome()
    assert "不会重复写入" in trouble.hint
    reset = LANG.set("en")
    assert "does not write twice" in trouble.hint
    LANG.reset(reset)
