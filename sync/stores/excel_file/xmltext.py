"""How is text written in, and read from, the XML of a workbook?

Only what byte-level editing needs: escapes, attributes of one tag, cell addresses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import unescape as _unescape

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)\Z")


def escape_text(text: str) -> bytes:
    """Text as the content of `<t>`: markup escaped, control characters as `_xHHHH_` (ECMA-376 22.9.2.19)."""
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if _CONTROL.search(text):
        text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return escape_markup(text)


def escape_markup(text: str) -> bytes:
    """Text as XML character data (formulas)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode("utf-8")


def unescape_text(text: str) -> str:
    """The text a person sees, `_xHHHH_` resolved (the XML entities already are)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def entity_text(raw: bytes) -> str:
    """Character data of XML as text: entities and character references resolved."""
    text = raw.decode("utf-8")
    if "&" not in text:
        return text
    text = re.sub(r"&#x([0-9A-Fa-f]+);", lambda m: chr(int(m[1], 16)), text)
    text = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), text)
    return _unescape(text, {"&quot;": '"', "&apos;": "'"})


def escape_attribute(text: str) -> bytes:
    """Text as the value of an attribute in double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode("utf-8")


@lru_cache(maxsize=256)
def _attribute_pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(\s" + re.escape(name) + rb"""\s*=\s*)(?:"([^"]*)"|'([^']*)')""")


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """The raw value of attribute `name` in an opening tag."""
    match = _attribute_pattern(name).search(tag)
    if match is None:
        return None
    return match[2] if match[2] is not None else match[3]


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """The opening tag with attribute `name` set to `value` (already escaped)."""
    match = _attribute_pattern(name).search(tag)
    if match is not None:
        return tag[: match.start()] + match[1] + b'"' + value + b'"' + tag[match.end() :]
    cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:cut].rstrip() + b" " + name + b'="' + value + b'"' + tag[cut:]


def without_attribute(tag: bytes, name: bytes) -> bytes:
    """The opening tag without attribute `name`."""
    match = _attribute_pattern(name).search(tag)
    return tag if match is None else tag[: match.start()] + tag[match.end() :]


@lru_cache(maxsize=20_000)
def letters(column: int) -> bytes:
    """1 → b"A", 27 → b"AA"."""
    text = b""
    while column:
        column, rest = divmod(column - 1, 26)
        text = bytes([65 + rest]) + text
    return text


@lru_cache(maxsize=20_000)
def column_number(name: bytes) -> int:
    """b"A" → 1, b"aa" → 27."""
    number = 0
    for char in name.upper():
        number = number * 26 + char - 64
    return number


def parse_address(text: str) -> tuple[int, int] | None:
    """ "C7" or "$C$7" → (7, 3); None when it is not the address of a cell."""
    match = _ADDRESS.match(text.strip())
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1].encode())
    return (row, column) if 0 < row <= MAX_ROW and column <= MAX_COLUMN else None


MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
