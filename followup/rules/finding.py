"""What one rule says: hits, new tasks, and items for the digests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from followup.arrays import Ints, Objects, dates, take
from followup.facts import Facts
from followup.tables import TABLES
from followup.tables.frames import empty

ITEMS = (
    "rule", "person", "customer_id", "customer_name", "object_id", "due", "text", "kind", "last_summary", "priority",
)  # fmt: skip
"""Columns of the items: text but for `due` (datetime64[s]); kind is overdue, today, soon, silent, fill or escalation."""


def blank_items() -> pd.DataFrame:
    """No items."""
    columns = {name: pd.Series([], dtype="datetime64[s]" if name == "due" else object) for name in ITEMS}
    return pd.DataFrame(columns)


def _no_tasks() -> pd.DataFrame:
    return empty(TABLES["tasks"])


@dataclass(frozen=True)
class Finding:
    """`hits`: ids whose condition holds; `tasks`: typed rows the rule wants, whether they exist already or not."""

    rule_id: str
    hits: list[str]
    tasks: pd.DataFrame = field(default_factory=_no_tasks)
    items: pd.DataFrame = field(default_factory=blank_items)


Rule = Callable[[Facts], Finding]


def ids_of(index: pd.Index, rows: Ints) -> list[str]:
    """The record ids at `rows`."""
    return [str(name) for name in index[rows]]


def items(
    facts: Facts,
    rule: str,
    rows: Ints,
    *,
    person: Any,
    due: Any,
    text: Any,
    kind: Any,
    priority: Any,
    object_id: Any = None,
    customer_ref: Any = "",
) -> pd.DataFrame:
    """Items about the customers at `rows` (-1: unresolved, then shown by `customer_ref`); one without a person goes."""
    customer_id = take(facts.customers.index.to_numpy(), rows, "")
    known = take(facts.text("customer_name"), rows, "")
    columns: dict[str, Any] = {
        "rule": rule,
        "person": person,
        "customer_id": customer_id,
        "customer_name": np.where(known == "", customer_ref, known),
        "object_id": customer_id if object_id is None else object_id,
        "due": dates(np.asarray(due, dtype=np.int64) + np.zeros(len(rows), dtype=np.int64), pd.RangeIndex(len(rows))),
        "text": text,
        "kind": kind,
        "last_summary": facts.last_summaries(rows),
        "priority": priority,
    }
    frame = pd.DataFrame(
        {
            name: value if name == "due" else pd.Series(_objects(value, len(rows)), dtype=object)
            for name, value in columns.items()
        },
        index=pd.RangeIndex(len(rows)),
    )
    return frame[frame["person"] != ""].reset_index(drop=True)


def _objects(value: Any, size: int) -> npt.NDArray[np.object_]:
    out = np.empty(size, dtype=object)
    out[:] = value
    return out


def managers(facts: Facts, people: Objects) -> Objects:
    """The 上级 of each person, blank where unknown or the person is it."""
    codes, names = pd.factorize(people)
    above = [facts.team.people.manager_of(str(name)) for name in names]
    above = ["" if manager == name else manager for manager, name in zip(above, names, strict=True)]
    return np.asarray(np.array([*above, ""], dtype=object)[codes])


def priority_of(facts: Facts, rows: Ints) -> Objects:
    """R02: A 高, B 中, else 低."""
    grade = take(facts.text("grade"), rows, "")
    return np.where(grade == "A", "高", np.where(grade == "B", "中", "低")).astype(object)
