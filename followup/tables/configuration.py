"""What a team configures in its own workbook (MODEL 3.11, 3.13-3.16)."""

from followup.tables.column import Column as C
from followup.tables.column import Merge, Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
PEOPLE = Table(
    key="people", sheet="人员", id_column="name",
    purpose="Team members, roles, aliases, mailboxes",
    columns=(
        C("name", "姓名", Type.TEXT, need=Need.ALWAYS, example="张伟", help="unique"),
        C("aliases", "别名", Type.TAGS, merge=Merge.UNION, help="*专员;小张;zhangwei"),
        C("email", "邮箱", Type.TEXT, need=Need.ALWAYS, help=""),
        C("role", "角色", Type.ENUM, need=Need.ALWAYS, values=("销售", "主管", "客服", "市场", "管理员",), example="销售", help="销售/主管/客服/市场/管理员"),
        C("manager", "上级", Type.PERSON, example="王强", help=""),
        C("team", "团队", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("active", "在职", Type.YES_NO, need=Need.ALWAYS, example="是", help=""),
        C("hired_on", "入职日", Type.DATE, help=""),
        C("left_on", "离职日", Type.DATE, need=Need.CONDITIONAL, help="last working day, inclusive; required iff 在职=否"),
        C("successor", "接手人", Type.PERSON, help=""),
        C("regions", "负责区域", Type.TAGS, tier=Tier.OPTIONAL, merge=Merge.UNION, help=""),
        C("industries", "负责行业", Type.TAGS, tier=Tier.OPTIONAL, merge=Merge.UNION, help=""),
        C("cap", "客户上限", Type.INT, tier=Tier.OPTIONAL, example="80", help=""),
        C("channels", "提醒渠道", Type.TAGS, tier=Tier.OPTIONAL, merge=Merge.UNION, example="邮件", help="邮件;企业微信"),
    ),
)

SETTINGS = Table(
    key="settings", sheet="设置", id_column="key",
    purpose="Parameters",
    columns=(
        C("key", "键", Type.TEXT, owner=Owner.STAMPED, example="沉默天数", help=""),
        C("value", "值", Type.TEXT, need=Need.ALWAYS, example="30", help="typed by 类型"),
        C("default", "默认", Type.TEXT, owner=Owner.STAMPED, example="30", help=""),
        C("type", "类型", Type.ENUM, owner=Owner.STAMPED, example="int", help=""),
        C("help", "说明", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("source", "来源", Type.TEXT, owner=Owner.STAMPED, example="002", help="document + quote"),
    ),
)

RULES = Table(
    key="rules", sheet="规则", id_column="rule_id",
    purpose="Rule switches and parameters",
    columns=(
        C("rule_id", "规则编号", Type.TEXT, owner=Owner.STAMPED, example="R01", help="R01…"),
        C("name", "名称", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("enabled", "启用", Type.FLAG, need=Need.ALWAYS, example="是", help=""),
        C("params", "参数", Type.TEXT, example="小时=24", help="k=v;k=v"),
        C("action", "动作", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("recipients", "收件人", Type.TEXT, example="上级", help="负责人/上级/协作人/固定"),
        C("dedupe", "去重键", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("source", "来源", Type.TEXT, owner=Owner.STAMPED, example="003", help=""),
        C("last_run", "最近运行", Type.DATETIME, owner=Owner.COMPUTED, help=""),
        C("last_hits", "最近命中", Type.INT, owner=Owner.COMPUTED, help=""),
    ),
)

DICTIONARY = Table(
    key="dictionary", sheet="数据字典", id_column="",
    purpose="Allowed values and aliases (行业, 渠道, 地区, 职位, 跟进方式, 阶段, 阶段映射, 标签, 流失原因, 成败原因, 表头别名, 含糊用语, 空值写法)",
    columns=(
        C("category", "类别", Type.ENUM, need=Need.ALWAYS, example="地区", help=""),
        C("value", "标准值", Type.TEXT, need=Need.ALWAYS, example="北京市", help=""),
        C("aliases", "别名", Type.TAGS, merge=Merge.UNION, example="BJ;北京;Beijing;京", help="matched after clean() and casefold"),
        C("parent", "上级", Type.TEXT, tier=Tier.OPTIONAL, help="for 行业/地区"),
        C("order", "排序", Type.INT, example="1", help=""),
        C("probability", "赢率", Type.RATIO, tier=Tier.OPTIONAL, help="阶段 only"),
        C("enabled", "启用", Type.FLAG, need=Need.ALWAYS, example="是", help=""),
    ),
)

HOLIDAYS = Table(
    key="holidays", sheet="节假日", id_column="date",
    purpose="Workday calendar; a year with no rows is treated as UNKNOWN (Mon–Fri + warning)",
    columns=(
        C("date", "日期", Type.DATE, need=Need.ALWAYS, example="2024-10-01", help=""),
        C("type", "类型", Type.ENUM, need=Need.ALWAYS, values=("放假", "调休上班",), example="放假", help="放假/调休上班"),
        C("name", "名称", Type.TEXT, tier=Tier.OPTIONAL, example="国庆节", help=""),
    ),
)

# fmt: on
