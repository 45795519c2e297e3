"""What the commands print: sentences a salesperson understands, and the JSON objects other programs rely on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from followup.grid import address
from followup.tables import TABLES
from followup.wording import LANG
from genjin.cli.common import OPTIONS, warn
from genjin.run import Report, WorkbookReport
from reminders.outbox import view_of

if TYPE_CHECKING:
    from reminders.outbox import Outcome

Tell = Callable[[str], None]
STEPS = {
    "read": ("读取工作簿", "reading"),
    "merge": ("与共享表格合并", "merging with the hub"),
    "check": ("检查与计算", "checking and computing"),
    "write": ("写入", "writing"),
    "remind": ("发送提醒", "sending reminders"),
}


def zh() -> bool:
    """Whether people are spoken to in Chinese."""
    return LANG.get() == "zh"


def progress() -> Callable[[str], None]:
    """A line on stderr a step, where a person watches."""
    import sys
    import time

    if not sys.stderr.isatty():
        return lambda _: None
    from rich.console import Console

    console, started = Console(stderr=True), time.monotonic()

    def step(name: str) -> None:
        if time.monotonic() - started > 1 or name in ("merge", "remind"):
            console.print(f"… {STEPS[name][0 if zh() else 1]}", style="dim")

    return step


def warnings(report: Report) -> None:
    """What a person should hear besides the result."""
    for workbook in report.workbooks:
        for text in dict.fromkeys(workbook.warnings):
            warn(text)


# ---- check


def error_count(report: Report) -> int:
    """Open issues of severity 错误."""
    return sum(int((w.enriched.checked.issues["severity"] == "错误").sum()) for w in report.workbooks)


def check_json(report: Report) -> dict[str, Any]:
    """`check --json` (ARCHITECTURE)."""
    issues: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for workbook in report.workbooks:
        issues += _issues(workbook)
        values += _values(workbook)
    severities = Counter(issue["severity"] for issue in issues)
    verdicts = Counter(value["verdict"] for value in values)
    counts = {
        **{name: severities.get(name, 0) for name in ("error", "warning", "info")},
        **{name: verdicts.get(name, 0) for name in ("fixed", "suggested", "ambiguous", "blank")},
        "issues": len(issues),
    }
    return {"issues": issues, "values": values, "counts": counts, "run": report.run_id}


SEVERITY = {"错误": "error", "警告": "warning", "提示": "info"}


def _issues(workbook: WorkbookReport) -> list[dict[str, Any]]:
    return [
        {
            "sheet": row["table"],
            "cell": row["cell"].partition("!")[2] or row["cell"] or None,
            "record_id": row["record_id"] or None,
            "column": row["column"] or None,
            "raw": row["raw"] or None,
            "kind": row["kind"],
            "severity": SEVERITY[row["severity"]],
            "suggestion": row["suggestion"] or None,
            "message": row["message"],
        }
        for row in workbook.enriched.checked.issues.to_dict("records")
    ]


def _values(workbook: WorkbookReport) -> list[dict[str, Any]]:
    out = []
    for key, one in workbook.shown.items():
        columns = one.observed.located.columns
        for frame in (one.observed.verdicts, one.observed.blanks):
            for row in frame.to_dict("records"):
                if row["verdict"] == "ok":
                    continue
                out.append(
                    {
                        "sheet": one.observed.located.sheet,
                        "cell": address(int(row["row"]), columns[row["column"]]),
                        "record_id": str(one.ids.get(row["row"], "")) or None,
                        "column": TABLES[key][row["column"]].header,
                        "raw": row["raw"],
                        "value": row["value"],
                        "verdict": row["verdict"],
                        "reason": row["reason"],
                    }
                )
    return out


def check_text(report: Report, tell: Tell) -> None:
    """What the check found, the worst first."""
    for workbook in report.workbooks:
        issues = workbook.enriched.checked.issues
        errors, warned, hints = ((issues["severity"] == s).sum() for s in ("错误", "警告", "提示"))
        name = workbook.path.name
        if zh():
            tell(f"{name}：{errors} 个错误，{warned} 个警告，{hints} 个提示。")
        else:
            tell(f"{name}: {errors} errors, {warned} warnings, {hints} hints.")
        order = issues.assign(rank=issues["severity"].map({"错误": 0, "警告": 1, "提示": 2})).sort_values(
            "rank", kind="stable"
        )
        for row in order.head(20).to_dict("records"):
            where = row["cell"] or row["table"]
            tell(
                f"  [{row['severity']}] {where} {row['column']}：{row['message']}"
                if zh()
                else f"  [{row['severity']}] {where} {row['column']}: {row['message']}"
            )
        if len(issues) > 20:
            tell(
                f"  … 其余 {len(issues) - 20} 个见“问题清单”。" if zh() else f"  … {len(issues) - 20} more in 问题清单."
            )
        _written(workbook, tell)


def _written(workbook: WorkbookReport, tell: Tell) -> None:
    if OPTIONS.dry_run:
        tell("（演练：没有写入）" if zh() else "(dry run: nothing written)")
    elif workbook.file == "written":
        tell(
            f"已写入 {workbook.path.name}；要退回请运行 genjin undo。"
            if zh()
            else f"{workbook.path.name} written; genjin undo takes it back."
        )
    elif workbook.file == "unchanged":
        tell(f"{workbook.path.name} 没有变化。" if zh() else f"{workbook.path.name} is unchanged.")


# ---- compute


def compute_json(report: Report) -> dict[str, Any]:
    """`compute --json`: what changed and the hits of the rules."""
    from sync.translate import count_cells

    return {
        "run": report.run_id,
        "workbooks": [
            {"path": str(w.path), "file": w.file, **count_cells(w.edits), "hits": w.enriched.rules.hits}
            for w in report.workbooks
        ],
    }


def compute_text(report: Report, tell: Tell) -> None:
    """Today's figures."""
    for workbook in report.workbooks:
        tables = workbook.enriched.tables
        customers = tables["customers"]
        overdue = int(customers["hint"].str.startswith("逾期").sum())
        today = int((customers["hint"] == "今日").sum())
        silent = int((customers["silent_flag"] == "是").sum())
        if zh():
            tell(
                f"客户 {len(customers)} 位：逾期 {overdue}，今天要跟进 {today}，沉默 {silent}；今日工作台 {len(tables['today'])} 项。"
            )
        else:
            tell(
                f"{len(customers)} customers: {overdue} overdue, {today} due today, {silent} silent; 今日工作台 lists {len(tables['today'])}."
            )
        _written(workbook, tell)


# ---- sync


def open_conflicts(report: Report) -> int:
    """Rows of 冲突清单 that nobody has decided."""
    total = 0
    for workbook in report.workbooks:
        conflicts = workbook.enriched.tables["conflicts"]
        total += int(((conflicts["decision"] == "") & (conflicts["resolved"] == "")).sum())
    return total


def sync_json(report: Report) -> dict[str, Any]:
    """`sync --json` (ARCHITECTURE)."""
    plans = [w.plan for w in report.workbooks if w.plan is not None]
    return {
        "plan_id": plans[0].plan_id if plans else "",
        "workbooks": [
            {
                "path": str(w.path),
                "to_hub": dict(w.plan.summary.get("to_hub", {})) if w.plan else {"rows": 0, "cells": 0},
                "from_hub": dict(w.plan.summary.get("from_hub", {})) if w.plan else {"rows": 0, "cells": 0},
                "conflicts": len(w.plan.conflicts) if w.plan else 0,
                "held": [
                    {"guard": h.guard, "table": h.table, "count": h.count, "message": h.message}
                    for h in (w.plan.held if w.plan else ())
                ],
                "file": w.file,
            }
            for w in report.workbooks
        ],
        "hub_calls": report.hub_calls,
    }


def sync_text(report: Report, tell: Tell) -> None:
    """From where to where, in words."""
    for workbook in report.workbooks:
        if workbook.plan is None:
            continue
        up, down = workbook.plan.summary.get("to_hub", {}), workbook.plan.summary.get("from_hub", {})
        conflicts, waiting = len(workbook.plan.conflicts), open_conflicts(report)
        if zh():
            tell(f"{workbook.path.name} → 共享表格：{up.get('rows', 0)} 行，{up.get('cells', 0)} 个单元格")
            tell(f"共享表格 → {workbook.path.name}：{down.get('rows', 0)} 行，{down.get('cells', 0)} 个单元格")
            tell(f"新冲突 {conflicts} 个" + (f"；待处理 {waiting} 个，见“冲突清单”。" if waiting else "。"))
        else:
            tell(f"{workbook.path.name} → hub: {up.get('rows', 0)} rows, {up.get('cells', 0)} cells")
            tell(f"hub → {workbook.path.name}: {down.get('rows', 0)} rows, {down.get('cells', 0)} cells")
            tell(f"new conflicts: {conflicts}" + (f"; {waiting} open, see 冲突清单." if waiting else "."))
        for held in workbook.plan.held:
            warn(held.message + (f"（--confirm {workbook.plan.plan_id}）" if held.guard != "G6" else ""))
        _written(workbook, tell)


# ---- remind, hourly

STATUS = {
    "sent": ("已发送", "sent"),
    "already": ("今天已发过", "sent earlier today"),
    "failed": ("发送失败", "failed"),
    "unknown": ("不确定是否送达，不再重发", "uncertain, not sent again"),
    "no_address": ("人员表里没有邮箱", "no address in 人员"),
    "dry_run": ("演练，未发送", "dry run, not sent"),
}


def remind_text(outcomes: list[Outcome], tell: Tell, *, full: bool = False) -> None:
    """Who was told, and how many things."""
    if not outcomes:
        tell("今天没有到期的提醒。" if zh() else "Nothing is due today.")
    for one in outcomes:
        status = STATUS.get(one.status, (one.status, one.status))[0 if zh() else 1]
        count = view_of(one.digest, LANG.get()).count
        tell(f"{one.digest.person}：{count} 项，{status}" if zh() else f"{one.digest.person}: {count} items, {status}")
        if one.error:
            tell(f"  {one.error}")
        if full and one.rendered is not None:
            tell(one.rendered.text)


def hourly_json(report: Report) -> dict[str, Any]:
    """`hourly --json`: the sync's object, the counts of the check and the digests."""
    from genjin.reminding import as_json

    return {
        "run": report.run_id,
        **sync_json(report),
        "counts": report.counts(),
        "errors": error_count(report),
        **as_json(report.outcomes),
    }


def hourly_text(report: Report, tell: Tell) -> None:
    """The run in a few lines."""
    compute_text(report, tell)
    for workbook in report.workbooks:
        issues = workbook.enriched.checked.issues
        errors = int((issues["severity"] == "错误").sum())
        tell(
            f"问题 {len(issues)} 个，其中错误 {errors} 个。"
            if zh()
            else f"{len(issues)} issues, {errors} of them errors."
        )
    sync_text(report, tell)
    if report.outcomes:
        remind_text(report.outcomes, tell)
