"""One cell of any column as its typed value, with verdict and reason (CASES 1): the way into this package."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from followup.errors import Wrong
from followup.grid import Raw
from followup.tables import TABLES
from followup.tables.column import DATES, Column, Type
from followup.team import Team
from followup.values import reading as r
from followup.values.birthdays import read_birthday
from followup.values.cleaning import as_text, is_blank_word, is_empty, is_error_value, read_text
from followup.values.dates import read_date
from followup.values.money import read_money
from followup.values.names import read_name
from followup.values.numbers import read_int, read_number, read_ratio
from followup.values.people import read_person, read_persons
from followup.values.phones import read_contact, read_email, read_mobile, read_phone
from followup.values.reading import Reading, Verdict
from followup.values.regions import CATEGORY as REGION
from followup.values.regions import read_region
from followup.values.words import allowed, read_enum, read_flag, read_industry, read_tags

Reader = Callable[[Raw, Column, Team, datetime], Reading]

_BY_READS: dict[str, Reader] = {
    "phone": lambda raw, column, team, now: read_contact(raw),
    "mobile": lambda raw, column, team, now: read_mobile(raw),
    "email": lambda raw, column, team, now: read_email(raw),
    "industry": lambda raw, column, team, now: read_industry(raw, team),
    "birthday": lambda raw, column, team, now: read_birthday(raw, now),
}
_BY_TYPE: dict[Type, Reader] = {
    Type.TEXT: lambda raw, column, team, now: _limited(read_text(raw), column),
    Type.LINK: lambda raw, column, team, now: read_text(raw),
    Type.JSON: lambda raw, column, team, now: read_text(raw),
    Type.ENUM: lambda raw, column, team, now: read_enum(raw, column, team),
    Type.OPEN_ENUM: lambda raw, column, team, now: (
        read_region(raw, team.dictionary) if column.category == REGION else read_enum(raw, column, team)
    ),
    Type.PERSON: lambda raw, column, team, now: read_person(raw, team.people),
    Type.PERSONS: lambda raw, column, team, now: read_persons(raw, team.people),
    Type.TAGS: lambda raw, column, team, now: read_tags(raw, column, team),
    Type.FLAG: lambda raw, column, team, now: read_flag(raw),
    Type.YES_NO: lambda raw, column, team, now: read_flag(raw),
    Type.INT: lambda raw, column, team, now: read_int(raw),
    Type.NUMBER: lambda raw, column, team, now: read_number(raw),
    Type.RATIO: lambda raw, column, team, now: read_ratio(raw),
    Type.MONEY: lambda raw, column, team, now: read_money(raw),
}


def read_value(
    raw: Raw,
    column: Column,
    team: Team,
    now: datetime,
    *,
    imported: bool = False,
    number_format: str = "",
    serial: bool = False,
) -> Reading:
    """One cell of `column`. Never raises: what cannot be understood is a verdict.

    The value is a canonical cell (`followup.tables.frames.Cell`). Columns that no person writes are read
    leniently, without a verdict: what is no value there counts as blank.
    """
    if is_empty(raw):
        return r.BLANK
    if not column.is_human:
        return _lenient(raw, column, team, now, serial)
    if is_error_value(raw):
        return r.error("cell.error", r.FORMULA)
    if column.reads == "verbatim":
        return _verbatim(raw, column, team)
    if isinstance(raw, str) and is_blank_word(raw, team) and raw.strip() not in allowed(column, team):
        return Reading(None, Verdict.BLANK, r.say("cell.blank_word"))
    if column.type in DATES:
        zone = team.settings.text("时区")
        return read_date(raw, now, column.when, zone, imported=imported, number_format=number_format, serial=serial)
    reader = _BY_READS.get(column.reads) or _BY_TYPE[column.type]
    return reader(raw, column, team, now)


def _limited(reading: Reading, column: Column) -> Reading:
    text = reading.value
    if column.max_length and isinstance(text, str) and len(text) > column.max_length and not reading.kind:
        return r.warned(text, r.FORMAT, "text.too_long", limit=column.max_length)
    return reading


def _verbatim(raw: Raw, column: Column, team: Team) -> Reading:
    """Words about words (数据字典, 设置): 「无」 stands there for itself."""
    return read_tags(raw, column, team) if column.type is Type.TAGS else r.ok(as_text(raw))


def _lenient(raw: Raw, column: Column, team: Team, now: datetime, serial: bool) -> Reading:
    if column.type.is_text:
        return r.ok(as_text(raw))
    if column.type in DATES:
        reading = read_date(raw, now, "", team.settings.text("时区"), serial=serial)
    else:
        reading = _BY_TYPE[column.type](raw, column, team, now)
    return r.ok(reading.usable) if reading.usable is not None else r.BLANK


_PLAIN: dict[str, Callable[[Raw, Team, datetime], Reading]] = {
    "phone": lambda raw, team, now: read_phone(raw),
    "name": lambda raw, team, now: read_name(raw),
    "money": lambda raw, team, now: read_money(raw),
    "person": lambda raw, team, now: read_person(raw, team.people),
    "region": lambda raw, team, now: read_region(raw, team.dictionary),
}


def read_as(
    type_text: str, raw: Raw, *, kind: str = "past", imported: bool = False, now: datetime, team: Team
) -> Reading:
    """What `genjin value TYPE RAW` answers. TYPE is date, phone, money, name, person, region or enum:列.

    Raises:
        Wrong: TYPE is none of these, or 列 no column or category (`value.unknown_type`, `value.unknown_column`).
    """
    if type_text.startswith("enum:"):
        return read_value(raw, find_column(type_text.removeprefix("enum:")), team, now, imported=imported)
    if is_empty(raw):
        return r.BLANK
    if type_text in ("date", *_PLAIN) and is_error_value(raw):
        return r.error("cell.error", r.FORMULA)
    if isinstance(raw, str) and is_blank_word(raw, team):
        return Reading(None, Verdict.BLANK, r.say("cell.blank_word"))
    if type_text == "date":
        return read_date(raw, now, kind, team.settings.text("时区"), imported=imported)
    if type_text not in _PLAIN:
        raise Wrong("value.unknown_type", type=type_text)
    return _PLAIN[type_text](raw, team, now)


def find_column(header: str) -> Column:
    """The column of a Chinese header, a choice before any other; also by dictionary category, such as 渠道.

    Raises:
        Wrong: no column and no category is called so (`value.unknown_column`).
    """
    human = [column for table in TABLES.values() for column in table.columns if column.is_human]
    choices = [column for column in human if column.type in (Type.ENUM, Type.OPEN_ENUM)]
    for column in (*choices, *human):
        if header in (column.header, column.category):
            return column
    for column in choices:
        if header in column.aliases:
            return column
    raise Wrong("value.unknown_column", column=header)
