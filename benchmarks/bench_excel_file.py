"""How fast is the Excel file store beside openpyxl and python-calamine, in one run on one machine?

    python benchmarks/bench_excel_file.py [--rows 100000] [--columns 20] [--skip-openpyxl]

Prints seconds, peak memory and ratios. Openpyxl's figure for more than 200,000 rows is scaled up
from 100,000 rows, and says so.
"""

from __future__ import annotations

import argparse
import datetime
import multiprocessing
import resource
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sync.stores.contract import SheetEdit, Value
from sync.stores.excel_file.inflate import compressor, decompressor
from sync.stores.excel_file.store import write_file
from sync.stores.excel_file.xmltext import letters

SHEET = "客户"
DAY = datetime.date(2024, 5, 5)


def sheet_xml(rows: int, columns: int) -> Iterator[str]:
    """A sheet like Excel's: shared texts, numbers, dates, a styled header."""
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    yield f'<dimension ref="A1:{letters(columns).decode()}{rows}"/><sheetData>'
    names = [letters(c).decode() for c in range(1, columns + 1)]
    for r in range(1, rows + 1):
        cells = []
        for c, name in enumerate(names):
            if c % 4 == 0:
                cells.append(f'<c r="{name}{r}" t="s"><v>{(r * 7 + c) % 5000}</v></c>')
            elif c % 4 == 3:
                cells.append(f'<c r="{name}{r}" s="1"><v>{45000 + r % 900}</v></c>')
            else:
                cells.append(f'<c r="{name}{r}"><v>{(r * 31 + c) % 100000 / 4}</v></c>')
        yield f'<row r="{r}" spans="1:{columns}">{"".join(cells)}</row>'
    yield "</sheetData></worksheet>"


def make_workbook(path: Path, rows: int, columns: int) -> None:
    """A workbook of one sheet with `rows` × `columns` cells."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as seed:
        sheet = seed.add_worksheet(SHEET)
        sheet.write_string(0, 0, "text")
        sheet.write_datetime(0, 1, DAY, seed.add_format({"num_format": "yyyy-mm-dd"}))
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    texts = "".join(f"<si><t>客户往来记录{n:05d}</t></si>" for n in range(5000))
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{texts}</sst>'.encode()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in parts.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            block: list[str] = []
            for piece in sheet_xml(rows, columns):
                block.append(piece)
                if len(block) > 2000:
                    out.write("".join(block).encode())
                    block = []
            out.write("".join(block).encode())


def _child(
    work: Callable[..., None], arguments: tuple[object, ...], queue: multiprocessing.Queue[tuple[float, float]]
) -> None:
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    work(*arguments)
    taken = time.perf_counter() - start
    queue.put((taken, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024))


def measured(work: Callable[..., None], *arguments: object) -> tuple[float, float]:
    """(seconds, MB of memory beyond the interpreter's) of `work` in a process of its own."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[tuple[float, float]] = context.Queue()
    process = context.Process(target=_child, args=(work, arguments, queue))
    process.start()
    while queue.empty() and process.is_alive():
        time.sleep(0.01)
    process.join(5)
    if process.exitcode:
        raise SystemExit(f"{work.__name__} failed")
    return queue.get()


def set_one(path: Path, row: int) -> None:
    """Set one cell of the last third of the sheet."""
    write_file(path, [SheetEdit(SHEET, {(row, 3): "改一个"})], path.with_suffix(".one.xlsx"))


def fill(path: Path, rows: int, columns: int) -> None:
    """Fill six columns to the right in every row: numbers, texts, dates."""
    cells: dict[tuple[int, int], Value] = {}
    for row in range(2, rows + 1):
        for n in range(6):
            cells[row, columns + 1 + n] = row * n if n < 2 else f"文本{row % 100}" if n < 4 else DAY
    write_file(path, [SheetEdit(SHEET, cells)], path.with_suffix(".fill.xlsx"))


def append(path: Path, rows: int) -> None:
    """Append a thousand rows."""
    new: list[dict[int, Value]] = [{1: f"新{n}", 2: n, 4: DAY} for n in range(1000)]
    write_file(path, [SheetEdit(SHEET, appended=new, last_row=rows)], path.with_suffix(".append.xlsx"))


def openpyxl_set(path: Path, rows: int, columns: int, width: int) -> None:
    """The same with openpyxl: load, set, save."""
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    sheet = workbook[SHEET]
    for row in range(2, rows + 1):
        for n in range(width):
            sheet.cell(row, columns + 1 + n).value = row * n if n < 2 else f"文本{row % 100}" if n < 4 else DAY
    workbook.save(path.with_suffix(".openpyxl.xlsx"))


def recompress(path: Path) -> None:
    """The floor: inflate and deflate the sheet's part with the compressor the editor uses."""
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        with path.open("rb") as file:
            file.seek(info.header_offset + 26)
            sizes = file.read(4)
            file.seek(int.from_bytes(sizes[:2], "little") + int.from_bytes(sizes[2:], "little"), 1)
            inflater, deflater, left = decompressor(), compressor(info.file_size), info.compress_size
            while left:
                raw = file.read(min(256 * 1024, left))
                left -= len(raw)
                deflater.compress(inflater.decompress(raw))


def read_ours(path: Path) -> None:
    """Every sheet as a Grid with flags."""
    from sync.stores.excel_file.reader import read_snapshot

    read_snapshot(path)


def read_calamine(path: Path) -> None:
    """Values only, as python-calamine gives them."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET).to_python(skip_empty_area=False)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--skip-openpyxl", action="store_true")
    options = parser.parse_args()
    rows, columns = options.rows, options.columns
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.xlsx"
        make_workbook(path, rows, columns)
        print(f"{rows:,} × {columns}: {path.stat().st_size / 1e6:.0f} MB on disk; zlib {zlib.ZLIB_RUNTIME_VERSION}")
        floor = measured(recompress, path)
        results = {
            "inflate + deflate (floor)": floor,
            "set 1 cell": measured(set_one, path, rows * 2 // 3),
            "append 1,000 rows": measured(append, path, rows),
            "fill 6 columns × 100,000": measured(fill, path, min(rows, 100_000), columns),
            "read, calamine values": measured(read_calamine, path),
            "read, ours with flags": measured(read_ours, path),
        }
        for name, (seconds, memory) in results.items():
            print(f"{name:32} {seconds:8.2f} s {memory:8.0f} MB")
        print(f"set 1 cell / floor               {results['set 1 cell'][0] / floor[0]:8.2f} ×")
        ratio = results["read, ours with flags"][0] / results["read, calamine values"][0]
        print(f"read / calamine                  {ratio:8.2f} ×")
        if options.skip_openpyxl:
            return
        scale = 1.0
        if rows > 200_000:
            scale, small = rows / 100_000, Path(folder) / "small.xlsx"
            make_workbook(small, 100_000, columns)
            path = small
            print(f"openpyxl at 100,000 rows, × {scale:.0f}:")
        one = measured(openpyxl_set, path, 2, columns, 1)
        print(f"openpyxl load + save             {one[0] * scale:8.2f} s {one[1] * scale:8.0f} MB")
        print(f"faster than openpyxl, 1 cell     {one[0] * scale / results['set 1 cell'][0]:8.1f} ×")
        if rows <= 200_000:
            six = measured(openpyxl_set, path, min(rows, 100_000), columns, 6)
            print(f"openpyxl, 6 columns              {six[0]:8.2f} s {six[1]:8.0f} MB")
            print(f"faster than openpyxl, 6 columns  {six[0] / results['fill 6 columns × 100,000'][0]:8.1f} ×")


if __name__ == "__main__":
    main()
