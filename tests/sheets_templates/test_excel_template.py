"""A new workbook, as Excel's readers and LibreOffice see it."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from followup.errors import Wrong
from followup.ids import is_valid
from followup.tables import STARTER, TABLES, Owner, Tier
from followup.tables.frames import from_cells
from sheets_templates import highlights, looks
from sheets_templates.excel import build_workbook, lists

# What openpyxl cannot read, Excel and LibreOffice can: whole-column print areas, the newer data bars.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

TODAY = date(2024, 6, 30)
TABLE_1 = [
    "客户名称", "所属行业", "客户类型", "关键联系人", "联系方式",
    "沟通偏好", "客户规模", "需求痛点", "首次接触时间", "首次接触渠道",
]  # fmt: skip
TABLE_2 = [
    "跟进日期", "跟进方式", "跟进人", "沟通内容摘要", "客户反馈/需求变化", "下一步行动", "负责人", "截止时间", "优先级",
]  # fmt: skip
TABLE_1_HELP = [
    "客户全称", "二级分类", "初始阶段", "姓名+职位", "示例格式(无需真实信息)",
    "客户习惯的沟通方式", "员工人数/年营收", "核心诉求", "YYYY-MM-DD", "来源",
]  # fmt: skip
TABLE_1_EXAMPLES = [
    "科技有限公司", "制造业-汽车零部件", "潜在客户", "*经理/采购总监", "手机号5678",
    "邮件+每周电话同步", "500人/年营收1-5亿", "降低供应链管理成本30%", "2024-05-01", "行业展会推荐",
]  # fmt: skip


def typed(key: str, **columns: list[object]) -> pd.DataFrame:
    """A typed frame of `key`, from canonical cells."""
    table = TABLES[key]
    return pd.DataFrame(
        {name: from_cells(pd.Series(cells, dtype=object), table[name]) for name, cells in columns.items()}
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@pytest.fixture(scope="module")
def starter(folder: Path) -> Workbook:
    build_workbook(folder / "starter.xlsx", today=TODAY, spoke="spoke-1")
    return openpyxl.load_workbook(folder / "starter.xlsx")


@pytest.fixture(scope="module")
def full(folder: Path) -> Workbook:
    build_workbook(folder / "full.xlsx", edition="full", today=TODAY)
    return openpyxl.load_workbook(folder / "full.xlsx")


def header(book: Workbook, key: str) -> list[object]:
    table = TABLES[key]
    row = looks.header_row(table)
    return [cell.value for cell in book[table.sheet][row]][: len(table.columns)]


class TestSheets:
    def test_the_printed_headers_stand_word_for_word_in_their_columns(self, starter: Workbook) -> None:
        assert [cell.value for cell in starter["客户基础信息"]["A1:J1"][0]] == TABLE_1
        assert starter["跟进记录"]["A1"].value == "客户名称"
        assert [cell.value for cell in starter["跟进记录"]["B1:J1"][0]] == TABLE_2

    def test_starter_holds_the_sheets_of_the_model(self, starter: Workbook) -> None:
        expected = {TABLES[key].sheet for key in STARTER} | {"使用说明", "字段说明"}
        assert {sheet.title for sheet in starter.worksheets} - {lists.PAIRS} == expected
        assert starter.sheetnames[:4] == ["使用说明", "今日工作台", "客户基础信息", "跟进记录"]

    def test_full_holds_all_tables_with_all_their_headers(self, full: Workbook) -> None:
        assert len(set(full.sheetnames) - {lists.PAIRS}) == len(TABLES) + 2
        for key, table in TABLES.items():
            assert header(full, key) == [column.header for column in table.columns], table.sheet
            assert looks.header_row(table) <= 11

    def test_every_data_sheet_is_an_excel_table_ready_to_grow(self, full: Workbook) -> None:
        for key, table in TABLES.items():
            sheet = full[table.sheet]
            (shown,) = sheet.tables.values()
            assert shown.displayName == f"tbl_{key}"
            assert [column.name for column in shown.tableColumns] == [column.header for column in table.columns]
            assert sheet.freeze_panes is not None, table.sheet

    def test_a_customer_stays_in_view_when_a_person_scrolls(self, starter: Workbook) -> None:
        assert starter["客户基础信息"].freeze_panes == "B2"
        assert starter["跟进记录"].freeze_panes == "B2"

    def test_optional_columns_are_folded_and_printed_ones_are_not(self, starter: Workbook) -> None:
        for key in ("customers", "followups"):
            sheet, table = starter[TABLES[key].sheet], TABLES[key]
            for place, column in enumerate(table.columns, 1):
                letter = openpyxl.utils.get_column_letter(place)
                folded = any(
                    d.hidden and d.min <= place <= d.max for d in sheet.column_dimensions.values() if d.min is not None
                )
                assert folded is (column.tier is Tier.OPTIONAL), (letter, column.header)

    def test_headers_fit_their_columns(self, full: Workbook) -> None:
        for table in TABLES.values():
            for column in table.columns:
                assert looks.width(table, column) >= looks.text_width(column.header) + 2

    def test_text_stays_text_where_people_type(self, starter: Workbook) -> None:
        formats = {column.header: looks.number_format(column) for column in TABLES["customers"].columns}
        assert formats["联系方式"] == formats["客户编号"] == "@"
        assert formats["首次接触时间"] == "yyyy-mm-dd"
        assert formats["累计成交额"] == "#,##0.00"
        assert formats["信息完整率"] == "0.0%"
        assert starter["客户基础信息"].column_dimensions["E"].number_format == "@"

    def test_the_metadata_is_very_hidden_and_names_the_workbook(self, starter: Workbook, full: Workbook) -> None:
        sheet = starter["_元数据"]
        assert sheet.sheet_state == "veryHidden"
        pairs = {row[0]: row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
        assert pairs["spoke"] == "spoke-1"
        assert pairs["edition"] == "starter"
        assert "spoke" not in {row[0] for row in full["_元数据"].iter_rows(values_only=True)}

    def test_configuration_is_filled_with_the_defaults(self, full: Workbook) -> None:
        settings = {row[0]: row[1] for row in full["设置"].iter_rows(min_row=2, values_only=True)}
        assert settings["沉默天数"] == "30"
        assert settings["系统启用日期"] == "2024-06-30"
        stages = [row[1] for row in full["数据字典"].iter_rows(min_row=2, values_only=True) if row[0] == "阶段"]
        assert stages == ["初步接触", "需求分析", "方案报价", "谈判签约", "回款交付"]
        assert full["规则"]["A2"].value == "R01"
        assert full["节假日"].max_row <= 2

    def test_rows_of_a_dictionary_category_stand_together(self, full: Workbook) -> None:
        kinds = [row[0] for row in full["数据字典"].iter_rows(min_row=2, values_only=True)]
        runs = [kind for place, kind in enumerate(kinds) if place == 0 or kinds[place - 1] != kind]
        assert len(runs) == len(set(runs))


class TestHelp:
    @pytest.mark.parametrize("key", list(TABLES))
    def test_every_column_is_explained_in_both_languages(self, key: str) -> None:
        for column in TABLES[key].columns:
            assert column.help, column.header
            assert column.help_en, column.header
            assert looks.text_width(column.help) > len(column.help) or column.help == "YYYY-MM-DD", column.help

    def test_the_dictionary_of_table_1_is_word_for_word(self, starter: Workbook) -> None:
        rows = list(starter["字段说明"].iter_rows(values_only=True))
        assert rows[0][:3] == ("字段名称", "填写说明", "示例值")
        assert rows[1][0] == "客户基础信息"
        assert [row[0] for row in rows[2:12]] == TABLE_1
        assert [row[1] for row in rows[2:12]] == TABLE_1_HELP
        assert [row[2] for row in rows[2:12]] == TABLE_1_EXAMPLES

    def test_the_field_sheet_lists_every_column_of_the_workbook(self, full: Workbook) -> None:
        listed = [row[0] for row in full["字段说明"].iter_rows(min_row=2, values_only=True) if row[0] and row[4]]
        expected = sum(len(table.columns) for key, table in TABLES.items() if key != "meta")
        assert len(listed) == expected

    def test_headers_carry_notes(self, starter: Workbook, folder: Path) -> None:
        note = starter["客户基础信息"]["B1"].comment
        assert note is not None
        assert "二级分类" in note.text
        assert "制造业-汽车零部件" in note.text
        assert starter["客户基础信息"]["K1"].comment.text.endswith("系统自动填写，不用改。")

    def test_english_changes_notes_and_guide_but_neither_sheets_nor_headers(
        self, folder: Path, starter: Workbook
    ) -> None:
        build_workbook(folder / "en.xlsx", lang="en", today=TODAY)
        book = openpyxl.load_workbook(folder / "en.xlsx")
        assert book.sheetnames == starter.sheetnames
        assert header(book, "customers") == header(starter, "customers")
        assert "Two levels" in book["客户基础信息"]["B1"].comment.text
        guide = " ".join(str(cell) for row in book["使用说明"].iter_rows(values_only=True) for cell in row if cell)
        assert "Every day" in guide

    def test_example_ids_are_ids(self) -> None:
        for table in TABLES.values():
            for column in table.columns:
                if column.owner is Owner.GENERATED and column.example.startswith(("C", "D", "F", "P")):
                    assert is_valid(column.example), column.example


class TestGuide:
    def test_it_tells_a_salesperson_the_day_the_process_the_colours_and_security(self, starter: Workbook) -> None:
        cells = [str(cell) for row in starter["使用说明"].iter_rows(values_only=True) for cell in row if cell]
        for heading in ("每天做什么", "跟进流程", "颜色的意思", "名词", "每张表做什么", "安全须知"):
            assert heading in cells
        for stage in ("初步接触", "需求分析", "方案报价", "谈判签约", "回款交付"):
            assert stage in cells

    def test_a_new_workbook_opens_on_the_guide_and_a_filled_one_on_today(self, starter: Workbook, folder: Path) -> None:
        assert starter.active.title == "使用说明"
        build_workbook(
            folder / "used.xlsx", today=TODAY, frames={"customers": typed("customers", customer_name=["甲"])}
        )
        assert openpyxl.load_workbook(folder / "used.xlsx").active.title == "今日工作台"


class TestDropdownsAndColours:
    def validation(self, book: Workbook, sheet: str, cell: str) -> object:
        found = [v for v in book[sheet].data_validations.dataValidation if cell in v.sqref]
        assert len(found) == 1, (sheet, cell)
        return found[0]

    def test_dropdowns_read_the_dictionary_and_the_people_sheets(self, full: Workbook) -> None:
        stage = openpyxl.utils.get_column_letter([c.key for c in TABLES["deals"].columns].index("stage") + 1)
        assert self.validation(full, "商机", f"{stage}2").formula1 == "字典_阶段"
        assert "数据字典" in full.defined_names["字典_阶段"].attr_text
        assert self.validation(full, "客户基础信息", "N2").formula1 == "人员名单"
        assert "人员" in full.defined_names["人员名单"].attr_text

    def test_fixed_values_are_offered_too(self, starter: Workbook) -> None:
        offered = self.validation(starter, "客户基础信息", "C2").formula1
        assert offered in ('"潜在客户,意向客户,成交客户,流失客户"', "字典_客户类型")

    def test_nobody_is_kept_from_pasting(self, full: Workbook) -> None:
        for sheet in full.worksheets:
            for validation in sheet.data_validations.dataValidation:
                assert not validation.showErrorMessage or validation.errorStyle in ("warning", "information")

    def test_only_columns_people_write_have_validations(self, full: Workbook) -> None:
        for table in TABLES.values():
            validated = {
                cell.min_col for v in full[table.sheet].data_validations.dataValidation for cell in v.sqref.ranges
            }
            for place in validated:
                assert table.columns[place - 1].owner is Owner.HUMAN

    def test_every_highlight_becomes_a_conditional_format(self, full: Workbook) -> None:
        for key, declared in highlights.HIGHLIGHTS.items():
            rules = [rule for ranged in full[TABLES[key].sheet].conditional_formatting for rule in ranged.rules]
            assert len([rule for rule in rules if rule.type == "expression"]) == len(declared), key

    def test_overdue_looks_at_the_hint(self, starter: Workbook) -> None:
        place = [c.key for c in TABLES["customers"].columns].index("hint") + 1
        letter = openpyxl.utils.get_column_letter(place)
        formulas = [
            rule.formula[0]
            for ranged in starter["客户基础信息"].conditional_formatting
            for rule in ranged.rules
            if rule.formula
        ]
        assert f'LEFT(${letter}2,2)="逾期"' in formulas


class TestRows:
    def test_typed_rows_become_real_dates_numbers_and_text(self, folder: Path) -> None:
        frame = typed(
            "customers",
            customer_name=["甲公司", "=1+1"],
            contact_info=["00123", ""],
            first_contact_date=["2024-05-01", "2024-05-02 09:30:00"],
            budget=["500000.50", None],
            completeness=[0.9, None],
        )
        build_workbook(folder / "rows.xlsx", today=TODAY, frames={"customers": frame})
        sheet = openpyxl.load_workbook(folder / "rows.xlsx")["客户基础信息"]
        budget = [c.key for c in TABLES["customers"].columns].index("budget") + 1
        assert sheet["E2"].value == "00123"
        assert sheet["A3"].value == "=1+1"
        assert sheet["A3"].data_type == "s"
        assert sheet["I2"].value.date() == date(2024, 5, 1)
        assert sheet["I2"].number_format == "yyyy-mm-dd"
        assert sheet["I3"].number_format == "yyyy-mm-dd hh:mm"
        assert sheet.cell(2, budget).value == 500000.5
        assert sheet["E3"].value is None

    def test_cells_as_people_typed_them_stay_as_they_are(self, folder: Path) -> None:
        frame = pd.DataFrame(
            {"customer_name": ["乙"], "first_contact_date": ["5月1号"], "budget": ["50万"], "我们的列": ["私有"]},
            dtype=object,
        )
        build_workbook(folder / "messy.xlsx", today=TODAY, frames={"customers": frame})
        sheet = openpyxl.load_workbook(folder / "messy.xlsx")["客户基础信息"]
        assert sheet["I2"].value == "5月1号"
        own = len(TABLES["customers"].columns) + 1
        assert (sheet.cell(1, own).value, sheet.cell(2, own).value) == ("我们的列", "私有")

    @given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40), min_size=1))
    @example(["<r>&</r>", "00123", "=1+1", "_x000D_", " 空 格 ", "1-2", "true", "http://a.b", "{=1}", "-"])
    @settings(max_examples=20, deadline=None)
    def test_any_text_is_kept_to_the_letter(self, folder: Path, texts: list[str]) -> None:
        frame = pd.DataFrame({"customer_name": texts}, dtype=object)
        build_workbook(folder / "text.xlsx", today=TODAY, frames={"customers": frame})
        rows = CalamineWorkbook.from_path(folder / "text.xlsx").get_sheet_by_name("客户基础信息").to_python()
        assert [row[0] for row in rows[1:]] == texts

    def test_a_table_the_edition_lacks_gets_its_sheet_when_it_has_rows(self, folder: Path) -> None:
        build_workbook(folder / "deals.xlsx", today=TODAY, frames={"deals": typed("deals", deal_name=["试用"])})
        assert "商机" in openpyxl.load_workbook(folder / "deals.xlsx").sheetnames

    def test_text_no_cell_can_hold_is_refused_with_its_place(self, folder: Path) -> None:
        with pytest.raises(Wrong) as refused:
            build_workbook(
                folder / "long.xlsx", today=TODAY, frames={"customers": typed("customers", notes=["短", "长" * 32768])}
            )
        assert refused.value.row == 3
        assert "备注" in refused.value.message

    def test_the_same_input_gives_the_same_bytes(self, folder: Path) -> None:
        for name in ("a", "b"):
            build_workbook(folder / f"{name}.xlsx", edition="full", today=TODAY, spoke="s")
        assert (folder / "a.xlsx").read_bytes() == (folder / "b.xlsx").read_bytes()

    def test_a_template_is_made_at_once(self, folder: Path) -> None:
        start = process_time()
        build_workbook(folder / "fast.xlsx", edition="full", today=TODAY)
        assert process_time() - start < 2  # of CPU: the machine may be busy


@pytest.fixture(scope="module")
def shown(folder: Path, program: Callable[[str], str]) -> dict[str, list[list[str]]]:
    """A filled workbook, its sheets converted to CSV by LibreOffice; 复核 asks it to evaluate the dropdown names."""
    frames = {
        "customers": typed("customers", customer_name=["甲公司"], contact_info=["00123"], first_contact_date=["2024-05-01"]),
        "dictionary": typed(
            "dictionary",
            category=["阶段"] * 5 + ["行业"] * 5,
            value=["初步接触", "需求分析", "方案报价", "谈判签约", "回款交付", "制造业", "服务业", "快消", "汽车零部件", "教育"],
            parent=[None] * 7 + ["制造业", "制造业", "服务业"],
            enabled=["是"] * 10,
        ),
        "people": typed("people", name=["张伟", "李娜"], email=["a@example.com", "b@example.com"]),
    }  # fmt: skip
    path = folder / "office.xlsx"
    build_workbook(path, today=TODAY, edition="full", frames=frames)
    book = openpyxl.load_workbook(path)
    probe = book.create_sheet("复核")
    formulas = (
        "COUNTA(字典_阶段)",
        "INDEX(字典_阶段,2)",
        "COUNTA(人员名单)",
        "COUNTA(字典_行业)",
        "INDEX(字典_行业,2)",
    )
    for row, formula in enumerate(formulas, 1):
        probe.cell(row, 1, f"={formula}")
    book.save(folder / "probe.xlsx")
    for name in ("office", "probe"):
        subprocess.run(
            [
                program("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
                "--outdir", str(folder / "csv"), str(folder / f"{name}.xlsx"),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return {
        found.stem: list(csv.reader(found.read_text(encoding="utf-8").splitlines()))
        for found in (folder / "csv").glob("*.csv")
    }


class TestLibreOffice:
    """What a spreadsheet application makes of it."""

    def test_it_shows_the_values(self, shown: dict[str, list[list[str]]]) -> None:
        rows = shown["office-客户基础信息"]
        assert rows[0][:10] == TABLE_1
        assert rows[1][0] == "甲公司"
        assert rows[1][4] == "00123"
        assert rows[1][8] == "2024-05-01"

    def test_the_names_behind_the_dropdowns_give_the_teams_values(self, shown: dict[str, list[list[str]]]) -> None:
        rows = shown["probe-复核"]
        assert [row[0] for row in rows] == ["5", "需求分析", "2", "3", "制造业-汽车零部件"]
