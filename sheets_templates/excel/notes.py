"""The note on a header: what to write, an example, who writes it."""

from __future__ import annotations

from typing import Any

from followup.tables import Column, Need, Owner
from sheets_templates.looks import text_width

_LINE = 34  # half-width characters a line
_WORDS = {
    "zh": {
        "example": "示例：", "tool": "系统自动填写，不用改。", Need.ALWAYS: "必填", Need.CONDITIONAL: "有条件必填", Need.NO: "选填",
    },
    "en": {
        "example": "Example: ", "tool": "Filled in by the system; leave it.", Need.ALWAYS: "Required",
        Need.CONDITIONAL: "Required in some cases", Need.NO: "Optional",
    },
}  # fmt: skip


def help_of(column: Column, lang: str) -> str:
    """The column's help in `lang`."""
    return column.help_en if lang == "en" else column.help


def text(column: Column, lang: str) -> str:
    """The whole note."""
    words = _WORDS[lang]
    duty = words[column.need] if column.owner is Owner.HUMAN else words["tool"]
    lines = [help_of(column, lang), words["example"] + column.example if column.example else "", duty]
    return "\n".join(line for line in lines if line)


def add(sheet: Any, row: int, place: int, column: Column, lang: str) -> None:
    """Write the note on the header cell, sized to its text."""
    note = text(column, lang)
    lines = sum(1 + text_width(line) // _LINE for line in note.split("\n"))
    sheet.write_comment(
        row, place, note,
        {
            "author": "genjin", "font_name": "Microsoft YaHei", "font_size": 9, "color": "#FFFBE6",
            "width": 240, "height": 18 * lines + 12, "x_offset": 12, "start_row": row + 1, "start_col": place + 1,
        },
    )  # fmt: skip
