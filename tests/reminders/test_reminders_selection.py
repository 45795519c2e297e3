"""Who is told what (MODEL 5, 9; CASES M04)."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from followup.rules.finding import ITEMS, blank_items
from followup.tables import TABLES
from followup.tables.frames import Tables, complete
from followup.team import Team
from reminders.selection import digests

NOW = datetime(2024, 5, 5, 9)


@pytest.fixture
def tables() -> Tables:
    people = {"name": ["张伟", "李娜", "旧人"], "email": ["z@x.com", "", "o@x.com"], "active": ["是", "是", "否"]}
    frame = pd.DataFrame(people, dtype=object, index=pd.Index(["张伟", "李娜", "旧人"], dtype=object))
    return Tables({"people": complete(frame, TABLES["people"])})


def rows(*lines: tuple[str, str, str, str]) -> pd.DataFrame:
    values = [["R05", who, "", "云", "T1", due, text, kind, "打13800138000", "高"] for who, due, text, kind in lines]
    frame = pd.DataFrame(values, columns=list(ITEMS), dtype=object)
    return frame.assign(due=pd.to_datetime(frame["due"]).astype("datetime64[s]"))


def test_one_digest_a_person_in_reading_order(tables: Tables) -> None:
    items = rows(
        ("张伟", "2024-05-06", "乙", "soon"), ("张伟", "2024-05-01", "甲", "overdue"), ("李娜", "2024-05-05", "丙", "today"),
        ("旧人", "2024-05-05", "丁", "today"), ("无此人", "2024-05-05", "戊", "today"),
    )  # fmt: skip
    first, second = digests(items, tables, Team.from_tables(tables), NOW)
    assert (first.to, first.key) == ("z@x.com", "digest|张伟|mail|2024-05-05")
    assert [item.text for item in first.items] == ["甲", "乙"]
    assert first.items[0].last_summary == "打138****8000"
    assert second.to is None


def test_nothing_due_is_no_digest(tables: Tables) -> None:
    assert digests(blank_items(), tables, Team.from_tables(tables), NOW) == []
