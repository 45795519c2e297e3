"""A digest as an e-mail: HTML with its plain-text twin, one recipient, a Message-ID that follows from its key."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from sheets_templates.pages import Rendered


def ledger_id(key: str, to: str) -> str:
    """The primary key of a message in the ledger: the same message always has the same one."""
    return hashlib.sha256(f"{key}\x1f{to}".encode()).hexdigest()[:40]


def message_id(identity: str) -> str:
    """The Message-ID of a message of the ledger: findable in an archive after a crash (PLATFORM 3)."""
    return f"<{identity}@genjin.invalid>"


def compose(rendered: Rendered, *, identity: str, person: str, to: str, sender: str, at: datetime) -> EmailMessage:
    """The message; `at` is real UTC time. Raises ValueError for an address that is none."""
    message = EmailMessage()
    message["Subject"] = " ".join(rendered.subject.split())
    message["From"] = _address("跟进提醒", sender or "genjin@localhost")
    message["To"] = _address(person, to)
    message["Date"] = format_datetime(at.replace(tzinfo=at.tzinfo or UTC))
    message["Message-ID"] = message_id(identity)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(rendered.text, cte="base64")
    message.add_alternative(rendered.html, subtype="html", cte="base64")
    return message


def _address(name: str, text: str) -> Address:
    own, address = parseaddr(text)
    user, at, domain = address.rpartition("@")
    if not at or not user or not domain or any(c.isspace() for c in address):
        raise ValueError(text)
    return Address(display_name=own or name, username=user, domain=domain)
