"""今日工作台: what is due for each person, most urgent first (MODEL 3.17)."""

from __future__ import annotations

import re
from datetime import datetime

import numpy as np
import pandas as pd

from followup.arrays import NONE, Bools, Ints, Objects, counts, dates, days, take
from followup.facts import Facts
from followup.tables import TABLES
from followup.tables.frames import Tables, complete
from followup.team import Team

AHEAD = 3  # days: 逾期 → 今日 → 3天内 → 沉默
_SILENT = 3  # the last of the four sections
_COMPACT_DAY = r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"  # 20240506 is a date, nobody's number
_GRADES = {"A": 0, "B": 1, "C": 2}


def workbench(tables: Tables, team: Team, now: datetime) -> pd.DataFrame:
    """The typed rows of 今日工作台, index = 任务编号 or `客户 编号`; `tables` hold the computed columns of this run.

    A customer with a task in the list has no second row of its own; a snoozed one has none at all.
    """
    facts = Facts(tables, team, now)
    listed = _listed_tasks(facts)
    covered = counts(facts.task_customer, listed, facts.size) > 0
    wanted = ~facts.lost & ~facts.snoozed & ~covered
    soon = wanted & (facts.next_due != NONE) & (facts.next_due <= facts.today + AHEAD)
    parts = [_task_rows(facts, np.flatnonzero(listed)), _customer_rows(facts, soon, wanted & facts.silent & ~soon)]
    rows = pd.concat([part for part in parts if len(part)]) if any(map(len, parts)) else parts[0]
    return _ranked(facts, rows)


def _listed_tasks(facts: Facts) -> Bools:
    """Open tasks due within three days, neither they nor their customer put off."""
    held = take(facts.snoozed, facts.task_customer, False) | (days(facts.tasks["snooze_until"]) > facts.today)
    due = facts.task_due
    return np.asarray(facts.task_open & ~held & (due != NONE) & (due <= facts.today + AHEAD))


def _task_rows(facts: Facts, rows: Ints) -> pd.DataFrame:
    tasks = facts.tasks.iloc[rows]
    customer = facts.task_customer[rows]
    owner = tasks["owner"].to_numpy()
    ids = tasks.index.to_numpy()
    return pd.DataFrame(
        {
            "owner": np.where(owner == "", take(facts.text("owner"), customer, ""), owner),
            "item": (tasks["type"] + np.where(tasks["content"] == "", "", "：") + tasks["content"]).to_numpy(),
            "customer": np.where(
                customer >= 0, take(facts.text("customer_name"), customer, ""), tasks["customer_ref"].to_numpy()
            ),
            "task_id": ids,
            "due": facts.task_due[rows],
            "place": customer,
            "section": _section(facts.task_due[rows] - facts.today),
        },
        index=pd.Index(ids, dtype=object),
    )


def _customer_rows(facts: Facts, soon: Bools, silent: Bools) -> pd.DataFrame:
    rows = np.flatnonzero(soon | silent)
    quiet = silent[rows]
    return pd.DataFrame(
        {
            "owner": facts.text("owner")[rows],
            "item": np.where(quiet, "激活沉默客户", "跟进客户"),
            "customer": facts.text("customer_name")[rows],
            "task_id": "",
            "due": facts.next_due[rows],
            "place": rows,
            "section": np.where(quiet, _SILENT, _section(facts.next_due[rows] - facts.today)),
        },
        index=pd.Index([f"客户 {name}" for name in facts.customers.index[rows]], dtype=object),
    )


def _section(left: Ints) -> Ints:
    return np.where(left < 0, 0, np.where(left == 0, 1, 2))


def _ranked(facts: Facts, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows sorted by person, section, 等级, 评分 desc, due, key; numbered from 1 for each person."""
    place = rows["place"].to_numpy(dtype=np.int64)
    grade = pd.Series(take(facts.text("grade"), place, ""), index=rows.index).map(_GRADES).fillna(len(_GRADES))
    score = take(facts.customers["score"].fillna(0).to_numpy(dtype=np.int64), place, 0)
    order = rows.assign(grade=grade, score=-score, key=rows.index).sort_values(
        ["owner", "section", "grade", "score", "due", "key"]
    )
    rows = rows.loc[order.index]
    place, due = rows["place"].to_numpy(dtype=np.int64), rows["due"].to_numpy(dtype=np.int64)
    index = rows.index
    frame = pd.DataFrame(
        {
            "owner": rows["owner"].astype(object),
            "rank": pd.Series(rows.groupby("owner").cumcount() + 1, index=index, dtype="Int64"),
            "item": rows["item"].astype(object),
            "customer": rows["customer"].astype(object),
            "due": dates(due, index),
            "hint": _hints(facts, due, place, rows["section"].to_numpy(dtype=np.int64), index),
            "last_summary": pd.Series(facts.last_summaries(place), index=index, dtype=object),
            "contact": _contacts(facts, place, index),
            "task_id": rows["task_id"].astype(object),
        },
        index=index,
    )
    return complete(frame, TABLES["today"])


def _hints(facts: Facts, due: Ints, place: Ints, section: Ints, index: pd.Index) -> pd.Series:
    """逾期N天, 今日, N天内, 沉默N天."""
    left = np.where(section == _SILENT, take(facts.days_silent, place, 0), np.abs(due - facts.today))
    forms = ("逾期{}天", "今日", "{}天内", "沉默{}天")
    codes, pairs = pd.factorize(pd.Series(section * 1_000_000 + left))
    words = [forms[pair // 1_000_000].format(pair % 1_000_000) for pair in pairs]
    return pd.Series(np.array([*words, ""], dtype=object)[codes], index=index, dtype=object)


def _contacts(facts: Facts, place: Ints, index: pd.Index) -> pd.Series:
    """联系方式, masked where 敏感列 says so."""
    contact = pd.Series(take(facts.text("contact_info"), place, ""), index=index, dtype=object)
    if "联系方式" not in facts.team.settings.list("敏感列"):
        return contact
    codes, distinct = pd.factorize(contact.to_numpy())
    return pd.Series(_mask(distinct)[codes] if len(distinct) else contact, index=index, dtype=object)


def _mask(contacts: Objects) -> Objects:
    """`mask` of each; plain mobile numbers, which are most, all at once."""
    text = contacts.astype(str)
    mobile = (np.char.str_len(text) == 11) & np.char.isdigit(text)
    out = contacts.copy()
    digits = text[mobile].astype("U11").view("U1").reshape(-1, 11)
    digits[:, 3:7] = "*"
    out[mobile] = digits.view("U11").ravel().astype(object)
    out[~mobile] = [mask(str(contact)) for contact in contacts[~mobile]]
    return out


def mask(contact: str) -> str:
    """A contact that cannot be used by who should not have it: 138****8000, z***@x.com."""
    gap = r"[-\s.·]{0,2}"  # 138 0013 8000, 138.0013.8000, 0755-1234567
    spaced = rf"(?<!\d)(1[3-9]\d|0\d{{2,3}}|400|800){gap}\d{{3,4}}{gap}(\d{{4}})(?!\d)"
    contact = re.sub(spaced, r"\1****\2", contact)
    contact = re.sub(rf"(?<!\d)(1[3-9]\d){gap}\d{{3}}{gap}\d(\d{{4}})(?!\d)", r"\1****\2", contact)
    contact = re.sub(r"(?<!\d)(\d{3})\d{4,}(\d{4})(?!\d)", r"\1****\2", contact)
    contact = re.sub(rf"(?<!\d)(?!{_COMPACT_DAY})(\d{{2}})\d{{3,}}(\d{{2}})(?!\d)", r"\1****\2", contact)
    return re.sub(r"([\w.+-])[\w.+-]*(@[\w.-]+)", r"\1***\2", contact)
