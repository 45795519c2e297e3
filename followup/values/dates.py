"""One cell of a date column as a day or an instant (CASES 1.1)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from followup.grid import Raw
from followup.tables.frames import Cell
from followup.values import clock
from followup.values import reading as r
from followup.values.cleaning import is_error_value, plain
from followup.values.numerals import arabic
from followup.values.reading import FUTURE, VAGUE_DATE, Reading, Verdict
from followup.values.relative_days import relative
from followup.values.written_days import Day, found, make, month_day, proposed, unclear, written, wrong

FIRST_SERIAL, LAST_SERIAL = 32874, 73415  # 1990-01-01 … 2100-12-31
EARLIEST = {"past": 2000, "future": 2000, "": 1900}
_EPOCH = datetime(1899, 12, 30)
_CANONICAL = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?")
_LUNAR = re.compile("农历|阴历|旧历|腊月|正月|冬月|闰.{1,2}月|初[一二三四五六七八九十]|廿")
_WEEKDAY = re.compile(
    r"[(\[]?(?:星期|周|礼拜)([一二三四五六日天])[)\]]?|\(([一二三四五六日])\)|\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?",
    re.I,
)
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DEADLINE = re.compile("^(?:截止日期|截止时间|截止到|截止至|截止|截至到|截至|不晚于|最晚|最迟)[:至到于]? ?")
_HEDGE = re.compile(
    "^(?:大约|大概|约|预计|可能|计划|暂定|应该)(?:在|是)? ?|(?: ?(?:下班之前|下班前|左右|前后|之前|以前|前|附近|吧|\\?))+$"
)
_PIECE = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|(?<![\d.:/-])\d{1,2}月\d{1,2}[日号]?|(?<![\d.:])\d{1,2}[./-]\d{1,2}(?![\d.:%万元])"
)
_RANGE = re.compile(r"D ?(?:[~至到、,;及和]|-+) ?[D\d]")
_HALF_OF_DAY = re.compile(" ?(?:上午|下午|晚上|中午|凌晨|早上|傍晚)$")
_TWO_DECIMALS = re.compile(r"0\.00(?!0)")


def read_date(
    raw: Raw,
    now: datetime,
    kind: str,
    zone: str = "Asia/Shanghai",
    *,
    imported: bool = False,
    number_format: str = "",
    serial: bool = False,
) -> Reading:
    """One cell as `date` (no clock time) or `datetime`.

    `kind` is "past" for records, "future" for plans, "" else; `imported`: the file may have been typed
    on another day, so that 昨天 is only a proposal; `serial`: the store shows dates as serial numbers.
    """
    if isinstance(raw, bool | time):
        return r.error("date.only_time" if isinstance(raw, time) else "date.none")
    if isinstance(raw, datetime):
        moment = raw.astimezone(_zone(zone)).replace(tzinfo=None) if raw.tzinfo else raw
        return _true_date(moment, now, kind)
    if isinstance(raw, date):
        return _true_date(datetime(raw.year, raw.month, raw.day), now, kind)
    if isinstance(raw, int | float):
        return _number(raw, now, kind, number_format, serial)
    return _text(raw or "", now, kind, zone, imported)


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # an unknown name, a broken one, a folder
        return ZoneInfo("Asia/Shanghai")


def _cell(day: date, at: time | None) -> Cell:
    return datetime.combine(day, at) if at and at != time() else day


def _settle(value: Cell, verdict: Verdict, code: str, now: datetime, kind: str) -> Reading:
    """The verdict after looking at the calendar: too early, too far, or in the future for a record."""
    if not isinstance(value, date):
        if verdict is Verdict.SUGGESTED:
            return Reading(None, verdict, r.say(code), None, VAGUE_DATE, r.WARNING)
        return r.error(code) if verdict is Verdict.ERROR else r.ambiguous(code, VAGUE_DATE)
    day = value.date() if isinstance(value, datetime) else value
    if day.year < EARLIEST.get(kind, 1900):
        return r.error("date.too_early", value=value, day=day)
    if day.year > now.year + 20:
        return r.error("date.too_far", value=value, day=day)
    if kind == "past" and day > now.date():
        return r.error("date.future", FUTURE, value, day=day)
    if verdict is Verdict.OK:
        return r.ok(value)
    if verdict is Verdict.FIXED:
        return r.fixed(value, code, day=_show(value))
    return r.suggested(value, code, VAGUE_DATE, day=_show(value))


def _show(value: date) -> str:
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()


def _true_date(moment: datetime, now: datetime, kind: str) -> Reading:
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0) if moment.microsecond else moment
    value = _cell(moment.date(), moment.time())
    settled = _settle(value, Verdict.OK, "", now, kind)
    # A spreadsheet completes 12/28 with the current year: in January that day was last year (CASES 1.1 b).
    if settled.kind == FUTURE and moment.year == now.year and (moment - now).days > 180:
        last = make(moment.year - 1, moment.month, moment.day)
        if last:
            return r.suggested(_cell(last, moment.time()), "date.current_year", FUTURE, day=last)
    return settled


def _number(number: int | float, now: datetime, kind: str, number_format: str, serial: bool) -> Reading:
    if number != number or number in (float("inf"), float("-inf")):
        return r.error("date.none")
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        moment = from_serial(number)
        value = _cell(moment.date(), moment.time())
        return _settle(value, Verdict.OK if serial else Verdict.FIXED, "date.serial", now, kind)
    if number == int(number):
        day = _digits(str(int(number)), now.date(), kind)
        return _settle(day.day, day.verdict, day.code, now, kind)
    return _decimal(Decimal(repr(number)), now, kind, number_format)


def from_serial(number: int | float) -> datetime:
    """The instant of a spreadsheet's serial number, to the second (CASES D29, D30)."""
    return _EPOCH + timedelta(seconds=round(number * 86400))


def _decimal(number: Decimal, now: datetime, kind: str, number_format: str) -> Reading:
    """5.10 typed in a spreadsheet is stored as 5.1: 10 May or 1 May (CASES 1.1 a)."""
    month, decimals = int(number), str(number).partition(".")[2]
    if not 1 <= month <= 12 or len(decimals) > 2 or "E" in str(number):
        return r.error("date.none")
    readings = {int(decimals)}
    if len(decimals) == 1:
        readings = {int(decimals) * 10} if _TWO_DECIMALS.search(number_format) else {int(decimals), int(decimals) * 10}
    days = [month_day(month, d, now.date(), kind) for d in sorted(readings)]
    possible = [d.day for d in days if d.day]
    if len(possible) != 1:
        return r.ambiguous("date.decimal_two", VAGUE_DATE) if possible else r.error("date.no_such_day")
    return _settle(possible[0], Verdict.SUGGESTED, "date.decimal", now, kind)


def _text(raw: str, now: datetime, kind: str, zone: str, imported: bool) -> Reading:
    text = plain(raw).strip("'\"`,;.。，；、 ")
    if not text:
        return r.BLANK if not plain(raw) else r.error("date.none")
    if is_error_value(text):
        return r.error("cell.error", r.FORMULA)
    try:
        if moment := clock.instant(text, _zone(zone)):
            return _settle(_cell(moment.date(), moment.time()), Verdict.FIXED, "date.other_zone", now, kind)
        day, at = _understand(text, now.date(), kind)
    except clock.BadClock as bad:
        code = str(bad)
        return r.error(code) if code == "date.no_such_time" else r.ambiguous(code, VAGUE_DATE)
    verdict = day.verdict
    if verdict is Verdict.FIXED and imported and day.code == "date.relative_known":
        verdict, day = Verdict.SUGGESTED, proposed(day.day, "date.relative_imported")
    if verdict is Verdict.FIXED and _CANONICAL.fullmatch(raw):
        verdict = Verdict.OK
    return _settle(_cell(day.day, at) if day.day else None, verdict, day.code, now, kind)


def _understand(text: str, today: date, kind: str) -> tuple[Day, time | None]:
    """The day and the clock time written in `text`."""
    if _LUNAR.search(text):
        solar = _pieces(text)  # 2024年5月5日（农历三月廿七）
        return solar if solar.day else proposed(None, "date.lunar"), None
    text = arabic(text)
    if re.fullmatch(r"\d+(?:\.0+)?|\d{5}\.\d+", text):
        return _pure_number(text, today, kind)
    if at := re.fullmatch(r"(\d{8}) ?(\d{2}):?(\d{2}):?(\d{2})?", text):
        digits, moment = clock.split(f"{at[1]} {at[2]}:{at[3]}:{at[4] or '00'}")
        return _digits(digits, today, kind), moment
    rest, weekday = _without_weekday(text)
    rest, moment = clock.split(rest)
    if not rest and moment:
        return wrong("date.only_time"), None
    deadline, half = _DEADLINE.sub("", rest), ""
    if match := _HALF_OF_DAY.search(deadline):
        deadline, half = deadline[: match.start()], match.group()
    bare = _HEDGE.sub("", deadline).strip()
    day = _day(deadline, today, kind) or (_day(bare, today, kind) if bare != deadline else None)
    if day is None:
        return _pieces(text), None
    if (bare != deadline or half) and day.verdict is Verdict.FIXED and not _counted(deadline):
        day = proposed(day.day, "date.about")
    if weekday is not None and day.day and day.day.weekday() != weekday and day.verdict is Verdict.FIXED:
        day = proposed(day.day, "date.weekday")
    return day, moment


def _counted(text: str) -> bool:
    return re.search(r"\d+个?[天日周]", text) is not None and relative(text, date(2000, 1, 1), "") is not None


def _day(text: str, today: date, kind: str) -> Day | None:
    if re.fullmatch(r"\d{6}|\d{8}", text):
        return _digits(text, today, kind)
    return written(text, today, kind) or relative(text.replace(" ", ""), today, kind)


def _without_weekday(text: str) -> tuple[str, int | None]:
    """`text` without the weekday that stands beside a written date; a weekday alone is the date itself."""
    match = _WEEKDAY.search(text)
    if match is None or not re.search(r"\d", text[: match.start()] + text[match.end() :]):
        return text, None
    if text[: match.start()].rstrip().endswith(("上", "下", "本", "这", "个")):
        return text, None
    rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split()).strip(" ,()")
    if not re.search(r"\d[-/.月年]|[年月日号]|\d{6}|[a-z]{3}", clock.split(rest)[0] if rest else "", re.I):
        return text, None
    chinese = match[1] or match[2]
    number = (
        "一二三四五六日".index(chinese.replace("天", "日"))
        if chinese
        else _ENGLISH_WEEKDAYS.index(match[3][:3].lower())
    )
    return rest, number


def _pure_number(text: str, today: date, kind: str) -> tuple[Day, time | None]:
    number = float(text)
    if len(text.partition(".")[0]) == 5 and FIRST_SERIAL <= number <= LAST_SERIAL:
        value = from_serial(number)
        return found(value.date(), "date.serial"), value.time()
    if len(text) == 14 and text.isdigit():
        day, moment = clock.split(f"{text[:8]} {text[8:10]}:{text[10:12]}:{text[12:]}")
        return _digits(day, today, kind), moment
    return _digits(text.partition(".")[0], today, kind), None


def _digits(text: str, today: date, kind: str) -> Day:
    """20240505, 240505 and the digit runs that have no sure reading."""
    if len(text) == 8:
        day = make(int(text[:4]), int(text[4:6]), int(text[6:]))
        return found(day, "date.compact") if day else wrong("date.no_such_day")
    if len(text) == 6:
        day = make(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
        if day and day.year <= today.year + 5:
            return found(day, "date.compact")
        if text[:2] in ("19", "20") and 1 <= int(text[4:]) <= 12:
            return unclear("date.month_only")
        return wrong("date.no_such_day")
    if len(text) == 4:
        if 2000 <= int(text) <= 2099:
            return unclear("date.year_only")
        day_of_year = month_day(int(text[:2]), int(text[2:]), today, kind)
        return proposed(day_of_year.day, "date.compact") if day_of_year.day else wrong("date.none")
    return unclear("date.digits") if len(text) == 7 else wrong("date.none")


def _pieces(text: str) -> Day:
    """A text that is no date: several dates in it, one, or none."""
    if _RANGE.search(_PIECE.sub("D", text)):
        return unclear("date.several")
    pieces = _PIECE.findall(text)
    if len(pieces) > 1:
        return unclear("date.several")
    numbers = [int(n) for n in re.findall(r"\d+", pieces[0])] if pieces else []
    day = make(*numbers) if len(numbers) == 3 else None
    return proposed(day, "date.in_text") if day else wrong("date.none")
