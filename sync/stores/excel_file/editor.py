"""How does a whole workbook become an edited copy, with as few parts changed as can be?

Changed are the edited sheets, the tables that grow, `styles.xml` when a date needs a format,
`workbook.xml` when the workbook has formulas (they are recalculated when it is opened), and the
calculation chain goes when a formula went. Every other member is copied raw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from followup.errors import Refused, Wrong

from ..contract import SheetEdit
from .draft import Draft
from .growth_parts import grown_parts
from .ranges import grown_table
from .removal_parts import mentions, moved_parts, other_sheet, removable
from .removal_sheet import SheetRemoval
from .row_map import CannotRemove, RowMap
from .sheet_edit import SheetEditor
from .styles import Styles
from .workbook import Workbook
from .xmltext import MAX_COLUMN, attribute, with_attribute


@dataclass
class Edited:
    """What an edit did: the parts that changed, and the cells left alone because they hold formulas."""

    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    skipped: set[tuple[str, int, int]] = field(default_factory=set)
    moves: dict[str, RowMap] = field(default_factory=dict)  # by sheet title: where rows are now
    blanked: dict[str, str] = field(default_factory=dict)  # sheets whose removed rows were blanked, and why


def write_edited(workbook: Workbook, edits: Sequence[SheetEdit], out: BinaryIO) -> Edited:
    """Write to `out` a copy of the workbook with `edits` done, one edit a sheet.

    Raises Refused when an edit cannot be done safely, Wrong when a sheet is missing or the file is
    damaged; `out` is then to be thrown away.
    """
    refuse_untouchable(workbook)
    styles = _styles(workbook)
    edits = [edit for edit in edits if edit]
    editors = [_editor(workbook, replace(edit, removed=[]), styles) for edit in edits]
    edited = Edited()
    with ExitStack() as stack:
        draft = Draft(workbook, stack)
        for editor in editors:
            if editor.edit:
                draft.replace(editor.sheet.part, editor.chunks(draft.stream(editor.sheet.part)))
            edited.skipped |= {(editor.sheet.title, *cell) for cell in editor.skipped}
            if editor.table is not None:
                part = editor.table.part
                draft.change(part, grown_table(draft.current(part), editor.new_rows[-1]))
            if editor.growth is not None:
                for part, xml in grown_parts(workbook, editor.sheet.title, editor.growth, editor.table, draft.current):
                    draft.change(part, xml)
        formulas_moved = False
        for edit in edits:
            if edit.removed:
                formulas_moved |= _remove_rows(draft, edit, styles, edited)
        if styles is not None and styles.changed and workbook.styles_part:
            draft.replace(workbook.styles_part, [styles.xml()])
        lost = formulas_moved or any(editor.lost_formula for editor in editors)
        _recalculate(draft, lost or any(editor.saw_formula for editor in editors), lost, edited.removed)
        workbook.package.write_copy(out, draft.replaced, frozenset(edited.removed))
        edited.changed = set(draft.replaced)
    return edited


def _remove_rows(draft: Draft, edit: SheetEdit, styles: Styles | None, edited: Edited) -> bool:
    """Take rows out; where that is not safe they are blanked. Whether formulas moved."""
    workbook = draft.workbook
    sheet = workbook.sheets[edit.sheet]
    before = dict(draft.replaced)
    columns = (1, edit.width or MAX_COLUMN)
    try:
        gone = removable(workbook, sheet, edit.removed, columns)
        moves = RowMap(edit.sheet, gone)
        _blank(draft, edit, [row for row in edit.removed if row not in moves.removed], styles)
        removal = SheetRemoval(moves, workbook.package.path.name)
        draft.replace(sheet.part, removal.chunks(draft.stream(sheet.part)))
        for part, xml in moved_parts(workbook, sheet, moves, draft.current):
            draft.change(part, xml)
        for other in workbook.sheets.values():
            if other.part != sheet.part and mentions(workbook, other, moves):
                source = draft.stream(other.part)
                draft.replace(other.part, other_sheet(source, moves, other.title, workbook.package.path.name))
    except (CannotRemove, ValueError) as reason:
        draft.replaced = before
        edited.blanked[edit.sheet] = str(reason)
        _blank(draft, edit, edit.removed, styles)
        return False
    edited.moves[edit.sheet] = moves
    return removal.formulas.saw_formula


def _blank(draft: Draft, edit: SheetEdit, rows: Sequence[int], styles: Styles | None) -> None:
    if rows:
        editor = _editor(draft.workbook, SheetEdit(edit.sheet, removed=list(rows), width=edit.width), styles)
        draft.replace(editor.sheet.part, editor.chunks(draft.stream(editor.sheet.part)))


def refuse_untouchable(workbook: Workbook) -> None:
    """Raise Refused for workbooks that no outside program may edit."""
    name = workbook.package.path.name
    if workbook.is_signed:
        raise Refused("file.signed", file=name)
    if workbook.has_revisions:
        raise Refused("file.revisions", file=name)


def _styles(workbook: Workbook) -> Styles | None:
    part = workbook.styles_part
    if part is None:
        return None
    data = workbook.bytes(part)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused("file.odd_xml", file=workbook.package.path.name, detail="UTF-16")
    return Styles(data)


def _editor(workbook: Workbook, edit: SheetEdit, styles: Styles | None) -> SheetEditor:
    sheet = workbook.sheets.get(edit.sheet)
    if sheet is None:
        file, sheets = workbook.package.path.name, "、".join(workbook.sheets)
        raise Wrong("sheet.missing", sheet=edit.sheet, file=file, sheets=sheets)
    return SheetEditor(workbook, sheet, edit, styles)


# ---------------------------------------------------------------------- formulas of the whole workbook


def _recalculate(draft: Draft, seen: bool, lost: bool, removed: set[str]) -> None:
    """Tell Excel to recalculate a workbook with formulas; a stale calculation chain goes."""
    workbook = draft.workbook
    chain = workbook.calc_chain
    if not (chain or seen or _has_formulas(workbook, set(draft.replaced))):
        return
    draft.change(workbook.part, recalculated(draft.current(workbook.part)))
    if chain and lost:
        removed.add(chain)
        for part, xml in _without(workbook, chain):
            draft.change(part, xml)


def _has_formulas(workbook: Workbook, seen: set[str]) -> bool:
    others = (sheet.part for sheet in workbook.sheets.values() if sheet.part not in seen)
    return any(_mentions_formula(workbook, part) for part in others)


_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>]")


def _mentions_formula(workbook: Workbook, part: str) -> bool:
    carry = b""
    for chunk in workbook.package.stream(part):
        if _FORMULA.search(carry + chunk):
            return True
        carry = chunk[-64:]
    return False


_CALC = re.compile(rb"<(?:[\w.-]+:)?calcPr(?=[\s/>])[^>]*>")
_BEFORE_CALC = re.compile(rb"</(?:[\w.-]+:)?(?:definedNames|externalReferences|functionGroups|sheets)\s*>")


def recalculated(xml: bytes) -> bytes:
    """`workbook.xml` that asks for a full calculation when it is opened."""
    match = _CALC.search(xml)
    if match is not None:
        if attribute(match[0], b"fullCalcOnLoad") in (b"1", b"true"):
            return xml
        return xml[: match.start()] + with_attribute(match[0], b"fullCalcOnLoad", b"1") + xml[match.end() :]
    ends = [found.end() for found in _BEFORE_CALC.finditer(xml)]
    prefix = re.search(rb"<((?:[\w.-]+:)?)workbook[\s>]", xml)
    if not ends or prefix is None:
        return xml
    return xml[: ends[-1]] + b"<" + prefix[1] + b'calcPr fullCalcOnLoad="1"/>' + xml[ends[-1] :]


def _without(workbook: Workbook, part: str) -> Iterator[tuple[str, bytes]]:
    """The content types and the workbook's relationships without `part`."""
    package = workbook.package
    types = package.find("[Content_Types].xml")
    if types is not None:
        yield types, _cut(workbook.bytes(types), b"Override", b"PartName", part.rsplit("/", 1)[-1])
    folder, _, name = workbook.part.rpartition("/")
    rels = package.find(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    if rels is not None:
        yield rels, _cut(workbook.bytes(rels), b"Relationship", b"Target", part.rsplit("/", 1)[-1])


def _cut(xml: bytes, element: bytes, name: bytes, target: str) -> bytes:
    pattern = re.compile(rb"<(?:[\w.-]+:)?" + element + rb"(?=\s)[^>]*/>")

    def keep(match: re.Match[bytes]) -> bytes:
        value = (attribute(match[0], name) or b"").decode("utf-8", "replace")
        return b"" if value.rsplit("/", 1)[-1].lower() == target.lower() else match[0]

    return pattern.sub(keep, xml)
