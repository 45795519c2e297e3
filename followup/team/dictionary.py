"""数据字典: allowed values with aliases and order, by category (MODEL 3.15)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Entry:
    """One row of 数据字典."""

    category: str
    value: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    order: int = 0
    probability: float | None = None  # 赢率, 阶段 only


def fold(text: str) -> str:
    """How dictionary values are compared: NFKC, no spaces, case ignored."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True)
class Dictionary:
    """Entries by category. A team's own rows replace a built-in row of the same value and add to the others;
    a row with 启用 blank or 否 switches a built-in value off."""

    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    by_alias: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # category → folded → values

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Dictionary:
        """From the typed table `dictionary`, on top of `followup.team.defaults.ENTRIES`."""
        from followup.team.defaults import ENTRIES

        merged: dict[str, dict[str, Entry]] = {}
        for entry in ENTRIES:
            merged.setdefault(entry.category, {})[entry.value] = entry
        for row in frame.to_dict("records"):
            category, value = str(row["category"]).strip(), str(row["value"]).strip()
            if not category or not value:
                continue
            if row["enabled"] != "是":
                merged.get(category, {}).pop(value, None)
                continue
            aliases = str(row["aliases"]).replace("；", ";").replace("、", ";").replace("，", ";").replace(",", ";")
            merged.setdefault(category, {})[value] = Entry(
                category,
                value,
                tuple(a.strip() for a in aliases.split(";") if a.strip()),
                str(row["parent"]).strip(),
                0 if pd.isna(row["order"]) else int(row["order"]),
                None if pd.isna(row["probability"]) else float(row["probability"]),
            )
        return cls.of(entry for values in merged.values() for entry in values.values())

    @classmethod
    def of(cls, entries: object) -> Dictionary:
        """From entries in any order; within a category they are sorted by 排序, then as given."""
        grouped: dict[str, list[Entry]] = {}
        for entry in entries:  # type: ignore[attr-defined]
            grouped.setdefault(entry.category, []).append(entry)
        by_alias: dict[str, dict[str, tuple[str, ...]]] = {}
        for category, rows in grouped.items():
            rows.sort(key=lambda e: e.order)
            names = by_alias.setdefault(category, {})
            for entry in rows:
                for text in {fold(t) for t in (entry.value, *entry.aliases)}:
                    names[text] = tuple(dict.fromkeys((*names.get(text, ()), entry.value)))
        return cls({category: tuple(rows) for category, rows in grouped.items()}, by_alias)

    def values(self, category: str) -> tuple[str, ...]:
        """The standard values of a category, in order."""
        return tuple(entry.value for entry in self.entries.get(category, ()))

    def resolve(self, category: str, text: str) -> tuple[str, ...]:
        """The standard values `text` may stand for: exactly one when it is a value or an alias of one."""
        names = self.by_alias.get(category, {})
        folded = fold(text)
        exact = [value for value in self.values(category) if fold(value) == folded]
        return (exact[0],) if exact else names.get(folded, ())

    def order(self, category: str) -> dict[str, int]:
        """The rank of each value, 1 for the first (阶段: MODEL M1)."""
        return {entry.value: entry.order or place for place, entry in enumerate(self.entries.get(category, ()), 1)}
