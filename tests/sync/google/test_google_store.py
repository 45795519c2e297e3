"""How many calls a read and a write take, what a write touches, and how a large one is split."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.errors import Refused
from sync.google_simulator import Simulator
from sync.stores.contract import SheetEdit, Value
from sync.stores.google_sheets import Client, GoogleSheetsStore, batches
from sync.stores.google_sheets.batches import SHELF, rectangles, spans
from tests.sync.google.conftest import Make

TAB = "客户"
ROWS: list[list[Value]] = [["编号", "名称", "日期"], *[[f"C-{n}", f"公司{n}", date(2024, 5, n)] for n in range(1, 10)]]


@pytest.fixture
def store(make: Make) -> GoogleSheetsStore:
    return make({TAB: ROWS})


def test_a_read_is_one_call_and_a_write_is_one_call(store: GoogleSheetsStore, simulator: Simulator) -> None:
    simulator.log.clear()
    seen = store.read()
    edit = SheetEdit(TAB, {(2, 2): "新"}, [{1: "C-77", 2: "加"}], [4], width=3, guard={(2, 1): "C-1", (4, 1): "C-3"})
    assert not store.apply([edit], seen, token="t").missed
    assert [entry["method"] for entry in simulator.log] == ["GET", "POST"]


def test_a_tab_that_is_missing_is_missing_in_the_snapshot(store: GoogleSheetsStore, client: Client) -> None:
    wider = GoogleSheetsStore(client, store.id, ["没有", TAB])
    assert list(wider.read().grids) == [TAB]
    assert not GoogleSheetsStore(client, store.id, ["没有"]).read().grids


def test_errors_formulas_and_hidden_tabs_are_told(store: GoogleSheetsStore, simulator: Simulator) -> None:
    simulator.edit(sheet=TAB, set={"B2": "=1/0", "B3": "=1+1"})
    grid = store.read().grids[TAB]
    assert (grid.cell(2, 2), grid.cell(3, 2)) == ("#DIV/0!", 2)
    assert grid.formulas == {(2, 2), (3, 2)}
    assert grid.errors == {(2, 2)}


def test_another_process_can_write_what_was_planned(store: GoogleSheetsStore, client: Client) -> None:
    seen = store.read()
    fresh = GoogleSheetsStore(client, store.id, [TAB], spoke="s1")
    fresh.apply([SheetEdit(TAB, {(2, 2): "新"}, width=3, guard={(2, 1): "C-1"})], seen)
    assert store.read().grids[TAB].cell(2, 2) == "新"


def test_a_tab_deleted_in_between_is_refused(make: Make, simulator: Simulator) -> None:
    store = make({TAB: ROWS, "别的": [["x"]]})
    seen = store.read()
    simulator.edit(sheet=TAB, delete_sheet=True)
    with pytest.raises(Refused) as refused:
        store.apply([SheetEdit("别的", {(1, 1): "y"}), SheetEdit(TAB, {(2, 2): "新"})], seen)
    assert refused.value.code == "store.moved"
    assert store.read().grids["别的"].cell(1, 1) == "x"


def test_formats_lists_and_notes_of_a_cell_stay(store: GoogleSheetsStore, client: Client, simulator: Simulator) -> None:
    book = simulator.drive.books[store.id]
    sheet = book.by_title(TAB)
    assert sheet is not None
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "老客户"}
    sheet.put(1, 1, sheet.get(1, 1) | look)
    store.apply([SheetEdit(TAB, {(2, 2): None, (2, 3): date(2025, 1, 1)})], store.read())
    cell = simulator.drive.books[store.id].by_title(TAB).get(1, 1)  # type: ignore[union-attr]
    assert cell == look


def test_a_date_in_a_blank_cell_is_shown_as_a_date(store: GoogleSheetsStore, simulator: Simulator) -> None:
    store.apply([SheetEdit(TAB, {(2, 5): date(2024, 6, 1)}, appended=[{1: "C-10", 3: date(2024, 6, 2)}])], store.read())
    sheet = simulator.drive.books[store.id].by_title(TAB)
    assert sheet is not None
    shown = [sheet.get(r, c)["userEnteredFormat"]["numberFormat"]["type"] for r, c in ((1, 4), (10, 2))]
    assert shown == ["DATE", "DATE"]


def test_a_large_write_is_split_and_the_last_part_carries_the_token(
    store: GoogleSheetsStore, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MAX_BYTES", 3000)
    monkeypatch.setattr(batches, "MAX_CELLS", 20)
    cells: dict[tuple[int, int], Value] = {(r, 2): f"很长的公司名称{r}" * 5 for r in range(2, 11)}
    added: list[dict[int, Value]] = [{1: f"D-{n}", 2: "加" * 30} for n in range(60)]
    edit = SheetEdit(TAB, cells, added, [3], width=3, guard={(r, 1): f"C-{r - 1}" for r in range(2, 11)})
    seen = store.read()
    simulator.log.clear()
    applied = store.apply([edit], seen, token="large")
    assert len(simulator.log) > 2
    assert not applied.missed
    after = store.read()
    assert applied.fingerprint == after.fingerprint
    assert len(after.grids[TAB].rows) == len(ROWS) + 60 - 1
    assert store.has_token("large")


def test_the_shelf_is_hidden_and_never_read(store: GoogleSheetsStore, simulator: Simulator, client: Client) -> None:
    sheet = simulator.drive.books[store.id].by_title(SHELF)
    assert sheet is not None
    assert sheet.properties["hidden"]
    assert SHELF not in GoogleSheetsStore(client, store.id).read().grids


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(1, 6))))
def test_rectangles_cover_every_place_once(places: set[tuple[int, int]]) -> None:
    covered = [
        (r, c)
        for top, bottom, left, right in rectangles(places)
        for r in range(top, bottom)
        for c in range(left, right)
    ]
    assert sorted(covered) == sorted(places)


@given(st.sets(st.integers(1, 40)))
def test_spans_cover_every_row_once(rows: set[int]) -> None:
    assert [r for first, last in spans(sorted(rows)) for r in range(first, last + 1)] == sorted(rows)
