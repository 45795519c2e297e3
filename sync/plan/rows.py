"""Which rows both sides show afterwards: presence, edit beats delete, customers and what belongs to them (SYNC B)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from followup.values.names import name_key
from sync.plan.arrays import Bools
from sync.plan.cells import Aligned

CHILDREN: dict[str, tuple[tuple[str, str], ...]] = {
    "deals": (("payments", "deal_id"),),
    "customers": (
        ("followups", "customer_id"),
        ("contacts", "customer_id"),
        ("deals", "customer_id"),
        ("tasks", "customer_id"),
        ("tickets", "customer_ref"),
        ("attachments", "customer_ref"),
    ),
}
"""What belongs to whom, children before their parents' parents."""


@dataclass
class Work:
    """One table under way: its rows over the union of ids, who shows them, who edited them."""

    table: str
    ids: pd.Index
    in_base: Bools
    in_local: Bools
    in_hub: Bools
    columns: dict[str, Aligned] = field(default_factory=dict)  # human, generated, stamped
    gone: Bools = field(init=False)  # deleted: to be recycled on the side that still shows it
    dropped: Bools = field(init=False)  # on neither side any more (B14)
    absent: Bools = field(init=False)  # a deletion held by a guard: stays as it is on both sides
    returned: Bools = field(init=False)  # edit beats delete (B12, B16)
    stirred: Bools = field(init=False)  # something that belongs to it was edited or is new
    local_edit: Bools = field(init=False)
    hub_edit: Bools = field(init=False)

    def decide(self, *, deletes: bool = True) -> None:
        """Whose rows go (B7-B16); without `deletes` a row of either side stays (lists the tool keeps)."""
        nothing = np.zeros(len(self.ids), dtype=np.bool_)
        human = [cells for cells in self.columns.values() if cells.column.is_human]
        self.local_edit = np.logical_or.reduce([nothing, *(cells.local_edit for cells in human)]) & self.in_local
        self.hub_edit = np.logical_or.reduce([nothing, *(cells.hub_edit for cells in human)]) & self.in_hub
        self.dropped = self.in_base & ~self.in_local & ~self.in_hub
        only_hub = self.in_base & ~self.in_local & self.in_hub
        only_local = self.in_base & self.in_local & ~self.in_hub
        self.gone = (only_hub & ~self.hub_edit) | (only_local & ~self.local_edit)
        self.returned = (only_hub & self.hub_edit) | (only_local & self.local_edit)
        if not deletes:
            self.returned = self.gone = nothing.copy()
        self.absent, self.stirred = nothing.copy(), nothing.copy()

    @property
    def alive(self) -> Bools:
        """Rows that are shown afterwards."""
        return ~self.gone & ~self.dropped

    @property
    def touched(self) -> Bools:
        """Rows that stay and that somebody edited or added, or something of theirs."""
        return self.alive & (self.local_edit | self.hub_edit | ~self.in_base | self.stirred)

    def deletions(self, *, local: bool) -> Bools:
        """Rows one side deleted and the other still shows unchanged (B11, B15)."""
        return self.gone & (~self.in_local if local else ~self.in_hub)

    def value(self, key: str) -> Any:
        """The newest known text of a column, for finding relatives."""
        cells = self.columns.get(key)
        if cells is None:
            return np.full(len(self.ids), "", dtype=object)
        return np.where(cells.local_edit | ~self.in_hub, cells.local, cells.hub)


def families(works: Mapping[str, Work]) -> list[tuple[str, str]]:
    """A parent that goes takes its children along, unless one of them was edited or is new: then the whole family
    stays (B12 for the group). Returns (table, id) of the parents that stay for a child's sake.
    """
    kept: list[tuple[str, str]] = []
    for name in ("deals", "customers"):
        kept += _revive(works, name)
    for name in ("customers", "deals"):
        _cascade(works, name)
    return kept


def _revive(works: Mapping[str, Work], name: str) -> list[tuple[str, str]]:
    parent = works.get(name)
    if parent is None or not any(work.gone.any() for work in works.values()):
        return []
    needed = np.zeros(len(parent.ids), dtype=np.bool_)
    for child, owner in _relatives(works, name):
        at = owner[child.touched | child.absent]
        needed[at[at >= 0]] = True
    parent.stirred = needed.copy()
    needed &= parent.gone
    if not needed.any():
        return []
    parent.gone = parent.gone & ~needed
    parent.returned = parent.returned | needed
    for child, owner in _relatives(works, name):
        back = child.gone & (owner >= 0) & needed[owner]
        child.gone, child.returned = child.gone & ~back, child.returned | back
        if child.table in CHILDREN:
            for grandchild, above in _relatives(works, child.table):
                too = grandchild.gone & (above >= 0) & back[above]
                grandchild.gone, grandchild.returned = grandchild.gone & ~too, grandchild.returned | too
    return [(name, str(record)) for record in parent.ids[needed]]


def _cascade(works: Mapping[str, Work], name: str) -> None:
    parent = works.get(name)
    if parent is None or not parent.gone.any():
        return
    for child, owner in _relatives(works, name):
        child.gone = child.gone | (child.alive & (owner >= 0) & parent.gone[owner])


def _relatives(works: Mapping[str, Work], name: str) -> Iterable[tuple[Work, Any]]:
    """Every child table with the position of each row's parent, -1 where it has none."""
    parent = works[name]
    for child_name, key in CHILDREN[name]:
        child = works.get(child_name)
        if child is None or not len(child.ids):
            continue
        found = parent.ids.get_indexer(pd.Index(child.value(key), dtype=object))
        if name == "customers" and "customer_ref" in child.columns:  # not linked yet, or never
            open_ = np.flatnonzero(found < 0)
            found[open_] = _by_name(parent, child.value("customer_ref")[open_])
        yield child, found


def _by_name(parent: Work, refs: Any) -> Any:
    """Customers by their name, where only one has it."""
    out = np.full(len(refs), -1, dtype=np.int64)
    if "customer_name" not in parent.columns or not (refs != "").any():
        return out
    names = pd.Index([name_key(str(text)) for text in parent.value("customer_name")], dtype=object)
    once = ~names.duplicated(keep=False) & (names != "")
    places = dict(zip(names[once], np.flatnonzero(once), strict=True))
    codes, distinct = pd.factorize(refs)
    return np.array([places.get(name_key(str(text)), -1) for text in distinct], dtype=np.int64)[codes]
