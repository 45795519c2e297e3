"""Deals, instalments and targets (MODEL 3.4, 3.5, 3.12)."""

from followup.tables.column import Column as C
from followup.tables.column import Merge, Need, Owner, Table, Tier, Type

# One line a column; the line is everything the house knows of it.
# fmt: off
DEALS = Table(
    key="deals", sheet="商机", id_column="deal_id",
    purpose="Opportunities, contract, approval",
    columns=(
        C("deal_id", "商机编号", Type.TEXT, owner=Owner.GENERATED, example="D2…", help="`D`+7"),
        C("customer_ref", "客户名称", Type.LINK, need=Need.ALWAYS, help=""),
        C("customer_id", "客户编号", Type.TEXT, owner=Owner.STAMPED, help=""),
        C("deal_name", "商机名称", Type.TEXT, need=Need.ALWAYS, example="试用账号采购", help=""),
        C("owner", "负责人", Type.PERSON, need=Need.ALWAYS, example="张伟", help=""),
        C("stage", "阶段", Type.ENUM, need=Need.ALWAYS, dictionary="阶段", example="方案报价", help="dictionary 阶段, default five: 初步接触/需求分析/方案报价/谈判签约/回款交付 (other lists map through 阶段映射)"),
        C("result", "结果", Type.ENUM, need=Need.ALWAYS, values=("进行中", "赢单", "输单", "搁置",), example="进行中", help="进行中/赢单/输单/搁置; default 进行中"),
        C("expected_amount", "预计金额", Type.MONEY, example="200000.00", help="≥0"),
        C("expected_close", "预计成交日", Type.DATE, when="future", example="2024-07-31", help=""),
        C("contract_no", "合同编号", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("sign_date", "合同签订日期", Type.DATE, need=Need.CONDITIONAL, example="2024-06-10", help="required iff 赢单; ≤ today"),
        C("contract_amount", "合同金额", Type.MONEY, need=Need.CONDITIONAL, sensitive=True, example="60000.00", help="required iff 赢单; ≥0"),
        C("coop_start", "合作开始", Type.DATE, tier=Tier.OPTIONAL, help=""),
        C("coop_end", "合作结束", Type.DATE, tier=Tier.OPTIONAL, help="≥ 合作开始; R16 renewal reminder"),
        C("outcome_reason", "成败原因", Type.OPEN_ENUM, need=Need.CONDITIONAL, dictionary="成败原因", example="价格优势", help="required iff 结果∈{赢单,输单}; dictionary 成败原因"),
        C("product", "产品", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("approval", "审批状态", Type.ENUM, tier=Tier.OPTIONAL, values=("无需", "待审批", "通过", "驳回",), example="待审批", help="无需/待审批/通过/驳回"),
        C("approver", "审批人", Type.PERSON, tier=Tier.OPTIONAL, need=Need.CONDITIONAL, help=""),
        C("approved_at", "审批时间", Type.DATETIME, owner=Owner.STAMPED, tier=Tier.OPTIONAL, help=""),
        C("approval_note", "审批意见", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("created_at", "创建时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
        C("stage_since", "阶段进入日", Type.DATE, owner=Owner.COMPUTED, help="last 阶段 row in 状态变更"),
        C("days_in_stage", "停留天数", Type.INT, owner=Owner.COMPUTED, example="12", help="today − 阶段进入日"),
        C("max_stage", "最高阶段序", Type.INT, owner=Owner.COMPUTED, example="3", help="max order ever reached (状态变更 ∪ current)"),
        C("win_probability", "赢率", Type.RATIO, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, dictionary="阶段", example="0.5", help="dictionary 阶段.赢率"),
        C("weighted", "加权金额", Type.MONEY, owner=Owner.COMPUTED, tier=Tier.OPTIONAL, example="100000.00", help="预计金额×赢率 for 进行中"),
        C("closed_on", "关闭日", Type.DATE, owner=Owner.STAMPED, help="date 结果 left 进行中 (= 合同签订日期 for 赢单)"),
        C("cycle_days", "跟进周期天", Type.INT, owner=Owner.COMPUTED, example="16", help="M2 episode length"),
        C("paid", "已回款", Type.MONEY, owner=Owner.COMPUTED, help="Σ 回款.实收金额"),
        C("unpaid", "未回款", Type.MONEY, owner=Owner.COMPUTED, help="合同金额−已回款"),
        C("notes", "备注", Type.TEXT, tier=Tier.OPTIONAL, merge=Merge.LINES, help=""),
        C("updated_at", "更新时间", Type.DATETIME, owner=Owner.STAMPED, help=""),
    ),
)

PAYMENTS = Table(
    key="payments", sheet="回款", id_column="payment_id",
    purpose="One row per planned instalment",
    columns=(
        C("payment_id", "回款编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("deal_id", "商机编号", Type.LINK, need=Need.ALWAYS, help=""),
        C("customer_ref", "客户名称", Type.LINK, owner=Owner.COMPUTED, help="from the deal"),
        C("instalment", "期次", Type.TEXT, need=Need.ALWAYS, example="1", help="unique per deal"),
        C("due_date", "应收日期", Type.DATE, need=Need.ALWAYS, when="future", example="2024-06-15", help=""),
        C("due_amount", "应收金额", Type.MONEY, need=Need.ALWAYS, sensitive=True, example="50000.00", help=">0; Σ ≤ 合同金额 else warning"),
        C("paid_date", "实收日期", Type.DATE, need=Need.CONDITIONAL, help="required iff 实收金额>0"),
        C("paid_amount", "实收金额", Type.MONEY, sensitive=True, help="≥0; blank=0"),
        C("method", "方式", Type.OPEN_ENUM, tier=Tier.OPTIONAL, values=("转账", "承兑", "现金", "其他",), help="转账/承兑/现金/其他"),
        C("invoice_no", "发票号", Type.TEXT, tier=Tier.OPTIONAL, help=""),
        C("status", "状态", Type.ENUM, owner=Owner.COMPUTED, example="逾期", help="已结清 if 实收≥应收; else 逾期 if 应收日期<today; else 今日到期/未到期; 部分 suffix if 0<实收<应收"),
        C("days_overdue", "逾期天数", Type.INT, owner=Owner.COMPUTED, example="5", help="max(0,today−应收日期) if not 已结清"),
        C("owner", "负责人", Type.PERSON, owner=Owner.COMPUTED, help="deal owner"),
        C("notes", "备注", Type.TEXT, tier=Tier.OPTIONAL, merge=Merge.LINES, help=""),
    ),
)

TARGETS = Table(
    key="targets", sheet="目标", id_column="target_id",
    purpose="Annual/quarterly/monthly targets per person or team",
    columns=(
        C("target_id", "目标编号", Type.TEXT, owner=Owner.GENERATED, help=""),
        C("period", "期间", Type.TEXT, need=Need.ALWAYS, example="2024-06", help="2024 / 2024Q2 / 2024-06"),
        C("subject", "对象", Type.TEXT, need=Need.ALWAYS, example="张伟", help="person or 团队:"),
        C("metric", "指标", Type.ENUM, need=Need.ALWAYS, values=("签约额", "签约单数", "跟进客户数", "回款额",), example="签约额", help="签约额/签约单数/跟进客户数/回款额"),
        C("target", "目标值", Type.NUMBER, need=Need.ALWAYS, example="100000", help=""),
        C("actual", "实际", Type.NUMBER, owner=Owner.COMPUTED, example="60000", help="M4/M12/M16"),
        C("attainment", "达成率", Type.RATIO, owner=Owner.COMPUTED, example="0.6", help="实际/目标值"),
    ),
)

# fmt: on
