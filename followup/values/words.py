"""Which allowed word a cell means: choices with aliases, 是/否, tags, two-level 行业 (CASES C08, C10)."""

from __future__ import annotations

import re

from followup.grid import Raw
from followup.tables.column import Column, Type
from followup.team import Team
from followup.team.dictionary import fold
from followup.values import reading as r
from followup.values.cleaning import as_text, read_text
from followup.values.reading import Reading, Verdict

YES = frozenset(
    ["完成", "已完成", "done", "是", "y", "yes", "true", "1", "✓", "✔", "√", "☑", "有", "对", "t", "ok", "真"]
)
NO = frozenset(["未完成", "否", "n", "no", "false", "0", "×", "✗", "✘", "x", "不", "不是", "没有", "f", "假", "☐", "□"])

# What people write for a value without being exactly it: proposed, never taken.
NEAR = {
    "优先级": {"紧急": "高", "重要": "高", "很高": "高", "最高": "高", "急": "高", "加急": "高", "非常重要": "高", "1": "高", "2": "中", "3": "低",
            "一般": "中", "普通": "中", "正常": "中", "不急": "低", "较低": "低", "p0": "高", "p1": "高", "p2": "中", "p3": "低"},
    "客户等级": {"高级": "A", "高": "A", "重点": "A", "重点客户": "A", "1": "A", "中级": "B", "中": "B", "2": "B", "普通": "C", "低级": "C", "低": "C", "3": "C"},
    "客户状态": {"意向": "意向客户", "已签约": "成交客户", "签约": "成交客户", "合作中": "成交客户", "丢单": "流失客户", "跟进中": "意向客户", "新客户": "潜在客户"},
    "客户类型": {"老客户": "成交客户", "新客户": "潜在客户", "已签约": "成交客户", "签约": "成交客户", "丢单": "流失客户"},
}  # fmt: skip
# Accepted as typed, with a word of warning (MODEL 3.1, 客户类型).
ACCEPTED = {"客户类型": frozenset({"沉默客户"})}

_JOINED = re.compile(r"[+＋/／、,，;；&和]")
_TAGS = re.compile(r"[;；,，、\n|]")
_DASHES = re.compile(r"\s*[-‐‑‒–—―−－﹣]+\s*")
_STEPS = re.compile(r"\s*[/／>＞·|\\]+\s*")


def allowed(column: Column, team: Team) -> tuple[str, ...]:
    """The values of a choice column: the declared ones, then the team's own."""
    return tuple(dict.fromkeys((*column.values, *team.dictionary.values(column.category))))


def read_enum(raw: Raw, column: Column, team: Team) -> Reading:
    """A choice: an alias is repaired, a near word proposed, an unknown one asked (kept, where the list is open)."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    values = allowed(column, team)
    if not values:
        return read_text(raw)
    matches = _matches(text, column, values, team)
    if len(matches) == 1:
        return r.ok(matches[0]) if matches[0] == raw else r.fixed(matches[0], "words.alias", value=matches[0])
    if matches:
        return r.ambiguous("words.several_match", r.UNKNOWN, values="、".join(matches))
    if text in ACCEPTED.get(column.category, ()):
        return r.warned(text, r.UNKNOWN, "words.computed_status")
    near = NEAR.get(column.category, {}).get(fold(text))
    if near in values:
        return r.suggested(near, "words.near", r.UNKNOWN, value=near)
    if column.type is Type.OPEN_ENUM:
        base = read_text(raw)
        return Reading(base.value, base.verdict, r.say("words.unknown_kept"), None, r.UNKNOWN, r.WARNING)
    return _closed(text, column, values, team)


def _matches(text: str, column: Column, values: tuple[str, ...], team: Team) -> tuple[str, ...]:
    folded = fold(text)
    exact = [value for value in values if fold(value) == folded]
    if exact:
        return (exact[0],)
    return tuple(v for v in team.dictionary.resolve(column.category, text) if v in values)


def _closed(text: str, column: Column, values: tuple[str, ...], team: Team) -> Reading:
    parts = [part for part in _JOINED.split(text) if part.strip()]
    found = [_matches(part, column, values, team) for part in parts]
    if len(parts) > 1 and all(found):
        names = tuple(dict.fromkeys(value for match in found for value in match))
        if len(names) > 1:
            return r.ambiguous("words.several_match", r.UNKNOWN, values="、".join(names))
    near = _alike(fold(text), column, values, team)
    if len(near) == 1:
        return r.suggested(near[0], "words.near", r.UNKNOWN, value=near[0])
    return r.ambiguous("words.unknown", r.UNKNOWN, values="、".join(values[:12]))


def _alike(folded: str, column: Column, values: tuple[str, ...], team: Team) -> list[str]:
    """The values that contain the text or are contained in it, themselves or by an alias."""
    if len(folded) > 12:
        return []
    names = {fold(value): (value,) for value in values} | dict(team.dictionary.by_alias.get(column.category, {}))
    hits = [
        value
        for name, owners in names.items()
        if len(name) > 1 and (name in folded or (len(folded) > 1 and folded in name))
        for value in owners
        if value in values
    ]
    return list(dict.fromkeys(hits))


def read_flag(raw: Raw) -> Reading:
    """是 or 否; a FLAG column may also be blank. Ticks and TRUE are repaired (CASES C05)."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    for value, words in (("是", YES), ("否", NO)):
        if fold(text) in words:
            return r.ok(value) if raw == value else r.fixed(value, "words.alias", value=value)
    return r.ambiguous("words.unknown", r.UNKNOWN, values="是、否")


def read_tags(raw: Raw, column: Column, team: Team) -> Reading:
    """Words separated by ; in the order typed, each once; known aliases become the standard word."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    tags = [" ".join(part.split()) for part in _TAGS.split(text)]
    out: list[str] = []
    for tag in filter(None, tags):
        values = team.dictionary.resolve(column.category, tag)
        out.append(values[0] if len(values) == 1 else tag)
    value = ";".join(dict.fromkeys(out))
    if not value:
        return r.error("words.only_separators")
    return r.ok(value) if value == raw else r.fixed(value, "words.separators")


def read_industry(raw: Raw, team: Team) -> Reading:
    """`大类-细分`, separators as -, both in the dictionary 行业 (MODEL 3.1)."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    dashed = _DASHES.sub("-", text).strip("-")
    if "-" not in dashed:
        dashed = _STEPS.sub("-", dashed, count=1)
    main, _, detail = dashed.partition("-")
    known = {entry.value: entry.parent for entry in team.dictionary.entries.get("行业", ())}
    mains = team.dictionary.resolve("行业", main)
    main = mains[0] if len(mains) == 1 and not known.get(mains[0]) else main
    value = f"{main}-{detail}" if detail else main
    if not value:
        return r.error("words.only_separators")
    if not detail and len(mains) == 1 and known.get(mains[0]):
        whole = f"{known[mains[0]]}-{mains[0]}"
        return r.suggested(whole, "words.near", r.UNKNOWN, value=whole)
    verdict = Verdict.OK if value == raw else Verdict.FIXED
    if not detail:
        return Reading(value, verdict, r.say("industry.one_level"), None, r.UNKNOWN, r.WARNING)
    if main not in known or (known.get(detail) != main and (main, detail) not in _pairs(team)):
        return Reading(value, verdict, r.say("words.unknown_kept"), None, r.UNKNOWN, r.WARNING)
    return r.ok(value) if verdict is Verdict.OK else r.fixed(value, "words.separators")


def _pairs(team: Team) -> set[tuple[str, str]]:
    """大类 and 细分 of the dictionary; one 细分 may be written `大类-细分` where two 大类 share its name."""
    return {
        (e.parent, e.value.removeprefix(e.parent + "-")) for e in team.dictionary.entries.get("行业", ()) if e.parent
    }
