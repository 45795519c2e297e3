"""What every command shares: the common options, the JSON object, errors worded for people, exit statuses."""

from __future__ import annotations

import functools
import inspect
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from followup import wording
from followup.errors import Trouble, Wrong
from genjin import wording as _wording  # noqa: F401  (registers the sentences)


@dataclass
class Common:
    """The common options of ARCHITECTURE.md, as given."""

    workspace: Path | None = None
    now: str | None = None
    person: str | None = None
    dry_run: bool = False
    json: bool = False
    lang: str = "zh"

    def moment(self) -> datetime:
        """Business time in the default zone."""
        from genjin.clock import business_now

        return business_now(self.now)

    def request(self, command: str, **more: Any) -> Any:
        """A `genjin.request.Request` of these options."""
        from genjin.request import Request

        return Request(command, given_now=self.now, person=self.person, dry_run=self.dry_run, **more)


OPTIONS = Common()
"""The options of the one command a process runs; filled while the command line is read."""


_PANEL = "所有命令都有的选项 · Common options"
COMMON: dict[str, Any] = {
    "workspace": Annotated[Path | None, typer.Option("--workspace", metavar="DIR", help="工作区文件夹 · the workspace folder", rich_help_panel=_PANEL)],
    "now": Annotated[str | None, typer.Option("--now", metavar="ISO", help="业务时间，代替现在 · business time instead of the clock", rich_help_panel=_PANEL)],
    "person": Annotated[str | None, typer.Option("--as", metavar="NAME", help="操作人姓名 · who is doing this", rich_help_panel=_PANEL)],
    "dry_run": Annotated[bool, typer.Option("--dry-run", help="只说明会做什么，不写入 · say what would be done, write nothing", rich_help_panel=_PANEL)],
    "json": Annotated[bool, typer.Option("--json", help="标准输出一个 JSON 对象 · one JSON object on stdout", rich_help_panel=_PANEL)],
    "lang": Annotated[str, typer.Option("--lang", metavar="zh|en", help="消息的语言 · language of messages", rich_help_panel=_PANEL)],
}  # fmt: skip


def _with_common(function: Callable[..., Any], run: Callable[..., Any]) -> None:
    """Give `run` the parameters of `function` and the common ones, as typer reads them."""
    own = inspect.signature(function).parameters
    hints = get_type_hints(function, include_extras=True)
    defaults = Common()
    parameters = [parameter.replace(annotation=hints[name]) for name, parameter in own.items()]
    for name, annotation in COMMON.items():
        default = getattr(defaults, name)
        parameters.append(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        )
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    del run.__wrapped__  # type: ignore[attr-defined]


def tell(text: str = "") -> None:
    """A line for the person: stdout, or stderr where stdout carries the JSON object."""
    print(text, file=sys.stderr if OPTIONS.json else sys.stdout)


def warn(text: str) -> None:
    """A line that a person should not miss."""
    print(("注意：" if wording.LANG.get() == "zh" else "Note: ") + text, file=sys.stderr)


def emit(result: dict[str, Any]) -> None:
    """The one JSON object, when asked for."""
    if OPTIONS.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, default=plain) + "\n")
        sys.stdout.flush()


def plain(value: Any) -> Any:
    """Dates, decimals and arrays as JSON has them."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    return str(value)


def guarded(function: Callable[..., int | None]) -> Callable[..., None]:
    """A command whose errors become one clear message and the exit status of ARCHITECTURE.md."""

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        for name in COMMON:
            setattr(OPTIONS, name, kwargs.pop(name))
        if OPTIONS.lang not in ("zh", "en"):
            OPTIONS.lang, wrong = "zh", True
        else:
            wrong = False
        wording.LANG.set(OPTIONS.lang)
        try:
            if wrong:
                raise Wrong("lang.unknown")
            status = function(*args, **kwargs) or 0
        except Trouble as trouble:
            status = report(trouble)
        except KeyboardInterrupt:
            status = 130
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as error:
            if os.environ.get("GENJIN_DEBUG"):
                raise
            status = _internal(error)
        raise typer.Exit(status)

    _with_common(function, run)
    return run


def report(trouble: Trouble) -> int:
    """Say what went wrong; the exit status."""
    if OPTIONS.json:
        emit(
            {
                "error": {
                    "status": trouble.status,
                    "code": trouble.code,
                    "message": trouble.message,
                    "sheet": trouble.sheet or None,
                    "row": trouble.row,
                    "column": trouble.column or None,
                    "hint": trouble.hint,
                }
            }
        )
    else:
        print(trouble.message, file=sys.stderr)
        print(trouble.hint, file=sys.stderr)
    return trouble.status


def _internal(error: Exception) -> int:
    """An error nobody foresaw: where it happened goes to a log without values, never onto the screen."""
    import tempfile
    import traceback

    from followup.errors import Failed

    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    log = Path(tempfile.gettempdir()) / "genjin-error.log"
    log.write_text("\n".join([type(error).__name__, *lines]) + "\n", encoding="utf-8")
    return report(Failed("internal", kind=type(error).__name__, log=str(log)))
