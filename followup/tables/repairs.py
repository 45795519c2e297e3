"""Sheets where a person settles what the tool found (MODEL 3.22-3.25, 3.29)."""

from followup.tables.column import Column as C
from followup.tables.column import Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
ISSUES = Table(
    key="issues", sheet="问题清单", id_column="issue_id",
    purpose="Everything the validator found",
    columns=(
        C("issue_id", "问题编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每个问题的编号", help_en="The issue's own number"),
        C("table", "表", Type.TEXT, owner=Owner.STAMPED, help="问题在哪张表", help_en="The sheet with the issue"),
        C("cell", "位置", Type.TEXT, owner=Owner.COMPUTED, example="客户基础信息!I7", help="在哪一格", help_en="The cell with the issue"),
        C("record_id", "记录编号", Type.TEXT, owner=Owner.STAMPED, help="是哪一条记录", help_en="The record with the issue"),
        C("column", "列", Type.TEXT, owner=Owner.STAMPED, example="首次接触时间", help="是哪一列", help_en="The column with the issue"),
        C("raw", "原值", Type.TEXT, owner=Owner.STAMPED, example="5.1", help="现在写的是什么", help_en="What stands there now"),
        C("kind", "类型", Type.ENUM, owner=Owner.STAMPED, values=("必填缺失", "格式", "含糊日期", "不在字典", "重复客户", "客户未匹配", "多人负责", "截止缺失", "未来日期", "含糊表述", "状态无佐证", "表头变化", "公式单元格", "重复编号", "未知人员", "前后矛盾", "录入超时", "超出范围", "设置无效",), help="是哪一类问题", help_en="The kind of issue"),
        C("severity", "严重", Type.ENUM, owner=Owner.STAMPED, values=("错误", "警告", "提示",), example="错误", help="错误要改，警告请核对，提示供参考", help_en="Error: mend it; warning: look at it; hint: for information"),
        C("suggestion", "建议值", Type.TEXT, owner=Owner.STAMPED, help="系统建议改成什么", help_en="What the system suggests"),
        C("action", "处理", Type.ENUM, values=("待处理", "采纳", "忽略", "已修复",), example="采纳", help="同意建议选“采纳”，确认没问题选“忽略”", help_en="采纳 takes the suggestion, 忽略 keeps the value"),
        C("by", "处理人", Type.PERSON, owner=Owner.STAMPED, help="谁处理的", help_en="Who settled it"),
        C("first_seen", "首次发现", Type.DATETIME, owner=Owner.STAMPED, help="第一次发现的时间", help_en="When it was first found"),
        C("last_seen", "最近发现", Type.DATETIME, owner=Owner.COMPUTED, help="最近一次还在的时间", help_en="When it was last seen"),
    ),
)

CONFLICTS = Table(
    key="conflicts", sheet="冲突清单", id_column="conflict_id",
    purpose="Field-level sync conflicts",
    columns=(
        C("conflict_id", "冲突编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每个冲突的编号", help_en="The conflict's own number"),
        C("table", "表", Type.TEXT, owner=Owner.STAMPED, help="冲突在哪张表", help_en="The sheet"),
        C("record_id", "记录编号", Type.TEXT, owner=Owner.STAMPED, help="是哪一条记录", help_en="The record"),
        C("column", "列", Type.TEXT, owner=Owner.STAMPED, help="是哪一列", help_en="The column"),
        C("base", "基准值", Type.TEXT, owner=Owner.STAMPED, help="两边改之前的值", help_en="The value before both changed it"),
        C("excel_value", "Excel值", Type.TEXT, owner=Owner.STAMPED, help="Excel 里改成了什么", help_en="What Excel has"),
        C("excel_meta", "Excel时间/人", Type.TEXT, owner=Owner.STAMPED, help="Excel 里什么时候、谁改的", help_en="When and by whom in Excel"),
        C("sheets_value", "Sheets值", Type.TEXT, owner=Owner.STAMPED, help="共享表里改成了什么", help_en="What the shared sheet has"),
        C("sheets_meta", "Sheets时间/人", Type.TEXT, owner=Owner.STAMPED, help="共享表里什么时候、谁改的", help_en="When and by whom in the shared sheet"),
        C("decision", "处理", Type.ENUM, values=("保留现值", "用Excel", "用Google", "自定义",), help="用哪一边的值，或自己写", help_en="Which value to keep, or your own"),
        C("custom", "自定义值", Type.TEXT, tier=Tier.OPTIONAL, need=Need.CONDITIONAL, help="选“自定义”时写在这里", help_en="Your own value, with 自定义"),
        C("resolved", "处理人/时间", Type.TEXT, owner=Owner.STAMPED, help="谁在什么时候处理的", help_en="Who settled it, and when"),
    ),
)

DUPLICATES = Table(
    key="duplicates", sheet="重复候选", id_column="group",
    purpose="Duplicate candidates and merge decisions",
    columns=(
        C("group", "组号", Type.TEXT, owner=Owner.GENERATED, help="系统给每组疑似重复的编号", help_en="The pair's own number"),
        C("a", "客户编号A", Type.TEXT, owner=Owner.STAMPED, help="第一个客户", help_en="The first customer"),
        C("b", "客户编号B", Type.TEXT, owner=Owner.STAMPED, help="第二个客户", help_en="The second customer"),
        C("evidence", "匹配依据", Type.TEXT, owner=Owner.STAMPED, help="凭什么觉得重复：名称、手机、邮箱一样或很像", help_en="Why they look alike: name, phone, mail"),
        C("similarity", "相似度", Type.NUMBER, owner=Owner.COMPUTED, help="名称有多像，100 是完全一样", help_en="How alike the names are; 100 is equal"),
        C("diff", "差异列", Type.TEXT, owner=Owner.COMPUTED, help="两边哪些列不一样", help_en="Columns that differ"),
        C("decision", "处理", Type.ENUM, values=("合并保留A", "合并保留B", "不是重复",), help="合并时留哪一个，或者不是重复", help_en="Which one to keep, or not a duplicate"),
        C("resolved", "处理人/时间", Type.TEXT, owner=Owner.STAMPED, help="谁在什么时候处理的", help_en="Who settled it, and when"),
    ),
)

RECYCLE_BIN = Table(
    key="recycle_bin", sheet="回收站", id_column="del_id",
    purpose="Deleted rows, restorable",
    columns=(
        C("del_id", "删除编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每次删除的编号", help_en="The deletion's own number"),
        C("at", "删除时间", Type.DATETIME, owner=Owner.STAMPED, help="什么时候删的", help_en="When it was deleted"),
        C("by", "删除人", Type.PERSON, owner=Owner.STAMPED, help="谁删的", help_en="Who deleted it"),
        C("origin", "来源", Type.ENUM, owner=Owner.STAMPED, values=("按钮", "行消失(Excel)", "行消失(Sheets)", "合并",), help="怎么删的：按按钮，或行不见了", help_en="How: by button, or the row vanished"),
        C("table", "表", Type.TEXT, owner=Owner.STAMPED, help="从哪张表删的", help_en="The sheet it was in"),
        C("record_id", "记录编号", Type.TEXT, owner=Owner.STAMPED, help="原来的编号", help_en="Its number"),
        C("row", "整行", Type.JSON, owner=Owner.STAMPED, help="原来整行的内容，恢复时用", help_en="The whole row, for restoring"),
        C("restore", "恢复", Type.FLAG, help="想恢复就选“是”，下次运行时放回去", help_en="是 puts the row back in the next run"),
    ),
)

IMPORT_STAGING = Table(
    key="import_staging", sheet="导入暂存", id_column="",
    purpose="Preview of an import: mapped values, verdict per row, batch undo",
    columns=(
        C("batch", "批次", Type.TEXT, owner=Owner.GENERATED, help="哪一次导入", help_en="Which import"),
        C("origin", "来源文件/表/行", Type.TEXT, owner=Owner.STAMPED, help="来自哪个文件、哪张表、第几行", help_en="File, sheet and row it comes from"),
        C("verdict", "判定", Type.ENUM, owner=Owner.COMPUTED, values=("新增", "更新", "重复", "错误", "跳过",), help="系统打算怎么处理这一行", help_en="What the system will do with this row"),
        C("target_id", "目标编号", Type.TEXT, owner=Owner.COMPUTED, help="更新或重复时对应的记录", help_en="The record it updates or repeats"),
        C("mapped", "映射后各列", Type.JSON, owner=Owner.COMPUTED, help="对应到各列的内容", help_en="The values, column by column"),
        C("issues", "问题", Type.TEXT, owner=Owner.COMPUTED, help="这一行有什么问题", help_en="What is wrong with this row"),
        C("ok", "确认", Type.FLAG, help="没问题就选“是”再导入", help_en="是 to import it"),
    ),
)

# fmt: on
