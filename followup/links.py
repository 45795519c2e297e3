"""Which customer a row belongs to: 客户名称 → 客户编号 (MODEL 3.2, SYNC 1a)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from followup import ids
from followup.arrays import Objects
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
        self._exact: dict[str, str] = {}  # names as written and ids → id
        self._by_key: dict[str, str] = {}
        for ids_, names in (
            (moved["customer_id"].to_numpy(), moved["customer_name"].to_numpy()),
            (customers.index.to_numpy(), customers["customer_name"].to_numpy()),
        ):
            self._add(ids_, names)
        self._ids = {str(id_): str(id_) for id_ in (*moved["customer_id"], *customers.index)}
        self._exact |= self._ids
        self._exact[""] = ""

    def _add(self, ids_: Objects, names: Objects) -> None:
        """Names → id; a name whose key several customers share stands for none (`""`)."""
        codes, distinct = pd.factorize(names)
        keys = np.array([name_key(str(name)) for name in distinct], dtype=object)[codes]
        shared = pd.Index(keys, dtype=object).duplicated(keep=False)
        found = np.where(shared, "", ids_)
        self._exact |= dict(zip(names, found, strict=True))
        self._by_key |= dict(zip(keys, found, strict=True))
        self._by_key[""] = ""

    def __call__(self, refs: Objects) -> Objects:
        """The customer id of each reference, `""` where none or several fit."""
        codes, distinct = pd.factorize(refs)
        exact = self._exact
        found = [exact[text] if text in exact else self._read(str(text)) for text in distinct]
        return np.asarray(np.array([*found, ""], dtype=object)[codes])

    def _read(self, text: str) -> str:
        return self._by_key.get(name_key(text), "") or self._ids.get(ids.read(text), "")
