"""Which 地区 a place name means: BJ, 北京, 广东深圳, 北京朝阳 (CASES C11)."""

from __future__ import annotations

import re

from followup.grid import Raw
from followup.team import Dictionary
from followup.team.dictionary import fold
from followup.values import reading as r
from followup.values.cleaning import as_text, read_text
from followup.values.reading import Reading

CATEGORY = "地区"
_GLUE = re.compile(r"[-/·,，、;；.>|_]")
_REST = "省市区县"


def read_region(raw: Raw, dictionary: Dictionary) -> Reading:
    """A place as its standard name; what lies inside it (朝阳) is named in the reason; unknown places stay."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    values = dictionary.resolve(CATEGORY, text)
    if len(values) == 1:
        return r.ok(values[0]) if values[0] == raw else r.fixed(values[0], "words.alias", value=values[0])
    if values:
        return r.ambiguous("words.several_match", r.UNKNOWN, values="、".join(values))
    return _inside(text, dictionary) or _unknown(raw)


def _unknown(raw: Raw) -> Reading:
    reading = read_text(raw)
    return Reading(reading.value, reading.verdict, r.say("words.unknown_kept"), None, r.UNKNOWN, r.WARNING)


def _inside(text: str, dictionary: Dictionary) -> Reading | None:
    """A known place followed by a smaller one."""
    folded = _GLUE.sub("", fold(text)).removeprefix("中国")
    parents = {entry.value: entry.parent for entry in dictionary.entries.get(CATEGORY, ())}
    outer, rest = _longest(folded, dictionary)
    if not outer:
        return None
    inner, detail = _longest(rest, dictionary)
    if not inner and (named := dictionary.by_alias[CATEGORY].get(rest + "市")):
        inner, detail = named, ""
    cities = [value for value in inner if parents.get(value) in outer]
    if len(cities) == 1:
        outer, rest = tuple(cities), detail
    elif any(not parents.get(value) and value not in outer for value in inner) and not detail:
        return r.ambiguous("words.several_match", r.UNKNOWN, values="、".join((*outer, *inner)))
    if len(outer) > 1:
        return r.ambiguous("words.several_match", r.UNKNOWN, values="、".join(outer))
    if not rest:
        return r.fixed(outer[0], "words.alias", value=outer[0])
    if len(rest) == 1:
        return r.suggested(outer[0], "words.near", r.UNKNOWN, value=outer[0])
    return r.fixed(outer[0], "region.detail", value=outer[0], detail=rest)


def _longest(text: str, dictionary: Dictionary) -> tuple[tuple[str, ...], str]:
    """The places of the longest known name `text` begins with, and what follows it."""
    names = dictionary.by_alias.get(CATEGORY, {})
    for length in range(min(len(text), 16), 1, -1):
        if values := names.get(text[:length]):
            return values, text[length:].lstrip(_REST) if len(text[length:]) > 1 else text[length:].strip(_REST)
    return (), text
