"""CASES 1.1: dates as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.tables import TABLES
from followup.team import Team
from followup.values import Reading, read_as, read_value
from followup.values.dates import read_date

NOW = datetime(2024, 5, 20, 10)
TEAM = Team.default()


def text(reading: Reading) -> str:
    value = reading.value
    if value is None:
        return ""
    return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()  # type: ignore[union-attr]


def read(raw: object, kind: str = "past", **how: object) -> tuple[str, str]:
    reading = read_date(raw, NOW, kind, **how)  # type: ignore[arg-type]
    return text(reading), reading.verdict.value


CASES = [
    ("D01", "2024-05-05", "past", "2024-05-05", "ok"),
    ("D02", "2024/5/5", "past", "2024-05-05", "fixed"),
    ("D03", "2024.5.5", "past", "2024-05-05", "fixed"),
    ("D04", "2024年5月5日", "past", "2024-05-05", "fixed"),
    ("D06", "2024-05-05 ", "past", "2024-05-05", "fixed"),
    ("D07", "\u00a02024-05-05\u200b", "past", "2024-05-05", "fixed"),
    ("D09", "2024–05–05", "past", "2024-05-05", "fixed"),
    ("D11", 20240505, "past", "2024-05-05", "fixed"),
    ("D12", "240505", "past", "2024-05-05", "fixed"),
    ("D13", "24.5.5", "past", "2024-05-05", "fixed"),
    ("D14", "24年5月5日", "past", "2024-05-05", "fixed"),
    ("D15", "二〇二四年五月五日", "past", "2024-05-05", "fixed"),
    ("D16", "二零二四年五月十五号", "past", "2024-05-15", "fixed"),
    ("D17", "五月十五", "past", "2024-05-15", "fixed"),
    ("D18", "5月5日", "past", "2024-05-05", "fixed"),
    ("D19", "5.5", "past", "2024-05-05", "fixed"),
    ("D20", "5/5", "past", "2024-05-05", "fixed"),
    ("D24", "6.1", "future", "2024-06-01", "fixed"),
    ("D25", 5.5, "past", "2024-05-05", "suggested"),
    ("D28", 5.25, "past", "2023-05-25", "suggested"),
    ("D29", 45417, "past", "2024-05-05", "fixed"),
    ("D30", 45417.60416666667, "past", "2024-05-05 14:30:00", "fixed"),
    ("D31", "45417", "past", "2024-05-05", "fixed"),
    ("D32", "昨天", "past", "2024-05-19", "fixed"),
    ("D34", "前天", "past", "2024-05-18", "fixed"),
    ("D35", "上周五", "past", "2024-05-17", "suggested"),
    ("D36", "下周一前", "future", "2024-05-27", "suggested"),
    ("D37", "月底", "future", "2024-05-31", "suggested"),
    ("D39", "截止2024-05-10", "future", "2024-05-10", "fixed"),
    ("D40", "2024-05-10左右", "future", "2024-05-10", "suggested"),
    ("D41", "2024–前", "future", "", "error"),
    ("D43", "2024/5/5 下午2:30", "past", "2024-05-05 14:30:00", "fixed"),
    ("D45", "2024-05-05T06:30:00Z", "past", "2024-05-05 14:30:00", "fixed"),
    ("D47", "May 5, 2024", "past", "2024-05-05", "fixed"),
    ("D48", "5-May-24", "past", "2024-05-05", "fixed"),
    ("D49", "13/05/2024", "past", "2024-05-13", "fixed"),
    ("D50", "5/13/2024", "past", "2024-05-13", "fixed"),
    ("D51", "05/06/2024", "past", "", "ambiguous"),
    ("D52", "12/5/24", "past", "", "ambiguous"),
    ("D53", "2024-05-05(周日)", "past", "2024-05-05", "fixed"),
    ("D54", "2024-05-05 星期一", "past", "2024-05-05", "suggested"),
    ("D56", "2023-02-29", "past", "", "error"),
    ("D57", "2024-13-01", "past", "", "error"),
    ("D59", "5月上旬", "past", "", "ambiguous"),
    ("D60", "5.5-5.8", "past", "", "ambiguous"),
    ("D61", "2024-05-05、05-08", "past", "", "ambiguous"),
    ("D62", "农历八月十五", "past", "", "suggested"),
    ("D63", "2024-06-01", "past", "2024-06-01", "error"),
    ("D64", "1900-01-00", "past", "", "error"),
    ("D65", "0000-00-00", "past", "", "error"),
    ("D70", "客户说下周", "past", "", "error"),
]
COUSINS = [
    # separators, widths, ends
    ("２０２４－０５－０５", "past", "2024-05-05", "fixed"),
    ("2024年05月05号", "past", "2024-05-05", "fixed"),
    ("2024 5 5", "past", "2024-05-05", "fixed"),
    ("2024。5。5", "past", "2024-05-05", "fixed"),
    ("2024、5、5", "past", "2024-05-05", "fixed"),
    ("'2024-05-05", "past", "2024-05-05", "fixed"),
    ("2024-05-05。", "past", "2024-05-05", "fixed"),
    ("2024 / 5 / 5", "past", "2024-05-05", "fixed"),
    ("24/5/5", "past", "2024-05-05", "fixed"),
    ("24.5.15", "past", "2024-05-15", "fixed"),
    ("23/5/24", "past", "", "ambiguous"),
    ("二四年五月五日", "past", "2024-05-05", "fixed"),
    ("二〇二四年十二月二十五日", "future", "2024-12-25", "fixed"),
    ("2024年五月5日", "past", "2024-05-05", "fixed"),
    # without a year
    ("12/28", "past", "2023-12-28", "fixed"),
    ("12.30", "past", "2023-12-30", "fixed"),
    ("5-20", "past", "2024-05-20", "fixed"),
    ("5.21", "past", "2023-05-21", "suggested"),
    ("5.19", "future", "2024-05-19", "suggested"),
    ("1.15", "future", "2025-01-15", "fixed"),
    ("2.29", "past", "2024-02-29", "fixed"),
    ("2.30", "past", "", "error"),
    ("13/5", "past", "2024-05-13", "suggested"),
    ("去年12月28日", "past", "2023-12-28", "fixed"),
    ("今年5月5日", "past", "2024-05-05", "fixed"),
    ("明年1月1日", "past", "2025-01-01", "error"),
    # only a part
    ("2024年5月", "past", "", "ambiguous"),
    ("2024-05", "past", "", "ambiguous"),
    ("5月", "past", "", "ambiguous"),
    ("5月份", "past", "", "ambiguous"),
    ("2024", "past", "", "ambiguous"),
    ("2024年", "past", "", "ambiguous"),
    ("202405", "past", "", "ambiguous"),
    ("May 2024", "past", "", "ambiguous"),
    ("May-24", "past", "", "ambiguous"),
    ("月初", "past", "", "ambiguous"),
    ("上个月", "past", "", "ambiguous"),
    ("下周", "future", "", "ambiguous"),
    ("周末", "future", "", "ambiguous"),
    ("春节前", "future", "", "ambiguous"),
    # relative
    ("今天", "past", "2024-05-20", "fixed"),
    ("明天", "past", "2024-05-21", "error"),
    ("明天", "future", "2024-05-21", "fixed"),
    ("周五", "past", "2024-05-17", "suggested"),
    ("星期五", "future", "2024-05-24", "suggested"),
    ("本周五", "future", "2024-05-24", "suggested"),
    ("下下周三", "future", "2024-06-05", "suggested"),
    ("3天后", "future", "2024-05-23", "suggested"),
    ("三天前", "past", "2024-05-17", "suggested"),
    ("一周内", "future", "2024-05-27", "suggested"),
    ("15号", "past", "2024-05-15", "suggested"),
    ("下月5号", "future", "2024-06-05", "suggested"),
    ("年底前", "future", "2024-12-31", "suggested"),
    # clock times
    ("2024/5/5 14:30", "past", "2024-05-05 14:30:00", "fixed"),
    ("2024-05-05 14:30", "past", "2024-05-05 14:30:00", "ok"),
    ("2024-05-05 14:30:05", "past", "2024-05-05 14:30:05", "ok"),
    ("2024年5月5日下午两点半", "past", "2024-05-05 14:30:00", "fixed"),
    ("5月5日 上午9点", "past", "2024-05-05 09:00:00", "fixed"),
    ("2024/5/5 2:30 PM", "past", "2024-05-05 14:30:00", "fixed"),
    ("2024/5/5 12:05 AM", "past", "2024-05-05 00:05:00", "fixed"),
    ("2024/5/5 晚上8点", "past", "2024-05-05 20:00:00", "fixed"),
    ("2024/5/5 25:00", "past", "", "error"),
    ("2024/5/5 24:00", "past", "", "ambiguous"),
    ("2024/5/5 上午14:30", "past", "", "ambiguous"),
    ("昨天下午3点", "past", "2024-05-19 15:00:00", "fixed"),
    ("2024-05-05T14:30:00+08:00", "past", "2024-05-05 14:30:00", "fixed"),
    ("2024-05-05T14:30:00", "past", "2024-05-05 14:30:00", "fixed"),
    ("2024-05-05T20:30:00.000Z", "past", "2024-05-06 04:30:00", "fixed"),
    ("2024-05-05T01:30:00-0700", "past", "2024-05-05 16:30:00", "fixed"),
    ("20240505143000", "past", "2024-05-05 14:30:00", "fixed"),
    ("14:30", "past", "", "error"),
    # English
    ("5 May 2024", "past", "2024-05-05", "fixed"),
    ("May 5th, 2024", "past", "2024-05-05", "fixed"),
    ("Sunday, May 5, 2024", "past", "2024-05-05", "fixed"),
    ("Sept 5 2023", "past", "2023-09-05", "fixed"),
    ("maybe 5", "past", "", "error"),
    # weekdays
    ("周日 2024-05-05", "past", "2024-05-05", "fixed"),
    ("5月5日周日", "past", "2024-05-05", "fixed"),
    ("5月5日(周一)", "past", "2024-05-05", "suggested"),
    # several, ranges, text
    ("2024-05-05~2024-05-08", "past", "", "ambiguous"),
    ("2024-05-05至05-08", "past", "", "ambiguous"),
    ("5月5日-8日", "past", "", "ambiguous"),
    ("2024-05-05 电话联系", "past", "2024-05-05", "suggested"),
    ("约2024-05-10", "future", "2024-05-10", "suggested"),
    ("2024-05-10前", "future", "2024-05-10", "suggested"),
    ("截至5月31日", "future", "2024-05-31", "fixed"),
    ("腊月初八", "past", "", "suggested"),
    ("尽快", "future", "", "error"),
    ("2024-02-30", "past", "", "error"),
    ("2024-05-32", "past", "", "error"),
    ("1999-12-31", "past", "1999-12-31", "error"),
    ("2204-05-10", "future", "2204-05-10", "error"),
    ("05/05/2024", "past", "2024-05-05", "fixed"),
    # numbers and true values
    (5.1, "past", "", "ambiguous"),
    (240505, "past", "2024-05-05", "fixed"),
    (5, "past", "", "error"),
    (0, "past", "", "error"),
    (-3.5, "past", "", "error"),
    (float("inf"), "past", "", "error"),
    (True, "past", "", "error"),
    (time(14, 30), "past", "", "error"),
    (date(2024, 5, 5), "past", "2024-05-05", "ok"),
    (datetime(2024, 5, 5, 14, 30), "past", "2024-05-05 14:30:00", "ok"),
    (datetime(2024, 5, 5), "past", "2024-05-05", "ok"),
    (datetime(2024, 6, 1), "past", "2024-06-01", "error"),
    (datetime(2024, 5, 5, 6, 30, tzinfo=UTC), "past", "2024-05-05 14:30:00", "ok"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "raw", "kind", "value", "verdict"), CASES, ids=lambda v: str(v))
def test_the_table_of_cases(case: str, raw: object, kind: str, value: str, verdict: str) -> None:
    assert read(raw, kind) == (value, verdict)


@pytest.mark.parametrize(("raw", "kind", "value", "verdict"), COUSINS, ids=lambda v: str(v))
def test_their_cousins(raw: object, kind: str, value: str, verdict: str) -> None:
    assert read(raw, kind) == (value, verdict)


def test_d27_a_decimal_shown_with_two_places_is_the_tenth() -> None:
    assert read(5.1, number_format="0.00") == ("2024-05-10", "suggested")


def test_d33_yesterday_in_an_imported_file_is_only_proposed() -> None:
    assert read("昨天", imported=True) == ("2024-05-19", "suggested")
    assert read("2024/5/5", imported=True) == ("2024-05-05", "fixed")


@pytest.mark.parametrize("raw", ["/", "同上", "", "  ", "待定", "N/A", "－", None])
def test_d67_d69_words_for_nothing_are_blank(raw: str | None) -> None:
    assert read_as("date", raw, now=NOW, team=TEAM).verdict == "blank"


def test_in_january_the_end_of_december_was_last_year() -> None:
    january = datetime(2025, 1, 6, 9)
    assert text(read_date("12/28", january, "past")) == "2024-12-28"
    assert text(read_date("5月5日", january, "past")) == "2024-05-05"
    completed = read_date(datetime(2025, 12, 28), january, "past")  # the spreadsheet added the current year
    assert (text(completed), completed.verdict) == ("2024-12-28", "suggested")


def test_serials_of_a_store_that_shows_dates_so_are_fine() -> None:
    assert read(45417, serial=True) == ("2024-05-05", "ok")
    assert read(5.5, serial=True) == ("2024-05-05", "suggested")


def test_the_zone_is_the_teams() -> None:
    assert read("2024-05-05T06:30:00Z", zone="UTC") == ("2024-05-05 06:30:00", "fixed")
    assert read("2024-05-05T06:30:00Z", zone="no/where") == ("2024-05-05 14:30:00", "fixed")


def test_a_suggestion_has_no_effect() -> None:
    reading = read_date("上周五", NOW, "past")
    assert reading.usable is None
    assert reading.suggestion == date(2024, 5, 17)
    assert (reading.kind, reading.severity) == ("含糊日期", "警告")
    future = read_date("2024-06-01", NOW, "past")
    assert (future.usable, future.kind, future.severity) == (None, "未来日期", "错误")


@pytest.mark.parametrize(
    ("raw", "value", "verdict"),
    [
        ("05-20", "05-20", "ok"),
        ("1990-05-20", "1990-05-20", "ok"),
        ("5月20日", "05-20", "fixed"),
        (date(1990, 5, 20), "1990-05-20", "fixed"),
        ("2-29", "02-29", "fixed"),
        ("五月十五", "05-15", "suggested"),
        ("农历八月十五", "农历八月十五", "ok"),
        ("13-45", None, "error"),
    ],
)
def test_birthdays(raw: object, value: str | None, verdict: str) -> None:
    reading = read_value(raw, TABLES["contacts"]["birthday"], TEAM, NOW)  # type: ignore[arg-type]
    assert (reading.value, reading.verdict) == (value, verdict)


DAYS = st.dates(date(2001, 1, 1), date(2024, 5, 20))
FORMS = st.sampled_from(
    [
        "{d.year}/{d.month}/{d.day}",
        "{d.year}年{d.month}月{d.day}日",
        "{d:%Y%m%d}",
        "{d:%Y.%m.%d}",
        "{d:%d %B %Y}",
        "截止{d}",
        " {d}　",
    ]
)


@given(DAYS, FORMS)
def test_every_full_form_of_a_day_reads_as_that_day_and_then_is_ok(day: date, form: str) -> None:
    reading = read_date(form.format(d=day), NOW, "past")
    assert (reading.value, reading.verdict) == (day, "fixed")
    assert read_date(reading.value, NOW, "past").verdict == "ok"  # type: ignore[arg-type]
    assert read_date(day.isoformat(), NOW, "past").verdict == "ok"


@given(DAYS, st.sampled_from(["past", "future"]))
def test_a_day_without_its_year_is_never_silently_wrong(day: date, kind: str) -> None:
    reading = read_date(f"{day.month}月{day.day}日", NOW, kind)
    if reading.verdict == "fixed":
        assert isinstance(reading.value, date)
        assert (reading.value.month, reading.value.day) == (day.month, day.day)
        assert reading.value <= NOW.date() if kind == "past" else reading.value >= NOW.date()


@given(st.datetimes(datetime(2001, 1, 1), datetime(2024, 5, 20)).map(lambda d: d.replace(microsecond=0)))
def test_serial_numbers_keep_the_second(moment: datetime) -> None:
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    value = read_date(float(serial), NOW, "past").value
    assert value == (moment if moment.time() != time() else moment.date())
