"""规则: which rules are on and with which parameters (MODEL 3.14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class RuleRow:
    """One row of 规则 as shipped: a team edits 启用, 参数 and 收件人."""

    rule_id: str
    name: str
    enabled: bool
    params: str
    action: str
    recipients: str
    dedupe: str
    source: str


# fmt: off
DEFAULTS: tuple[RuleRow, ...] = (
    RuleRow("R01", "首次联系超时", True, "小时=24", "任务 首次联系；告诉上级", "上级", "R01|客户|分配时间", "003"),
    RuleRow("R02", "状态未更新", True, "天数=3", "任务 跟进任务", "负责人", "R02|客户|最近动态日", "003"),
    RuleRow("R04", "沉默激活", True, "", "任务 沉默激活；列入主管摘要", "负责人;上级", "R04|客户|最近互动日", "002"),
    RuleRow("R05", "逾期", True, "", "每日摘要；逾期第3天起告诉上级", "负责人;上级", "R05|任务|当天", "002"),
    RuleRow("R06", "到期提醒", True, "", "每日摘要", "负责人", "R06|对象|到期日", "000"),
    RuleRow("R08", "待客户反馈", True, "", "任务 待客户反馈", "负责人", "R08|跟进", "002"),
)
# fmt: on


@dataclass(frozen=True)
class RuleBook:
    """Which rules run and their parameters; a rule the sheet does not list runs as shipped."""

    enabled: Mapping[str, bool] = field(default_factory=dict)
    params: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> RuleBook:
        """From the typed table `rules`; an empty sheet means the defaults."""
        enabled = {row.rule_id: row.enabled for row in DEFAULTS}
        params = {row.rule_id: cls.parse(row.params) for row in DEFAULTS}
        for row in frame.to_dict("records"):
            rule_id = str(row["rule_id"]).strip()
            if rule_id:
                enabled[rule_id] = row["enabled"] == "是"
                params[rule_id] = {**params.get(rule_id, {}), **cls.parse(str(row["params"]))}
        return cls(enabled, params)

    @staticmethod
    def parse(text: str) -> dict[str, str]:
        """`k=v;k=v` as a mapping."""
        parts = (part.partition("=") for part in text.replace("；", ";").replace("＝", "=").split(";"))
        return {name.strip(): value.strip() for name, equals, value in parts if equals}

    def on(self, rule_id: str) -> bool:
        """Whether the rule runs."""
        return self.enabled.get(rule_id, False)

    def int(self, rule_id: str, name: str, default: int) -> int:
        """A whole-number parameter of a rule, `default` where it is missing or none."""
        try:
            return int(float(self.params.get(rule_id, {}).get(name, "")))
        except ValueError:
            return default
