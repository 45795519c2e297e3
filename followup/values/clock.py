"""The clock time at the end of a typed date: 14:30, 下午2点半, 2:30 PM, an ISO instant with its offset."""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})", re.I)
_HALF = r"上午|下午|晚上|中午|凌晨|早上|清晨|早晨|傍晚|夜里|晚|早"
_CLOCK = re.compile(
    rf"(?:^|(?<=[ \d日号天T])|(?<=[^\d]))(?P<half>{_HALF}|[ap]\.?m\.?)? ?(?<!\d)(?P<h>\d{{1,2}}) ?"
    r"(?:(?:[:点时])(?: ?(?P<m>\d{1,2}|半|整|1刻|3刻) ?分?)?(?:[: ]?(?P<s>\d{1,2})(?:\.\d+)?秒?)?)?"
    r" ?(?P<after>[ap]\.?m\.?)?$",
    re.I,
)
_MINUTES = {"半": 30, "整": 0, "1刻": 15, "3刻": 45}


class BadClock(ValueError):
    """A clock time that does not exist or has two readings; `args[0]` is the wording code."""


def instant(text: str, zone: ZoneInfo) -> datetime | None:
    """An ISO instant that names its offset, as civil time of `zone`; None where `text` is none."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    day, clock, offset = match.groups()
    offset = "+00:00" if offset.upper() in ("Z", "UTC", "GMT") else offset
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{offset}")
        return moment.astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError) as wrong:
        raise BadClock("date.no_such_time") from wrong


def split(text: str) -> tuple[str, time | None]:
    """The date part of `text` and the clock time at its end, if there is one."""
    match = _CLOCK.search(text)
    if match is None or (not match["half"] and not match["after"] and not re.search("[:点时]", match.group())):
        return text, None
    return text[: match.start()].rstrip(" T"), _time(match)


def _time(match: re.Match[str]) -> time:
    hour = int(match["h"])
    minute = _MINUTES.get(match["m"] or "整", -1)
    minute = int(match["m"]) if minute < 0 else minute
    half = (match["half"] or match["after"] or "").lower().replace(".", "")
    if hour == 24 and minute == 0:
        raise BadClock("date.hour_24")
    try:
        return time(_hour(hour, half), minute, int(match["s"] or 0))
    except ValueError as wrong:
        raise wrong if isinstance(wrong, BadClock) else BadClock("date.no_such_time") from wrong


def _hour(hour: int, half: str) -> int:
    """The hour on the 24 h clock; a half of the day that contradicts it has no sure reading."""
    if half == "am":
        return _within(hour, 1, 12) % 12
    if half == "pm":
        return _within(hour, 1, 23) % 12 + 12
    if half in ("上午", "早上", "早", "清晨", "早晨"):
        return _within(hour, 0, 11)
    if half == "凌晨":
        return 0 if hour == 12 else _within(hour, 0, 6)
    if half == "中午":
        return hour + 12 if hour in (1, 2) else _within(hour, 11, 14)
    if half in ("下午", "傍晚"):
        return 12 if hour == 12 else _within(hour, 1, 23) % 12 + 12
    if half:  # 晚上, 夜里
        return _within(hour, 5, 23) % 12 + 12 if hour != 12 else _within(hour, 0, 0)
    return hour


def _within(hour: int, low: int, high: int) -> int:
    if not low <= hour <= high:
        raise BadClock("date.which_half")
    return hour
