"""A workbook that somebody has open is not written; who has it is told."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from followup.errors import Refused
from sync.stores.excel_file import set_cells
from sync.stores.excel_file.locks import holder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "客户跟进表2024.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("客户").write(0, 0, "编号")
    return path


def owner_file(name: str) -> bytes:
    """Excel's owner file: 165 bytes, the name in ANSI first and in UTF-16 from byte 57."""
    ansi, wide = name.encode("gb18030"), name.encode("utf-16-le")
    data = bytes([len(ansi)]) + ansi.ljust(54, b" ") + len(name).to_bytes(2, "little") + wide
    return data.ljust(165, b" ")[:165]


def refused(path: Path) -> Refused:
    before = path.read_bytes()
    with pytest.raises(Refused) as error:
        set_cells(path, "客户", {(2, 1): "C-1"})
    assert path.read_bytes() == before
    assert error.value.code == "file.locked"
    return error.value


@pytest.mark.parametrize("owner", ["~$客户跟进表2024.xlsx", "~$跟进表2024.xlsx"])
def test_open_in_excel(path: Path, owner: str) -> None:
    path.with_name(owner).write_bytes(owner_file("王 小明"))
    assert "王 小明" in refused(path).message


def test_open_in_wps(path: Path) -> None:
    path.with_name(f".~{path.name}").write_bytes(owner_file("李娜"))
    assert "李娜" in refused(path).message


def test_open_in_libreoffice_on_another_machine(path: Path) -> None:
    path.with_name(f".~lock.{path.name}#").write_text(",zhang,DESKTOP-7,27.11.2026 10:00,file:///home/zhang/4;")
    error = refused(path)
    assert "zhang" in error.message
    assert "LibreOffice" in error.message


def libreoffice_lock(path: Path) -> None:
    line = f",{getpass.getuser()},{socket.gethostname()},27.11.2026 10:00,file:///no/such/profile/4;"
    path.with_name(f".~lock.{path.name}#").write_text(line)


def test_what_a_killed_libreoffice_of_this_machine_left_does_not_lock(path: Path) -> None:
    libreoffice_lock(path)
    assert holder(path) is None
    set_cells(path, "客户", {(2, 1): "C-1"})


def test_a_live_program_of_this_machine_that_holds_the_file_locks(path: Path) -> None:
    libreoffice_lock(path)
    with path.open("rb"):
        assert refused(path)


def test_a_real_libreoffice_locks_and_is_told(path: Path, tmp_path: Path, program: Callable[[str], str]) -> None:
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    process = subprocess.Popen(
        [program("soffice"), home, "--headless", "--norestore", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        lock = path.with_name(f".~lock.{path.name}#")
        deadline = time.monotonic() + 40
        while not lock.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert "LibreOffice" in refused(path).message
    finally:
        os.killpg(process.pid, 9)
        process.wait()
    deadline = time.monotonic() + 10
    while holder(path) is not None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert lock.exists()  # a killed LibreOffice leaves it behind
    set_cells(path, "客户", {(2, 1): "C-1"})
