"""The foreground loop: repeats the hourly run, survives a failing one, stops cleanly on a signal (ARCHITECTURE)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.genjin.conftest import Place

Make = Callable[..., Place]


def wait_for(condition: Callable[[], bool], seconds: float = 90) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_it_survives_a_failing_run_and_stops_on_a_signal(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer], edition="starter")
    toml = here.root / "genjin.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('"1h"', '"1s"'), encoding="utf-8")
    log = here.root / ".genjin" / "log" / "schedule.log"

    def lines() -> list[str]:
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    loop = subprocess.Popen(
        [sys.executable, "-m", "genjin", "schedule", "run"], cwd=here.root, stdout=subprocess.PIPE, env=dict(os.environ)
    )
    try:
        assert wait_for(lambda: any("成功" in line for line in lines())), lines()
        away = here.book.rename(here.root / "别处.xlsx")
        assert wait_for(lambda: any("file." in line for line in lines())), lines()
        away.rename(here.book)
        failed = len(lines())
        assert wait_for(lambda: any("成功" in line for line in lines()[failed:])), lines()
        loop.send_signal(signal.SIGTERM)
        assert loop.wait(60) == 0
    finally:
        loop.kill()
    assert "示例科技" not in log.read_text(encoding="utf-8")  # no customer's value in a log
    assert here.rows("客户基础信息")[0]["客户编号"]


def test_digests_wait_for_their_hour(place: Make, customer: dict[str, object]) -> None:
    here = place(customers=[customer], edition="starter")
    early = here.run("hourly", "--json", now="2024-06-30T08:29:00")
    assert early.status == 0 and early.json["digests"] == []
    first = here.run("hourly", "--json", now="2024-06-30T08:30:00").json["digests"]
    assert {d["status"] for d in first} == {"sent"} and first[0]["key"] == "digest|张伟|mail|2024-06-30"
    again = here.run("hourly", "--json", now="2024-06-30T23:59:00").json["digests"]
    assert {d["status"] for d in again} == {"already"}
    tomorrow = here.run("hourly", "--json", now="2024-07-01T09:00:00").json["digests"]
    assert {d["status"] for d in tomorrow} == {"sent"}
    assert len(list((here.root / ".genjin" / "outbox").glob("*.eml"))) == len(first) + len(tomorrow)


def test_a_sheet_without_its_header_is_named(place: Make, customer: dict[str, object], tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "客户基础信息"
    sheet.append(["客户名称", "负责人"])
    sheet.append(["示例科技有限公司", "张伟"])
    book.create_sheet("跟进记录").append([date(2024, 5, 5), "电话"])
    book.save(tmp_path / "两张表.xlsx")
    done = Place(tmp_path).run("check", "两张表.xlsx", env={"XDG_DATA_HOME": str(tmp_path / "own")})
    assert done.status == 0 and "“跟进记录”里没有找到表头" in done.err
