"""The one place that reads a clock: business time in the team's zone, and real UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from followup.errors import Wrong

DEFAULT_ZONE = "Asia/Shanghai"


def business_now(given: str | None, zone: str = DEFAULT_ZONE) -> datetime:
    """`--now`, else the present moment in `zone`; naive civil time, whole seconds.

    Raises Wrong `now.syntax`.
    """
    tz = ZoneInfo(known_zone(zone))
    if given is None:
        return datetime.now(tz).replace(tzinfo=None, microsecond=0)
    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError as error:
        raise Wrong("now.syntax", text=given) from error
    if moment.tzinfo is not None:
        moment = moment.astimezone(tz).replace(tzinfo=None)
    return moment.replace(microsecond=0)


def known_zone(name: str) -> str:
    """`name` where it is a time zone, else the default: 设置!时区 may hold anything."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return DEFAULT_ZONE
    return name


def utc_now() -> datetime:
    """Real time, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def utc_text() -> str:
    """Real time as the state database keeps it."""
    return utc_now().strftime("%Y-%m-%d %H:%M:%S")


def digest_hour(now: datetime, remind_at: str) -> bool:
    """Whether the digest hour of the day has come."""
    hour, _, minute = remind_at.partition(":")
    return (now.hour, now.minute) >= (int(hour), int(minute))
