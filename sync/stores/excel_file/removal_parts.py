"""Which other parts of the workbook follow when rows of a sheet go: names, tables, notes, drawings, charts, pivots?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .ranges import area_text
from .removal_sheet import FormulaMover, element, moved_anchors, moved_formulas
from .row_map import CannotRemove, RowMap
from .sheet_stream import Frame, rows_of
from .workbook import Sheet, Workbook, parse_area
from .xmltext import attribute, entity_text, escape_attribute, escape_markup, with_attribute

_EDITABLE_DRAWINGS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


def removable(workbook: Workbook, sheet: Sheet, removed: list[int], columns: tuple[int, int]) -> list[int]:
    """The rows that may go; a table keeps one row. Raises CannotRemove when none may.

    `columns` is where the rows' own table stands; whatever stands beside it must not be cut.
    """
    gone = set(removed)
    for area in workbook.pivots(sheet):
        if area.bottom >= min(gone):
            raise CannotRemove("数据透视表")
    for table in workbook.tables(sheet):
        area = table.area
        rows = range(area.top, area.bottom + 1)
        hit = gone.intersection(rows)
        if not hit:
            continue
        beside = area.right < columns[0] or area.left > columns[1]
        heads = set(rows[: table.header_rows]) | set(rows[len(rows) - table.totals_rows :])
        if beside or hit & heads:
            raise CannotRemove("表格")
        data = set(rows) - heads
        if data <= gone:
            gone.discard(min(data))
    if not gone:
        raise CannotRemove("表格")
    return sorted(gone)


def moved_parts(
    workbook: Workbook, sheet: Sheet, moves: RowMap, current: Callable[[str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """(part, new content) of every other part that names rows of `sheet`. `current` gives a part as it
    stands after earlier edits. Raises CannotRemove."""
    yield workbook.part, _moved_names(current(workbook.part), moves)
    for table in workbook.tables(sheet):
        yield table.part, _moved_table(current(table.part), moves)
    for kind in ("comments", "threadedComment"):
        for part in workbook.related(sheet.part, kind):
            yield part, _moved_notes(current(part), moves)
    for part in workbook.related(sheet.part, "vmlDrawing"):
        yield part, _moved_vml(current(part), moves)
    for part in workbook.related(sheet.part, "drawing"):
        yield part, _moved_drawing(current(part), moves)
    for part in workbook.related(sheet.part, "ctrlProp"):
        yield part, _moved_controls(current(part), moves)
    yield from _charts_and_pivots(workbook, moves, current)


def _charts_and_pivots(
    workbook: Workbook, moves: RowMap, current: Callable[[str], bytes]
) -> Iterator[tuple[str, bytes]]:
    title = escape_markup(moves.title)
    quoted = escape_markup(moves.title.replace("'", "''"))
    for part in workbook.package.members:
        if "/charts/" in part and part.endswith(".xml") and "_rels" not in part:
            xml = current(part)
            if title in xml or quoted in xml:
                yield part, moved_formulas(xml, moves, "")
        elif "pivotCacheDefinition" in part and part.endswith(".xml") and "_rels" not in part:
            yield part, _moved_pivot_source(current(part), moves)


_NAME = re.compile(rb"(<(?:[\w.-]+:)?definedName(?:\s[^>]*)?>)([^<]*)(</)")


def _moved_names(xml: bytes, moves: RowMap) -> bytes:
    def moved(match: re.Match[bytes]) -> bytes:
        text = entity_text(match[2])
        new = moves.formula(text, "")
        return match[0] if new == text else match[1] + escape_markup(new) + match[3]

    return _NAME.sub(moved, xml)


def _moved_table(xml: bytes, moves: RowMap) -> bytes:
    if re.search(rb"<(?:[\w.-]+:)?sortState[\s>]", xml):
        raise CannotRemove("sortState")
    for name in (b"table", b"autoFilter"):
        pattern = re.compile(rb"<(?:[\w.-]+:)?" + name + rb"(?=\s)[^>]*>")
        xml = pattern.sub(lambda match: _with_moved(match[0], b"ref", moves) or match[0], xml)
    for name in (b"calculatedColumnFormula", b"totalsRowFormula"):
        xml = element(name).sub(lambda match: _moved_inner(match, moves), xml)
    return xml


def _moved_inner(match: re.Match[bytes], moves: RowMap) -> bytes:
    text = entity_text(match["inner"] or b"")
    new = moves.formula(text, moves.title)
    return match[0] if new == text else match[0].replace(match["inner"], escape_markup(new))


def _with_moved(tag: bytes, name: bytes, moves: RowMap) -> bytes:
    """The tag with its range moved; b"" when nothing of the range is left."""
    old = (attribute(tag, name) or b"").decode()
    new = moves.sqref(old)
    if new == old:
        return tag
    return with_attribute(tag, name, new.encode()) if new else b""


def _moved_notes(xml: bytes, moves: RowMap) -> bytes:
    for name in (b"comment", b"threadedComment"):
        pattern = element(name)

        def moved(match: re.Match[bytes]) -> bytes:
            tag = _with_moved(match["tag"] + b">", b"ref", moves)
            return tag[:-1] + match[0][len(match["tag"]) :] if tag else b""

        xml = pattern.sub(moved, xml)
    return xml


_SHAPE = re.compile(rb"<v:shape[\s>].*?</v:shape>", re.DOTALL)
_VML_ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_VML_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_VML_LINK = re.compile(rb"(<x:(?:FmlaLink|FmlaRange|FmlaGroup|FmlaTxbx|FmlaPict)>)([^<]*)(</)")


def _moved_vml(xml: bytes, moves: RowMap) -> bytes:
    def shape(match: re.Match[bytes]) -> bytes:
        found = _VML_ROW.search(match[0])
        if found is not None and b'ObjectType="Note"' in match[0] and moves.row(int(found[2]) + 1) is None:
            return b""
        text = _VML_ROW.sub(lambda m: m[1] + b"%d" % moves.offset(int(m[2])) + m[3], match[0])
        text = _VML_ANCHOR.sub(lambda m: m[1] + _moved_vml_anchor(m[2], moves) + m[3], text)
        return _VML_LINK.sub(lambda m: m[1] + escape_markup(moves.formula(entity_text(m[2]), moves.title)) + m[3], text)

    return _SHAPE.sub(shape, xml)


def _moved_vml_anchor(text: bytes, moves: RowMap) -> bytes:
    """`left, offset, top, offset, right, offset, bottom, offset` counted from 0; the height is kept."""
    numbers = text.split(b",")
    if len(numbers) != 8 or not all(part.strip().isdigit() for part in (numbers[2], numbers[6])):
        return text
    top, bottom = int(numbers[2]), int(numbers[6])
    now = moves.offset(top)
    numbers[2], numbers[6] = b" %d" % now, b" %d" % (bottom - top + now)
    return b",".join(numbers)


def _moved_drawing(xml: bytes, moves: RowMap) -> bytes:
    for name in _EDITABLE_DRAWINGS:
        if name == "absoluteAnchor":
            continue

        def moved(match: re.Match[bytes]) -> bytes:
            kind = attribute(match["tag"] + b">", b"editAs")
            if kind == b"absolute":
                return match[0]
            if kind == b"oneCell":
                return _kept_size(match[0], moves)
            return moved_anchors(match[0], moves)

        xml = element(name.encode()).sub(moved, xml)
    return xml


_ANCHOR_ROW = re.compile(rb"(<(?:[\w.-]+:)?row>)(\d+)(</)")


def _kept_size(xml: bytes, moves: RowMap) -> bytes:
    first = _ANCHOR_ROW.search(xml)
    if first is None:
        return xml
    up = int(first[2]) - moves.offset(int(first[2]))
    return _ANCHOR_ROW.sub(lambda match: match[1] + b"%d" % max(0, int(match[2]) - up) + match[3], xml)


def _moved_controls(xml: bytes, moves: RowMap) -> bytes:
    for name in (b"fmlaLink", b"fmlaRange", b"fmlaGroup", b"fmlaTxbx"):
        old = attribute(xml, name)
        if old:
            new = moves.formula(entity_text(old), moves.title)
            xml = with_attribute_anywhere(xml, name, escape_attribute(new))
    return xml


def with_attribute_anywhere(xml: bytes, name: bytes, value: bytes) -> bytes:
    """XML whose first attribute `name` has another value."""
    pattern = re.compile(rb"(\s" + name + rb"=)(\"[^\"]*\"|'[^']*')")
    return pattern.sub(lambda match: match[1] + b'"' + value + b'"', xml, count=1)


_SOURCE = re.compile(rb"<(?:[\w.-]+:)?worksheetSource(?=[\s/>])[^>]*>")


def _moved_pivot_source(xml: bytes, moves: RowMap) -> bytes:
    def moved(match: re.Match[bytes]) -> bytes:
        sheet = entity_text(attribute(match[0], b"sheet") or b"")
        if sheet.casefold() != moves.title.casefold() or not attribute(match[0], b"ref"):
            return match[0]
        area = parse_area((attribute(match[0], b"ref") or b"").decode())
        now = moves.area(area) if area else None
        if now is None:
            raise CannotRemove("数据透视表的来源")
        return with_attribute(match[0], b"ref", area_text(now).encode())

    return _SOURCE.sub(moved, xml)


# ---------------------------------------------------------------------- other sheets


def mentions(workbook: Workbook, sheet: Sheet, moves: RowMap) -> bool:
    """Whether another sheet's formulas, rules or links name the sheet whose rows go."""
    names = {escape_markup(moves.title), escape_markup(moves.title.replace("'", "''")), escape_attribute(moves.title)}
    keep = max(map(len, names))
    carry = b""
    for chunk in workbook.package.stream(sheet.part):
        text = carry + chunk
        if any(name in text for name in names):
            return True
        carry = text[-keep:]
    return False


def other_sheet(chunks: Iterator[bytes], moves: RowMap, home: str, file: str) -> Iterator[bytes]:
    """Another sheet's XML, its formulas following the rows of `moves`."""
    frame = Frame(chunks, file)
    mover = FormulaMover(moves, home)
    yield frame.edges.head
    before = 0
    for block in frame.blocks():
        parts, position = [], 0
        for placed in rows_of(block, frame.names, before):
            before = placed.number
            xml = block[placed.start : placed.end]
            parts += [block[position : placed.start], mover.row(xml, placed.number, frame)]
            position = placed.end
        yield b"".join([*parts, block[position:]])
    yield _moved_links(moved_formulas(frame.tail, moves, home), moves)


def _moved_links(xml: bytes, moves: RowMap) -> bytes:
    """Links to a place in the workbook."""

    def moved(match: re.Match[bytes]) -> bytes:
        place = attribute(match[0], b"location")
        if not place:
            return match[0]
        new = moves.formula(entity_text(place), "")
        return with_attribute(match[0], b"location", escape_attribute(new))

    return re.sub(rb"<(?:[\w.-]+:)?hyperlink(?=\s)[^>]*>", moved, xml)
