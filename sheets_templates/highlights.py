"""What is coloured and why, declared once for every host.

A highlight says: when `column` of a row passes `test`, its cell (or the whole row) takes a look.
Earlier ones win over later ones.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """Colours as `RRGGBB`."""

    background: str
    text: str
    strike: bool = False


LOOKS: dict[str, Look] = {
    "overdue": Look("FFC7CE", "9C0006"),
    "today": Look("FFD8A8", "7A3E00"),
    "high": Look("FDEDEC", "C00000"),
    "soon": Look("FFF2CC", "7F6000"),
    "good": Look("E2F0D9", "375623"),
    "quiet": Look("F2F2F2", "808080"),
    "silent": Look("E9E2F5", "4B2E83"),
    "done": Look("F2F2F2", "8C8C8C", strike=True),
    "info": Look("DDEBF7", "1F4E79"),
}


@dataclass(frozen=True)
class Highlight:
    """`test` is one of: equals, begins, ends, positive, blank (in a row that holds anything)."""

    column: str
    test: str
    values: tuple[str, ...]
    look: str
    row: bool = False
    paint: str = ""  # another column that is coloured instead


def _is(column: str, look: str, *values: str, row: bool = False) -> Highlight:
    return Highlight(column, "equals", values, look, row)


def _begins(column: str, look: str, *values: str) -> Highlight:
    return Highlight(column, "begins", values, look)


_HINT = (
    _begins("hint", "overdue", "逾期"),
    _is("hint", "today", "今日"),
    Highlight("hint", "ends", ("天内",), "soon"),
    _begins("hint", "quiet", "已暂缓", "已流失", "未安排"),
    _begins("hint", "silent", "沉默"),
)
_PRIORITY = (_is("priority", "high", "高"),)

HIGHLIGHTS: dict[str, tuple[Highlight, ...]] = {
    "today": (_is("done", "done", "是", row=True), *_HINT),
    "customers": (
        *_HINT,
        Highlight("hint", "begins", ("逾期",), "overdue", paint="customer_name"),
        Highlight("hint", "equals", ("今日",), "today", paint="customer_name"),
        Highlight("issue_count", "positive", (), "overdue"),
        _is("entry_on_time", "soon", "否"),
        _is("grade", "info", "A"),
        _is("status_label", "silent", "沉默客户", row=True),
        _is("silent_flag", "silent", "是", row=True),
        _is("status", "quiet", "流失客户", row=True),
    ),
    "followups": (
        _is("action_status", "overdue", "逾期"),
        _is("action_status", "good", "已完成"),
        _is("action_status", "quiet", "已取消"),
        _begins("quality_hint", "soon", "含糊"),
        _is("entry_on_time", "soon", "否"),
        *_PRIORITY,
    ),
    "tasks": (
        _is("status", "done", "已完成", "已取消", row=True),
        Highlight("days_overdue", "positive", (), "overdue"),
        Highlight("days_overdue", "positive", (), "overdue", paint="due_date"),
        _is("double_done", "good", "是"),
        *_PRIORITY,
    ),
    "contacts": (_is("employment", "quiet", "离职", row=True),),
    "deals": (
        _is("result", "good", "赢单"),
        _is("result", "quiet", "输单", "搁置", row=True),
        _is("approval", "soon", "待审批"),
        _is("approval", "overdue", "驳回"),
    ),
    "payments": (
        _begins("status", "overdue", "逾期"),
        _begins("status", "today", "今日到期"),
        _begins("status", "good", "已结清"),
        Highlight("days_overdue", "positive", (), "overdue"),
    ),
    "tickets": (
        _is("status", "quiet", "已关闭", row=True),
        _is("status", "soon", "待处理"),
        _is("status", "good", "已解决"),
        *_PRIORITY,
    ),
    "issues": (
        _is("action", "done", "已修复", "忽略", row=True),
        _is("severity", "overdue", "错误"),
        _is("severity", "soon", "警告"),
        _is("severity", "info", "提示"),
    ),
    "conflicts": (Highlight("decision", "blank", (), "soon"),),
    "duplicates": (Highlight("decision", "blank", (), "soon"),),
    "import_staging": (
        _is("verdict", "overdue", "错误"),
        _is("verdict", "good", "新增"),
        _is("verdict", "info", "更新"),
        _is("verdict", "soon", "重复"),
        _is("verdict", "quiet", "跳过"),
    ),
    "people": (_is("active", "quiet", "否", row=True),),
    "rules": (Highlight("enabled", "blank", (), "quiet", row=True),),
    "dictionary": (Highlight("enabled", "blank", (), "quiet", row=True),),
    "holidays": (_is("type", "good", "放假"), _is("type", "soon", "调休上班")),
    "reminder_log": (_is("result", "overdue", "失败"), _is("result", "good", "已发")),
    "run_log": (_is("result", "overdue", "失败"), _is("result", "soon", "部分"), _is("result", "good", "成功")),
}
# Columns whose number is drawn as a bar in its cell: column → the full bar.
BARS: dict[tuple[str, str], float] = {
    ("customers", "completeness"): 1,
    ("customers", "score"): 100,
    ("targets", "attainment"): 1,
}
