"""Follow-ups and the tasks they make (MODEL 3.2, 3.6)."""

from followup.tables.column import Column as C
from followup.tables.column import Merge, Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
FOLLOWUPS = Table(
    key="followups", sheet="跟进记录", id_column="followup_id",
    purpose="Table 2 (nine printed fields contiguous and in order, B–J) with the link column in A",
    columns=(
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, example="科技有限公司", help="must resolve to exactly one customer by 客户编号, else name_key; else issue 客户未匹配"),
        C("followup_date", "跟进日期", Type.DATE, tier=Tier.PRINTED, need=Need.ALWAYS, when="past", example="2024-05-05", help="YYYY-MM-DD; ≤ today"),
        C("method", "跟进方式", Type.ENUM, tier=Tier.PRINTED, need=Need.ALWAYS, values=("电话", "拜访", "邮件", "会议", "现场", "微信",), example="电话", help="电话/拜访/邮件/会议/现场/微信 (+ dictionary); aliases 面谈,线下拜访→拜访; 来电,去电→电话"),
        C("followed_by", "跟进人", Type.PERSON, tier=Tier.PRINTED, need=Need.ALWAYS, example="*专员", help="人员; * allowed in samples"),
        C("summary", "沟通内容摘要", Type.TEXT, tier=Tier.PRINTED, need=Need.ALWAYS, merge=Merge.LINES, example="介绍公司供应链解决方案,初步知晓客户成本控制需求", help="vagueness check K25"),
        C("feedback", "客户反馈/需求变化", Type.TEXT, tier=Tier.PRINTED, need=Need.ALWAYS, merge=Merge.LINES, example="“需要方案对比数据,下周前提供”", help="vagueness check K25; 无反馈 accepted"),
        C("next_action", "下一步行动", Type.TEXT, tier=Tier.PRINTED, need=Need.CONDITIONAL, example="准备竞品分析报告", help="required unless 客户状态∈{成交客户,流失客户}"),
        C("action_owner", "负责人", Type.PERSON, tier=Tier.PRINTED, need=Need.CONDITIONAL, example="*助理", help="required iff 下一步行动; exactly one (several → warning 多人负责)"),
        C("action_due", "截止时间", Type.DATE_TIME, tier=Tier.PRINTED, need=Need.CONDITIONAL, when="future", example="2024-05-10", help="required iff 下一步行动; ≥ 跟进日期"),
        C("priority", "优先级", Type.ENUM, tier=Tier.PRINTED, need=Need.CONDITIONAL, values=("高", "中", "低",), example="高", help="高/中/低; blank → issue, computed as 中"),
        C("followup_id", "跟进编号", Type.TEXT, owner=Owner.GENERATED, example="F3XQ8M2K1", help="`F`+8 base-32"),
        C("customer_id", "客户编号", Type.TEXT, owner=Owner.STAMPED, example="C7K2M9Q", help="resolved link (written by the macro)"),
        C("deal_id", "商机编号", Type.LINK, tier=Tier.OPTIONAL, example="D4T8…", help="商机.商机编号 of the same customer"),
        C("outcome", "互动结果", Type.ENUM, tier=Tier.OPTIONAL, values=("已沟通", "未接通", "无回复", "自动发送",), example="已沟通", help="已沟通/未接通/无回复/自动发送; blank = 已沟通"),
        C("is_deep", "深度沟通", Type.FLAG, tier=Tier.OPTIONAL, help="blank → K24 by method"),
        C("started_at", "沟通开始时间", Type.DATETIME, tier=Tier.OPTIONAL, example="2024-06-10 14:00", help="exact"),
        C("ended_at", "沟通结束时间", Type.DATETIME, tier=Tier.OPTIONAL, example="2024-06-10 16:00", help="exact; ≥ 开始; for the 2 h rule"),
        C("commitments", "承诺事项", Type.TEXT, tier=Tier.OPTIONAL, example="下周提供试用账号", help="(002 step 2)"),
        C("concerns", "客户关注点", Type.TEXT, tier=Tier.OPTIONAL, example="成本优化率≥25%", help="(000 FAQ2)"),
        C("expected_reply", "预计反馈时间", Type.DATE, tier=Tier.OPTIONAL, when="future", example="2024-05-20", help="≥ 跟进日期; creates a task (R08)"),
        C("attachments", "附件", Type.TEXT, tier=Tier.OPTIONAL, help="附件编号 or URL"),
        C("created_at", "录入时间", Type.DATETIME, owner=Owner.STAMPED, example="2024-05-05 11:20:00", help="stamped"),
        C("created_by", "录入人", Type.PERSON, owner=Owner.STAMPED, example="*专员", help="never replaced by the importing user"),
        C("source", "录入来源", Type.ENUM, owner=Owner.STAMPED, values=("录入", "导入", "表单", "同步",), example="录入", help="录入/导入/表单/同步"),
        C("entry_on_time", "录入是否及时", Type.YES_NO, owner=Owner.COMPUTED, example="是", help="K23"),
        C("action_status", "行动状态", Type.ENUM, owner=Owner.COMPUTED, example="已完成", help="mirror of 待办任务: 未完成/已完成/已取消/逾期"),
        C("quality_hint", "摘要质量提示", Type.TEXT, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="K25"),
        C("updated_at", "更新时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
    ),
)

TASKS = Table(
    key="tasks", sheet="待办任务", id_column="task_id",
    purpose="To-dos from Table 2, from rules, and manual",
    columns=(
        C("task_id", "任务编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("type", "类型", Type.ENUM, need=Need.ALWAYS, values=("下一步行动", "跟进任务", "首次联系", "沉默激活", "待客户反馈", "回款提醒", "生日祝福", "纪念日祝福", "资料补全", "续约", "自定义",), example="下一步行动", help="下一步行动/跟进任务/首次联系/沉默激活/待客户反馈/回款提醒/生日祝福/纪念日祝福/资料补全/续约/自定义"),
        C("rule_id", "来源规则", Type.TEXT, owner=Owner.STAMPED, example="R02", help="R01… or blank"),
        C("dedupe_key", "去重键", Type.TEXT, owner=Owner.STAMPED, example="R02|C7K2M9Q|2024-06-04", help="unique; see rules"),
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, help=""),
        C("customer_id", "客户编号", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("source_id", "来源记录", Type.TEXT, owner=Owner.STAMPED, help="跟进编号 / 商机编号 / 回款编号"),
        C("content", "内容", Type.TEXT, need=Need.ALWAYS, example="准备竞品分析报告", help=""),
        C("owner", "负责人", Type.PERSON, need=Need.ALWAYS, help=""),
        C("assigned_by", "派单人", Type.PERSON, tier=Tier.OPTIONAL, example="王强", help=""),
        C("created_at", "创建时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
        C("due_date", "截止日期", Type.DATE, need=Need.ALWAYS, when="future", example="2024-05-10", help="follows Table 2 while open"),
        C("priority", "优先级", Type.ENUM, need=Need.ALWAYS, values=("高", "中", "低",), example="高", help="高/中/低"),
        C("important", "重要", Type.FLAG, example="是", help="blank → 是 iff 优先级=高"),
        C("status", "状态", Type.ENUM, need=Need.ALWAYS, values=("未开始", "进行中", "已完成", "已取消",), example="未开始", help="未开始/进行中/已完成/已取消"),
        C("done_at", "完成时间", Type.DATETIME, owner=Owner.STAMPED, need=Need.CONDITIONAL, help="stamped when 状态→已完成"),
        C("result_note", "完成结果", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("snooze_until", "暂缓至", Type.DATE, tier=Tier.OPTIONAL, when="future", help=""),
        C("reminded_at", "系统提醒时间", Type.DATETIME, owner=Owner.STAMPED, help="last successful send"),
        C("reminder_count", "提醒次数", Type.INT, owner=Owner.COMPUTED, example="1", help="from 提醒日志"),
        C("verbal_by", "口头确认人", Type.PERSON, example="王强", help="for 重要=是"),
        C("verbal_at", "口头确认时间", Type.DATETIME, help=""),
        C("double_done", "双重提醒完成", Type.FLAG, owner=Owner.COMPUTED, help="是 iff 重要=是 and 系统提醒时间 and 口头确认时间 non-blank"),
        C("days_overdue", "逾期天数", Type.INT, owner=Owner.COMPUTED, example="0", help="max(0,today−截止日期) if open"),
    ),
)

# fmt: on
