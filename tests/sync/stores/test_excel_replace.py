"""A new version takes the old one's place whole, or not at all: kills, full disks, late changes, rights, copies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from followup.errors import Failed, Refused, Trouble
from sync.stores.contract import SheetEdit
from sync.stores.excel_file import ExcelFileStore, set_cells, write_file
from sync.stores.excel_file import replace as replacing
from sync.stores.excel_file import store as storing

DRIVER = '''
import os, signal, sys
from pathlib import Path
target, stop = Path(sys.argv[1]), int(sys.argv[2])
count = 0
def hook(event, arguments):
    """Kill this process before its n-th act on the disk."""
    global count
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "tempfile.mkstemp", "os.truncate", "shutil.copyfile"):
        if not any(str(target.parent) in str(a) for a in arguments):
            return
    elif event != "fsync":
        return
    count += 1
    if count == stop:
        os.kill(os.getpid(), signal.SIGKILL)
from sync.stores.excel_file import set_cells
real = os.fsync
def fsync(handle):
    hook("fsync", ())
    real(handle)
    hook("fsync", ())
os.fsync = fsync
sys.addaudithook(hook)
set_cells(target, "客户", {(2, 2): "新"}, backup_dir=target.parent / "备份")
print(count)
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "销售 部"
    folder.mkdir()
    path = folder / "客户.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户")
        sheet.write_row(0, 0, ["编号", "名称"])
        sheet.write_row(1, 0, ["C-1", "旧"])
    return path


def name_in(path: Path) -> object:
    return ExcelFileStore(path).read().grids["客户"].cell(2, 2)


def run_killed(path: Path, stop: int) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(
        [sys.executable, "-c", DRIVER, str(path), str(stop)], env=environment, capture_output=True, text=True
    )


def test_killed_at_any_step_the_file_is_the_old_or_the_new_one(path: Path) -> None:
    old = path.read_bytes()
    steps = int(run_killed(path, 0).stdout)
    new = path.read_bytes()
    assert old != new
    assert steps > 10
    seen = set()
    for stop in range(1, steps + 1):
        path.write_bytes(old)
        assert run_killed(path, stop).returncode == -9
        assert path.read_bytes() in (old, new), stop
        seen.add(path.read_bytes() == new)
    assert seen == {False, True}
    path.write_bytes(old)
    set_cells(path, "客户", {(2, 2): "新"})
    assert sorted(one.name for one in path.parent.iterdir()) == ["备份", "客户.xlsx"]  # what the killed left is gone


def test_a_dated_copy_is_kept_and_the_newest_thirty_stay(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    for day in range(10, 28):
        for hour in (10, 11):
            (folder / f"202401{day}-{hour}0000-客户.xlsx").write_bytes(b"x")
    other = folder / "20240101-100000-别的.xlsx"
    other.write_bytes(b"x")
    before = path.read_bytes()
    store = ExcelFileStore(path, folder)
    applied = store.apply([SheetEdit("客户", {(2, 2): "新"})], store.read())
    assert Path(applied.backup).read_bytes() == before
    kept = [one for one in folder.iterdir() if one.name.endswith("-客户.xlsx")]
    assert len(kept) == 30
    assert Path(applied.backup) in kept
    assert other.exists()


def test_rights_are_kept(path: Path) -> None:
    path.chmod(0o640)
    set_cells(path, "客户", {(2, 2): "新"})
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_refused_before_anything(path: Path) -> None:
    path.chmod(0o440)
    before = path.read_bytes()
    with pytest.raises(Refused) as error:
        set_cells(path, "客户", {(2, 2): "新"})
    assert error.value.code == "file.read_only"
    assert path.read_bytes() == before


def test_a_file_that_changed_while_the_copy_was_written_is_left_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storing.write_edited

    def meanwhile(*arguments: object) -> object:
        edited = real(*arguments)  # type: ignore[arg-type]
        with xlsxwriter.Workbook(path) as workbook:
            workbook.add_worksheet("客户").write(1, 1, "同事刚改的")
        return edited

    monkeypatch.setattr(storing, "write_edited", meanwhile)
    with pytest.raises(Refused) as error:
        set_cells(path, "客户", {(2, 2): "新"})
    assert error.value.code == "store.moved"
    assert name_in(path) == "同事刚改的"
    assert [one.name for one in path.parent.iterdir()] == ["客户.xlsx"]


def test_a_file_that_was_opened_while_the_copy_was_written_is_left_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storing.write_edited

    def meanwhile(*arguments: object) -> object:
        path.with_name("~$客户.xlsx").write_bytes(b"\x02me" + bytes(162))
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(storing, "write_edited", meanwhile)
    with pytest.raises(Refused) as error:
        set_cells(path, "客户", {(2, 2): "新"})
    assert error.value.code == "file.locked"
    assert name_in(path) == "旧"


@pytest.mark.parametrize("step", ["flushed", "_same_rights", "_backed_up"])
def test_a_full_disk_leaves_the_file_alone(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing if step == "flushed" else replacing, step, full)
    before = path.read_bytes()
    with pytest.raises(Failed) as error:
        set_cells(path, "客户", {(2, 2): "新"}, backup_dir=tmp_path / "备份")
    assert error.value.code == "file.disk"
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["客户.xlsx"]


def test_a_copy_that_does_not_read_back_never_takes_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sync.stores.excel_file.cells import CellWriter

    real: Callable[..., bytes] = CellWriter._ending
    monkeypatch.setattr(CellWriter, "_ending", lambda self, style, value: real(self, style, f"{value}?"))
    with pytest.raises(Failed) as error:
        set_cells(path, "客户", {(2, 2): "新"})
    assert error.value.code == "file.verify"
    assert name_in(path) == "旧"


def test_written_into_another_file_the_original_stays(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "副本.xlsx"
    before = path.read_bytes()
    set_cells(path, "客户", {(2, 2): "新"}, out)
    assert path.read_bytes() == before
    assert name_in(out) == "新"


@pytest.mark.parametrize(
    ("value", "code"),
    [("字" * 32_768, "cell.too_long"), ("😀" * 16_384, "cell.too_long"), (float("inf"), "cell.not_a_value")],
)
def test_what_a_cell_cannot_hold_is_refused(path: Path, value: str | float, code: str) -> None:
    before = path.read_bytes()
    with pytest.raises(Trouble) as error:
        set_cells(path, "客户", {(2, 2): "好", (7, 2): value})
    assert error.value.code == code
    assert "B7" in error.value.message
    assert path.read_bytes() == before


def test_nothing_to_write_writes_nothing(path: Path) -> None:
    before = path.stat()
    write_file(path, [SheetEdit("客户")])
    assert path.stat().st_mtime_ns == before.st_mtime_ns
