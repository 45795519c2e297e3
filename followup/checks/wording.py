"""The sentences of issues: what is wrong, what to do."""

from followup import wording

wording.add(
    {
        "check.reading": ("{detail}", "{detail}"),
        "check.missing": ("没有填写，请补上。", "Blank: please fill it in."),
        "check.missing.lost": (
            "客户已流失，请补上这一项，复盘时要用。",
            "The customer is lost: fill this in, reviews need it.",
        ),
        "check.missing.action": (
            "最近一次跟进没有写下一步行动，请补上，免得忘记。",
            "The latest follow-up has no next action: please add one.",
        ),
        "check.missing.action_owner": (
            "有下一步行动但没有负责人，请写上一个人。",
            "There is a next action but nobody responsible: name one person.",
        ),
        "check.missing.action_due": (
            "有下一步行动但没有截止时间，请写上日期。",
            "There is a next action without a due date: add the date.",
        ),
        "check.missing.priority": (
            "没有写优先级，先按“中”计算，请选 高/中/低。",
            "No priority: taken as 中; choose 高, 中 or 低.",
        ),
        "check.missing.won": ("商机已赢单，请补上这一项。", "The deal is won: fill this in."),
        "check.missing.closed": ("商机已结束，请写明成败原因。", "The deal is closed: say why."),
        "check.missing.paid": ("已有实收金额，请补上实收日期。", "There is a paid amount: add the date."),
        "check.missing.left_on": ("已离职，请补上离职日。", "The person has left: add the last working day."),
        "check.duplicate": (
            "“{detail}”和另一个客户同名，可能重复；确认后合并，或把名称写全以区分。",
            "{detail} has the same name as another customer: merge them, or tell them apart by the full name.",
        ),
        "check.unmatched": (
            "客户表里找不到“{detail}”（或有几个同名），请改成客户全称或客户编号。",
            "{detail} is not (or not only one) in the customer table: use the full name or the id.",
        ),
        "check.person": (
            "“人员”表里没有“{detail}”，请改正，或先在“人员”表加上。",
            "{detail} is not in 人员: correct it or add the person there.",
        ),
        "check.same_name": (
            "有两个人都叫“{detail}”，请加上区分，例如部门。",
            "Two people are called {detail}: tell them apart.",
        ),
        "check.before_first": (
            "跟进日期早于这个客户的首次接触时间，请核对。",
            "Before the first contact of this customer: please check.",
        ),
        "check.due_before": ("截止时间早于跟进日期，请核对。", "Due before the follow-up itself: please check."),
        "check.reply_before": (
            "预计反馈时间早于跟进日期，请核对。",
            "The expected reply lies before the follow-up: please check.",
        ),
        "check.ends_before": ("沟通结束早于开始，请核对。", "It ends before it starts: please check."),
        "check.future": (
            "日期在今天之后，请改成实际发生的日期。",
            "The date lies in the future: use the date it happened.",
        ),
        "check.early": ("日期早于 2000 年，请核对。", "The date lies before 2000: please check."),
        "check.coop": ("合作结束早于合作开始，请核对。", "The cooperation ends before it starts: please check."),
        "check.vague": (
            "写得太笼统，请写下客户的具体反馈，例如“对成本优化率要求不低于25%，需补充测算依据”。",
            "Too vague: write what the customer really said.",
        ),
        "check.vague.pain": ("写得太笼统，请写出具体诉求，例如“降低采购成本”。", "Too vague: name the concrete need."),
        "check.late.customer": (
            "首次沟通后没有在时限内录入客户信息。",
            "Entered later than the limit after the first contact.",
        ),
        "check.late.followup": (
            "沟通结束后没有在时限内录入跟进记录。",
            "Entered later than the limit after the conversation.",
        ),
        "check.silent_type": (
            "客户类型不用写“沉默客户”，系统会自动标记；请写最初的类型。",
            "沉默客户 is marked automatically: write the initial type.",
        ),
        "check.rating": ("请填 1 到 5 的整数。", "A whole number from 1 to 5, please."),
        "check.negative": ("金额是负数，请核对。", "The amount is negative: please check."),
        "check.unbacked": (
            "客户状态改了，但前后一周没有跟进记录，请补一条。",
            "The status changed with no follow-up within a week: please add one.",
        ),
        "check.setting": (
            "这个值用不了，先按默认值“{detail}”计算，请改正。",
            "This value cannot be used; the default {detail} stands meanwhile.",
        ),
    }
)
