"""Scripted colleagues: one edits in the shared Google sheet, another in Excel; both change one cell (the conflict)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import requests

from followup.grid import Grid, column_letters
from followup.observe import Located, locate_all
from followup.tables import TABLES
from followup.team import Team
from followup.values import name_key
from followup.wording import LANG
from genjin.demo.team import ANNOTATED, CONFLICT, EDITED, QUIET
from sync.google_simulator import Simulator
from sync.stores.contract import SheetEdit
from sync.stores.excel_file import ExcelFileStore


def colleague_in_google(simulator: Simulator, now: datetime) -> list[str]:
    """李娜 changes three cells on her phone and types a follow-up without an id. What she did, in words."""
    customers, followups = _tab(simulator, "customers"), _tab(simulator, "followups")
    contact, pain, grade = (
        customers.cell(EDITED[0], "contact_info"),
        customers.cell(EDITED[1], "pain_points"),
        customers.cell(CONFLICT, "grade"),
    )
    simulator.edit(
        sheet=customers.located.sheet,
        raw=True,
        set={contact: "19912348888", pain: "希望三个月内把交付周期缩短到10天", grade: "A"},
    )
    row = followups.row(
        customer_ref=EDITED[0], followup_date=f"{now:%Y-%m-%d}", method="微信", followed_by="李娜",
        summary="客户在微信上确认了试用名单，共12个账号", feedback="希望本周开通", next_action="开通试用账号",
        action_owner="李娜", action_due=f"{now:%Y-%m-%d}", priority="高",
    )  # fmt: skip
    simulator.edit(sheet=followups.located.sheet, raw=True, append=[row])
    if LANG.get() == "en":
        return [
            f"in Google, 李娜 changes 联系方式 of {EDITED[0]} and 需求痛点 of {EDITED[1]}, and sets 客户等级 of {CONFLICT} to A",
            f"on her phone she types a follow-up for {EDITED[0]}, without any id",
        ]
    return [
        f"李娜在 Google 表格里改了“{EDITED[0]}”的联系方式、“{EDITED[1]}”的需求痛点，并把“{CONFLICT}”的客户等级改成 A",
        f"她又在手机上给“{EDITED[0]}”补了一条跟进，没有编号",
    ]


def colleague_in_excel(path: Path, now: datetime) -> list[str]:
    """张伟 changes two cells in Excel and deletes a customer's row. What he did, in words."""
    store = ExcelFileStore(path)
    snapshot = store.read()
    customers = _Tab.of(snapshot.grids, "customers")
    located = customers.located
    edit = SheetEdit(
        located.sheet,
        header_row=located.header_row,
        last_row=located.last_row,
        width=max((*located.columns.values(), *located.private.values())),
    )
    edit.cells[customers.find(ANNOTATED), located.columns["decision_maker"]] = "王总/总经理"
    edit.cells[customers.find(CONFLICT), located.columns["grade"]] = "C"
    edit.removed = [customers.find(QUIET)]
    store.apply([edit], snapshot)
    if LANG.get() == "en":
        return [
            f"in Excel, 张伟 fills in 决策人 of {ANNOTATED}, sets 客户等级 of {CONFLICT} to C, and deletes the row of {QUIET}"
        ]
    return [f"张伟在 Excel 里填了“{ANNOTATED}”的决策人，把“{CONFLICT}”的客户等级改成 C，并删除了“{QUIET}”这一行"]


class _Tab:
    """One table as a person sees it: columns by header, rows by the customer's name."""

    def __init__(self, grid: Grid, located: Located) -> None:
        self.grid, self.located = grid, located

    @classmethod
    def of(cls, grids: Mapping[str, Grid], key: str) -> _Tab:
        located = locate_all(grids, Team.default().dictionary)[key]
        return cls(grids[located.sheet], located)

    def find(self, name: str) -> int:
        """The row of a customer."""
        place = self.located.columns["customer_name"]
        for number in range(self.located.header_row + 1, len(self.grid.rows) + 1):
            if name_key(str(self.grid.cell(number, place) or "")) == name_key(name):
                return number
        raise LookupError(name)

    def cell(self, name: str, key: str) -> str:
        """The address of a customer's cell."""
        return f"{column_letters(self.located.columns[key])}{self.find(name)}"

    def row(self, **values: str) -> list[str]:
        """A new row with some cells filled in."""
        out = [""] * max(self.located.columns.values())
        for key, value in values.items():
            out[self.located.columns[key] - 1] = value
        return out


def _tab(simulator: Simulator, key: str) -> _Tab:
    """A tab of the shared sheet, read as its owner would."""
    title = TABLES[key].sheet
    url = f"{simulator.base_url}/v4/spreadsheets/{simulator.spreadsheet_id}/values/{quote(title)}"
    values = requests.get(url, timeout=30).json().get("values", [])
    return _Tab.of({title: Grid(title, [[cell or None for cell in row] for row in values])}, key)
