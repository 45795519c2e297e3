"""What a record id looks like: `C-A7K3M9Q-T`, how one is made, checked and read (SYNC 1, C).

The letter and the hyphen keep a spreadsheet from turning an id into a number or a date. The last symbol makes
the weighted sum of all characters 0 mod 31; 31 is prime and neighbouring weights differ, so every single wrong
character and every adjacent swap is caught, the letter included.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32 without 0: 31 symbols."""

LETTERS: dict[str, str] = {
    "customers": "C",
    "followups": "F",
    "contacts": "P",
    "deals": "D",
    "payments": "R",
    "tasks": "T",
    "tickets": "K",
    "attachments": "A",
    "transitions": "S",
    "kb": "N",
    "templates": "M",
    "targets": "G",
    "issues": "I",
    "conflicts": "X",
    "duplicates": "Z",
    "recycle_bin": "B",
    "reminder_log": "E",
    "run_log": "W",
    "import_staging": "J",
    "today": "Y",
}
"""The first letter of an id, by table."""

SYMBOLS = 7
_BASE = len(ALPHABET)
_WEIGHTS = tuple(range(2, 2 + SYMBOLS + 1))  # of the letter and the seven symbols; the check symbol weighs -1
_VALUES = {symbol: place for place, symbol in enumerate(ALPHABET, 1)} | {"I": 1}  # I stands first only (issues)
_FORM = re.compile(r"([A-Z])-([0-9A-Z]{7})-([0-9A-Z])")


def check_symbol(body: str) -> str:
    """The check symbol of `body`: the letter and the seven symbols, hyphen or not."""
    values = (_VALUES[symbol] for symbol in body.replace("-", ""))
    return ALPHABET[sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)) % _BASE]


def make(letter: str, symbols: str) -> str:
    """The id of a letter and seven symbols of the alphabet."""
    return f"{letter}-{symbols}-{check_symbol(letter + symbols)}"


def from_hash(letter: str, text: str) -> str:
    """The id of a generated row: a hash of its dedupe key, the same on every machine (MODEL 1.14)."""
    return from_hashes(letter, [text])[0]


def from_hashes(letter: str, texts: Iterable[str]) -> list[str]:
    """The ids of many generated rows at once."""
    digests = b"".join(hashlib.sha256(text.encode()).digest()[:8] for text in texts)
    number = np.frombuffer(digests, dtype=">u8").astype(np.uint64)
    total = np.full(len(number), _WEIGHTS[0] * _VALUES[letter], dtype=np.int64)
    out = np.full((len(number), SYMBOLS + 4), "-", dtype="U1")
    out[:, 0] = letter
    symbols = np.array(list(ALPHABET))
    for place, weight in enumerate(_WEIGHTS[1:]):
        number, value = np.divmod(number, np.uint64(_BASE))
        out[:, place + 2] = symbols[value]
        total += weight * (value.astype(np.int64) + 1)
    out[:, -1] = symbols[total % _BASE]
    return [str(text) for text in out.view(f"U{SYMBOLS + 4}").ravel()]


def apart(letter: str, keys: Sequence[str], taken: pd.Index) -> pd.Index:
    """The ids of generated rows with distinct keys, all different and none of them `taken`.

    Of a million keys some twenty share one of the 31**7 hashes; those take the hash of `key|2`, whatever their order.
    """
    first = pd.Index(from_hashes(letter, keys), dtype=object)
    clash = np.flatnonzero(first.duplicated(keep=False) | first.isin(taken))
    if len(clash):
        made = first.to_numpy().copy()
        made[clash] = from_hashes(letter, [f"{keys[int(place)]}|2" for place in clash])
        first = pd.Index(made, dtype=object)
    return first


def read(text: str) -> str:
    """The canonical id that a person typed, `""` if it is none: case ignored, I and L read as 1; 0 and O refused."""
    found = _FORM.fullmatch("".join(text.split()).upper())
    if not found:
        return ""
    letter, symbols, check = (part.replace("L", "1") for part in found.groups())
    symbols, check = symbols.replace("I", "1"), check.replace("I", "1")
    if letter not in _VALUES or any(symbol not in _VALUES for symbol in symbols + check):
        return ""
    return f"{letter}-{symbols}-{check}" if check_symbol(letter + symbols) == check else ""


def is_valid(text: str) -> bool:
    """Whether `text` is an id exactly as `make` writes it."""
    return text != "" and read(text) == text
