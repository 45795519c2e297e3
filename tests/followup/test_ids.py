"""Ids: every wrong character and every adjacent swap is caught (SYNC 1, C)."""

import random
import re

import numpy as np

from followup import ids
from followup.tables import TABLES

FIRST = sorted(set(ids.LETTERS.values()))


def sample(count: int) -> list[str]:
    rng = random.Random(7)
    return [ids.make(rng.choice(FIRST), "".join(rng.choices(ids.ALPHABET, k=7))) for _ in range(count)]


def test_the_example_of_the_design_is_an_id() -> None:
    assert ids.make("C", "A7K3M9Q") == "C-A7K3M9Q-T"
    assert ids.is_valid("C-A7K3M9Q-T")


def test_letters_name_tables_and_differ() -> None:
    assert set(ids.LETTERS) <= set(TABLES)
    assert len(FIRST) == len(ids.LETTERS)


def test_no_wrong_character_and_no_swap_passes_on_4000_ids() -> None:
    """The check equation over whole arrays: every symbol put at every place of 4,000 ids."""
    value = np.vectorize({c: i for i, c in enumerate(ids.ALPHABET, 1)}.get)
    letters = [c for c in FIRST if c in ids.ALPHABET]
    known = [t for t in sample(6000) if t[0] in letters][:4000]
    texts = np.array([list(t.replace("-", "")) for t in known])
    numbers = value(texts)
    weights = np.array([2, 3, 4, 5, 6, 7, 8, 9, -1])
    base = ids.ALPHABET.index  # the check symbol counts from 0
    assert (numbers[:, :-1] @ weights[:-1] % 31 == np.vectorize(base)(texts[:, -1])).all()
    residue = lambda rows: (rows @ weights + 1) % 31  # noqa: E731
    assert (residue(numbers) == 0).all()
    for place in range(9):
        for wrong in range(1, 32):
            changed = numbers.copy()
            changed[:, place] = wrong
            assert ((residue(changed) == 0) == (numbers[:, place] == wrong)).all()
        if place < 8:
            swapped = numbers.copy()
            swapped[:, [place, place + 1]] = numbers[:, [place + 1, place]]
            assert ((residue(swapped) == 0) == (numbers[:, place] == numbers[:, place + 1])).all()


def test_read_refuses_what_the_equation_refuses() -> None:
    for text in sample(60):
        for place in (0, 2, 3, 4, 5, 6, 7, 8, 10):
            for wrong in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
                other = text[:place] + wrong + text[place + 1 :]
                if other.replace("I", "1").replace("L", "1") != text.replace("I", "1"):
                    assert ids.read(other) == "", (text, other)


def test_read_is_lenient_only_where_it_is_safe() -> None:
    one = next(t for t in sample(500) if "1" in t[2:] and t[0] != "I")
    assert ids.read(one.lower()) == one
    assert ids.read(f" {one.replace('1', 'I')} ") == one
    assert ids.read(one.replace("1", "l")) == one
    assert not ids.is_valid(one.lower())
    for text in ("", "KH00123", "C-A7K3M9Q", "C-A7K3M90-T", "C-A7K3MOQ-T", "OO1"):
        assert ids.read(text) == ""


def test_a_generated_row_has_the_same_id_on_every_machine() -> None:
    made = ids.from_hash("T", "R02|C-A7K3M9Q-T|2024-06-04")
    assert made == ids.from_hash("T", "R02|C-A7K3M9Q-T|2024-06-04")
    assert made != ids.from_hash("T", "R02|C-A7K3M9Q-T|2024-06-05")
    assert re.fullmatch(r"T-[1-9A-HJKMNP-TV-Z]{7}-[1-9A-HJKMNP-TV-Z]", made)
    assert ids.is_valid(made)
