"""One cell as a birthday: YYYY-MM-DD or MM-DD; a lunar one stays as it is written (MODEL 3.3, CASES 1.1 e, f)."""

from __future__ import annotations

import re
from datetime import date, datetime

from followup.grid import Raw
from followup.values import reading as r
from followup.values.cleaning import as_text, plain, read_text
from followup.values.dates import read_date
from followup.values.numerals import arabic
from followup.values.reading import Reading, Verdict
from followup.values.written_days import make

_MONTH_DAY = re.compile(r"(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?")
_LUNAR = re.compile("农历|阴历|旧历|腊月|正月|冬月|闰|初[一二三四五六七八九十]|廿")


def read_birthday(raw: Raw, now: datetime) -> Reading:
    """A birthday as text; Chinese numerals are probably lunar and therefore only proposed."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    if isinstance(raw, str):
        if _LUNAR.search(text):
            return r.warned(text, r.VAGUE_DATE, "birthday.lunar", r.NOTE)
        written = plain(text).strip("'")
        if match := _MONTH_DAY.fullmatch(arabic(written).replace(" ", "")):
            return _month_day(text, match, written)
    if not isinstance(raw, date) and isinstance(raw, str) and not re.search(r"\d", arabic(plain(text))):
        return _vague(raw)
    reading = read_date(raw, now, "")
    if not isinstance(reading.value, date):
        if reading.verdict is Verdict.ERROR or isinstance(raw, str):
            return reading if reading.verdict is Verdict.ERROR else _vague(raw)
        return r.error("birthday.none", r.VAGUE_DATE)  # a number that is no day
    day = reading.value.date() if isinstance(reading.value, datetime) else reading.value
    value = day.isoformat()
    if reading.verdict in (Verdict.SUGGESTED, Verdict.ERROR):
        suggestion = value if reading.verdict is Verdict.SUGGESTED else None
        return Reading(value, reading.verdict, reading.reason, suggestion, reading.kind, reading.severity)
    if day > now.date():
        return r.error("date.future", r.FUTURE, value, day=value)
    return r.ok(value) if raw == value else r.fixed(value, "date.format", day=value)


def _month_day(text: str, match: re.Match[str], written: str) -> Reading:
    if make(2024, int(match[1]), int(match[2])) is None:
        return r.error("date.no_such_day")
    value = f"{int(match[1]):02}-{int(match[2]):02}"
    if arabic(written) != written:
        return r.suggested(value, "birthday.maybe_lunar", r.VAGUE_DATE)
    return r.ok(value) if text == value else r.fixed(value, "date.format", day=value)


def _vague(raw: Raw) -> Reading:
    base = read_text(raw)
    return Reading(base.value, base.verdict, r.say("birthday.none"), None, r.VAGUE_DATE, r.WARNING)
