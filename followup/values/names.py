"""How customer names are compared (CASES 1.4)."""

from __future__ import annotations

import unicodedata


def name_key(text: str) -> str:
    """What two spellings of one name share: NFKC, case folded, white space out."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
