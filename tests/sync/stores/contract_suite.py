"""What every store must do: a store's tests inherit `StoreContract` and say how to make one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest

from followup.errors import Refused
from followup.grid import Grid, Raw
from sync.stores.contract import SheetEdit, Snapshot, Store, Value

SHEET = "客户"
HEADER = ["编号", "名称", "金额", "日期"]
ROWS: list[list[Value]] = [
    ["C-A7K3M9Q-T", "华东制造", 1200, date(2024, 5, 5)],
    ["C-B7K3M9Q-X", "00123", 5.5, None],
    ["C-C7K3M9Q-Y", None, None, datetime(2024, 5, 6, 9, 30)],
]


def whole_text(grid: Grid) -> list[list[Raw]]:
    """The rows without trailing blanks, so that ragged and padded grids compare equal."""
    rows = [list(row) for row in grid.rows]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def days(value: Raw) -> Raw:
    """A date as a store that shows serial numbers (`Grid.serial_dates`) reads it."""
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return (moment - datetime(1899, 12, 30)).total_seconds() / 86_400
    return value


class StoreContract:
    """Inherit and override `make`; `touch` must change the store as a person would, behind its back."""

    def make(self, sheets: dict[str, Sequence[Sequence[Value]]]) -> Store:
        raise NotImplementedError

    def touch(self, store: Store, sheet: str, row: int, column: int, value: Value) -> None:
        raise NotImplementedError

    # ------------------------------------------------------------------ helpers

    @pytest.fixture
    def store(self) -> Store:
        return self.make({SHEET: [HEADER, *ROWS], "_元数据": [["键", "值"]]})

    def same(self, grid: Grid, row: int, column: int, value: Raw) -> bool:
        shown = grid.cell(row, column)
        if grid.serial_dates and isinstance(value, date):
            return shown == pytest.approx(days(value), abs=1e-6)
        if isinstance(value, float) and isinstance(shown, int | float):
            return shown == pytest.approx(value)
        return shown == value and isinstance(shown, bool) == isinstance(value, bool)

    def set(self, store: Store, cells: dict[tuple[int, int], Value]) -> Snapshot:
        store.apply([SheetEdit(SHEET, cells, last_row=4, width=4)], store.read())
        return store.read()

    # ------------------------------------------------------------------ reading

    def test_reads_every_sheet_in_order_with_typed_cells(self, store: Store) -> None:
        snapshot = store.read()
        assert list(snapshot.grids) == [SHEET, "_元数据"]
        grid = snapshot.grids[SHEET]
        for number, row in enumerate([HEADER, *ROWS], 1):
            for column, value in enumerate(row, 1):
                assert self.same(grid, number, column, value), (number, column, grid.cell(number, column))
        assert isinstance(grid.cell(3, 2), str)

    def test_reading_twice_gives_the_same_fingerprint(self, store: Store) -> None:
        assert store.read().fingerprint == store.read().fingerprint

    # ------------------------------------------------------------------ cells

    @pytest.mark.parametrize(
        "value",
        [
            "文字", "00123", "=1+1", "+86 138", "-5%折扣", "@张伟", "1-2", "2024-05-05", "TRUE", "'abc", "a\nb", " 两端 ",
            "<b>&amp;\"'", "😀", "_x0041_", 0, 7, -3, 12.5, 1e-7, True, False, date(2024, 5, 5),
            datetime(2024, 5, 5, 18, 30, 15),
        ],
    )  # fmt: skip
    def test_a_value_reads_back_as_it_was_set(self, store: Store, value: Value) -> None:
        grid = self.set(store, {(3, 3): value}).grids[SHEET]
        assert isinstance(value, str | int | float | date)
        assert self.same(grid, 3, 3, value), grid.cell(3, 3)

    def test_a_decimal_is_a_number(self, store: Store) -> None:
        assert self.set(store, {(2, 3): Decimal("1234.56")}).grids[SHEET].cell(2, 3) == 1234.56

    def test_blank_clears_a_cell(self, store: Store) -> None:
        grid = self.set(store, {(2, 2): None, (2, 3): "", (2, 4): None}).grids[SHEET]
        assert [grid.cell(2, c) for c in (2, 3, 4)] == [None, None, None]
        assert grid.cell(2, 1) == ROWS[0][0]

    def test_a_number_where_a_date_stood_is_a_number(self, store: Store) -> None:
        assert self.set(store, {(2, 4): 12}).grids[SHEET].cell(2, 4) == 12

    def test_only_the_named_cells_change(self, store: Store) -> None:
        before = whole_text(store.read().grids[SHEET])
        after = whole_text(self.set(store, {(3, 2): "改", (2, 3): 9}).grids[SHEET])
        before[2][1], before[1][2] = "改", 9
        assert after == before

    # ------------------------------------------------------------------ rows

    def test_appended_rows_stand_after_the_last(self, store: Store) -> None:
        new: list[dict[int, Value]] = [{1: "C-D7K3M9Q-Z", 2: "新客户", 4: date(2024, 6, 1)}, {1: "C-E7K3M9Q-Z", 3: 5}]
        store.apply([SheetEdit(SHEET, appended=new, last_row=4, width=4)], store.read())
        grid = store.read().grids[SHEET]
        for number, row in enumerate(new, 5):
            for column in range(1, 5):
                assert self.same(grid, number, column, row.get(column)), (number, column)
        assert len(whole_text(grid)) == 6

    def test_removed_rows_show_nothing_of_what_they_held(self, store: Store) -> None:
        store.apply([SheetEdit(SHEET, removed=[3], last_row=4, width=4)], store.read())
        rows = [row for row in whole_text(store.read().grids[SHEET]) if row]
        assert [row[0] for row in rows] == ["编号", "C-A7K3M9Q-T", "C-C7K3M9Q-Y"]

    def test_cells_appends_and_removals_in_one_step(self, store: Store) -> None:
        edit = SheetEdit(
            SHEET,
            {(2, 2): "改名"},
            [{1: "C-D7K3M9Q-Z", 2: "新"}],
            [3],
            last_row=4,
            width=4,
            guard={(2, 1): "C-A7K3M9Q-T"},
        )
        store.apply([edit], store.read())
        rows = [row for row in whole_text(store.read().grids[SHEET]) if row]
        assert [row[:2] for row in rows[1:3]] == [["C-A7K3M9Q-T", "改名"], ["C-C7K3M9Q-Y", None]]
        assert rows[3] == ["C-D7K3M9Q-Z", "新"]

    # ------------------------------------------------------------------ refusing

    def test_refuses_when_it_moved_since_it_was_read_and_writes_nothing(self, store: Store) -> None:
        seen = store.read()
        self.touch(store, SHEET, 2, 2, "同事改的")
        between = store.read()
        with pytest.raises(Refused) as refused:
            store.apply([SheetEdit(SHEET, {(3, 2): "我改的"}, last_row=4)], seen)
        assert refused.value.code == "store.moved"
        assert store.read() == between

    def test_refuses_when_a_guarded_row_is_another(self, store: Store) -> None:
        before = store.read()
        with pytest.raises(Refused):
            store.apply([SheetEdit(SHEET, {(3, 2): "x"}, last_row=4, guard={(3, 1): "C-Z9Z9Z9Z-A"})], before)
        assert store.read() == before

    # ------------------------------------------------------------------ fingerprint and token

    def test_the_fingerprint_changes_with_content_and_is_told_by_apply(self, store: Store) -> None:
        before = store.read()
        applied = store.apply([SheetEdit(SHEET, {(2, 2): "新名"}, last_row=4)], before)
        assert applied.fingerprint == store.read().fingerprint != before.fingerprint
        assert not applied.missed

    def test_a_token_is_known_once_its_write_happened(self, store: Store) -> None:
        assert not store.has_token("plan-1")
        stamp = SheetEdit("_元数据", {(2, 1): "stamp", (2, 2): "plan-1"}, last_row=1)
        store.apply([stamp, SheetEdit(SHEET, {(2, 2): "新名"}, last_row=4)], store.read(), token="plan-1")
        assert store.has_token("plan-1")
        assert not store.has_token("plan-2")
