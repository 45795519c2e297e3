"""Each digest goes out once, over a real SMTP server (CASES M01, M03)."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from followup.errors import Failed, Wrong
from followup.wording import say
from reminders import ledger
from reminders.outbox import deliver, reminder_rows
from reminders.selection import Digest, Item
from reminders.smtp import FolderChannel, MailSettings, SmtpChannel

NOW = datetime(2024, 5, 5, 0, 30)


class Post:
    """Keeps what arrives; answers RCPT with the next of `answers`."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answers: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, options: Any) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(to)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 accepted"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.now(UTC) - timedelta(days=1)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(days=9))
    made = made.add_extension(names, False).add_extension(x509.BasicConstraints(True, None), True)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + pem)
    return path


@pytest.fixture(params=["ssl", "starttls"])
def server(request: pytest.FixtureRequest, certificate: Path) -> Iterator[tuple[Post, MailSettings]]:
    post, context = Post(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"code", handled=False)

    implicit = request.param == "ssl"
    tls: dict[str, Any] = {"ssl_context": context} if implicit else {"tls_context": context, "require_starttls": True}
    auth = {"authenticator": check, "auth_required": True, "auth_require_tls": not implicit}
    running = Controller(post, hostname="127.0.0.1", port=port, **tls, **auth)
    running.start()
    yield post, MailSettings("127.0.0.1", port, request.param, "me@x.com", "code", "me@x.com")
    running.stop()


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    ledger.metadata.create_all(sa.create_engine(url))
    return url


def digest(person: str = "张伟", to: str | None = "z@x.com") -> Digest:
    item = Item("R05", "C1", "<b>云", date(2024, 5, 4), "回电", "overdue", "谈过价格")
    return Digest(person, to, date(2024, 5, 5), (item,))


def send(url: str, channel: Any, *digests: Digest, at: datetime = NOW, dry_run: bool = False) -> list[str]:
    engine = sa.create_engine(url)
    found = deliver(digests, engine=engine, channel=channel, lang="zh", clock=lambda: at, dry_run=dry_run)
    return [one.status for one in found]


def test_twice_is_one_mail(server: tuple[Post, MailSettings], certificate: Path, url: str) -> None:
    post, settings = server
    channel = SmtpChannel(settings, certificate)
    assert send(url, channel, digest(), digest("李娜", None)) == ["sent", "no_address"]
    assert send(url, channel, digest()) == ["already"]
    (mail,) = post.mails
    assert mail["To"].addresses[0].display_name == "张伟"
    assert mail["Auto-Submitted"] == "auto-generated"
    page, text = (mail.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert "&lt;b&gt;云" in page and "谈过价格" in page
    assert "<b>云" in text and "谈过价格" in text


def test_an_unknown_certificate_is_refused(server: tuple[Post, MailSettings], url: str) -> None:
    with pytest.raises(Failed) as failed:
        send(url, SmtpChannel(server[1]), digest())
    assert failed.value.code == "mail.tls" and server[0].mails == []


def test_a_wrong_code_stops_the_run_and_loses_nothing(
    server: tuple[Post, MailSettings], certificate: Path, url: str
) -> None:
    post, good = server
    bad = MailSettings(good.host, good.port, good.security, good.user, "wrong", good.sender)
    with pytest.raises(Failed) as failed:
        send(url, SmtpChannel(bad, certificate), digest())
    assert failed.value.code == "mail.auth" and "授权码" in str(failed.value)
    assert send(url, SmtpChannel(good, certificate), digest()) == ["sent"]
    assert len(post.mails) == 1


def test_451_is_tried_again_and_550_is_not(server: tuple[Post, MailSettings], certificate: Path, url: str) -> None:
    post, settings = server
    post.answers = ["250 OK"] * 6 + ["451 later"] + ["250 OK"] * 4 + ["550 no such box"]
    twelve = [digest(f"甲{n}", f"p{n}@x.com") for n in range(12)]
    channel = SmtpChannel(settings, certificate)
    assert send(url, channel, *twelve) == ["sent"] * 6 + ["failed"] + ["sent"] * 4 + ["failed"]
    assert send(url, channel, *twelve) == ["already"] * 6 + ["sent"] + ["already"] * 4 + ["failed"]
    assert len(post.mails) == 11
    assert any("no such box" in error for error in reminder_rows(sa.create_engine(url))["error"])


def test_no_tls_only_on_this_machine() -> None:
    with pytest.raises(Wrong):
        SmtpChannel(MailSettings("smtp.example.com", 25, "none"))


class Dying(FolderChannel):
    """Killed before or after the mail is out."""

    def __init__(self, folder: Path, after: bool) -> None:
        super().__init__(folder)
        self.after = after

    def send(self, mail: Any) -> None:
        if self.after:
            super().send(mail)
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("after", [False, True])
def test_killed_between_claim_and_record_is_in_doubt(after: bool, url: str, tmp_path: Path) -> None:
    process = multiprocessing.get_context("fork").Process(target=send, args=(url, Dying(tmp_path, after), digest()))
    process.start()
    process.join(20)
    assert process.exitcode == -signal.SIGKILL
    assert send(url, FolderChannel(tmp_path), digest(), at=NOW + timedelta(hours=1)) == ["unknown"]
    assert len(list(tmp_path.glob("*.eml"))) == int(after)
    assert reminder_rows(sa.create_engine(url))["error"].iloc[0] == say("mail.uncertain")


def test_two_at_once_send_one(url: str, tmp_path: Path) -> None:
    seen: list[str] = []
    threads = [
        threading.Thread(target=lambda: seen.extend(send(url, FolderChannel(tmp_path), digest()))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == ["already"] * 3 + ["sent"]


def test_a_dry_run_leaves_no_trace(url: str, tmp_path: Path) -> None:
    assert send(url, FolderChannel(tmp_path / "out"), digest(), dry_run=True) == ["dry_run"]
    assert not (tmp_path / "out").exists() and len(reminder_rows(sa.create_engine(url))) == 0
