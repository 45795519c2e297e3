"""Due reminders of a run's tables, each once: selection, rendering, outbox (MODEL 5, digest keys)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Engine

from followup.wording import LANG
from genjin.clock import utc_now
from genjin.workspace import Workspace
from reminders.outbox import Outcome, deliver
from reminders.selection import digests, together
from reminders.smtp import FolderChannel, MailSettings, SmtpChannel

if TYPE_CHECKING:
    from genjin.run import Report


def send_digests(workspace: Workspace, engine: Engine, report: Report, *, dry_run: bool = False) -> list[Outcome]:
    """Send what is due of `report`; one digest a person and day. Raises Failed `mail.*` when the server refuses all."""
    due = together(
        digest
        for workbook in report.workbooks
        for digest in digests(workbook.enriched.rules.items, workbook.enriched.tables, workbook.team, report.now)
    )
    return deliver(due, engine=engine, channel=channel_of(workspace), lang=LANG.get(), clock=utc_now, dry_run=dry_run)


def channel_of(workspace: Workspace) -> Any:
    """The mail channel of a workspace: its server, else the outbox folder."""
    mail = workspace.settings.mail
    if not mail.host:
        return FolderChannel(workspace.data / "outbox")
    settings = MailSettings(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=mail.password,
        sender=mail.sender or mail.user,
    )
    return SmtpChannel(settings, cafile=Path(mail.ca_file) if mail.ca_file else None)


def as_json(outcomes: list[Outcome]) -> dict[str, Any]:
    """`remind --json` (ARCHITECTURE)."""
    return {
        "digests": [
            {
                "person": one.digest.person,
                "to": one.digest.to,
                "channel": one.digest.channel,
                "key": one.digest.key,
                "status": one.status,
                "items": [
                    {
                        "rule": i.rule,
                        "customer_id": i.customer_id,
                        "due": i.due.isoformat() if i.due else None,
                        "text": i.text,
                    }
                    for i in one.digest.items
                ],
            }
            for one in outcomes
        ]
    }
