"""Which record each row of a sheet is (SYNC C)."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from followup import ids as forms
from followup.tables.column import Table
from followup.wording import say
from sync.plan import wording as _wording  # noqa: F401
from sync.plan.content import Content, alike, same_record
from sync.plan.model import Notice

NATURAL: dict[str, tuple[str, ...]] = {
    "people": ("name",),
    "settings": ("key",),
    "rules": ("rule_id",),
    "dictionary": ("category", "value"),
    "holidays": ("date",),
    "reviews": ("period", "block"),
    "history": ("customer_id",),
}
"""What names a record of a table whose ids nobody generates."""


@dataclass
class Identified:
    """The record of each row, and how the rows whose id had to be found or made were told."""

    ids: pd.Series  # row → record id; "" = pending copy (C5), not synced
    minted: set[str] = field(default_factory=set)  # ids made for new rows (C6)
    restored: dict[int, str] = field(default_factory=dict)  # row → id it had lost (C2, C3)
    copies: list[int] = field(default_factory=list)  # rows equal to another one (C5, C13)
    notices: list[Notice] = field(default_factory=list)
    damaged: int = 0  # base ids blanked or doubled although their rows are there (G9)


def record_keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    """The natural key of every row of a table whose ids nobody generates; a key's further rows get `#2`, `#3` …

    Rows whose key is blank get `""`.
    """
    names = NATURAL.get(table.key) or ((table.id_column,) if table.id_column else ())
    parts = [_text(frame[name]) for name in names if name in frame]
    keys = pd.Series("", index=frame.index, dtype=object)
    if parts and len(frame):
        joined = ["|".join(cells) if any(cells) else "" for cells in zip(*parts, strict=True)]
        keys = pd.Series(joined, index=frame.index, dtype=object)
    turn = keys.groupby(keys).cumcount() + 1
    again = ((turn > 1) & (keys != "")).to_numpy()
    return keys.where(~again, keys + "#" + turn.astype(str)).astype(object)


def _text(column: pd.Series) -> list[str]:
    if column.dtype == object:
        return [str(cell).strip() for cell in column]
    if str(column.dtype).startswith("datetime64"):
        return list(column.dt.strftime("%Y-%m-%d").fillna(""))
    return ["" if gone else str(cell) for cell, gone in zip(column, column.isna(), strict=True)]


def identify(
    table: Table,
    rows: pd.DataFrame,
    base: pd.DataFrame | None,
    issued: Container[str],
    mint: Callable[[], str],
    *,
    hub: bool = False,
) -> Identified:
    """The record of each row: `rows` is a typed frame by sheet row, its id column as shown; `base` one by record id,
    its id column holding the text that was shown (C1-C9). Without a base ids of any form are kept (C0).

    At the `hub` ids that other workbooks brought are right, whatever their form, and the base's own ids are what was
    shown. Its ids belong into `issued` before the workbook is read: a row may come back that way (B4).
    """
    if table.key in NATURAL:
        return Identified(record_keys(table, rows))
    search = _Search(table, rows, base, issued, mint, hub)
    search.by_id()
    if len(search.left()):
        search.by_content()
        search.typed()
        search.copies()
        search.new()
    return search.result()


class _Search:
    """The rows of one sheet, found one after the other."""

    def __init__(
        self,
        table: Table,
        rows: pd.DataFrame,
        base: pd.DataFrame | None,
        issued: Container[str],
        mint: Callable[[], str],
        hub: bool,
    ) -> None:
        self.table, self.rows, self.issued, self.mint, self.hub = table, rows, issued, mint, hub
        self.first = base is None
        self.base = base if base is not None else rows.iloc[:0].set_axis(pd.Index([], dtype=object))
        key, count = table.id_column, len(rows)
        self.shown: Any = np.array(_text(rows[key]), dtype=object) if key in rows else np.full(count, "", dtype=object)
        was = self.base[key] if key in self.base and not hub else pd.Series(self.base.index, dtype=object)
        self.was = pd.Index(_text(was), dtype=object)
        self.found: Any = np.full(count, "", dtype=object)
        self.decided = np.zeros(count, dtype=np.bool_)
        self.minted: set[str] = set()
        self.restored: dict[int, str] = {}
        self.copied: list[int] = []
        self.notices: list[Notice] = []
        self.damaged = 0

    def left(self) -> Any:
        """Positions of rows not yet told."""
        return np.flatnonzero(~self.decided)

    def by_id(self) -> None:
        """C1, C2, C7; ids the base did not show: C0, B4, C9."""
        texts = pd.Index(self._canonical(), dtype=object)
        several, filled = texts.duplicated(keep=False), np.asarray(texts != "")
        doubled = self.was.duplicated(keep=False)
        once = pd.Series(np.arange(len(self.was)), index=self.was)[~doubled]
        where = once.index.get_indexer(texts)
        sure = (where >= 0) & ~several & filled  # C1
        self.found[sure] = self.base.index.to_numpy()[once.to_numpy()[where[sure]]]
        own = ~texts.isin(self.was) & ~several & filled
        if not self.first:
            own[own] = [self._own(str(text)) for text in texts[own]]
        self.found[own] = texts.to_numpy()[own]  # C0, B4
        self.decided = np.asarray(sure | own)
        groups: dict[str, list[int]] = {}
        for at in np.flatnonzero(~self.decided & filled & (several | texts.isin(self.was))):
            groups.setdefault(str(texts[at]), []).append(int(at))
        self._several(groups)

    def _canonical(self) -> Any:
        """Ids typed in another case or with I for 1 as they are written; other texts as they stand."""
        out = self.shown.copy()
        for at in np.flatnonzero(~pd.Index(self.shown).isin(self.was) & (self.shown != "")):
            read = forms.read(self.shown[at])
            if read and (read in self.base.index or read in self.issued):
                out[at] = read
        return out

    def _own(self, text: str) -> bool:
        """Whether an id that the base did not show may stand: issued, or brought to the hub by another workbook."""
        return text in self.issued or (self.hub and forms.is_valid(text))

    def _several(self, groups: dict[str, list[int]]) -> None:
        """C2: several rows show one id, or several records were shown as one: the most alike pair first."""
        known = [text for text in groups if text in self.was]
        rows = [at for text in known for at in groups[text]]
        records = np.flatnonzero(self.was.isin(known))
        if rows:
            content = Content.of(self.table, self.rows.iloc[rows], self.base.iloc[records])
            row_at = {at: place for place, at in enumerate(rows)}
            record_at: dict[str, list[int]] = {}
            for place, record in enumerate(records):
                record_at.setdefault(str(self.was[int(record)]), []).append(place)
            for text in known:
                mine = np.array([row_at[at] for at in groups[text]])
                for one, other in content.best_pairs(mine, np.array(record_at[text])):
                    self._tell(rows[one], str(self.base.index[records[other]]))
                self.damaged += len(groups[text]) > 1
        for text, places in groups.items():
            if text not in self.was and (self.first or self._own(text)):
                self._tell(places[0], text)

    def by_content(self) -> None:
        """C3, C8: rows that lost their id, among the records that vanished."""
        left, gone = self.left(), np.flatnonzero(~self.base.index.isin(self.found[self.decided]))
        if not len(gone) or not len(left):
            return
        content = Content.of(self.table, self.rows.iloc[left], self.base.iloc[gone])
        for row, old in same_record(content, np.arange(len(left)), np.arange(len(gone))):
            at, record = int(left[row]), str(self.base.index[gone[old]])
            self._tell(at, record)
            if not self.was[gone[old]] and not self.shown[at]:
                continue  # a new row whose id could not be written yet: nothing was damaged
            self.restored[int(self.rows.index[at])] = record
            self.damaged += 1
            self._notice("C8" if self.shown[at] else "C3", [at], shown=self.shown[at], record=record)

    def typed(self) -> None:
        """C8, C9: texts in the id column that are nobody's id; at the hub they stay, another workbook brought them."""
        taken = set(self.found[self.decided])
        for at in self.left():
            text = self.shown[at]
            if not text or text in taken or text in self.was:
                continue
            if self.hub:
                self._tell(int(at), text)
                taken.add(text)
            elif not self.first:
                self._notice("C9" if forms.is_valid(text) else "C8", [at], shown=text)

    def copies(self) -> None:
        """C5, C13: rows equal in every human cell to a row already told, or to an upper new one."""
        left = self.left()
        live = alike(self.table, self.rows, np.flatnonzero(self.decided), left)
        at = np.concatenate([live, left])
        hashes = Content.of(self.table, self.rows.iloc[at], None).row_hashes()
        first: dict[int, int] = {}
        for place, mark in zip(at, hashes.tolist(), strict=True):
            upper = first.setdefault(mark, int(place))
            if upper == place or self.decided[place]:
                continue
            self.decided[place] = True
            self.copied.append(int(self.rows.index[place]))
            self._notice("C5", [place], record=self.found[upper] or say("plan.row", row=self.rows.index[upper]))

    def new(self) -> None:
        """C6."""
        for at in self.left():
            made = self.mint()
            self.minted.add(made)
            self._tell(int(at), made)
            if self.shown[at] and (self.first or self.shown[at] in self.was):
                self._notice("C2.new", [at], shown=self.shown[at], record=made)

    def result(self) -> Identified:
        """What was found."""
        found = pd.Series(self.found, index=self.rows.index, dtype=object)
        return Identified(found, self.minted, self.restored, self.copied, self.notices, self.damaged)

    def _tell(self, at: int, record: str) -> None:
        self.found[at] = record
        self.decided[at] = True

    def _notice(self, code: str, at: Any, *, shown: str = "", record: str = "") -> None:
        for place in at:
            row = int(self.rows.index[int(place)])
            message = say("plan." + code, sheet=self.table.sheet, row=row, shown=shown, record=record)
            self.notices.append(Notice(code, self.table.key, record, self.table.id_column, message))
