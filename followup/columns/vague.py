"""Which texts say nothing (MODEL K25, CASES C14)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from followup.arrays import Bools
from followup.team import Team

SHORT, MEDIUM = 6, 15  # characters without punctuation and spaces
_CHUNK = 100_000  # texts measured at once: bounds the memory


def vague(texts: pd.Series, team: Team) -> pd.Series:
    """Which texts are vague: under 6 characters, or a 含糊用语 and under 15; a blank text is not judged here."""
    codes, values = pd.factorize(texts.to_numpy())
    return pd.Series(_vague(values, team)[codes] if len(values) else False, index=texts.index, dtype=bool)


def _vague(values: npt.NDArray[np.object_], team: Team) -> Bools:
    parts = [lengths(values[at : at + _CHUNK]) for at in range(0, len(values), _CHUNK)]
    length = np.concatenate(parts)
    out = (length < SHORT) & (values != "")
    entries = team.dictionary.entries.get("含糊用语", ())
    phrases = [re.escape(text) for entry in entries for text in (entry.value, *entry.aliases)]
    if phrases:
        pattern = re.compile("|".join(phrases), re.IGNORECASE)
        for place in np.flatnonzero((length >= SHORT) & (length < MEDIUM)):
            out[place] = bool(pattern.search("".join(values[place].split())))
    return np.asarray(out)


def lengths(values: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """How many characters each text has without punctuation and spaces, measured over one joined text."""
    joined = np.frombuffer("".join(values).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    seen = np.zeros(0x110000, dtype=np.bool_)
    seen[joined] = True
    counted = np.zeros(0x110000, dtype=np.int64)
    counted[[code for code in np.flatnonzero(seen) if _counts(int(code))]] = 1
    ends = np.cumsum([0, *map(len, values)])
    running = np.concatenate(([0], np.cumsum(counted[joined])))
    return np.asarray(running[ends[1:]] - running[ends[:-1]])


@cache
def _counts(code: int) -> bool:
    return unicodedata.category(chr(code))[0] not in "PZC"
