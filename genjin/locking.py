"""One run at a time in a workspace (SYNC 1, "Locks")."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from filelock import FileLock, Timeout

from followup.errors import Failed, Refused
from genjin.workspace import Workspace


@contextlib.contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace. Raises Refused `run.busy` while another run does, Failed `data.unwritable`."""
    try:
        workspace.data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(workspace.data / "run.lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise Refused("run.busy") from error
    except OSError as error:
        raise Failed("data.unwritable", path=str(workspace.data)) from error
    try:
        yield
    finally:
        lock.release()
