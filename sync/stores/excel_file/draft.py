"""What does each part hold while a workbook is being edited: the original, or what an edit made of it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from .inflate import decompressor
from .package import CHUNK, OUT_CHUNK, Packed, pack
from .workbook import Workbook


@dataclass
class Draft:
    """The parts replaced so far, deflated in temporary files that `stack` closes."""

    workbook: Workbook
    stack: ExitStack
    replaced: dict[str, Packed] = field(default_factory=dict)

    def stream(self, part: str) -> Iterator[bytes]:
        """A part's content as it stands now, in chunks."""
        packed = self.replaced.get(part)
        return self.workbook.package.stream(part) if packed is None else _unpacked(packed)

    def current(self, part: str) -> bytes:
        """A small part's content as it stands now."""
        return b"".join(self.stream(part)) if part in self.replaced else self.workbook.bytes(part)

    def replace(self, part: str, content: Iterable[bytes]) -> None:
        """Give a part new content."""
        packed = pack(content, self.workbook.package.members[part].size)
        self.stack.callback(packed.file.close)
        self.replaced[part] = packed

    def change(self, part: str, content: bytes) -> None:
        """Give a small part new content, if it is new."""
        if content != self.current(part):
            self.replace(part, [content])


def _unpacked(packed: Packed) -> Iterator[bytes]:
    inflater, position = decompressor(), 0
    while position < packed.packed:
        packed.file.seek(position)
        raw = packed.file.read(CHUNK)
        position += len(raw)
        yield inflater.decompress(raw, OUT_CHUNK)
        while inflater.unconsumed_tail:
            yield inflater.decompress(inflater.unconsumed_tail, OUT_CHUNK)
    yield inflater.flush()
