"""What does a sheet's XML say that the fast reader does not: formulas, error texts, number formats, extent?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .row_patch import tags
from .sheet_stream import Frame, last_number
from .styles import Styles
from .workbook import Workbook, refuse_declarations
from .xmltext import MAX_COLUMN, column_number, entity_text

SMALL_SHEET = 16 * 1024**2  # up to here the formats of all numbers are noted


@dataclass
class Flags:
    """What was seen on one sheet; cells are (row, column)."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    last_value_row: int = 0
    last_column: int = 26  # one letter, unless a wider column was seen
    is_odd: bool = False  # cells without addresses, or with addresses outside their rows: for the plain reader


def telling_formats(styles: Styles | None) -> dict[int, str]:
    """Cell formats that change what a number means: decimals (5.10), leading zeros (00123), percent."""
    if styles is None:
        return {}
    codes = {style: styles.format_code(style) for style in range(len(styles)) if not styles.is_date(style)}
    return {style: code for style, code in codes.items() if re.search(r"0\.0|00|%", code) or code == "@"}


def scan(workbook: Workbook, part: str, telling: dict[int, str]) -> Flags:
    """Read a sheet's XML once for its flags. Raises Refused `file.odd_xml` for XML it does not understand."""
    frame = Frame(workbook.package.stream(part), workbook.package.path.name)
    refuse_declarations(workbook.package, frame.edges.head)
    names, prefix = frame.names, re.escape(frame.edges.prefix)
    small = workbook.package.members[part].size <= SMALL_SHEET
    flags, before = Flags(), 0
    look = _Patterns(prefix, telling if small else {})
    first = True
    for block in frame.blocks():
        if first and names.odd_cell.search(block):
            flags.is_odd = True
        first = False
        look.into(block, flags)
        last = last_number(block, names, before)
        look.extent(block, last, flags)
        flags.last_value_row = max(flags.last_value_row, _last_value_row(block, prefix, last, frame.edges.prefix))
        before = last
    return flags


_ODDLY_SPACED = re.compile(rb"""[\t\n\r]r\s*=|\sr\s*=\s*'|\sr[\t\n\r]|\sr\s*=[\t\n\r]""")


class _Patterns:
    """The searches of one sheet, compiled once."""

    def __init__(self, prefix: bytes, telling: dict[int, str]) -> None:
        cell = rb"<" + prefix + rb'c r="([A-Z]+)(\d+)"'
        self.formula_mark = b"<" + prefix.replace(b"\\", b"") + b"f"
        self.formula = re.compile(cell + rb"[^>]*><" + prefix + rb"f[\s/>]")
        self.error = re.compile(
            cell + rb'[^>]*\st="e"[^>]*>(?:(?!</' + prefix + rb"c>).)*?<" + prefix + rb"v>([^<]*)<", re.DOTALL
        )
        self._far: dict[int, re.Pattern[bytes]] = {}
        self.codes = {b"%d" % style: code for style, code in telling.items()}
        styles = b"|".join(sorted(self.codes, reverse=True))
        self.format = (
            re.compile(cell + rb'[^>]*?\ss="(' + styles + rb')"(?: t="n")?><' + prefix + rb"(?:v>|f[\s/>])")
            if styles
            else None
        )

    def into(self, block: bytes, flags: Flags) -> None:
        if self.formula_mark in block:
            flags.formulas.update((int(row), column_number(name)) for name, row in self.formula.findall(block))
        if b't="e"' in block:
            for name, row, text in self.error.findall(block):
                flags.errors[int(row), column_number(name)] = entity_text(text)
        if self.format is not None:
            for name, row, style in self.format.findall(block):
                flags.formats[int(row), column_number(name)] = self.codes[style]

    def extent(self, block: bytes, last: int, flags: Flags) -> None:
        """How far the block's cells reach. The fast reader lays out the rectangle that addresses tell,
        so one lying address could take all memory."""
        digits = len(str(last))
        if digits not in self._far:
            self._far[digits] = re.compile(rb' r ?= ?"([A-Za-z]{2,}|[A-Za-z](?=\d{%d}))(\d+)"' % (digits + 1))
        far = set(self._far[digits].findall(block))
        if far:
            flags.last_column = max(flags.last_column, *(column_number(name) for name, _ in far))
            flags.is_odd |= max(int(row) for _, row in far) > max(last, 1) or flags.last_column > MAX_COLUMN
        quoted = any(mark in block for mark in (b"'", b"\t", b"\n", b"\r"))
        if quoted and _ODDLY_SPACED.search(block):
            flags.is_odd = True


def _last_value_row(block: bytes, pattern_prefix: bytes, last: int, prefix: bytes) -> int:
    """The last row of a block that shows a value: formatted blank rows below do not count."""
    place = max(
        block.rfind(b"<" + prefix + b"v>"), block.rfind(b"<" + prefix + b"is>"), block.rfind(b"<" + prefix + b"v ")
    )
    if place < 0:
        return 0
    start = block.rfind(b"<" + prefix + b"row", 0, place)
    match = tags(prefix).row_pattern.match(block, start) if start >= 0 else None
    number = re.search(rb'\sr="(\d+)"', match[0]) if match else None
    return int(number[1]) if number else last


def formats_in_columns(
    workbook: Workbook, part: str, telling: dict[int, str], columns: list[bytes]
) -> Iterator[tuple[tuple[int, int], str]]:
    """The telling formats of numbers in some columns of a large sheet."""
    frame = Frame(workbook.package.stream(part), workbook.package.path.name)
    prefix = re.escape(frame.edges.prefix)
    codes = {b"%d" % style: code for style, code in telling.items()}
    patterns = [
        (column_number(name), re.compile(rb"<" + prefix + rb'c r="' + name + rb'(\d+)" s="(\d+)"(?: t="n")?><' + prefix + rb"v>"))
        for name in columns
    ]  # fmt: skip
    for block in frame.blocks():
        for column, pattern in patterns:
            for row, style in pattern.findall(block):
                code = codes.get(style)
                if code is not None:
                    yield (int(row), column), code
