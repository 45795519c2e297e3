"""`genjin remind` over several workbooks and in the team's own time zone (MODEL 1.1, 5; SYNC, "Promise")."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy

from genjin import settings
from sheets_templates.excel import build_workbook
from tests.genjin.conftest import PEOPLE, Place, typed_rows

Make = Callable[..., Place]


def test_what_stands_in_two_workbooks_is_in_one_mail(place: Make, customer: dict[str, object]) -> None:
    here = place(edition="starter", customers=[customer])
    second = {**customer, "customer_name": "另一本里的客户有限公司"}
    frames = {"people": typed_rows(PEOPLE), "customers": typed_rows([second])}
    build_workbook(here.root / "第二本.xlsx", edition="starter", today=date(2024, 5, 1), frames=frames)
    with (here.root / settings.FILE).open("a", encoding="utf-8") as file:
        file.write('\n[[workbook]]\npath = "第二本.xlsx"\n')
    digests = here.run("remind", "--json").json["digests"]
    assert sorted((one["person"], one["status"]) for one in digests) == [("张伟", "sent"), ("王强", "sent")]
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in here.root.rglob("*.eml")]
    assert len(mails) == 2
    for mail in mails:
        text = mail.get_body(("plain",)).get_content()
        assert "示例科技有限公司" in text and "另一本里的客户有限公司" in text
    assert {one["status"] for one in here.run("remind", "--json").json["digests"]} == {"already"}


def test_the_day_of_a_digest_is_the_teams(place: Make, customer: dict[str, object]) -> None:
    zone = [{"key": "时区", "value": "America/New_York"}]
    here = place(edition="starter", customers=[customer], settings=zone)
    shown = here.run("remind", "--json", "--dry-run", now="2024-06-30T20:00:00+00:00").json["digests"]
    assert {one["key"].split("|")[-1] for one in shown} == {"2024-06-30"}  # in Shanghai it is the first of July
    early = here.run("hourly", "--json", now="2024-06-30T10:00:00+00:00")  # 06:00 there, 18:00 in Shanghai
    assert early.status == 0 and early.json["digests"] == []
    assert here.run("hourly", "--json", now="2024-06-30T13:00:00+00:00").json["digests"] != []
