"""Tickets, attachments, knowledge base and templates (MODEL 3.7-3.10)."""

from followup.tables.column import Column as C
from followup.tables.column import Merge, Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
TICKETS = Table(
    key="tickets", sheet="工单与满意度", id_column="ticket_id",
    purpose="Service requests and satisfaction",
    columns=(
        C("ticket_id", "工单编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每个工单的唯一编号", help_en="The ticket's own number"),
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, help="哪个客户提的，写法和「客户基础信息」一致", help_en="The customer, written as in 客户基础信息"),
        C("contact", "联系人", Type.TEXT, tier=Tier.OPTIONAL, help="客户那边是谁提的", help_en="Who at the customer asked"),
        C("type", "类型", Type.ENUM, need=Need.ALWAYS, values=("咨询", "投诉", "建议", "需求", "售后",), example="售后", help="咨询、投诉、建议、需求或售后", help_en="Question, complaint, suggestion, need or service"),
        C("opened_at", "提出时间", Type.DATETIME, need=Need.ALWAYS, help="客户提出的时间", help_en="When it was raised"),
        C("description", "描述", Type.TEXT, need=Need.ALWAYS, help="具体是什么事", help_en="What it is about"),
        C("owner", "负责人", Type.PERSON, need=Need.ALWAYS, help="谁来处理", help_en="Who deals with it"),
        C("priority", "优先级", Type.ENUM, values=("高", "中", "低",), help="高、中、低", help_en="High, medium or low"),
        C("status", "状态", Type.ENUM, need=Need.ALWAYS, values=("待处理", "处理中", "已解决", "已关闭",), help="待处理、处理中、已解决或已关闭", help_en="Waiting, in work, solved or closed"),
        C("first_reply_at", "首次响应时间", Type.DATETIME, tier=Tier.OPTIONAL, help="第一次回复客户的时间", help_en="When the customer was first answered"),
        C("resolved_at", "解决时间", Type.DATETIME, need=Need.CONDITIONAL, help="解决的时间，解决后必填", help_en="When it was solved; required then"),
        C("csat", "满意度", Type.INT, example="5", help="客户打几分，1 最不满意、5 最满意", help_en="The customer's mark, 1 (worst) to 5 (best)"),
        C("comment", "评语", Type.TEXT, tier=Tier.OPTIONAL, help="客户的评价", help_en="What the customer said"),
        C("hours_to_resolve", "解决小时", Type.NUMBER, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="从提出到解决用了几小时", help_en="Hours from raised to solved"),
    ),
)

ATTACHMENTS = Table(
    key="attachments", sheet="附件", id_column="att_id",
    purpose="Links/paths only (no binary in the workbook)",
    columns=(
        C("att_id", "附件编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每个附件的唯一编号", help_en="The attachment's own number"),
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, help="哪个客户的附件，写法和「客户基础信息」一致", help_en="The customer, written as in 客户基础信息"),
        C("related_id", "关联编号", Type.TEXT, tier=Tier.OPTIONAL, help="和哪条跟进、商机或工单有关", help_en="The follow-up, deal or ticket it belongs to"),
        C("category", "类别", Type.ENUM, need=Need.ALWAYS, values=("合同", "报价单", "方案", "合同模板", "其他",), example="报价单", help="合同、报价单、方案、合同模板或其他", help_en="Contract, quotation, proposal, contract template or other"),
        C("filename", "文件名", Type.TEXT, need=Need.ALWAYS, help="文件叫什么", help_en="The file's name"),
        C("uri", "链接或路径", Type.TEXT, need=Need.ALWAYS, help="文件放在哪里：网址，或和本文件的相对路径", help_en="Where it lies: a link, or a path relative to this file"),
        C("by", "上传人", Type.PERSON, owner=Owner.STAMPED, help="谁登记的", help_en="Who recorded it"),
        C("at", "时间", Type.DATETIME, owner=Owner.STAMPED, help="登记的时间", help_en="When it was recorded"),
        C("reachable", "可用", Type.ENUM, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="文件现在能不能找到", help_en="Whether the file can be found"),
    ),
)

KB = Table(
    key="kb", sheet="知识库", id_column="kb_id",
    purpose="FAQ, scripts, success and failure cases",
    columns=(
        C("kb_id", "编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每条知识的唯一编号", help_en="The entry's own number"),
        C("type", "类型", Type.ENUM, need=Need.ALWAYS, values=("常见问题", "话术", "成功案例", "失败教训", "标准动作",), help="常见问题、话术、成功案例、失败教训或标准动作", help_en="Question, script, success, failure or standard action"),
        C("title", "标题", Type.TEXT, need=Need.ALWAYS, help="一句话标题", help_en="A title in one line"),
        C("body", "内容", Type.TEXT, need=Need.ALWAYS, merge=Merge.LINES, help="具体内容", help_en="The text itself"),
        C("stage", "适用阶段", Type.ENUM, tier=Tier.OPTIONAL, help="在哪个阶段用得上", help_en="The stage it helps in"),
        C("industry", "适用行业", Type.TEXT, tier=Tier.OPTIONAL, help="对哪个行业有用", help_en="The industry it helps with"),
        C("keywords", "关键词", Type.TAGS, merge=Merge.UNION, help="方便查找的词，用分号隔开", help_en="Words to find it by, separated by ;"),
        C("source_id", "来源记录", Type.TEXT, tier=Tier.OPTIONAL, help="从哪个商机或跟进总结来的", help_en="The deal or follow-up it comes from"),
        C("author", "作者", Type.PERSON, owner=Owner.STAMPED, help="谁写的", help_en="Who wrote it"),
        C("updated_at", "更新时间", Type.DATETIME, owner=Owner.STAMPED, help="最近一次修改的时间", help_en="When it was last changed"),
    ),
)

TEMPLATES = Table(
    key="templates", sheet="模板库", id_column="tpl_id",
    purpose="Mail / digest / standard-action templates",
    columns=(
        C("tpl_id", "模板编号", Type.TEXT, owner=Owner.GENERATED, example="T01", help="系统给每个模板的唯一编号", help_en="The template's own number"),
        C("purpose", "用途", Type.ENUM, need=Need.ALWAYS, values=("生日", "签约纪念日", "沉默激活", "每日摘要", "主管摘要", "周报", "月报", "转交通知", "动作清单",), example="生日", help="这个模板用在什么场合", help_en="What the template is for"),
        C("channel", "渠道", Type.ENUM, need=Need.ALWAYS, dictionary="消息渠道", values=("邮件", "企业微信", "钉钉",), example="邮件", help="用邮件、企业微信还是钉钉发", help_en="Sent by mail, WeCom or DingTalk"),
        C("subject", "主题", Type.TEXT, need=Need.CONDITIONAL, help="邮件标题，可以写 {{客户名称}}、{{联系人}}、{{负责人}}", help_en="The subject; {{客户名称}}, {{联系人}}, {{负责人}} are filled in"),
        C("body", "正文", Type.TEXT, need=Need.ALWAYS, merge=Merge.LINES, help="正文，{{…}} 会换成真实内容；写错的变量会报问题，不会发出", help_en="The text; {{…}} is filled in; an unknown one is reported and nothing is sent"),
        C("enabled", "启用", Type.FLAG, need=Need.ALWAYS, example="是", help="要用就选“是”", help_en="是 to use it"),
    ),
)

# fmt: on
