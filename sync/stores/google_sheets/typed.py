"""How our values look as Google's typed values, and back. Nothing is ever parsed by Google (never USER_ENTERED)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from followup.grid import Raw
from sync.stores.contract import Value

EPOCH = datetime(1899, 12, 30)
DATE_FORMAT = {"type": "DATE", "pattern": "yyyy-mm-dd"}
DATETIME_FORMAT = {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}
EXACT = 2**53  # a larger whole number would not survive as a double
ERRORS = {
    "ERROR": "#ERROR!", "NULL_VALUE": "#NULL!", "DIVIDE_BY_ZERO": "#DIV/0!", "VALUE": "#VALUE!", "REF": "#REF!",
    "NAME": "#NAME?", "NUM": "#NUM!", "N_A": "#N/A", "LOADING": "#N/A",
}  # fmt: skip


@dataclass(frozen=True)
class Formula:
    """A formula's own text, to put one back that our write hit."""

    text: str


def extended(value: Value | Formula) -> dict[str, Any]:
    """The `userEnteredValue` of `value`; an empty dict clears the cell."""
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, date):
        return {"numberValue": serial(value)}
    if isinstance(value, int) and abs(value) >= EXACT:
        return {"stringValue": str(value)}
    if isinstance(value, int | float | Decimal):
        number = float(value)
        return {"numberValue": int(number) if number == int(number) else number}
    return {"stringValue": value.replace("\r\n", "\n").replace("\r", "\n")}


def serial(moment: date) -> float | int:
    """Days since 1899-12-30, the clock as a fraction."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    days = (moment - EPOCH) / timedelta(days=1)
    return int(days) if days == int(days) else days


def date_format(value: Value | Formula) -> dict[str, str] | None:
    """The number format a date needs to be read as one; None for other values."""
    if isinstance(value, datetime):
        return DATETIME_FORMAT if value.time() != time() else DATE_FORMAT
    return DATE_FORMAT if isinstance(value, date) else None


def plain(value: dict[str, Any] | None) -> tuple[Raw, bool]:
    """What a cell's `effectiveValue` shows, and whether that is an error."""
    if not value:
        return None, False
    if "errorValue" in value:
        return ERRORS.get(value["errorValue"].get("type", "ERROR"), "#ERROR!"), True
    if "numberValue" in value:
        number = value["numberValue"]
        return (int(number) if number == int(number) and abs(number) < EXACT else number), False
    if "boolValue" in value:
        return bool(value["boolValue"]), False
    return str(value.get("stringValue", "")) or None, False


def stored(value: Value | Formula) -> Raw:
    """What a read shows after `value` was written."""
    return plain(extended(value))[0] if not isinstance(value, Formula) else None


def text(raw: Raw) -> str:
    """A cell as the text of an id."""
    return "" if raw is None else str(raw).strip()
