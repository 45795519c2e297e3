"""A stand-in for Google in the test's process, over real HTTP; one key for all tests, emptied before each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from sync.google_simulator import Simulator
from sync.stores.contract import SheetEdit, Value
from sync.stores.google_sheets import Client, GoogleSheetsStore, connect


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("google")) as simulator:
        yield simulator


@pytest.fixture
def simulator(running: Simulator) -> Simulator:
    running.reset()
    return running


@pytest.fixture
def client(simulator: Simulator) -> Client:
    waits: list[float] = []
    client = connect(simulator.base_url, simulator.credentials, sleep=waits.append, jitter=lambda: 0.5)
    client.waits = waits  # type: ignore[attr-defined]
    return client


Make = Callable[[dict[str, Sequence[Sequence[Value]]]], GoogleSheetsStore]


@pytest.fixture
def make(simulator: Simulator, client: Client) -> Make:
    """A store whose tabs hold the given rows."""

    def made(sheets: dict[str, Sequence[Sequence[Value]]]) -> GoogleSheetsStore:
        requests: list[dict[str, object]] = [{"addSheet": {"properties": {"title": title}}} for title in sheets]
        client.batch_update(simulator.spreadsheet_id, {"requests": [*requests, {"deleteSheet": {"sheetId": 0}}]})
        store = GoogleSheetsStore(client, simulator.spreadsheet_id, list(sheets), spoke="s1")
        cells = {
            title: {
                (r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value is not None
            }
            for title, rows in sheets.items()
        }
        store.apply([SheetEdit(title, held) for title, held in cells.items()], store.read())
        return store

    return made
