"""What 使用说明 says, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GuideText:
    """One language of the guide; pairs are (term, meaning) or (look, label, meaning)."""

    title: str
    subtitle: str
    daily_title: str
    daily: tuple[str, ...]
    flow_title: str
    stages: dict[str, str]
    flow_note: str
    states: tuple[tuple[str, str], ...]  # (status, when)
    colours_title: str
    headers: tuple[tuple[str, str, str], ...]  # (header kind, label, meaning)
    colours: tuple[tuple[str, str, str], ...]  # (look, label, meaning)
    words_title: str
    words: tuple[tuple[str, str], ...]
    sheets_title: str
    sheets: dict[str, str]
    fields: str  # what 字段说明 is for
    change_title: str
    change: tuple[str, ...]
    safety_title: str
    safety: tuple[str, ...]


ZH = GuideText(
    title="客户跟进 · 使用说明",
    subtitle="有事必记、有据可查。每天照下面五行做，客户就不会漏跟。",
    daily_title="每天做什么",
    daily=(
        "早上打开「今日工作台」：先办红色（逾期），再办橙色（今天），然后是黄色（三天内）。",
        "沟通结束 2 小时内，在「跟进记录」最下面加一行：客户名称、日期、摘要、客户反馈，并写清下一步行动、负责人、截止时间、优先级。",
        "新客户 24 小时内在「客户基础信息」加一行：深蓝表头的列都要填，灰色表头的列不用管。",
        "办完一件，在「今日工作台」的「完成」里选“是”；待办会自动标成已完成。",
        "下班前看一眼「问题清单」：红色的当天改好。直接改原来那一格即可，改对后问题自动消失。",
    ),
    flow_title="跟进流程",
    stages={
        "初步接触": "建档，约第一次沟通",
        "需求分析": "问清痛点、预算、决策人",
        "方案报价": "给方案和报价，记下答复时间",
        "谈判签约": "敲定条款，补签订日期和金额",
        "回款交付": "收款、交付，每月回访",
    },
    flow_note="客户状态怎么变",
    states=(
        ("潜在客户", "刚录入，还没确认需求"),
        ("意向客户", "有明确需求，正在谈"),
        ("成交客户", "已签合同；按月回访，争取复购"),
        ("沉默客户", "超过 30 天没有互动，系统自动标出；有新的跟进就恢复"),
        ("流失客户", "明确终止合作；要填流失日期和原因"),
    ),
    colours_title="颜色的意思",
    headers=(
        ("must", "深蓝表头", "必须填写"),
        ("may", "浅蓝表头", "需要时填写"),
        ("tool", "灰色表头", "系统填写，改了也会被还原"),
        ("result", "深灰表头", "整张表由系统整理，只在浅蓝表头的列里选"),
    ),
    colours=(
        ("overdue", "逾期3天", "已经过期，或有错误要改；客户名称同时变红，不用往右翻就看得到"),
        ("today", "今日", "今天要办"),
        ("soon", "2天内", "快到期，或需要留意"),
        ("silent", "沉默客户", "超过 30 天没有互动的客户，整行淡紫"),
        ("good", "已完成", "已完成、赢单、已结清"),
        ("quiet", "已暂缓", "暂缓、流失、已停用，先不用管"),
    ),
    words_title="名词",
    words=(
        ("客户类型", "录入时的初始阶段，以后不再改。现在处于什么状态看「客户状态」和「状态标签」。"),
        ("客户状态", "现在的状态，由负责人维护。"),
        ("状态标签", "系统根据客户状态和互动情况得出，超过 30 天没有互动就显示“沉默客户”。"),
        ("客户等级", "A 每 3 天、B 每 7 天、C 每 30 天至少跟进一次；不填就不催。天数在「设置」里改。"),
        ("有效跟进", "真正联系上的沟通。未接通、无回复、自动发送不算。"),
        ("下次跟进日", "等级节奏和下一步行动里较早的那一天；填了「暂缓至」就往后推。"),
        ("沉默标记", "第 30 天不算，第 31 天起标“是”。"),
        ("信息完整率", "该填的列填了多少。空着、写“无”“待定”或有错误的都不算填。"),
        ("录入是否及时", "首次沟通后 24 小时内建档、沟通结束后 2 小时内写跟进，算及时。"),
    ),
    sheets_title="每张表做什么",
    sheets={
        "today": "每个人今天该办的事，系统每次运行时重排。",
        "customers": "一个客户一行。前十列是公司规定的基础信息，后面是补充信息和系统算出来的列。",
        "followups": "每次沟通一行。写了下一步行动，系统就自动生成待办。",
        "tasks": "所有待办：来自跟进记录、提醒规则或自己添加。",
        "contacts": "客户那边的联系人、决策角色和生日。",
        "deals": "销售机会、阶段、金额和合同。",
        "payments": "一笔应收一行，逾期会提醒。",
        "tickets": "咨询、投诉、售后和满意度。",
        "attachments": "合同、报价单的链接或路径，文件本身不放进来。",
        "dashboard": "漏斗、转化率、人均产出等数字。",
        "reviews": "周、月、季复盘的数据和结论。",
        "issues": "系统发现的问题：在哪张表哪一格、建议怎么改。",
        "conflicts": "两边同时改了同一格时，由人选用哪个值。",
        "duplicates": "可能重复的客户，确认后再合并。",
        "recycle_bin": "删除的行都在这里，可以恢复。",
        "import_staging": "导入前先在这里预览。",
        "people": "团队成员、邮箱和上级。提醒邮件发到这里的邮箱。",
        "targets": "个人和团队的目标。",
        "settings": "天数、金额等参数。",
        "rules": "每条提醒规则的开关。",
        "dictionary": "下拉列表的值和别名，例如“BJ”认作“北京市”。",
        "holidays": "放假和调休。",
        "templates": "邮件和摘要的模板。",
        "kb": "常见问题、话术和案例。",
        "history": "归档的客户。",
        "transitions": "状态、等级、负责人、阶段的每次变化。",
        "changelog": "系统改过的每一格。",
        "reminder_log": "发过的提醒。",
        "run_log": "每次运行的结果。",
    },
    fields="每一列填什么、举个例子；鼠标停在表头上也能看到。",
    change_title="想改成自己团队的样子",
    change=(
        "加一个渠道、行业或标签：在「数据字典」同一类别的行之间插入一行，下拉列表马上就有。",
        "改天数（例如沉默天数改成 45）：改「设置」的「值」，下次运行生效。",
        "加自己的列：直接加在表的最右边，系统不动它，也会一起同步。",
        "列可以移动、隐藏、排序、筛选；表头的字请不要改。折叠的选用列点上方的 [+] 展开。",
    ),
    safety_title="安全须知",
    safety=(
        "客户信息仅限直接对接人及团队负责人查看。给同事的应是只含他自己客户的个人工作簿。",
        "隐藏的表、隐藏的列、保护的表都不是保密，拿到文件的人都能看到。",
        "不要把本文件发到聊天群、个人邮箱或公共网盘；电脑要有开机密码。",
        "联系方式只写工作需要的；客户要求删除资料时，交给负责人处理。",
        "同事离职当天：在「人员」填离职日和接手人，收回他的文件和共享权限。",
        "系统每次写入前都留备份；改错了可以用「撤销上次运行」。",
    ),
)

EN = GuideText(
    title="客户跟进 · Guide",
    subtitle="Write everything down, once. Five lines a day and no customer is forgotten.",
    daily_title="Every day",
    daily=(
        "In the morning open 今日工作台 (today): red (overdue) first, then orange (today), then yellow (within 3 days).",
        "Within 2 hours after a conversation add a row to 跟进记录: customer, date, summary, feedback, and the next action with its owner, due date and priority.",
        "Within 24 hours add a new customer to 客户基础信息: fill the columns with a dark blue header, leave the grey ones.",
        "When something is done, choose 是 under 完成 in 今日工作台; the task is closed for you.",
        "Before you leave look at 问题清单: mend the red ones in their own cells; mended issues go away by themselves.",
    ),
    flow_title="The process",
    stages={
        "初步接触": "first contact: record it, arrange a talk",
        "需求分析": "needs: pain points, budget, who decides",
        "方案报价": "offer: proposal, price, date of the answer",
        "谈判签约": "contract: terms, date and amount",
        "回款交付": "payment and delivery, monthly call",
    },
    flow_note="How 客户状态 moves",
    states=(
        ("潜在客户", "prospect: just recorded"),
        ("意向客户", "interested: a real need, in talks"),
        ("成交客户", "won: contract signed; call monthly"),
        ("沉默客户", "silent: no contact for more than 30 days, marked by the system"),
        ("流失客户", "lost: ended; date and reason are required"),
    ),
    colours_title="What the colours mean",
    headers=(
        ("must", "dark blue", "required"),
        ("may", "light blue", "fill in when it applies"),
        ("tool", "grey", "filled in by the system; edits are put back"),
        ("result", "dark grey", "the whole sheet is made by the system; choose in its light blue columns"),
    ),
    colours=(
        ("overdue", "逾期3天", "overdue, or an error to mend; the customer's name turns red too"),
        ("today", "今日", "due today"),
        ("soon", "2天内", "due soon, or worth a look"),
        ("silent", "沉默客户", "no contact for more than 30 days: the whole row"),
        ("good", "已完成", "done, won, paid"),
        ("quiet", "已暂缓", "snoozed, lost or switched off"),
    ),
    words_title="Terms",
    words=(
        ("客户类型", "The type at the time of recording; never changed later."),
        ("客户状态", "The present status, kept by the owner."),
        ("状态标签", "Computed from the status and the last contact: silent after more than 30 days."),
        ("客户等级", "A at least every 3 days, B every 7, C every 30; blank means no cadence. Change it in 设置."),
        ("有效跟进", "A conversation that reached the customer; 未接通, 无回复 and 自动发送 do not count."),
        ("下次跟进日", "The earlier of the cadence and the next action; 暂缓至 moves it."),
        ("沉默标记", "Day 30 does not count, day 31 does."),
        ("信息完整率", "The share of required columns filled; blanks, 无, 待定 and errors do not count."),
        ("录入是否及时", "Recorded within 24 hours of the first talk; follow-ups within 2 hours."),
    ),
    sheets_title="The sheets",
    sheets={
        "today": "What each person has to do today; rebuilt by every run.",
        "customers": "One row a customer: the ten standard columns, extras, and computed columns.",
        "followups": "One row a conversation; a next action becomes a task.",
        "tasks": "All to-dos: from follow-ups, from rules, your own.",
        "contacts": "People at the customer, their roles and birthdays.",
        "deals": "Opportunities, stages, amounts, contracts.",
        "payments": "One row an instalment; overdue ones are reminded.",
        "tickets": "Service requests and satisfaction.",
        "attachments": "Links to contracts and quotations; not the files.",
        "dashboard": "Funnel, conversion, output.",
        "reviews": "Weekly, monthly and quarterly reviews.",
        "issues": "What the check found: where, and what to do.",
        "conflicts": "Cells both sides changed: a person decides.",
        "duplicates": "Customers that may be the same.",
        "recycle_bin": "Deleted rows, restorable.",
        "import_staging": "Preview of an import.",
        "people": "Members, mailboxes, managers: where reminders go.",
        "targets": "Targets per person and team.",
        "settings": "Days, amounts and other parameters.",
        "rules": "Switches of the reminder rules.",
        "dictionary": "Values and aliases of the dropdowns.",
        "holidays": "Holidays and make-up working days.",
        "templates": "Mail and digest templates.",
        "kb": "Questions, scripts, cases.",
        "history": "Archived customers.",
        "transitions": "Every change of status, grade, owner, stage.",
        "changelog": "Every cell the system changed.",
        "reminder_log": "Reminders that were sent.",
        "run_log": "Every run and its result.",
    },
    fields="What to write in every column, with an example; the headers' notes say the same.",
    change_title="Make it yours",
    change=(
        "A new channel, industry or tag: insert a row among the rows of its 类别 in 数据字典; the dropdown has it at once.",
        "Other limits, such as 45 silent days: change 值 in 设置; the next run uses it.",
        "Your own columns: add them at the right; they are carried and synced untouched.",
        "Move, hide, sort and filter as you like; keep the words of the headers. [+] above unfolds optional columns.",
    ),
    safety_title="Security",
    safety=(
        "Customer data is for the direct contact and the team's leader. Colleagues get a workbook with their own customers only.",
        "Hidden sheets, hidden columns and protected sheets are not secret: whoever has the file can read them.",
        "Do not send this file to chat groups, private mailboxes or public drives; lock your computer.",
        "Record only contact data that work needs; requests for erasure go to the leader.",
        "When somebody leaves: fill in 离职日 and 接手人 in 人员, take back the file and the sharing.",
        "A copy is kept before every write; a wrong run can be undone.",
    ),
)

TEXTS = {"zh": ZH, "en": EN}
