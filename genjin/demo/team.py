"""A sample team of four with some 80 customers and 400 follow-ups, typed the way people type (CASES). All fictional."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd

from followup.tables import TABLES
from followup.wording import LANG
from sheets_templates.excel import build_workbook

SALES = ("张伟", "李娜", "赵敏")
LEADER = "王强"
QUIET = "清和示例茶业有限公司"  # the customer that a colleague deletes: nobody has called it yet
CONFLICT = "云杉示例软件有限公司"  # the customer whose 客户等级 two people change at once
EDITED = ("东海示例物流有限公司", "北辰示例机械有限公司")  # changed in Google
ANNOTATED = "南屏示例纺织有限公司"  # changed in Excel

PLACES = (
    "华东",
    "华南",
    "西南",
    "江南",
    "滨海",
    "长风",
    "远航",
    "天府",
    "绿源",
    "星河",
    "金桥",
    "蓝海",
    "启明",
    "恒信",
    "瑞丰",
    "德胜",
    "宏图",
    "永安",
)
TRADES = (
    ("精密零部件", "制造业-汽车零部件"), ("快消品", "批发零售-快消品"), ("教育咨询", "教育培训-企业培训"), ("软件", "信息技术-软件开发"),
    ("医疗器械", "制造业-医疗器械"), ("食品", "制造业-食品饮料"), ("外贸", "批发零售-进出口"), ("物流", "交通物流-仓储"),
)  # fmt: skip
FORMS = ("有限公司", "科技有限公司", "股份有限公司")
SURNAMES, TITLES = "陈林黄周吴徐孙马朱胡", ("采购总监", "总经理", "采购经理", "技术总监", "财务经理")
PAINS = (
    "降低供应链管理成本30%", "订单交付周期从15天缩短到10天", "门店库存周转太慢", "希望打通ERP和仓库数据", "报表靠手工汇总，每月要3天",
    "售后响应慢，客户投诉增加", "人工对账出错多",
)  # fmt: skip
SIZES = ("500人/年营收1-5亿", "约300人", "50-99人/年营收5000万", "1200人/年营收10亿以上", "80人")
TALKS = (
    "介绍公司供应链解决方案，初步了解客户的成本控制需求", "演示系统主要功能，客户重点看了库存预警", "沟通报价细节，客户希望分两期付款",
    "技术对接会，确认3个数据接口的字段和时间", "回访试用情况，仓库同事反馈盘点时间缩短一半", "讨论合同条款，法务要求补充保密约定",
    "发送方案对比报告和两个成功案例", "了解预算审批流程，需要采购总监和财务会签",
)  # fmt: skip
REPLIES = (
    "需要方案对比数据，下周前提供", "方案可行，希望安排技术对接会", "对成本优化率要求不低于25%，需补充测算依据", "试用账号需开放3个端口",
    "内部评审后给答复", "价格比预期高一成，希望再谈", "无反馈",
)  # fmt: skip
VAGUE = ("客户有兴趣", "已联系", "聊得不错", "保持联系")
ACTIONS = (
    "准备竞品分析报告",
    "发送补充报价",
    "预约技术对接会",
    "寄送样品",
    "配置试用账号",
    "跟进合同审批进度",
    "安排总监拜访",
)
METHODS = ("电话", "拜访", "邮件", "会议", "微信", "去电", "面谈", "企微", "email", "线上会议")
CHANNELS = ("行业展会推荐", "展会", "老客户转介绍", "转介绍", "官网", "广告", "电话咨询")
REGIONS = ("北京市", "BJ", "北京", "beijing", "上海市", "上海", "广东省", "江苏省", "浙江", "四川省")
NICK = {
    "张伟": ("张伟", "小张", "zhangwei", "张伟(销售)", "张 伟"),
    "李娜": ("李娜", "娜姐", "李娜 "),
    "赵敏": ("赵敏", "zhaomin", "小赵"),
}


@dataclass(frozen=True)
class _Customer:
    name: str
    owner: str
    status: str
    first: date


def sample(now: datetime, seed: int = 7) -> dict[str, pd.DataFrame]:
    """The tables people, customers and followups as typed (dtype object), relative to `now`; the same for one seed."""
    chance = random.Random(seed)
    writer = _Writer(chance, now.date())
    customers = [
        _customer(chance, name, industry, now.date(), number) for number, (name, industry) in enumerate(_names(chance))
    ]
    rows = [writer.customer(one, industry) for one, industry in customers]
    again = dict(rows[12])
    again["customer_name"] = again["customer_name"].replace("示例", " 示例 ")  # the same customer, typed twice
    followups = [row for one, _ in customers if one.name != QUIET for row in writer.followups(one)]
    followups += writer.oddities(customers[5][0].name, now.date())
    return {
        "people": _people(),
        "customers": _frame("customers", [*rows, again]),
        "followups": _frame("followups", followups),
    }


def write_messy(path: Path, now: datetime, seed: int = 7) -> None:
    """The team's workbook, full edition, as its people left it: no ids, nothing computed."""
    build_workbook(path, edition="full", lang=LANG.get(), today=now.date(), frames=sample(now, seed))


def _people() -> pd.DataFrame:
    rows = [
        {
            "name": "张伟",
            "aliases": "小张;zhangwei",
            "email": "zhangwei@example.com",
            "role": "销售",
            "manager": LEADER,
            "team": "华东组",
        },
        {
            "name": "李娜",
            "aliases": "娜姐;lina",
            "email": "lina@example.com",
            "role": "销售",
            "manager": LEADER,
            "team": "华东组",
        },
        {
            "name": "赵敏",
            "aliases": "小赵;zhaomin",
            "email": "zhaomin@example.com",
            "role": "销售",
            "manager": LEADER,
            "team": "华南组",
        },
        {
            "name": LEADER,
            "aliases": "王经理",
            "email": "wangqiang@example.com",
            "role": "主管",
            "manager": "",
            "team": "华东组",
        },
    ]
    return _frame("people", [{**row, "active": "是", "hired_on": "2023-03-01", "channels": "邮件"} for row in rows])


def _names(chance: random.Random) -> list[tuple[str, str]]:
    fixed = [
        (CONFLICT, "信息技术-软件开发"),
        (QUIET, "制造业-食品饮料"),
        (EDITED[0], "交通物流-仓储"),
        (EDITED[1], "制造业-汽车零部件"),
        (ANNOTATED, "批发零售-快消品"),
    ]
    pool = [
        (f"{place}示例{trade}{form}", industry) for place in PLACES for trade, industry in TRADES for form in FORMS[:1]
    ]
    return fixed + chance.sample(pool, 75)


def _customer(chance: random.Random, name: str, industry: str, today: date, number: int) -> tuple[_Customer, str]:
    status = chance.choices(("潜在客户", "意向客户", "成交客户", "流失客户"), (30, 40, 20, 10))[0]
    if name in (CONFLICT, QUIET, *EDITED, ANNOTATED):
        status = "意向客户"
    first = today - timedelta(days=chance.randint(8, 240))
    return _Customer(name, SALES[number % 3], status, first), industry


class _Writer:
    """Types values in the many ways people do; about half of them clean."""

    def __init__(self, chance: random.Random, today: date) -> None:
        self.chance, self.today = chance, today

    def pick(self, values: Sequence[str]) -> str:
        return self.chance.choice(values)

    def day(self, day: date) -> str:
        """One date, one of the ways to write it."""
        forms = [f"{day:%Y-%m-%d}"] * 4 + [
            f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
            f"{day:%Y-%m-%d}".translate(str.maketrans("0123456789-", "０１２３４５６７８９－")),
        ]  # fmt: skip
        if day.year == self.today.year and day <= self.today:
            forms.append(f"{day.month}月{day.day}日")
        return self.pick(forms)

    def phone(self) -> str:
        """A mobile in one of its forms; 199-1234-…: no real person's."""
        tail = f"{self.chance.randint(0, 9999):04d}"
        number = f"1991234{tail}"
        other = f"1991235{tail}"
        forms = (
            number,
            number,
            f"199 1234 {tail}",
            f"+86 {number}",
            f"{number}/{other}",
            number.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
            "手机号5678",
        )
        return self.pick(forms)

    def customer(self, one: _Customer, industry: str) -> dict[str, str]:
        """A row of 客户基础信息."""
        chance = self.chance
        row = {
            "customer_name": one.name if chance.random() < 0.9 else f" {one.name} ",
            "industry": industry if chance.random() < 0.8 else industry.replace("-", "—"),
            "customer_type": "潜在客户" if one.status != "成交客户" else self.pick(("潜在客户", "意向客户")),
            "key_contact": f"{self.pick(SURNAMES)}{self.pick(('经理', '总', '女士'))}{self.pick(('/', '／'))}{self.pick(TITLES)}",
            "contact_info": self.phone(),
            "comm_preference": self.pick(("邮件+每周电话同步", "电话", "微信", "偏好邮件反馈")),
            "company_size": self.pick(SIZES) if chance.random() < 0.93 else "",
            "pain_points": self.pick(PAINS) if chance.random() < 0.93 else self.pick(("", "降本")),
            "first_contact_date": self.day(one.first),
            "first_contact_channel": self.pick(CHANNELS),
            "status": one.status if chance.random() < 0.85 else "",
            "grade": self.pick(("A", "B", "B", "C", "C", "A类", "b", "")),
            "owner": self.pick(NICK[one.owner]),
            "tags": self.pick(("", "", "VIP客户", "展会2024、重点客户", "重点客户")),
            "region": self.pick(REGIONS),
            "微信群名": self.pick(("", "", f"{one.name[:2]}项目群")),
        }
        if one.name == CONFLICT:
            row["grade"] = "B"
        if one.status == "流失客户":
            row["lost_date"] = self.day(self.today - timedelta(days=chance.randint(3, 60)))
            row["lost_reason"] = self.pick(("预算取消", "选择竞品", ""))
        return row

    def followups(self, one: _Customer) -> list[dict[str, str]]:
        """The follow-ups of a customer, oldest first; some customers have been silent for long."""
        chance = self.chance
        span = (self.today - one.first).days
        quiet = chance.choice((0, 1, 2, 4, 6, 9, 14, 20, 33, 45))
        days = sorted(chance.randint(0, max(0, span - quiet)) for _ in range(chance.randint(2, 8)))
        return [self.followup(one, one.first + timedelta(days=number), number == days[-1]) for number in days]

    def followup(self, one: _Customer, day: date, last: bool) -> dict[str, str]:
        """A row of 跟进记录."""
        chance = self.chance
        row = {
            "customer_ref": one.name if chance.random() < 0.9 else one.name.replace("示例", " 示例"),
            "followup_date": "昨天"
            if day == self.today - timedelta(days=1) and chance.random() < 0.5
            else self.day(day),
            "method": self.pick(METHODS),
            "followed_by": self.pick(NICK[one.owner]),
            "summary": self.pick(TALKS) if chance.random() < 0.92 else self.pick(VAGUE),
            "feedback": self.pick(REPLIES),
        }
        if (last and one.status not in ("流失客户",)) or chance.random() < 0.12:
            offset = chance.choice((-9, -4, -2, -1, 0, 0, 1, 2, 3, 7, 12)) if last else 0
            due = max(day + timedelta(days=2), self.today + timedelta(days=offset)) if last else day + timedelta(days=5)
            row |= {
                "next_action": self.pick(ACTIONS),
                "action_owner": one.owner if chance.random() < 0.95 else "张伟/李娜",
                "action_due": f"{due:%Y-%m-%d}" if chance.random() < 0.7 else f"{due.year}/{due.month}/{due.day}",
                "priority": self.pick(("高", "中", "低", "中", "", "紧急")),
            }
        return row

    def oddities(self, name: str, today: date) -> list[dict[str, str]]:
        """The rows every team has: an unknown customer, a future date, a date with two readings."""
        base = {"method": "电话", "followed_by": "张伟", "summary": self.pick(TALKS), "feedback": "无反馈"}
        return [
            {**base, "customer_ref": "没有登记的示例公司", "followup_date": f"{today - timedelta(days=3):%Y-%m-%d}"},
            {**base, "customer_ref": name, "followup_date": f"{today + timedelta(days=20):%Y-%m-%d}"},
            {**base, "customer_ref": name, "followup_date": f"05/06/{today.year}"},
        ]


def _frame(key: str, rows: list[dict[str, str]]) -> pd.DataFrame:
    names = [c.key for c in TABLES[key].columns if any(c.key in row for row in rows)]
    names += [name for name in dict.fromkeys(n for row in rows for n in row) if name not in names]
    return pd.DataFrame({name: pd.Series([row.get(name) or None for row in rows], dtype=object) for name in names})
