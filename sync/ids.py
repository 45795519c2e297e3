"""How a new record gets an id that was never used: machine code, random symbols, every id ever issued (SYNC C)."""

from __future__ import annotations

import random as _random
from collections.abc import Container

from followup import ids

RANDOM_SYMBOLS = ids.SYMBOLS - 2


class Minter:
    """Makes ids of one machine; never one that is `taken`, never one twice."""

    def __init__(self, machine_code: str, taken: Container[str], random: _random.Random) -> None:
        """`machine_code`: the two symbols the hub handed out, or random ones before a hub exists."""
        if len(machine_code) != 2 or any(symbol not in ids.ALPHABET for symbol in machine_code):
            raise ValueError(f"not a machine code: {machine_code!r}")
        self._code, self._taken, self._random = machine_code, taken, random
        self.minted: set[str] = set()

    def mint(self, letter: str) -> str:
        """A fresh id of a table's letter (`followup.ids.LETTERS`)."""
        while True:
            made = ids.make(letter, self._code + "".join(self._random.choices(ids.ALPHABET, k=RANDOM_SYMBOLS)))
            if made not in self._taken and made not in self.minted:
                self.minted.add(made)
                return made


def machine_code(random: _random.Random) -> str:
    """A random machine code, for use before a hub has issued one."""
    return "".join(random.choices(ids.ALPHABET, k=2))
