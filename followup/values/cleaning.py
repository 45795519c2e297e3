"""What of a typed text is only noise: spaces at the ends, zero-width and control characters (CASES C06)."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time

from followup.grid import Raw
from followup.team import Team
from followup.team.dictionary import fold
from followup.values import reading as r
from followup.values.reading import Reading

ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_EDGES = ZERO_WIDTH + "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_ERROR_VALUE = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|ERROR!|FIELD!|BLOCKED!|GETTING_DATA)"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))


def trim(text: str) -> str:
    """Without the white space and invisible characters at both ends."""
    return text.strip(_EDGES)


def visible(text: str) -> str:
    """`text` as a person sees it: trimmed, control characters out; inside, all else stays."""
    return trim(_CONTROL.sub("", text)) if _CONTROL.search(text) else trim(text)


def plain(text: str) -> str:
    """`text` for parsing: half width, one kind of dash, single spaces, nothing invisible."""
    text = unicodedata.normalize("NFKC", text.translate(dict.fromkeys(map(ord, ZERO_WIDTH))))
    return " ".join(_CONTROL.sub("", text).translate(_DASHES).split())


def is_blank_word(text: str, team: Team) -> bool:
    """Whether people write `text` for "nothing" (dictionary category 空值写法)."""
    return len(text) < 20 and fold(text) in team.dictionary.by_alias.get("空值写法", {})


def is_empty(raw: Raw) -> bool:
    """Whether a cell holds nothing a person could see."""
    return raw is None or (isinstance(raw, str) and not visible(raw)) or (isinstance(raw, float) and math.isnan(raw))


def is_error_value(raw: Raw) -> bool:
    """Whether the cell shows an error of a formula, such as #N/A."""
    return isinstance(raw, str) and raw.startswith("#") and _ERROR_VALUE.fullmatch(raw.strip()) is not None


def number_text(number: int | float) -> str:
    """A number as a person would write it: 123.0 → 123, no exponent."""
    if isinstance(number, float) and math.isfinite(number):
        return (
            str(int(number))
            if number.is_integer()
            else format(number, ".15g")
            if abs(number) >= 1e-4
            else f"{number:f}"
        )
    return str(number)


def as_text(raw: Raw) -> str:
    """Any cell as text, trimmed."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int | float):
        return "" if isinstance(raw, float) and math.isnan(raw) else number_text(raw)
    if isinstance(raw, datetime):
        whole = raw.time() == time()
        return raw.date().isoformat() if whole else raw.replace(tzinfo=None, microsecond=0).isoformat(" ")
    if isinstance(raw, date | time):
        return raw.isoformat()
    return visible(str(raw))


def read_text(raw: Raw) -> Reading:
    """A free text. Numbers become text; ids that a spreadsheet has rounded are named (CASES C01, C04, C06)."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    digits = text.lstrip("-")
    if (
        len(digits) > 15
        and digits.isascii()
        and digits.isdigit()
        and (digits.endswith("000") or not isinstance(raw, str))
    ):
        return r.warned(text, r.FORMAT, "text.rounded")
    if isinstance(raw, datetime | date | time):
        return r.warned(text, r.FORMAT, "text.was_date")
    if isinstance(raw, str) and text != raw:
        return r.fixed(text, "text.control" if _CONTROL.search(raw) else "text.trimmed")
    return r.ok(text)
