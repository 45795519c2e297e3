"""Which member of the team a cell names (MODEL 3.11, CASES C08, C09)."""

from __future__ import annotations

import re

from followup.grid import Raw
from followup.team import People
from followup.values import reading as r
from followup.values.cleaning import as_text, plain, read_text
from followup.values.reading import Reading, Verdict

_NOTE = re.compile(r"[(\[【].*[)\]】]$")
_SEVERAL = re.compile(r"[/、,;&+|]|(?<=\S)和(?=\S)")
_PERSONS = re.compile(r"[;；,，、/／\n|]")


def read_person(raw: Raw, people: People) -> Reading:
    """One person by their name in 人员. Unknown names stay, with a warning; two of one name are asked."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    if text in people.by_name and len(people.resolve(text)) == 1:
        return r.ok(text) if text == raw else r.fixed(text, "person.alias", name=text)
    names = _resolve(text, people)
    if len(names) == 1:
        return r.fixed(names[0], "person.alias", name=names[0])
    if names:
        return r.ambiguous("person.several_match", names="、".join(names))
    if _is_several(text, people):
        return r.warned(text, r.SEVERAL, "person.several")
    if not people.by_name:
        return read_text(raw)
    return r.warned(text, r.UNKNOWN, "person.unknown")


def _resolve(text: str, people: People) -> tuple[str, ...]:
    """Who `text` names: as it stands, without a note in brackets or an @, or by mailbox."""
    bare = plain(text).lstrip("@*")
    for candidate in (text, plain(text), _NOTE.sub("", bare), bare):
        if names := people.resolve(candidate):
            return names
    return tuple(p.name for p in people.by_name.values() if p.email and p.email.casefold() == bare.casefold())


def _is_several(text: str, people: People) -> bool:
    parts = [part.strip() for part in _SEVERAL.split(plain(text))]
    if len(parts) > 1 and all(parts):
        return "和" not in text or all(_resolve(part, people) for part in parts)
    words = plain(text).split()
    return len(words) > 1 and len({name for word in words for name in _resolve(word, people)}) == len(words)


def read_persons(raw: Raw, people: People) -> Reading:
    """Several people, `姓名` or `角色:姓名`, separated by ;. Known aliases become names, order is kept."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    parts = [part for part in map(_tidy, _PERSONS.split(text)) if part]
    unknown: list[str] = []
    out: list[str] = []
    for part in parts:
        role, colon, name = part.rpartition(":")
        reading = read_person(name, people)
        if reading.verdict is Verdict.AMBIGUOUS:
            return reading
        if reading.kind == r.UNKNOWN:
            unknown.append(name)
        out.append(f"{role}{colon}{reading.value}" if reading.value else part)
    value = ";".join(dict.fromkeys(out))
    if unknown:
        return Reading(
            value, Verdict.OK if value == raw else Verdict.FIXED, r.say("person.unknown"), None, r.UNKNOWN, r.WARNING
        )
    return r.ok(value) if value == raw else r.fixed(value, "words.separators")


def _tidy(part: str) -> str:
    role, colon, name = part.replace("：", ":").rpartition(":")
    return f"{role.strip()}:{name.strip()}" if colon else part.strip()
