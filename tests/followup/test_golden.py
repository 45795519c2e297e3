"""The golden example of MODEL 7: every customer cell, the hits of R01, R02, R04, and that a second run is quiet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from followup.tables import TABLES
from followup.tables.frames import Tables, to_cells

NOW = datetime(2024, 6, 30, 18)
Run = Callable[..., Any]


def shown(value: Any) -> Any:
    """A cell as expected.json writes it."""
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@pytest.fixture
def expected(shared_data: Path) -> dict[str, Any]:
    return json.loads((shared_data / "golden/expected.json").read_text("utf-8"))


def test_all_228_customer_cells(golden: Tables, expected: dict[str, Any], run_once: Run) -> None:
    after, _, _ = run_once(golden, NOW)
    columns = TABLES["customers"].by_header
    cells = {
        header: dict(to_cells(after["customers"][columns[header].key], columns[header]).items())
        for header in expected["customers"]["C01"]
    }
    wrong, count = [], 0
    for customer, row in expected["customers"].items():
        for header, value in row.items():
            count += 1
            cell = shown(cells[header][customer])
            if cell != (None if value == "" else value):
                wrong.append((customer, header, value, cell))
    assert wrong == []
    assert count == 228


def test_hits(golden: Tables, expected: dict[str, Any], run_once: Run) -> None:
    _, _, result = run_once(golden, NOW)
    metrics = expected["metrics"]
    assert result.hits["R01"] == metrics["R01_触发"]
    assert result.hits["R02"] == metrics["R02_触发"]
    assert result.hits["R04"] == metrics["R04_沉默"]


def test_hits_are_the_same_before_and_after_compute(golden: Tables, run_once: Run) -> None:
    after, _, first = run_once(golden, NOW)
    _, _, second = run_once(after, NOW)
    assert first.hits == second.hits


def test_a_second_run_at_the_same_now_changes_nothing(golden: Tables, run_once: Run) -> None:
    after, _, _ = run_once(golden, NOW)
    _, changes, _ = run_once(after, NOW)
    assert changes == []


def test_tasks_of_the_golden_run(golden: Tables, run_once: Run) -> None:
    """C09 has its R01 task already and C03 its R04 task: only what is missing is made."""
    after, _, _ = run_once(golden, NOW)
    made = after["tasks"].drop(index=golden["tasks"].index)
    assert sorted(made["dedupe_key"]) == [
        "R01|C03|2024-05-30",
        "R02|C01|2024-05-18",
        "R02|C02|2024-06-05",
        "R04|C01|2024-05-18",
    ]
    assert set(made["created_at"].astype(str)) == {"2024-06-30 18:00:00"}


def test_deals_of_the_golden_run(golden: Tables, run_once: Run) -> None:
    """D5 went back a stage and keeps the highest; the cycle of a first deal starts with the lead (M2)."""
    after, _, _ = run_once(golden, NOW)
    deals = after["deals"]
    assert deals["max_stage"].tolist() == [5, 4, 5, 3, 2, 5, 4, 2]
    assert sorted(deals.loc[["D2", "D5", "D7"], "cycle_days"]) == [16, 16, 19]
    assert deals["cycle_days"].isna().tolist() == [False, False, False, True, False, False, False, True]
    assert deals.loc["D1", ["paid", "unpaid"]].tolist() == [10_000_000, 0]
    payments = after["payments"]
    assert payments["status"].tolist() == ["已结清", "已结清", "逾期", "今日到期(部分)", "未到期"]
    assert payments["days_overdue"].fillna(-1).tolist() == [-1, -1, 5, 0, 0]
    assert payments["customer_ref"].tolist()[0] == "北方汽车零部件有限公司"
