"""How are rows taken out of a sheet's XML: rows below move up, and what refers to them follows?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from .formulas import shifted
from .ranges import area_text
from .row_map import CannotRemove, RowMap
from .row_patch import Row
from .sheet_stream import Frame, rows_of
from .workbook import parse_area
from .xmltext import attribute, entity_text, escape_markup, with_attribute

_TAG = rb"<(?P<p>(?:[\w.-]+:)?)%s(?=[\s/>])"


def element(name: bytes) -> re.Pattern[bytes]:
    """A whole element: `tag` is its opening tag, `inner` what it holds."""
    return re.compile(
        rb"(?P<tag>" + _TAG % name + rb"[^>]*?)(?:/>|>(?P<inner>.*?)</(?P=p)" + name + rb"\s*>)", re.DOTALL
    )


class FormulaMover:
    """Rewrites the formulas of one sheet (`home`) after rows of `moves.title` went."""

    def __init__(self, moves: RowMap, home: str) -> None:
        self.moves, self.home = moves, home
        self._shared: dict[bytes, tuple[str, int, int] | None] = {}
        self.saw_formula = False

    def row(self, xml: bytes, number: int, frame: Frame) -> bytes:
        """One row with its formulas rewritten; cell addresses are left alone."""
        names = frame.names
        if names.formula not in xml:
            return xml
        self.saw_formula = True
        row = Row(xml, number, names)
        parts, position = [], 0
        for cell in row.cells:
            match = names.formula_pattern.search(xml, cell.open_end, cell.end)
            if match is None:
                continue
            parts += [xml[position : match.start()], self._formula(match, names.formula, number, cell.column)]
            position = match.end()
        return b"".join([*parts, xml[position:]])

    def gone(self, xml: bytes, number: int, frame: Frame) -> None:
        """A row that goes: the shared formulas that begin in it are remembered for those that lean on them."""
        if b"shared" not in xml:
            return
        row = Row(xml, number, frame.names)
        for cell in row.cells:
            match = frame.names.formula_pattern.search(xml, cell.open_end, cell.end)
            tag = b"<f" + match[1] + b">" if match else b""
            if match and match[2] and attribute(tag, b"t") == b"shared":
                text = entity_text(match[2])
                self._shared[attribute(tag, b"si") or b""] = (text, number, cell.column)

    def _formula(self, match: re.Match[bytes], name: bytes, row: int, column: int) -> bytes:
        tag = b"<f" + match[1] + b">"
        kind, index = attribute(tag, b"t"), attribute(tag, b"si") or b""
        text = entity_text(match[2] or b"")
        if kind == b"shared":
            return self._shared_formula(match, name, index, text, row, column)
        if kind in (b"array", b"dataTable") and self.home == self.moves.title:
            return self._array(match, name, text)
        moved = self.moves.formula(text, self.home)
        return match[0] if moved == text else name + match[1] + b">" + escape_markup(moved) + b"</" + name[1:] + b">"

    def _shared_formula(
        self, match: re.Match[bytes], name: bytes, index: bytes, text: str, row: int, column: int
    ) -> bytes:
        """A shared formula is written out where its cells or references move."""
        if text:
            moves = self.home == self.moves.title or self.moves.formula(text, self.home) != text
            self._shared[index] = (text, row, column) if moves or self.moves.title in text else None
        known = self._shared.get(index)
        if known is None:
            return match[0]
        own = shifted(known[0], row - known[1], column - known[2])
        return name + b">" + escape_markup(self.moves.formula(own, self.home)) + b"</" + name[1:] + b">"

    def _array(self, match: re.Match[bytes], name: bytes, text: str) -> bytes:
        tag = b"<f" + match[1] + b">"
        area = parse_area((attribute(tag, b"ref") or b"").decode())
        moved = self.moves.area(area) if area else None
        whole = area and moved and moved.bottom - moved.top == area.bottom - area.top
        if attribute(tag, b"t") == b"dataTable" or not whole or moved is None:
            raise CannotRemove("数组公式")
        attributes = with_attribute(tag, b"ref", area_text(moved).encode())[2:-1]
        return name + attributes + b">" + escape_markup(self.moves.formula(text, self.home)) + b"</" + name[1:] + b">"


class SheetRemoval:
    """Takes the rows of `moves` out of the sheet they are in."""

    def __init__(self, moves: RowMap, file: str) -> None:
        self.moves, self.file = moves, file
        self.formulas = FormulaMover(moves, moves.title)

    def chunks(self, source: Iterable[bytes]) -> Iterator[bytes]:
        """The sheet's XML without the rows. Raises CannotRemove."""
        frame = Frame(source, self.file)
        yield self._head(frame.edges.head)
        prefix = re.escape(frame.edges.prefix)
        refs = re.compile(rb"(<" + prefix + rb"c\s(?:[^>]*?\s)?r=[\"'])([A-Za-z]+)\d+")
        before = 0
        for block in frame.blocks():
            parts, position = [], 0
            for placed in rows_of(block, frame.names, before):
                before = placed.number
                xml = block[placed.start : placed.end]
                now = self.moves.row(placed.number)
                parts.append(block[position : placed.start])
                position = placed.end
                if now is None:
                    self.formulas.gone(xml, placed.number, frame)
                    continue
                xml = self.formulas.row(xml, placed.number, frame)
                parts.append(xml if now == placed.number else _renumbered(xml, now, refs))
            yield b"".join([*parts, block[position:]])
        yield moved_tail(frame.tail, self.moves)

    def _head(self, head: bytes) -> bytes:
        def moved(match: re.Match[bytes]) -> bytes:
            area = parse_area((attribute(match[0], b"ref") or b"").decode())
            now = self.moves.area(area) if area else None
            return with_attribute(match[0], b"ref", area_text(now).encode()) if now and now != area else match[0]

        return re.sub(_TAG % b"dimension" + rb"[^>]*>", moved, head)


def _renumbered(xml: bytes, number: int, refs: re.Pattern[bytes]) -> bytes:
    end = xml.index(b">") + 1
    tag = xml[:end]
    if attribute(tag, b"r") is not None:
        tag = with_attribute(tag, b"r", b"%d" % number)
    return tag + refs.sub(rb"\g<1>\g<2>%d" % number, xml[end:])


# ---------------------------------------------------------------------- what stands after the rows

_UNSAFE = (b"customSheetViews", b"scenarios", b"cellWatches", b"sortState", b"dataConsolidate", b"smartTags")
_FORMULA = re.compile(
    rb"(?P<open><(?P<n>(?:[\w.-]+:)?(?:formula|formula1|formula2|f))(?:\s[^>]*)?>)(?P<text>[^<]*)(?P<close></(?P=n)>)"
)


def moved_tail(tail: bytes, moves: RowMap) -> bytes:
    """The XML after the rows with everything that names rows moved."""
    for name in _UNSAFE:
        if re.search(_TAG % name, tail):
            raise CannotRemove(name.decode())
    for name in (b"mergeCell", b"hyperlink", b"autoFilter"):
        tail = element(name).sub(lambda match: _moved_ref(match, moves), tail)
    for name in (b"conditionalFormatting", b"dataValidation", b"ignoredError", b"protectedRange"):
        tail = element(name).sub(lambda match: _moved_rule(match, moves), tail)
    for name in (b"x14:conditionalFormatting", b"x14:dataValidation", b"x14:sparkline"):
        tail = element(name).sub(lambda match: _moved_extension(match, moves), tail)
    tail = re.sub(
        _TAG % b"rowBreaks" + rb".*?</(?P=p)rowBreaks>",
        lambda match: _moved_breaks(match[0], moves),
        tail,
        flags=re.DOTALL,
    )
    tail = moved_anchors(tail, moves)
    return _recounted(tail)


def _moved_ref(match: re.Match[bytes], moves: RowMap) -> bytes:
    tag = match["tag"] + b">"
    old = (attribute(tag, b"ref") or b"").decode()
    new = moves.sqref(old)
    lone = b"mergeCell" in match["tag"] and ":" not in new
    if not new or lone:
        return b""
    return match[0] if new == old else with_attribute(tag, b"ref", new.encode())[:-1] + match[0][len(match["tag"]) :]


def _moved_rule(match: re.Match[bytes], moves: RowMap) -> bytes:
    tag = match["tag"] + b">"
    old = (attribute(tag, b"sqref") or b"").decode()
    if not old:  # the x14 twins keep it in an element
        return match[0]
    new = moves.sqref(old)
    if not new:
        return b""
    rest = _formulas(match[0][len(match["tag"]) :], lambda text: moves.relative(text, old))
    return (with_attribute(tag, b"sqref", new.encode())[:-1] if new != old else match["tag"]) + rest


def _moved_extension(match: re.Match[bytes], moves: RowMap) -> bytes:
    found = re.search(rb"<xm:sqref>([^<]*)</xm:sqref>", match[0])
    if found is None:
        return match[0]
    old = found[1].decode()
    new = moves.sqref(old)
    if not new:  # its list may be left empty, which Excel refuses
        raise CannotRemove("x14")
    moved = _formulas(match[0], lambda text: moves.relative(text, old))
    return moved.replace(found[0], b"<xm:sqref>" + new.encode() + b"</xm:sqref>")


def _formulas(xml: bytes, change: Callable[[str], str]) -> bytes:
    def changed(match: re.Match[bytes]) -> bytes:
        text = entity_text(match["text"])
        new = change(text)
        return match[0] if new == text else match["open"] + escape_markup(new) + match["close"]

    return _FORMULA.sub(changed, xml)


def moved_formulas(xml: bytes, moves: RowMap, home: str) -> bytes:
    """XML whose `<f>`/`<formula>` elements (charts …) follow the rows."""
    return _formulas(xml, lambda text: moves.formula(text, home))


def _moved_breaks(xml: bytes, moves: RowMap) -> bytes:
    def moved(match: re.Match[bytes]) -> bytes:
        old = int(attribute(match[0], b"id") or 0)
        return with_attribute(match[0], b"id", b"%d" % moves.offset(old))

    return re.sub(_TAG % b"brk" + rb"[^>]*>", moved, xml)


def moved_anchors(xml: bytes, moves: RowMap) -> bytes:
    """Drawings anchored to cells follow them (`<xdr:row>` counts from 0)."""
    pattern = re.compile(rb"(<(?:[\w.-]+:)?row>)(\d+)(</)")
    return pattern.sub(lambda match: match[1] + b"%d" % moves.offset(int(match[2])) + match[3], xml)


_LISTS = (
    (b"mergeCells", b"mergeCell"),
    (b"dataValidations", b"dataValidation"),
    (b"hyperlinks", b"hyperlink"),
    (b"ignoredErrors", b"ignoredError"),
    (b"protectedRanges", b"protectedRange"),
)


def _recounted(tail: bytes) -> bytes:
    """Lists whose members went have a new count, or go when nothing is left (Excel refuses empty ones)."""
    for outer, inner in _LISTS:

        def counted(match: re.Match[bytes], inner: bytes = inner) -> bytes:
            number = len(re.findall(rb"<(?:[\w.-]+:)?" + inner + rb"(?=[\s/>])", match["inner"] or b""))
            if not number:
                return b""
            tag = match["tag"] + b">"
            if attribute(tag, b"count") is None:
                return match[0]
            return with_attribute(tag, b"count", b"%d" % number)[:-1] + match[0][len(match["tag"]) :]

        tail = element(outer).sub(counted, tail)
    return tail
