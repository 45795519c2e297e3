"""What does a workbook show: every worksheet as a Grid, quickly?

python-calamine reads the values; one look at the XML adds what it does not tell (formulas, error
texts, telling number formats). Sheets it cannot read, or would need the memory of their whole
extent for, go to `plain_reader`.
"""

from __future__ import annotations

import re
import time as clock
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from followup.errors import Failed, Refused, Wrong
from followup.grid import Grid, Raw

from ..contract import Snapshot
from .package import Package
from .plain_reader import plain_rows, rounded, shared_strings
from .scan import Flags, formats_in_columns, scan, telling_formats
from .styles import Styles
from .workbook import Sheet, Workbook, refuse_declarations
from .xmltext import MAX_ROW, letters

MAX_EXTENT = 60_000_000  # cells of a sheet's rectangle that the fast reader may lay out
ATTEMPTS = 3


def read_snapshot(path: Path) -> Snapshot:
    """All worksheets of the file at `path`. Raises Wrong `file.*`, Failed `file.unreadable`, `file.changing`."""
    for attempt in range(ATTEMPTS):
        before = _stat(path)
        try:
            snapshot = _read(path)
        except Wrong:
            if _stat(path) == before:
                raise
        else:
            if _stat(path) == before:
                return snapshot
        clock.sleep(0.2 * (attempt + 1))
    raise Failed("file.changing", file=path.name)


def _stat(path: Path) -> tuple[int, int, int]:
    try:
        info = path.stat()
    except OSError:
        return (0, 0, 0)
    return info.st_size, info.st_mtime_ns, info.st_ino


def _read(path: Path) -> Snapshot:
    try:
        return _read_sheets(path)
    except OSError as error:
        raise Failed("file.unreadable", file=path.name, detail=error.strerror or "") from error
    except (ValueError, LookupError, ArithmeticError) as error:  # numbers and encodings that are none
        raise Wrong("file.damaged", file=path.name, detail=type(error).__name__) from error


def _read_sheets(path: Path) -> Snapshot:
    with Package(path) as package:
        reader = WorkbookReader(Workbook(package))
        if not reader.workbook.sheets:
            raise Wrong("file.no_sheet", file=path.name)
        grids = {title: reader.grid(sheet) for title, sheet in reader.workbook.sheets.items()}
        return Snapshot(grids, package.fingerprint)


def read_sheet(path: Path, title: str) -> Grid | None:
    """One worksheet; None when the workbook has none of that title."""
    with Package(path) as package:
        reader = WorkbookReader(Workbook(package))
        sheet = reader.workbook.sheets.get(title)
        return reader.grid(sheet) if sheet else None


class WorkbookReader:
    """Reads the sheets of one open workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        part = workbook.styles_part
        empty = part is None or workbook.package.members[part].size == 0
        self._styles = None if part is None or empty else Styles(workbook.bytes(part))
        self._telling = telling_formats(self._styles)
        self._strings: list[str] | None = None
        self._fast = self._open_fast()

    def _open_fast(self) -> Any:
        """calamine's workbook, or None when it cannot open this one. Parts it inflates were checked before."""
        from python_calamine import CalamineWorkbook

        if not self._strings_are_sound() or self.workbook.is_strict:
            return None
        try:
            return CalamineWorkbook.from_path(str(self.workbook.package.path))
        except BaseException as error:  # a panic in Rust is no Exception
            _pass_on(error)
            return None

    def _strings_are_sound(self) -> bool:
        """Whether the shared texts inflate as declared and tell a count that can be true: calamine
        reserves memory for the count it is told, and a lie ends the whole process."""
        for part in self.workbook.related(self.workbook.part, "sharedStrings"):
            head = b""
            for chunk in self.workbook.package.stream(part):
                head = head if len(head) > 4096 else head + chunk
            refuse_declarations(self.workbook.package, head)
            counts = re.findall(rb"""ount\s*=\s*["']\s*\+?(\d+)""", head[:4096])
            if any(int(count) > self.workbook.package.members[part].size for count in counts):
                return False
        return True

    def grid(self, sheet: Sheet) -> Grid:
        """One worksheet as it stands."""
        try:
            flags = scan(self.workbook, sheet.part, self._telling)
        except Refused:  # CDATA, UTF-16, odd encodings
            return self._plain(sheet)
        rows = min(10 ** len(str(flags.last_value_row)), MAX_ROW)  # an address may lie by less than a digit
        if flags.is_odd or self._fast is None or rows * flags.last_column > MAX_EXTENT:
            return self._plain(sheet)
        try:
            raw = self._fast.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
        except BaseException as error:  # a panic in Rust is no Exception
            _pass_on(error)
            return self._plain(sheet)
        rows = typed_rows(raw)
        if self._telling and not flags.formats:
            flags.formats.update(self._late_formats(sheet, rows))
        for (row, column), text in flags.errors.items():
            _put(rows, row, column, text)
        return _grid(sheet, rows, flags)

    def _late_formats(self, sheet: Sheet, rows: list[list[Raw]]) -> dict[tuple[int, int], str]:
        """Formats in a large sheet: only of columns where small numbers with a fraction stand."""
        if self.workbook.package.members[sheet.part].size <= 16 * 1024**2:
            return {}
        columns = sorted({number for row in rows[:: max(1, len(rows) // 5_000)] for number in _dubious(row)})
        return dict(formats_in_columns(self.workbook, sheet.part, self._telling, [letters(one) for one in columns]))

    def _plain(self, sheet: Sheet) -> Grid:
        if self._strings is None:
            self._strings = shared_strings(self.workbook)
        rows, formulas, errors, formats = plain_rows(self.workbook, sheet, self._strings, self._styles, self._telling)
        return _grid(sheet, rows, Flags(formulas, errors, formats))


def _pass_on(error: BaseException) -> None:
    """Let the person's interrupt through."""
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        raise error


def _dubious(row: list[Raw]) -> list[int]:
    return [n for n, value in enumerate(row, 1) if type(value) is float and 0 < value < 32]


def _put(rows: list[list[Raw]], row: int, column: int, value: Raw) -> None:
    while len(rows) < row:
        rows.append([])
    line = rows[row - 1]
    if len(line) < column:
        line.extend([None] * (column - len(line)))
    line[column - 1] = value


def _grid(sheet: Sheet, rows: list[list[Raw]], flags: Flags) -> Grid:
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return Grid(
        sheet.title,
        rows,
        formulas=frozenset(flags.formulas),
        errors=frozenset(flags.errors),
        formats=flags.formats,
        hidden=sheet.state != "visible",
        state=sheet.state,
    )


def _whole(value: float) -> Raw:
    return int(value) if value.is_integer() else value


def _duration(value: timedelta) -> Raw:
    return _whole(value.total_seconds() / 86_400)


def _clock(value: time) -> Raw:
    return rounded(datetime.combine(date(2000, 1, 1), value)).time() if value.microsecond else value


def _moment(value: datetime) -> Raw:
    value = rounded(value)
    return value if value.hour or value.minute or value.second else value.date()


def _same(value: Any) -> Raw:
    return value  # type: ignore[no-any-return]


_TYPED: dict[type, Callable[[Any], Raw]] = {
    float: _whole,
    int: _same,
    bool: _same,
    date: _same,
    datetime: _moment,
    time: _clock,
    timedelta: _duration,
}


def typed_rows(raw: list[list[Any]]) -> list[list[Raw]]:
    """calamine's cells as Raw: blank is None, whole numbers are int, dates to the second."""
    typed = _TYPED
    return [[(value or None) if type(value) is str else typed[type(value)](value) for value in row] for row in raw]
