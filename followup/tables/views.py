"""Sheets rebuilt by a run (MODEL 3.17-3.19)."""

from followup.tables.column import Column as C
from followup.tables.column import Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
TODAY = Table(
    key="today", sheet="今日工作台", id_column="task_id",
    purpose="Per-person list of what is due (rebuilt each run; sorted 逾期→今日→3天内→沉默, then 等级, 评分 desc)",
    columns=(
        C("owner", "负责人", Type.PERSON, owner=Owner.COMPUTED, help="该谁办", help_en="Who has to do it"),
        C("rank", "顺序", Type.INT, owner=Owner.COMPUTED, help="建议的办理顺序，从 1 开始", help_en="Suggested order, starting from 1"),
        C("item", "事项", Type.TEXT, owner=Owner.COMPUTED, help="要办的事", help_en="What has to be done"),
        C("customer", "客户名称", Type.TEXT, owner=Owner.COMPUTED, help="是哪个客户", help_en="Which customer"),
        C("due", "截止", Type.DATE, owner=Owner.COMPUTED, help="最晚哪天办完", help_en="Latest day to finish it"),
        C("hint", "提示", Type.TEXT, owner=Owner.COMPUTED, help="逾期、今日、几天内或沉默", help_en="Overdue, today, within days, or silent"),
        C("last_summary", "上次沟通", Type.TEXT, owner=Owner.COMPUTED, help="上次沟通的日期和内容", help_en="Date and summary of the last conversation"),
        C("contact", "联系方式", Type.TEXT, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="客户的联系方式，敏感时部分遮住", help_en="Contact details, masked where sensitive"),
        C("done", "完成", Type.FLAG, help="办完了就选“是”，下次运行时待办会自动完成", help_en="Choose 是 when it is done; the task is closed by the next run"),
        C("task_id", "任务编号", Type.TEXT, owner=Owner.GENERATED, help="系统用它找到对应的待办，不要改", help_en="What the tick belongs to; leave it"),
    ),
)

DASHBOARD = Table(
    key="dashboard", sheet="仪表盘", id_column="",
    purpose="Funnel, cycle, activity, output, response, tasks, completeness, timeliness, churn, repurchase, LTV, payments, distributions; period selector in B1:B2",
    columns=(
        C("block", "区块", Type.TEXT, owner=Owner.COMPUTED, help="哪一组指标", help_en="The group of figures"),
        C("metric", "指标", Type.TEXT, owner=Owner.COMPUTED, help="指标的名字", help_en="The figure's name"),
        C("dimension", "维度", Type.TEXT, owner=Owner.COMPUTED, help="按团队、人、阶段、渠道等哪一项看", help_en="Which team, person, stage, channel …"),
        C("numerator", "分子", Type.NUMBER, owner=Owner.COMPUTED, help="除法的上面", help_en="The numerator"),
        C("denominator", "分母", Type.NUMBER, owner=Owner.COMPUTED, help="除法的下面", help_en="The denominator"),
        C("value", "值", Type.NUMBER, owner=Owner.COMPUTED, help="结果；没有数据时空着", help_en="The result; blank without data"),
        C("previous", "上期值", Type.NUMBER, owner=Owner.COMPUTED, help="上一个同样长的时期的结果", help_en="The result of the period before"),
        C("target", "目标", Type.NUMBER, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, help="在「目标」里定的数", help_en="The figure set in 目标"),
    ),
)

REVIEWS = Table(
    key="reviews", sheet="复盘", id_column="",
    purpose="Weekly/monthly/quarterly snapshot (frozen) + human conclusions",
    columns=(
        C("period", "期间", Type.TEXT, owner=Owner.STAMPED, help="复盘的是哪一周、月或季", help_en="The week, month or quarter"),
        C("block", "区块", Type.TEXT, owner=Owner.COMPUTED, help="复盘哪一方面", help_en="The subject"),
        C("content", "内容", Type.TEXT, owner=Owner.COMPUTED, help="当时的数据，定下后不再变", help_en="The figures of that time, frozen"),
        C("conclusion", "结论", Type.TEXT, help="大家得出的结论", help_en="What the team concluded"),
        C("action", "措施", Type.TEXT, help="准备怎么改进", help_en="What will be done"),
        C("owner", "负责人", Type.PERSON, help="谁来落实", help_en="Who does it"),
        C("due", "期限", Type.DATE, when="future", help="最晚哪天做到，会生成待办", help_en="When it is due; it becomes a task"),
    ),
)

# fmt: on
