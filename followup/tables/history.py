"""Archive and logs (MODEL 3.20, 3.21, 3.26-3.28, 3.30)."""

from followup.tables.column import Column as C
from followup.tables.column import Owner, Table, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
HISTORY = Table(
    key="history", sheet="历史客户库", id_column="",
    purpose="Archive: 成交 rows are COPIED (customer stays active), 流失 rows are MOVED",
    columns=(
        C("customer_id", "客户编号", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("customer_name", "客户名称", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("reason", "归档原因", Type.ENUM, owner=Owner.STAMPED, values=("成交", "流失", "合并",), example="流失", help="成交/流失/合并"),
        C("archived_on", "归档日期", Type.DATE, owner=Owner.STAMPED, help=""),
        C("won_on", "成交时间", Type.DATE, owner=Owner.STAMPED, help="first 合同签订日期"),
        C("won_amount", "成交总额", Type.MONEY, owner=Owner.STAMPED, help=""),
        C("coop_start", "合作开始", Type.DATE, owner=Owner.STAMPED, help="min(合作开始 or 合同签订日期)"),
        C("coop_end", "合作结束", Type.DATE, owner=Owner.STAMPED, help="max(合作结束) or 流失日期 or blank"),
        C("coop_days", "合作周期天", Type.INT, owner=Owner.COMPUTED, help="合作结束−合作开始; blank if either blank"),
        C("lost_date", "流失日期", Type.DATE, owner=Owner.STAMPED, help=""),
        C("lost_reason", "流失原因", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("owner", "负责人", Type.PERSON, owner=Owner.STAMPED, help="at archive time"),
        C("first_contact_date", "首次接触时间", Type.DATE, owner=Owner.STAMPED, when="past", help=""),
        C("channel", "首次接触渠道", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("industry", "所属行业", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("grade", "等级", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("touches", "跟进次数", Type.INT, owner=Owner.STAMPED, help=""),
        C("snapshot", "快照", Type.JSON, owner=Owner.STAMPED, example="{…}", help="all columns; used by 恢复"),
    ),
)

TRANSITIONS = Table(
    key="transitions", sheet="状态变更", id_column="change_id",
    purpose="Append-only log that the metrics read",
    columns=(
        C("change_id", "变更编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("entity", "对象", Type.ENUM, owner=Owner.STAMPED, values=("客户", "商机", "任务",), help="客户/商机/任务"),
        C("entity_id", "对象编号", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("field", "字段", Type.ENUM, owner=Owner.STAMPED, values=("客户状态", "客户等级", "负责人", "阶段", "结果",), example="阶段", help="客户状态/客户等级/负责人/阶段/结果"),
        C("old", "旧值", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("new", "新值", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("occurred_at", "发生时间", Type.DATETIME, owner=Owner.STAMPED, help="when the macro first saw it; manual back-date allowed by 主管"),
        C("by", "操作人", Type.PERSON, owner=Owner.STAMPED, help=""),
        C("source", "来源", Type.ENUM, owner=Owner.STAMPED, values=("人工", "规则", "导入", "同步", "转交", "合并",), help="人工/规则/导入/同步/转交/合并"),
        C("compliant", "必填合规", Type.YES_NO, owner=Owner.STAMPED, example="是", help="stage-required fields filled at that moment (M13)"),
    ),
)

CHANGELOG = Table(
    key="changelog", sheet="变更记录", id_column="",
    purpose="Cell-level audit: table, id, column, old, new, by, at, host, run id",
    columns=(
        C("at", "时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
        C("by", "操作人", Type.PERSON, owner=Owner.STAMPED, help=""),
        C("host", "端", Type.ENUM, owner=Owner.STAMPED, values=("Excel", "Sheets", "脚本",), help="Excel/Sheets/脚本"),
        C("table", "表", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("record_id", "记录编号", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("column", "列", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("old", "旧值", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("new", "新值", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("run_id", "运行编号", Type.TEXT, owner=Owner.STAMPED, help=""),
    ),
)

REMINDER_LOG = Table(
    key="reminder_log", sheet="提醒日志", id_column="send_id",
    purpose="One row per message; the dedupe key makes sending idempotent",
    columns=(
        C("send_id", "发送编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("dedupe_key", "去重键", Type.TEXT, owner=Owner.STAMPED, help="rule|object|recipient|period"),
        C("to", "收件人", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("channel", "渠道", Type.ENUM, owner=Owner.STAMPED, example="邮件", help=""),
        C("planned_at", "计划时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
        C("sent_at", "发送时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
        C("result", "结果", Type.ENUM, owner=Owner.STAMPED, values=("待发", "已发", "失败", "跳过",), help="待发/已发/失败/跳过(免打扰/静默时段/演练)"),
        C("error", "错误", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("digest", "摘要", Type.TEXT, owner=Owner.STAMPED, help=""),
    ),
)

RUN_LOG = Table(
    key="run_log", sheet="运行日志", id_column="run_id",
    purpose="Each run: command, host, counts, errors, backup path, undo token",
    columns=(
        C("run_id", "运行编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("command", "命令", Type.TEXT, owner=Owner.STAMPED, example="hourly", help=""),
        C("host", "端", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("span", "开始/结束", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("result", "结果", Type.ENUM, owner=Owner.STAMPED, values=("成功", "部分", "失败",), help="成功/部分/失败"),
        C("counts", "读/写/新增/冲突", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("backup", "备份", Type.TEXT, owner=Owner.STAMPED, help="path of the pre-write copy"),
        C("undo", "可撤销", Type.YES_NO, owner=Owner.STAMPED, help=""),
    ),
)

META = Table(
    key="meta", sheet="_元数据", id_column="k",
    purpose="very hidden: schema version, sheet/column map (header text ↔ key ↔ column id), last-sync base snapshot, id salt",
    columns=(
        C("k", "键", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("v", "值", Type.JSON, owner=Owner.STAMPED, help=""),
    ),
)

# fmt: on
