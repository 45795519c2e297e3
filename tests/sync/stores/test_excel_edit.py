"""What an edit does to a sheet: looks, ranges, formulas, dates; and what it refuses."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from followup.errors import Refused
from sync.stores.contract import SheetEdit, Value
from sync.stores.excel_file import set_cells, write_file
from sync.stores.excel_file.reader import read_snapshot
from tests.sync.stores.xlsx_tools import raw_members, rows_of, sheet_xml

SHEET = "客户"
Fill = Callable[[Any, Any], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "客户.xlsx"


def build(path: Path, fill: Fill, **options: object) -> Path:
    """A workbook by XlsxWriter: three rows under a header, then what `fill(workbook, sheet)` adds."""
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        sheet.write_row(0, 0, ["编号", "名称", "金额", "日期"])
        day = workbook.add_format({"num_format": "yyyy/m/d", "bg_color": "#EEEEEE"})
        for n in range(1, 4):
            sheet.write_row(n, 0, [f"C-{n}", f"客户{n}", n * 100])
            sheet.write_datetime(n, 3, datetime(2024, 5, n), day)
        fill(workbook, sheet)
    return path


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one part of a workbook, as another program may write it."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            target.writestr(info, change(content) if info.filename == name else content)


def append(path: Path, *rows: dict[int, Value], last_row: int = 4, header_row: int = 1) -> None:
    write_file(path, [SheetEdit(SHEET, appended=list(rows), last_row=last_row, header_row=header_row, width=4)])


def cell(path: Path, row: int, column: int) -> object:
    return read_snapshot(path).grids[SHEET].cell(row, column)


def xf(path: Path, address: str) -> Any:
    return openpyxl.load_workbook(path)[SHEET][address]


# ---------------------------------------------------------------------- dates and looks


def test_a_date_in_a_plain_cell_gets_a_date_format_and_keeps_its_look(path: Path) -> None:
    build(path, lambda book, sheet: sheet.write(1, 5, 1, book.add_format({"bold": True, "num_format": "0.00"})))
    set_cells(path, SHEET, {(2, 6): date(2024, 6, 1), (3, 6): datetime(2024, 6, 1, 18, 30)})
    assert cell(path, 2, 6) == date(2024, 6, 1)
    assert cell(path, 3, 6) == datetime(2024, 6, 1, 18, 30)
    assert xf(path, "F2").font.bold
    assert xf(path, "F2").number_format == "yyyy-mm-dd"
    assert xf(path, "F3").number_format == "yyyy-mm-dd hh:mm"


def test_a_date_cell_keeps_the_teams_own_format(path: Path) -> None:
    build(path, lambda book, sheet: None)
    before = raw_members(path)
    set_cells(path, SHEET, {(2, 4): date(2024, 6, 1)})
    after = raw_members(path)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
    assert xf(path, "D2").number_format == "yyyy/m/d"


def test_a_workbook_that_counts_from_1904(path: Path) -> None:
    build(path, lambda book, sheet: None, date_1904=True)
    assert cell(path, 2, 4) == date(2024, 5, 1)
    set_cells(path, SHEET, {(2, 4): date(2024, 6, 1), (2, 6): date(1904, 1, 2)})
    assert (cell(path, 2, 4), cell(path, 2, 6)) == (date(2024, 6, 1), date(1904, 1, 2))


@pytest.mark.parametrize("early", [date(1900, 2, 28), date(1, 1, 1), datetime(1899, 12, 31, 23, 59)])
def test_a_date_before_march_1900_is_refused(path: Path, early: date) -> None:
    build(path, lambda book, sheet: None)
    with pytest.raises(Refused) as error:
        set_cells(path, SHEET, {(2, 4): early})
    assert error.value.code == "cell.date_too_early"


def test_control_characters_survive(path: Path) -> None:
    build(path, lambda book, sheet: None)
    text = "a\x01b\r\n_x0041_\tc"
    set_cells(path, SHEET, {(2, 2): text})
    assert cell(path, 2, 2) == text


# ---------------------------------------------------------------------- appended rows


def test_an_appended_row_looks_like_the_one_above(path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.set_row(3, 30)
        sheet.write_blank(3, 7, None, book.add_format({"bg_color": "#FF0000"}))

    build(path, fill)
    append(path, {1: "C-4", 4: date(2024, 6, 1)}, {1: "C-5"})
    assert xf(path, "D5").number_format == xf(path, "D6").number_format == "yyyy/m/d"
    assert xf(path, "H5").fill.bgColor.rgb == xf(path, "H4").fill.bgColor.rgb
    assert openpyxl.load_workbook(path)[SHEET].row_dimensions[5].height == 30


def test_under_a_header_the_columns_look_is_taken(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(3, 3, 12, book.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_row(0, 0, ["编号", "名称", "金额", "日期"], book.add_format({"bold": True}))
    append(path, {1: "C-1", 4: date(2024, 6, 1)}, last_row=1)
    assert not xf(path, "A2").font.bold
    assert xf(path, "D2").number_format == "yyyy/m/d"


def test_preformatted_blank_rows_are_filled_not_doubled(path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in range(4, 50):
            for column in range(4):
                sheet.write_blank(row, column, None, book.add_format({"border": 1}))

    build(path, fill)
    append(path, {1: "C-4", 2: "新"})
    assert cell(path, 5, 2) == "新"
    assert sorted(rows_of(sheet_xml(path, SHEET))) == list(range(1, 51))
    assert xf(path, "A5").border.left.style == "thin"


def test_a_prepared_formula_below_is_left_and_content_is_not_overwritten(path: Path) -> None:
    build(path, lambda book, sheet: sheet.write_formula(4, 2, '=IF(A5="","",1)', None, ""))
    append(path, {1: "C-4", 3: 7})
    assert xf(path, "C5").value == '=IF(A5="","",1)'
    with pytest.raises(Refused) as error:
        append(path, {1: "C-5"}, last_row=4)
    assert error.value.code == "sheet.occupied"


def test_filters_formats_and_validations_that_end_at_the_last_row_grow(path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.autofilter(0, 0, 3, 3)
        sheet.conditional_format("C2:C4", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("A2:B4", {"type": "cell", "criteria": ">", "value": 1})
        sheet.conditional_format("A2:B9", {"type": "cell", "criteria": ">", "value": 2})
        sheet.data_validation("B2:B4", {"validate": "list", "source": ["甲", "乙"]})
        sheet.data_validation("Z2:Z4", {"validate": "list", "source": ["甲", "乙"]})

    build(path, fill)
    append(path, {1: "C-4"}, {1: "C-5"})
    xml = sheet_xml(path, SHEET).decode()
    assert '<autoFilter ref="A1:D6"/>' in xml
    assert re.findall(r'<conditionalFormatting sqref="([^"]+)"', xml) == ["C2:C6", "A2:B6", "A2:B9"]
    assert re.findall(r'<dataValidation [^>]*sqref="([^"]+)"', xml) == ["B2:B6", "Z2:Z4"]
    assert "<xm:sqref>C2:C6</xm:sqref>" in xml
    assert '<dimension ref="A1:D6"/>' in xml


def test_a_table_takes_new_rows_in(path: Path) -> None:
    build(path, lambda book, sheet: sheet.add_table("A1:D4", {"columns": [{"header": h} for h in "编名金日"]}))
    append(path, {1: "C-4", 2: "新"})
    table = next(iter(openpyxl.load_workbook(path)[SHEET].tables.values()))
    assert (table.ref, table.autoFilter.ref) == ("A1:D5", "A1:D5")


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("fill", "target", "code"),
    [
        (lambda b, s: s.merge_range("A2:B3", "合并"), (3, 2), "sheet.merged"),
        (lambda b, s: s.add_table("A1:D4", {"columns": [{"header": h} for h in "编名金日"]}), (1, 2), "sheet.table_header"),
        (lambda b, s: s.add_table("A1:D6", {"total_row": True}), (6, 2), "sheet.totals_row"),
        (lambda b, s: s.write_array_formula("F2:G3", "{=A2:B3}"), (3, 7), "sheet.array_formula"),
        (lambda b, s: s.write_dynamic_array_formula("F2:F4", "=UNIQUE(A2:A4)"), (2, 6), "sheet.array_formula"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_safely_is_refused(path: Path, fill: Fill, target: tuple[int, int], code: str) -> None:
    build(path, fill)
    before = path.read_bytes()
    with pytest.raises(Refused) as error:
        set_cells(path, SHEET, {target: "x", (60, 1): "y"})
    assert error.value.code == code
    assert error.value.message
    assert path.read_bytes() == before


def test_rows_are_not_appended_over_a_totals_row(path: Path) -> None:
    build(path, lambda book, sheet: sheet.add_table("A1:D5", {"total_row": True}))
    with pytest.raises(Refused) as error:
        append(path, {1: "C-4"})
    assert error.value.code == "sheet.totals_row"


def test_signed_workbooks_are_refused(path: Path) -> None:
    build(path, lambda book, sheet: None)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", b"<Signature/>")
    with pytest.raises(Refused) as error:
        set_cells(path, SHEET, {(2, 2): "x"})
    assert error.value.code == "file.signed"


# ---------------------------------------------------------------------- formulas


def test_overwriting_the_first_cell_of_a_shared_formula_writes_the_others_out(path: Path) -> None:
    build(path, lambda book, sheet: [sheet.write_formula(r, 5, f"=C{r + 1}*2", None, 1) for r in range(1, 4)])

    def share(xml: bytes) -> bytes:
        xml = xml.replace(b"<f>C2*2</f>", b'<f t="shared" ref="F2:F4" si="0">C2*2+$C$1+SUM(C$1:C2)&amp;"C2"</f>')
        return xml.replace(b"<f>C3*2</f>", b'<f t="shared" si="0"/>').replace(b"<f>C4*2</f>", b'<f t="shared" si="0"/>')

    rewritten(path, "xl/worksheets/sheet1.xml", share)
    set_cells(path, SHEET, {(2, 6): 5})
    assert xf(path, "F2").value == 5
    assert xf(path, "F3").value == '=C3*2+$C$1+SUM(C$1:C3)&"C2"'
    assert xf(path, "F4").value == '=C4*2+$C$1+SUM(C$1:C4)&"C2"'
    assert cell(path, 4, 6) == 1  # the cached value stays


def test_a_workbook_with_formulas_is_recalculated_when_opened_and_one_without_is_not_touched(path: Path) -> None:
    build(path, lambda book, sheet: None)
    rewritten(path, "xl/workbook.xml", lambda xml: re.sub(rb"<calcPr[^>]*/>", b"", xml))
    set_cells(path, SHEET, {(2, 2): "x"})
    with zipfile.ZipFile(path) as archive:
        assert b"calcPr" not in archive.read("xl/workbook.xml")
    build(path, lambda book, sheet: book.add_worksheet("汇总").write_formula("A1", "=SUM(客户!C:C)"))
    rewritten(path, "xl/workbook.xml", lambda xml: re.sub(rb"<calcPr[^>]*/>", b"", xml))
    set_cells(path, SHEET, {(2, 3): 1})
    with zipfile.ZipFile(path) as archive:
        assert b'<calcPr fullCalcOnLoad="1"/>' in archive.read("xl/workbook.xml")


# ---------------------------------------------------------------------- how other programs write


def test_an_empty_sheet_takes_cells(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet(SHEET)
    set_cells(path, SHEET, {(3, 2): "x", (1, 1): 1})
    assert (cell(path, 3, 2), cell(path, 1, 1)) == ("x", 1)


def test_elements_with_a_prefix(path: Path) -> None:
    build(path, lambda book, sheet: sheet.merge_range("H1:I2", "m"))

    def prefixed(xml: bytes) -> bytes:
        xml = re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", xml)
        return xml.replace(b'xmlns="', b'xmlns:x="')

    rewritten(path, "xl/worksheets/sheet1.xml", prefixed)
    rewritten(path, "xl/styles.xml", prefixed)
    set_cells(path, SHEET, {(2, 2): "改", (2, 3): date(2024, 6, 1), (9, 1): True, (3, 4): None})
    sheet = read_snapshot(path).grids[SHEET]
    found = [sheet.cell(2, 2), sheet.cell(2, 3), sheet.cell(9, 1), sheet.cell(3, 4), sheet.cell(4, 2)]
    assert found == ["改", date(2024, 6, 1), True, None, "客户3"]


def test_rows_and_cells_without_addresses(path: Path) -> None:
    build(path, lambda book, sheet: None)

    def bare(xml: bytes) -> bytes:
        return re.sub(rb'<(row|c) r="\w+"', rb"<\1", xml)

    rewritten(path, "xl/worksheets/sheet1.xml", bare)
    set_cells(path, SHEET, {(3, 2): "改", (3, 6): "新", (6, 1): "末"})
    assert [cell(path, 3, c) for c in (1, 2, 3, 6)] == ["C-2", "改", 200, "新"]
    assert (cell(path, 4, 2), cell(path, 6, 1)) == ("客户3", "末")


def test_comments_or_cdata_between_rows_are_refused_not_broken(path: Path) -> None:
    build(path, lambda book, sheet: None)
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<row", b"<!-- <row r='2'> --><row", 1))
    with pytest.raises(Refused) as error:
        set_cells(path, SHEET, {(2, 2): "x"})
    assert error.value.code == "file.odd_xml"
    assert cell(path, 2, 2) == "客户1"


# ---------------------------------------------------------------------- formulas in added rows


def test_an_added_row_takes_over_the_teams_own_formulas(path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in range(1, 4):
            sheet.write_formula(row, 5, f"=C{row + 1}*$C$1", None, 1)
            sheet.write_formula(row, 6, f"=C{row + 1}+1", None, 1)
        sheet.write_formula(3, 7, "=SUM(C2:C4)", None, 1)  # stands alone: not filled down
        sheet.write_blank(5, 5, None, book.add_format({"bold": True}))

    build(path, fill)
    append(path, {1: "C-4", 3: 5}, {1: "C-5", 3: 6, 7: 9})
    assert [xf(path, address).value for address in ("F5", "G5", "F6", "G6", "H5")] == [
        "=C5*$C$1", None, "=C6*$C$1", 9, None,
    ]  # fmt: skip
    assert xf(path, "F6").font.bold
    assert cell(path, 4, 6) == 1


def test_a_shared_formula_is_taken_over_too(path: Path) -> None:
    build(path, lambda book, sheet: [sheet.write_formula(r, 5, f"=C{r + 1}*2", None, 1) for r in range(1, 4)])

    def share(xml: bytes) -> bytes:
        xml = xml.replace(b"<f>C2*2</f>", b'<f t="shared" ref="F2:F4" si="0">C2*2</f>')
        return xml.replace(b"<f>C3*2</f>", b'<f t="shared" si="0"/>').replace(b"<f>C4*2</f>", b'<f t="shared" si="0"/>')

    rewritten(path, "xl/worksheets/sheet1.xml", share)
    append(path, {1: "C-4", 3: 5})
    assert xf(path, "F5").value == "=C5*2"


# ---------------------------------------------------------------------- names and charts over a table


def test_names_and_charts_over_a_table_grow_with_it(path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.add_table("A1:D4", {"columns": [{"header": h} for h in "编名金日"]})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": f"={SHEET}!$C$2:$C$4", "categories": f"={SHEET}!$A$2:$A$3"})
        sheet.insert_chart("H2", chart)
        book.define_name("金额", f"={SHEET}!$C$2:$C$4")
        book.define_name("头两个", f"={SHEET}!$C$2:$C$3")

    build(path, fill)
    append(path, {1: "C-4"})
    names = {name: value.value for name, value in openpyxl.load_workbook(path).defined_names.items()}
    assert names == {"金额": f"{SHEET}!$C$2:$C$5", "头两个": f"{SHEET}!$C$2:$C$3"}
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert re.findall(r"<c:f>([^<]*)</c:f>", chart) == [f"{SHEET}!$A$2:$A$3", f"{SHEET}!$C$2:$C$5"]


def test_the_filters_hidden_name_follows_the_filter(path: Path) -> None:
    build(path, lambda book, sheet: sheet.autofilter("A1:D4"))
    append(path, {1: "C-4"})
    with zipfile.ZipFile(path) as archive:
        assert f"{SHEET}!$A$1:$D$5" in archive.read("xl/workbook.xml").decode()
