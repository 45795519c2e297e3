"""doctor and demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from genjin.cli.common import OPTIONS, emit, guarded, tell


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("doctor", help="检查这台电脑和设置，并告诉怎么修 · what is wrong and how to mend it")(doctor)
    app.command("demo", help="用示例团队离线跑一遍全部流程 · the whole job on a sample team")(demo)


@guarded
def doctor() -> int:
    """Look at machine, workspace, hub and mail."""
    from genjin.doctor import examine

    findings = examine(OPTIONS.workspace, OPTIONS.moment())
    emit({"checks": [{"name": f.name, "ok": f.ok, "detail": f.detail, "hint": f.hint} for f in findings]})
    if not OPTIONS.json:
        for finding in findings:
            tell(
                f"{'✓' if finding.ok else '✗'} {finding.name}：{finding.detail}"
                if OPTIONS.lang == "zh"
                else f"{'✓' if finding.ok else '✗'} {finding.name}: {finding.detail}"
            )
            if not finding.ok:
                tell(f"   → {finding.hint}")
    return 0 if all(f.ok for f in findings) else 4


@guarded
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="新文件夹 · a new folder")] = Path("genjin-demo"),
) -> int:
    """The whole main job, offline."""
    from genjin.demo.play import play

    result = play(folder, OPTIONS.now, tell)
    emit(result)
    return 0
