"""The hub of a workspace: a shared Google Sheet, or the embedded stand-in that behaves like one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from followup.errors import Wrong
from genjin.workspace import Workspace
from sheets_templates.google import HUB_TABLES
from sync.google_simulator import Simulator
from sync.stores.google_sheets import Client, GoogleSheetsStore, connect

TITLES = [table.sheet for table in HUB_TABLES]


@dataclass
class Hub:
    """A hub that is reached: its client (which counts calls) and the id of the spreadsheet."""

    client: Client
    spreadsheet_id: str

    def store(self, spoke: str) -> GoogleSheetsStore:
        """The hub as a store, writing as `spoke`."""
        return GoogleSheetsStore(self.client, self.spreadsheet_id, TITLES, spoke=spoke)


@contextlib.contextmanager
def open_hub(workspace: Workspace) -> Iterator[Hub]:
    """Reach the hub of `workspace`; the embedded stand-in runs as long as it is needed.

    Raises Wrong `hub.off` where none is set up, and what `connect` raises.
    """
    settings = workspace.settings.hub
    if settings.kind == "none":
        raise Wrong("hub.off")
    if settings.kind != "google":
        raise Wrong("hub.kind", kind=settings.kind)
    if settings.endpoint != "simulator":
        credentials = Path(settings.credentials)
        if not credentials.is_absolute() and workspace.root is not None:
            credentials = workspace.root / credentials
        yield Hub(connect(settings.endpoint, credentials), settings.spreadsheet)
        return
    folder = workspace.data / "google"
    running = Simulator.running(folder)
    if running is not None:
        yield _stand_in(
            running["base_url"], Path(running["credentials"]), settings.spreadsheet or running["spreadsheet_id"]
        )
        return
    with Simulator(folder) as simulator:
        yield _stand_in(simulator.base_url, simulator.credentials, settings.spreadsheet or simulator.spreadsheet_id)


def _stand_in(base_url: str, credentials: Path, spreadsheet_id: str) -> Hub:
    return Hub(connect(base_url, credentials), spreadsheet_id)
