"""Workbooks that Excel and WPS made are edited without losing anything (XLSX.md)."""

from __future__ import annotations

import csv
import re
import subprocess
import warnings
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from followup.errors import Refused
from followup.grid import Raw
from sync.stores.contract import SheetEdit, Value
from sync.stores.excel_file import write_file
from sync.stores.excel_file.package import Package
from sync.stores.excel_file.reader import read_snapshot
from sync.stores.excel_file.workbook import TablePart, Workbook
from tests.sync.stores.xlsx_tools import raw_members, rows_of, sheet_xml, shown

TEXT, DAY, MOMENT = "改写=1+1 <测试>", date(2024, 5, 5), datetime(2024, 5, 6, 9, 30)
REFUSED = {"37_simple_cell_changes.xlsx": "file.revisions"}  # a shared workbook with a log of revisions


def corpus(shared_data: Path) -> list[Path]:
    files = sorted((shared_data / "xlsx_corpus").glob("*.xls?"))
    assert len(files) >= 28
    return files


def table_cells(tables: list[TablePart]) -> set[tuple[int, int]]:
    """Headers and totals of tables: not for a program to change."""
    cells = set()
    for table in tables:
        rows = [*range(table.area.top, table.area.top + table.header_rows)]
        rows += range(table.area.bottom - table.totals_rows + 1, table.area.bottom + 1)
        cells |= {(row, c) for row in rows for c in range(table.area.left, table.area.right + 1)}
    return cells


def edits_for(path: Path, title: str) -> dict[tuple[int, int], Value]:
    """One text, number, date, truth: over what people typed, and below everything."""
    grid = read_snapshot(path).grids[title]
    with Package(path) as package:
        workbook = Workbook(package)
        fixed = table_cells(workbook.tables(workbook.sheets[title])) | grid.formulas
        pivots = workbook.pivots(workbook.sheets[title])
    free = [
        (r, c)
        for r, row in enumerate(grid.rows, 1)
        for c, value in enumerate(row, 1)
        if isinstance(value, str | int | float | date)
        and (r, c) not in fixed
        and not any((r, c) in area for area in pivots)
    ]
    below = max([len(grid.rows), *(area.bottom for area in pivots)]) + 3
    values: list[Value] = [TEXT, 12.5, DAY, True]
    cells: dict[tuple[int, int], Value] = dict(zip(free[:: max(1, len(free) // 4)], values, strict=False))
    return cells | {(below, 1): MOMENT, (below, 3): "00123"}


def as_read(value: Value) -> Raw:
    assert isinstance(value, str | float | bool | date)
    return value


def edit_first_sheet(path: Path, out: Path) -> tuple[str, dict[tuple[int, int], Value]]:
    """Edit the first sheet that has cells; (its title, what was set)."""
    snapshot = read_snapshot(path)
    title = next((t for t, grid in snapshot.grids.items() if grid.rows), next(iter(snapshot.grids)))
    cells = edits_for(path, title)
    for attempt in range(12):  # a cell inside a merged area or an array formula is refused: leave it out
        try:
            write_file(path, [SheetEdit(title, cells)], out)
            return title, cells
        except Refused as refused:
            if refused.code not in ("sheet.merged", "sheet.array_formula"):
                raise
            spot = next(cell for cell in cells if str(refused.places["cell"]).endswith(str(cell[0])))
            assert not out.exists(), attempt
            del cells[spot]
    raise AssertionError(path.name)


def changed_parts(path: Path, out: Path) -> set[str]:
    before, after = raw_members(path), raw_members(out)
    assert set(after) <= set(before)
    return {name for name in before if before[name] != after.get(name)}


def test_every_workbook_of_the_corpus_keeps_everything_but_the_edited_cells(shared_data: Path, tmp_path: Path) -> None:
    for path in corpus(shared_data):
        out = tmp_path / path.name
        if path.name in REFUSED:
            with pytest.raises(Refused) as refused:
                edit_first_sheet(path, out)
            assert refused.value.code == REFUSED[path.name]
            assert not list(tmp_path.glob(".genjin*"))
            continue
        title, cells = edit_first_sheet(path, out)
        with Package(path) as package:
            part = Workbook(package).sheets[title].part
        allowed = {part, "xl/styles.xml", "xl/workbook.xml"}
        assert part in changed_parts(path, out) <= allowed, path.name
        rows, new_rows = rows_of(sheet_xml(path, title)), rows_of(sheet_xml(out, title))
        touched = {row for row, _ in cells}
        assert {n: x for n, x in rows.items() if n not in touched} == {
            n: x for n, x in new_rows.items() if n not in touched
        }, path.name
        before, after = shown(read_snapshot(path)), shown(read_snapshot(out))
        expected = before | {(title, *cell): as_read(value) for cell, value in cells.items()}
        assert after == expected, path.name


def test_openpyxl_reads_the_edits_too(shared_data: Path, tmp_path: Path) -> None:
    warnings.simplefilter("ignore")
    for path in corpus(shared_data):
        if path.name in REFUSED or path.stat().st_size > 300_000:
            continue
        out = tmp_path / path.name
        title, cells = edit_first_sheet(path, out)
        workbook = openpyxl.load_workbook(out)
        if title not in workbook.sheetnames:  # openpyxl does not see the sheets of strict files
            continue
        for (row, column), value in cells.items():
            seen = workbook[title].cell(row, column).value
            if isinstance(value, date) and not isinstance(value, datetime):
                value = datetime(value.year, value.month, value.day)
            assert seen == value, (path.name, row, column)


def tables_of(path: Path) -> list[tuple[str, TablePart]]:
    with Package(path) as package:
        workbook = Workbook(package)
        return [(sheet.title, table) for sheet in workbook.sheets.values() for table in workbook.tables(sheet)]


def test_rows_are_appended_into_the_tables_of_the_corpus(shared_data: Path, tmp_path: Path) -> None:
    grown = 0
    for path in corpus(shared_data):
        for title, table in tables_of(path):
            out = tmp_path / path.name
            area = table.area
            new: list[dict[int, Value]] = [{area.right: n, area.left: f"新行{n}"} for n in (1, 2)]
            edit = SheetEdit(title, appended=new, header_row=area.top, last_row=area.bottom, width=area.right)
            try:
                write_file(path, [edit], out)
            except Refused as refused:
                assert refused.code in ("sheet.totals_row", "sheet.occupied", "sheet.pivot"), (path.name, refused)
                continue
            grown += 1
            after = {t.part: t for _, t in tables_of(out)}[table.part].area
            assert (after.top, after.left, after.right) == (area.top, area.left, area.right)
            assert after.bottom == area.bottom + 2, path.name
            grid = read_snapshot(out).grids[title]
            assert grid.cell(area.bottom + 1, area.left) == "新行1"
            openpyxl.load_workbook(out)
            out.unlink()
    assert grown >= 8


def convert(soffice: str, files: list[Path], folder: Path) -> None:
    """Every sheet of every file as CSV, as LibreOffice shows it."""
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, home, "--headless", "--convert-to", options, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_libreoffice_opens_edited_workbooks_and_shows_the_edits(
    shared_data: Path, tmp_path: Path, program: Callable[[str], str]
) -> None:
    names = ("01_", "04_", "12_", "14_", "19_", "24_", "26_", "35_", "39_", "42_", "50_", "55_", "62_", "66_")
    files, done = [], {}
    for path in corpus(shared_data):
        if path.name.startswith(names):
            out = tmp_path / path.name
            done[out] = edit_first_sheet(path, out)
            files.append(out)
    convert(program("soffice"), files, tmp_path)
    for out, (title, cells) in done.items():
        text = (tmp_path / f"{out.stem}-{title}.csv").read_text("utf-8")
        lines = list(csv.reader(text.splitlines(keepends=True)))
        for (row, column), value in cells.items():
            if isinstance(value, str):
                assert lines[row - 1][column - 1] == value, (out.name, row, column)
            elif isinstance(value, date):
                assert re.search(r"\d", lines[row - 1][column - 1]), (out.name, row, column)
