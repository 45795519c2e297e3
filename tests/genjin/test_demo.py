"""`genjin demo`: the whole main job, offline, in a new folder; the third run is quiet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from genjin.demo.team import sample
from tests.genjin.conftest import Place


def test_the_sample_team_is_the_same_every_time() -> None:
    one, other = sample(datetime(2024, 5, 20, 9)), sample(datetime(2024, 5, 20, 9))
    assert all(one[key].equals(other[key]) for key in one)
    assert len(one["people"]) == 4 and len(one["customers"]) >= 80 and len(one["followups"]) > 300


def test_the_demo_ends_quietly(tmp_path: Path) -> None:
    done = Place(tmp_path).run("demo", "d", "--now", "2026-11-27T09:00", "--json")
    assert done.status == 0, done.err
    result = done.json
    assert result["third_run_quiet"] and result["mails"] == [4, 0, 0]
    assert result["runs"][1]["conflicts"] == 1
    assert len(list((tmp_path / "d" / ".genjin" / "outbox").glob("*.html"))) == 4
    again = Place(tmp_path).run("demo", "d", "--json")
    assert again.status == 3 and again.json["error"]["code"] == "workspace.exists"
