"""How does a new version of a file take the old one's place so that a kill leaves one or the other, whole?

Temporary file in the same folder → fsync → verify → locks and content checked again → dated backup
→ `os.replace` → fsync of the folder.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from followup.errors import Failed, Refused

from . import wording as _wording  # noqa: F401
from .locks import refuse_if_open

KEEP_BACKUPS = 30
_TEMPORARY = ".genjin-"


def refuse_if_read_only(path: Path) -> None:
    """Raise Refused `file.read_only` when the file or its folder must not be written."""
    mode = path.stat().st_mode
    writable = mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    if not writable or not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK | os.X_OK):
        raise Refused("file.read_only", file=path.name)


@contextmanager
def temporary_beside(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file in the folder of `path`; it is gone afterwards unless it was moved away.

    Raises Refused `file.read_only` or Failed `file.disk`.
    """
    _sweep(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f"{_TEMPORARY}{os.getpid()}-", suffix=".tmp", dir=path.parent)
    except PermissionError as error:
        raise Refused("file.read_only", file=path.name) from error
    except OSError as error:
        raise Failed("file.disk", file=path.name, detail=error.strerror or "") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield temporary, file
    except OSError as error:
        raise Failed("file.disk", file=path.name, detail=error.strerror or type(error).__name__) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _sweep(path: Path) -> None:
    """Remove temporary files of runs that were killed."""
    for left in path.parent.glob(f"{_TEMPORARY}*.tmp"):
        number = left.name[len(_TEMPORARY) :].partition("-")[0]
        if number.isdigit() and int(number) != os.getpid() and not _runs(int(number)):
            with suppress(OSError):
                left.unlink()


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def flushed(file: BinaryIO) -> None:
    """Bring what was written to the disk."""
    file.flush()
    os.fsync(file.fileno())


def take_place(
    temporary: Path, path: Path, unchanged: Callable[[], bool], backup_dir: Path | None, moment: datetime | None = None
) -> str:
    """Put `temporary` in the place of `path`; the backup's path, or "" without `backup_dir`.

    Raises Refused `store.moved` when `unchanged` says that somebody wrote the file meanwhile,
    Refused `file.locked` when somebody has opened it.
    """
    _same_rights(path, temporary)
    refuse_if_open(path)
    if not unchanged():
        raise Refused("store.moved", file=path.name)
    backup = _backed_up(path, backup_dir, moment or datetime.now()) if backup_dir else ""
    _replaced(temporary, path)
    _sync_folder(path.parent)
    return backup


def _same_rights(path: Path, temporary: Path) -> None:
    info = path.stat()
    temporary.chmod(stat.S_IMODE(info.st_mode))
    if hasattr(os, "chown") and (info.st_uid, info.st_gid) != (os.getuid(), os.getgid()):
        with suppress(OSError):
            os.chown(temporary, info.st_uid, info.st_gid)


def _replaced(temporary: Path, path: Path, patience: float = 2.0) -> None:
    """`os.replace`; on Windows a scanner may hold the file for a moment."""
    deadline = time.monotonic() + patience
    while True:
        try:
            temporary.replace(path)
            return
        except PermissionError as error:
            if sys.platform != "win32":
                raise Refused("file.read_only", file=path.name) from error
            if time.monotonic() > deadline:
                raise Refused("file.locked", file=path.name, who="Excel") from error
            time.sleep(0.1)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _backed_up(path: Path, folder: Path, moment: datetime) -> str:
    """A dated copy of `path` in `folder`, the newest `KEEP_BACKUPS` of this name kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{moment:%Y%m%d-%H%M%S}-{path.name}"
        number = 1
        while target.exists():
            number += 1
            target = folder / f"{moment:%Y%m%d-%H%M%S}-{number}-{path.name}"
        partial = target.with_name(target.name + ".part")
        with path.open("rb") as source, partial.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1024 * 1024)
            flushed(copy)
        shutil.copystat(path, partial)
        partial.replace(target)
        _sync_folder(folder)
    except OSError as error:
        raise Failed("file.disk", file=path.name, detail=error.strerror or "") from error
    for old in backups(path, folder)[:-KEEP_BACKUPS]:
        with suppress(OSError):
            old.unlink()
    return str(target)


def backups(path: Path, folder: Path) -> list[Path]:
    """The dated copies of `path` in `folder`, oldest first."""
    found = [one for one in folder.glob("[0-9]*") if one.name.endswith("-" + path.name) and one.name[:8].isdigit()]
    return sorted(found, key=lambda one: (one.name[:15], len(one.name), one.name))
