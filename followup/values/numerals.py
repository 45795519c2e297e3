"""Chinese numerals as Arabic ones: 二〇二四 → 2024, 十五 → 15."""

from __future__ import annotations

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "廿": 20, "卅": 30}
_RUN = re.compile("(?<![周期拜初(])[〇○零一二两三四五六七八九十廿卅]+")


def number(text: str) -> int | None:
    """The number written, below 100 with 十, else digit by digit; None where it is none."""
    if not text or any(c not in DIGITS and c != "十" for c in text):
        return None
    if "十" in text:
        tens, _, units = text.partition("十")
        if "十" in units or len(tens) > 1 or len(units) > 1:
            return None
        return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[units] if units else 0)
    if text[0] in "廿卅":
        return DIGITS[text[0]] + (DIGITS[text[1]] if len(text) == 2 else 0) if len(text) < 3 else None
    return int("".join(str(DIGITS[c]) for c in text)) if not set(text) & set("廿卅") else None


def arabic(text: str) -> str:
    """`text` with its Chinese numerals written in Arabic ones (weekdays keep theirs)."""

    def replace(match: re.Match[str]) -> str:
        run = match.group()
        if run[0] in "〇○零一二两三四五六七八九" and len(run) == 4 and "十" not in run:
            return "".join(str(DIGITS[c]) for c in run)
        value = number(run)
        return run if value is None else str(value)

    return _RUN.sub(replace, text)
