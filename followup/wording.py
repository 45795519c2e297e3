"""Sentences for people, by code, in Chinese and English. Each package adds its own with `add`.

The language is a property of the run, not of a call: `--lang` sets it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar

LANG: ContextVar[str] = ContextVar("genjin_lang", default="zh")
_WORDS: dict[str, tuple[str, str]] = {}


def add(words: Mapping[str, tuple[str, str]]) -> None:
    """Register sentences: code → (Chinese, English), with `{name}` places.

    Raises ValueError for a code that another package uses already: its places would not fit.
    """
    for code, sentence in words.items():
        if _WORDS.setdefault(code, sentence) != sentence:
            raise ValueError(f"the code {code} is used twice")


def say(code: str, /, **places: object) -> str:
    """The sentence of `code` in the run's language, its places filled."""
    chinese, english = _WORDS[code]
    return (english if LANG.get() == "en" else chinese).format(**places)


def codes() -> Mapping[str, tuple[str, str]]:
    """All sentences, for the test that fills every one."""
    return _WORDS
