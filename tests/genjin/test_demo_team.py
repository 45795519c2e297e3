"""The sample team: what its messy workbook holds, how it is read, what the scripted colleagues change, the demo whole."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from followup.enrich import enrich
from followup.tables import TABLES
from followup.tables.frames import Tables
from followup.team import Team
from followup.values import name_key
from followup.wording import LANG
from genjin.demo.people import colleague_in_excel, colleague_in_google
from genjin.demo.team import ANNOTATED, CONFLICT, EDITED, QUIET, sample, write_messy
from genjin.looking import Seen, by_id, look
from genjin.start import WORKBOOK
from sync.google_simulator import Simulator
from sync.stores.excel_file import ExcelFileStore
from sync.stores.google_sheets import GoogleSheetsStore, connect, hub_setup

NOW = datetime(2024, 5, 20, 9)
DAYS = (NOW, datetime(2024, 2, 29, 9), datetime(2026, 1, 2, 9), datetime(2026, 11, 27, 23, 59))
CUSTOMERS, FOLLOWUPS = TABLES["customers"].sheet, TABLES["followups"].sheet

# What must appear, as a pattern of one whole cell (CASES 1 and 4).
MESSY = [
    ("followups", "followup_date", r"\d{4}-\d\d-\d\d"),
    ("followups", "followup_date", r"\d{4}/\d{1,2}/\d{1,2}"),
    ("followups", "followup_date", r"\d{4}\.\d{1,2}\.\d{1,2}"),
    ("followups", "followup_date", r"\d{1,2}月\d{1,2}日"),
    ("followups", "followup_date", r"[０-９]{4}－[０-９]{2}－[０-９]{2}"),
    ("followups", "followup_date", r"昨天"),
    ("followups", "followup_date", r"05/06/2024"),
    ("followups", "method", r"去电"),
    ("followups", "method", r"面谈"),
    ("followups", "method", r"企微"),
    ("followups", "summary", r"客户有兴趣"),
    ("followups", "followed_by", r"小张"),
    ("followups", "followed_by", r"zhangwei"),
    ("followups", "followed_by", r"张伟\(销售\)"),
    ("followups", "action_owner", r"张伟/李娜"),
    ("followups", "priority", r"紧急"),
    ("followups", "priority", r""),
    ("followups", "customer_ref", r"没有登记的示例公司"),
    ("customers", "contact_info", r"199 1234 \d{4}"),
    ("customers", "contact_info", r"\+86 \d{11}"),
    ("customers", "contact_info", r"[０-９]{11}"),
    ("customers", "contact_info", r"\d{11}/\d{11}"),
    ("customers", "customer_name", r" \S+ "),
    ("customers", "grade", r"A类"),
    ("customers", "region", r"BJ"),
    ("customers", "region", r"北京"),
    ("customers", "region", r"beijing"),
    ("customers", "first_contact_channel", r"展会"),
]


def seen_at(path: Path, now: datetime) -> Seen:
    write_messy(path, now)
    return look(ExcelFileStore(path).read(), now)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return seen_at(tmp_path_factory.mktemp("team") / WORKBOOK, NOW)


def verdicts(seen: Seen, table: str, column: str) -> pd.DataFrame:
    found = seen.observed[table].verdicts
    return found[found["column"] == column]


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_size_of_the_team(now: datetime) -> None:
    frames = sample(now)
    assert list(frames["people"]["name"]) == ["张伟", "李娜", "赵敏", "王强"]
    assert len(frames["customers"]) == 81
    assert 350 <= len(frames["followups"]) <= 450


@pytest.mark.parametrize(("table", "column", "pattern"), MESSY)
def test_people_type_it_so(table: str, column: str, pattern: str) -> None:
    cells = sample(NOW)[table][column].fillna("").astype(str)
    assert cells.str.fullmatch(pattern).any()


def test_one_seed_gives_one_team() -> None:
    for key, frame in sample(NOW).items():
        pd.testing.assert_frame_equal(frame, sample(NOW)[key])
        assert all(pd.api.types.is_object_dtype(frame[name]) for name in frame)
    assert not sample(NOW, seed=8)["customers"].equals(sample(NOW)["customers"])


def test_nobody_real_can_be_reached() -> None:
    frames = sample(NOW)
    assert frames["people"]["email"].str.endswith("@example.com").all()
    digits = frames["customers"]["contact_info"].str.normalize("NFKC").str.replace(r"[ +]|^\+86", "", regex=True)
    numbers = [number for cell in digits for number in re.findall(r"1\d{10}", cell)]
    assert numbers and all(number.startswith(("1991234", "1991235")) for number in numbers)
    assert frames["customers"]["customer_name"].str.contains("示例").all()


def test_nobody_typed_an_id() -> None:
    for key, frame in sample(NOW).items():
        assert TABLES[key].id_column in (None, "name") or TABLES[key].id_column not in frame, key


def test_lost_customers_with_and_without_a_reason() -> None:
    customers = sample(NOW)["customers"]
    lost = customers[customers["status"] == "流失客户"]
    assert lost["lost_reason"].isna().any() and lost["lost_reason"].notna().any()


def test_every_row_is_read(seen: Seen) -> None:
    for key, frame in sample(NOW).items():
        observed = seen.observed[key]
        assert len(observed.frame) == len(frame), key
        assert observed.located.problems == [], key
    assert list(seen.observed["customers"].private) == ["微信群名"]
    assert seen.observed["customers"].private["微信群名"].notna().any()


def test_what_has_one_reading_is_normalised(seen: Seen) -> None:
    customers = seen.observed["customers"].frame
    assert set(customers["owner"]) == {"张伟", "李娜", "赵敏"}
    assert set(customers["grade"].replace("", pd.NA).dropna()) == {"A", "B", "C"}
    assert not customers["region"].isin(["BJ", "北京", "beijing"]).any() and (customers["region"] == "北京市").any()
    yesterday = verdicts(seen, "followups", "followup_date").query("raw == '昨天'")
    assert set(yesterday["value"]) == {date(2024, 5, 19)}


def test_what_is_doubtful_is_never_guessed(seen: Seen) -> None:
    dates = verdicts(seen, "followups", "followup_date").set_index("raw")["verdict"]
    assert dates["05/06/2024"] == "ambiguous"
    assert dates["2024-06-09"] == "error"
    assert seen.observed["followups"].frame["followup_date"].isna().sum() == 2
    urgent = verdicts(seen, "followups", "priority").query("raw == '紧急'")
    assert set(urgent["verdict"]) == {"suggested"}


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_every_day_has_something_to_show(tmp_path: Path, now: datetime) -> None:
    seen = seen_at(tmp_path / WORKBOOK, now)
    frames = {key: seen.observed[key].frame for key in ("people", "settings", "dictionary")}
    for key, letter in (("customers", "C"), ("followups", "F")):
        rows = seen.observed[key].frame.index
        frames[key] = by_id(seen.observed[key], pd.Series([f"{letter}{row}" for row in rows], index=rows, dtype=object))
    no_verdicts = pd.DataFrame(
        {name: pd.Series([], dtype=object) for name in ("table", "record_id", *seen.observed["people"].verdicts)}
    )
    done = enrich(Tables(frames), no_verdicts, seen.team, now)
    hints = done.tables["customers"]["hint"]
    for pattern in (r"逾期\d+天", "今日", r"[123]天内", "已流失"):
        assert hints.str.fullmatch(pattern).any(), pattern
    assert (done.tables["customers"]["silent_flag"] == "是").any()
    assert {"R01", "R04"} <= set(done.rules.hits)
    assert {"重复客户", "客户未匹配", "含糊表述", "必填缺失"} <= set(done.checked.issues["kind"])


def test_the_workbook_opens_elsewhere(tmp_path: Path) -> None:
    write_messy(tmp_path / WORKBOOK, NOW)
    sheet = openpyxl.load_workbook(tmp_path / WORKBOOK)[CUSTOMERS]
    assert sheet.max_row >= 82
    assert [cell.value for cell in sheet[1]][:2] == ["客户名称", "所属行业"]


def test_colleague_in_excel_changes_two_cells_and_takes_one_row_out(tmp_path: Path) -> None:
    path = tmp_path / WORKBOOK
    before = by_name(seen_at(path, NOW))
    said = colleague_in_excel(path, NOW)
    after = by_name(look(ExcelFileStore(path).read(), NOW))
    assert set(before) - set(after) == {name_key(QUIET)}
    changed = {
        (name, key): (before[name][key], cell)
        for name, cells in after.items()
        for key, cell in cells.items()
        if before[name][key] != cell
    }
    assert changed == {
        (name_key(ANNOTATED), "decision_maker"): (None, "王总/总经理"),
        (name_key(CONFLICT), "grade"): ("B", "C"),
    }
    assert QUIET in said[0] and CONFLICT in said[0]


def by_name(seen: Seen) -> dict[str, dict[str, Any]]:
    """The cells of each customer as they stand, the one typed twice left out."""
    raw = seen.observed["customers"].raw
    keys = raw["customer_name"].map(lambda name: name_key(str(name)))
    return {key: row for key, row in zip(keys, raw.to_dict("records"), strict=True) if (keys == key).sum() == 1}


def test_colleague_in_google_changes_three_cells_and_types_a_row(tmp_path: Path) -> None:
    with Simulator(tmp_path / "google") as simulator:
        client = connect(simulator.base_url, simulator.credentials)
        hub_setup(client, simulator.spreadsheet_id, Team.default().dictionary)
        store = GoogleSheetsStore(client, simulator.spreadsheet_id, [CUSTOMERS, FOLLOWUPS], spoke="t")
        names = [QUIET, CONFLICT, *EDITED]  # not in the order she looks for them
        place = [str(cell) for cell in store.read().grids[CUSTOMERS].rows[0]].index("客户名称")
        simulator.edit(sheet=CUSTOMERS, raw=True, append=[[""] * place + [name] for name in names])
        said = colleague_in_google(simulator, NOW)
        shown = look(store.read(), NOW)
    customers = shown.observed["customers"].raw.set_index("customer_name")
    assert customers.loc[EDITED[0], "contact_info"] == "19912348888"
    assert customers.loc[EDITED[1], "pain_points"] == "希望三个月内把交付周期缩短到10天"
    assert customers.loc[CONFLICT, "grade"] == "A"
    assert customers.loc[QUIET].drop(labels="customer_id", errors="ignore").isna().all()
    [typed] = shown.observed["followups"].raw.to_dict("records")
    assert typed["customer_ref"] == EDITED[0] and typed["followup_date"] == "2024-05-20"
    assert not typed.get("followup_id")
    assert len(said) == 2 and EDITED[0] in said[1]


def test_colleagues_tell_it_in_english(tmp_path: Path) -> None:
    write_messy(tmp_path / WORKBOOK, NOW)
    token = LANG.set("en")
    try:
        assert colleague_in_excel(tmp_path / WORKBOOK, NOW)[0].startswith("in Excel, ")
    finally:
        LANG.reset(token)


def test_the_demo_from_messy_to_quiet(tmp_path: Path) -> None:
    root = tmp_path / "演示"
    command = [sys.executable, "-m", "genjin", "demo", str(root), "--json", "--now", NOW.isoformat()]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"})
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["third_run_quiet"] and told["mails"] == [4, 0, 0]
    assert [run["conflicts"] for run in told["runs"]][1] == 1
    assert told["runs"][2]["cells"] == told["runs"][2]["added"] == told["runs"][2]["removed"] == 0

    shown = look(ExcelFileStore(root / WORKBOOK).read(), NOW)
    customers = shown.observed["customers"].raw.assign(key=lambda frame: frame["customer_name"].map(name_key))
    row = customers.set_index("key")
    assert name_key(QUIET) not in row.index
    assert row.loc[name_key(CONFLICT), "grade"] == "A"
    assert row.loc[name_key(ANNOTATED), "decision_maker"] == "王总/总经理"
    assert row.loc[name_key(EDITED[0]), "contact_info"] == "19912348888"
    followups = shown.observed["followups"].raw
    [brought] = followups[followups["next_action"] == "开通试用账号"].to_dict("records")
    assert brought["followup_id"] and brought["customer_id"] == row.loc[name_key(EDITED[0]), "customer_id"]
    [conflict] = shown.observed["conflicts"].raw.to_dict("records")
    assert (conflict["excel_value"], conflict["sheets_value"]) == ("C", "A")
    assert QUIET in " ".join(shown.observed["recycle_bin"].raw["row"].astype(str))
    outbox = root / ".genjin" / "outbox"
    assert len(list(outbox.glob("*.eml"))) == len(list(outbox.glob("*.html"))) == 4
