"""What tests of the Excel file store compare: raw members, rows of a sheet's XML, shown cells."""

from __future__ import annotations

import re
from pathlib import Path

from followup.grid import Raw
from sync.stores.contract import Snapshot
from sync.stores.excel_file.package import Package
from sync.stores.excel_file.workbook import Workbook


def raw_members(path: Path) -> dict[str, bytes]:
    """Each member as it lies in the file: local header, compressed bytes, data descriptor."""
    with Package(path) as package:
        data = path.read_bytes()
        return {name: data[member.start : member.end] for name, member in package.members.items()}


def sheet_xml(path: Path, title: str) -> bytes:
    """A worksheet's XML."""
    with Package(path) as package:
        return package.read(Workbook(package).sheets[title].part)


def rows_of(xml: bytes) -> dict[int, bytes]:
    """A sheet's rows by number."""
    body = xml[xml.find(b"<sheetData") : xml.find(b"</sheetData>")]
    found, number = {}, 0
    for match in re.finditer(rb"<row\b([^>]*?)(?:/>|>.*?</row>)", body, re.DOTALL):
        given = re.search(rb'\br="(\d+)"', match[1])
        number = int(given[1]) if given else number + 1
        found[number] = match[0]
    return found


def shown(snapshot: Snapshot) -> dict[tuple[str, int, int], Raw]:
    """Every non-blank cell of every sheet."""
    return {
        (title, r, c): value
        for title, grid in snapshot.grids.items()
        for r, row in enumerate(grid.rows, 1)
        for c, value in enumerate(row, 1)
        if value is not None
    }
