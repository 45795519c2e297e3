"""Two-way sync through the whole house: a real workbook, real HTTP to the stand-in, the state database (SYNC A-C, E, H)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genjin.request import Request
from genjin.run import execute
from genjin.workspace import at
from sync.google_simulator import Simulator
from sync.stores.contract import SheetEdit
from sync.stores.excel_file import ExcelFileStore, set_cells
from tests.genjin.conftest import NOW, Place

Make = Callable[..., Place]
CUSTOMERS, FOLLOWUPS = "客户基础信息", "跟进记录"


class Hub:
    """The shared sheet as its owner sees and edits it."""

    def __init__(self, place: Place) -> None:
        self.folder = place.root / ".genjin" / "google"

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        """The rows of a tab by header."""
        import requests

        with Simulator(self.folder) as simulator:
            url = f"{simulator.base_url}/v4/spreadsheets/{simulator.spreadsheet_id}/values/{sheet}"
            values = requests.get(url, timeout=30).json().get("values", [])
        header = values[0]
        return [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in values[1:] if any(row)]

    def edit(self, **given: Any) -> None:
        """A person's edit."""
        with Simulator(self.folder) as simulator:
            simulator.edit(raw=True, **given)

    def address(self, sheet: str, header: str, name: str) -> str:
        """The cell of a customer."""
        from followup.grid import column_letters

        rows = self.rows(sheet)
        key = "客户名称"
        number = next(n for n, row in enumerate(rows, 2) if row[key] == name)
        return f"{column_letters(list(rows[0]).index(header) + 1)}{number}"


def customers(*names: str, **cells: object) -> list[dict[str, object]]:
    return [
        {
            "customer_name": name,
            "customer_type": "潜在客户",
            "status": "意向客户",
            "first_contact_date": "2024-06-01",
            "owner": "张伟",
            **cells,
        }
        for name in names
    ]


def set_by_name(place: Place, header: str, name: str, value: str | None) -> None:
    """A person types into the closed workbook."""
    grid = ExcelFileStore(place.book).read().grids[CUSTOMERS]
    column = grid.rows[0].index(header) + 1
    row = next(n for n, cells in enumerate(grid.rows, 1) if cells[0] == name)
    set_cells(place.book, CUSTOMERS, {(row, column): value})


def delete_by_name(place: Place, *names: str) -> None:
    """A person deletes rows in the closed workbook."""
    store = ExcelFileStore(place.book)
    snapshot = store.read()
    grid = snapshot.grids[CUSTOMERS]
    rows = [n for n, cells in enumerate(grid.rows, 1) if cells and cells[0] in names]
    store.apply([SheetEdit(CUSTOMERS, last_row=len(grid.rows), removed=rows, width=60)], snapshot)


def by_name(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["客户名称"]: row for row in rows}


def test_both_sides_meet(place: Make) -> None:
    here = place(hub=True, customers=customers("甲公司", "乙公司", "丙公司", grade="B"))
    hub = Hub(here)
    first = here.run("sync", "--json").json
    assert first["workbooks"][0]["to_hub"]["rows"] >= 3 and first["workbooks"][0]["file"] == "written"
    assert set(by_name(hub.rows(CUSTOMERS))) == {"甲公司", "乙公司", "丙公司"}

    hub.edit(sheet=CUSTOMERS, set={hub.address(CUSTOMERS, "需求痛点", "甲公司"): "希望缩短交付周期"})  # A2
    set_by_name(here, "决策人", "乙公司", "王总/总经理")  # A3
    hub.edit(sheet=CUSTOMERS, set={hub.address(CUSTOMERS, "客户等级", "丙公司"): "A"})
    set_by_name(here, "客户等级", "丙公司", "C")  # A5
    done = here.run("sync", "--json")
    assert done.status == 1 and done.json["workbooks"][0]["conflicts"] == 1
    book, sheet = by_name(here.rows(CUSTOMERS)), by_name(hub.rows(CUSTOMERS))
    assert book["甲公司"]["需求痛点"] == "希望缩短交付周期" and sheet["乙公司"]["决策人"] == "王总/总经理"
    assert book["丙公司"]["客户等级"] == sheet["丙公司"]["客户等级"] == "A"
    [conflict] = here.rows("冲突清单")
    assert (conflict["列"], conflict["基准值"], conflict["Excel值"], conflict["Sheets值"]) == (
        "客户等级",
        "B",
        "C",
        "A",
    )

    quiet = here.run("sync", "--json").json
    assert quiet["hub_calls"] == 1 and quiet["workbooks"][0]["file"] == "unchanged"


def test_a_decision_in_the_workbook_settles_a_conflict(place: Make) -> None:
    here = place(hub=True, customers=customers("甲公司", grade="B"))
    hub = Hub(here)
    here.run("sync")
    hub.edit(sheet=CUSTOMERS, set={hub.address(CUSTOMERS, "客户等级", "甲公司"): "A"})
    set_by_name(here, "客户等级", "甲公司", "C")
    assert here.run("sync").status == 1
    grid = ExcelFileStore(here.book).read().grids["冲突清单"]
    set_cells(here.book, "冲突清单", {(2, grid.rows[0].index("处理") + 1): "用Excel"})
    assert here.run("sync").status == 0
    assert by_name(here.rows(CUSTOMERS))["甲公司"]["客户等级"] == "C"
    assert by_name(hub.rows(CUSTOMERS))["甲公司"]["客户等级"] == "C"
    assert here.run("sync", "--json").json["workbooks"][0]["file"] == "unchanged"


def test_a_deleted_row_goes_to_the_recycle_bin_and_comes_back(place: Make) -> None:
    here = place(hub=True, customers=customers("甲公司", "乙公司", "丙公司", notes="不能丢的备注"))
    hub = Hub(here)
    here.run("sync")
    delete_by_name(here, "乙公司")
    here.run("sync")
    assert "乙公司" not in by_name(hub.rows(CUSTOMERS))
    [bin_row] = [r for r in here.rows("回收站") if r["表"] == CUSTOMERS]
    assert "不能丢的备注" in bin_row["整行"] and bin_row["来源"] == "行消失(Excel)"
    grid = ExcelFileStore(here.book).read().grids["回收站"]
    row = next(n for n, cells in enumerate(grid.rows, 1) if CUSTOMERS in cells)
    set_cells(here.book, "回收站", {(row, grid.rows[0].index("恢复") + 1): "是"})
    here.run("sync")
    assert by_name(hub.rows(CUSTOMERS))["乙公司"]["备注"] == "不能丢的备注"
    assert by_name(here.rows(CUSTOMERS))["乙公司"]["备注"] == "不能丢的备注"


def test_sorted_in_google_and_typed_on_a_phone(place: Make) -> None:
    here = place(hub=True, customers=customers("甲公司", "乙公司", "丙公司"))
    hub = Hub(here)
    here.run("sync")
    before = {name: row["客户编号"] for name, row in by_name(here.rows(CUSTOMERS)).items()}
    hub.edit(sheet=CUSTOMERS, sort={"column": "A", "descending": True}, append=[["手机上新加的公司", "", "潜在客户"]])
    here.run("sync")
    after = {name: row["客户编号"] for name, row in by_name(here.rows(CUSTOMERS)).items()}
    assert {name: after[name] for name in before} == before
    assert after["手机上新加的公司"] == by_name(hub.rows(CUSTOMERS))["手机上新加的公司"]["客户编号"]
    assert here.run("sync", "--json").json["workbooks"][0]["file"] == "unchanged"


def test_a_mass_deletion_is_held(place: Make) -> None:
    names = [f"示例{n:02d}公司" for n in range(30)]
    here = place(hub=True, customers=customers(*names))
    hub = Hub(here)
    here.run("sync")
    hub.edit(sheet=CUSTOMERS, delete_rows=list(range(2, 14)))  # 12 of 30
    set_by_name(here, "决策人", names[20], "王总")
    done = here.run("sync", "--json").json
    assert [h["guard"] for h in done["workbooks"][0]["held"]] == ["G2"]
    assert len(here.rows(CUSTOMERS)) == 30 and by_name(hub.rows(CUSTOMERS))[names[20]]["决策人"] == "王总"
    released = here.run("sync", "--confirm", done["plan_id"], "--json")
    assert released.status == 0 and len(here.rows(CUSTOMERS)) == 18


def test_a_cleared_hub_stops_the_run(place: Make) -> None:
    here = place(hub=True, customers=customers(*[f"示例{n}公司" for n in range(6)]))
    hub = Hub(here)
    here.run("sync")
    hub.edit(sheet=CUSTOMERS, delete_rows=list(range(2, 8)))
    book = here.book.read_bytes()
    result = here.run("sync", "--json")
    assert result.status == 3 and result.json["error"]["code"] == "sync.stopped"
    assert here.book.read_bytes() == book
    assert here.run("hourly", "--json").status == 3


def test_the_workbook_is_open(place: Make) -> None:
    here = place(hub=True, customers=customers("甲公司", "乙公司"))
    hub = Hub(here)
    here.run("sync")
    set_by_name(here, "决策人", "甲公司", "王总")
    hub.edit(sheet=CUSTOMERS, set={hub.address(CUSTOMERS, "决策人", "乙公司"): "李总"})
    lock = here.root / "~$客户跟进.xlsx"
    lock.write_bytes(b"\x04test".ljust(165, b" "))
    assert here.run("sync", "--json").json["workbooks"][0]["file"] == "deferred"
    assert by_name(hub.rows(CUSTOMERS))["甲公司"]["决策人"] == "王总"  # the push still works
    lock.unlink()
    assert here.run("sync", "--json").json["workbooks"][0]["file"] == "written"
    assert by_name(here.rows(CUSTOMERS))["乙公司"]["决策人"] == "李总"


def test_an_unreachable_hub_and_a_wrong_key(place: Make) -> None:
    here = place(customers=customers("甲公司"))
    toml = here.root / "genjin.toml"
    text = toml.read_text(encoding="utf-8").replace('kind = "none"', 'kind = "google"')
    (here.root / "service_account.json").write_text("{}", encoding="utf-8")
    toml.write_text(text.replace('endpoint = ""', 'endpoint = "http://127.0.0.1:9"'), encoding="utf-8")
    result = here.run("sync", "--json")
    assert result.status == 2 and result.json["error"]["code"].startswith("hub.")
    assert here.run("check").status == 0  # Excel keeps working


KILL = f"""
import os, signal, sys
import genjin.merging, genjin.run, genjin.memory, sync.journal, sync.base
from sync.stores.excel_file import ExcelFileStore
from sync.stores.google_sheets import GoogleSheetsStore
target, count = int(sys.argv[1]), [0]
def step(name, function):
    def wrapped(*a, **k):
        count[0] += 1
        if count[0] == target: os.kill(os.getpid(), signal.SIGKILL)
        out = function(*a, **k)
        count[0] += 1
        if count[0] == target: os.kill(os.getpid(), signal.SIGKILL)
        return out
    return wrapped
for owner, name in ((GoogleSheetsStore, 'apply'), (ExcelFileStore, 'apply'), (sync.journal, 'prepare'), (sync.journal, 'advance'),
                    (sync.base, 'save'), (genjin.memory, 'intend'), (genjin.memory, 'written'), (genjin.memory, 'end')):
    setattr(owner, name, step(name, getattr(owner, name)))
sys.argv = ['genjin', 'sync', '--now', '{NOW}', '--json']
from genjin.cli import main
try: main()
finally: print(count[0], file=sys.stderr)
"""


def test_killed_between_any_two_steps_nothing_is_lost(place: Make) -> None:
    """SYNC E: kill -9 before and after every write; the next run ends where an undisturbed one would."""
    here = place(edition="starter", hub=True, customers=customers("甲公司", "乙公司", "丙公司", grade="B"))
    hub = Hub(here)
    here.run("sync")
    for target in range(1, 60):
        value = f"第{target}次"
        hub.edit(
            sheet=CUSTOMERS,
            set={
                hub.address(CUSTOMERS, "需求痛点", "甲公司"): f"{value}需求",
                hub.address(CUSTOMERS, "备注", "丙公司"): value,
            },
        )
        set_by_name(here, "决策人", "乙公司", f"{value}决策人")
        hub.edit(
            sheet=FOLLOWUPS,
            append=[["甲公司", "2024-06-10", "电话", "张伟", f"{value}沟通了付款方式和交付周期", "无反馈"]],
        )
        done = subprocess.run(
            [sys.executable, "-c", KILL, str(target)],
            cwd=here.root,
            capture_output=True,
            encoding="utf-8",
            env=dict(os.environ),
            timeout=120,
        )
        [again] = execute(at(here.root), Request("sync", given_now=NOW, sync=True)).workbooks
        assert again.plan is not None and again.plan.conflicts.empty, target
        book, sheet = by_name(here.rows(CUSTOMERS)), by_name(hub.rows(CUSTOMERS))
        assert book["甲公司"]["需求痛点"] == sheet["甲公司"]["需求痛点"] == f"{value}需求", target
        assert book["乙公司"]["决策人"] == sheet["乙公司"]["决策人"] == f"{value}决策人", target
        for rows in (here.rows(FOLLOWUPS), hub.rows(FOLLOWUPS)):
            assert [r["沟通内容摘要"] for r in rows].count(f"{value}沟通了付款方式和交付周期") == 1, target
        assert len(book) == len(sheet) == 3
        if done.returncode != -signal.SIGKILL:
            break
    assert 8 < target < 59  # every step was reached, and the last round ran through
    quiet = here.run("sync", "--json").json["workbooks"][0]
    assert quiet["file"] == "unchanged" and not any(quiet["to_hub"].values())


@pytest.mark.parametrize("fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503, "times": 2}])
def test_the_line_breaks_while_the_hub_is_written(place: Make, fault: dict[str, object], tmp_path: Path) -> None:
    """SYNC E: a write whose answer is lost is asked for, never repeated."""
    here = place(customers=customers("甲公司", "乙公司"))
    with Simulator(tmp_path / "google") as simulator:
        toml = here.root / "genjin.toml"
        text = (
            toml.read_text(encoding="utf-8")
            .replace('kind = "none"', 'kind = "google"')
            .replace('endpoint = ""', f'endpoint = "{simulator.base_url}"')
        )
        text = text.replace('spreadsheet = ""', f'spreadsheet = "{simulator.spreadsheet_id}"').replace(
            "service_account.json", str(simulator.credentials)
        )
        toml.write_text(text, encoding="utf-8")
        assert here.run("hub", "setup").status == 0
        simulator.fault(match="batchUpdate", **fault)
        first = here.run("sync", "--json")
        assert first.status in (0, 4), first.out
        import requests

        for _ in range(3):
            done = here.run("sync", "--json")
            if done.status == 0:
                break
        url = f"{simulator.base_url}/v4/spreadsheets/{simulator.spreadsheet_id}/values/{CUSTOMERS}"
        names = [row[0] for row in requests.get(url, timeout=30).json()["values"][1:] if row and row[0]]
        assert sorted(names) == ["乙公司", "甲公司"]
        assert here.run("sync", "--json").json["workbooks"][0]["file"] == "unchanged"


def test_a_copy_that_was_put_back_brings_no_old_values(place: Make) -> None:
    """SYNC E: a restored backup is merged against what its own stamp showed."""
    here = place(edition="starter", hub=True, customers=customers("甲公司", "乙公司", "丙公司", grade="B"))
    hub = Hub(here)
    here.run("sync")
    old = here.book.read_bytes()
    set_by_name(here, "客户等级", "甲公司", "A")
    delete_by_name(here, "乙公司")
    hub.edit(sheet=CUSTOMERS, append=[["新公司", "", "潜在客户"]])
    here.run("sync")
    here.book.write_bytes(old)
    set_by_name(here, "决策人", "丙公司", "王总")  # typed into the old copy: an edit
    assert here.run("sync").status == 0
    book, sheet = by_name(here.rows(CUSTOMERS)), by_name(hub.rows(CUSTOMERS))
    assert set(book) == set(sheet) == {"甲公司", "丙公司", "新公司"}
    assert book["甲公司"]["客户等级"] == sheet["甲公司"]["客户等级"] == "A"
    assert book["丙公司"]["决策人"] == sheet["丙公司"]["决策人"] == "王总"
    assert here.run("sync", "--json").json["workbooks"][0]["file"] == "unchanged"
