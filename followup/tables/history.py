"""Archive and logs (MODEL 3.20, 3.21, 3.26-3.28, 3.30)."""

from followup.tables.column import Column as C
from followup.tables.column import Owner, Table, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
HISTORY = Table(
    key="history", sheet="历史客户库", id_column="",
    purpose="Archive: 成交 rows are COPIED (customer stays active), 流失 rows are MOVED",
    columns=(
        C("customer_id", "客户编号", Type.TEXT, owner=Owner.STAMPED, help="归档客户的编号", help_en="The customer's number"),
        C("customer_name", "客户名称", Type.TEXT, owner=Owner.STAMPED, help="归档客户的名称", help_en="The customer's name"),
        C("reason", "归档原因", Type.ENUM, owner=Owner.STAMPED, values=("成交", "流失", "合并",), example="流失", help="为什么归档：成交、流失或合并", help_en="Why it was archived: won, lost or merged"),
        C("archived_on", "归档日期", Type.DATE, owner=Owner.STAMPED, help="归档的日期", help_en="When it was archived"),
        C("won_on", "成交时间", Type.DATE, owner=Owner.STAMPED, help="第一次签合同的日期", help_en="When the first contract was signed"),
        C("won_amount", "成交总额", Type.MONEY, owner=Owner.STAMPED, help="成交金额合计", help_en="Total amount of deals won"),
        C("coop_start", "合作开始", Type.DATE, owner=Owner.STAMPED, help="合作开始的日期", help_en="First day of the cooperation"),
        C("coop_end", "合作结束", Type.DATE, owner=Owner.STAMPED, help="合作结束的日期", help_en="Last day of the cooperation"),
        C("coop_days", "合作周期天", Type.INT, owner=Owner.COMPUTED, help="合作了多少天", help_en="Days of cooperation"),
        C("lost_date", "流失日期", Type.DATE, owner=Owner.STAMPED, help="流失的日期", help_en="When the customer was lost"),
        C("lost_reason", "流失原因", Type.TEXT, owner=Owner.STAMPED, help="流失的原因", help_en="Why the customer was lost"),
        C("owner", "负责人", Type.PERSON, owner=Owner.STAMPED, help="归档时的负责人", help_en="The owner at that time"),
        C("first_contact_date", "首次接触时间", Type.DATE, owner=Owner.STAMPED, when="past", help="首次接触的日期", help_en="Day of the first contact"),
        C("channel", "首次接触渠道", Type.TEXT, owner=Owner.STAMPED, help="从哪个渠道来", help_en="The channel"),
        C("industry", "所属行业", Type.TEXT, owner=Owner.STAMPED, help="所属行业", help_en="The industry"),
        C("grade", "等级", Type.TEXT, owner=Owner.STAMPED, help="归档时的等级", help_en="The grade at that time"),
        C("touches", "跟进次数", Type.INT, owner=Owner.STAMPED, help="一共跟进了几次", help_en="Number of follow-ups"),
        C("snapshot", "快照", Type.JSON, owner=Owner.STAMPED, example="{…}", help="归档时整行的内容，恢复时用", help_en="The whole row, for restoring"),
    ),
)

TRANSITIONS = Table(
    key="transitions", sheet="状态变更", id_column="change_id",
    purpose="Append-only log that the metrics read",
    columns=(
        C("change_id", "变更编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每次变化的编号", help_en="The change's own number"),
        C("entity", "对象", Type.ENUM, owner=Owner.STAMPED, values=("客户", "商机", "任务",), help="变的是客户、商机还是任务", help_en="Customer, deal or task"),
        C("entity_id", "对象编号", Type.TEXT, owner=Owner.STAMPED, help="变的是哪一条", help_en="Which one"),
        C("field", "字段", Type.ENUM, owner=Owner.STAMPED, values=("客户状态", "客户等级", "负责人", "阶段", "结果",), example="阶段", help="变的是哪一列", help_en="The column that changed"),
        C("old", "旧值", Type.TEXT, owner=Owner.STAMPED, help="原来的值，第一次记录时为空", help_en="The value before; blank the first time"),
        C("new", "新值", Type.TEXT, owner=Owner.STAMPED, help="现在的值", help_en="The value after"),
        C("occurred_at", "发生时间", Type.DATETIME, owner=Owner.STAMPED, help="发现变化的时间", help_en="When the change was seen"),
        C("by", "操作人", Type.PERSON, owner=Owner.STAMPED, help="谁改的", help_en="Who changed it"),
        C("source", "来源", Type.ENUM, owner=Owner.STAMPED, values=("人工", "规则", "导入", "同步", "转交", "合并",), help="怎么变的：人工、规则、导入、同步等", help_en="How: by hand, rule, import, sync …"),
        C("compliant", "必填合规", Type.YES_NO, owner=Owner.STAMPED, example="是", help="变的那一刻，该填的列是否都填了", help_en="Whether the required columns were filled then"),
    ),
)

CHANGELOG = Table(
    key="changelog", sheet="变更记录", id_column="seq",
    purpose="Cell-level audit: table, id, column, old, new, by, at, host, run id",
    columns=(
        C("seq", "序号", Type.INT, owner=Owner.GENERATED, example="1", help="从小到大的编号", help_en="A rising number"),
        C("at", "时间", Type.DATETIME, owner=Owner.STAMPED, help="什么时候改的", help_en="When it was changed"),
        C("by", "操作人", Type.PERSON, owner=Owner.STAMPED, help="谁改的", help_en="Who changed it"),
        C("host", "端", Type.ENUM, owner=Owner.STAMPED, values=("Excel", "Sheets", "脚本",), help="在哪里改的：Excel、共享表或脚本", help_en="Where: Excel, the shared sheet or a script"),
        C("table", "表", Type.TEXT, owner=Owner.STAMPED, help="哪张表", help_en="The sheet"),
        C("record_id", "记录编号", Type.TEXT, owner=Owner.STAMPED, help="哪一条记录", help_en="The record"),
        C("column", "列", Type.TEXT, owner=Owner.STAMPED, help="哪一列", help_en="The column"),
        C("old", "旧值", Type.TEXT, owner=Owner.STAMPED, help="原来的值", help_en="The value before"),
        C("new", "新值", Type.TEXT, owner=Owner.STAMPED, help="改成的值", help_en="The value after"),
        C("run_id", "运行编号", Type.TEXT, owner=Owner.STAMPED, help="是哪一次运行改的", help_en="The run that changed it"),
    ),
)

REMINDER_LOG = Table(
    key="reminder_log", sheet="提醒日志", id_column="send_id",
    purpose="One row per message; the dedupe key makes sending idempotent",
    columns=(
        C("send_id", "发送编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每封提醒的编号", help_en="The message's own number"),
        C("dedupe_key", "去重键", Type.TEXT, owner=Owner.STAMPED, help="系统用来防止重复发送", help_en="Keeps a message from being sent twice"),
        C("to", "收件人", Type.TEXT, owner=Owner.STAMPED, help="发给谁", help_en="Who received it"),
        C("channel", "渠道", Type.ENUM, owner=Owner.STAMPED, example="邮件", help="用什么发的", help_en="How it was sent"),
        C("planned_at", "计划时间", Type.DATETIME, owner=Owner.STAMPED, help="打算什么时候发", help_en="When it was planned"),
        C("sent_at", "发送时间", Type.DATETIME, owner=Owner.STAMPED, help="实际什么时候发的", help_en="When it was sent"),
        C("result", "结果", Type.ENUM, owner=Owner.STAMPED, values=("待发", "已发", "失败", "跳过",), help="待发、已发、失败或跳过", help_en="Waiting, sent, failed or skipped"),
        C("error", "错误", Type.TEXT, owner=Owner.STAMPED, help="失败时的原因", help_en="Why it failed"),
        C("digest", "摘要", Type.TEXT, owner=Owner.STAMPED, help="提醒里写了什么", help_en="What it said"),
    ),
)

RUN_LOG = Table(
    key="run_log", sheet="运行日志", id_column="run_id",
    purpose="Each run: command, host, counts, errors, backup path, undo token",
    columns=(
        C("run_id", "运行编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每次运行的编号", help_en="The run's own number"),
        C("command", "命令", Type.TEXT, owner=Owner.STAMPED, example="hourly", help="运行了什么命令", help_en="The command"),
        C("host", "端", Type.TEXT, owner=Owner.STAMPED, help="在哪台电脑上运行", help_en="The machine"),
        C("span", "开始/结束", Type.TEXT, owner=Owner.STAMPED, help="什么时候开始、什么时候结束", help_en="Start and end"),
        C("result", "结果", Type.ENUM, owner=Owner.STAMPED, values=("成功", "部分", "失败",), help="成功、部分或失败", help_en="Success, partial or failed"),
        C("counts", "读/写/新增/冲突", Type.TEXT, owner=Owner.STAMPED, help="读、写、新增、冲突各多少", help_en="Read, written, added, conflicts"),
        C("backup", "备份", Type.TEXT, owner=Owner.STAMPED, help="写入前的备份放在哪里", help_en="Where the copy kept before writing lies"),
        C("undo", "可撤销", Type.YES_NO, owner=Owner.STAMPED, help="这次运行还能不能撤销", help_en="Whether this run can still be undone"),
    ),
)

META = Table(
    key="meta", sheet="_元数据", id_column="k",
    purpose="very hidden: schema version, sheet/column map (header text ↔ key ↔ column id), last-sync base snapshot, id salt",
    columns=(
        C("k", "键", Type.TEXT, owner=Owner.STAMPED, help="系统用的名字，不要改", help_en="A name for the system; leave it"),
        C("v", "值", Type.JSON, owner=Owner.STAMPED, help="系统用的值，不要改", help_en="A value for the system; leave it"),
    ),
)

# fmt: on
