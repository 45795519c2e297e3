"""What a column and a table are: the words every other package derives its behaviour from.

How a typed column looks in a DataFrame (`Type.dtype`): text-like types hold `str`, blank is `""`
(never NaN); dates and instants are `datetime64[s]`, blank is NaT, an instant at exactly midnight
counts as date-only (Excel cannot tell them apart); INT is `Int64`; MONEY is `Int64` fen (1/100 CNY)
so that sums are exact; RATIO and NUMBER are `float64`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Type(StrEnum):
    """The kind of value a column holds (MODEL 3, column `type`)."""

    TEXT = "text"
    ENUM = "enum"  # allowed values only
    OPEN_ENUM = "enum+"  # an unknown value is a warning, and kept
    DATE = "date"
    DATE_TIME = "date[time]"  # a date that may carry a clock time
    DATETIME = "datetime"
    PERSON = "person"
    PERSONS = "persons"  # `姓名` or `角色:姓名`, separated by ;
    TAGS = "tags"  # separated by ;
    LINK = "link"  # names or ids of another table's record
    FLAG = "flag"  # 是 or blank
    YES_NO = "yes_no"  # 是, 否 or blank
    INT = "int"
    NUMBER = "number"
    MONEY = "money"
    RATIO = "ratio"
    JSON = "json"

    @property
    def dtype(self) -> str:
        """The pandas dtype of a typed column of this type."""
        if self in DATES:
            return "datetime64[s]"
        if self in (Type.INT, Type.MONEY):
            return "Int64"
        if self in (Type.NUMBER, Type.RATIO):
            return "float64"
        return "object"

    @property
    def is_text(self) -> bool:
        """Whether a typed column of this type holds `str`."""
        return self.dtype == "object"


DATES = frozenset({Type.DATE, Type.DATE_TIME, Type.DATETIME})
NUMBERS = frozenset({Type.INT, Type.NUMBER, Type.MONEY, Type.RATIO})


class Owner(StrEnum):
    """Who writes a column: a person, a run (computed), once (stamped), or the id generator."""

    HUMAN = "H"
    COMPUTED = "C"
    STAMPED = "S"
    GENERATED = "G"


class Tier(StrEnum):
    """How near a column is to the team's document: printed in it, needed beside it, optional (hidden)."""

    PRINTED = "原文"
    NEEDED = "必要"
    OPTIONAL = "选用"


class Need(StrEnum):
    """Whether a person must fill a column in."""

    ALWAYS = "必填"
    CONDITIONAL = "条件"
    NO = "选填"


class Merge(StrEnum):
    """What a sync does when both sides changed one cell (SYNC A5, policies P)."""

    HUB = "hub"
    UNION = "union"
    LINES = "lines"
    ASK = "ask"


@dataclass(frozen=True)
class Column:
    """One column: one line in `followup/tables`, and the only place that knows it."""

    key: str
    header: str
    type: Type
    owner: Owner = Owner.HUMAN
    tier: Tier = Tier.NEEDED
    need: Need = Need.NO
    merge: Merge = Merge.HUB
    sensitive: bool = False
    values: tuple[str, ...] = ()
    dictionary: str = ""
    aliases: tuple[str, ...] = ()
    max_length: int = 0
    when: str = ""  # "past" or "future": how a date without a year is read (CASES 1.1)
    reads: str = ""  # finer than the type: phone, mobile, email, industry, birthday, verbatim (followup.values)
    example: str = ""
    help: str = ""
    help_en: str = ""

    @property
    def category(self) -> str:
        """The 类别 in 数据字典 that lists this column's allowed values and their aliases."""
        return self.dictionary or self.header

    @property
    def is_human(self) -> bool:
        """Whether a person writes it, so that it is read, checked and merged."""
        return self.owner is Owner.HUMAN


@dataclass(frozen=True)
class Table:
    """One sheet of the model: its columns in the order they are printed."""

    key: str
    sheet: str
    id_column: str  # "" where a record has no id of its own
    purpose: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()  # other titles a team gives this sheet

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Columns by English key."""
        return {column.key: column for column in self.columns}

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """Columns by Chinese header (headers are unique within a table)."""
        return {column.header: column for column in self.columns}

    def __getitem__(self, key: str) -> Column:
        return self.by_key[key]

    def owned_by(self, *owners: Owner) -> list[Column]:
        """The columns written by one of `owners`, in printed order."""
        return [column for column in self.columns if column.owner in owners]

    @property
    def human_columns(self) -> list[Column]:
        """The columns a person writes."""
        return self.owned_by(Owner.HUMAN)
