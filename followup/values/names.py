"""How customer names are compared (CASES 1.4)."""

from __future__ import annotations

import unicodedata

from followup.grid import Raw
from followup.values import reading as r
from followup.values.cleaning import ZERO_WIDTH, as_text
from followup.values.reading import Reading

_INVISIBLE = dict.fromkeys(map(ord, ZERO_WIDTH))


def name_key(text: str) -> str:
    """What two spellings of one name share: NFKC, case folded, white space and invisible characters out.

    Nothing more: 「股份」, a place, brackets or a branch make another company (CASES 1.4).
    """
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    return "".join(unicodedata.normalize("NFKC", folded).split())


def read_name(raw: Raw) -> Reading:
    """A customer's name as the key it is compared by (`genjin value name`); the cell itself stays as typed."""
    text = as_text(raw)
    key = name_key(text)
    if not key:
        return r.BLANK
    return r.ok(key) if key == raw else r.fixed(key, "name.key")
