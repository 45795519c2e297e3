"""Deals, instalments and targets (MODEL 3.4, 3.5, 3.12)."""

from followup.tables.column import Column as C
from followup.tables.column import Merge, Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
DEALS = Table(
    key="deals", sheet="商机", id_column="deal_id", aliases=("商机表", "销售机会", "机会", "项目", "合同", "合同表", "商机信息", "Deals", "Opportunities",),
    purpose="Opportunities, contract, approval",
    columns=(
        C("deal_id", "商机编号", Type.TEXT, owner=Owner.GENERATED, aliases=("商机ID", "编号",), example="D-4T8N2WX-2", help="系统给每个商机的唯一编号", help_en="The deal's own number"),
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, aliases=("客户", "公司名称", "公司", "单位名称", "Customer",), help="哪个客户，写法和「客户基础信息」一致", help_en="The customer, written as in 客户基础信息"),
        C("customer_id", "客户编号", Type.TEXT, owner=Owner.STAMPED, aliases=("客户ID",), help="系统按客户名称找到的编号", help_en="The number found by the customer's name"),
        C("deal_name", "商机名称", Type.TEXT, need=Need.ALWAYS, aliases=("项目名称", "机会名称", "商机", "项目", "DealName", "Opportunity",), example="试用账号采购", help="这笔生意叫什么", help_en="What the deal is called"),
        C("owner", "负责人", Type.PERSON, need=Need.ALWAYS, aliases=("销售", "业务员", "责任人", "Owner",), example="张伟", help="谁负责这笔生意", help_en="Who is responsible for the deal"),
        C("stage", "阶段", Type.ENUM, need=Need.ALWAYS, dictionary="阶段", aliases=("商机阶段", "销售阶段", "当前阶段", "Stage",), example="方案报价", help="谈到哪一步了", help_en="How far the deal has come"),
        C("result", "结果", Type.ENUM, need=Need.ALWAYS, values=("进行中", "赢单", "输单", "搁置",), aliases=("商机结果", "商机状态", "Result",), example="进行中", help="进行中、赢单、输单或搁置", help_en="Open, won, lost or on hold"),
        C("expected_amount", "预计金额", Type.MONEY, aliases=("预计成交金额", "预估金额", "预计合同额", "预计金额(元)",), example="200000.00", help="预计能签多少，单位元，写“20万”也可以", help_en="Expected amount in CNY; 20万 is understood"),
        C("expected_close", "预计成交日", Type.DATE, when="future", aliases=("预计成交日期", "预计签约日期", "预计成交时间", "预计签单日",), example="2024-07-31", help="预计哪天能签", help_en="Expected day of signing"),
        C("contract_no", "合同编号", Type.TEXT, tier=Tier.OPTIONAL, aliases=("合同号", "合同编码",), help="合同编号", help_en="Contract number"),
        C("sign_date", "合同签订日期", Type.DATE, need=Need.CONDITIONAL, aliases=("签订日期", "签约日期", "签约时间", "签单日期", "合同日期", "合同签订时间",), when="past", example="2024-06-10", help="合同签订的日期，赢单时必填", help_en="Day of signing; required when won"),
        C("contract_amount", "合同金额", Type.MONEY, need=Need.CONDITIONAL, sensitive=True, aliases=("合同额", "签约金额", "成交金额", "签单金额", "合同总额",), example="60000.00", help="合同金额，单位元，赢单时必填", help_en="Contract amount in CNY; required when won"),
        C("coop_start", "合作开始", Type.DATE, tier=Tier.OPTIONAL, aliases=("合作开始日期", "合同开始日期", "服务开始",), help="合作从哪天开始", help_en="First day of the cooperation"),
        C("coop_end", "合作结束", Type.DATE, tier=Tier.OPTIONAL, aliases=("合作结束日期", "合同到期日", "服务结束", "合同结束日期",), when="future", help="合作到哪天结束，到期前会提醒续约", help_en="Last day of the cooperation; renewal is reminded"),
        C("outcome_reason", "成败原因", Type.OPEN_ENUM, need=Need.CONDITIONAL, dictionary="成败原因", aliases=("赢单原因", "输单原因", "原因",), example="价格优势", help="为什么赢、为什么输，有结果后必填", help_en="Why it was won or lost; required then"),
        C("product", "产品", Type.TEXT, tier=Tier.OPTIONAL, aliases=("产品名称", "意向产品",), help="卖的产品或服务", help_en="Product or service"),
        C("approval", "审批状态", Type.ENUM, tier=Tier.OPTIONAL, values=("无需", "待审批", "通过", "驳回",), aliases=("审批结果",), example="待审批", help="需要审批时的进展", help_en="State of the approval"),
        C("approver", "审批人", Type.PERSON, tier=Tier.OPTIONAL, need=Need.CONDITIONAL, help="由谁审批", help_en="Who approves"),
        C("approved_at", "审批时间", Type.DATETIME, owner=Owner.STAMPED, tier=Tier.OPTIONAL, help="审批的时间", help_en="When it was approved"),
        C("approval_note", "审批意见", Type.TEXT, tier=Tier.OPTIONAL, help="审批人写的意见", help_en="The approver's remark"),
        C("created_at", "创建时间", Type.DATETIME, owner=Owner.STAMPED, help="系统第一次看到这一行的时间", help_en="When the system first saw this row"),
        C("stage_since", "阶段进入日", Type.DATE, owner=Owner.COMPUTED, help="进入现在这个阶段的日期", help_en="Since when the deal is in this stage"),
        C("days_in_stage", "停留天数", Type.INT, owner=Owner.COMPUTED, example="12", help="在现在这个阶段停了几天", help_en="Days in this stage"),
        C("max_stage", "最高阶段序", Type.INT, owner=Owner.COMPUTED, example="3", help="曾经到过的最高阶段，第几步", help_en="The highest stage ever reached, as a number"),
        C("win_probability", "赢率", Type.RATIO, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, dictionary="阶段", example="0.5", help="按阶段估计的赢单可能", help_en="Chance of winning, by stage"),
        C("weighted", "加权金额", Type.MONEY, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, example="100000.00", help="预计金额乘以赢率", help_en="Expected amount times chance"),
        C("closed_on", "关闭日", Type.DATE, owner=Owner.STAMPED, help="赢单、输单或搁置的日期", help_en="When the deal left 进行中"),
        C("cycle_days", "跟进周期天", Type.INT, owner=Owner.COMPUTED, example="16", help="从线索到有结果用了多少天", help_en="Days from lead to result"),
        C("paid", "已回款", Type.MONEY, owner=Owner.COMPUTED, help="已经收到的钱", help_en="Money received"),
        C("unpaid", "未回款", Type.MONEY, owner=Owner.COMPUTED, help="合同里还没收的钱", help_en="Money still due"),
        C("notes", "备注", Type.TEXT, tier=Tier.OPTIONAL, merge=Merge.LINES, aliases=("备注说明", "说明", "Remark", "Notes",), help="其他要记的事", help_en="Anything else worth noting"),
        C("updated_at", "更新时间", Type.DATETIME, owner=Owner.STAMPED, help="最近一次修改的时间", help_en="When it was last changed"),
    ),
)

PAYMENTS = Table(
    key="payments", sheet="回款", id_column="payment_id", aliases=("回款表", "回款记录", "收款", "收款记录", "应收", "Payments",),
    purpose="One row per planned instalment",
    columns=(
        C("payment_id", "回款编号", Type.TEXT, owner=Owner.GENERATED, aliases=("回款ID", "编号",), help="系统给每笔回款的唯一编号", help_en="The instalment's own number"),
        C("deal_id", "商机编号", Type.LINK, need=Need.ALWAYS, aliases=("商机", "商机ID",), help="哪个商机的回款", help_en="The deal it belongs to"),
        C("customer_ref", "客户名称", Type.LINK, owner=Owner.COMPUTED, aliases=("客户", "公司名称",), help="由商机带出的客户名称", help_en="The customer, from the deal"),
        C("instalment", "期次", Type.TEXT, need=Need.ALWAYS, aliases=("期数", "分期", "批次",), example="1", help="第几期，同一商机里不要重复", help_en="Which instalment; once a deal"),
        C("due_date", "应收日期", Type.DATE, need=Need.ALWAYS, when="future", aliases=("应收时间", "计划回款日期", "应付日期", "计划日期",), example="2024-06-15", help="应该哪天收到", help_en="When the money is due"),
        C("due_amount", "应收金额", Type.MONEY, need=Need.ALWAYS, sensitive=True, aliases=("应收", "计划金额", "计划回款金额",), example="50000.00", help="应该收多少，单位元", help_en="Amount due in CNY"),
        C("paid_date", "实收日期", Type.DATE, need=Need.CONDITIONAL, aliases=("到账日期", "回款日期", "实收时间", "实际回款日期", "到账时间",), when="past", help="实际哪天收到，收到钱后必填", help_en="When it was received; required then"),
        C("paid_amount", "实收金额", Type.MONEY, sensitive=True, aliases=("实收", "回款金额", "到账金额", "实际回款金额",), help="实际收到多少，没收到就空着", help_en="Amount received; blank means none"),
        C("method", "方式", Type.OPEN_ENUM, tier=Tier.OPTIONAL, values=("转账", "承兑", "现金", "其他",), aliases=("回款方式", "付款方式", "支付方式",), help="怎么付的：转账、承兑、现金或其他", help_en="How it was paid"),
        C("invoice_no", "发票号", Type.TEXT, tier=Tier.OPTIONAL, aliases=("发票号码", "发票编号", "发票",), help="发票号码", help_en="Invoice number"),
        C("status", "状态", Type.ENUM, owner=Owner.COMPUTED, example="逾期", help="已结清、逾期、今日到期或未到期", help_en="Settled, overdue, due today or not yet due"),
        C("days_overdue", "逾期天数", Type.INT, owner=Owner.COMPUTED, example="5", help="过期了几天没收", help_en="Days overdue"),
        C("owner", "负责人", Type.PERSON, owner=Owner.COMPUTED, help="商机的负责人", help_en="The deal's owner"),
        C("notes", "备注", Type.TEXT, tier=Tier.OPTIONAL, merge=Merge.LINES, aliases=("备注说明", "说明", "Remark", "Notes",), help="其他要记的事", help_en="Anything else worth noting"),
    ),
)

TARGETS = Table(
    key="targets", sheet="目标", id_column="target_id",
    purpose="Annual/quarterly/monthly targets per person or team",
    columns=(
        C("target_id", "目标编号", Type.TEXT, owner=Owner.GENERATED, help="系统给每个目标的唯一编号", help_en="The target's own number"),
        C("period", "期间", Type.TEXT, need=Need.ALWAYS, example="2024-06", help="哪一年、季度或月份，如 2024、2024Q2、2024-06", help_en="Year, quarter or month: 2024, 2024Q2, 2024-06"),
        C("subject", "对象", Type.TEXT, need=Need.ALWAYS, example="张伟", help="谁的目标：人名，或“团队:名称”", help_en="A person, or 团队:name"),
        C("metric", "指标", Type.ENUM, need=Need.ALWAYS, values=("签约额", "签约单数", "跟进客户数", "回款额",), example="签约额", help="考核什么：签约额、签约单数、跟进客户数或回款额", help_en="What is measured: amount, deals, customers followed up, money received"),
        C("target", "目标值", Type.NUMBER, need=Need.ALWAYS, example="100000", help="要达到多少", help_en="The figure to reach"),
        C("actual", "实际", Type.NUMBER, owner=Owner.COMPUTED, example="60000", help="到现在完成多少", help_en="The figure so far"),
        C("attainment", "达成率", Type.RATIO, owner=Owner.COMPUTED, example="0.6", help="完成了目标的百分之几", help_en="Share of the target reached"),
    ),
)

# fmt: on
