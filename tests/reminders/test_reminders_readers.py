"""What each reader may see, and a page that says each thing once (MODEL 3.17, 5, 9)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from followup.rules.finding import ITEMS
from followup.tables import TABLES
from followup.tables.frames import Tables, complete
from followup.team import Team
from reminders.outbox import view_of
from reminders.selection import Digest, Item, digests, together
from sheets_templates.pages import COLOURS, render_digest

NOW = datetime(2024, 5, 5, 9)
DAY = NOW.date()


def table(name: str, rows: list[dict[str, str]]) -> pd.DataFrame:
    table = TABLES[name]
    frame = pd.DataFrame(rows, dtype=object).fillna("")
    return complete(frame.set_axis(pd.Index(frame[table.id_column or "name"], dtype=object)), table)


PEOPLE = [
    {"name": "张伟", "manager": "王强", "email": " ｚ＠x.com "}, {"name": "李娜", "manager": "王强"},
    {"name": "刘洋", "manager": "陈总"}, {"name": "王强", "manager": "陈总"}, {"name": "陈总", "manager": "王强"},
]  # fmt: skip
TABLES_ = Tables(
    {
        "people": table("people", PEOPLE),
        "customers": table(
            "customers", [{"customer_id": "C1", "owner": "张伟", "collaborators": "客服:刘洋"}, {"customer_id": "C2"}]
        ),
        "tasks": table("tasks", [{"task_id": "T1", "owner": "李娜"}]),
    }
)


def told(*rows: dict[str, str]) -> dict[str, Digest]:
    blank = dict.fromkeys(ITEMS, "")
    usual = {"rule": "R05", "customer_id": "C1", "customer_name": "云启", "text": "回电", "kind": "today"}
    usual |= {"last_summary": "2024-05-01 谈过折扣", "due": "2024-05-05"}
    frame = pd.DataFrame([{**blank, **usual, **row} for row in rows], dtype=object)
    frame["due"] = pd.to_datetime(frame["due"]).astype("datetime64[s]")
    return {one.person: one for one in digests(frame, TABLES_, Team.from_tables(TABLES_), NOW)}


@pytest.mark.parametrize(
    ("reader", "sees"), [("张伟", True), ("刘洋", True), ("王强", True), ("陈总", True), ("李娜", False)]
)
def test_what_was_said_last_is_for_those_who_may_see_the_customer(reader: str, sees: bool) -> None:
    (item,) = told({"person": reader, "object_id": "T1"})[reader].items
    assert (item.customer_name, item.text) == ("云启", "回电")  # what one was asked to do, one is told
    assert bool(item.last_summary) is sees


def test_a_customer_of_nobody_hides_nothing() -> None:
    (item,) = told({"person": "李娜", "customer_id": "C2"})["李娜"].items
    assert item.last_summary and item.owner == ""


def test_a_leader_reads_whose_it_is() -> None:
    found = told(
        {"person": "王强", "object_id": "T1", "kind": "escalation"}, {"person": "王强", "object_id": "C1"},
        {"person": "张伟", "object_id": "C1"},
    )  # fmt: skip
    assert [item.owner for item in found["王强"].items] == ["张伟", "李娜"]
    assert [item.owner for item in found["张伟"].items] == [""]
    page = render_digest(view_of(found["王强"], "zh"))
    assert "李娜" in page.html and "[李娜]" in page.text


def test_of_one_day_the_important_comes_first() -> None:
    rows = [{"person": "张伟", "text": text, "priority": text} for text in ("低", "中", "高")]
    assert [item.text for item in told(*rows)["张伟"].items] == ["高", "中", "低"]


def test_an_address_typed_full_width_is_mended_and_a_blank_one_is_none() -> None:
    found = told({"person": "张伟"}, {"person": "李娜"})
    assert (found["张伟"].to, found["李娜"].to) == ("z@x.com", None)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("138.0013.8000", "138****8000"),
        ("138-001-38000", "138****8000"),
        ("20240506前发报价", "20240506前发报价"),
        ("88886666", "88****66"),
    ],
)
def test_numbers_are_masked_and_dates_are_not(typed: str, shown: str) -> None:
    assert told({"person": "张伟", "text": typed})["张伟"].items[0].text == shown


def test_several_workbooks_make_one_digest() -> None:
    def item(kind: str, text: str) -> Item:
        return Item("R05", "C1", "云启", DAY, text, kind)

    first = Digest("张伟", None, DAY, (item("overdue", "甲"), item("soon", "乙")))
    second = Digest("张伟", "z@x.com", DAY, (item("overdue", "丙"), item("soon", "乙")))
    other = Digest("李娜", "l@x.com", DAY, (item("today", "丁"),))
    one, two = together([first, other, second])
    assert (one.key, one.to, [i.text for i in one.items]) == (first.key, "z@x.com", ["甲", "丙", "乙"])
    assert two == other


def item(rule: str, kind: str, object_id: str = "C1", customer_id: str = "C1", text: str = "") -> Item:
    return Item(rule, customer_id, customer_id, date(2024, 5, 4), text or rule, kind, object_id=object_id)


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        ([("R06", "overdue"), ("R02", "soon"), ("R04", "silent")], ["R04"]),
        ([("R06", "overdue"), ("R02", "soon")], ["R06"]),
        ([("R02", "soon"), ("问题", "fill"), ("R01", "escalation")], ["R02", "问题", "R01"]),
    ],
)
def test_a_customer_who_waits_is_one_line(rules: list[tuple[str, str]], shown: list[str]) -> None:
    digest = Digest("张伟", "z@x.com", DAY, tuple(item(rule, kind) for rule, kind in rules))
    view = view_of(digest, "zh")
    assert [line.text for group in view.groups for line in group.lines] == shown
    assert view.count == len(shown)


def test_tasks_and_other_customers_stay() -> None:
    items = (
        item("R06", "overdue", "T1", text="任务"), item("R06", "overdue"), item("R04", "silent"),
        item("R06", "today", "C2", "C2", "另一家"), item("R06", "soon", "T9", "", "没有对上客户"),
    )  # fmt: skip
    view = view_of(Digest("张伟", "z@x.com", DAY, items), "zh")
    assert [line.text for group in view.groups for line in group.lines] == ["任务", "另一家", "没有对上客户", "R04"]


@pytest.mark.parametrize(
    ("due", "zh", "en"),
    [
        (date(2024, 5, 2), "逾期3天", "3 d late"),
        (DAY, "今天", "today"),
        (date(2024, 5, 6), "明天", "tomorrow"),
        (date(2024, 5, 8), "", ""),
    ],
)
def test_how_far_off_it_is(due: date, zh: str, en: str) -> None:
    for lang, words in (("zh", zh), ("en", en)):
        digest = Digest("Amy", "a@x.com", DAY, (replace(item("R06", "today", "T1", text="x"), due=due),))
        page = render_digest(view_of(digest, lang), lang)
        line = next(line for line in page.text.splitlines() if line.startswith("- "))
        day = due.isoformat()
        assert f"（{day}{' ' + words if words else ''}）" in line
        shown = re.search(r'<br><span style="font-size:12px;">(.*?)</span>', page.html)
        assert (shown[1] if shown else "") == words


def test_colours_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    digest = Digest("张伟", "z@x.com", DAY, (item("R05", "overdue", "T1"),))
    used = set(re.findall(r"(?<![-\w])color:(#[0-9a-f]{6})", render_digest(view_of(digest, "zh")).html)) - {"#ffffff"}
    assert used
    for colour in used | set(COLOURS.values()):
        assert 1.05 / (light(colour) + 0.05) >= 4.5, colour
