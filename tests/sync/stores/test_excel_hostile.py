"""Files that are no workbooks, or mean harm, end in one clear error: quickly and in bounded memory."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter

from followup.errors import Trouble, Wrong
from sync.stores.contract import SheetEdit
from sync.stores.excel_file import ExcelFileStore, write_file


def workbook_bytes() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("客户")
        sheet.write_row(0, 0, ["编号", "名称"])
        sheet.write_row(1, 0, ["C-1", "华东制造"])
    return buffer.getvalue()


def with_parts(**parts: bytes) -> bytes:
    """A sound workbook with some parts' content replaced (`sheet`, `strings`, `workbook`, `rels`) or added by path."""
    names = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "workbook": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
    }
    buffer = io.BytesIO()
    wanted = {names.get(key, key): content for key, content in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, wanted.pop(name, source.read(name)))
        for name, content in wanted.items():
            target.writestr(name, content)
    return buffer.getvalue()


def refused_code(path: Path, seconds: float = 5) -> str:
    start = time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(Trouble) as error:
            ExcelFileStore(path).read()
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert time.monotonic() - start < seconds
    assert peak < 200e6
    assert error.value.message
    assert error.value.hint
    return error.value.code


SHEET_HEAD = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_TAIL = b"</sheetData></worksheet>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&m;</t></si></sst>'
)
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"PK", "file.damaged"),
        (workbook_bytes()[:2000], "file.damaged"),
        (workbook_bytes()[:-30], "file.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "file.old_format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(64),
            "file.encrypted",
        ),
        ("编号,名称\nC-1,华东制造\n".encode(), "file.not_workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file.not_workbook"),
        (with_parts(sheet=XXE), "file.unsafe"),
        (with_parts(workbook=b"<workbook"), "file.damaged"),
        (with_parts(sheet=SHEET_HEAD + b"<row r='1'><c r='A1'><v>1</v>"), "file.damaged"),
        (with_parts(sheet=b""), "file.damaged"),
    ],
)
def test_what_is_no_sound_workbook_is_told_as_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "客户.xlsx"
    path.write_bytes(content)
    assert refused_code(path) == code
    with pytest.raises(Trouble):
        write_file(path, [SheetEdit("客户", {(2, 2): "x"})])
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_billion_laughs_in_the_shared_texts(tmp_path: Path) -> None:
    path = tmp_path / "笑.xlsx"
    path.write_bytes(with_parts(strings=LAUGHS))
    assert refused_code(path) == "file.unsafe"


def test_a_missing_file_and_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    assert refused_code(tmp_path / "没有.xlsx") == "file.missing"
    path = tmp_path / "照片.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert refused_code(path) == "file.not_workbook"


def test_a_workbook_of_chart_sheets_only(tmp_path: Path) -> None:
    path = tmp_path / "图.xlsx"
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    path.write_bytes(with_parts(rels=rels))
    assert refused_code(path) == "file.no_sheet"


def test_a_zip_bomb_is_not_inflated(tmp_path: Path) -> None:
    path = tmp_path / "炸弹.xlsx"
    path.write_bytes(with_parts(sheet=SHEET_HEAD + b" " * 200_000_000 + SHEET_TAIL))
    assert refused_code(path) == "file.too_big"


def test_a_bomb_that_lies_about_its_size_ends_early(tmp_path: Path) -> None:
    data = bytearray(with_parts(sheet=SHEET_HEAD + b" " * 100_000_000 + SHEET_TAIL))
    name = b"xl/worksheets/sheet1.xml"
    for place in (data.find(name) - 30 + 22, data.rfind(name) - 46 + 24):
        data[place : place + 4] = struct.pack("<L", 5000)
    path = tmp_path / "谎.xlsx"
    path.write_bytes(data)
    assert refused_code(path) == "file.damaged"


def test_a_damaged_checksum_is_seen(tmp_path: Path) -> None:
    data = bytearray(with_parts(sheet=SHEET_HEAD + b'<row r="1"><c r="A1"><v>1</v></c></row>' + SHEET_TAIL))
    place = data.rfind(b"xl/worksheets/sheet1.xml") - 46 + 16
    data[place : place + 4] = struct.pack("<L", zlib.crc32(b"other"))
    path = tmp_path / "坏.xlsx"
    path.write_bytes(data)
    assert refused_code(path) == "file.damaged"


def test_a_hundred_thousand_sheets(tmp_path: Path) -> None:
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n + 1) for n in range(100_000))
    book = (
        b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        + sheets
        + b"</sheets></workbook>"
    )
    path = tmp_path / "多.xlsx"
    path.write_bytes(with_parts(workbook=book))
    assert refused_code(path) == "file.too_big"


def test_part_names_that_lead_out_of_the_file_lead_nowhere(tmp_path: Path) -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="../../../etc/passwd"/></Relationships>'
    )
    path = tmp_path / "路.xlsx"
    path.write_bytes(with_parts(rels=rels, **{"../../etc/passwd": b"x"}))
    assert refused_code(path) in ("file.no_sheet", "file.damaged")


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO(workbook_bytes())
    with pytest.warns(UserWarning), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    path = tmp_path / "双.xlsx"
    path.write_bytes(buffer.getvalue())
    assert refused_code(path) == "file.damaged"


def test_formatting_down_to_the_last_row_costs_no_memory(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(2, 1_048_577))
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>\xe5\x90\x8d</t></is></c></row>'
    path = tmp_path / "格式.xlsx"
    path.write_bytes(with_parts(sheet=SHEET_HEAD + first + rows + SHEET_TAIL))
    tracemalloc.start()
    grid = ExcelFileStore(path).read().grids["客户"]
    assert tracemalloc.get_traced_memory()[1] < 60e6
    tracemalloc.stop()
    assert grid.rows == [["名"]]


def test_one_value_in_the_last_corner_does_not_lay_out_the_whole_sheet(tmp_path: Path) -> None:
    corner = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    path = tmp_path / "角.xlsx"
    path.write_bytes(with_parts(sheet=SHEET_HEAD + corner + SHEET_TAIL))
    grid = ExcelFileStore(path).read().grids["客户"]
    assert grid.cell(1, 1) == 1
    assert grid.cell(1_048_576, 16_384) == 2


@pytest.mark.parametrize(
    "cell",
    [b'r="A99999999999"', b'r="ZZ900000"', b"r='ZZ1048576'", b'r\n="ZZ1048576"', b's="0" r="XFD9"', b'r="AAAA1"', b'r="A900000"'],
)  # fmt: skip
def test_a_cell_that_lies_about_its_place_takes_no_memory(tmp_path: Path, cell: bytes) -> None:
    path = tmp_path / "谎.xlsx"
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c %s><v>2</v></c></row>' % cell
    path.write_bytes(with_parts(sheet=SHEET_HEAD + rows + SHEET_TAIL))
    grid = ExcelFileStore(path).read().grids["客户"]
    assert grid.cell(1, 1) == 1
    assert sum(map(len, grid.rows)) < 20_000


def test_a_count_of_texts_that_lies_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "谎.xlsx"
    texts = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4" uniqueCount="99999999999">'
        + b"".join(b"<si><t>%s</t></si>" % text.encode() for text in ("编号", "名称", "C-1", "华东制造"))
        + b"</sst>"
    )
    path.write_bytes(with_parts(strings=texts))
    assert ExcelFileStore(path).read().grids["客户"].rows == [["编号", "名称"], ["C-1", "华东制造"]]


def test_a_missing_sheet_names_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "客户.xlsx"
    path.write_bytes(workbook_bytes())
    with pytest.raises(Wrong) as error:
        write_file(path, [SheetEdit("跟进", {(1, 1): "x"})])
    assert error.value.code == "sheet.missing"
    assert "客户" in error.value.hint
