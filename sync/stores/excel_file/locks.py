"""Does a person have this workbook open, and who?

Excel leaves `~$name.xlsx` (the name in ANSI from byte 1, in UTF-16 from byte 57), LibreOffice
`.~lock.name.xlsx#` (`,login,host,time,profile;`), WPS `.~name.xlsx`.
"""

from __future__ import annotations

import getpass
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from followup.errors import Refused
from followup.wording import say

from . import wording as _wording  # noqa: F401


@dataclass(frozen=True)
class Holder:
    """Who has a workbook open: the program, the person and the machine as far as they are told."""

    application: str
    person: str = ""
    machine: str = ""

    def __str__(self) -> str:
        who = self.person or (say("this.computer", app=self.application) if self.machine else say("someone"))
        return f"{who} ({self.application})" if self.person else who


def holder(path: Path) -> Holder | None:
    """Who has `path` open; None when nobody does, or what is left is a dead program's file."""
    return _excel(path) or _libreoffice(path) or _wps(path)


def refuse_if_open(path: Path) -> None:
    """Raise Refused `file.locked` while a person has the workbook open."""
    found = holder(path)
    if found is not None:
        raise Refused("file.locked", file=path.name, who=str(found))


def _owner_names(path: Path) -> list[str]:
    # Excel shortens its owner file's name when the workbook's is long: "~$" replaces the first two letters.
    return [f"~${path.name}", *([f"~${path.name[2:]}"] if len(path.stem) > 6 else [])]


def _excel(path: Path) -> Holder | None:
    for name in _owner_names(path):
        data = _content(path.with_name(name))
        if data is not None and not _abandoned(path, path.with_name(name)):
            return Holder("Excel", _excel_person(data))
    return None


def _excel_person(data: bytes) -> str:
    if len(data) >= 57:
        length = int.from_bytes(data[55:57], "little")
        wide = data[57 : 57 + 2 * length].decode("utf-16-le", "replace").rstrip("\0 ")
        if wide:
            return wide
    return data[1 : 1 + data[0]].decode("gb18030", "replace").rstrip("\0 ") if data else ""


def _libreoffice(path: Path) -> Holder | None:
    lock = path.with_name(f".~lock.{path.name}#")
    data = _content(lock)
    if data is None:
        return None
    fields = [*data.decode("utf-8", "replace").strip().rstrip(";").split(","), "", "", "", ""]
    person, login, machine, profile = fields[0], fields[1], fields[2], fields[4]
    if machine == socket.gethostname() and _abandoned(path, lock, login or person or "?", profile):
        return None
    return Holder("LibreOffice", person or login, machine)


def _wps(path: Path) -> Holder | None:
    data = _content(path.with_name(f".~{path.name}"))
    if data is None or _abandoned(path, path.with_name(f".~{path.name}")):
        return None
    return Holder("WPS", _excel_person(data) if len(data) >= 57 else "")


def _content(path: Path) -> bytes | None:
    """The owner file's first bytes; b"" when it is there but held so that it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(1024)
    except FileNotFoundError:
        return None
    except OSError:
        return b""


def _abandoned(path: Path, lock: Path, login: str = "", profile: str = "") -> bool:
    """Whether it is certain that no program holds the workbook or its owner file any more.

    On Windows a live owner file is not shared for writing, by the file server neither. On Linux
    /proc tells, and only for programs of this machine (the caller compares the host).
    """
    if sys.platform == "win32":
        try:
            with lock.open("r+b"):
                return True
        except OSError:
            return False
    if sys.platform != "linux" or not login:
        return False
    return not any(_holds(process, path, lock, login, profile) for process in Path("/proc").glob("[0-9]*"))


def _holds(process: Path, path: Path, lock: Path, login: str, profile: str) -> bool:
    """Whether a process holds either file, or may: LibreOffice need not keep a descriptor on its document."""
    try:
        command = (process / "cmdline").read_bytes().decode("utf-8", "replace")
        if "soffice" in command.partition("\0")[0]:
            runs_in = command.partition("-env:UserInstallation=")[2].partition("\0")[0].rstrip("/")
            if not profile or not runs_in or profile.startswith(runs_in):
                return True
        descriptors = list((process / "fd").iterdir())
    except PermissionError:
        return login != getpass.getuser()  # another person's process, and another person's lock
    except OSError:
        return False
    targets = {str(path.resolve()), str(lock.resolve())}
    for descriptor in descriptors:
        with suppress(OSError):
            if str(descriptor.readlink()) in targets:
                return True
    return False
