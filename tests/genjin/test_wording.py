"""Every sentence exists in both languages with the same places; errors have a hint."""

from __future__ import annotations

import string

import genjin.cli.shared
import genjin.cli.show
import genjin.demo.play
import genjin.doctor
import genjin.start
import genjin.takeback
from followup import wording
from followup.errors import Failed


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_sentences_say_the_same_in_both_languages() -> None:
    assert genjin.demo.play.play  # everything that registers sentences is imported
    for code, (chinese, english) in wording.codes().items():
        assert chinese and english, code
        assert places(chinese) == places(english), code


def test_an_error_reads_in_both_languages() -> None:
    trouble = Failed("mail.unreachable", host="smtp.example.com", port=465, detail="timeout")
    assert "smtp.example.com:465" in trouble.message and trouble.hint
    token = wording.LANG.set("en")
    try:
        assert "cannot be reached" in str(trouble)
    finally:
        wording.LANG.reset(token)
