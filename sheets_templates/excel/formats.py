"""The formats of a new workbook: header colours, number formats, highlights."""

from __future__ import annotations

from typing import Any

from sheets_templates.highlights import LOOKS

FONT = "Microsoft YaHei"
HEADERS: dict[str, tuple[str, str]] = {  # what the header's colour says → (background, text)
    "must": ("1F4E79", "FFFFFF"),
    "may": ("BDD7EE", "1F3864"),
    "tool": ("D9D9D9", "595959"),
    "result": ("44546A", "FFFFFF"),
}


class Formats:
    """Formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        """The format with these XlsxWriter properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 10, **properties})
        return self._made[key]

    def header(self, kind: str) -> Any:
        """A header cell of `must`, `may`, `tool` or `result`."""
        background, text = HEADERS[kind]
        return self.get(
            bold=True, bg_color=f"#{background}", font_color=f"#{text}", border=1, border_color="#FFFFFF",
            align="center", valign="vcenter", text_wrap=True,
        )  # fmt: skip

    def body(self, number_format: str, *, wrap: bool = False, grey: bool = False, centre: bool = False) -> Any:
        """A data cell."""
        properties: dict[str, Any] = {"num_format": number_format, "valign": "vcenter"}
        if wrap:
            properties["text_wrap"] = True
        if grey:
            properties["font_color"] = "#595959"
        properties |= {"align": "center"} if centre else {"indent": 1}
        return self.get(**properties)

    def highlight(self, look: str) -> Any:
        """A conditional format of `highlights.LOOKS`; it leaves the font itself alone."""
        chosen = LOOKS[look]
        properties: dict[str, Any] = {"bg_color": f"#{chosen.background}", "font_color": f"#{chosen.text}"}
        if chosen.strike:
            properties["font_strikeout"] = True
        key = tuple(sorted({"highlight": look, **properties}.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]
