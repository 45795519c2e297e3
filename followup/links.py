"""Which customer a row belongs to: 客户名称 → 客户编号 (MODEL 3.2, SYNC 1a)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from followup import ids
from followup.arrays import Ints, Objects, positions
from followup.changes import Change, set_cells
from followup.tables import TABLES
from followup.tables.frames import Tables
from followup.values.names import name_key

LINKED = tuple(key for key, table in TABLES.items() if {"customer_ref", "customer_id"} <= table.by_key.keys())
"""The tables whose rows belong to a customer by name or id."""


def link(tables: Tables) -> list[Change]:
    """The 客户编号 of every row whose 客户名称 stands for exactly one customer.

    A 客户名称 is a 客户编号 or a name whose key only one customer has. What does not resolve keeps the id it has
    (its customer may have been renamed, or share its name) and stays blank without one.
    """
    lookup = Lookup(tables)
    changes: list[Change] = []
    for key in LINKED:
        frame = tables[key]
        if len(frame):
            old = frame["customer_id"]
            found = lookup(frame["customer_ref"].to_numpy())
            new = pd.Series(np.where(found == "", old.to_numpy(), found), index=frame.index, dtype=object)
            changes += set_cells(key, "customer_id", old, new, "客户名称对应的客户编号")
    return changes


class Lookup:
    """Names and ids of customers, active ones before those that were moved to 历史客户库."""

    def __init__(self, tables: Tables) -> None:
        customers, history = tables["customers"], tables["history"]
        moved = history[~history["customer_id"].isin(customers.index) & (history["customer_id"] != "")]
        moved = moved.drop_duplicates("customer_id")
        self.ids = customers.index.append(pd.Index(moved["customer_id"], dtype=object))
        self.names = self._unique(customers["customer_name"].to_numpy(), customers.index.to_numpy())
        older = self._unique(moved["customer_name"].to_numpy(), moved["customer_id"].to_numpy())
        self.names = older | self.names

    @staticmethod
    def _unique(names: Objects, ids_: npt.NDArray[np.object_]) -> dict[str, str]:
        """Name key → id; a key that several customers share stands for none (`""`)."""
        codes, distinct = pd.factorize(names)
        keys = np.array([name_key(str(name)) for name in distinct], dtype=object)[codes]
        shared = pd.Index(keys, dtype=object).duplicated(keep=False)
        known = dict(zip(keys, np.where(shared, "", ids_), strict=True))
        known.pop("", None)
        return known

    def __call__(self, refs: Objects) -> Objects:
        """The customer id of each reference, `""` where none or several fit."""
        codes, distinct = pd.factorize(refs)
        known: Ints = positions(self.ids, distinct)
        found = np.empty(len(distinct) + 1, dtype=object)
        found[-1] = ""
        for place, (text, exact) in enumerate(zip(distinct, known >= 0, strict=True)):
            found[place] = text if exact else self._by_text(str(text))
        return np.asarray(found[codes])

    def _by_text(self, text: str) -> str:
        by_name = self.names.get(name_key(text), "")
        if by_name:
            return by_name
        typed = ids.read(text)
        return typed if typed and typed in self.ids else ""
