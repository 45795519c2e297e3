"""Tickets, attachments, knowledge base and templates (MODEL 3.7-3.10)."""

from followup.tables.column import Column as C
from followup.tables.column import Merge, Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
TICKETS = Table(
    key="tickets", sheet="工单与满意度", id_column="ticket_id",
    purpose="Service requests and satisfaction",
    columns=(
        C("ticket_id", "工单编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, help=""),
        C("contact", "联系人", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("type", "类型", Type.ENUM, need=Need.ALWAYS, values=("咨询", "投诉", "建议", "需求", "售后",), example="售后", help="咨询/投诉/建议/需求/售后"),
        C("opened_at", "提出时间", Type.DATETIME, need=Need.ALWAYS, help=""),
        C("description", "描述", Type.TEXT, need=Need.ALWAYS, help=""),
        C("owner", "负责人", Type.PERSON, need=Need.ALWAYS, help=""),
        C("priority", "优先级", Type.ENUM, values=("高", "中", "低",), help="高/中/低"),
        C("status", "状态", Type.ENUM, need=Need.ALWAYS, values=("待处理", "处理中", "已解决", "已关闭",), help="待处理/处理中/已解决/已关闭"),
        C("first_reply_at", "首次响应时间", Type.DATETIME, tier=Tier.OPTIONAL, help=""),
        C("resolved_at", "解决时间", Type.DATETIME, need=Need.CONDITIONAL, help=""),
        C("csat", "满意度", Type.INT, example="5", help="1–5"),
        C("comment", "评语", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("hours_to_resolve", "解决小时", Type.NUMBER, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="解决−提出"),
    ),
)

ATTACHMENTS = Table(
    key="attachments", sheet="附件", id_column="att_id",
    purpose="Links/paths only (no binary in the workbook)",
    columns=(
        C("att_id", "附件编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, help=""),
        C("related_id", "关联编号", Type.TEXT, tier=Tier.OPTIONAL, help="跟进/商机/工单"),
        C("category", "类别", Type.ENUM, need=Need.ALWAYS, values=("合同", "报价单", "方案", "合同模板", "其他",), example="报价单", help="合同/报价单/方案/合同模板/其他"),
        C("filename", "文件名", Type.TEXT, need=Need.ALWAYS, help=""),
        C("uri", "链接或路径", Type.TEXT, need=Need.ALWAYS, help="https:// or relative path; file:// and UNC shown as warning"),
        C("by", "上传人", Type.PERSON, owner=Owner.STAMPED, help=""),
        C("at", "时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
        C("reachable", "可用", Type.ENUM, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="local existence check only"),
    ),
)

KB = Table(
    key="kb", sheet="知识库", id_column="kb_id",
    purpose="FAQ, scripts, success and failure cases",
    columns=(
        C("kb_id", "编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("type", "类型", Type.ENUM, need=Need.ALWAYS, values=("常见问题", "话术", "成功案例", "失败教训", "标准动作",), help="常见问题/话术/成功案例/失败教训/标准动作"),
        C("title", "标题", Type.TEXT, need=Need.ALWAYS, help=""),
        C("body", "内容", Type.TEXT, need=Need.ALWAYS, merge=Merge.LINES, help=""),
        C("stage", "适用阶段", Type.ENUM, tier=Tier.OPTIONAL, help=""),
        C("industry", "适用行业", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("keywords", "关键词", Type.TAGS, merge=Merge.UNION, help=""),
        C("source_id", "来源记录", Type.TEXT, tier=Tier.OPTIONAL, help="deal/followup id"),
        C("author", "作者", Type.PERSON, owner=Owner.STAMPED, help=""),
        C("updated_at", "更新时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
    ),
)

TEMPLATES = Table(
    key="templates", sheet="模板库", id_column="tpl_id",
    purpose="Mail / digest / standard-action templates",
    columns=(
        C("tpl_id", "模板编号", Type.TEXT, owner=Owner.GENERATED, example="T01", help=""),
        C("purpose", "用途", Type.ENUM, need=Need.ALWAYS, values=("生日", "签约纪念日", "沉默激活", "每日摘要", "主管摘要", "周报", "月报", "转交通知", "动作清单",), example="生日", help="生日/签约纪念日/沉默激活/每日摘要/主管摘要/周报/月报/转交通知/动作清单"),
        C("channel", "渠道", Type.ENUM, need=Need.ALWAYS, values=("邮件", "企业微信", "钉钉",), example="邮件", help="邮件/企业微信/钉钉"),
        C("subject", "主题", Type.TEXT, need=Need.CONDITIONAL, help="variables {{客户名称}} {{联系人}} {{负责人}} …"),
        C("body", "正文", Type.TEXT, need=Need.ALWAYS, merge=Merge.LINES, help="unknown variable → issue, mail not sent"),
        C("enabled", "启用", Type.FLAG, need=Need.ALWAYS, example="是", help=""),
    ),
)

# fmt: on
