"""Sheets rebuilt by a run (MODEL 3.17-3.19)."""

from followup.tables.column import Column as C
from followup.tables.column import Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
TODAY = Table(
    key="today", sheet="今日工作台", id_column="task_id",
    purpose="Per-person list of what is due (rebuilt each run; sorted 逾期→今日→3天内→沉默, then 等级, 评分 desc)",
    columns=(
        C("owner", "负责人", Type.PERSON, owner=Owner.COMPUTED, help=""),
        C("rank", "顺序", Type.INT, owner=Owner.COMPUTED, help=""),
        C("item", "事项", Type.TEXT, owner=Owner.COMPUTED, help="task or customer reminder"),
        C("customer", "客户名称", Type.TEXT, owner=Owner.COMPUTED, help="hyperlink to the row"),
        C("due", "截止", Type.DATE, owner=Owner.COMPUTED, help=""),
        C("hint", "提示", Type.TEXT, owner=Owner.COMPUTED, help=""),
        C("last_summary", "上次沟通", Type.TEXT, owner=Owner.COMPUTED, help="date + summary of the last valid follow-up"),
        C("contact", "联系方式", Type.TEXT, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="masked when 敏感列=是"),
        C("done", "完成", Type.FLAG, help="tick → task 已完成 on next run"),
        C("task_id", "任务编号", Type.TEXT, owner=Owner.GENERATED, help="hidden; what the tick belongs to"),
    ),
)

DASHBOARD = Table(
    key="dashboard", sheet="仪表盘", id_column="",
    purpose="Funnel, cycle, activity, output, response, tasks, completeness, timeliness, churn, repurchase, LTV, payments, distributions; period selector in B1:B2",
    columns=(
        C("block", "区块", Type.TEXT, owner=Owner.COMPUTED, help="M1…M16"),
        C("metric", "指标", Type.TEXT, owner=Owner.COMPUTED, help=""),
        C("dimension", "维度", Type.TEXT, owner=Owner.COMPUTED, help="团队/人/阶段/渠道/行业/等级/标签"),
        C("numerator", "分子", Type.NUMBER, owner=Owner.COMPUTED, help=""),
        C("denominator", "分母", Type.NUMBER, owner=Owner.COMPUTED, help=""),
        C("value", "值", Type.NUMBER, owner=Owner.COMPUTED, help="blank when denominator 0"),
        C("previous", "上期值", Type.NUMBER, owner=Owner.COMPUTED, help="same length period before"),
        C("target", "目标", Type.NUMBER, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help=""),
    ),
)

REVIEWS = Table(
    key="reviews", sheet="复盘", id_column="",
    purpose="Weekly/monthly/quarterly snapshot (frozen) + human conclusions",
    columns=(
        C("period", "期间", Type.TEXT, owner=Owner.STAMPED, help="2024-W26 / 2024-06 / 2024Q2"),
        C("block", "区块", Type.TEXT, owner=Owner.COMPUTED, help="转化率/流失原因/高意向共性/长期未跟进/关键节点/标签销售额/渠道转化率/抽查"),
        C("content", "内容", Type.TEXT, owner=Owner.COMPUTED, help="frozen at creation"),
        C("conclusion", "结论", Type.TEXT, help=""),
        C("action", "措施", Type.TEXT, help=""),
        C("owner", "负责人", Type.PERSON, help=""),
        C("due", "期限", Type.DATE, when="future", help="creates a task"),
    ),
)

# fmt: on
