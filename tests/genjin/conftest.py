"""Real workspaces for the tests of the command line: the installed `genjin`, a real workbook, the stand-in hub."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from genjin import settings
from genjin.start import WORKBOOK
from sheets_templates.excel import build_workbook
from sync.stores.excel_file import ExcelFileStore

NOW = "2024-06-30T18:00:00"
PEOPLE = [
    {
        "name": "张伟",
        "aliases": "小张",
        "email": "zhangwei@example.com",
        "role": "销售",
        "manager": "王强",
        "active": "是",
    },
    {"name": "王强", "email": "wangqiang@example.com", "role": "主管", "active": "是"},
]
CUSTOMER = {
    "customer_name": "示例科技有限公司", "industry": "制造业-汽车零部件", "customer_type": "潜在客户", "key_contact": "*经理/采购总监",
    "contact_info": "手机号5678", "comm_preference": "邮件+每周电话同步", "company_size": "500人/年营收1-5亿",
    "pain_points": "降低供应链管理成本30%", "first_contact_date": "2024-05-01", "first_contact_channel": "行业展会推荐",
    "status": "意向客户", "grade": "A", "owner": "张伟",
}  # fmt: skip


def typed_rows(rows: list[Mapping[str, object]]) -> pd.DataFrame:
    """Rows as a person typed them."""
    names = dict.fromkeys(name for row in rows for name in row)
    return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in names})


@dataclass
class Result:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        return json.loads(self.out)


@dataclass
class Place:
    """A workspace and the way to run commands in it, as another program would."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def book(self) -> Path:
        """Its workbook."""
        return self.root / WORKBOOK

    def run(self, *arguments: str, now: str = NOW, env: Mapping[str, str] | None = None) -> Result:
        """Run `genjin …` in a process of its own."""
        command = [sys.executable, "-m", "genjin", *arguments]
        if arguments[0] not in ("cells", "undo", "hub", "init", "value", "doctor", "demo") and "--now" not in arguments:
            command += ["--now", now]
        done = subprocess.run(
            command,
            cwd=self.root,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **self.env, **(env or {})},
            timeout=300,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        """The rows of a sheet by header, as they stand in the file."""
        grid = ExcelFileStore(self.book).read().grids[sheet]
        header = [str(cell) for cell in grid.rows[0]]
        return [
            {name: (row[n] if n < len(row) else None) for n, name in enumerate(header)}
            for row in grid.rows[1:]
            if any(cell is not None for cell in row)
        ]


@pytest.fixture
def place(tmp_path: Path) -> Callable[..., Place]:
    """Make a workspace: `place(customers=[…], followups=[…], hub=True)`."""

    def make(
        *, edition: str = "full", hub: bool = False, mail: str = "", **tables: list[Mapping[str, object]]
    ) -> Place:
        root = tmp_path / "团队 工作区"
        root.mkdir()
        frames = {name: typed_rows(rows) for name, rows in {"people": PEOPLE, **tables}.items() if rows}
        build_workbook(root / WORKBOOK, edition=edition, today=date(2024, 5, 1), frames=frames)
        text = settings.template(WORKBOOK, kind="google" if hub else "none", endpoint="simulator" if hub else "")
        (root / settings.FILE).write_text(text.replace('host = ""', mail or 'host = ""'), encoding="utf-8")
        made = Place(root)
        if hub:
            assert made.run("hub", "setup").status == 0
        return made

    return make


@pytest.fixture(scope="session")
def customer() -> dict[str, object]:
    """The document's own customer, filled in (Table 1)."""
    return dict(CUSTOMER)
