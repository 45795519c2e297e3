"""genjin.toml: the settings of a machine. Secrets come from the environment or the keyring, never from here."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from followup.errors import Wrong
from genjin import wording as _wording  # noqa: F401  (registers the sentences)

FILE = "genjin.toml"


@dataclass(frozen=True)
class WorkbookSettings:
    """One [[workbook]]: its path below the workspace and the rows it may hold."""

    path: str = "客户跟进.xlsx"
    scope: str = "all"


@dataclass(frozen=True)
class HubSettings:
    """[hub]: where the team's sheets meet."""

    kind: str = "none"
    spreadsheet: str = ""
    credentials: str = "service_account.json"
    endpoint: str = ""
    url: str = ""


@dataclass(frozen=True)
class MailSection:
    """[mail]: without a host, mails are written to .genjin/outbox."""

    host: str = ""
    port: int = 465
    security: str = "ssl"
    user: str = ""
    sender: str = ""
    ca_file: str = ""

    @property
    def password(self) -> str:
        """From GENJIN_MAIL_PASSWORD, else the keyring's entry genjin/USER."""
        if (given := os.environ.get("GENJIN_MAIL_PASSWORD")) is not None:
            return given
        if not self.user:
            return ""
        import keyring
        import keyring.errors

        try:
            return keyring.get_password("genjin", self.user) or ""
        except keyring.errors.KeyringError:
            return ""


@dataclass(frozen=True)
class ScheduleSettings:
    """[schedule]: how often the loop runs and when digests go out."""

    sync_every: str = "1h"
    remind_at: str = "08:30"

    @property
    def seconds(self) -> int:
        """`sync_every` in seconds."""
        number, unit = re.fullmatch(r"(\d+)\s*([smhd]?)", self.sync_every).groups()  # type: ignore[union-attr]
        return int(number) * {"": 3600, "s": 1, "m": 60, "h": 3600, "d": 86400}[unit]


@dataclass(frozen=True)
class Settings:
    """Everything in genjin.toml, with its defaults: they work offline."""

    workbooks: tuple[WorkbookSettings, ...] = (WorkbookSettings(),)
    hub: HubSettings = HubSettings()
    mail: MailSection = MailSection()
    schedule: ScheduleSettings = ScheduleSettings()
    state_url: str = ""
    channels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def load(path: Path) -> Settings:
    """Read genjin.toml. Raises Wrong `settings.broken` (with the line) or `settings.value`."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        detail = str(error).partition(" (at")[0]
        raise Wrong("settings.broken", file=FILE, line=line.group(1) if line else "?", detail=detail) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong("settings.broken", file=FILE, line="?", detail=type(error).__name__) from error
    workbooks = data.get("workbook", [{}])
    settings = Settings(
        workbooks=tuple(_section(WorkbookSettings, entry, "workbook") for entry in workbooks),
        hub=_section(HubSettings, data.get("hub", {}), "hub"),
        mail=_section(MailSection, data.get("mail", {}), "mail"),
        schedule=_section(ScheduleSettings, data.get("schedule", {}), "schedule"),
        state_url=str(data.get("state", {}).get("url", "")),
        channels=data.get("channels", {}),
    )
    _validate(settings)
    return settings


def _section(kind: type, entry: Any, name: str) -> Any:
    if not isinstance(entry, dict):
        raise Wrong("settings.value", file=FILE, section=name, key="", detail=type(entry).__name__)
    known = kind.__dataclass_fields__  # type: ignore[attr-defined]
    for key, value in entry.items():
        if key not in known:
            raise Wrong("settings.value", file=FILE, section=name, key=key, detail="?")
        if not isinstance(value, type(known[key].default)):
            raise Wrong("settings.value", file=FILE, section=name, key=key, detail=repr(value))
    return kind(**entry)


def _validate(settings: Settings) -> None:
    def wrong(section: str, key: str, detail: str) -> Wrong:
        return Wrong("settings.value", file=FILE, section=section, key=key, detail=detail)

    if settings.hub.kind not in ("none", "google", "database"):
        raise wrong("hub", "kind", settings.hub.kind)
    if settings.mail.security not in ("ssl", "starttls", "none"):
        raise wrong("mail", "security", settings.mail.security)
    if not re.fullmatch(r"\d+\s*[smhd]?", settings.schedule.sync_every) or settings.schedule.seconds <= 0:
        raise wrong("schedule", "sync_every", settings.schedule.sync_every)
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", settings.schedule.remind_at):
        raise wrong("schedule", "remind_at", settings.schedule.remind_at)


TEMPLATE = """\
# genjin 的设置。密码不写在这里：用环境变量 GENJIN_MAIL_PASSWORD 或系统钥匙串。
# Settings of genjin. No passwords here: use GENJIN_MAIL_PASSWORD or the keyring.

[[workbook]]
path = "{workbook}"
scope = "all"                  # all = 全部客户

[hub]
kind = "{kind}"                  # none, google
spreadsheet = ""               # 共享 Google 表格的编号 (the id in its address)
credentials = "service_account.json"
endpoint = "{endpoint}"                  # 空 = Google；simulator = 本机模拟，数据在 .genjin/google

[mail]
host = ""                      # 如 smtp.exmail.qq.com；空 = 邮件写到 .genjin/outbox
port = 465
security = "ssl"               # ssl, starttls, none
user = ""
sender = ""

[schedule]
sync_every = "1h"
remind_at = "08:30"

[state]
url = ""                       # 空 = .genjin/state.db
"""


def template(workbook: str, *, kind: str = "none", endpoint: str = "") -> str:
    """The genjin.toml of a new workspace."""
    return TEMPLATE.format(workbook=workbook, kind=kind, endpoint=endpoint)
