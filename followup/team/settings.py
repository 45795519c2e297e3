"""设置: the parameters of a team, with the defaults of MODEL 3.13."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Setting:
    """One row of 设置: key, default as text, type, help and source."""

    key: str
    default: str
    type: str  # int, text, list, pairs, date
    help: str
    source: str


# fmt: off
DEFAULTS: tuple[Setting, ...] = (
    Setting("沉默天数", "30", "int", "超过这么多天没有互动就标为沉默（第30天不算，第31天算）", "002"),
    Setting("沉默适用状态", "潜在客户;意向客户;成交客户", "list", "哪些客户状态会被标为沉默", "002"),
    Setting("系统启用日期", "", "date", "开始使用跟进系统的日期；更早的线索不计首次响应", "003"),
    Setting("时区", "Asia/Shanghai", "text", "所有日期和时间按这个时区计算", "choice"),
    Setting("基础信息录入时限", "24", "int", "首次沟通后多少小时内要录入客户信息", "002"),
    Setting("跟进记录录入时限", "2", "int", "沟通结束后多少小时内要补充跟进记录", "002"),
    Setting("首次联系时限", "24", "int", "分到线索后多少小时内要首次联系", "003"),
    Setting("成交回访间隔", "30", "int", "成交客户每隔多少天回访一次", "choice"),
    Setting("等级节奏", "A:3;B:7;C:30", "pairs", "各等级最多隔多少天跟进一次", "003"),
    Setting("自动任务期限", "1", "int", "系统生成的跟进任务几天内完成", "choice"),
    Setting("升级天数", "3", "int", "任务逾期到第几天起同时告诉上级", "choice"),
    Setting("提前天数", "1", "int", "到期前几天开始提醒", "000"),
    Setting("资料过期天数", "90", "int", "多少天没有更新的客户资料需要补全", "004"),
    Setting("续约提前", "30", "int", "合作结束前多少天提醒续约", "choice"),
    Setting("大单金额", "100000", "int", "累计成交额达到多少元算高价值客户", "001"),
    Setting("关键行业", "", "list", "属于这些行业的客户算高价值客户", "001"),
    Setting("到期遇节假日", "不调整", "text", "下次跟进日遇到节假日：不调整、顺延或提前", "choice"),
    Setting("敏感列", "联系方式;手机;邮箱;微信;预算;合同金额;回款", "list", "提醒邮件和协作人的工作簿里要遮住的列", "002"),
    Setting("评分权重", "4;3;3", "list", "客户评分中潜力、活跃度、忠诚度的权重", "000"),
    Setting("阶段必填", "", "pairs", "到达某个阶段时必须填写的列，如 方案报价:预计金额", "000"),
    Setting("静默时段", "21:00-08:00", "text", "这段时间内不向客户发信", "choice"),
    Setting("批量删除保护", "10 rows and 10 %", "text", "一次删除超过这么多行就先停下来问", "choice"),
)
# fmt: on
_BY_KEY = {setting.key: setting for setting in DEFAULTS}


@dataclass(frozen=True)
class Settings:
    """A team's parameters by Chinese key; what it did not set has its default."""

    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Settings:
        """From the typed table `settings` (columns key, value); blank values fall back to the default."""
        pairs = zip(frame["key"], frame["value"], strict=True)
        return cls(
            {str(key).strip(): str(value).strip() for key, value in pairs if str(key).strip() and str(value).strip()}
        )

    def text(self, key: str) -> str:
        """The value of `key` as text."""
        return self.values.get(key) or _BY_KEY[key].default

    def int(self, key: str) -> int:
        """The value of `key` as a whole number; the default where what stands there is none."""
        for candidate in (self.text(key), _BY_KEY[key].default):
            try:
                return int(float(candidate))
            except ValueError:
                continue
        raise KeyError(key)

    def list(self, key: str) -> tuple[str, ...]:
        """The value of `key` split at `;` (full width too), blanks dropped."""
        return tuple(part.strip() for part in self.text(key).replace("；", ";").split(";") if part.strip())

    def pairs(self, key: str) -> dict[str, str]:
        """`A:3;B:7` as a mapping; parts without a colon are dropped."""
        parts = (part.replace("：", ":").partition(":") for part in self.list(key))
        return {name.strip(): value.strip() for name, colon, value in parts if colon}

    def date(self, key: str) -> date | None:
        """The value of `key` as a date (YYYY-MM-DD), None where blank or none."""
        try:
            return date.fromisoformat(self.text(key)[:10])
        except ValueError:
            return None
