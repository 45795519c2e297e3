"""Any edit of any generated workbook does what the memory store does, and touches nothing else."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.stores.contract import SheetEdit, Value
from sync.stores.excel_file import ExcelFileStore
from sync.stores.excel_file.formulas import remapped, shifted
from sync.stores.excel_file.row_map import CannotRemove, RowMap
from sync.stores.excel_file.styles import Styles, is_date_format
from sync.stores.memory import MemoryStore
from tests.sync.stores.contract_suite import whole_text
from tests.sync.stores.xlsx_tools import rows_of, sheet_xml

SHEET = "客户 & <表>"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=12)
VALUES = st.one_of(
    TEXT,
    st.sampled_from(["00123", "=1+1", "_x0041_", " x ", "1e5", "TRUE", "#N/A"]),
    st.integers(-(10**12), 10**12),
    st.integers(-(10**7), 10**7).map(lambda number: number / 8),  # XlsxWriter rounds to 16 digits
    st.booleans(),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
)
SHEETS = st.lists(st.lists(st.none() | VALUES, max_size=6), min_size=1, max_size=8)


def write(sheets: Mapping[str, list[list[Value]]], looks: int) -> bytes:
    """A workbook by XlsxWriter; the bits of `looks` switch features on."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": bool(looks & 1), "date_1904": bool(looks & 2)}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            if looks & 4:
                sheet.set_column(0, 5, 15, book.add_format({"bold": True, "num_format": "0.00"}))
            if looks & 8:
                sheet.conditional_format(1, 0, 9, 3, {"type": "data_bar", "data_bar_2010": True})
                sheet.freeze_panes(1, 1)
            for r, row in enumerate(rows):
                if looks & 16 and r % 2:
                    sheet.set_row(r, 25, book.add_format({"italic": True}))
                for c, value in enumerate(row):
                    put(sheet, r, c, value, day)
    return buffer.getvalue()


def put(sheet: Any, row: int, column: int, value: Value, day: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


@st.composite
def edits(draw: st.DrawFn, rows: int) -> SheetEdit:
    cells = draw(
        st.dictionaries(st.tuples(st.integers(1, rows), st.integers(1, 8)), st.none() | VALUES, min_size=1, max_size=6)
    )
    appended = draw(st.lists(st.dictionaries(st.integers(1, 7), VALUES, min_size=1, max_size=4), max_size=3))
    removed = draw(st.lists(st.integers(1, rows + len(appended)), max_size=3, unique=True))
    return SheetEdit(SHEET, cells, appended, removed, last_row=rows)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), rows=SHEETS, looks=st.integers(0, 31))
def test_an_edit_does_what_the_memory_store_does(data: st.DataObject, rows: list[list[Value]], looks: int) -> None:
    if looks & 2:  # days before 1904 cannot be written there
        rows = [[None if isinstance(v, date) and v.year < 1905 else v for v in row] for row in rows]
    edit = data.draw(edits(len(rows)))
    if looks & 2:
        edit.cells = {k: None if isinstance(v, date) and v.year < 1905 else v for k, v in edit.cells.items()}
        edit.appended = [
            {k: v for k, v in row.items() if not (isinstance(v, date) and v.year < 1905)} for row in edit.appended
        ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "客户.xlsx"
        path.write_bytes(write({SHEET: rows, "别的": [["不动", 1]]}, looks))
        old_rows = rows_of(sheet_xml(path, SHEET))
        store, memory = ExcelFileStore(path), MemoryStore({SHEET: rows, "别的": [["不动", 1]]})
        assert whole_text(store.read().grids[SHEET]) == whole_text(memory.read().grids[SHEET])
        for one in (store, memory):
            one.apply([edit], one.read())
        grids = store.read().grids
        assert whole_text(grids[SHEET]) == whole_text(memory.read().grids[SHEET])
        assert whole_text(grids["别的"]) == [["不动", 1]]
        xml = sheet_xml(path, SHEET)
        ElementTree.fromstring(xml)
        touched = {row for row, _ in edit.cells} | set(range(len(rows) + 1, len(rows) + 9))
        above = min(edit.removed, default=10**6)
        new_rows = rows_of(xml)
        for number, row in old_rows.items():
            if number not in touched and number < above:
                assert new_rows[number] == row


REFERENCE = st.tuples(
    st.sampled_from(["", "$"]), st.sampled_from(["A", "XFD", "BC"]), st.sampled_from(["", "$"]), st.integers(1, 500)
)
CELLS = REFERENCE.map(lambda parts: "".join(map(str, parts)))
PIECES = st.one_of(
    CELLS,
    st.tuples(CELLS, CELLS).map(":".join),
    st.sampled_from(
        ['"A1 文字"', "LOG10(", "SUM(", ")", "表1[[#This Row],[列A1]]", "名称A1", "TRUE", "1E5", "'别的 A1'!", "别的!", "+", "-", ",", "&", "12.5", "[1]Sheet1!"]
    ),
)  # fmt: skip


@given(st.lists(PIECES, max_size=12), st.integers(0, 400), st.integers(0, 40))
def test_a_formula_shifted_there_and_back_is_the_same(pieces: list[str], rows: int, columns: int) -> None:
    text = " ".join(pieces)
    moved = shifted(text, rows, columns)
    if "#REF!" not in moved:
        assert shifted(moved, -rows, -columns) == text


@given(st.lists(PIECES, max_size=12), st.sets(st.integers(1, 500), max_size=4))
def test_a_formula_about_other_sheets_stays_as_it_is(pieces: list[str], removed: set[int]) -> None:
    text = " ".join(pieces)
    assert remapped(text, "这里", "第三张", RowMap("第三张", removed).span) == text


@given(st.sets(st.integers(1, 60), min_size=1, max_size=10), st.integers(1, 60), st.integers(0, 20))
def test_a_range_covers_the_rows_that_are_left_of_it(removed: set[int], first: int, height: int) -> None:
    rows = RowMap("表", removed)
    left = [number for n in range(first, first + height + 1) if (number := rows.row(n)) is not None]
    assert rows.span(first, first + height) == ((left[0], left[-1]) if left else None)


def test_formulas_written_in_every_way_are_understood() -> None:
    rows = RowMap("客户 表", [3])
    cases = {
        "A4+'客户 表'!A4": "A4+'客户 表'!A3",
        "SUM('客户 表'!$A$2:$A$9)*A9": "SUM('客户 表'!$A$2:$A$8)*A9",
        "'客户 表'!4:9": "'客户 表'!3:8",
        "'客户 表'!A:B": "'客户 表'!A:B",
        "\"A4\"&'客户 表'!A9&客户表[A4]": "\"A4\"&'客户 表'!A8&客户表[A4]",
        "'[1]客户 表'!A4": "'[1]客户 表'!A4",
        "[1]别的!A4+A4": "[1]别的!A4+A4",
        "LOG10('客户 表'!A10)": "LOG10('客户 表'!A9)",
    }
    for text, expected in cases.items():
        assert rows.formula(text, "别的") == expected


def test_a_formula_about_another_workbooks_sheet_of_the_same_name_stays() -> None:
    assert RowMap("表", [3]).formula("[1]表!A9+表!A9", "别的") == "[1]表!A9+表!A8"


def test_formulas_over_several_sheets_keep_the_row() -> None:
    with pytest.raises(CannotRemove):
        RowMap("二月", [3]).formula("SUM(一月:三月!A9)", "汇总")


def test_date_formats_are_told_from_numbers() -> None:
    dates = [
        "yyyy-mm-dd",
        "m/d",
        'yyyy"年"m"月"d"日"',
        "[$-804]aaaa;@",
        "h:mm AM/PM",
        "[h]:mm",
        "mmm-yy",
        "dd\\.mm\\.yyyy",
    ]
    numbers = [
        "0.00",
        "General",
        "#,##0.00_);[Red]\\(#,##0.00\\)",
        '"day"0',
        "0%",
        "0.00E+00",
        "@",
        "[DBNum1]0",
        "¥#,##0",
        "[Red]0",
    ]
    assert [code for code in dates if not is_date_format(code)] == []
    assert [code for code in numbers if is_date_format(code)] == []


def test_styles_without_number_formats_take_one() -> None:
    xml = b'<styleSheet><fonts count="1"><font/></fonts><cellXfs count="1"><xf numFmtId="0" fontId="0"/></cellXfs></styleSheet>'
    styles = Styles(xml)
    assert styles.for_kind(0, "date") == 1
    assert styles.for_kind(0, "date") == 1
    assert styles.for_kind(1, "number") == 2
    assert styles.xml() == (
        b'<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
        b'<fonts count="1"><font/></fonts><cellXfs count="3"><xf numFmtId="0" fontId="0"/>'
        b'<xf numFmtId="164" fontId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" applyNumberFormat="1"/>'
        b"</cellXfs></styleSheet>"
    )
