"""Commands on a workbook or a single value: init, cells, value, undo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from genjin.cli.common import OPTIONS, emit, guarded, tell


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("init", help="新建工作区：标准工作簿和 genjin.toml · a new workspace")(init)
    app.command("cells", help="只改指定单元格，其余一字不动 · set cells, touch nothing else")(cells)
    app.command("value", help="一个值会被怎样理解 · how one typed value is understood")(value)
    app.command("undo", help="撤销一次运行（默认最近一次） · take a run back")(undo)


@guarded
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新工作区的文件夹 · the new folder")],
    edition: Annotated[str, typer.Option(help="starter（入门）或 full（完整）", metavar="starter|full")] = "starter",
    source: Annotated[
        Path | None, typer.Option("--from", metavar="THEIR.xlsx", help="采用团队现有工作簿的副本")
    ] = None,
) -> int:
    """Make a workspace."""
    from genjin.start import start

    made = start(folder, edition, OPTIONS.moment().date(), OPTIONS.lang, source, dry_run=OPTIONS.dry_run)
    emit(
        {
            "workspace": str(made.root),
            "workbook": str(made.workbook),
            "settings": str(made.settings),
            "edition": edition,
        }
    )
    if not OPTIONS.json:
        for line in made.sentences():
            tell(line)
    return 0


@guarded
def cells(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="工作簿 · the workbook")],
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help="工作表名 · the sheet")],
    assignments: Annotated[
        list[str], typer.Argument(metavar="A1=VALUE…", help="A1=文字 A1:n=5 A1:d=2024-05-05 A1:b=true A1=（清空）")
    ],
    out: Annotated[Path | None, typer.Option(metavar="OUT", help="写到另一个文件 · write to another file")] = None,
) -> int:
    """Set cells losslessly."""
    from genjin.cells import parse, set_in_file

    wanted = parse(assignments)
    done = set_in_file(file, sheet, wanted, out, OPTIONS.workspace, OPTIONS.now, dry_run=OPTIONS.dry_run)
    emit({"file": str(out or file), "sheet": sheet, "cells": len(wanted), "run": done})
    tell(
        f"{sheet}：已写入 {len(wanted)} 个单元格 → {out or file}"
        if OPTIONS.lang == "zh"
        else f"{sheet}: {len(wanted)} cells set → {out or file}"
    )
    return 0


@guarded
def value(
    kind: Annotated[str, typer.Argument(metavar="TYPE", help="date|phone|money|name|person|region|enum:列")],
    raw: Annotated[str, typer.Argument(metavar="RAW", help="输入的内容；number:45417 表示数字 · as typed")],
    when: Annotated[str, typer.Option("--kind", metavar="past|future", help="日期指过去还是将来")] = "past",
    imported: Annotated[bool, typer.Option("--imported", help="来自导入的旧资料")] = False,
) -> int:
    """Read one value."""
    from followup.team import Team
    from followup.values import read_as
    from genjin.cells import as_typed

    reading = read_as(kind, as_typed(raw), kind=when, imported=imported, now=OPTIONS.moment(), team=Team.default())
    emit({"value": reading.value, "verdict": str(reading.verdict), "reason": reading.reason})
    if not OPTIONS.json:
        tell(f"{'' if reading.value is None else reading.value}\t{reading.verdict}\t{reading.reason}".strip())
    return 0


@guarded
def undo(
    run: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="运行编号，默认最近一次 · the newest run by default")
    ] = None,
    with_colleagues: Annotated[bool, typer.Option("--with-colleagues", help="也撤销来自同事的值")] = False,
) -> int:
    """Take a run back."""
    from genjin.takeback import take_back_run

    done = take_back_run(OPTIONS, run, with_colleagues=with_colleagues)
    emit(
        {
            "run": done.run_id,
            "restored": done.restored,
            "refused": [{"sheet": s, "cell": c, "reason": r} for s, c, r in done.refused],
        }
    )
    if not OPTIONS.json:
        zh = OPTIONS.lang == "zh"
        tell(
            f"已撤销运行 {done.run_id}：恢复 {done.restored} 处。"
            if zh
            else f"Run {done.run_id} taken back: {done.restored} restored."
        )
        for sheet, cell, reason in done.refused[:20]:
            tell(f"  {sheet}!{cell}：{reason}" if zh else f"  {sheet}!{cell}: {reason}")
    return 0
