"""GoogleSheetsStore keeps the store contract, over real HTTP."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sync.google_simulator import Simulator
from sync.stores.contract import SheetEdit, Store, Value
from tests.sync.stores.contract_suite import SHEET, StoreContract


class TestGoogleSheetsStore(StoreContract):
    @pytest.fixture(autouse=True)
    def _google(self, make, simulator: Simulator) -> None:  # type: ignore[no-untyped-def]
        self._make, self._simulator = make, simulator

    def make(self, sheets: dict[str, Sequence[Sequence[Value]]]) -> Store:
        return self._make(sheets)  # type: ignore[no-any-return]

    def touch(self, store: Store, sheet: str, row: int, column: int, value: Value) -> None:
        self._simulator.edit(sheet=sheet, set={f"{chr(64 + column)}{row}": value}, raw=True)

    def test_refuses_when_it_moved_since_it_was_read_and_writes_nothing(self, store: Store) -> None:
        """Google cannot compare before it writes: a colleague's other edits stay, ours is written beside its id."""
        seen = store.read()
        self.touch(store, SHEET, 2, 2, "同事改的")
        edit = SheetEdit(SHEET, {(3, 2): "我改的"}, last_row=4, width=4, guard={(3, 1): "C-B7K3M9Q-X"})
        assert not store.apply([edit], seen).missed
        grid = store.read().grids[SHEET]
        assert (grid.cell(2, 2), grid.cell(3, 2)) == ("同事改的", "我改的")
