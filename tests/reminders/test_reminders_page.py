"""What people read: masked, escaped, the same in the text twin, and drawn by a real browser (PLATFORM 3)."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from followup.rules.finding import ITEMS
from followup.tables import TABLES
from followup.tables.frames import Tables, complete
from followup.team import Team
from reminders.outbox import view_of
from reminders.selection import KINDS, Digest, Item, digests
from sheets_templates.pages import Rendered, render_digest

NASTY = "<script>alert('云')</script> & \"引号\""


def rendered(lang: str = "zh") -> Rendered:
    due = date(2024, 5, 6)
    items = tuple(Item("R05", "C1", f"客户{kind}", due, NASTY, kind, "谈过<b>价格</b>") for kind in KINDS)
    return render_digest(view_of(Digest("张伟", "z@x.com", due, items), lang), lang)


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_runs_nothing_and_fetches_nothing(lang: str) -> None:
    page = rendered(lang).html
    tags = Tags(page)
    assert not tags.names & {"script", "link", "img", "iframe", "style", "form"}
    assert not {name for name in tags.attributes if name.startswith("on")} | (tags.attributes & {"src", "href"})
    assert "url(" not in page and "@import" not in page
    assert unescape(page).count(NASTY) == len(KINDS) and NASTY not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_twin_says_the_same(lang: str) -> None:
    one = rendered(lang)
    for kind in KINDS:
        assert f"客户{kind}" in one.html and f"客户{kind}" in one.text
    assert one.text.count(NASTY) == len(KINDS) == one.text.count("谈过<b>价格</b>")
    places = [one.text.index(f"客户{kind}") for kind in KINDS]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("打13800138000", "打138****8000"),
        ("138 0013 8000 / 13900139000", "138****8000 / 139****9000"),
        ("座机 0571-88886666", "座机 0571****6666"),
        ("发到 zhang.wei@x.com", "发到 z***@x.com"),
        ("合同 2024-05-04 签", "合同 2024-05-04 签"),
    ],
)
def test_contacts_are_masked_wherever_they_stand(typed: str, shown: str) -> None:
    people = pd.DataFrame({"name": ["张伟"], "email": ["z@x.com"], "active": ["是"]}, dtype=object, index=["张伟"])
    tables = Tables({"people": complete(people, TABLES["people"])})
    items = pd.DataFrame([["R05", "张伟", "", typed, "T1", None, typed, "today", typed, ""]], columns=list(ITEMS))
    items = items.astype(object).assign(due=pd.Series([pd.NaT], dtype="datetime64[s]"))
    ((item,),) = (one.items for one in digests(items, tables, Team.from_tables(tables), datetime(2024, 5, 6, 9)))
    assert (item.customer_name, item.text, item.last_summary) == (shown,) * 3


FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def test_a_browser_fits_it_to_a_phone(program: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "digest.html").write_text(rendered().html, encoding="utf-8")
    # A window of a headless browser is at least 500 px wide, a frame in it is not.
    frames = "".join(f'<iframe src="digest.html" width="{width}" height="900"></iframe>' for width in (375, 1200))
    measure = (
        "<script>onload=()=>document.title=[...document.querySelectorAll('iframe')].map(f=>"
        "(d=>[d.scrollWidth<=d.clientWidth,Math.max(...[...d.querySelectorAll('[data-count]')]"
        ".map(e=>e.clientHeight))<40,d.querySelectorAll('script').length].join())"
        "(f.contentDocument.documentElement)).join(' ')</script>"
    )
    (tmp_path / "frames.html").write_text(f"<!DOCTYPE html>{measure}{frames}", encoding="utf-8")
    command = [program("chromium"), *FLAGS, f"--user-data-dir={tmp_path / 'user'}", "--allow-file-access-from-files"]
    url = (tmp_path / "frames.html").as_uri()
    shown = subprocess.run([*command, "--dump-dom", url], capture_output=True, text=True, timeout=60, check=True).stdout
    title = re.search(r"<title>(.*?)</title>", shown)
    assert title is not None and title[1] == "true,true,0 true,true,0"  # nothing sticks out, no count breaks, no script

    picture = tmp_path / "digest.png"
    page = (tmp_path / "digest.html").as_uri()
    subprocess.run([*command, f"--screenshot={picture}", page], capture_output=True, timeout=60, check=True)
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 10_000
