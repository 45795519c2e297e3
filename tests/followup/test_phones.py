"""CASES 1.2: telephone numbers and other ways to reach a person."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.tables import TABLES
from followup.team import Team
from followup.values import read_as, read_value

NOW = datetime(2024, 5, 20, 10)
TEAM = Team.default()


@pytest.mark.parametrize(
    ("raw", "value", "verdict"),
    [
        ("13800138000", "mobile 13800138000", "ok"),
        ("138 0013 8000", "mobile 13800138000", "fixed"),
        ("+86 138 0013 8000", "mobile 13800138000", "fixed"),
        ("008613800138000", "mobile 13800138000", "fixed"),
        ("１３８００１３８０００", "mobile 13800138000", "fixed"),
        (13800138000.0, "mobile 13800138000", "fixed"),
        ("13800138000/13900139000", "mobile 13800138000; mobile 13900139000", "fixed"),
        ("(0755)1234567", "landline 07551234567", "fixed"),
        ("400-820-8820", "hotline 4008208820", "fixed"),
        ("1380013800", "unknown 1380013800", "ambiguous"),
        ("1.38E+10", "unknown 1.38E+10", "error"),
        ("手机号5678", "unknown 手机号5678", "ok"),
        # cousins
        ("138-0013-8000", "mobile 13800138000", "fixed"),
        ("'13800138000", "mobile 13800138000", "fixed"),
        (8613800138000, "mobile 13800138000", "fixed"),
        ("王13800138000、李13900139000", "mobile 13800138000; mobile 13900139000", "fixed"),
        ("13800138000 13900139000", "mobile 13800138000; mobile 13900139000", "fixed"),
        ("13800138000\n13900139000", "mobile 13800138000; mobile 13900139000", "fixed"),
        ("王芳 138 0013 8000（微信同号）", "mobile 13800138000", "fixed"),
        ("021-12345678", "landline 02112345678", "fixed"),
        ("+86-755-12345678", "landline 075512345678", "fixed"),
        ("0755-12345678转801", "landline 075512345678-801", "fixed"),
        ("10-12345678", "landline 01012345678", "suggested"),
        ("+852 9123 4567", "foreign +85291234567", "fixed"),
        ("00886 912 345 678", "foreign +886912345678", "fixed"),
        ("+1 (415) 555-0100", "foreign +14155550100", "fixed"),
        ("95588", "hotline 95588", "ok"),
        ("wx_zhang88", "wechat wx_zhang88", "ok"),
        ("微信：zhang_88", "wechat zhang_88", "fixed"),
        ("a.b@example.com", "email a.b@example.com", "ok"),
        ("13800138000, a@b.cn", "mobile 13800138000; email a@b.cn", "fixed"),
        ("13800138000.0", "mobile 13800138000", "fixed"),
        (1380013800.5, "unknown 1380013800.5", "ambiguous"),
        ("88888888", "unknown 88888888", "ambiguous"),
        ("138****8000", "unknown 138****8000", "ok"),
        ("12345678901", "unknown 12345678901", "ambiguous"),
    ],
)  # fmt: skip
def test_what_a_contact_names(raw: object, value: str, verdict: str) -> None:
    reading = read_as("phone", raw, now=NOW, team=TEAM)  # type: ignore[arg-type]
    assert (reading.value, reading.verdict) == (value, verdict)


@pytest.mark.parametrize(
    ("raw", "value", "verdict", "severity"),
    [
        ("手机号5678", "手机号5678", "ok", "警告"),  # the document's own sample
        ("138 0013 8000", "138 0013 8000", "ok", ""),
        (13800138000.0, "13800138000", "fixed", "提示"),
        ("１３８００１３８０００", "13800138000", "fixed", "提示"),
        ("1.38E+10", "1.38E+10", "error", "错误"),
        ("1380013800", "1380013800", "ok", "警告"),
        ("+852 9123 4567", "+852 9123 4567", "ok", ""),
        ("王总：13800138000", "王总：13800138000", "ok", ""),
        ("暂无", None, "blank", ""),
    ],
)
def test_the_contact_column_keeps_what_was_typed(raw: object, value: str, verdict: str, severity: str) -> None:
    reading = read_value(raw, TABLES["customers"]["contact_info"], TEAM, NOW)  # type: ignore[arg-type]
    assert (reading.value, reading.verdict, reading.severity) == (value, verdict, severity)


def test_a_mobile_column_holds_eleven_digits() -> None:
    mobile = TABLES["contacts"]["mobile"]
    assert read_value("+86 138-0013-8000", mobile, TEAM, NOW).value == "13800138000"
    assert read_value("13800138000（微信同号）", mobile, TEAM, NOW).value == "13800138000（微信同号）"
    assert read_value("+852 9123 4567", mobile, TEAM, NOW).value == "+852 9123 4567"


def test_e_mail() -> None:
    email = TABLES["contacts"]["email"]
    assert read_value("a@b.cn", email, TEAM, NOW).verdict == "ok"
    assert read_value("ａ＠b。cn", email, TEAM, NOW).value == "a@b.cn"
    assert read_value("没有邮箱", email, TEAM, NOW).severity == "警告"


@given(
    st.from_regex(r"\A1[3-9][0-9]{9}\Z"),
    st.sampled_from(["{}", "+86{}", "+86 {}", "0086 {}", "{}/", "电话:{}", "86{}"]),
)
def test_every_mobile_is_found_in_every_dress(mobile: str, dress: str) -> None:
    assert read_as("phone", dress.format(mobile), now=NOW, team=TEAM).value == f"mobile {mobile}"
