"""Which day an explicitly written date means: 2024/5/5, 24年5月5日, 5.5, May 5, 2024 (CASES 1.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from followup.values.reading import Verdict

_SEP = r"[-/.年,、。，\\_ ]"
_YMD = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}})[-/.月,、。，\\_ ](\d{{1,2}})[日号]?")
_SHORT = re.compile(r"(\d{2})(年)(\d{1,2})月(\d{1,2})[日号]?|(\d{1,2})([-/.])(\d{1,2})\6(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:月|[-/.。])(\d{1,2})[日号]?")
_MONTHS = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ENGLISH = (
    re.compile(rf"(?P<mon>{_NAME})[ -]?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:[, -]+(?P<y>\d{{4}}|\d{{2}}))?", re.I),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of )?(?P<mon>{_NAME})(?:[, -]+(?P<y>\d{{4}}|\d{{2}}))?", re.I
    ),
    re.compile(rf"(?P<y>\d{{4}})[, -]+(?P<mon>{_NAME})[ -]?(?P<d>\d{{1,2}})", re.I),
)
_VAGUE_MONTH = re.compile(
    rf"(\d{{4}}|\d{{2}}年){_SEP}?\d{{1,2}}月?份?|\d{{1,2}}月份?|{_NAME}[ -]?('?\d{{2}}|\d{{4}})?", re.I
)
_ENGLISH_WORDS = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\.?|january|february|march|april|august|september|october|november|december",
    re.I,
)

SOON = 31  # days: a year-less date this little ahead may be a plan rather than last year's
JUST_PAST = 90  # days: a year-less due date this little ago may be overdue rather than next year's


@dataclass(frozen=True)
class Day:
    """What a written date was understood as; `day` is None where there is no sure one."""

    day: date | None
    verdict: Verdict
    code: str


def found(day: date, code: str = "date.format") -> Day:
    """One reading."""
    return Day(day, Verdict.FIXED, code)


def proposed(day: date | None, code: str) -> Day:
    """A likely reading."""
    return Day(day, Verdict.SUGGESTED, code)


def unclear(code: str) -> Day:
    """Several readings."""
    return Day(None, Verdict.AMBIGUOUS, code)


def wrong(code: str) -> Day:
    """No reading."""
    return Day(None, Verdict.ERROR, code)


def make(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, None where it does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(two_digits: int, today: date) -> int:
    """The year within [today - 80, today + 19] that ends so."""
    year = today.year // 100 * 100 + two_digits
    return year - 100 if year > today.year + 19 else year


def written(text: str, today: date, kind: str) -> Day | None:
    """The day `text` writes out; None where it writes out none (then it may be a relative one)."""
    compact = re.sub(r" ?([-/.年月日号,、。，\\_]) ?", r"\1", text)
    if match := _YMD.fullmatch(compact):
        day = make(*map(int, match.groups()))
        return found(day) if day else wrong("date.no_such_day")
    if re.fullmatch(rf"{_NAME}-\d{{2}}", text, re.I):
        return unclear("date.month_only")  # May-24: a spreadsheet's month and year, or a day
    for form in _ENGLISH:
        if (match := form.fullmatch(text)) and _ENGLISH_WORDS.fullmatch(match["mon"]):
            return _english(match, today, kind)
    if match := _SHORT.fullmatch(compact):
        return _two_digit_year(match, today)
    if match := _YEAR_LAST.fullmatch(compact):
        return _year_last(int(match[1]), int(match[3]), int(match[4]))
    if match := _MONTH_DAY.fullmatch(compact):
        return month_day(int(match[1]), int(match[2]), today, kind)
    return unclear("date.month_only") if _VAGUE_MONTH.fullmatch(compact) else None


def _english(match: re.Match[str], today: date, kind: str) -> Day:
    month, day = _MONTHS[match["mon"][:3].lower()], int(match["d"])
    if not match["y"]:
        if day > 31:
            return unclear("date.month_only")
        return month_day(month, day, today, kind)
    year = int(match["y"]) if len(match["y"]) == 4 else full_year(int(match["y"]), today)
    made = make(year, month, day)
    return found(made) if made else wrong("date.no_such_day")


def _year_last(first: int, second: int, year: int) -> Day:
    days = {d for d in (make(year, second, first), make(year, first, second)) if d}
    if not days:
        return wrong("date.no_such_day")
    return found(days.pop()) if len(days) == 1 else unclear("date.day_or_month")


def _two_digit_year(match: re.Match[str], today: date) -> Day:
    if match[2]:  # 24年5月5日
        made = make(full_year(int(match[1]), today), int(match[3]), int(match[4]))
        return found(made, "date.short_year") if made else wrong("date.no_such_day")
    a, b, c, dots = int(match[5]), int(match[7]), int(match[8]), match[6] != "/"
    year_first = _near(a, b, c, today) if len(match[5]) == 2 else None
    others = {_near(c, a, b, today), _near(c, b, a, today)} - {None} if len(match[8]) == 2 else set()
    days = others | ({year_first} if year_first else set())
    if not days:
        any_form = full_year(a, today), b, c
        return wrong("date.no_such_day") if make(*any_form) is None else unclear("date.which_part")
    if len(days) == 1:
        return found(days.pop(), "date.short_year")  # type: ignore[arg-type]
    recent = {y % 100 for y in range(today.year - 1, today.year + 2)}
    if year_first and a in recent and c not in recent:
        return found(year_first, "date.short_year")
    if year_first and a in recent and dots:  # d.m.yy is not written in Chinese
        return proposed(year_first, "date.which_part")
    return unclear("date.which_part")


def _near(year: int, month: int, day: int, today: date) -> date | None:
    made = make(full_year(year, today), month, day)
    return made if made and today.year - 10 <= made.year <= today.year + 5 else None


def month_day(month: int, day: int, today: date, kind: str) -> Day:
    """A date without its year: the last such day for a record, the next for a plan (CASES D17-D28)."""
    this = make(today.year, month, day)
    if this is None:
        return _rare_day(month, day, today, kind)
    if kind == "past":
        if this <= today:
            return found(this, "date.year_added")
        last = make(today.year - 1, month, day) or this
        return (
            proposed(last, "date.last_year_or_soon") if (this - today).days <= SOON else found(last, "date.last_year")
        )
    if kind == "future":
        if this >= today:
            previous = make(today.year - 1, month, day)
            if previous and (today - previous).days <= JUST_PAST:
                return proposed(previous, "date.overdue_or_next")
            return found(this, "date.year_added")
        if (today - this).days <= JUST_PAST:
            return proposed(this, "date.overdue_or_next")
        return found(make(today.year + 1, month, day) or this, "date.next_year")
    near = [d for d in (make(y, month, day) for y in range(today.year - 1, today.year + 2)) if d]
    return proposed(min(near, key=lambda d: abs(d - today)), "date.which_year")


def _rare_day(month: int, day: int, today: date, kind: str) -> Day:
    """Not a day of this year: 29 February of a leap year nearby, or 13/5 written the other way round."""
    if (month, day) == (2, 29):
        years = range(today.year, today.year - 5, -1) if kind == "past" else range(today.year, today.year + 5)
        leap = [d for d in (make(y, 2, 29) for y in years) if d]
        if leap and abs(leap[0] - today) <= timedelta(days=366):
            return proposed(leap[0], "date.which_year")
    if month > 12 and abs(month - today.year % 100) <= 2:
        return unclear("date.month_only")  # 24.05 may be May 2024
    if month > 12 and make(today.year, day, month):
        swapped = month_day(day, month, today, kind)
        return proposed(swapped.day, "date.day_first")
    return wrong("date.no_such_day")
