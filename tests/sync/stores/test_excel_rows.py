"""Rows that go take nothing with them: what names the rows below follows, on the sheet and elsewhere."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from sync.stores.contract import SheetEdit, Value
from sync.stores.excel_file import write_file
from sync.stores.excel_file.reader import read_snapshot
from tests.sync.stores.test_excel_corpus import corpus, tables_of
from tests.sync.stores.xlsx_tools import raw_members, sheet_xml, shown

SHEET = "客户 表"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Ten rows under a header with about everything that can name a row."""
    path = tmp_path / "客户.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        other = book.add_worksheet("汇总")
        sheet.write_row(0, 0, ["编号", "名称", "金额", "双倍"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for n in range(1, 11):
            sheet.write_row(n, 0, [f"C-{n}", f"客户{n}", n * 100])
            sheet.write_formula(n, 3, f"=C{n + 1}*2", None, n * 200)
            sheet.write_datetime(n, 4, datetime(2024, 5, n), day)
        sheet.write_formula("G12", "=SUM(C2:C11)+$C$11", None, 0)
        sheet.set_row(8, 40)
        sheet.autofilter("A1:E11")
        sheet.conditional_format(
            "C2:C11", {"type": "formula", "criteria": "=$C2>500", "format": book.add_format({"bold": 1})}
        )
        sheet.data_validation("B2:B11", {"validate": "list", "source": "=$A$2:$A$11"})
        sheet.merge_range("I5:J6", "合并")
        sheet.write_url("B9", "internal:'客户 表'!A10", string="客户8")
        sheet.write_comment("B4", "第三行的批注")
        sheet.write_comment("B10", "第九行的批注")
        sheet.set_h_pagebreaks([5, 9])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{SHEET}'!$C$2:$C$11", "categories": f"='{SHEET}'!$A$2:$A$11"})
        sheet.insert_chart("L8", chart, {"object_position": 2})
        other.write_formula("A1", f"=SUM('{SHEET}'!C2:C11)", None, 5500)
        other.write_formula("A2", f"='{SHEET}'!C9+C9", None, 800)
        other.write_formula("A3", "=C4", None, 0)
        book.define_name("金额列", f"='{SHEET}'!$C$2:$C$11")
        sheet.print_area("A1:E11")
    return path


def remove(path: Path, *rows: int, cells: dict[tuple[int, int], Value] | None = None, new: int = 0) -> None:
    appended: list[dict[int, Value]] = [{1: f"N-{n}", 2: f"新{n}"} for n in range(new)]
    write_file(path, [SheetEdit(SHEET, cells or {}, appended, list(rows), last_row=11, width=5)])


def formulas(path: Path, sheet: str, *addresses: str) -> list[object]:
    return [openpyxl.load_workbook(path)[sheet][address].value for address in addresses]


def test_values_move_up_and_formulas_follow(path: Path) -> None:
    remove(path, 4, 6)
    grid = read_snapshot(path).grids[SHEET]
    assert [row[0] for row in grid.rows[:9]] == ["编号", *(f"C-{n}" for n in (1, 2, 4, 6, 7, 8, 9, 10))]
    assert [row[3] for row in grid.rows[1:9]] == [n * 200 for n in (1, 2, 4, 6, 7, 8, 9, 10)]
    assert formulas(path, SHEET, "D3", "D4", "D5", "D9", "G10") == [
        "=C3*2",
        "=C4*2",
        "=C5*2",
        "=C9*2",
        "=SUM(C2:C9)+$C$9",
    ]
    assert formulas(path, "汇总", "A1", "A2", "A3") == [f"=SUM('{SHEET}'!C2:C9)", f"='{SHEET}'!C7+C9", "=C4"]


def test_everything_on_the_sheet_that_names_rows_follows(path: Path) -> None:
    remove(path, 4, 6)
    xml = sheet_xml(path, SHEET).decode()
    assert '<autoFilter ref="A1:E9"/>' in xml
    assert '<conditionalFormatting sqref="C2:C9">' in xml
    assert "<formula>$C2&gt;500</formula>" in xml or "<formula>$C2>500</formula>" in xml
    assert "<formula1>$A$2:$A$9</formula1>" in xml
    assert 'sqref="B2:B9"' in xml
    assert '<mergeCell ref="I4:J4"/>' in xml
    assert re.findall(r'<brk id="(\d+)"', xml) == ["4", "7"]
    assert openpyxl.load_workbook(path)[SHEET].row_dimensions[7].height == 39.75


def test_names_charts_notes_and_drawings_follow(path: Path) -> None:
    remove(path, 4, 6)
    book = openpyxl.load_workbook(path)
    assert book.defined_names["金额列"].value == f"'{SHEET}'!$C$2:$C$9"
    assert book[SHEET].print_area == f"'{SHEET}'!$A$1:$E$9"
    notes = {cell.coordinate: cell.comment.text for row in book[SHEET].iter_rows() for cell in row if cell.comment}
    assert notes == {"B8": "第九行的批注"}
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        vml = archive.read("xl/drawings/vmlDrawing1.vml").decode()
        names = archive.read("xl/workbook.xml").decode()
    assert set(re.findall(r"<c:f>([^<]*)</c:f>", chart)) == {f"'{SHEET}'!$C$2:$C$9", f"'{SHEET}'!$A$2:$A$9"}
    assert re.search(r"<xdr:row>(\d+)</xdr:row>", drawing)[1] == "5"  # type: ignore[index]
    assert re.findall(r"<x:Row>(\d+)</x:Row>", vml) == ["7"]
    assert "_FilterDatabase" in names
    assert f"'{SHEET}'!$A$1:$E$9" in names


def test_rows_set_added_and_removed_in_one_step(path: Path) -> None:
    remove(path, 2, 10, cells={(3, 2): "改名"}, new=2)
    grid = read_snapshot(path).grids[SHEET]
    assert grid.cell(2, 2) == "改名"
    assert [grid.cell(r, 1) for r in (8, 9, 10, 11, 12)] == ["C-8", "C-10", "N-0", "N-1", None]


def test_a_removed_first_row_keeps_the_rules_of_the_rest(path: Path) -> None:
    remove(path, 2)
    xml = sheet_xml(path, SHEET).decode()
    assert '<conditionalFormatting sqref="C2:C10">' in xml
    assert "<formula>$C2&gt;500</formula>" in xml or "<formula>$C2>500</formula>" in xml


def test_a_formula_that_would_lose_its_cell_keeps_the_row_blank_instead(path: Path) -> None:
    remove(path, 9)  # 汇总!A2 reads C9
    grid = read_snapshot(path).grids[SHEET]
    assert [grid.cell(9, c) for c in (1, 2, 3, 5)] == [None] * 4
    assert grid.cell(10, 1) == "C-9"
    assert formulas(path, "汇总", "A2") == [f"='{SHEET}'!C9+C9"]


def build_table(path: Path, **options: Any) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        rows = [[f"C-{n}", n] for n in range(1, 5)]
        sheet.add_table("A1:C5", {"data": rows, "columns": [{"header": h} for h in ("编号", "数", "倍")], **options})
        sheet.write("A8", "下方的说明")


def test_a_table_shrinks_and_keeps_one_row(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    build_table(path)
    write_file(path, [SheetEdit(SHEET, removed=[3, 4], last_row=5, width=3)])
    table = tables_of(path)[0][1]
    assert (table.area.top, table.area.bottom) == (1, 3)
    assert read_snapshot(path).grids[SHEET].cell(6, 1) == "下方的说明"
    write_file(path, [SheetEdit(SHEET, removed=[2, 3], last_row=3, width=3)])
    table = tables_of(path)[0][1]
    assert (table.area.top, table.area.bottom) == (1, 2)
    assert read_snapshot(path).grids[SHEET].cell(2, 1) is None
    openpyxl.load_workbook(path)


def test_what_stands_beside_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "旁.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        for n in range(5):
            sheet.write_row(n, 0, [f"C-{n}", n])
        sheet.add_table("F1:G5", {"data": [["甲", 1], ["乙", 2]]})
    write_file(path, [SheetEdit(SHEET, removed=[3], last_row=5, width=2)])
    grid = read_snapshot(path).grids[SHEET]
    assert [grid.cell(3, c) for c in (1, 2, 6)] == [None, None, "乙"]


def test_a_row_goes_from_every_sheet_of_the_corpus_and_nothing_else_is_lost(shared_data: Path, tmp_path: Path) -> None:
    gone = 0
    for path in corpus(shared_data):
        if path.name.startswith("37_"):
            continue
        before = read_snapshot(path)
        for title, grid in before.grids.items():
            rows = [n for n, row in enumerate(grid.rows, 1) if any(value is not None for value in row)]
            if len(rows) < 3:
                continue
            row, out = rows[len(rows) // 2], tmp_path / path.name
            write_file(path, [SheetEdit(title, removed=[row], last_row=rows[-1])], out)
            old, new = shown(before), shown(read_snapshot(out))
            moved = {
                (t, r - 1 if t == title and r > row else r, c): value
                for (t, r, c), value in old.items()
                if (t, r) != (title, row)
            }
            blanked = {key: v for key, v in old.items() if key[:2] != (title, row) or key[1:] in grid.formulas}
            assert new in (moved, blanked), (path.name, title)
            gone += new == moved
            assert set(raw_members(out)) >= set(raw_members(path)) - {"xl/calcChain.xml"}
            out.unlink()
    assert gone >= 35
