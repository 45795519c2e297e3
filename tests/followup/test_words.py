"""CASES 1.4 and 4: names, choices, regions, people, tags, texts; and that reading never raises."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup import wording
from followup.errors import Wrong
from followup.tables import TABLES
from followup.tables.column import Column, Type
from followup.tables.frames import Tables
from followup.team import Team
from followup.values import name_key, read_as, read_value
from followup.values.reading import Verdict

NOW = datetime(2024, 5, 20, 10)


def team(**people: str) -> Team:
    """A team with these people (name → aliases)."""
    frame = pd.DataFrame({"name": list(people), "aliases": list(people.values())}, index=list(people), dtype=object)
    return Team.from_tables(Tables({"people": frame}))


TEAM = team(张伟="小张;zhangwei", 李娜="小李", 王强="小李")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("示例科技 有限公司", "示例科技有限公司", True),
        ("ＡＢＣ科技有限公司", "abc科技有限公司", True),
        ("示例科技(北京)有限公司", "北京示例科技有限公司", False),
        ("示例科技股份有限公司", "示例科技有限公司", False),
        ("上海示例科技有限公司", "北京示例科技有限公司", False),
        ("示例科技有限公司北京分公司", "示例科技有限公司", False),
        ("示例科技（北京）有限公司", "示例科技(北京)有限公司", True),
        ("示例\u200b科技\u3000有限公司\n", "示例科技有限公司", True),
        ("㛃䶮𠮷公司", "㛃䶮𠮷公司 ", True),
        ("㛃䶮公司", "洁䶮公司", False),
    ],
)
def test_names_with_the_same_key(a: str, b: str, same: bool) -> None:
    assert (name_key(a) == name_key(b)) is same
    assert (read_as("name", a, now=NOW, team=TEAM).value == read_as("name", b, now=NOW, team=TEAM).value) is same


@pytest.mark.parametrize(
    ("column", "raw", "value", "verdict"),
    [
        ("优先级", "高", "高", "ok"),
        ("优先级", "紧急", "高", "suggested"),
        ("优先级", "重要", "高", "suggested"),
        ("优先级", "1", "高", "suggested"),
        ("优先级", 1, "高", "suggested"),
        ("优先级", "特急", None, "ambiguous"),
        ("客户状态", "意向", "意向客户", "fixed"),
        ("客户状态", "意向客户 ", "意向客户", "fixed"),
        ("客户状态", "有意向", "意向客户", "fixed"),
        ("客户类型", "沉默客户", "沉默客户", "ok"),
        ("客户等级", "A类", "A", "fixed"),
        ("客户等级", "A级", "A", "fixed"),
        ("客户等级", "a", "A", "fixed"),
        ("客户等级", "Ａ", "A", "fixed"),
        ("客户等级", "高级", "A", "suggested"),
        ("客户等级", "D", None, "ambiguous"),
        ("跟进方式", "面谈", "拜访", "fixed"),
        ("跟进方式", "来电", "电话", "fixed"),
        ("跟进方式", "EMAIL", "邮件", "fixed"),
        ("跟进方式", "现场", "现场", "ok"),
        ("跟进方式", "电话+微信", None, "ambiguous"),
        ("跟进方式", "打了个电话", "电话", "suggested"),
        ("首次接触渠道", "展会", "行业展会推荐", "fixed"),
        ("首次接触渠道", "抖音", "抖音", "ok"),
        ("渠道", "转介绍", "老客户转介绍", "fixed"),
        ("阶段", "报价", "方案报价", "fixed"),
        ("所在地区", "BJ", "北京市", "fixed"),
        ("重要", "√", "是", "fixed"),
        ("重要", True, "是", "fixed"),
        ("重要", "也许", None, "ambiguous"),
        ("标签", "VIP客户、展会；重点客户，展会", "VIP客户;展会;重点客户", "fixed"),
        ("标签", "VIP客户;展会2024", "VIP客户;展会2024", "ok"),
        ("所属行业", "制造业-汽车零部件", "制造业-汽车零部件", "ok"),
        ("所属行业", "制造业 — 汽车零部件", "制造业-汽车零部件", "fixed"),
        ("所属行业", "制造业／汽车零部件", "制造业-汽车零部件", "fixed"),
        ("所属行业", "制造-汽车零部件", "制造业-汽车零部件", "fixed"),
        ("所属行业", "汽车零部件", "制造业-汽车零部件", "suggested"),
        ("所属行业", "飞船制造-火星", "飞船制造-火星", "ok"),
        ("跟进方式", "同上", None, "blank"),
    ],
)
def test_choices(column: str, raw: object, value: str | None, verdict: str) -> None:
    reading = read_as(f"enum:{column}", raw, now=NOW, team=TEAM)  # type: ignore[arg-type]
    assert (reading.value, reading.verdict) == (value, verdict)
    if verdict in ("suggested", "ambiguous"):
        assert (reading.kind, reading.severity) == ("不在字典", "警告")


@pytest.mark.parametrize(
    ("raw", "value", "verdict"),
    [
        ("BJ", "北京市", "fixed"),
        ("北京", "北京市", "fixed"),
        ("北京市", "北京市", "ok"),
        ("beijing", "北京市", "fixed"),
        ("北京朝阳", "北京市", "fixed"),
        ("北京市朝阳区", "北京市", "fixed"),
        ("广东深圳", "深圳市", "fixed"),
        ("中国广东省深圳市南山区", "深圳市", "fixed"),
        ("浙江-杭州", "杭州市", "fixed"),
        ("吉林", None, "ambiguous"),
        ("北京上海", None, "ambiguous"),
        ("北京、上海", None, "ambiguous"),
        ("辽宁朝阳", "朝阳市", "fixed"),
        ("火星", "火星", "ok"),
        ("大理石", "大理白族自治州", "suggested"),
    ],
)
def test_regions(raw: str, value: str | None, verdict: str) -> None:
    reading = read_as("region", raw, now=NOW, team=TEAM)
    assert (reading.value, reading.verdict) == (value, verdict)


@pytest.mark.parametrize(
    ("raw", "value", "verdict", "kind"),
    [
        ("张伟", "张伟", "ok", ""),
        ("张 伟", "张伟", "fixed", "格式"),
        ("张伟（销售）", "张伟", "fixed", "格式"),
        ("ZhangWei", "张伟", "fixed", "格式"),
        ("@小张", "张伟", "fixed", "格式"),
        ("小李", None, "ambiguous", "格式"),
        ("*专员", "*专员", "ok", "不在字典"),
        ("赵六", "赵六", "ok", "不在字典"),
        ("张伟/李娜", "张伟/李娜", "ok", "多人负责"),
        ("张伟、赵六", "张伟、赵六", "ok", "多人负责"),
        ("张伟 李娜", "张伟 李娜", "ok", "多人负责"),
    ],
)
def test_people(raw: str, value: str | None, verdict: str, kind: str) -> None:
    reading = read_as("person", raw, now=NOW, team=TEAM)
    assert (reading.value, reading.verdict, reading.kind) == (value, verdict, kind)
    assert reading.severity != "错误"


def test_collaborators_keep_their_roles() -> None:
    column = TABLES["customers"]["collaborators"]
    assert read_value("客服：小张，李娜;李娜", column, TEAM, NOW).value == "客服:张伟;李娜"


@pytest.mark.parametrize(
    ("raw", "value", "verdict"),
    [
        ("\u00a0客户　\u200b", "客户", "fixed"),
        ("两 行\n之间", "两 行\n之间", "ok"),
        (123.0, "123", "ok"),
        (0.5, "0.5", "ok"),
        ("00123", "00123", "ok"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)", "ok"),
        ("-5%折扣", "-5%折扣", "ok"),
        ("a\x07b", "ab", "fixed"),
        (date(2024, 5, 10), "2024-05-10", "ok"),
        (91110108551385000, "91110108551385000", "ok"),
        ("无", None, "blank"),
        ("无反馈", "无反馈", "ok"),
        ("#REF!", None, "error"),
    ],
)
def test_texts(raw: object, value: str | None, verdict: str) -> None:
    reading = read_value(raw, TABLES["followups"]["feedback"], TEAM, NOW)  # type: ignore[arg-type]
    assert (reading.value, reading.verdict) == (value, verdict)


def test_an_id_that_a_spreadsheet_rounded_is_named() -> None:
    reading = read_value("110101199003071000", Column("x", "证件", Type.TEXT), TEAM, NOW)
    assert (reading.value, reading.severity) == ("110101199003071000", "警告")


def test_words_about_words_stay_in_the_dictionary_sheet() -> None:
    assert read_value("/", TABLES["dictionary"]["value"], TEAM, NOW).value == "/"
    assert read_value("无", TABLES["dictionary"]["value"], TEAM, NOW).value == "无"
    assert read_value("无；-、N/A", TABLES["dictionary"]["aliases"], TEAM, NOW).value == "无;-;N/A"


def test_a_team_adds_its_own_words() -> None:
    rows = pd.DataFrame(
        {"category": ["渠道"], "value": ["抖音"], "aliases": ["Douyin"], "enabled": ["是"]}, dtype=object
    )
    own = Team.from_tables(Tables({"dictionary": rows}))
    assert read_as("enum:首次接触渠道", "douyin", now=NOW, team=own).value == "抖音"


def test_an_unknown_type_is_a_clear_mistake() -> None:
    for wrong in ("colour", "enum:没有这列"):
        with pytest.raises(Wrong) as found:
            read_as(wrong, "x", now=NOW, team=TEAM)
        assert found.value.message
        assert found.value.hint


def test_reasons_speak_the_language_of_the_run() -> None:
    token = wording.LANG.set("en")
    try:
        assert "weekday" in read_as("date", "2024-05-05 星期一", now=NOW, team=TEAM).reason
    finally:
        wording.LANG.reset(token)
    assert "星期" in read_as("date", "2024-05-05 星期一", now=NOW, team=TEAM).reason


ALPHABET = st.sampled_from(
    list(
        "0123456789..//--年月日号周一二三四五六十廿上下午点:：万wk¥￥$(),，;；、+@=# \u00a0\u3000\u200b\x07张伟小李电话微信北京省市ＡaeETZ%约前后左右农历初前天个昨今明"
    )
)
RAW = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(),
    st.text(max_size=30), st.text(ALPHABET, max_size=16),
)  # fmt: skip
COLUMNS = [column for table in TABLES.values() for column in table.columns]


@settings(max_examples=1500, deadline=None)
@given(RAW, st.sampled_from(COLUMNS))
def test_reading_never_raises_and_a_repaired_value_reads_as_itself(raw: object, column: Column) -> None:
    reading = read_value(raw, column, TEAM, NOW)  # type: ignore[arg-type]
    assert (reading.value is None) or reading.verdict is not Verdict.BLANK
    if reading.verdict is Verdict.AMBIGUOUS:
        assert reading.value is None
    if reading.verdict in (Verdict.OK, Verdict.FIXED):
        value = reading.value
        again = read_value(float(value) if isinstance(value, Decimal) else value, column, TEAM, NOW)  # type: ignore[arg-type]
        assert again.value == value
        assert again.verdict is Verdict.OK


@settings(max_examples=1500, deadline=None)
@given(RAW, st.sampled_from(["date", "phone", "money", "name", "person", "region", "enum:优先级", "enum:标签"]))
def test_the_command_never_raises(raw: object, kind: str) -> None:
    reading = read_as(kind, raw, now=NOW, team=TEAM)  # type: ignore[arg-type]
    assert reading.reason or reading.verdict in (Verdict.OK, Verdict.BLANK)


def test_every_sentence_can_be_said_in_both_languages() -> None:
    for code, sentences in wording.codes().items():
        assert all(sentences), code


def test_times_are_no_choices() -> None:
    assert read_as("enum:优先级", time(1, 2), now=NOW, team=TEAM).verdict == "ambiguous"
