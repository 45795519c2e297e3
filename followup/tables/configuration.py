"""What a team configures in its own workbook (MODEL 3.11, 3.13-3.16)."""

from followup.tables.column import Column as C
from followup.tables.column import Merge, Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
PEOPLE = Table(
    key="people", sheet="人员", id_column="name", aliases=("团队", "团队成员", "成员", "员工", "人员表", "销售人员", "People", "Team",),
    purpose="Team members, roles, aliases, mailboxes",
    columns=(
        C("name", "姓名", Type.TEXT, need=Need.ALWAYS, aliases=("名字", "员工", "员工姓名", "人员", "成员", "Name",), example="张伟", help="姓名，每人一行，不要重名", help_en="The name, one row a person, no two alike"),
        C("aliases", "别名", Type.TAGS, merge=Merge.UNION, aliases=("昵称", "曾用名", "其他叫法", "Alias", "Aliases",), help="别的写法也认得，如 小张、zhangwei，用分号隔开", help_en="Other ways the name is written, separated by ;"),
        C("email", "邮箱", Type.TEXT, need=Need.ALWAYS, aliases=("电子邮箱", "邮件", "邮件地址", "Email", "E-mail",), reads="email", help="提醒邮件发到这里", help_en="Where reminders are sent"),
        C("role", "角色", Type.ENUM, need=Need.ALWAYS, values=("销售", "主管", "客服", "市场", "管理员",), aliases=("岗位", "职务", "职位", "Role",), example="销售", help="销售、主管、客服、市场或管理员", help_en="Sales, leader, service, marketing or administrator"),
        C("manager", "上级", Type.PERSON, aliases=("直属上级", "主管", "领导", "Manager",), example="王强", help="直属上级，超时会告诉他", help_en="The manager, who is told of delays"),
        C("team", "团队", Type.TEXT, tier=Tier.OPTIONAL, aliases=("所属团队", "部门", "小组", "Team",), help="所在小组", help_en="The team"),
        C("active", "在职", Type.YES_NO, need=Need.ALWAYS, aliases=("是否在职", "在职状态", "Active",), example="是", help="在职选“是”，离职选“否”", help_en="是 while employed, 否 after leaving"),
        C("hired_on", "入职日", Type.DATE, aliases=("入职日期", "入职时间",), help="入职的日期", help_en="First day of work"),
        C("left_on", "离职日", Type.DATE, need=Need.CONDITIONAL, aliases=("离职日期", "离职时间",), help="最后工作日，离职时必填", help_en="Last day of work; required after leaving"),
        C("successor", "接手人", Type.PERSON, aliases=("接替人", "交接人",), help="离职后由谁接手客户", help_en="Who takes over the customers"),
        C("regions", "负责区域", Type.TAGS, tier=Tier.OPTIONAL, merge=Merge.UNION, aliases=("区域", "地区",), help="负责哪些地区，用分号隔开", help_en="Regions, separated by ;"),
        C("industries", "负责行业", Type.TAGS, tier=Tier.OPTIONAL, merge=Merge.UNION, aliases=("行业",), help="负责哪些行业，用分号隔开", help_en="Industries, separated by ;"),
        C("cap", "客户上限", Type.INT, tier=Tier.OPTIONAL, aliases=("上限", "客户数上限",), example="80", help="最多负责多少个客户", help_en="How many customers at most"),
        C("channels", "提醒渠道", Type.TAGS, tier=Tier.OPTIONAL, merge=Merge.UNION, aliases=("通知渠道",), example="邮件", help="怎么提醒他：邮件、企业微信，用分号隔开", help_en="How to remind: 邮件, 企业微信, separated by ;"),
    ),
)

SETTINGS = Table(
    key="settings", sheet="设置", id_column="key", aliases=("参数", "参数设置", "系统设置", "配置", "Settings",),
    purpose="Parameters",
    columns=(
        C("key", "键", Type.TEXT, owner=Owner.STAMPED, aliases=("设置项", "参数", "名称", "项目", "Key",), example="沉默天数", help="参数的名字，不要改", help_en="The parameter's name; leave it"),
        C("value", "值", Type.TEXT, need=Need.ALWAYS, aliases=("设置值", "参数值", "取值", "当前值", "Value",), reads="verbatim", example="30", help="在这里改，下次运行生效；清空就用默认", help_en="Change it here; the next run uses it; blank takes the default"),
        C("default", "默认", Type.TEXT, owner=Owner.STAMPED, aliases=("默认值", "Default",), example="30", help="出厂的值，供对照", help_en="The value as shipped"),
        C("type", "类型", Type.ENUM, owner=Owner.STAMPED, example="int", help="这个参数是数字、文字、列表还是日期", help_en="Number, text, list or date"),
        C("help", "说明", Type.TEXT, owner=Owner.STAMPED, aliases=("备注", "解释", "描述",), help="这个参数管什么", help_en="What the parameter does"),
        C("source", "来源", Type.TEXT, owner=Owner.STAMPED, example="002", help="出自哪份文件", help_en="The document it comes from"),
    ),
)

RULES = Table(
    key="rules", sheet="规则", id_column="rule_id",
    purpose="Rule switches and parameters",
    columns=(
        C("rule_id", "规则编号", Type.TEXT, owner=Owner.STAMPED, example="R01", help="规则的编号", help_en="The rule's id"),
        C("name", "名称", Type.TEXT, owner=Owner.STAMPED, help="规则的名字", help_en="The rule's name"),
        C("enabled", "启用", Type.FLAG, need=Need.ALWAYS, example="是", help="要用就选“是”，清空就停用", help_en="是 to use it, blank to stop it"),
        C("params", "参数", Type.TEXT, reads="verbatim", example="小时=24", help="可调的数字，如 小时=24", help_en="Figures to adjust, such as 小时=24"),
        C("action", "动作", Type.TEXT, owner=Owner.STAMPED, help="规则触发后系统做什么", help_en="What the system does when it applies"),
        C("recipients", "收件人", Type.TEXT, reads="verbatim", example="上级", help="告诉谁：负责人、上级、协作人或固定的人", help_en="Who is told: owner, manager, collaborators or fixed people"),
        C("dedupe", "去重键", Type.TEXT, owner=Owner.STAMPED, help="系统用来防止重复提醒", help_en="Keeps a reminder from being repeated"),
        C("source", "来源", Type.TEXT, owner=Owner.STAMPED, example="003", help="出自哪份文件", help_en="The document it comes from"),
        C("last_run", "最近运行", Type.DATETIME, owner=Owner.COMPUTED, help="最近一次检查这条规则的时间", help_en="When the rule was last looked at"),
        C("last_hits", "最近命中", Type.INT, owner=Owner.COMPUTED, help="最近一次有几个客户或任务触发", help_en="How many customers or tasks it hit then"),
    ),
)

DICTIONARY = Table(
    key="dictionary", sheet="数据字典", id_column="", aliases=("字典", "数据字典表", "选项", "Dictionary",),
    purpose="Allowed values and aliases (行业, 渠道, 地区, 职位, 跟进方式, 阶段, 阶段映射, 标签, 流失原因, 成败原因, 表头别名, 含糊用语, 空值写法)",
    columns=(
        C("category", "类别", Type.ENUM, need=Need.ALWAYS, aliases=("分类", "字典类别", "Category",), reads="verbatim", example="地区", help="属于哪一类；同一类的行要挨在一起，新值在中间插入一行", help_en="The list it belongs to; keep the rows of a list together, insert new ones among them"),
        C("value", "标准值", Type.TEXT, need=Need.ALWAYS, aliases=("值", "标准名称", "标准", "Value",), reads="verbatim", example="北京市", help="下拉列表里显示的标准写法", help_en="The standard wording in the dropdown"),
        C("aliases", "别名", Type.TAGS, merge=Merge.UNION, aliases=("同义词", "其他写法", "Alias", "Aliases",), reads="verbatim", example="BJ;北京;Beijing;京", help="别的写法，会自动认作标准值，用分号隔开", help_en="Other wordings that mean the same, separated by ;"),
        C("parent", "上级", Type.TEXT, tier=Tier.OPTIONAL, aliases=("上级值", "所属大类",), reads="verbatim", help="上一级，如 城市属于哪个省、细分属于哪个大类", help_en="The level above: a city's province, a branch's sector"),
        C("order", "排序", Type.INT, aliases=("顺序", "序号", "Order",), example="1", help="排在第几位", help_en="Its place in the list"),
        C("probability", "赢率", Type.RATIO, tier=Tier.OPTIONAL, aliases=("概率", "成交概率",), help="这个阶段的赢单可能，只用于“阶段”", help_en="Chance of winning in this stage; for 阶段 only"),
        C("enabled", "启用", Type.FLAG, need=Need.ALWAYS, aliases=("是否启用", "有效",), example="是", help="要用就选“是”，清空就不再使用", help_en="是 to use it, blank to switch it off"),
    ),
)

HOLIDAYS = Table(
    key="holidays", sheet="节假日", id_column="date", aliases=("假期", "放假安排", "节假日表", "Holidays",),
    purpose="Workday calendar; a year with no rows is treated as UNKNOWN (Mon–Fri + warning)",
    columns=(
        C("date", "日期", Type.DATE, need=Need.ALWAYS, aliases=("节假日日期", "放假日期", "Date",), example="2024-10-01", help="哪一天", help_en="The day"),
        C("type", "类型", Type.ENUM, need=Need.ALWAYS, values=("放假", "调休上班",), aliases=("假期类型",), example="放假", help="放假，还是调休上班", help_en="Day off, or make-up working day"),
        C("name", "名称", Type.TEXT, tier=Tier.OPTIONAL, aliases=("节日", "节日名称", "假期名称", "说明", "Name",), example="国庆节", help="节日名称", help_en="The holiday's name"),
    ),
)

# fmt: on
