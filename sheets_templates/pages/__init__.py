"""Mails and pages, rendered with Jinja: autoescaped, tables and inlined styles only, nothing fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape


@dataclass(frozen=True)
class Line:
    """One thing to do: customer, what, until when, what was said last."""

    customer: str
    text: str
    due: date | None
    last: str = ""
    priority: str = ""
    owner: str = ""  # whose it is, where that is not the reader


@dataclass(frozen=True)
class Group:
    """Lines under one heading; `kind` chooses its colour."""

    kind: str
    title: str
    lines: Sequence[Line]
    hidden: int = 0  # more lines than are shown


@dataclass(frozen=True)
class DigestView:
    """What a digest shows to one person on one day."""

    person: str
    day: date
    groups: Sequence[Group]

    @property
    def count(self) -> int:
        """How many things there are in all."""
        return sum(len(group.lines) + group.hidden for group in self.groups)


@dataclass(frozen=True)
class Rendered:
    """A mail: its subject, its HTML and its plain-text twin."""

    subject: str
    html: str
    text: str


COLOURS = {
    "overdue": "#c0392b", "today": "#b84700", "soon": "#8a6a00", "silent": "#7d3c98", "fill": "#52606d", "escalation": "#1f618d",
}  # fmt: skip
"""Dark enough on white to be read in sunlight: contrast at least 4.5 : 1."""
TITLES = {
    "zh": {"overdue": "已逾期", "today": "今天到期", "soon": "三天内到期", "silent": "沉默客户", "fill": "资料待补", "escalation": "需要您关注"},
    "en": {"overdue": "Overdue", "today": "Due today", "soon": "Within three days", "silent": "Silent customers", "fill": "To fill in", "escalation": "For your attention"},
}  # fmt: skip
WEEKDAYS = "一二三四五六日"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sheets_templates.pages", "templates"),
        autoescape=select_autoescape(["html.j2", "html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = lambda day: f"{day.month}月{day.day}日"
    environment.filters["away"] = _away
    return environment


def _away(due: date, today: date, zh: bool) -> str:
    """How far off a day is, as people say it; blank beyond tomorrow."""
    left = (due - today).days
    if left < 0:
        return f"逾期{-left}天" if zh else f"{-left} d late"
    return {0: "今天" if zh else "today", 1: "明天" if zh else "tomorrow"}.get(left, "")


def render_digest(view: DigestView, lang: str = "zh") -> Rendered:
    """The daily digest as a mail."""
    environment = _environment()
    places = {"view": view, "zh": lang != "en", "colours": COLOURS, "weekday": WEEKDAYS[view.day.weekday()]}
    urgent = sum(len(g.lines) + g.hidden for g in view.groups if g.kind in ("overdue", "today"))
    if lang == "en":
        subject = f"Follow-ups {view.day:%Y-%m-%d}: {view.count} items" + (f", {urgent} urgent" if urgent else "")
    else:
        subject = f"跟进提醒 {view.day.month}月{view.day.day}日：{view.count} 项" + (
            f"，其中 {urgent} 项今天必须处理" if urgent else ""
        )
    return Rendered(
        subject,
        environment.get_template("digest.html.j2").render(**places),
        environment.get_template("digest.txt.j2").render(**places),
    )
