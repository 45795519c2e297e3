"""MemoryStore keeps the store contract."""

from __future__ import annotations

from collections.abc import Sequence

from sync.stores.contract import SheetEdit, Store, Value
from sync.stores.memory import MemoryStore
from tests.sync.stores.contract_suite import StoreContract


class TestMemoryStore(StoreContract):
    def make(self, sheets: dict[str, Sequence[Sequence[Value]]]) -> Store:
        return MemoryStore(sheets)

    def touch(self, store: Store, sheet: str, row: int, column: int, value: Value) -> None:
        store.apply([SheetEdit(sheet, {(row, column): value})], store.read())
