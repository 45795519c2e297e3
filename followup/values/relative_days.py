"""Which day a relative expression means, seen from today: 昨天, 上周五, 月底, 3天后 (CASES D32-D38)."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from followup.values.written_days import Day, found, make, month_day, proposed, unclear, wrong

_ENGLISH = {"today": 0, "yesterday": -1, "tomorrow": 1}
_SHIFT = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_NEAR = re.compile("(大前|大后|前|昨|今|当|明|后)[天日晚早]")
_WEEK = re.compile("(上上|上|本|这|这个|下|下下)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEK_STEP = {"上上": -2, "上": -1, "本": 0, "这": 0, "这个": 0, "下": 1, "下下": 2}
_COUNT = re.compile(r"(\d{1,3})(个?)(天|日|周|星期|礼拜|月|工作日)(?:之|以)?(前|后|内)")
_YEAR = re.compile(r"(大前|前|去|上|今|本|明|后)年(\d{1,2})[月./-](\d{1,2})[日号]?")
_YEAR_STEP = {"大前": -3, "前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "明": 1, "后": 2}
_MONTH = re.compile(r"(上|本|这|当|下)?个?月(\d{1,2}[日号]|底|末)")
_MONTH_STEP = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "": 0}
_YEAR_END = re.compile(r"(?:(去|今|本|明)年?|(\d{4}))?年[底末]")
_DAY = re.compile(r"(\d{1,2})[日号]")
_NAMED_MONTH_END = re.compile(r"(\d{1,2})月[底末]")
_PERIOD = re.compile(
    r"(?:\d{4}年|[去今本明]年)?(?:\d{1,2}|[上本这当下]个?)?月?(?:上旬|中旬|下旬|初|中|左右)"
    r"|(?:上上|上|本|这个?|下|下下)个?(?:周|星期|礼拜|月|季度|周末)|周末|(?:前|去|今|本|明|后)年(?:\d{1,2}月份?)?|[上下]半[年月]|半个?月[前后内]"
    r"|\d{4}年?|(?:\d{4}年?-?)?(?:第?[1-4一二三四]季度|Q[1-4]|第?\d{1,2}周|W\d{1,2})|近期|最近|近日|前几天|过几天|这几天"
    r"|(?:春节|国庆|元旦|中秋|端午|清明|节|五一|十一)节?(?:假期|长假|期间)?[前后]?|(?:51|11)(?:节|假期|长假|[前后])[前后]?|年[前后]"
)


def relative(text: str, today: date, kind: str) -> Day | None:
    """The day `text` means seen from `today`; None where it is no such expression."""
    if text.lower() in _ENGLISH:
        return found(today + timedelta(days=_ENGLISH[text.lower()]), "date.relative_known")
    if match := _NEAR.fullmatch(text):
        day = today + timedelta(days=_SHIFT[match[1]])
        return proposed(day, "date.relative") if text[-1] in "晚早" else found(day, "date.relative_known")
    if match := _WEEK.fullmatch(text):
        return _weekday(match[1] or "", "一二三四五六日".index(match[2].replace("天", "日")), today, kind)
    if match := _COUNT.fullmatch(text):
        return _counted(int(match[1]), match[3], match[4], today)
    if match := _YEAR.fullmatch(text):
        day_of_year = make(today.year + _YEAR_STEP[match[1]], int(match[2]), int(match[3]))
        return found(day_of_year, "date.relative_known") if day_of_year else wrong("date.no_such_day")
    if match := _MONTH.fullmatch(text):
        return _in_month(_MONTH_STEP[match[1] or ""], match[2], today)
    if match := _YEAR_END.fullmatch(text):
        year = int(match[2]) if match[2] else today.year + _YEAR_STEP[match[1] or "今"]
        return proposed(date(year, 12, 31), "date.relative")
    if match := _NAMED_MONTH_END.fullmatch(text):
        month = int(match[1])
        if not 1 <= month <= 12:
            return wrong("date.no_such_day")
        end = month_day(month, calendar.monthrange(today.year, month)[1], today, kind)
        return proposed(end.day, "date.relative")
    if match := _DAY.fullmatch(text):
        return _day_of_month(int(match[1]), today, kind)
    return unclear("date.period") if _PERIOD.fullmatch(text) else None


def _weekday(which: str, weekday: int, today: date, kind: str) -> Day:
    monday = today - timedelta(days=today.weekday())
    if which:
        return proposed(monday + timedelta(days=7 * _WEEK_STEP[which] + weekday), "date.relative")
    back = (today.weekday() - weekday) % 7
    day = today - timedelta(days=back) if kind == "past" else today + timedelta(days=-back % 7)
    return proposed(day, "date.relative")


def _counted(count: int, unit: str, direction: str, today: date) -> Day:
    if unit in ("月", "工作日"):
        return unclear("date.period")
    days = count * (7 if unit in ("周", "星期", "礼拜") else 1)
    return proposed(today + timedelta(days=-days if direction == "前" else days), "date.relative")


def _in_month(step: int, what: str, today: date) -> Day:
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    last = calendar.monthrange(year, month + 1)[1]
    number = last if what[-1] in "底末" else int(what[:-1])
    return (
        proposed(date(year, month + 1, number), "date.relative") if 1 <= number <= last else wrong("date.no_such_day")
    )


def _day_of_month(number: int, today: date, kind: str) -> Day:
    """「15号」: the last 15th for a record, the next for a plan, the nearest else."""
    days = []
    for step in (-2, -1, 0, 1, 2):
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        if made := make(year, month + 1, number):
            days.append(made)
    if kind == "past":
        days = [d for d in days if d <= today][-1:]
    elif kind == "future":
        days = [d for d in days if d >= today][:1]
    return proposed(min(days, key=lambda d: abs(d - today)), "date.relative") if days else wrong("date.no_such_day")
