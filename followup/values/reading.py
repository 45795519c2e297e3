"""What reading one cell yields: a value, how sure we are of it, and why (CASES 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from followup.tables.frames import Cell
from followup.wording import say as say


class Verdict(StrEnum):
    """How a cell was understood."""

    OK = "ok"  # as is
    FIXED = "fixed"  # repaired, one reading
    SUGGESTED = "suggested"  # proposed; no effect until a person accepts
    AMBIGUOUS = "ambiguous"  # several readings, never guessed
    ERROR = "error"  # wrong; treated as missing
    BLANK = "blank"


# 类型 of 问题清单 (MODEL 3.22) that reading can find.
FORMAT, VAGUE_DATE, FUTURE, UNKNOWN, SEVERAL, FORMULA = (
    "格式", "含糊日期", "未来日期", "不在字典", "多人负责", "公式单元格",
)  # fmt: skip
SEVERE, WARNING, NOTE = "错误", "警告", "提示"


@dataclass(frozen=True)
class Reading:
    """One cell understood.

    `value` is what the cell says, also where it must not be used (`suggested`, or an `error` such as a
    future date): `usable` is what a table may hold. `kind` and `severity` are those of the issue to
    write; `kind` is "" where there is none.
    """

    value: Cell
    verdict: Verdict
    reason: str = ""
    suggestion: Cell = None
    kind: str = ""
    severity: str = ""

    @property
    def usable(self) -> Cell:
        """The value a table may hold: None unless the verdict is ok or fixed."""
        return self.value if self.verdict in (Verdict.OK, Verdict.FIXED) else None


BLANK = Reading(None, Verdict.BLANK)


def ok(value: Cell) -> Reading:
    """The cell is as it should be."""
    return Reading(value, Verdict.OK)


def warned(value: Cell, kind: str, code: str, /, severity: str = WARNING, **places: object) -> Reading:
    """The value is kept, and a person is told something about it."""
    return Reading(value, Verdict.OK, say(code, **places), kind=kind, severity=severity)


def fixed(value: Cell, code: str, /, kind: str = FORMAT, **places: object) -> Reading:
    """There is one reading; it replaces what was typed."""
    return Reading(value, Verdict.FIXED, say(code, **places), kind=kind, severity=NOTE)


def suggested(value: Cell, code: str, /, kind: str = FORMAT, **places: object) -> Reading:
    """There is a likely reading; a person decides."""
    return Reading(value, Verdict.SUGGESTED, say(code, **places), value, kind, WARNING)


def ambiguous(code: str, /, kind: str = FORMAT, **places: object) -> Reading:
    """There are several readings; none is chosen."""
    return Reading(None, Verdict.AMBIGUOUS, say(code, **places), kind=kind, severity=WARNING)


def error(code: str, /, kind: str = FORMAT, value: Cell = None, **places: object) -> Reading:
    """The value cannot stand; it counts as missing."""
    return Reading(value, Verdict.ERROR, say(code, **places), kind=kind, severity=SEVERE)
