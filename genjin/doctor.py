"""What is wrong with this machine, workspace, hub or mail server, and how to mend it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from followup.errors import Trouble
from followup.wording import LANG, say
from genjin.clock import DEFAULT_ZONE
from genjin.workspace import Workspace, find


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `hint` says what to do when it is not ok."""

    name: str
    ok: bool
    detail: str
    hint: str = ""


def examine(workspace: Path | None, now: datetime) -> list[Finding]:
    """Look at everything that a run needs; nothing is written or sent."""
    out = [_python(), _time_zone()]
    try:
        place = find(None, workspace)
    except Trouble as trouble:
        return [*out, Finding(_t("工作区", "workspace"), False, trouble.message, trouble.hint)]
    out.append(Finding(_t("工作区", "workspace"), True, str(place.root)))
    if place.moved:
        out.append(Finding(_t("同步盘", "synced folder"), True, say("warn.network_folder", path=str(place.data))))
    looks: list[tuple[str, Callable[[], str]]] = [(_t("运行数据", "state"), partial(_state, place))]
    looks += [(path.name, partial(_workbook, place, path, now)) for path in place.workbook_paths()]
    looks += [(_t("共享表格", "hub"), partial(_hub, place)), (_t("邮件", "mail"), partial(_mail, place))]
    for name, look in looks:
        try:
            out.append(Finding(name, True, look()))
        except Trouble as trouble:
            out.append(Finding(name, False, trouble.message, trouble.hint))
    return out


def _t(chinese: str, english: str) -> str:
    return chinese if LANG.get() == "zh" else english


def _python() -> Finding:
    version = platform.python_version()
    ok = sys.version_info >= (3, 11)
    return Finding(
        "Python", ok, version, "" if ok else _t("请安装 Python 3.11 或更新版本。", "Install Python 3.11 or newer.")
    )


def _time_zone() -> Finding:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(DEFAULT_ZONE)
    except Exception:
        return Finding(_t("时区", "time zone"), False, DEFAULT_ZONE, "pip install tzdata")
    return Finding(_t("时区", "time zone"), True, DEFAULT_ZONE)


def _state(place: Workspace) -> str:
    from genjin.locking import locked
    from genjin.state import open_state

    with locked(place):
        engine = open_state(place.data, place.settings.state_url)
        engine.dispose()
    return str(place.data)


def _workbook(place: Workspace, path: Path, now: datetime) -> str:
    from genjin.looking import look
    from sync.stores.excel_file import ExcelFileStore
    from sync.stores.excel_file.locks import refuse_if_open
    from sync.stores.excel_file.replace import refuse_if_read_only

    seen = look(ExcelFileStore(path).read(), now)
    refuse_if_open(path)
    refuse_if_read_only(path)
    people = [p for p in seen.team.people.by_name.values() if p.active]
    without = sum(not p.email for p in people)
    text = _t(f"{len(seen.located)} 张表，{len(people)} 人", f"{len(seen.located)} tables, {len(people)} people")
    return text + (_t(f"，其中 {without} 人没有邮箱", f", {without} of them without an address") if without else "")


def _hub(place: Workspace) -> str:
    from genjin.hub import open_hub

    if place.settings.hub.kind == "none":
        return _t("没有设置（只在本机使用）", "not set up (this machine only)")
    with open_hub(place) as hub:
        tabs = hub.store("doctor").read().grids
    return _t(f"连接正常，{len(tabs)} 张表", f"reached, {len(tabs)} tabs")


def _mail(place: Workspace) -> str:
    mail = place.settings.mail
    if not mail.host:
        return _t(
            f"没有设置服务器，邮件写到 {place.data / 'outbox'}", f"no server set: mails go to {place.data / 'outbox'}"
        )
    from genjin.reminding import channel_of

    channel = channel_of(place)
    channel.open()
    channel.close()
    return _t(f"{mail.host} 可以登录", f"logged in to {mail.host}")
