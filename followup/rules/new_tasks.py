"""Tasks that a rule makes: one row a dedupe key, whichever machine makes it (MODEL 1.14)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from followup import ids
from followup.arrays import DAY, Bools, Ints, Objects, dates, take
from followup.facts import Facts
from followup.tables import TABLES
from followup.tables.frames import Tables, complete


def moments(instants: Ints) -> Objects:
    """Instants as a dedupe key writes them: a date, or date and time where there is one."""
    text = np.datetime_as_string(instants.astype("datetime64[s]")).astype("U19")
    text.view("U1").reshape(-1, 19)[:, 10] = " "  # ISO's T
    day, full = text.astype("U10").astype(object), text.astype(object)
    return np.asarray(np.where(instants % DAY == 0, day, full))


def day_text(values: Ints) -> Objects:
    """Days as a dedupe key writes them."""
    return moments(values * DAY)


def new_tasks(
    facts: Facts,
    rule_id: str,
    keys: Objects,
    rows: Ints,
    *,
    type: str,
    due: Any,
    priority: Any,
    content: Any,
    owner: Any = None,
    source_id: Any = "",
) -> pd.DataFrame:
    """Typed rows of 待办任务 for the customers at `rows`, one a key; the owner is the customer's."""
    index = pd.Index(ids.from_hashes(ids.LETTERS["tasks"], keys), dtype=object)
    cells: dict[str, Any] = {
        "task_id": index.to_numpy(),
        "type": type,
        "rule_id": rule_id,
        "dedupe_key": keys,
        "customer_ref": take(facts.text("customer_name"), rows, ""),
        "customer_id": take(facts.customers.index.to_numpy(), rows, ""),
        "source_id": source_id,
        "content": content,
        "owner": facts.text("owner")[rows] if owner is None else owner,
        "priority": priority,
        "status": "未开始",
    }
    frame = pd.DataFrame(
        {name: pd.Series(value, index=index, dtype=object) for name, value in cells.items()}, index=index
    )
    frame["created_at"] = pd.Series(pd.Timestamp(facts.now), index=index, dtype="datetime64[s]")
    frame["due_date"] = dates(np.asarray(due, dtype=np.int64) + np.zeros(len(rows), dtype=np.int64), index)
    return complete(frame, TABLES["tasks"])


def dedupe_keys(rule: str, *parts: Objects) -> Objects:
    """`R02|客户|日期`, one a row."""
    out = np.full(len(parts[0]), rule, dtype=object)
    for part in parts:
        out = out + "|" + part
    return out


def listed(facts: Facts, keys: Objects) -> Bools:
    """Which keys have an open task already: R05 and R06 list it, the rule itself need not."""
    return pd.Series(keys, dtype=object).isin(facts.tasks["dedupe_key"][facts.task_open]).to_numpy()


def only_new(tasks: pd.DataFrame, tables: Tables, taken: set[str]) -> pd.DataFrame:
    """The tasks whose key nobody has and that no person deleted (回收站)."""
    bin_ = tables["recycle_bin"]
    deleted = bin_["record_id"][(bin_["restore"] != "是").to_numpy()]
    fresh = tasks[~tasks["dedupe_key"].isin(taken).to_numpy() & ~tasks.index.isin(deleted)]
    fresh = fresh[~fresh["dedupe_key"].duplicated().to_numpy()]
    index = ids.apart(ids.LETTERS["tasks"], fresh["dedupe_key"].tolist(), tables["tasks"].index)
    return fresh.set_axis(index).assign(task_id=index)
