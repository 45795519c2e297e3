"""Which parts make the workbook: sheets, their relationships, tables, pivots, the date system?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote
from xml.etree import ElementTree

from followup.errors import Wrong

from .package import Package
from .xmltext import MAX_COLUMN, MAX_ROW, parse_address

MAX_SHEETS = 2_000


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, cell: tuple[int, int]) -> bool:
        return self.top <= cell[0] <= self.bottom and self.left <= cell[1] <= self.right

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


def parse_area(text: str) -> Area | None:
    """ "A1:C9", "B2", "A:C" or "3:5" as an area; None when it is none of them."""
    first, _, last = text.replace("$", "").partition(":")
    last = last or first
    start, end = parse_address(first), parse_address(last)
    if start and end:
        return Area(start[0], start[1], end[0], end[1])
    if first.isdigit() and last.isdigit():
        return Area(int(first), 1, int(last), MAX_COLUMN)
    if first.isalpha() and last.isalpha():
        left, right = parse_address(first + "1"), parse_address(last + "1")
        if left and right:
            return Area(1, left[1], MAX_ROW, right[1])
    return None


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its title, the part that holds it, its visibility."""

    title: str
    part: str
    state: str = "visible"


@dataclass(frozen=True)
class TablePart:
    """One table (ListObject) of a sheet."""

    part: str
    area: Area
    header_rows: int
    totals_rows: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Relation:
    """One relationship: what kind (last word of its type), where to."""

    id: str
    kind: str
    target: str


@dataclass
class Workbook:
    """The structure of one package. Raises Wrong `file.*` when it is none."""

    package: Package
    part: str = field(init=False)
    sheets: dict[str, Sheet] = field(init=False)
    other_sheets: list[str] = field(init=False)
    root: ElementTree.Element = field(init=False)

    def __post_init__(self) -> None:
        starts = [rel.target for rel in self.relations("") if rel.kind == "officeDocument"]
        part = self.package.find(starts[0]) if starts else None
        if part is None or part.endswith(".bin"):
            raise Wrong("file.not_workbook", file=self.package.path.name)
        self.part = part
        self.root = self.xml(part)
        if local(self.root.tag) != "workbook":
            raise Wrong("file.not_workbook", file=self.package.path.name)
        self._list_sheets()

    def _list_sheets(self) -> None:
        relations = {rel.id: rel for rel in self.relations(self.part)}
        self.sheets, self.other_sheets = {}, []
        entries = [one for one in self.root.iter() if local(one.tag) == "sheet"]
        if len(entries) > MAX_SHEETS:
            raise Wrong("file.too_big", file=self.package.path.name, detail=f"{len(entries):,} 个工作表")
        for entry in entries:
            title = entry.get("name", "")
            rel = relations.get(next((v for k, v in entry.attrib.items() if local(k) == "id" and "}" in k), ""))
            part = self.package.find(rel.target) if rel else None
            if rel is not None and part is not None and rel.kind == "worksheet":
                self.sheets[title] = Sheet(title, part, entry.get("state", "visible"))
            else:
                self.other_sheets.append(title)

    @property
    def is_strict(self) -> bool:
        """Whether the file is in the strict variant of the format."""
        return "purl.oclc.org" in self.root.tag

    @cached_property
    def is_1904(self) -> bool:
        """Whether dates count from 1904."""
        for element in self.root.iter():
            if local(element.tag) == "workbookPr":
                return element.get("date1904", "0") in ("1", "true", "on")
        return False

    # ------------------------------------------------------------------ parts

    def bytes(self, part: str) -> bytes:
        """A part's XML, in UTF-8 and free of document type declarations (entity attacks)."""
        data = self.package.read(part)
        refuse_declarations(self.package, data)
        return data

    def xml(self, part: str) -> ElementTree.Element:
        """A small part parsed."""
        try:
            return ElementTree.fromstring(self.bytes(part))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise self.package.damaged(part) from error

    def relations(self, part: str) -> list[Relation]:
        """The internal relationships of a part ("" is the package's own)."""
        folder, name = posixpath.split(part)
        rels = self.package.find(posixpath.join(folder, "_rels", name + ".rels"))
        if rels is None:
            return []
        return list(self._relations(rels, folder))

    def _relations(self, rels: str, folder: str) -> Iterator[Relation]:
        for element in self.xml(rels):
            if element.get("TargetMode") == "External":
                continue
            target = unquote(element.get("Target", ""))
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            yield Relation(element.get("Id", ""), kind, posixpath.normpath(path))

    def related(self, part: str, kind: str) -> list[str]:
        """Existing members that `part` refers to with relationships of `kind`."""
        found = (self.package.find(rel.target) for rel in self.relations(part) if rel.kind == kind)
        return [name for name in found if name is not None]

    @property
    def styles_part(self) -> str | None:
        """The part that holds styles."""
        return next(iter(self.related(self.part, "styles")), None)

    @property
    def calc_chain(self) -> str | None:
        """The part that lists formula cells, if there is one."""
        return next(iter(self.related(self.part, "calcChain")), None)

    @property
    def has_revisions(self) -> bool:
        """Whether it is a shared workbook with a log of revisions."""
        return bool(self.related(self.part, "revisionHeaders"))

    def tables(self, sheet: Sheet) -> list[TablePart]:
        """The tables of a sheet."""
        return [table for part in self.related(sheet.part, "table") if (table := self._table(part))]

    def _table(self, part: str) -> TablePart | None:
        root = self.xml(part)
        area = parse_area(root.get("ref", ""))
        if area is None:
            return None
        columns = tuple(one.get("name", "") for one in root.iter() if local(one.tag) == "tableColumn")
        return TablePart(
            part, area, int(root.get("headerRowCount", "1")), int(root.get("totalsRowCount", "0")), columns
        )

    def pivots(self, sheet: Sheet) -> list[Area]:
        """Where pivot tables stand on a sheet, their page fields (above `location`) included."""
        areas = []
        for part in self.related(sheet.part, "pivotTable"):
            for element in self.xml(part).iter():
                if local(element.tag) == "location" and (area := parse_area(element.get("ref", ""))):
                    pages = int(element.get("rowPageCount", "0"))
                    top = max(1, area.top - pages - 1) if pages else area.top
                    areas.append(Area(top, area.left, area.bottom, area.right))
        return areas

    @property
    def is_signed(self) -> bool:
        """Whether a digital signature covers the package."""
        return any(name.lower().startswith("_xmlsignatures/") for name in self.package.members)


def local(tag: str) -> str:
    """The name of a tag or attribute without its namespace."""
    return tag.rsplit("}", 1)[-1]


_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def refuse_declarations(package: Package, data: bytes) -> None:
    """Raise Wrong `file.unsafe` for XML that declares a document type (billion laughs, XXE)."""
    if _DECLARATION.search(data) or (data[:2] in (b"\xff\xfe", b"\xfe\xff") and b"!\0D\0O\0C" in data + b"\0"):
        raise Wrong("file.unsafe", file=package.path.name, detail="DTD")
