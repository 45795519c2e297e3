"""How is the zip around a workbook read safely, and copied with a few members replaced?

Untouched members are copied raw: local header, extra fields, compressed bytes and data descriptor
as they are; only the offset in the central directory changes (XLSX.md, "How the editor works").
Sizes are checked before anything is inflated and while it is, so that a hostile file ends early.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO

from followup.errors import Failed, Refused, Trouble, Wrong

from . import wording as _wording  # noqa: F401
from .inflate import INFLATE_ERRORS, compressor, crc32, decompressor

MAX_MEMBERS = 20_000
MAX_PART = 3 * 1024**3
MAX_TOTAL = 4 * 1024**3
MAX_RATIO = 400  # real sheets stay under 100; a deflate bomb reaches 1,000
RATIO_FROM = 32 * 1024**2
SMALL_PART = 96 * 1024**2
CHUNK = 256 * 1024
OUT_CHUNK = 1024 * 1024
SPOOL = 16 * 1024**2

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass
class Member:
    """One file in the zip: its central record as it stands, and where its raw bytes lie."""

    name: str
    record: bytes
    start: int
    end: int
    method: int
    flags: int
    crc: int
    compressed: int
    size: int


@dataclass
class Packed:
    """New content of a member, deflated and waiting in a temporary file."""

    file: IO[bytes]
    crc: int
    size: int
    packed: int


def pack(content: Iterable[bytes], size_hint: int) -> Packed:
    """Deflate `content`, holding no more than a few MB of it in memory."""
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - lives until the copy is written
    crc, size, packed = 0, 0, 0
    deflater = compressor(size_hint)
    try:
        for chunk in content:
            crc, size = crc32(chunk, crc), size + len(chunk)
            packed += file.write(deflater.compress(chunk))
        packed += file.write(deflater.flush())
    except BaseException:
        file.close()
        raise
    return Packed(file, crc, size, packed)


class Package:
    """A workbook's zip, open for reading.

    Raises Wrong `file.*` when the path is not a sound zip of bounded size, Failed `file.unreadable`
    when the disk or share does not give it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.members: dict[str, Member] = {}
        try:
            self._file: BinaryIO = path.open("rb")
        except FileNotFoundError as error:
            raise Wrong("file.missing", file=path.name) from error
        except OSError as error:
            raise Failed("file.unreadable", file=path.name, detail=error.strerror or type(error).__name__) from error
        try:
            self._scan()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def damaged(self, detail: str) -> Trouble:
        """The error for content that is not as a sound workbook's."""
        return Wrong("file.damaged", file=self.path.name, detail=detail)

    # ------------------------------------------------------------------ the directory

    def _scan(self) -> None:
        head = self._file.read(8)
        if not head:
            raise Wrong("file.empty", file=self.path.name)
        if head == _OLE:
            self._file.seek(0)
            sealed = "EncryptedPackage".encode("utf-16-le") in self._file.read(64 * 1024**2)
            raise Wrong("file.encrypted" if sealed else "file.old_format", file=self.path.name)
        if not head.startswith(b"PK"):
            raise Wrong("file.not_workbook", file=self.path.name)
        try:
            with zipfile.ZipFile(self._file) as archive:
                infos = archive.infolist()
                self._directory = archive.start_dir
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            ValueError,
            struct.error,
            NotImplementedError,
            UnicodeError,
        ) as error:
            raise self.damaged("zip") from error
        if len(infos) > MAX_MEMBERS:
            raise Wrong("file.too_big", file=self.path.name, detail=f"{len(infos):,} 个部分")
        self._check_sizes(infos)
        self._locate(infos)

    def _check_sizes(self, infos: list[zipfile.ZipInfo]) -> None:
        total = 0
        for info in infos:
            total += info.file_size
            bomb = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1)
            if info.file_size > MAX_PART or total > MAX_TOTAL or bomb:
                raise Wrong("file.too_big", file=self.path.name, detail=f"{info.file_size / 1024**2:,.0f} MB")
            if info.flag_bits & 0x1:
                raise Wrong("file.encrypted", file=self.path.name)

    def _locate(self, infos: list[zipfile.ZipInfo]) -> None:
        self._file.seek(self._directory)
        directory = self._file.read()
        records = _records(directory)
        if records is None or len(records) < len(infos):
            raise self.damaged("zip")
        starts = sorted(info.header_offset for info in infos)
        if len(set(starts)) != len(starts):
            raise self.damaged("zip")
        ends = dict(zip(starts, [*starts[1:], self._directory], strict=True))
        self._trailer = directory[sum(map(len, records[: len(infos)])) :]
        for info, record in zip(infos, records, strict=False):
            if info.filename in self.members:
                raise self.damaged("zip")
            end = ends[info.header_offset]
            if info.header_offset + 30 + info.compress_size > end:
                raise self.damaged("zip")
            self.members[info.filename] = Member(
                info.filename, record, info.header_offset, end, info.compress_type, info.flag_bits, info.CRC,
                info.compress_size, info.file_size,
            )  # fmt: skip
        self._folded = {name.lower(): name for name in self.members}

    def find(self, name: str) -> str | None:
        """The member called `name`, letter case aside (part names are compared so, ECMA-376-2 6.2.2.3)."""
        return name if name in self.members else self._folded.get(name.lower())

    @property
    def fingerprint(self) -> str:
        """Changes when the content of any member does: names, sizes and checksums of the zip directory."""
        digest = hashlib.sha256()
        for name in sorted(self.members):
            member = self.members[name]
            digest.update(f"{name}\0{member.crc:08x}\0{member.size}\n".encode())
        return digest.hexdigest()

    # ------------------------------------------------------------------ reading members

    def stream(self, name: str) -> Iterator[bytes]:
        """The inflated content in chunks; never more than the directory declares, checked against its CRC."""
        member = self.members[name]
        crc, size = 0, 0
        for chunk in self._inflate(member):
            size += len(chunk)
            if size > member.size:
                raise self.damaged(name)
            crc = crc32(chunk, crc)
            yield chunk
        if size != member.size or crc != member.crc:
            raise self.damaged(name)

    def _inflate(self, member: Member) -> Iterator[bytes]:
        position, left = self._data_start(member), member.compressed
        if member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged(member.name)
        inflater = decompressor() if member.method == zipfile.ZIP_DEFLATED else None
        while left > 0:
            self._file.seek(position)
            raw = self._file.read(min(CHUNK, left))
            if not raw:
                raise self.damaged(member.name)
            position, left = position + len(raw), left - len(raw)
            if inflater is None:
                yield raw
                continue
            try:
                chunk = inflater.decompress(raw, OUT_CHUNK)
                yield chunk
                while inflater.unconsumed_tail:
                    chunk = inflater.decompress(inflater.unconsumed_tail, OUT_CHUNK)
                    yield chunk
            except INFLATE_ERRORS as error:
                raise self.damaged(member.name) from error
        if inflater is not None:
            rest = inflater.flush()
            if rest:
                yield rest

    def _data_start(self, member: Member) -> int:
        self._file.seek(member.start)
        header = self._file.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise self.damaged(member.name)
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        start = member.start + 30 + int(name_length) + int(extra_length)
        if start + member.compressed > member.end:
            raise self.damaged(member.name)
        return start

    def read(self, name: str) -> bytes:
        """A small part whole (styles, relationships, tables …)."""
        if self.members[name].size > SMALL_PART:
            raise Wrong("file.too_big", file=self.path.name, detail=name)
        return b"".join(self.stream(name))

    # ------------------------------------------------------------------ writing a copy

    def write_copy(self, out: BinaryIO, replaced: Mapping[str, Packed], removed: frozenset[str] = frozenset()) -> None:
        """Write to `out` a zip equal to this one but for `replaced` members' content and `removed` ones."""
        records: dict[str, bytes] = {}
        for member in sorted(self.members.values(), key=lambda one: one.start):
            if member.name in removed:
                continue
            offset = out.tell()
            if offset >= 0xFFFFFFFF:
                raise Refused("file.too_big", file=self.path.name, detail="4 GB")
            if member.name in replaced:
                records[member.name] = _write_member(out, member, replaced[member.name], offset)
            else:
                self._copy_raw(out, member)
                records[member.name] = _moved(member.record, offset)
        directory = out.tell()
        written = [records[name] for name in self.members if name in records]
        for record in written:
            out.write(record)
        self._write_end(out, len(written), directory, out.tell() - directory)

    def _copy_raw(self, out: BinaryIO, member: Member) -> None:
        self._file.seek(member.start)
        left = member.end - member.start
        while left:
            raw = self._file.read(min(OUT_CHUNK, left))
            if not raw:
                raise self.damaged(member.name)
            out.write(raw)
            left -= len(raw)

    def _write_end(self, out: BinaryIO, count: int, offset: int, size: int) -> None:
        if offset + size >= 0xFFFFFFFF or count >= 0xFFFF:
            raise Refused("file.too_big", file=self.path.name, detail="4 GB")
        comment = self._trailer[self._trailer.rfind(b"PK\x05\x06") + 20 :]
        out.write(struct.pack("<4s4H2L", b"PK\x05\x06", 0, 0, count, count, size, offset) + comment)


def _records(directory: bytes) -> list[bytes] | None:
    """The central directory's records, raw."""
    records, position = [], 0
    while directory[position : position + 4] == b"PK\x01\x02":
        if position + 46 > len(directory):
            return None
        lengths = struct.unpack("<HHH", directory[position + 28 : position + 34])
        end = position + 46 + sum(lengths)
        records.append(directory[position:end])
        position = end
    return records


def _extra_fields(extra: bytes) -> Iterator[tuple[int, int, int]]:
    """(id, start of data, end of data) of each extra field."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack("<HH", extra[position : position + 4])
        yield kind, position + 4, position + 4 + length
        position += 4 + length


def _moved(record: bytes, offset: int) -> bytes:
    """A central record whose member now starts at `offset`."""
    if struct.unpack("<L", record[42:46])[0] != 0xFFFFFFFF:
        return record[:42] + struct.pack("<L", offset) + record[46:]
    name_length, extra_length = struct.unpack("<HH", record[28:32])
    base = 46 + name_length
    for kind, start, _ in _extra_fields(record[base : base + extra_length]):
        if kind == 1:  # zip64: sizes come before the offset, each only where the field above is all ones
            sizes = sum(8 for at in (20, 24) if record[at : at + 4] == b"\xff\xff\xff\xff")
            place = base + start + sizes
            return record[:place] + struct.pack("<Q", offset) + record[place + 8 :]
    return record[:42] + struct.pack("<L", offset) + record[46:]


def _write_member(out: BinaryIO, member: Member, packed: Packed, offset: int) -> bytes:
    """Write new content in the place of `member`; its new central record."""
    record = member.record
    name_length, extra_length, comment_length = struct.unpack("<HHH", record[28:34])
    base = 46 + name_length
    name, extra = record[46:base], record[base : base + extra_length]
    if max(packed.size, packed.packed) >= 0xFFFFFFFF:
        raise Refused("file.too_big", file=member.name, detail="4 GB")
    flags = member.flags & ~0x0008  # sizes stand in the header, no data descriptor follows
    common = struct.pack("<HHH", 20, flags, 8) + record[12:16]
    common += struct.pack("<LLL", packed.crc, packed.packed, packed.size)
    out.write(b"PK\x03\x04" + common + struct.pack("<HH", name_length, 0) + name)
    packed.file.seek(0)
    shutil.copyfileobj(packed.file, out, OUT_CHUNK)
    kept = b"".join(extra[start - 4 : stop] for kind, start, stop in _extra_fields(extra) if kind != 1)
    lengths = struct.pack("<HHH", name_length, len(kept), comment_length)
    place = struct.pack("<L", offset)
    return record[:6] + common + lengths + record[34:42] + place + name + kept + record[base + extra_length :]
