"""One cell as a whole number, a number or a ratio (MODEL types int, number, ratio)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from followup.grid import Raw
from followup.values import reading as r
from followup.values.cleaning import is_error_value, plain
from followup.values.numerals import number as chinese
from followup.values.reading import Reading, Verdict

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_WITH_UNIT = re.compile(r"([+-]?\d+(?:\.\d+)?) ?(?:分|个|天|人|星|次|家|级|小时)")
LARGEST = 10**15


def read_number(raw: Raw) -> Reading:
    """One cell as a float."""
    if raw is None:
        return r.BLANK
    if isinstance(raw, bool | date | datetime | time):
        return r.error("number.none")
    if isinstance(raw, int | float):
        return r.ok(float(raw)) if abs(raw) < LARGEST else r.error("number.none")
    text = plain(raw).strip("'\"")
    if not text:
        return r.BLANK
    if is_error_value(text):
        return r.error("cell.error", r.FORMULA)
    if _NUMBER.fullmatch(text) and abs(Decimal(text.replace(",", ""))) < LARGEST:
        return r.fixed(float(text.replace(",", "")), "number.text")
    if (value := chinese(text)) is not None and value < LARGEST:
        return r.fixed(float(value), "number.text")
    if match := _WITH_UNIT.fullmatch(text):
        return (
            r.suggested(float(match[1]), "number.unit") if abs(Decimal(match[1])) < LARGEST else r.error("number.none")
        )
    if re.fullmatch(r"\d+(?:\.\d+)? ?[-~至到/] ?\d+(?:\.\d+)?", text):
        return r.ambiguous("number.range")
    return r.error("number.none")


def read_int(raw: Raw) -> Reading:
    """One cell as an int; a fraction is no whole number."""
    reading = read_number(raw)
    if not isinstance(reading.value, float):
        return reading
    if not reading.value.is_integer():
        return r.error("number.not_whole")
    whole = int(reading.value)
    suggestion = whole if reading.verdict is Verdict.SUGGESTED else None
    return Reading(whole, reading.verdict, reading.reason, suggestion, reading.kind, reading.severity)


def read_ratio(raw: Raw) -> Reading:
    """One cell as a ratio: 0.3; 30% is repaired, a bare 30 is asked (CASES 1.3)."""
    if isinstance(raw, str) and (match := re.fullmatch(r"([+-]?\d+(?:\.\d+)?) ?%", plain(raw))):
        percent = Decimal(match[1])
        return r.fixed(float(percent / 100), "number.percent") if abs(percent) < LARGEST else r.error("number.none")
    reading = read_number(raw)
    if isinstance(reading.value, float) and 1 < reading.value <= 100:
        return r.suggested(float(Decimal(repr(reading.value)) / 100), "number.percent_or_not")
    return reading
