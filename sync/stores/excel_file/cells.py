"""How does a value become the XML of one cell?

Text is written inline (`t="inlineStr"`): the shared strings then stay byte for byte as they are,
and Excel moves it there at its next save. Its type says that it is text, so `00123`, `=1+1` and
`1-2` stay text.
"""

from __future__ import annotations

import math
import numbers
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from followup.errors import Refused

from ..contract import Value
from .styles import Styles
from .xmltext import escape_text, letters

MAX_TEXT = 32_767
CACHED = 50_000
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_FIRST_DAY = datetime(1900, 3, 1)


class Unfit(Exception):
    """A value that a cell cannot hold; `code` is the wording."""

    def __init__(self, code: str, **places: object) -> None:
        super().__init__(code)
        self.code, self.places = code, places

    def at(self, sheet: str, row: int, column: int) -> Refused:
        """The refusal for the cell it was meant for."""
        name = f"{letters(column).decode()}{row}"
        return Refused(self.code, sheet=sheet, row=row, column=letters(column).decode(), cell=name, **self.places)


def serial(value: date, is_1904: bool) -> float | int:
    """A date as the number of days Excel keeps. Raises Unfit `cell.date_too_early`."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    moment = moment.replace(tzinfo=None)
    if moment < (_EPOCH_1904 if is_1904 else _FIRST_DAY):
        raise Unfit("cell.date_too_early", date=f"{moment:%Y-%m-%d}")
    elapsed: timedelta = moment - (_EPOCH_1904 if is_1904 else _EPOCH_1900)
    seconds = elapsed.seconds + elapsed.microseconds / 1_000_000
    return elapsed.days + seconds / 86_400 if seconds else elapsed.days


class CellWriter:
    """Makes cells for one workbook: its styles and date system. Results are cached by value."""

    def __init__(self, styles: Styles | None, is_1904: bool, prefix: bytes = b"") -> None:
        self.styles, self.is_1904 = styles, is_1904
        self.prefix = prefix
        self._start = b"<" + prefix + b'c r="'
        self._endings: dict[tuple[int, type, Value], bytes] = {}

    def cell(self, row: bytes, column: int, style: int, value: Value) -> bytes:
        """`<c …>…</c>` for `value` where a cell of `style` stands or would stand; `row` is `7"`. Raises Unfit."""
        key = (style, type(value), value)
        ending = self._endings.get(key)
        if ending is None:
            ending = self._ending(style, value)
            if len(self._endings) < CACHED:
                self._endings[key] = ending
        return self._start + letters(column) + row + ending

    def _ending(self, style: int, value: Value) -> bytes:
        """What follows the address: style, type, content."""
        kind, type_attribute, body = self._body(value)
        if kind != "other" and self.styles is not None:
            style = self.styles.for_kind(style, kind)
        mark = (b' s="%d"' % style if style else b"") + type_attribute
        return mark + b"/>" if not body else b"%s>%s</%sc>" % (mark, body, self.prefix)

    def _body(self, value: Value) -> tuple[str, bytes, bytes]:
        """(kind of style needed, type attribute, content)."""
        if value is None or value != value or value == "":  # NaN and NaT are blank
            return "other", b"", b""
        if isinstance(value, str):
            return "other", b' t="inlineStr"', self._text(str(value))
        if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
            return "other", b' t="b"', self._v(b"%d" % bool(value))
        if isinstance(value, date):
            days = serial(value, self.is_1904)
            return ("date" if isinstance(days, int) else "time"), b"", self._v(repr(days).encode())
        return "number", b"", self._v(number_text(value).encode())

    def _v(self, content: bytes) -> bytes:
        return b"<%sv>%s</%sv>" % (self.prefix, content, self.prefix)

    def _text(self, text: str) -> bytes:
        units = len(text.encode("utf-16-le")) // 2
        if units > MAX_TEXT:
            raise Unfit("cell.too_long", length=f"{units:,}")
        keep = b' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else b""
        p = self.prefix
        return b"<%sis><%st%s>%s</%st></%sis>" % (p, p, keep, escape_text(text), p, p)


def number_text(value: object) -> str:
    """A number as XML keeps it. Raises Unfit `cell.not_a_value` for what is none."""
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real) and math.isfinite(value):
        return repr(float(value))
    raise Unfit("cell.not_a_value")
