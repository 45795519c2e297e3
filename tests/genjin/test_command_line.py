"""The command line as other programs call it (ARCHITECTURE): JSON, exit statuses, messages with a way out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.genjin.conftest import NOW, Place

Make = Callable[..., Place]
FOLLOWUP = {
    "customer_ref": "示例科技有限公司", "followup_date": "2024/5/5", "method": "去电", "followed_by": "*专员",
    "summary": "介绍公司供应链解决方案,初步知晓客户成本控制需求", "feedback": "“需要方案对比数据,下周前提供”",
    "next_action": "准备竞品分析报告", "action_owner": "*助理", "action_due": "2024-05-10",
}  # fmt: skip


def test_init_makes_a_workspace_once(tmp_path: Path) -> None:
    place = Place(tmp_path)
    assert place.run("init", "ws").status == 0
    assert {p.name for p in (tmp_path / "ws").iterdir()} == {"客户跟进.xlsx", "genjin.toml"}
    headers = [c.value for c in openpyxl.load_workbook(tmp_path / "ws" / "客户跟进.xlsx")["客户基础信息"][1]][:10]
    assert headers[0] == "客户名称" and headers[9] == "首次接触渠道"
    again = place.run("init", "ws", "--json")
    assert again.status == 3
    assert again.json["error"]["code"] == "workspace.exists"


def test_check_finds_and_fixes(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer], followups=[FOLLOWUP])
    first = here.run("check", "--json")
    assert first.status == 0, first.json["issues"]
    kinds = {(i["sheet"], i["column"], i["kind"]) for i in first.json["issues"]}
    assert ("跟进记录", "优先级", "必填缺失") in kinds
    fixed = {(v["sheet"], v["column"], v["value"]) for v in first.json["values"] if v["verdict"] == "fixed"}
    assert {("跟进记录", "跟进日期", "2024-05-05"), ("跟进记录", "跟进方式", "电话")} <= fixed
    assert here.rows("跟进记录")[0]["跟进日期"] == "2024/5/5"  # checking changes nothing a person typed
    assert here.run("check", "--fix", "--json").status == 0
    row = here.rows("跟进记录")[0]
    assert (str(row["跟进日期"])[:10], row["跟进方式"], row["负责人"]) == ("2024-05-05", "电话", "*助理")
    log = {(r["列"], r["旧值"], r["新值"]) for r in here.rows("变更记录")}
    assert ("跟进方式", "去电", "电话") in log
    book = here.book.read_bytes()
    assert here.run("check", "--fix", "--json").status == 0
    assert here.book.read_bytes() == book


def test_check_says_one_with_errors(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer], followups=[{**FOLLOWUP, "followup_date": "2025-01-01"}])
    result = here.run("check", "--json")
    assert result.status == 1
    [error] = [i for i in result.json["issues"] if i["severity"] == "error"]
    assert (error["sheet"], error["cell"], error["kind"], error["raw"]) == ("跟进记录", "B2", "未来日期", "2025-01-01")


def test_compute_twice_changes_nothing(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer], followups=[FOLLOWUP])
    assert here.run("compute", "--json").json["workbooks"][0]["file"] == "written"
    assert here.rows("客户基础信息")[0]["跟进提示"].startswith("逾期")
    assert next(r["内容"] for r in here.rows("待办任务")) == "准备竞品分析报告"
    assert here.rows("今日工作台")[0]["客户名称"] == "示例科技有限公司"
    book = here.book.read_bytes()
    assert here.run("compute", "--json").json["workbooks"][0]["file"] == "unchanged"
    assert here.book.read_bytes() == book


def test_a_tick_in_the_workbench_completes_the_task(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer], followups=[FOLLOWUP])
    here.run("compute")
    sheet = openpyxl.load_workbook(here.book)["今日工作台"]
    header = {cell.value: cell.column_letter for cell in sheet[1]}
    row = next(r for r in range(2, 10) if sheet[f"{header['任务编号']}{r}"].value)
    assert here.run("cells", str(here.book), "今日工作台", f"{header['完成']}{row}=是").status == 0
    here.run("compute", now="2024-06-30T19:00:00")
    task = next(t for t in here.rows("待办任务") if t["任务编号"] == sheet[f"{header['任务编号']}{row}"].value)
    assert task["状态"] == "已完成"


def test_dry_run_writes_nothing(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer], followups=[FOLLOWUP])
    book = here.book.read_bytes()
    for command in (["check", "--fix"], ["compute"], ["hourly"], ["remind"]):
        assert here.run(*command, "--dry-run").status in (0, 1)
    assert here.book.read_bytes() == book
    assert not list(here.root.rglob("*.eml"))


def test_undo_restores_every_touched_cell(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[{**customer, "微信群名": "项目群"}], followups=[FOLLOWUP])
    before = {sheet: here.rows(sheet) for sheet in ("客户基础信息", "跟进记录", "待办任务", "今日工作台", "问题清单")}
    assert here.run("hourly").status == 0
    assert here.rows("客户基础信息") != before["客户基础信息"]
    result = here.run("undo", "--json")
    assert result.status == 0 and result.json["refused"] == []
    assert {sheet: here.rows(sheet) for sheet in before} == before
    assert here.run("undo", "--json").json["error"]["code"] == "undo.none"


def test_undo_refuses_cells_edited_since(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer])
    here.run("cells", str(here.book), "客户基础信息", "H2=甲", "G2=乙")
    sheet = openpyxl.load_workbook(here.book)
    assert sheet["客户基础信息"]["H2"].value == "甲"
    from sync.stores.excel_file import set_cells

    set_cells(here.book, "客户基础信息", {(2, 8): "丙"})
    result = here.run("undo", "--json").json
    assert [(r["sheet"], r["cell"]) for r in result["refused"]] == [("客户基础信息", "H2")]
    row = here.rows("客户基础信息")[0]
    assert (row["需求痛点"], row["客户规模"]) == ("丙", customer["company_size"])


def test_cells_are_text_unless_said_otherwise(place: Make) -> None:
    here = place(customers=[])
    out = here.root / "out.xlsx"
    values = ["A2==1+1", "B2=00123", "C2:n=5", "D2:d=2024-05-05", "E2:b=true", "F2="]
    result = here.run("cells", str(here.book), "客户基础信息", *values, "--out", str(out), "--json")
    assert result.status == 0
    sheet = openpyxl.load_workbook(out)["客户基础信息"]
    assert [sheet[f"{c}2"].value for c in "ABC"] == ["=1+1", "00123", 5]
    assert sheet["A2"].data_type in ("s", "inlineStr")
    assert str(sheet["D2"].value)[:10] == "2024-05-05" and sheet["E2"].value is True


def test_cells_imports_neither_pandas_nor_gspread(place: Make) -> None:
    here = place(customers=[])
    code = (
        "import sys; sys.argv=['genjin','cells','客户跟进.xlsx','客户基础信息','A2=x']\n"
        "try:\n import genjin.cli; genjin.cli.main()\nexcept SystemExit as e: assert not e.code, e.code\n"
        "print([m for m in ('pandas','gspread') if m in sys.modules])"
    )
    for arguments in ("cells", "--help"):
        text = (
            code if arguments == "cells" else code.replace("'cells','客户跟进.xlsx','客户基础信息','A2=x'", "'--help'")
        )
        done = subprocess.run([sys.executable, "-c", text], cwd=here.root, capture_output=True, encoding="utf-8")
        assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


@pytest.mark.parametrize(
    ("make", "status", "code"),
    [
        (lambda p: p.write_bytes(b""), 2, "file."),
        (lambda p: p.write_bytes(b"PK\x03\x04 not a workbook"), 2, "file."),
        (lambda p: p.write_text("客户名称,电话", encoding="utf-8"), 2, "file."),
        (lambda p: p.unlink(), 2, "file."),
    ],
)
def test_a_file_that_is_no_workbook(place: Make, make: Callable[[Path], object], status: int, code: str) -> None:
    here = place(customers=[])
    make(here.book)
    for command in (["check"], ["compute"], ["hourly"]):
        result = here.run(*command, "--json")
        assert result.status == status
        error = result.json["error"]
        assert error["code"].startswith(code) and error["message"] and error["hint"]


def test_a_workbook_without_tables(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["今天", "天气"])
    book.save(tmp_path / "别的.xlsx")
    result = Place(tmp_path).run("check", "别的.xlsx", "--json", env={"XDG_DATA_HOME": str(tmp_path / "own")})
    assert result.status == 2 and result.json["error"]["code"] == "file.no_tables"


def test_a_foreign_workbook_keeps_its_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "客户表"
    sheet.append(["XX公司客户跟进表 2024年"])
    sheet.append(["公司名称", "负责人", "跟进提示", "自己的列"])
    sheet.append(["示例科技有限公司", "张伟", None, "红色"])
    book.save(tmp_path / "团队.xlsx")
    env = {"XDG_DATA_HOME": str(tmp_path / "own")}
    result = Place(tmp_path).run("compute", "团队.xlsx", env=env)
    assert result.status == 0 and "genjin upgrade" in result.err
    after = openpyxl.load_workbook(tmp_path / "团队.xlsx")
    assert after.sheetnames == ["客户表"]
    assert [c.value for c in after["客户表"][3]] == ["示例科技有限公司", "张伟", "1天内", "红色"]
    assert Place(tmp_path).run("undo", "--json", env=env).json["restored"] == 1


def test_an_open_workbook_is_refused(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer])
    (here.root / "~$客户跟进.xlsx").write_bytes(
        bytes([4]) + "张伟".encode("gbk").ljust(54) + bytes([2, 0]) + "张伟".encode("utf-16-le").ljust(108, b"\0")
    )
    book = here.book.read_bytes()
    result = here.run("compute", "--json")
    assert result.status == 3 and result.json["error"]["code"] == "file.locked"
    assert here.book.read_bytes() == book


def test_settings_that_cannot_be_read(place: Make) -> None:
    here = place(customers=[])
    (here.root / "genjin.toml").write_text("[hub\nkind =", encoding="utf-8")
    error = here.run("check", "--json").json["error"]
    assert (error["status"], error["code"]) == (2, "settings.broken") and "1" in error["message"]
    (here.root / "genjin.toml").write_text("[mail]\nport = '465'", encoding="utf-8")
    assert here.run("check", "--json").json["error"]["code"] == "settings.value"


def test_unknown_person_and_command(place: Make) -> None:
    here = place(customers=[])
    assert here.run("compute", "--as", "没有这人", "--json").json["error"]["code"] == "person.not_found"
    assert here.run("nonsense", "--json").status == 2
    assert json.loads(here.run("check", "--nonsense", "--json").out)["error"]["status"] == 2


def test_value_reads_one_cell(tmp_path: Path) -> None:
    run = Place(tmp_path).run
    assert run("value", "date", "5月5日", "--now", "2024-05-20", "--json").json["value"] == "2024-05-05"
    assert run("value", "enum:跟进方式", "面谈", "--now", NOW, "--json").json["verdict"] == "fixed"
    assert run("value", "colour", "红", "--json").status == 2


def test_a_team_changes_its_settings_in_the_workbook(place: Make, customer: dict[str, object]) -> None:
    rows = [{"key": "沉默天数", "value": "90", "type": "int", "default": "30"}]
    here = place(
        customers=[customer],
        settings=rows,
        dictionary=[
            {
                "category": "渠道",
                "value": "直播间",
                "aliases": "抖音直播",
                "parent": None,
                "order": "9",
                "enabled": "是",
            }
        ],
    )
    here.run("compute")
    assert here.rows("客户基础信息")[0]["沉默标记"] is None  # 60 days, and this team waits 90
    values = here.run("check", "--json").json["issues"]
    assert not [i for i in values if i["column"] == "首次接触渠道"]


def test_doctor_names_what_is_wrong(place: Make) -> None:
    here = place(customers=[])
    assert here.run("doctor", "--json").status == 0
    (here.root / "客户跟进.xlsx").write_bytes(b"x")
    checks = here.run("doctor", "--json")
    assert checks.status == 4
    assert [c["name"] for c in checks.json["checks"] if not c["ok"]] == ["客户跟进.xlsx"]


def test_two_runs_at_once(place: Make, customer: dict[str, object]) -> None:
    from genjin.locking import locked
    from genjin.workspace import at

    here = place(customers=[customer])
    with locked(at(here.root)):
        result = here.run("compute", "--json")
    assert result.status == 3 and result.json["error"]["code"] == "run.busy"


def test_the_workbook_opens_in_a_spreadsheet_application(
    place: Make, customer: dict[str, object], program: Callable[[str], str], tmp_path: Path
) -> None:
    here = place(customers=[customer], followups=[FOLLOWUP])
    assert here.run("hourly").status == 0
    copy = tmp_path / "x.xlsx"
    shutil.copy(here.book, copy)
    out = tmp_path / "csv"
    subprocess.run(
        [program("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", str(out), str(copy)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    shown = {p.stem.removeprefix("x-"): p.read_text(encoding="utf-8") for p in out.glob("*.csv")}
    assert "沉默客户" in shown["客户基础信息"] and "逾期" in shown["客户基础信息"]
    assert "准备竞品分析报告" in shown["待办任务"]
