"""Which column of a table a header cell names, whatever stars, spaces and units people add (CASES S03)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from followup.grid import Raw
from followup.tables.column import Column, Table, Type
from followup.team import Dictionary
from followup.values.cleaning import as_text, plain

TEAM_ALIASES = "表头别名"
_NOTE = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]$")
_UNITS = {"万元": 10_000, "万": 10_000, "千元": 1000, "亿元": 100_000_000, "亿": 100_000_000, "百万": 1_000_000}
_UNIT = re.compile(r"[(\[【/,:]?(?:单位[:]?|人民币)?(万元|万|千元|亿元|亿|百万)[)\]】]?$")


def fold(text: Raw) -> str:
    """How headers are compared: half width, case ignored, without spaces, stars, colons and underscores."""
    folded = plain(as_text(text)).casefold().replace(" ", "").replace("_", "")
    return folded.strip("*:;,.·●★☆#?!\"'“”「」")


def spellings(text: Raw) -> tuple[str, ...]:
    """A header as it stands, then without a note in brackets such as (必填) or (万元)."""
    whole = fold(text)
    return tuple(dict.fromkeys(s for s in (whole, fold(_NOTE.sub("", whole))) if s))


def unit_factor(text: Raw, column: Column) -> int:
    """What the unit in the header of a money column multiplies by: 合同金额(万元) → 10,000."""
    if column.type is not Type.MONEY or fold(text) in {fold(n) for n in (column.header, *column.aliases)}:
        return 1
    match = _UNIT.search(fold(text))
    return _UNITS[match[1]] if match else 1


@dataclass(frozen=True)
class Names:
    """The headers and aliases of one table, folded."""

    headers: dict[str, str] = field(default_factory=dict)  # → key
    aliases: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table, dictionary: Dictionary) -> Names:
        """The declared names and the team's own (dictionary category 表头别名)."""
        headers = {fold(c.header): c.key for c in table.columns}
        aliases = {fold(alias): c.key for c in table.columns for alias in c.aliases}
        for entry in dictionary.entries.get(TEAM_ALIASES, ()):
            if key := headers.get(fold(entry.value)):
                aliases |= {fold(alias): key for alias in entry.aliases}
        for column in table.columns:
            aliases.setdefault(fold(column.key), column.key)
        return cls(headers, {name: key for name, key in aliases.items() if name and name not in headers})

    def find(self, text: Raw) -> tuple[str, bool]:
        """The key a header names and whether by its own name; ("", False) where it is the team's own column."""
        for spelling in spellings(text):
            if key := self.headers.get(spelling):
                return key, True
            if key := self.aliases.get(spelling):
                return key, False
        return "", False


@dataclass
class HeaderRow:
    """A row read as a header: which columns it names (1-based)."""

    columns: dict[str, int] = field(default_factory=dict)
    repeated: list[tuple[str, int, str]] = field(default_factory=list)  # header text, column, key
    private: dict[str, int] = field(default_factory=dict)
    filled: int = 0


def read_row(cells: list[Raw], names: Names) -> HeaderRow:
    """`cells` as a header row. A column's own name goes before an alias, then the left one before the right."""
    row = HeaderRow()
    texts = [(place, as_text(cell)) for place, cell in enumerate(cells, 1) if as_text(cell)]
    row.filled = len(texts)
    found = {place: names.find(text) for place, text in texts}
    for own in (True, False):
        for place, _ in texts:
            key, by_name = found[place]
            if key and by_name is own and key not in row.columns:
                row.columns[key] = place
    taken = set(row.columns.values())
    for place, text in texts:
        if place not in taken:
            if key := found[place][0]:
                row.repeated.append((text, place, key))
            row.private[_unique(plain(text), row.private)] = place
    return row


def _unique(name: str, taken: dict[str, int]) -> str:
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{name} ({number})"
    return unique
