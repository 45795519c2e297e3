"""The worked example (MODEL 7) through a real workbook and `genjin compute`: all 228 customer cells, then quiet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from followup.tables import TABLES
from tests.genjin.conftest import Place

Make = Callable[..., Place]
NOW = "2024-06-30T18:00:00"
FILLED = {"contact_info": "13800138000", "industry": "制造业-汽车零部件", "first_contact_channel": "官网"}


def golden_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The CSVs as a person would have typed them: a Table 1 field is filled unless 空白字段 names it."""
    out: dict[str, list[dict[str, Any]]] = {}
    for key in ("customers", "followups", "deals", "payments", "tasks", "people"):
        headers = TABLES[key].by_header
        out[key] = []
        for row in pd.read_csv(folder / f"{key}.csv", dtype=str, keep_default_na=False).to_dict("records"):
            cells: dict[str, Any] = {headers[h].key: v or None for h, v in row.items() if h in headers}
            if key == "customers":
                for column in TABLES[key].columns[:10]:
                    if column.header in row["空白字段"].split(";"):
                        cells[column.key] = None
                    elif column.header not in row:
                        cells[column.key] = FILLED.get(column.key, "详细的需求描述文字")
            elif key in ("followups", "tasks", "deals"):
                cells["customer_ref"] = cells["customer_id"]
            out[key].append(cells)
    out["settings"] = [{"key": "系统启用日期", "value": "2024-05-01", "type": "date"}]
    return out


def test_every_expected_cell(place: Make, shared_data: Path) -> None:
    expected = json.loads((shared_data / "golden" / "expected.json").read_text(encoding="utf-8"))
    here = place(**golden_rows(shared_data / "golden"))
    done = here.run("compute", "--json", now=NOW)
    assert done.status == 0
    hits = done.json["workbooks"][0]["hits"]
    assert [hits["R01"], hits["R02"], hits["R04"]] == [
        expected["metrics"][m] for m in ("R01_触发", "R02_触发", "R04_沉默")
    ]
    rows = {row["客户编号"]: row for row in here.rows("客户基础信息")}
    shown = {(c, h): plain(rows[c][h]) for c, cells in expected["customers"].items() for h in cells}
    wanted = {(c, h): plain(v) for c, cells in expected["customers"].items() for h, v in cells.items()}
    assert shown == wanted and len(wanted) == 228
    assert here.run("compute", "--json", now=NOW).json["workbooks"][0]["file"] == "unchanged"


def plain(value: Any) -> object:
    """A cell and an expected value, comparable: dates by day, numbers as numbers, blanks alike."""
    if value in (None, ""):
        return None
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%d")
    try:
        return round(float(value), 12)
    except ValueError:
        return value
