"""The built-in rows of 数据字典 (MODEL 3, "Default allowed values")."""

from __future__ import annotations

from followup.team.dictionary import Entry

# fmt: off
ENTRIES: tuple[Entry, ...] = (
    Entry("阶段", "初步接触", ("初识", "初次沟通", "初步沟通", "邀约", "客户开发", "线索", "初步"), order=1, probability=0.10),
    Entry("阶段", "需求分析", ("需求挖掘", "跟进", "商机"), order=2, probability=0.25),
    Entry("阶段", "方案报价", ("报价", "方案演示"), order=3, probability=0.50),
    Entry("阶段", "谈判签约", ("谈判", "合同谈判", "签约"), order=4, probability=0.75),
    Entry("阶段", "回款交付", ("成交", "成交回款", "后续维护", "售后"), order=5, probability=0.95),
)
# fmt: on
