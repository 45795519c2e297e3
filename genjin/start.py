"""`genjin init`: a workspace with the standard workbook and its settings."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from followup.errors import Refused, Wrong
from followup.wording import LANG
from genjin import settings as toml

WORKBOOK = "客户跟进.xlsx"


@dataclass(frozen=True)
class Started:
    """What `init` made."""

    root: Path
    workbook: Path
    settings: Path

    def sentences(self) -> list[str]:
        """What to do next, for the person."""
        if LANG.get() == "en":
            return [
                f"A new workspace: {self.root}",
                f"  {self.workbook.name}   open it in Excel and fill in 人员 first (name, mail, leader)",
                f"  {self.settings.name}     settings of this machine: mail server, shared sheet",
                "Then run: genjin hourly   (in that folder: check, compute, sync and remind)",
            ]
        return [
            f"已建好工作区：{self.root}",
            f"  {self.workbook.name}   用 Excel 打开，先在“人员”表填写团队成员（姓名、邮箱、上级）",
            f"  {self.settings.name}     本机设置：邮件服务器、共享表格",
            "然后在这个文件夹里运行：genjin hourly（检查、计算、同步、提醒一次做完）",
        ]


def start(
    folder: Path, edition: str, today: date, lang: str, source: Path | None = None, *, dry_run: bool = False,
    kind: str = "none", endpoint: str = "",
) -> Started:  # fmt: skip
    """Make a workspace in `folder`. Raises Refused `workspace.exists`, Wrong `edition.unknown` or `adopt.later`."""
    if edition not in ("starter", "full"):
        raise Wrong("edition.unknown", edition=edition)
    if source is not None:
        raise Wrong("adopt.later")
    made = Started(folder, folder / WORKBOOK, folder / toml.FILE)
    if made.settings.exists() or made.workbook.exists():
        raise Refused("workspace.exists", path=str(folder))
    if dry_run:
        return made
    from sheets_templates.excel import build_workbook

    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{WORKBOOK}.part"
    try:
        build_workbook(part, edition=edition, lang=lang, today=today, spoke=uuid.uuid4().hex)
        part.replace(made.workbook)
    finally:
        part.unlink(missing_ok=True)
    text = toml.template(WORKBOOK, kind=kind, endpoint=endpoint)
    settings = folder / f".{toml.FILE}.part"
    settings.write_text(text, encoding="utf-8")
    settings.replace(made.settings)
    return made
