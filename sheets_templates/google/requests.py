"""How a tab's look is said to Google: request dicts from the declaration, one function a feature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from followup.tables import DATES, Column, Owner, Table, Type
from followup.team.dictionary import Dictionary
from sheets_templates import looks
from sheets_templates.excel.conditions import formula
from sheets_templates.excel.formats import HEADERS
from sheets_templates.excel.notes import text as note_text
from sheets_templates.google import lists
from sheets_templates.google.layout import Layout, Tab
from sheets_templates.highlights import HIGHLIGHTS, LOOKS

Json = dict[str, Any]
PROTECTED = "genjin："  # how our protected ranges are told from a team's own
ROWS = 1000
SPARE_COLUMNS = 3
PIXELS = 8  # a half-width character


def add_tab(table: Table, id: int, hidden: bool) -> Json:
    """A new tab, its header frozen."""
    header = looks.header_row(table)
    grid: Json = {"rowCount": ROWS, "columnCount": len(table.columns) + SPARE_COLUMNS, "frozenRowCount": header}
    if frozen := looks.frozen_columns(table):
        grid["frozenColumnCount"] = frozen
    properties: Json = {"sheetId": id, "title": table.sheet, "gridProperties": grid}
    properties["tabColorStyle"] = {"rgbColor": colour(looks.tab_colour(table))}
    if hidden:
        properties["hidden"] = True
    return {"addSheet": {"properties": properties}}


def freeze(id: int, header_row: int) -> Json:
    """Keep an existing tab's header in view."""
    properties = {"sheetId": id, "gridProperties": {"frozenRowCount": header_row}}
    return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}}


def widen(tab: Tab, width: int) -> Iterator[Json]:
    """Room for added columns."""
    if width > tab.column_count:
        yield {"appendDimension": {"sheetId": tab.id, "dimension": "COLUMNS", "length": width - tab.column_count}}


def headers(id: int, layout: Layout) -> Iterator[Json]:
    """The header cells that are added, with colour and note; existing ones are never touched."""
    for first, columns in _runs(layout, layout.added):
        cells = [_header(layout.table, column) for column in columns]
        start = {"sheetId": id, "rowIndex": layout.header_row - 1, "columnIndex": first - 1}
        fields = "userEnteredValue,userEnteredFormat,note"
        yield {"updateCells": {"start": start, "rows": [{"values": cells}], "fields": fields}}


def _header(table: Table, column: Column) -> Json:
    background, ink = HEADERS[looks.header_kind(table, column)]
    look = {
        "backgroundColorStyle": {"rgbColor": colour(background)},
        "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": colour(ink)}},
        "horizontalAlignment": "CENTER", "verticalAlignment": "MIDDLE", "wrapStrategy": "WRAP",
    }  # fmt: skip
    return {
        "userEnteredValue": {"stringValue": column.header},
        "userEnteredFormat": look,
        "note": note_text(column, "zh"),
    }


def columns(id: int, layout: Layout) -> Iterator[Json]:
    """Number format, wrapping, width and folding of the columns that are added, down to the last row."""
    for column in layout.added:
        place = layout.places[column.key]
        shown: Json = {"verticalAlignment": "MIDDLE"}
        mask = "userEnteredFormat(verticalAlignment"
        if number := number_format(column):
            shown["numberFormat"], mask = number, mask + ",numberFormat"
        if looks.wraps(column):
            shown["wrapStrategy"], mask = "WRAP", mask + ",wrapStrategy"
        yield {
            "repeatCell": {
                "range": below(id, layout, place),
                "cell": {"userEnteredFormat": shown},
                "fields": mask + ")",
            }
        }
        properties: Json = {"pixelSize": looks.width(layout.table, column) * PIXELS}
        fields = "pixelSize"
        if looks.hidden(layout.table, column):
            properties["hiddenByUser"], fields = True, "pixelSize,hiddenByUser"
        span = {"sheetId": id, "dimension": "COLUMNS", "startIndex": place - 1, "endIndex": place}
        yield {"updateDimensionProperties": {"range": span, "properties": properties, "fields": fields}}


def number_format(column: Column) -> Json | None:
    """The number format of a column: text stays text; a date is shown as one."""
    if column.type in DATES:
        kind = "DATE_TIME" if column.type is Type.DATETIME else "DATE"
        return {"type": kind, "pattern": looks.number_format(column)}
    if column.type.is_text:
        return {"type": "TEXT", "pattern": "@"}
    pattern = looks.number_format(column)
    if pattern == "General":
        return None
    return {"type": "PERCENT" if pattern.endswith("%") else "NUMBER", "pattern": pattern}


def dropdowns(id: int, layout: Layout, dictionary: Dictionary) -> Iterator[Json]:
    """The lists of the human columns."""
    for column in layout.table.columns:
        rule = lists.rule(column, dictionary, lists.people_range())
        if rule is not None:
            yield {"setDataValidation": {"range": below(id, layout, layout.places[column.key]), "rule": rule}}


def protections(id: int, layout: Layout, old: Iterable[int]) -> Iterator[Json]:
    """A warning (never a lock) on the header and on every column the tool writes."""
    for number in old:
        yield {"deleteProtectedRange": {"protectedRangeId": number}}
    header = {"sheetId": id, "startRowIndex": layout.header_row - 1, "endRowIndex": layout.header_row}
    yield _protect(header, "表头")
    kept = [column for column in layout.table.columns if column.owner is not Owner.HUMAN]
    for first, run in _runs(layout, kept):
        span = below(id, layout, first)
        span["endColumnIndex"] = first - 1 + len(run)
        yield _protect(span, "由系统填写，请不要修改")


def _protect(span: Json, words: str) -> Json:
    return {
        "addProtectedRange": {"protectedRange": {"range": span, "description": PROTECTED + words, "warningOnly": True}}
    }


def highlights(id: int, layout: Layout, tab: Tab | None) -> Iterator[Json]:
    """The colours of states, those of an earlier set-up taken away first."""
    for place in reversed([i for i, rule in enumerate(tab.conditional if tab else ()) if is_ours(rule)]):
        yield {"deleteConditionalFormatRule": {"sheetId": id, "index": place}}
    places = {key: place - 1 for key, place in layout.places.items()}
    for rank, highlight in enumerate(HIGHLIGHTS.get(layout.table.key, ())):
        if highlight.row:
            span: Json = {
                "sheetId": id,
                "startRowIndex": layout.header_row,
                "startColumnIndex": 0,
                "endColumnIndex": layout.width,
            }
        else:
            span = below(id, layout, layout.places[highlight.paint or highlight.column])
        condition = {
            "type": "CUSTOM_FORMULA",
            "values": [{"userEnteredValue": formula(highlight, places, layout.header_row + 1)}],
        }
        rule = {"ranges": [span], "booleanRule": {"condition": condition, "format": _look(highlight.look)}}
        yield {"addConditionalFormatRule": {"rule": rule, "index": rank}}


def _look(name: str) -> Json:
    look = LOOKS[name]
    ink: Json = {"foregroundColorStyle": {"rgbColor": colour(look.text)}}
    if look.strike:
        ink["strikethrough"] = True
    return {"backgroundColorStyle": {"rgbColor": colour(look.background)}, "textFormat": ink}


def is_ours(rule: Json) -> bool:
    """Whether a conditional format was made by a set-up: a formula with one of our backgrounds."""
    boolean = rule.get("booleanRule", {})
    shown = boolean.get("format", {})
    held = shown.get("backgroundColorStyle", {}).get("rgbColor") or shown.get("backgroundColor") or {}
    ours = {_key(colour(look.background)) for look in LOOKS.values()}
    return boolean.get("condition", {}).get("type") == "CUSTOM_FORMULA" and _key(held) in ours


def _key(held: Json) -> tuple[int, ...]:
    return tuple(round(held.get(name, 0) * 255) for name in ("red", "green", "blue"))


def below(id: int, layout: Layout, place: int) -> Json:
    """One column under the header, open at its end so that it grows with the tab."""
    return {
        "sheetId": id, "startRowIndex": layout.header_row, "startColumnIndex": place - 1, "endColumnIndex": place,
    }  # fmt: skip


def colour(code: str) -> Json:
    """`RRGGBB` as Google's fractions."""
    parts = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return {name: part for name, part in zip(("red", "green", "blue"), parts, strict=True) if part}


def _runs(layout: Layout, chosen: Iterable[Column]) -> Iterator[tuple[int, list[Column]]]:
    """Columns that stand side by side, with the place of the first."""
    ordered = sorted(chosen, key=lambda column: layout.places[column.key])
    run: list[Column] = []
    for column in ordered:
        if run and layout.places[column.key] != layout.places[run[-1].key] + 1:
            yield layout.places[run[0].key], run
            run = []
        run.append(column)
    if run:
        yield layout.places[run[0].key], run
