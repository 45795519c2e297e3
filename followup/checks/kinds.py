"""The kinds and severities of issues: MODEL 3.22's list first, closed."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """类型 of 问题清单."""

    MISSING = "必填缺失"
    FORMAT = "格式"
    VAGUE_DATE = "含糊日期"
    UNKNOWN_VALUE = "不在字典"
    DUPLICATE_CUSTOMER = "重复客户"
    UNMATCHED = "客户未匹配"
    SEVERAL_OWNERS = "多人负责"
    NO_DUE_DATE = "截止缺失"
    FUTURE = "未来日期"
    VAGUE_TEXT = "含糊表述"
    UNBACKED_STATUS = "状态无佐证"
    HEADER = "表头变化"
    FORMULA = "公式单元格"
    DUPLICATE_ID = "重复编号"
    UNKNOWN_PERSON = "未知人员"
    CONTRADICTION = "前后矛盾"
    LATE_ENTRY = "录入超时"
    OUT_OF_RANGE = "超出范围"
    BAD_SETTING = "设置无效"


ERROR, WARNING, HINT = "错误", "警告", "提示"
