"""CASES 1.3: amounts, and the other numbers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.tables.column import Column, Type
from followup.team import Team
from followup.values import read_as, read_value
from followup.values.money import read_money

NOW = datetime(2024, 5, 20, 10)
TEAM = Team.default()


@pytest.mark.parametrize(
    ("raw", "value", "verdict"),
    [
        ("100000", "100000.00", "fixed"),
        ("100,000.00", "100000.00", "fixed"),
        ("¥100,000", "100000.00", "fixed"),
        ("10万", "100000.00", "fixed"),
        ("10w", "100000.00", "fixed"),
        ("10万左右", "100000.00", "suggested"),
        ("10-20万", None, "ambiguous"),
        ("15k", "15000.00", "fixed"),
        ("(5,000)", "-5000.00", "fixed"),
        ("12.5万美元", None, "ambiguous"),
        ("壹拾万元整", None, "error"),
        (100000, "100000.00", "ok"),
        # cousins
        ("１００", "100.00", "fixed"),
        ("￥100", "100.00", "fixed"),
        ("100，000", "100000.00", "fixed"),
        ("人民币10万元", "100000.00", "fixed"),
        ("RMB 1,234.56", "1234.56", "fixed"),
        ("1.2亿", "120000000.00", "fixed"),
        ("3千", "3000.00", "fixed"),
        ("20 W", "200000.00", "fixed"),
        ("10万元整", "100000.00", "fixed"),
        ("-5000", "-5000.00", "fixed"),
        ("¥-5,000", "-5000.00", "fixed"),
        ("约10万", "100000.00", "suggested"),
        ("10万+", "100000.00", "suggested"),
        ("10万以上", "100000.00", "suggested"),
        ("10万(含税)", "100000.00", "suggested"),
        ("10万~20万", None, "ambiguous"),
        ("10万至20万", None, "ambiguous"),
        ("$100", None, "ambiguous"),
        ("HK$5000", None, "ambiguous"),
        ("100,00", None, "ambiguous"),
        ("1.234.567", None, "ambiguous"),
        ("30%", None, "error"),
        ("5,000-", "-5000.00", "suggested"),
        ("12.500", None, "ambiguous"),
        ("1 000 000", "1000000.00", "fixed"),
        ("≥10万", "100000.00", "suggested"),
        ("10万，20万", None, "ambiguous"),
        ("面议", None, "error"),
        ("1e5", "100000.00", "suggested"),
        (1234.567, "1234.57", "fixed"),
        (0.1 + 0.2, "0.30", "ok"),
        (0, "0.00", "ok"),
        (-50.5, "-50.50", "ok"),
        (True, None, "error"),
        (float("nan"), None, "blank"),
        (datetime(2024, 5, 1), None, "error"),
        ("待定", None, "blank"),
        ("#N/A", None, "error"),
    ],
)
def test_amounts(raw: object, value: str | None, verdict: str) -> None:
    reading = read_as("money", raw, now=NOW, team=TEAM)  # type: ignore[arg-type]
    assert (None if reading.value is None else str(reading.value), reading.verdict) == (value, verdict)


def test_a_unit_in_the_header_is_asked() -> None:
    reading = read_money(12.5, factor=10_000)
    assert (str(reading.suggestion), reading.verdict, reading.usable) == ("125000.00", "suggested", None)


@given(st.decimals(-(10**10), 10**10, places=2))
def test_an_amount_written_with_commas_keeps_every_fen_and_is_then_ok(amount: Decimal) -> None:
    reading = read_as("money", f"{amount:,.2f}", now=NOW, team=TEAM)
    assert reading.value == amount
    assert read_as("money", float(amount), now=NOW, team=TEAM).verdict == "ok"


@pytest.mark.parametrize(
    ("kind", "raw", "value", "verdict"),
    [
        (Type.INT, 5.0, 5, "ok"),
        (Type.INT, "5", 5, "fixed"),
        (Type.INT, "五", 5, "fixed"),
        (Type.INT, "5分", 5, "suggested"),
        (Type.INT, "3-5", None, "ambiguous"),
        (Type.INT, 3.7, None, "error"),
        (Type.INT, "高", None, "error"),
        (Type.NUMBER, "1,234.5", 1234.5, "fixed"),
        (Type.RATIO, 0.3, 0.3, "ok"),
        (Type.RATIO, "30%", 0.3, "fixed"),
        (Type.RATIO, 30, 0.3, "suggested"),
    ],
)
def test_numbers(kind: Type, raw: object, value: object, verdict: str) -> None:
    reading = read_value(raw, Column("n", "数", kind), TEAM, NOW)  # type: ignore[arg-type]
    assert (reading.value, reading.verdict) == (value, verdict)
