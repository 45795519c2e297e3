"""How does a sheet's XML stream through with only some rows changed?

The body is cut into blocks of whole rows. A block without a row of interest passes through
untouched after one look at its last row's number, so that one cell in a million rows costs little
more than inflating and deflating.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from followup.errors import Refused

from .row_patch import Row, Tags, tags
from .xmltext import attribute

BLOCK = 1024 * 1024
MAX_EDGE = 512 * 1024**2  # what stands before and after the rows is held in memory


@dataclass
class Edges:
    """What stands around the rows: the head up to and with `<sheetData>`, the tail from `</sheetData>` on."""

    head: bytes
    prefix: bytes
    is_empty: bool  # <sheetData/>: no rows, the tail starts right behind


class Frame:
    """Splits a stream of chunks into head, blocks of whole rows, and tail."""

    def __init__(self, chunks: Iterable[bytes], file: str) -> None:
        self._chunks, self._file = iter(chunks), file
        self._buffer = b""
        self.tail = b""
        self.edges = self._read_head()
        self.names = tags(self.edges.prefix)

    def _odd(self, detail: str) -> Refused:
        return Refused("file.odd_xml", file=self._file, detail=detail)

    def _read_head(self) -> Edges:
        pattern = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^>]*)?/?>")
        while True:
            match = pattern.search(self._buffer)
            if match:
                break
            chunk = next(self._chunks, None)
            if chunk is None or len(self._buffer) > MAX_EDGE:
                raise self._odd("sheetData")
            self._buffer += chunk
            if self._buffer[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in self._buffer[:64]:
                raise self._odd("UTF-16")
        head, self._buffer = self._buffer[: match.end()], self._buffer[match.end() :]
        declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([^\"']+)", head)
        if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
            raise self._odd(declared[1].decode("ascii", "replace"))
        return Edges(head, match[1], head.endswith(b"/>"))

    def blocks(self) -> Iterator[bytes]:
        """The rows, in blocks that end where a row ends; afterwards `tail` holds the rest."""
        if self.edges.is_empty:
            self.tail = self._rest(self._buffer)
            return
        end_tag, row_tag = b"</" + self.edges.prefix + b"sheetData", self.names.row
        buffer = self._buffer
        while True:
            end = buffer.find(end_tag)
            if end >= 0:
                if end:
                    yield self._checked(buffer[:end])
                self.tail = self._rest(buffer[end:])
                return
            cut = buffer.rfind(row_tag)
            if cut > 0 and len(buffer) >= BLOCK // 2:
                yield self._checked(buffer[:cut])
                buffer = buffer[cut:]
            parts, size = [buffer], len(buffer)
            while size < BLOCK:
                chunk = next(self._chunks, None)
                if chunk is None:
                    break
                parts.append(chunk)
                size += len(chunk)
            if len(parts) == 1:
                chunk = next(self._chunks, None)
                if chunk is None or size > MAX_EDGE:
                    raise self._odd("sheetData")
                parts.append(chunk)
            buffer = b"".join(parts)

    def _checked(self, block: bytes) -> bytes:
        if b"!" in block and b"<!" in block:  # one rare byte is found many times faster than two
            raise self._odd("CDATA")
        return block

    def _rest(self, start: bytes) -> bytes:
        parts, size = [start], len(start)
        for chunk in self._chunks:
            parts.append(chunk)
            size += len(chunk)
            if size > MAX_EDGE:
                raise self._odd("sheetData")
        return b"".join(parts)


def row_number(tag: bytes) -> int | None:
    """The number a `<row>` tag carries."""
    text = attribute(tag, b"r")
    return int(text) if text and text.isdigit() else None


def last_number(block: bytes, names: Tags, before: int) -> int:
    """The number of the last row in a block; `before` is the last number of the block before."""
    start = block.rfind(names.row)
    while start >= 0:
        match = names.row_pattern.match(block, start)
        if match is None:
            start = block.rfind(names.row, 0, start)
            continue
        number = row_number(match[0])
        if number is not None:
            return number
        break
    number = before
    for match in names.row_pattern.finditer(block):
        number = row_number(match[0]) or number + 1
    return number


class Placed(NamedTuple):
    """A row found in a block."""

    number: int
    start: int
    end: int


def rows_of(block: bytes, names: Tags, before: int) -> Iterator[Placed]:
    """The rows of a block with their numbers; one without a number follows the one before.

    Raises ValueError when numbers do not ascend.
    """
    number, close = before, names.row_close
    for match in names.row_pattern.finditer(block):
        found = int(match[1]) if match[1] else row_number(match[0])
        if found is not None and found <= number:
            raise ValueError("rows out of order")
        number = number + 1 if found is None else found
        start, end = match.span()
        if block[end - 2] != 0x2F:  # not "/>"
            end = block.index(b">", block.index(close, end)) + 1
        yield Placed(number, start, end)


Patch = Callable[[Row], bytes]
Make = Callable[[int], bytes]


def patched_rows(
    frame: Frame, wanted: list[int], patch: Patch, make: Make, watch: Callable[[bytes], None]
) -> Iterator[bytes]:
    """The blocks of `frame` with each row of `wanted` (ascending) patched, or made where there is none.

    `patch` sees an existing row, `make` a number without one (it may return b""); `watch` sees every
    block as it was.
    """
    position, before = 0, 0
    for block in frame.blocks():
        watch(block)
        last = last_number(block, frame.names, before)
        if position == len(wanted) or wanted[position] > last:
            yield block
            before = last
            continue
        parts: list[bytes] = []
        done = 0
        for placed in rows_of(block, frame.names, before):
            while position < len(wanted) and wanted[position] < placed.number:
                parts += [block[done : placed.start], make(wanted[position])]
                done, position = placed.start, position + 1
            if position == len(wanted):
                break
            if wanted[position] == placed.number:
                row = Row(block[placed.start : placed.end], placed.number, frame.names)
                parts += [block[done : placed.start], patch(row)]
                done, position = placed.end, position + 1
        parts.append(block[done:])
        yield b"".join(parts)
        before = last
    for number in wanted[position:]:
        made = make(number)
        if made:
            yield made
