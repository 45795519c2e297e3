"""A mail server that breaks off, is away, or is not needed (CASES M03; PLATFORM 3)."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa

from followup.errors import Failed
from reminders import ledger
from reminders.outbox import Outcome, deliver, reminder_rows
from reminders.selection import Digest, Item
from reminders.smtp import Channel, Delivery, FolderChannel, MailSettings, SmtpChannel

NOW = datetime(2024, 5, 6, 0, 30)


class Server:
    """Speaks just enough SMTP to take a mail, and may hang up once it has it, before saying 250."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.hang_up = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.settings = MailSettings("127.0.0.1", self._listener.getsockname()[1], "none", sender="me@x.com")
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                self._talk(connection, lines)

    def _talk(self, connection: socket.socket, lines: Iterator[bytes]) -> None:
        connection.sendall(b"220 hello\r\n")
        for line in lines:
            if line[:4].upper() != b"DATA":
                connection.sendall(b"250 OK\r\n")
                continue
            connection.sendall(b"354 go on\r\n")
            self.mails.append(b"".join(iter(lambda: next(lines), b".\r\n")))
            if self.hang_up:
                return
            connection.sendall(b"250 taken\r\n")

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    ledger.metadata.create_all(sa.create_engine(url))
    return url


def digest(person: str = "张伟", to: str = "z@x.com") -> Digest:
    return Digest(person, to, date(2024, 5, 6), (Item("R05", "C1", "云启", date(2024, 5, 4), "回电", "overdue"),))


def send(url: str, channel: Channel, *digests: Digest, later: int = 0) -> list[Outcome]:
    clock = NOW + timedelta(hours=later)
    return deliver(digests, engine=sa.create_engine(url), channel=channel, lang="zh", clock=lambda: clock)


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_lost_after_the_data_is_in_doubt_and_never_sent_again(server: Server, url: str) -> None:
    server.hang_up = True
    assert [one.status for one in send(url, SmtpChannel(server.settings), digest())] == ["unknown"]
    server.hang_up = False
    (again,) = send(url, SmtpChannel(server.settings), digest(), later=1)
    assert again.status == "unknown" and "不再重发" in again.error
    assert len(server.mails) == 1
    assert list(reminder_rows(sa.create_engine(url))["result"]) == ["失败"]


def test_after_a_lost_connection_the_others_still_go_out(server: Server, url: str) -> None:
    class HangsUpOnce(SmtpChannel):
        def send(self, message: EmailMessage) -> Delivery:
            server.hang_up = not server.mails
            return super().send(message)

    found = send(url, HangsUpOnce(server.settings), digest(), digest("李娜", "l@x.com"))
    assert [one.status for one in found] == ["unknown", "sent"]


def test_a_server_that_is_away_costs_no_reminder(server: Server, url: str) -> None:
    away = MailSettings("127.0.0.1", closed_port(), "none", sender="me@x.com")
    with pytest.raises(Failed) as failed:
        send(url, SmtpChannel(away), digest())
    assert failed.value.code == "mail.unreachable" and failed.value.status == 4
    assert [one.status for one in send(url, SmtpChannel(server.settings), digest(), later=1)] == ["sent"]


def test_an_hour_with_nothing_new_needs_no_server(server: Server, url: str) -> None:
    assert [one.status for one in send(url, SmtpChannel(server.settings), digest())] == ["sent"]
    away = MailSettings("127.0.0.1", closed_port(), "none", sender="me@x.com")
    assert [one.status for one in send(url, SmtpChannel(away), digest(), later=1)] == ["already"]


class DiesOnceTaken(SmtpChannel):
    """Killed when the server has said 250, before that is recorded."""

    def send(self, message: EmailMessage) -> Delivery:
        super().send(message)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def test_killed_after_250_is_listed_and_not_sent_twice(server: Server, url: str) -> None:
    fork = multiprocessing.get_context("fork")
    process = fork.Process(target=send, args=(url, DiesOnceTaken(server.settings), digest()))
    process.start()
    process.join(20)
    assert process.exitcode == -signal.SIGKILL
    assert [one.status for one in send(url, SmtpChannel(server.settings), digest())] == ["unknown"]
    assert len(server.mails) == 1


def test_of_several_processes_one_sends(server: Server, url: str) -> None:
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=send, args=(url, SmtpChannel(server.settings), digest())) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(20)
    assert [process.exitcode for process in processes] == [0] * 4
    assert len(server.mails) == 1


def test_a_mail_in_the_folder_opens_with_its_page_and_text(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    send(url, FolderChannel(folder), digest())
    (eml,), (page,) = folder.glob("*.eml"), folder.glob("*.html")
    mail = message_from_bytes(eml.read_bytes(), policy=policy.default)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["Date"].datetime.isoformat() == "2024-05-06T00:30:00+00:00"
    shown = mail.get_body(("html",))
    assert shown is not None and shown.get_content().split() == page.read_text(encoding="utf-8").split()
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("person", ["张\r\nBcc: q@x.com", "张\nX: y"])
def test_a_name_cannot_add_headers(person: str, url: str, tmp_path: Path) -> None:
    assert [one.status for one in send(url, FolderChannel(tmp_path / "outbox"), digest(person))] == ["failed"]
    assert not (tmp_path / "outbox").exists()
