"""`genjin demo`: the whole main job on a sample team, offline, told in a few lines as it happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from followup.errors import Refused
from followup.wording import LANG
from genjin import settings as toml
from genjin.clock import business_now
from genjin.demo.people import colleague_in_excel, colleague_in_google
from genjin.demo.team import write_messy
from genjin.hourly import run_once
from genjin.hub import open_hub
from genjin.request import Request
from genjin.run import Report
from genjin.start import WORKBOOK
from genjin.workspace import Workspace, at
from sync.google_simulator import Simulator

Tell = Callable[[str], None]


def play(folder: Path, given_now: str | None, tell: Tell) -> dict[str, Any]:
    """Play the demo in `folder`, which must not exist yet. Raises Refused `workspace.exists`."""
    started = time.monotonic()
    zh = LANG.get() == "zh"
    if folder.exists() and any(folder.iterdir()):
        raise Refused("workspace.exists", path=str(folder))
    now = business_now(given_now)
    if given_now is None:
        now = now.replace(hour=9, minute=0, second=0)
    place = _prepare(folder, now)

    tell(
        "① 一个 4 人销售团队的工作簿，按大家平时的写法录入。"
        if zh
        else "1. The workbook of a team of four, typed the way people type."
    )
    _set_up_hub(place)
    first = _run(place, now)
    _tell_first(first, tell, zh)

    tell("② 同事在两边改动：" if zh else "2. Colleagues edit on both sides:")
    with Simulator(place.data / "google") as simulator:
        for line in colleague_in_google(simulator, now):
            tell(f"   · {line}")
    for line in colleague_in_excel(place.workbook_paths()[0], now):
        tell(f"   · {line}")

    second = _run(place, now + timedelta(hours=1))
    _tell_second(second, tell, zh)

    third = _run(place, now + timedelta(hours=1))
    quiet = not any(w.edits or w.hub_edits for w in third.workbooks) and not any(
        o.status == "sent" for o in third.outcomes
    )
    if zh:
        tell("④ 再运行一次：" + ("没有任何改动，没有重复发信。" if quiet else "仍有改动！"))
    else:
        tell("4. Once more: " + ("nothing changes, nothing is sent twice." if quiet else "something still changes!"))
    _what_to_open(place, time.monotonic() - started, tell, zh)
    return {
        "workspace": str(place.root),
        "runs": [report.counts() for report in (first, second, third)],
        "mails": [sum(o.status == "sent" for o in report.outcomes) for report in (first, second, third)],
        "third_run_quiet": quiet,
    }


def _prepare(folder: Path, now: datetime) -> Workspace:
    folder.mkdir(parents=True, exist_ok=True)
    write_messy(folder / WORKBOOK, now)
    (folder / toml.FILE).write_text(toml.template(WORKBOOK, kind="google", endpoint="simulator"), encoding="utf-8")
    return at(folder)


def _set_up_hub(place: Workspace) -> None:
    from genjin.looking import look
    from sync.stores.excel_file import ExcelFileStore
    from sync.stores.google_sheets import hub_setup

    team = look(ExcelFileStore(place.workbook_paths()[0]).read(), business_now(None)).team
    with open_hub(place) as hub:
        hub_setup(hub.client, hub.spreadsheet_id, team.dictionary)


def _run(place: Workspace, now: datetime) -> Report:
    return run_once(place, Request("hourly", given_now=now.isoformat()))


def _tell_first(report: Report, tell: Tell, zh: bool) -> None:
    workbook = report.workbooks[0]
    tables, counts = workbook.enriched.tables, report.counts()
    customers, fixed = tables["customers"], int((workbook.verdicts["verdict"] == "fixed").sum())
    overdue = int(customers["hint"].str.startswith("逾期").sum())
    silent = int((customers["silent_flag"] == "是").sum())
    mails = sum(o.status == "sent" for o in report.outcomes)
    if zh:
        tell(
            f"   客户 {len(customers)} 位，跟进 {len(tables['followups'])} 条：规范了 {fixed} 处写法，列出 {counts['issues']} 个问题，"
        )
        tell(
            f"   逾期 {overdue} 位，沉默 {silent} 位，任务 {len(tables['tasks'])} 个；共享表格已填好，发出 {mails} 封提醒。"
        )
    else:
        tell(
            f"   {len(customers)} customers, {len(tables['followups'])} follow-ups: {fixed} values normalised, {counts['issues']} issues,"
        )
        tell(
            f"   {overdue} overdue, {silent} silent, {len(tables['tasks'])} tasks; the shared sheet is filled, {mails} digests went out."
        )


def _tell_second(report: Report, tell: Tell, zh: bool) -> None:
    workbook = report.workbooks[0]
    assert workbook.plan is not None
    up, down = workbook.plan.summary["to_hub"], workbook.plan.summary["from_hub"]
    if zh:
        tell(
            f"③ 同步：Excel → Google {up['rows']} 行 {up['cells']} 格；Google → Excel {down['rows']} 行 {down['cells']} 格。"
        )
    else:
        tell(
            f"3. Sync: Excel to Google {up['rows']} rows, {up['cells']} cells; Google to Excel {down['rows']} rows, {down['cells']} cells."
        )
    for row in workbook.plan.conflicts.to_dict("records"):
        if zh:
            tell(
                f"   冲突：{row['table']} {row['column']}，Excel 写“{row['excel_value']}”，Google 写“{row['sheets_value']}”；两边先用 Google 的，另一个留在“冲突清单”。"
            )
        else:
            tell(
                f"   conflict: {row['table']} {row['column']}, Excel says {row['excel_value']}, Google {row['sheets_value']}; both show Google's, the other waits in 冲突清单."
            )
    for row in workbook.plan.recycled.to_dict("records"):
        tell(
            f"   {'删除的行进了“回收站”' if zh else 'a deleted row went to 回收站'}：{row['table']} {row['record_id']}"
        )


def _what_to_open(place: Workspace, seconds: float, tell: Tell, zh: bool) -> None:
    book, outbox = place.workbook_paths()[0], place.data / "outbox"
    pages = sorted(outbox.glob("*.html"))
    tell("")
    if zh:
        tell(f"用时 {seconds:.0f} 秒。可以打开看看：")
        tell(f"  {book}   今日工作台、问题清单、冲突清单、回收站")
        tell(f"  {pages[0] if pages else outbox}   一封每日提醒（{outbox} 里每人一封）")
        tell(f"  genjin undo --workspace {place.root}   撤销最近一次运行")
    else:
        tell(f"{seconds:.0f} seconds. Have a look at:")
        tell(f"  {book}   今日工作台, 问题清单, 冲突清单, 回收站")
        tell(f"  {pages[0] if pages else outbox}   a daily digest (one a person in {outbox})")
        tell(f"  genjin undo --workspace {place.root}   takes the last run back")
