"""Which style must a cell have so that a value looks like what it is?

A date in a cell without a date format would show as 45,417; a number in a date cell as 1932-11-07.
Then a clone of the cell's own style with another number format is added; nothing else changes.
"""

from __future__ import annotations

import re

from .xmltext import attribute, entity_text, escape_attribute, with_attribute

DATE_FORMAT, TIME_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_BUILTIN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)])
_BUILTIN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 49: "@"}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def is_date_format(code: str) -> bool:
    """Whether a number format code shows dates or times."""
    bare = _LITERAL.sub("", code.split(";")[0])
    return bare.lower() != "general" and re.search(r"[ymdhs]|aaa|ggg", bare, re.IGNORECASE) is not None


class Styles:
    """`styles.xml` with cell formats added on demand; `xml()` is byte for byte the old one around them."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        match = re.search(rb"<((?:[\w.-]+:)?)styleSheet[\s>]", xml)
        self._prefix = match[1] if match else b""
        self._codes = {
            int(attribute(tag, b"numFmtId") or 0): entity_text(attribute(tag, b"formatCode") or b"")
            for tag in re.findall(rb"<" + self._prefix + rb"numFmt\s[^>]*>", self._block(b"numFmts"))
        }
        self._xfs = self._read_xfs()
        self._old_xfs = len(self._xfs)
        self._new_codes: list[tuple[int, str]] = []
        self._known: dict[tuple[int, str], int] = {}

    def _block(self, name: bytes) -> bytes:
        pattern = rb"<%s%s[\s>].*?</%s%s\s*>" % (self._prefix, name, self._prefix, name)
        match = re.search(pattern, self._xml, re.DOTALL)
        return match[0] if match else b""

    def _read_xfs(self) -> list[bytes]:
        tag = self._prefix + b"xf"
        pattern = rb"<%s(?=[\s/>])[^>]*?(?:/>|>.*?</%s\s*>)" % (tag, tag)
        return re.findall(pattern, self._block(b"cellXfs"), re.DOTALL)

    @property
    def changed(self) -> bool:
        """Whether a style was added."""
        return len(self._xfs) > self._old_xfs

    def format_code(self, style: int) -> str:
        """The number format of cell format `style`; "General" when it has none."""
        if not 0 <= style < len(self._xfs):
            return "General"
        number = self._format_id(style)
        return self._codes.get(number) or _BUILTIN.get(number, "yyyy-mm-dd" if number in _BUILTIN_DATES else "General")

    def _format_id(self, style: int) -> int:
        tag = self._xfs[style][: self._xfs[style].find(b">") + 1]
        return int(attribute(tag, b"numFmtId") or 0)

    def is_date(self, style: int) -> bool:
        """Whether cells of this format show dates."""
        if not 0 <= style < len(self._xfs):
            return False
        number = self._format_id(style)
        return is_date_format(self._codes[number]) if number in self._codes else number in _BUILTIN_DATES

    def __len__(self) -> int:
        return len(self._xfs)

    def for_kind(self, style: int, kind: str) -> int:
        """The cell format to use for a value of `kind` ("date", "time", "number", "other") where `style` stands."""
        key = (style, kind)
        if key not in self._known:
            self._known[key] = self._choose(style, kind)
        return self._known[key]

    def _choose(self, style: int, kind: str) -> int:
        if kind in ("date", "time"):
            if self.is_date(style):
                return style
            return self._clone(style, self._custom(DATE_FORMAT if kind == "date" else TIME_FORMAT))
        if kind == "number" and self.is_date(style):
            return self._clone(style, 0)
        return style

    def _custom(self, code: str) -> int:
        for number, known in self._codes.items():
            if known == code:
                return number
        number = max([163, *self._codes]) + 1
        self._codes[number] = code
        self._new_codes.append((number, code))
        return number

    def _clone(self, style: int, number: int) -> int:
        source = self._xfs[style if 0 <= style < len(self._xfs) else 0]
        end = source.find(b">") + 1
        tag = with_attribute(source[:end], b"numFmtId", b"%d" % number)
        clone = with_attribute(tag, b"applyNumberFormat", b"1") + source[end:]
        self._xfs.append(clone)
        return len(self._xfs) - 1

    def xml(self) -> bytes:
        """The part with what was added."""
        xml = self._appended(self._xml, b"cellXfs", self._xfs[self._old_xfs :])
        formats = [
            b'<%snumFmt numFmtId="%d" formatCode="%s"/>' % (self._prefix, number, escape_attribute(code))
            for number, code in self._new_codes
        ]
        if not formats or self._block(b"numFmts"):
            return self._appended(xml, b"numFmts", formats)
        match = re.search(rb"<%sstyleSheet(?=[\s>])[^>]*>" % self._prefix, xml)
        if match is None:
            return xml
        block = b'<%snumFmts count="%d">%s</%snumFmts>' % (
            self._prefix, len(formats), b"".join(formats), self._prefix
        )  # fmt: skip
        empty = re.compile(rb"<%snumFmts(?=[\s/])[^>]*/>" % self._prefix)
        if empty.search(xml):
            return empty.sub(lambda _: block, xml, count=1)
        return xml[: match.end()] + block + xml[match.end() :]

    def _appended(self, xml: bytes, name: bytes, items: list[bytes]) -> bytes:
        if not items:
            return xml
        match = re.search(rb"<%s%s(?=[\s>])[^>]*>" % (self._prefix, name), xml)
        end = xml.find(b"</%s%s" % (self._prefix, name))
        if match is None or end < 0:
            return xml
        count = int(attribute(match[0], b"count") or b"0")
        tag = with_attribute(match[0], b"count", b"%d" % (count + len(items))) if count else match[0]
        return xml[: match.start()] + tag + xml[match.end() : end] + b"".join(items) + xml[end:]
