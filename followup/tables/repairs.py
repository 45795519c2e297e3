"""Sheets where a person settles what the tool found (MODEL 3.22-3.25, 3.29)."""

from followup.tables.column import Column as C
from followup.tables.column import Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
ISSUES = Table(
    key="issues", sheet="问题清单", id_column="issue_id",
    purpose="Everything the validator found",
    columns=(
        C("issue_id", "问题编号", Type.TEXT, owner=Owner.GENERATED, help="hash(table,id,column,type)"),
        C("table", "表", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("cell", "位置", Type.TEXT, owner=Owner.COMPUTED, example="客户基础信息!I7", help="hyperlink, display only"),
        C("record_id", "记录编号", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("column", "列", Type.TEXT, owner=Owner.STAMPED, example="首次接触时间", help=""),
        C("raw", "原值", Type.TEXT, owner=Owner.STAMPED, example="5.1", help="shown as text, formulas neutralised"),
        C("kind", "类型", Type.ENUM, owner=Owner.STAMPED, values=("必填缺失", "格式", "含糊日期", "不在字典", "重复客户", "客户未匹配", "多人负责", "截止缺失", "未来日期", "含糊表述", "状态无佐证", "表头变化", "公式单元格", "…",), help="必填缺失/格式/含糊日期/不在字典/重复客户/客户未匹配/多人负责/截止缺失/未来日期/含糊表述/状态无佐证/表头变化/公式单元格/…"),
        C("severity", "严重", Type.ENUM, owner=Owner.STAMPED, values=("错误", "警告", "提示",), example="错误", help="错误/警告/提示"),
        C("suggestion", "建议值", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("action", "处理", Type.ENUM, values=("待处理", "采纳", "忽略", "已修复",), example="采纳", help="待处理/采纳/忽略/已修复"),
        C("by", "处理人", Type.PERSON, owner=Owner.STAMPED, help=""),
        C("first_seen", "首次发现", Type.DATETIME, owner=Owner.STAMPED, help=""),
        C("last_seen", "最近发现", Type.DATETIME, owner=Owner.COMPUTED, help="cleared rows are closed, not deleted"),
    ),
)

CONFLICTS = Table(
    key="conflicts", sheet="冲突清单", id_column="conflict_id",
    purpose="Field-level sync conflicts",
    columns=(
        C("conflict_id", "冲突编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("table", "表", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("record_id", "记录编号", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("column", "列", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("base", "基准值", Type.TEXT, owner=Owner.STAMPED, help="value at last successful sync"),
        C("excel_value", "Excel值", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("excel_meta", "Excel时间/人", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("sheets_value", "Sheets值", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("sheets_meta", "Sheets时间/人", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("decision", "处理", Type.ENUM, values=("用Excel", "用Sheets", "自定义",), help="用Excel/用Sheets/自定义"),
        C("custom", "自定义值", Type.TEXT, tier=Tier.OPTIONAL, need=Need.CONDITIONAL, help=""),
        C("resolved", "处理人/时间", Type.TEXT, owner=Owner.STAMPED, help=""),
    ),
)

DUPLICATES = Table(
    key="duplicates", sheet="重复候选", id_column="group",
    purpose="Duplicate candidates and merge decisions",
    columns=(
        C("group", "组号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("a", "客户编号A", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("b", "客户编号B", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("evidence", "匹配依据", Type.TEXT, owner=Owner.STAMPED, help="名称完全一致/手机一致/邮箱一致/候选键一致/相似度"),
        C("similarity", "相似度", Type.NUMBER, owner=Owner.COMPUTED, help=""),
        C("diff", "差异列", Type.TEXT, owner=Owner.COMPUTED, help=""),
        C("decision", "处理", Type.ENUM, values=("合并保留A", "合并保留B", "不是重复",), help="合并保留A/合并保留B/不是重复"),
        C("resolved", "处理人/时间", Type.TEXT, owner=Owner.STAMPED, help=""),
    ),
)

RECYCLE_BIN = Table(
    key="recycle_bin", sheet="回收站", id_column="del_id",
    purpose="Deleted rows, restorable",
    columns=(
        C("del_id", "删除编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("at", "删除时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
        C("by", "删除人", Type.PERSON, owner=Owner.STAMPED, help=""),
        C("origin", "来源", Type.ENUM, owner=Owner.STAMPED, values=("按钮", "行消失",), help="按钮/行消失(Excel)/行消失(Sheets)/合并"),
        C("table", "表", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("record_id", "记录编号", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("row", "整行", Type.JSON, owner=Owner.STAMPED, help=""),
        C("restore", "恢复", Type.FLAG, help="tick → restored on next run"),
    ),
)

IMPORT_STAGING = Table(
    key="import_staging", sheet="导入暂存", id_column="",
    purpose="Preview of an import: mapped values, verdict per row, batch undo",
    columns=(
        C("batch", "批次", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("origin", "来源文件/表/行", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("verdict", "判定", Type.ENUM, owner=Owner.COMPUTED, values=("新增", "更新", "重复", "错误", "跳过",), help="新增/更新/重复/错误/跳过"),
        C("target_id", "目标编号", Type.TEXT, owner=Owner.COMPUTED, help=""),
        C("mapped", "映射后各列", Type.JSON, owner=Owner.COMPUTED, help=""),
        C("issues", "问题", Type.TEXT, owner=Owner.COMPUTED, help=""),
        C("ok", "确认", Type.FLAG, help=""),
    ),
)

# fmt: on
