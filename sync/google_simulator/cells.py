"""What a cell holds, shows and becomes: parsing of what a person types, rendering, small formulas."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

Cell = dict[str, Any]  # a CellData; never changed in place, so that a copy of a sheet may share it
Look = Callable[[str], Any]

EPOCH = datetime(1899, 12, 30)
ERRORS = {
    "#N/A": "N_A", "#DIV/0!": "DIVIDE_BY_ZERO", "#NAME?": "NAME", "#REF!": "REF", "#VALUE!": "VALUE",
    "#NUM!": "NUM", "#NULL!": "NULL_VALUE", "#ERROR!": "ERROR",
}  # fmt: skip
_DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3), "yyyy-mm-dd"),
    (re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"), (1, 2, 3), "yyyy/m/d"),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), (3, 1, 2), "m/d/yyyy"),
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def serial(moment: datetime) -> float | int:
    """Days since 1899-12-30, the day's part as a fraction."""
    days = (moment - EPOCH) / timedelta(days=1)
    return int(days) if days == int(days) else days


def typed(value: Any) -> dict[str, Any] | None:
    """A JSON scalar as an ExtendedValue, unparsed (RAW); None for the empty string."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    return {"stringValue": str(value)} if value != "" else None


def entered(value: Any, number_format: dict[str, Any] | None = None) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """What a cell becomes when a person types `value` (USER_ENTERED): its value and, where Google sets one, the
    number format. A cell formatted as text keeps the text as it is."""
    if not isinstance(value, str) or value == "":
        return typed(value), {}
    if (number_format or {}).get("type") == "TEXT":
        return {"stringValue": value}, {}
    if value.startswith("="):
        return {"formulaValue": value}, {}
    if value.startswith("'"):
        return {"stringValue": value[1:]}, {}
    text = value.strip()
    if text.upper() in ("TRUE", "FALSE"):
        return {"boolValue": text.upper() == "TRUE"}, {}
    number = _entered_number(text)
    if number is not None:
        return number
    moment = _entered_date(text)
    if moment is not None:
        return moment
    return {"stringValue": value}, {}


def _entered_number(text: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    match = re.fullmatch(r"([-+]?)([$¥￥]?)(\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(\.\d*)?([eE][-+]?\d+)?(%?)", text)
    if not match:
        return None
    sign, currency, whole, part, power, percent = match.groups()
    number = float(f"{sign}{whole.replace(',', '') or '0'}{part or ''}{power or ''}")
    if percent:
        number /= 100
        shown = {"type": "PERCENT", "pattern": "0.00%" if part else "0%"}
    elif currency:
        shown = {"type": "CURRENCY", "pattern": f"[${currency}]#,##0.00" if currency != "$" else '"$"#,##0.00'}
    elif "," in whole:
        shown = {"type": "NUMBER", "pattern": "#,##0.00" if part else "#,##0"}
    else:
        shown = {}
    return {"numberValue": int(number) if number == int(number) and abs(number) < 1e15 else number}, shown


def _entered_date(text: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    day, _, clock = text.partition(" ")
    for pattern, (year, month, dom), shown in _DATES:
        match = pattern.fullmatch(day)
        if not match:
            continue
        try:
            moment = datetime(int(match[year]), int(match[month]), int(match[dom]))
        except ValueError:
            return None
        if not clock:
            return {"numberValue": serial(moment)}, {"type": "DATE", "pattern": shown}
        time = _CLOCK.fullmatch(clock)
        if not time:
            return None
        moment += timedelta(hours=int(time[1]), minutes=int(time[2]), seconds=int(time[3] or 0))
        pattern_text = shown + (" hh:mm:ss" if time[3] else " h:mm")
        return {"numberValue": serial(moment)}, {"type": "DATE_TIME", "pattern": pattern_text}
    return None


def number_format(cell: Cell) -> dict[str, Any]:
    """The number format a person or the API gave the cell."""
    return dict(cell.get("userEnteredFormat", {}).get("numberFormat", {}))


def effective(cell: Cell, look: Look) -> dict[str, Any] | None:
    """The value the cell shows: its own, or its formula's result; `look` gives another cell's value by A1."""
    value: dict[str, Any] | None = cell.get("userEnteredValue")
    if value is None or "formulaValue" not in value:
        return value
    from sync.google_simulator.formulas import evaluate

    result = evaluate(value["formulaValue"], look)
    if isinstance(result, str) and result in ERRORS:
        return {"errorValue": {"type": ERRORS[result], "message": ""}}
    return typed(result)


def shown_error(value: dict[str, Any]) -> str:
    """The text of an error value."""
    kind = value["errorValue"]["type"]
    return next(text for text, name in ERRORS.items() if name == kind)


def formatted(value: dict[str, Any] | None, shown: dict[str, Any]) -> str:
    """What a person sees in the cell."""
    if value is None:
        return ""
    if "stringValue" in value:
        return str(value["stringValue"])
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "errorValue" in value:
        return shown_error(value)
    number = value["numberValue"]
    kind = shown.get("type", "")
    if kind in ("DATE", "TIME", "DATE_TIME"):
        return _show_date(number, shown.get("pattern") or ("yyyy-mm-dd" if kind == "DATE" else "yyyy-mm-dd hh:mm:ss"))
    return _show_number(number, shown.get("pattern", "") if kind != "TEXT" else "")


def _show_date(number: float, pattern: str) -> str:
    moment = EPOCH + timedelta(seconds=round(number * 86400))
    clock = "h" in pattern.lower()
    parts = {
        "yyyy": f"{moment.year:04d}", "yy": f"{moment.year % 100:02d}",
        "mm": f"{moment.month:02d}", "m": str(moment.month), "dd": f"{moment.day:02d}", "d": str(moment.day),
        "hh": f"{moment.hour:02d}", "h": str(moment.hour), "ss": f"{moment.second:02d}", "s": str(moment.second),
    }  # fmt: skip
    pattern = pattern.lower()
    minutes = {"mm": f"{moment.minute:02d}", "m": str(moment.minute)}
    out, seen_hour = "", False
    for token in re.findall(r'"[^"]*"|yyyy|yy|mm|m|dd|d|hh|h|ss|s|.', pattern):
        if clock and token in ("hh", "h"):
            seen_hour = True
        out += minutes[token] if seen_hour and token in minutes else parts.get(token, token.strip('"'))
    return out


def _show_number(number: float, pattern: str) -> str:
    match = re.search(r"(#,##)?0(\.0+)?(%)?", pattern)
    if not match:
        return general(number)
    decimals = len(match[2]) - 1 if match[2] else 0
    text = f"{number * (100 if match[3] else 1):{',' if match[1] else ''}.{decimals}f}" + (match[3] or "")
    prefix = re.sub(r'["\[\]$]', "", pattern[: match.start()]) if '"$"' not in pattern else "$"
    return prefix + text


def general(number: float) -> str:
    """A number without a format, as Sheets shows it: up to ten significant digits."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.10g}"
    return text.upper() if "e" in text else text


def as_date(text: str) -> date:
    """A date in ISO form (for the hooks that act as a person)."""
    return date.fromisoformat(text)
