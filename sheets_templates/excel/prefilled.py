"""The rows a new workbook starts with: 数据字典, 设置, 规则, _元数据."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from followup.tables import TABLES
from followup.tables.frames import complete
from followup.team import rules, settings
from followup.team.defaults import ENTRIES

SCHEMA = 1  # rises when a column is added, so that `genjin upgrade` knows what is missing
_AGENDA = ("customers", "followups", "tasks", "deals")


def dictionary() -> pd.DataFrame:
    """Every built-in allowed value, the rows of one 类别 together, its first level above its second."""
    places: dict[str, int] = {}
    for entry in ENTRIES:
        places.setdefault(entry.category, len(places))
    rows = sorted(ENTRIES, key=lambda entry: (places[entry.category], bool(entry.parent)))
    frame = pd.DataFrame(
        {
            "category": [entry.category for entry in rows],
            "value": [entry.value for entry in rows],
            "aliases": [";".join(entry.aliases) for entry in rows],
            "parent": [entry.parent for entry in rows],
            "enabled": ["是"] * len(rows),
        },
        dtype=object,
    )
    frame["order"] = pd.array([entry.order or None for entry in rows], dtype="Int64")
    frame["probability"] = pd.array([entry.probability for entry in rows], dtype="float64")
    return complete(frame, TABLES["dictionary"])


def team_settings(today: date) -> pd.DataFrame:
    """Every setting at its default; the system starts today."""
    rows = settings.DEFAULTS
    values = [today.isoformat() if setting.key == "系统启用日期" else setting.default for setting in rows]
    frame = pd.DataFrame(
        {
            "key": [setting.key for setting in rows],
            "value": values,
            "default": [setting.default for setting in rows],
            "type": [setting.type for setting in rows],
            "help": [setting.help for setting in rows],
            "source": [setting.source for setting in rows],
        },
        dtype=object,
    )
    return complete(frame, TABLES["settings"])


def rule_book() -> pd.DataFrame:
    """Every rule as shipped."""
    rows = rules.DEFAULTS
    frame = pd.DataFrame(
        {
            "rule_id": [rule.rule_id for rule in rows],
            "name": [rule.name for rule in rows],
            "enabled": ["是" if rule.enabled else "" for rule in rows],
            "params": [rule.params for rule in rows],
            "action": [rule.action for rule in rows],
            "recipients": [rule.recipients for rule in rows],
            "dedupe": [rule.dedupe for rule in rows],
            "source": [rule.source for rule in rows],
        },
        dtype=object,
    )
    return complete(frame, TABLES["rules"])


def meta(edition: str, spoke: str) -> pd.DataFrame:
    """What a run must know of the workbook itself; `spoke` only when it is known."""
    pairs = {"schema": str(SCHEMA), "edition": edition} | ({"spoke": spoke} if spoke else {})
    return pd.DataFrame({"k": list(pairs), "v": list(pairs.values())}, dtype=object)


def rows(edition: str, today: date, spoke: str, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The rows of every table: those given, else those a new workbook starts with."""
    starters = {
        "dictionary": dictionary(),
        "settings": team_settings(today),
        "rules": rule_book(),
        "meta": meta(edition, spoke),
    }
    return starters | dict(frames)


def has_records(frames: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the workbook already holds a team's work."""
    return any(len(frames[key]) for key in _AGENDA if key in frames)
