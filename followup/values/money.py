"""One cell as an amount in CNY, exact to the fen (CASES 1.3)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from followup.grid import Raw
from followup.values import reading as r
from followup.values.cleaning import is_error_value, plain
from followup.values.reading import Reading

FEN = Decimal("0.01")
LARGEST = Decimal(10) ** 15
_FACTORS = {
    "": 1, "十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "十万": 100_000,
    "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000,
}  # fmt: skip
_UNIT = "|".join(sorted(filter(None, _FACTORS), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?P<sign>-)?(?:¥|￥|rmb|cny|人民币)? ?(?P<sign2>-)?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+) ?(?P<unit>{_UNIT})?"
    r" ?(?:元整?|圆整?|块钱?|rmb|cny|人民币)?",
    re.I,
)
_FOREIGN = re.compile(
    r"美元|美金|港币|港元|欧元|日元|英镑|台币|澳元|加元|卢布|\$|€|£|usd|hkd|eur|jpy|gbp|twd|aud|cad|us\b|hk", re.I
)
_RANGE = re.compile(rf"\d(?: ?(?:{_UNIT}))?元? ?(?:-|~|至|到|—|/|、|或) ?\d", re.I)
_HEDGE = re.compile(
    r"^(?:[≥≤><~]=?|大约|大概|约|近|预计|估计|不到|超过|至少|最多|起码)(?:为)? ?|(?: ?(?:左右|上下|以上|以下|以内|多|起|\+|\?|出头|含税|未税|不含税|\([^)\d]*\)))+$"
)
_LIST = re.compile(rf"(?:{_UNIT}|元) ?[,;+] ?\d", re.I)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")


def read_money(raw: Raw, factor: int = 1) -> Reading:
    """One cell as a Decimal with two places. `factor`: what the header's unit multiplies by; then a person decides."""
    reading = _read(raw)
    if factor != 1 and isinstance(reading.value, Decimal):
        return r.suggested(_round(reading.value * factor), "money.header_unit", amount=_round(reading.value * factor))
    return reading


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP)


def _read(raw: Raw) -> Reading:
    if raw is None:
        return r.BLANK
    if isinstance(raw, bool | date | datetime | time):
        return r.error("money.date" if not isinstance(raw, bool) else "money.none")
    if isinstance(raw, int | float):
        return _number(raw)
    text = plain(raw).strip("'\"")
    if not text:
        return r.BLANK
    return _text(text)


def _number(number: int | float) -> Reading:
    try:
        exact = Decimal(repr(number))
        if not exact.is_finite() or abs(exact) >= LARGEST:
            return r.error("money.none")
    except InvalidOperation:
        return r.error("money.none")
    amount = _round(exact)
    return (
        r.ok(amount) if abs(exact - amount) < Decimal("0.000001") else r.fixed(amount, "money.rounded", amount=amount)
    )


def _text(text: str) -> Reading:
    if is_error_value(text):
        return r.error("cell.error", r.FORMULA)
    if _FOREIGN.search(text):
        return r.ambiguous("money.currency") if re.search(r"\d", text) else r.error("money.none")
    bracketed = re.fullmatch(r"\((.+)\)", text)
    if bracketed and (amount := _amount(bracketed[1])) is not None:
        return _bounded(-abs(amount))
    if re.fullmatch(r"\d{1,3}\.\d{3}", text):  # 12.500: thousands in Europe
        return r.ambiguous("money.separators")
    if re.fullmatch(r"\d{1,3}(?: \d{3})+(?:\.\d+)?", text):
        text = text.replace(" ", ",")
    if (amount := _amount(text)) is not None:
        return _bounded(amount)
    bare = _HEDGE.sub("", _HEDGE.sub("", text)).strip()
    if bare != text and (amount := _amount(bare)) is not None and abs(amount) < LARGEST:
        return r.suggested(_round(amount), "money.about", amount=_round(amount))
    if text.endswith("-") and (amount := _amount(text[:-1])) is not None and abs(amount) < LARGEST:
        return r.suggested(-_round(abs(amount)), "money.about", amount=-_round(abs(amount)))
    if _RANGE.search(text) or _LIST.search(text):
        return r.ambiguous("money.range")
    if re.fullmatch(r"\d+(?:\.\d+)?e\+?\d{1,2}", text, re.I) and Decimal(text) < LARGEST:
        return r.suggested(_round(Decimal(text)), "money.scientific", amount=_round(Decimal(text)))
    if re.fullmatch(r"[\d.,]+", text) and re.search(r"\d", text):
        return r.ambiguous("money.separators")
    if re.fullmatch(r"\d+(?:\.\d+)? ?m", text, re.I):
        return r.ambiguous("money.million")
    return r.error("money.none")


def _bounded(amount: Decimal) -> Reading:
    if abs(amount) >= LARGEST:
        return r.error("money.none")
    return r.fixed(_round(amount), "money.format", amount=_round(amount))


def _amount(text: str) -> Decimal | None:
    match = _AMOUNT.fullmatch(text)
    if match is None or (match["sign"] and match["sign2"]) or not _GROUPED.fullmatch(match["number"]):
        return None
    amount = Decimal(match["number"].replace(",", "")) * _FACTORS[(match["unit"] or "").lower()]
    return -amount if match["sign"] or match["sign2"] else amount
