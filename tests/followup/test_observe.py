"""CASES 3 and 4: tables found in people's sheets, columns read whole."""

from __future__ import annotations

import time
from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.grid import Grid, Raw
from followup.observe import Located, Observed, locate, locate_all, observe
from followup.tables import TABLES
from followup.tables.frames import Tables
from followup.team import Team

NOW = datetime(2024, 5, 20, 10)
TEAM = Team.default()
CUSTOMERS, FOLLOWUPS = TABLES["customers"], TABLES["followups"]
TEN = [c.header for c in CUSTOMERS.columns[:10]]
NINE = [c.header for c in FOLLOWUPS.columns[:10]]
SAMPLE = ["科技有限公司", "制造业-汽车零部件", "潜在客户", "*经理/采购总监", "手机号5678", "邮件+每周电话同步", "500人/年营收1-5亿", "降低供应链管理成本30%", "2024-05-01", "行业展会推荐"]  # fmt: skip


def grid(*rows: list[Raw], title: str = "客户基础信息", **more: object) -> Grid:
    return Grid(title, list(rows), **more)  # type: ignore[arg-type]


def found(sheet: Grid, table: str = "customers", team: Team = TEAM) -> Located:
    located = locate(sheet, TABLES[table], team.dictionary)
    assert located is not None
    return located


def seen(sheet: Grid, table: str = "customers", team: Team = TEAM) -> Observed:
    return observe(sheet, found(sheet, table, team), team, NOW)


def team_with(**tables: pd.DataFrame) -> Team:
    return Team.from_tables(Tables(tables))


# --- headers ---------------------------------------------------------------------------------


def test_s01_title_rows_a_legend_and_a_unit_row_stand_above() -> None:
    sheet = grid(["XX公司客户跟进表 2024年"], ["填写说明：客户名称写全称"], [None], TEN, SAMPLE)
    located = found(sheet)
    assert (located.header_row, located.last_row, len(located.columns)) == (4, 5, 10)


def test_a_title_with_one_word_of_a_header_is_no_header() -> None:
    sheet = grid(["客户名称", None, "张三的表"], TEN, SAMPLE)
    assert found(sheet).header_row == 2
    assert locate(grid(["客户名称"], ["甲"]), CUSTOMERS, TEAM.dictionary) is None


def test_the_header_is_not_looked_for_below_row_eleven() -> None:
    assert found(grid(*[[None]] * 10, TEN, SAMPLE)).header_row == 11
    assert locate(grid(*[[None]] * 11, TEN, SAMPLE), CUSTOMERS, TEAM.dictionary) is None


def test_s02_a_header_of_two_rows_is_flattened() -> None:
    sheet = grid(
        ["客户名称", "所属行业", "联系人", None, "跟进", None],
        [None, None, "姓名", "联系电话", "首次接触时间", "负责人"],
        ["甲", "制造业-化工", "王芳", "13800138000", "2024-05-01", "张伟"],
    )
    located = found(sheet)
    assert located.header_row == 2
    assert located.columns == {
        "customer_name": 1,
        "industry": 2,
        "key_contact": 3,
        "contact_info": 4,
        "first_contact_date": 5,
        "owner": 6,
    }
    assert seen(sheet).frame.loc[3, "customer_name"] == "甲"


def test_a_first_row_of_data_is_not_part_of_the_header() -> None:
    sheet = grid(["客户名称", "负责人", None], ["甲", "张伟", "备注"], ["乙", "李娜", "x"])
    assert found(sheet).header_row == 1
    assert list(seen(sheet).frame["customer_name"]) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("公司名称", "customer_name"),
        ("单位全称", "customer_name"),
        ("客户", "customer_name"),
        ("*客户名称", "customer_name"),
        ("客 户 名 称", "customer_name"),
        ("客户\n名称：", "customer_name"),
        ("＊客户名称（必填）", "customer_name"),
        ("Customer Name", "customer_name"),
        ("customer_name", "customer_name"),
        ("联系电话", "contact_info"),
        ("手机", "contact_info"),
        ("客户级别", "grade"),
    ],
)
def test_s03_headers_as_people_write_them(header: str, key: str) -> None:
    located = found(grid(["所属行业", "跟进人", header, "客户编号"], ["制造业", "张伟", "x", "C1"]))
    assert located.columns[key] == 3


def test_s03_headers_of_a_follow_up_sheet() -> None:
    located = found(grid(["公司名称", "日期", "跟进内容", "下次跟进", "备注1"], title="跟进"), "followups")
    assert located.columns == {"customer_ref": 1, "followup_date": 2, "summary": 3, "action_due": 4}
    assert located.private == {"备注1": 5}


def test_s04_columns_moved_inserted_and_repeated() -> None:
    sheet = grid(
        ["备注", "我的列", *reversed(TEN), "负责人", "备注", "负责人"],
        ["a", "b", *reversed(SAMPLE), "张伟", "c", "李娜"],
    )
    watched = seen(sheet)
    assert watched.frame.loc[2, "customer_name"] == "科技有限公司"
    assert watched.frame.loc[2, ["notes", "owner"]].tolist() == ["a", "张伟"]
    assert watched.private.loc[2].to_dict() == {"我的列": "b", "备注": "c", "负责人": "李娜"}
    assert [(p.kind, p.header, p.column) for p in watched.located.problems] == [
        ("表头变化", "备注", 14),
        ("表头变化", "负责人", 15),
    ]


def test_a_columns_own_name_goes_before_an_alias() -> None:
    located = found(grid(["公司名称", "客户名称", "负责人"], ["甲集团", "甲", "张伟"]))
    assert located.columns["customer_name"] == 2
    assert located.private == {"公司名称": 1}


def test_a_missing_printed_column_is_said() -> None:
    located = found(grid(TEN[:9], SAMPLE[:9]))
    assert [(p.header, p.column) for p in located.problems] == [("首次接触渠道", None)]


def test_a_team_registers_its_own_header() -> None:
    rows = pd.DataFrame(
        {"category": ["表头别名"], "value": ["客户名称"], "aliases": ["甲方"], "enabled": ["是"]}, dtype=object
    )
    team = team_with(dictionary=rows)
    assert found(grid(["甲方", "负责人"]), team=team).columns["customer_name"] == 1


def test_a_unit_in_a_money_header_is_asked_not_guessed() -> None:
    sheet = grid(["客户名称", "负责人", "预算（万元）"], ["甲", "张伟", 12.5])
    watched = seen(sheet)
    assert watched.frame["budget"].isna().all()
    row = watched.verdicts.query("column == 'budget'").iloc[0]
    assert (str(row["value"]), row["verdict"]) == ("125000.00", "suggested")
    assert watched.located.problems[0].header == "预算（万元）"


# --- sheets ----------------------------------------------------------------------------------


def test_sheets_by_title_by_another_title_and_by_content() -> None:
    customers = grid(TEN, SAMPLE, title=" 客户台账 ")
    followups = grid(NINE, title="2024")
    other = grid(["日期", "金额"], title="费用")
    located = locate_all({g.title: g for g in (other, followups, customers)}, TEAM.dictionary)
    assert {key: place.sheet for key, place in located.items()} == {"customers": " 客户台账 ", "followups": "2024"}


def test_a_sheets_own_title_goes_before_another() -> None:
    one, two = grid(TEN, title="客户"), grid(TEN, SAMPLE, title="客户基础信息")
    assert locate_all({"客户": one, "客户基础信息": two}, TEAM.dictionary)["customers"].sheet == "客户基础信息"


# --- rows and cells --------------------------------------------------------------------------


def test_the_documents_own_rows_have_no_error() -> None:
    followups = grid(
        NINE,
        ["科技有限公司", "2024-05-05", "电话", "*专员", "介绍公司供应链解决方案,初步知晓客户成本控制需求", "“需要方案对比数据,下周前提供”", "准备竞品分析报告", "*助理", "2024-05-10", None],
        ["科技有限公司", "2024-05-12", "邮件", "*专员", "发送方案对比报告及成功案例", "“方案可行,希望安排技术对接会”", "协调技术团队,预约会议时间", "*经理", "2024-05-15", "中"],
        ["科技有限公司", "2024-05-18", "现场", "*经理", "技术对接会,演示系统功能,确认数据对接需求", "“试用账号需开放3个端口,下周一前完成”", "联系技术部配置试用账号", "*助理", "2024-05-20", "高"],
        title="跟进记录",
    )  # fmt: skip
    people = team_with(people=pd.DataFrame({"name": ["张伟"]}, index=["张伟"], dtype=object))
    for sheet, table in ((grid(TEN, SAMPLE), "customers"), (followups, "followups")):
        watched = seen(sheet, table, people)
        assert not (watched.verdicts["severity"] == "错误").any()
        assert not watched.verdicts["verdict"].isin(["error", "ambiguous", "suggested"]).any()
        assert (watched.frame.map(lambda v: v == "" or v is None).sum().sum()) == (1 if table == "followups" else 0)


def test_rows_without_a_human_value_are_no_records() -> None:
    sheet = grid(
        ["客户名称", "负责人", "客户编号", "未互动天数", "我的列"],
        ["甲", "张伟", "C1", 3, None],
        [None, None, "C2", 5, None],  # only what the system wrote
        ["  ", "\u3000", "", None, None],
        [None, "李娜", None, None, None],
        [None, None, "C3", None, "自己的备注"],
        [],
        [None, None, None, 7, None],
    )
    watched = seen(sheet)
    assert list(watched.frame.index) == [2, 5, 6]
    assert watched.located.last_row == 6
    assert list(watched.frame["owner"]) == ["张伟", "李娜", ""]


def test_rows_that_runs_make_need_no_human_value() -> None:
    sheet = grid(["问题编号", "表", "列", "处理"], ["i1", "客户基础信息", "负责人", None], title="问题清单")
    assert list(seen(sheet, "issues").frame.index) == [2]
    rules = grid(["规则编号", "名称", "启用"], ["R02", "状态未更新", None], title="规则")
    assert list(seen(rules, "rules").frame["rule_id"]) == ["R02"]


def test_typed_values_and_verdicts() -> None:
    sheet = grid(
        ["客户名称", "首次接触时间", "客户等级", "预算", "联系方式", "潜在价值", "录入时间"],
        ["甲", "2024/5/5", "A类", "10万", 13800138000.0, 5.0, datetime(2024, 5, 6, 9)],
        ["乙", datetime(2024, 5, 1), "A", 5, "无", "高", None],
        ["丙", "05/06/2024", "高级", "10-20万", "13900139000", None, "乱写"],
    )
    watched = seen(sheet)
    frame = watched.frame
    assert {key: str(dtype) for key, dtype in frame.dtypes.items()} == {
        "customer_name": "object", "first_contact_date": "datetime64[s]", "grade": "object", "budget": "Int64",
        "contact_info": "object", "rating_value": "Int64", "created_at": "datetime64[s]",
    }  # fmt: skip
    assert frame["budget"].tolist()[:2] == [10_000_000, 500]
    assert frame["contact_info"].tolist() == ["13800138000", "", "13900139000"]
    assert frame["first_contact_date"].isna().tolist() == [False, False, True]
    assert watched.raw.loc[2, "contact_info"] == 13800138000.0
    verdicts = {(row.row, row.column): row.verdict for row in watched.verdicts.itertuples()}
    assert verdicts == {
        (2, "first_contact_date"): "fixed", (2, "grade"): "fixed", (2, "budget"): "fixed", (2, "contact_info"): "fixed",
        (3, "rating_value"): "error", (4, "first_contact_date"): "ambiguous", (4, "grade"): "suggested", (4, "budget"): "ambiguous",
    }  # fmt: skip
    assert watched.blanks[["row", "column", "verdict"]].to_numpy().tolist() == [[3, "contact_info", "blank"]]


def test_one_and_true_and_1_0_are_different_cells() -> None:
    sheet = grid(
        ["任务编号", "内容", "负责人", "重要"],
        *[["T", f"做{i}", "张伟", v] for i, v in enumerate([1, True, 1.0, "1", "是"])],
        title="待办任务",
    )
    watched = seen(sheet, "tasks")
    assert watched.frame["important"].tolist() == ["是"] * 5
    assert [type(raw) for raw in watched.raw["important"]] == [int, bool, float, str, str]


def test_c02_c03_formulas_and_their_errors() -> None:
    sheet = grid(
        ["客户名称", "跟进日期", "跟进人", "沟通内容摘要"],
        ["甲", datetime(2024, 5, 20), "张伟", "谈了价格"],
        ["#N/A", "2024-05-19", "李娜", "#ОШИБКА!"],
        formulas=frozenset({(2, 1), (2, 2), (3, 1)}),
        errors=frozenset({(3, 1), (3, 4)}),
        title="跟进记录",
    )
    watched = seen(sheet, "followups")
    found = {(v.row, v.column): (v.verdict, v.kind, v.severity) for v in watched.verdicts.itertuples()}
    assert found == {
        (2, "customer_ref"): ("ok", "公式单元格", "提示"),
        (2, "followup_date"): ("ok", "公式单元格", "警告"),
        (3, "customer_ref"): ("error", "公式单元格", "错误"),
        (3, "summary"): ("error", "公式单元格", "错误"),
    }
    assert watched.frame["customer_ref"].tolist() == ["甲", ""]
    assert watched.frame["summary"].tolist() == ["谈了价格", ""]
    assert watched.frame["followup_date"].tolist()[0] == pd.Timestamp(2024, 5, 20)


def test_d27_the_number_format_decides_between_1_and_10() -> None:
    sheet = grid(
        ["客户名称", "跟进日期", "跟进人"],
        ["甲", 5.1, "a"],
        ["乙", 5.1, "a"],
        formats={(3, 2): "0.00"},
        title="跟进记录",
    )
    watched = seen(sheet, "followups")
    dates = watched.verdicts.query("column == 'followup_date'")
    assert dates[["row", "verdict", "value"]].to_numpy().tolist() == [
        [2, "ambiguous", None],
        [3, "suggested", date(2024, 5, 10)],
    ]


def test_serial_numbers_of_google_are_dates() -> None:
    sheet = grid(["客户名称", "首次接触时间"], ["甲", 45417], ["乙", 45417.5], serial_dates=True)
    watched = seen(sheet)
    assert watched.verdicts.empty
    assert watched.frame["first_contact_date"].tolist() == [pd.Timestamp(2024, 5, 5), pd.Timestamp(2024, 5, 5, 12)]


def test_many_distinct_values_are_read_like_few() -> None:
    """The fast paths for long columns say the same as reading cell by cell."""
    odd: list[Raw] = [
        "无",
        " 前面有空格",
        "尾部\u200b",
        "a\x07b",
        "#REF!",
        "证件110101199003071000",
        "待定",
        "＝",
        "？",
        12.0,
        datetime(2024, 5, 1),
    ]
    texts: list[Raw] = [*odd, *(f"第{i}次沟通" for i in range(1500))]
    moments: list[Raw] = [
        datetime(2020, 1, 1, i % 24, i % 60, i // 1440) if i % 500 else datetime(1999, 1, 1) for i in range(1, 1512)
    ]
    moments[7] = datetime(2024, 6, 1)
    rows = [[f"客户{i}", when, "张伟", text] for i, (when, text) in enumerate(zip(moments, texts, strict=True))]
    watched = seen(grid(["客户名称", "跟进日期", "跟进人", "沟通内容摘要"], *rows, title="跟进记录"), "followups")
    few = [
        seen(grid(["客户名称", "跟进日期", "跟进人", "沟通内容摘要"], row, title="跟进记录"), "followups")
        for row in [*rows[:20], rows[499], rows[999]]
    ]
    for small, number in zip(few, [*range(2, 22), 501, 1001], strict=True):
        pd.testing.assert_series_equal(watched.frame.loc[number], small.frame.loc[2], check_names=False)
        mine = watched.verdicts[watched.verdicts["row"] == number].drop(columns="row").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, small.verdicts.drop(columns="row"))


def test_a_sheet_with_a_header_only() -> None:
    watched = seen(grid(TEN))
    assert watched.frame.empty
    assert list(watched.frame.columns) == [c.key for c in CUSTOMERS.columns[:10]]
    assert watched.verdicts.empty


CELLS = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from(["高", "2024-5-5", "无", " ", "张伟"]),
)
KEYS = [
    "customer_ref",
    "followup_date",
    "method",
    "summary",
    "action_owner",
    "action_due",
    "priority",
    "followup_id",
    "customer_id",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=9), max_size=8), st.permutations(KEYS))
def test_no_row_with_a_human_value_is_ever_lost_and_order_does_not_matter(
    rows: list[list[Raw]], order: list[str]
) -> None:
    headers = [FOLLOWUPS[key].header for key in KEYS]
    watched = seen(grid(headers, *rows, title="跟进记录"), "followups")
    filled = {
        number
        for number, row in enumerate(rows, 2)
        if any(not (v is None or v != v or (isinstance(v, str) and not v.strip())) for v in row[:7])
    }
    lost = filled - set(watched.frame.index)
    assert all(not str(v).isprintable() for n in lost for v in rows[n - 2][:7] if isinstance(v, str) and v.strip())
    padded = [row + [None] * (9 - len(row)) for row in rows]
    moved = [[row[KEYS.index(key)] for key in order] for row in padded]
    again = seen(grid([FOLLOWUPS[key].header for key in order], *moved, title="跟进记录"), "followups")
    pd.testing.assert_frame_equal(watched.frame, again.frame[watched.frame.columns])


def test_a_long_sheet_is_read_column_by_column() -> None:
    rows: list[list[Raw]] = [
        [f"客户{i % 3000}", datetime(2024, 1, 1 + i % 28), "电话", f"第{i}次沟通，谈了价格"] for i in range(60_000)
    ]
    sheet = grid(["客户名称", "跟进日期", "跟进方式", "沟通内容摘要"], *rows, title="跟进记录")
    start = time.process_time()
    assert len(seen(sheet, "followups").frame) == 60_000
    assert time.process_time() - start < 5  # cell by cell it takes far longer


def test_a_relative_date_counts_from_the_day_it_was_typed_on() -> None:
    """Read again a month later, 昨天, 5月5日 and 下周一前 mean the same days (CASES 1.1 note h)."""
    sheet = grid(
        ["客户名称", "跟进日期", "截止时间", "预计反馈时间", "录入时间"],
        ["甲", "昨天", "下周一前", None, datetime(2024, 5, 19, 9)],
        ["乙", "12/28", "1.5", "2024-05-30", datetime(2024, 1, 3, 9)],
        ["丙", "昨天", None, None, None],
        title="跟进记录",
    )
    located = found(sheet, "followups")
    watched = observe(sheet, located, TEAM, datetime(2025, 6, 20, 10))
    assert watched.frame["followup_date"].dt.date.tolist() == [date(2024, 5, 18), date(2023, 12, 28), date(2025, 6, 19)]
    assert watched.frame.loc[3, "action_due"] == pd.Timestamp(2024, 1, 5)
    due = watched.verdicts.query("row == 2 and column == 'action_due'").iloc[0]
    assert (due["verdict"], due["value"]) == ("suggested", date(2024, 5, 20))


def test_f09_a_used_range_down_to_the_last_row_costs_nothing() -> None:
    empty: list[Raw] = [None] * 10
    sheet = grid(TEN, SAMPLE, *[empty] * 300_000)
    start = time.process_time()
    watched = seen(sheet)
    assert (watched.located.last_row, len(watched.frame)) == (2, 1)
    assert time.process_time() - start < 1
