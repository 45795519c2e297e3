"""Commands about the shared sheet and the foreground schedule."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from genjin.cli.common import OPTIONS, emit, guarded, tell


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    hub = typer.Typer(
        help="共享表格：建立、状态、本机模拟 · the shared sheet", no_args_is_help=True, rich_markup_mode=None
    )
    hub.command("setup", help="在共享表格里建好各表和下拉框 · make its tabs, headers, dropdowns")(setup)
    hub.command("status", help="上次同步、待写入、待处理的冲突 · last sync, what waits")(status)
    hub.command("conflicts", help="还没处理的冲突 · open conflicts")(conflicts)
    hub.command("simulate", help="在本机运行一个模拟的 Google 表格 · the local stand-in")(simulate)
    app.add_typer(hub, name="hub")
    schedule = typer.Typer(help="定时运行 · unattended runs", no_args_is_help=True, rich_markup_mode=None)
    schedule.command("run", help="在这个窗口里按时运行，Ctrl+C 结束 · the foreground loop")(schedule_run)
    app.add_typer(schedule, name="schedule")


@guarded
def setup() -> int:
    """Make the shared sheet's tabs, headers and dropdowns."""
    from genjin.hub import open_hub
    from genjin.locking import locked
    from genjin.looking import look
    from genjin.workspace import find
    from sync.stores.excel_file import ExcelFileStore
    from sync.stores.google_sheets import hub_setup

    place = find(None, OPTIONS.workspace)
    with locked(place), open_hub(place) as hub:
        team = look(ExcelFileStore(place.workbook_paths()[0]).read(), OPTIONS.moment()).team
        done = hub_setup(hub.client, hub.spreadsheet_id, team.dictionary, dry_run=OPTIONS.dry_run)
        result: dict[str, Any] = {
            "spreadsheet": hub.spreadsheet_id,
            "tabs": list(done.tabs),
            "columns": list(done.columns),
            "foreign": list(done.foreign),
            "requests": len(done.requests),
        }
    emit(result)
    if OPTIONS.json:
        return 0
    zh = OPTIONS.lang == "zh"
    if not done.requests:
        tell("共享表格已经齐全，没有改动。" if zh else "The shared sheet is complete; nothing was changed.")
    else:
        tabs = len(result["tabs"])
        tell(f"共享表格已建好：新增 {tabs} 张表。" if zh else f"The shared sheet is ready: {tabs} tabs made.")
    for title in result["foreign"]:
        tell(
            f"注意：“{title}”里是别的内容，没有动它。"
            if zh
            else f"Note: {title} holds something else and was left alone."
        )
    return 0


@guarded
def status() -> int:
    """Last run, what waits, open conflicts."""
    from genjin.cli import show
    from genjin.memory import last_run
    from genjin.run import execute
    from genjin.state import open_state
    from genjin.workspace import find

    place = find(None, OPTIONS.workspace)
    OPTIONS.dry_run = True
    report = execute(place, OPTIONS.request("status", sync=True), show.progress())
    engine = open_state(place.data, place.settings.state_url)
    last = last_run(engine, ("sync", "hourly"))
    engine.dispose()
    waiting = show.sync_json(report)
    emit({"last_run": last, "waiting": waiting["workbooks"], "conflicts": show.open_conflicts(report)})
    if not OPTIONS.json:
        zh = OPTIONS.lang == "zh"
        if last:
            tell(
                f"上次同步：{last['started']} UTC，{last['result']}"
                if zh
                else f"Last sync: {last['started']} UTC, {last['result']}"
            )
        else:
            tell("还没有同步过。" if zh else "Never synced.")
        tell("现在同步会做：" if zh else "A sync now would do:")
        show.sync_text(report, tell)
    return 0


@guarded
def conflicts() -> int:
    """Open conflicts."""
    from genjin.cli import show
    from genjin.run import execute
    from genjin.workspace import find

    OPTIONS.dry_run = True
    place = find(None, OPTIONS.workspace)
    report = execute(place, OPTIONS.request("conflicts", sync=place.settings.hub.kind != "none"), show.progress())
    rows = []
    for workbook in report.workbooks:
        frame = workbook.enriched.tables["conflicts"]
        rows += frame[(frame["decision"] == "") & (frame["resolved"] == "")].to_dict("records")
    names = ("conflict_id", "table", "record_id", "column", "base", "excel_value", "sheets_value")
    emit({"conflicts": [{name: row[name] for name in names} for row in rows]})
    if not OPTIONS.json:
        tell(f"待处理的冲突 {len(rows)} 个。" if OPTIONS.lang == "zh" else f"{len(rows)} open conflicts.")
        for row in rows:
            tell(
                f"  {row['table']} {row['record_id']} {row['column']}：Excel“{row['excel_value']}” / Google“{row['sheets_value']}”"
            )
    return 0


@guarded
def simulate(
    port: Annotated[int, typer.Option(help="端口，0 = 自动 · port, 0 = any")] = 0,
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="数据文件夹，默认是工作区的 .genjin/google")] = None,
) -> int:
    """Run the stand-in in the foreground."""
    from followup.errors import Wrong
    from genjin.workspace import find
    from sync.google_simulator import Simulator

    if data is None:
        try:
            data = find(None, OPTIONS.workspace).data / "google"
        except Wrong:
            if OPTIONS.workspace is not None:
                raise
            import tempfile

            data = Path(tempfile.mkdtemp(prefix="genjin-google-"))
    simulator = Simulator(data, port)
    with simulator:
        sys.stdout.write(json.dumps(simulator.address, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        _wait_for_signal()
    return 0


def _wait_for_signal() -> None:
    import signal
    import threading

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.wait(0.5):
        pass


@guarded
def schedule_run(
    once: Annotated[bool, typer.Option("--once", hidden=True, help="只运行一次 · one pass")] = False,
) -> int:
    """Repeat the hourly run until a signal."""
    from genjin.scheduler import loop
    from genjin.workspace import find

    return loop(find(None, OPTIONS.workspace), OPTIONS.request("hourly"), tell, once=once)
