"""A person moves or edits the shared sheet between our read and our write: nothing lands beside a wrong id for
good, nothing they typed is lost, and what was not written is told (SYNC E, PLATFORM 2 "Writing")."""

from __future__ import annotations

import random
from typing import Any

import pytest

from followup.grid import Grid, Raw
from sync.google_simulator import Simulator
from sync.stores.contract import SheetEdit, Value
from sync.stores.google_sheets import GoogleSheetsStore
from tests.sync.google.conftest import Make

TAB = "客户"
ROWS: list[list[Value]] = [
    ["编号", "名称", "备注"],
    ["C-1", "丙公司", "旧1"],
    ["C-2", "甲公司", "旧2"],
    ["C-3", "丁公司", "旧3"],
    ["C-4", "乙公司", "旧4"],
]


def by_id(grid: Grid) -> dict[str, list[Raw]]:
    rows = [[grid.cell(r, c) for c in (1, 2, 3)] for r in range(2, len(grid.rows) + 1)]
    return {str(row[0]): row[1:] for row in rows if row[0] is not None}


def note(row: int, text: Value) -> SheetEdit:
    return SheetEdit(TAB, {(row, 3): text}, last_row=5, width=3, guard={(row, 1): str(ROWS[row - 1][0])})


@pytest.fixture
def store(make: Make) -> GoogleSheetsStore:
    return make({TAB: ROWS})


def meanwhile(simulator: Simulator, **edit: Any) -> None:
    """A person's edit just before the next batch of ours is done."""
    simulator.fault(match="POST .*:batchUpdate", edit={"sheet": TAB, **edit})


def test_an_undisturbed_write_is_one_call(store: GoogleSheetsStore, simulator: Simulator) -> None:
    seen = store.read()
    simulator.log.clear()
    applied = store.apply([note(2, "新1")], seen)
    assert len(simulator.log) == 1
    assert not applied.missed
    assert by_id(store.read().grids[TAB])["C-1"] == ["丙公司", "新1"]


def test_a_sort_in_between_is_repaired_and_told(store: GoogleSheetsStore, simulator: Simulator) -> None:
    seen = store.read()
    meanwhile(simulator, sort={"column": "B"})
    applied = store.apply([note(2, "新1")], seen)
    assert applied.missed == {(TAB, 2, 3)}
    rows = by_id(store.read().grids[TAB])
    assert rows == {
        "C-1": ["丙公司", "旧1"],
        "C-2": ["甲公司", "旧2"],
        "C-3": ["丁公司", "旧3"],
        "C-4": ["乙公司", "旧4"],
    }
    assert applied.fingerprint == store.read().fingerprint


def test_a_row_inserted_above_is_blank_again(store: GoogleSheetsStore, simulator: Simulator) -> None:
    seen = store.read()
    meanwhile(simulator, insert_rows={"before": 2})
    assert store.apply([note(2, "新1")], seen).missed == {(TAB, 2, 3)}
    grid = store.read().grids[TAB]
    assert [grid.cell(2, c) for c in (1, 2, 3)] == [None, None, None]
    assert by_id(grid)["C-1"] == ["丙公司", "旧1"]


def test_what_a_person_typed_into_the_very_cell_stays(store: GoogleSheetsStore, simulator: Simulator) -> None:
    seen = store.read()
    meanwhile(simulator, set={"C2": "同事刚写的"})
    applied = store.apply([note(2, "新1"), note(3, "新2")], seen)
    assert applied.missed == {(TAB, 2, 3)}
    rows = by_id(store.read().grids[TAB])
    assert (rows["C-1"][1], rows["C-2"][1]) == ("同事刚写的", "新2")


def test_a_row_removed_by_mistake_comes_back_whole(store: GoogleSheetsStore, simulator: Simulator) -> None:
    seen = store.read()
    meanwhile(simulator, sort={"column": "B"}, set={"B5": "甲甲公司"})
    edit = SheetEdit(TAB, removed=[2], last_row=5, width=3, guard={(2, 1): "C-1"})
    assert store.apply([edit], seen).missed == {(TAB, 2, 1)}
    rows = by_id(store.read().grids[TAB])
    assert set(rows) == {"C-1", "C-2", "C-3", "C-4"}
    assert rows["C-4"][0] == "甲甲公司"


def test_an_id_never_stays_beside_other_content(make: Make, simulator: Simulator) -> None:
    """SYNC B24: a row typed in Google gets its id; sorted away meanwhile, the id is taken back."""
    store = make({TAB: [ROWS[0], [None, "丙公司", "旧1"], [None, "甲公司", "旧2"]]})
    seen = store.read()
    meanwhile(simulator, sort={"column": "B", "descending": True})
    edit = SheetEdit(TAB, {(2, 1): "C-1"}, last_row=3, width=3, guard={(2, 1): ""})
    assert store.apply([edit], seen).missed == {(TAB, 2, 1)}
    assert [store.read().grids[TAB].cell(r, 1) for r in (2, 3)] == [None, None]
    applied = store.apply([SheetEdit(TAB, {(3, 1): "C-1"}, last_row=3, width=3, guard={(3, 1): ""})], store.read())
    assert not applied.missed
    assert store.read().grids[TAB].rows[2] == ["C-1", "丙公司", "旧1"]


def test_a_formula_that_was_hit_is_a_formula_again(make: Make, simulator: Simulator) -> None:
    store = make({TAB: ROWS})
    simulator.edit(sheet=TAB, set={"C3": "=1+1"})
    seen = store.read()
    assert (3, 3) in seen.grids[TAB].formulas
    meanwhile(simulator, sort={"column": "B", "descending": True})
    store.apply([note(2, "新1")], seen)
    grid = store.read().grids[TAB]
    assert by_id(grid)["C-2"] == ["甲公司", 2]
    assert (2, 3) in grid.formulas


def test_a_repair_that_is_struck_too_is_tried_again(store: GoogleSheetsStore, simulator: Simulator) -> None:
    seen = store.read()
    meanwhile(simulator, sort={"column": "B"})
    meanwhile(simulator, sort={"column": "A"})
    simulator.log.clear()
    assert store.apply([note(2, "新1")], seen).missed == {(TAB, 2, 3)}
    assert len(simulator.log) == 5  # write, read, repair (struck), read, repair
    rows = by_id(store.read().grids[TAB])
    assert {id: row[1] for id, row in rows.items()} == {"C-1": "旧1", "C-2": "旧2", "C-3": "旧3", "C-4": "旧4"}


@pytest.mark.parametrize("seed", range(40))
def test_whatever_a_person_does_meanwhile(seed: int, store: GoogleSheetsStore, simulator: Simulator) -> None:
    """Every cell ends as ours where it is accounted, and as the person left it everywhere else."""
    dice = random.Random(seed)
    chosen = dice.sample(range(2, 6), dice.randint(1, 4))
    gone = dice.choice([None, *[r for r in range(2, 6) if r not in chosen]])
    edits = [note(row, f"新{row - 1}") for row in chosen if row != gone]
    if gone:
        edits.append(SheetEdit(TAB, removed=[gone], last_row=5, width=3, guard={(gone, 1): str(ROWS[gone - 1][0])}))
    person = _person(dice)
    simulator.edit(sheet=TAB, **person)  # what the sheet is when only the person edits it
    theirs = by_id(store.read().grids[TAB])
    simulator.reset()
    store = _again(store, simulator)
    seen = store.read()
    simulator.fault(match="POST .*:batchUpdate", edit={"sheet": TAB, **person})
    merged = SheetEdit(TAB, {}, last_row=5, width=3)
    for edit in edits:
        merged.cells |= edit.cells
        merged.guard |= edit.guard
        merged.removed += edit.removed
    missed = store.apply([merged], seen).missed
    want = {id: list(row) for id, row in theirs.items()}
    for (row, column), value in merged.cells.items():
        id = str(ROWS[row - 1][0])
        if (TAB, row, column) not in missed and id in want:
            want[id][1] = value  # type: ignore[call-overload]
    if gone and (TAB, gone, 1) not in missed:
        want.pop(str(ROWS[gone - 1][0]), None)
    assert by_id(store.read().grids[TAB]) == want, (person, chosen, gone, missed)


def _person(dice: random.Random) -> dict[str, Any]:
    return dice.choice(
        [
            {"sort": {"column": dice.choice("ABC"), "descending": dice.random() < 0.5}},
            {"insert_rows": {"before": dice.randint(2, 6), "count": dice.randint(1, 2)}},
            {"delete_rows": dice.sample(range(2, 6), dice.randint(1, 2))},
            {"set": {f"{dice.choice('BC')}{dice.randint(2, 5)}": "同事写的"}},
            {"set": {f"C{dice.randint(2, 5)}": ""}},
            {"append": [["C-9", "新客户", "手机上加的"]]},
            {"set": {"C3": "同事写的"}, "sort": {"column": "B"}},
        ]
    )


def _again(store: GoogleSheetsStore, simulator: Simulator) -> GoogleSheetsStore:
    requests = [{"addSheet": {"properties": {"title": TAB}}}, {"deleteSheet": {"sheetId": 0}}]
    store.client.batch_update(simulator.spreadsheet_id, {"requests": requests})
    fresh = GoogleSheetsStore(store.client, simulator.spreadsheet_id, [TAB], spoke="s1")
    cells = {(r, c): v for r, row in enumerate(ROWS, 1) for c, v in enumerate(row, 1)}
    fresh.apply([SheetEdit(TAB, cells)], fresh.read())
    return fresh
