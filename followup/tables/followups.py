"""Follow-ups and the tasks they make (MODEL 3.2, 3.6)."""

from followup.tables.column import Column as C
from followup.tables.column import Merge, Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
FOLLOWUPS = Table(
    key="followups", sheet="跟进记录", id_column="followup_id", aliases=("跟进", "跟进表", "跟进记录表", "跟进明细", "沟通记录", "拜访记录", "联系记录", "跟进日志", "客户跟进记录", "客户跟进记录表", "跟进情况", "Followups", "Follow-ups", "Followup",),
    purpose="Table 2 (nine printed fields contiguous and in order, B–J) with the link column in A",
    columns=(
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, aliases=("客户", "公司名称", "公司", "单位名称", "单位全称", "客户全称", "企业名称", "Customer", "CustomerName", "Company",), example="科技有限公司", help="哪个客户，写法和「客户基础信息」一致；重名时写客户编号", help_en="The customer, written as in 客户基础信息; the number where names repeat"),
        C("followup_date", "跟进日期", Type.DATE, tier=Tier.PRINTED, need=Need.ALWAYS, when="past", aliases=("日期", "时间", "跟进时间", "沟通日期", "沟通时间", "拜访日期", "联系日期", "联系时间", "记录日期", "Date", "FollowupDate",), example="2024-05-05", help="沟通当天的日期", help_en="The day of the conversation"),
        C("method", "跟进方式", Type.ENUM, tier=Tier.PRINTED, need=Need.ALWAYS, values=("电话", "拜访", "邮件", "会议", "现场", "微信",), aliases=("方式", "沟通方式", "联系方式", "跟进形式", "跟进类型", "Method", "Channel",), example="电话", help="怎么沟通的：电话、拜访、邮件、会议、现场、微信", help_en="How: phone, visit, mail, meeting, on site, WeChat"),
        C("followed_by", "跟进人", Type.PERSON, tier=Tier.PRINTED, need=Need.ALWAYS, aliases=("销售", "业务员", "记录人", "跟进人员", "客户经理", "跟进销售", "拜访人", "FollowedBy", "Sales",), example="*专员", help="谁去沟通的", help_en="Who talked to the customer"),
        C("summary", "沟通内容摘要", Type.TEXT, tier=Tier.PRINTED, need=Need.ALWAYS, merge=Merge.LINES, aliases=("跟进内容", "沟通内容", "内容", "跟进情况", "跟进记录", "沟通记录", "摘要", "内容摘要", "沟通摘要", "跟进详情", "Summary", "Content",), example="介绍公司供应链解决方案,初步知晓客户成本控制需求", help="说了什么、做到哪一步，写具体，不要只写“有兴趣”", help_en="What was said and reached; be concrete"),
        C("feedback", "客户反馈/需求变化", Type.TEXT, tier=Tier.PRINTED, need=Need.ALWAYS, merge=Merge.LINES, aliases=("客户反馈", "反馈", "需求变化", "客户反馈及需求变化", "客户意见", "Feedback",), example="“需要方案对比数据,下周前提供”", help="客户怎么说、需求有什么变化；没有就写“无反馈”", help_en="What the customer said, what changed; 无反馈 if nothing"),
        C("next_action", "下一步行动", Type.TEXT, tier=Tier.PRINTED, need=Need.CONDITIONAL, aliases=("下一步", "下次跟进内容", "下一步计划", "后续计划", "下步计划", "行动计划", "下一步工作", "NextAction", "NextStep",), example="准备竞品分析报告", help="接下来要做什么，系统会自动生成待办", help_en="What to do next; it becomes a task"),
        C("action_owner", "负责人", Type.PERSON, tier=Tier.PRINTED, need=Need.CONDITIONAL, aliases=("责任人", "行动负责人", "执行人", "Owner",), example="*助理", help="下一步由谁做，只写一位", help_en="The one person who does the next action"),
        C("action_due", "截止时间", Type.DATE_TIME, tier=Tier.PRINTED, need=Need.CONDITIONAL, when="future", aliases=("下次跟进", "下次跟进时间", "下次跟进日期", "截止日期", "完成时间", "计划完成时间", "期限", "到期日", "下次联系时间", "DueDate", "Due", "Deadline",), example="2024-05-10", help="下一步最晚什么时候做完，可带钟点", help_en="When the next action is due, with a time if you like"),
        C("priority", "优先级", Type.ENUM, tier=Tier.PRINTED, need=Need.CONDITIONAL, values=("高", "中", "低",), aliases=("紧急程度", "重要程度", "优先", "Priority",), example="高", help="高、中、低，不填按“中”", help_en="High, medium or low; blank counts as 中"),
        C("followup_id", "跟进编号", Type.TEXT, owner=Owner.GENERATED, aliases=("编号", "记录编号", "序列号",), example="F-3XQ8M2K-T", help="系统给每条跟进的唯一编号", help_en="The follow-up's own number"),
        C("customer_id", "客户编号", Type.TEXT, owner=Owner.STAMPED, aliases=("客户ID",), example="C-7K2M9QA-Z", help="系统按客户名称找到的编号", help_en="The number found by the customer's name"),
        C("deal_id", "商机编号", Type.LINK, tier=Tier.OPTIONAL, aliases=("商机",), example="D-4T8N2WX-2", help="这次沟通属于哪个商机", help_en="The deal this talk belongs to"),
        C("outcome", "互动结果", Type.ENUM, tier=Tier.OPTIONAL, values=("已沟通", "未接通", "无回复", "自动发送",), aliases=("沟通结果", "跟进结果", "Outcome", "Result",), example="已沟通", help="是否真正联系上；不填按“已沟通”", help_en="Whether the customer was reached; blank means 已沟通"),
        C("is_deep", "深度沟通", Type.FLAG, tier=Tier.OPTIONAL, aliases=("是否深度沟通",), help="是否深入谈了需求；不填按跟进方式判断", help_en="Whether needs were really discussed; blank is judged by the method"),
        C("started_at", "沟通开始时间", Type.DATETIME, tier=Tier.OPTIONAL, aliases=("开始时间",), when="past", example="2024-06-10 14:00", help="沟通开始的准确时间", help_en="Exact start"),
        C("ended_at", "沟通结束时间", Type.DATETIME, tier=Tier.OPTIONAL, aliases=("结束时间",), when="past", example="2024-06-10 16:00", help="沟通结束的准确时间，用来判断 2 小时内是否录入", help_en="Exact end, for the 2-hour limit"),
        C("commitments", "承诺事项", Type.TEXT, tier=Tier.OPTIONAL, aliases=("承诺",), example="下周提供试用账号", help="我们答应了客户什么", help_en="What we promised"),
        C("concerns", "客户关注点", Type.TEXT, tier=Tier.OPTIONAL, aliases=("关注点",), example="成本优化率≥25%", help="客户最关心什么", help_en="What the customer cares about"),
        C("expected_reply", "预计反馈时间", Type.DATE, tier=Tier.OPTIONAL, when="future", aliases=("预计回复时间", "预计反馈日期",), example="2024-05-20", help="客户说哪天答复，到期会提醒", help_en="When the customer will answer; you are reminded"),
        C("attachments", "附件", Type.TEXT, tier=Tier.OPTIONAL, aliases=("附件链接",), help="附件编号或链接", help_en="Attachment number or link"),
        C("created_at", "录入时间", Type.DATETIME, owner=Owner.STAMPED, example="2024-05-05 11:20:00", help="系统第一次看到这一行的时间", help_en="When the system first saw this row"),
        C("created_by", "录入人", Type.PERSON, owner=Owner.STAMPED, example="*专员", help="谁录入的", help_en="Who recorded it"),
        C("source", "录入来源", Type.ENUM, owner=Owner.STAMPED, values=("录入", "导入", "表单", "同步",), example="录入", help="这一行是怎么来的：录入、导入、表单或同步", help_en="How this row came: typed, imported, by form or by sync"),
        C("entry_on_time", "录入是否及时", Type.YES_NO, owner=Owner.COMPUTED, example="是", help="沟通结束后 2 小时内录入为“是”", help_en="是 when recorded within 2 hours after the talk"),
        C("action_status", "行动状态", Type.ENUM, owner=Owner.COMPUTED, example="已完成", help="下一步行动的进展：未完成、已完成、已取消或逾期", help_en="State of the next action: open, done, cancelled or overdue"),
        C("quality_hint", "摘要质量提示", Type.TEXT, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="摘要太短或太笼统时显示“含糊”", help_en="含糊 when the summary is too short or vague"),
        C("updated_at", "更新时间", Type.DATETIME, owner=Owner.STAMPED, help="最近一次修改的时间", help_en="When it was last changed"),
    ),
)

TASKS = Table(
    key="tasks", sheet="待办任务", id_column="task_id", aliases=("任务", "待办", "任务表", "待办事项", "任务清单", "Tasks",),
    purpose="To-dos from Table 2, from rules, and manual",
    columns=(
        C("task_id", "任务编号", Type.TEXT, owner=Owner.GENERATED, aliases=("任务ID", "编号",), help="系统给每个待办的唯一编号", help_en="The task's own number"),
        C("type", "类型", Type.ENUM, need=Need.ALWAYS, values=("下一步行动", "跟进任务", "首次联系", "沉默激活", "待客户反馈", "回款提醒", "生日祝福", "纪念日祝福", "资料补全", "续约", "自定义",), aliases=("任务类型",), example="下一步行动", help="待办是哪一类，自己加的选“自定义”", help_en="The kind of task; 自定义 for your own"),
        C("rule_id", "来源规则", Type.TEXT, owner=Owner.STAMPED, example="R02", help="由哪条规则生成，自己加的为空", help_en="The rule that made it; blank for your own"),
        C("dedupe_key", "去重键", Type.TEXT, owner=Owner.STAMPED, example="R02|C-7K2M9QA-Z|2024-06-04", help="系统用来防止重复生成，不要改", help_en="Keeps tasks from being made twice; leave it"),
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, aliases=("客户", "公司名称",), help="为哪个客户，写法和「客户基础信息」一致", help_en="The customer, written as in 客户基础信息"),
        C("customer_id", "客户编号", Type.TEXT, owner=Owner.STAMPED, aliases=("客户ID",), help="系统按客户名称找到的编号", help_en="The number found by the customer's name"),
        C("source_id", "来源记录", Type.TEXT, owner=Owner.STAMPED, help="从哪条跟进、商机或回款来", help_en="The follow-up, deal or instalment it comes from"),
        C("content", "内容", Type.TEXT, need=Need.ALWAYS, aliases=("任务内容", "任务", "事项", "待办内容", "Content",), example="准备竞品分析报告", help="要做什么", help_en="What to do"),
        C("owner", "负责人", Type.PERSON, need=Need.ALWAYS, aliases=("责任人", "执行人", "Owner",), help="谁来做，只写一位", help_en="The one person who does it"),
        C("assigned_by", "派单人", Type.PERSON, tier=Tier.OPTIONAL, aliases=("分派人", "指派人",), example="王强", help="谁派的任务", help_en="Who gave the task"),
        C("created_at", "创建时间", Type.DATETIME, owner=Owner.STAMPED, help="待办生成的时间", help_en="When the task was made"),
        C("due_date", "截止日期", Type.DATE, need=Need.ALWAYS, when="future", aliases=("截止时间", "到期日", "期限", "完成期限", "Due", "DueDate",), example="2024-05-10", help="最晚哪天完成", help_en="Latest day to finish it"),
        C("priority", "优先级", Type.ENUM, need=Need.ALWAYS, values=("高", "中", "低",), aliases=("优先", "Priority",), example="高", help="高、中、低", help_en="High, medium or low"),
        C("important", "重要", Type.FLAG, aliases=("是否重要",), example="是", help="重要的事选“是”，会双重提醒；不填时优先级“高”算重要", help_en="是 means double reminders; blank counts priority 高 as important"),
        C("status", "状态", Type.ENUM, need=Need.ALWAYS, values=("未开始", "进行中", "已完成", "已取消",), aliases=("任务状态", "完成状态", "Status",), example="未开始", help="未开始、进行中、已完成或已取消", help_en="Not started, in progress, done or cancelled"),
        C("done_at", "完成时间", Type.DATETIME, owner=Owner.STAMPED, need=Need.CONDITIONAL, help="状态改成“已完成”的时间", help_en="When the status became 已完成"),
        C("result_note", "完成结果", Type.TEXT, tier=Tier.OPTIONAL, aliases=("结果", "完成情况",), help="完成得怎么样", help_en="How it went"),
        C("snooze_until", "暂缓至", Type.DATE, tier=Tier.OPTIONAL, when="future", aliases=("延后至",), help="这一天之前先不提醒", help_en="No reminders before this day"),
        C("reminded_at", "系统提醒时间", Type.DATETIME, owner=Owner.STAMPED, help="系统最近一次提醒的时间", help_en="When the system last reminded"),
        C("reminder_count", "提醒次数", Type.INT, owner=Owner.COMPUTED, example="1", help="系统提醒过几次", help_en="How often the system reminded"),
        C("verbal_by", "口头确认人", Type.PERSON, aliases=("确认人",), example="王强", help="重要的事由谁口头确认过", help_en="Who confirmed an important task in person"),
        C("verbal_at", "口头确认时间", Type.DATETIME, aliases=("确认时间",), help="口头确认的时间", help_en="When it was confirmed in person"),
        C("double_done", "双重提醒完成", Type.FLAG, owner=Owner.COMPUTED, help="系统提醒和口头确认都做到了为“是”", help_en="是 when both the mail and the talk happened"),
        C("days_overdue", "逾期天数", Type.INT, owner=Owner.COMPUTED, example="0", help="过期了几天，没过期为 0", help_en="Days past the due date, 0 if none"),
    ),
)

# fmt: on
