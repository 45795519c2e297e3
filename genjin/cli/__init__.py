"""The command line (ARCHITECTURE, "The command line"): what a person or another program types."""

from __future__ import annotations

import sys

import typer

from genjin.cli import common, shared, sheets, tools, work

app = typer.Typer(
    name="genjin",
    help="跟进：把销售团队的 Excel 客户表变成会提醒、会检查、能同步的跟进系统。\n\n"
    "genjin turns a sales team's workbook into a follow-up system.\n\n"
    "常用：genjin init 文件夹 → 在 Excel 里录入 → genjin hourly（检查、计算、同步、提醒一次做完）。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (sheets, work, shared, tools):
    module.add_to(app)


def main() -> None:
    """The console script `genjin`: UTF-8 on every console, usage errors as JSON where JSON was asked for."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if "--json" not in sys.argv:
        app()
        return
    from typer.main import get_command

    common.OPTIONS.json = True
    command = get_command(app)
    try:
        status = command.main(args=sys.argv[1:], prog_name="genjin", standalone_mode=False)
    except typer.Abort:
        status = 130
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        common.emit(
            {
                "error": {
                    "status": 2, "code": "usage", "message": error.format_message(),
                    "sheet": None, "row": None, "column": None, "hint": "genjin --help",
                }
            }
        )  # fmt: skip
        status = 2
    sys.exit(status or 0)
