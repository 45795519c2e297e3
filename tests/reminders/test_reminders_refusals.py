"""Refusals that concern every mail stop the run and lose none; breaks before the hand-over are tried again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from followup.errors import Failed
from reminders import ledger
from reminders.outbox import Outcome, deliver, reminder_rows
from reminders.selection import Digest, Item
from reminders.smtp import Channel, Delivery, FolderChannel, MailSettings, SmtpChannel

NOW = datetime(2024, 5, 5, 23, 30)
HANG_UP = "hang up"


class Server:
    """Answers each command as `answers` says, by its verb; HANG_UP closes the connection instead."""

    def __init__(self, user: str = "") -> None:
        self.answers: dict[str, str] = {}
        self.mails: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        self.settings = MailSettings("127.0.0.1", port, "none", user=user, password="code", sender="me@x.com")
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
        usual: Mapping[str, str] = {"EHLO": "250-me\r\n250 AUTH PLAIN", "AUTH": "235 in", "DATA": "354 go on"}
        connection.sendall(b"220 hello\r\n")
        for line in lines:
            verb = line[:4].decode().upper().strip()
            answer = self.answers.get(verb, usual.get(verb, "250 OK"))
            if answer == HANG_UP:
                return
            connection.sendall(answer.encode() + b"\r\n")
            if verb == "DATA" and answer.startswith("354"):
                self.mails.append(b"".join(iter(lambda: next(lines), b".\r\n")))
                connection.sendall(self.answers.get("END", "250 taken").encode() + b"\r\n")

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server(user="me@x.com")
    yield running
    running.stop()


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    ledger.metadata.create_all(sa.create_engine(url))
    return url


def send(url: str, channel: Channel, *people: str, later: int = 0) -> list[Outcome]:
    line = Item("R05", "C1", "云启", date(2024, 5, 4), "回电", "overdue")
    digests = [Digest(who, f"{who}@x.com", date(2024, 5, 6), (line,)) for who in people or ("a",)]
    clock = NOW + timedelta(hours=later)
    return deliver(digests, engine=sa.create_engine(url), channel=channel, lang="zh", clock=lambda: clock)


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [one.status for one in outcomes]


@pytest.mark.parametrize("words", ["553 Mail from must equal authorized user", "501 same as authorization user"])
def test_a_sender_that_is_not_accepted_costs_no_reminder(words: str, server: Server, url: str) -> None:
    server.answers["MAIL"] = words
    with pytest.raises(Failed) as failed:
        send(url, SmtpChannel(server.settings), "a", "b")
    assert failed.value.code == "mail.sender" and words[4:] in failed.value.message and "sender" in failed.value.hint
    server.answers.clear()
    assert statuses(send(url, SmtpChannel(server.settings), "a", "b", later=1)) == ["sent", "sent"]
    assert len(server.mails) == 2


@pytest.mark.parametrize(
    ("answer", "code"), [("535 no", "mail.auth"), ("534 no", "mail.auth"), ("454 4.7.0 not now", "mail.unreachable")]
)
def test_a_server_that_is_busy_at_the_door_is_no_wrong_password(
    answer: str, code: str, server: Server, url: str
) -> None:
    server.answers["AUTH"] = answer
    with pytest.raises(Failed) as failed:
        send(url, SmtpChannel(server.settings))
    assert failed.value.code == code
    server.answers.clear()
    assert statuses(send(url, SmtpChannel(server.settings), later=1)) == ["sent"]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_hung_up_before_the_mail_was_said_is_tried_again(verb: str, server: Server, url: str) -> None:
    server.answers[verb] = HANG_UP
    (first,) = send(url, SmtpChannel(server.settings))
    assert first.status == "failed" and "重发" in first.error
    assert list(reminder_rows(sa.create_engine(url))["result"]) == ["待发"]
    server.answers.clear()
    assert statuses(send(url, SmtpChannel(server.settings), later=1)) == ["sent"]
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("verb", "answer", "then"),
    [("DATA", "451 later", "sent"), ("END", "452 full", "sent"), ("END", "554 spam", "failed"), ("RCPT", "421 bye", "sent")],
)  # fmt: skip
def test_the_servers_words_decide_whether_it_is_tried_again(
    verb: str, answer: str, then: str, server: Server, url: str
) -> None:
    server.answers[verb] = answer
    (first, second) = send(url, SmtpChannel(server.settings), "a", "b")
    assert (first.status, second.status) == ("failed", "failed") and answer in first.error
    server.answers.clear()
    assert statuses(send(url, SmtpChannel(server.settings), "a", "b", later=1)) == [then, then]


class Broken(FolderChannel):
    """A channel with a defect, after it has handed the mail over."""

    def send(self, message: EmailMessage) -> Delivery:
        super().send(message)
        raise RuntimeError("defect")


def test_after_a_defect_nothing_is_sent_twice(url: str, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        send(url, Broken(tmp_path / "out"))
    assert statuses(send(url, FolderChannel(tmp_path / "again"), later=1)) == ["unknown"]
    assert not (tmp_path / "again").exists()


def test_the_log_shows_the_teams_time(url: str, tmp_path: Path) -> None:
    send(url, FolderChannel(tmp_path / "out"))
    engine = sa.create_engine(url)
    log = reminder_rows(engine)
    assert list(log["sent_at"]) == list(log["planned_at"]) == [pd.Timestamp("2024-05-06 07:30:00")]
    assert list(reminder_rows(engine, zone="America/New_York")["sent_at"]) == [pd.Timestamp("2024-05-05 19:30:00")]
