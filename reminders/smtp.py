"""Where mails go: an SMTP server, or a folder where none is set."""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import tempfile
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol

from followup.errors import Failed, Wrong
from followup.wording import say
from reminders import wording as _wording  # noqa: F401  (registers the sentences)

TIMEOUT = 30


class Sent(StrEnum):
    """What became of one message."""

    SENT = "sent"
    FAILED = "failed"  # the server will never take it
    LATER = "later"  # 4xx: the next run tries again
    UNKNOWN = "unknown"  # handed over, then the connection broke: never sent again


@dataclass(frozen=True)
class Delivery:
    """What a channel says of one message."""

    sent: Sent
    error: str = ""


class Channel(Protocol):
    """A way to reach people."""

    sender: str

    def open(self) -> None:
        """Be ready to send. Raises Failed when no message can be sent at all."""
        ...

    def send(self, message: EmailMessage) -> Delivery:
        """Hand one message over. Raises Failed when no message can be sent at all."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...


@dataclass(frozen=True)
class MailSettings:
    """A mail server; `security` is ssl (implicit TLS), starttls, or none (loopback only)."""

    host: str
    port: int
    security: str = "ssl"
    user: str = ""
    password: str = ""
    sender: str = ""


class _Dialogue(smtplib.SMTP):
    """A dialogue that knows whether a message was being handed over: before that, nothing can have been taken."""

    handing_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """DATA and the message."""
        self.handing_over = True
        answer = super().data(msg)
        self.handing_over = False
        return answer


class _TlsDialogue(_Dialogue, smtplib.SMTP_SSL):
    """The same over implicit TLS."""


class SmtpChannel:
    """One connection to a mail server, opened when first needed, used for every message of a run."""

    def __init__(self, settings: MailSettings, cafile: Path | None = None, timeout: float = TIMEOUT) -> None:
        if settings.security not in ("ssl", "starttls") and not (
            settings.security == "none" and _is_loopback(settings.host)
        ):
            raise Wrong("mail.insecure", host=settings.host)
        self._settings, self._cafile, self._timeout = settings, cafile, timeout
        self._server: _Dialogue | None = None
        self.sender = settings.sender or settings.user

    def open(self) -> None:
        """Be connected and logged in, before anything is claimed. Raises Failed `mail.*`."""
        if self._server is not None:
            try:
                if self._server.noop()[0] == 250:
                    return
            except (smtplib.SMTPException, OSError):
                pass
            self.close()  # the server hung up meanwhile
        self._connected()

    def send(self, message: EmailMessage) -> Delivery:
        """Hand one message over. Raises Failed `mail.auth`, `mail.sender`, `mail.unreachable`, `mail.tls`."""
        server = self._connected()
        server.handing_over = False
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            return self._refused(code, words)
        except smtplib.SMTPResponseException as error:
            if error.smtp_code in (530, 535):
                self.close()
                raise Failed("mail.auth", host=self._settings.host) from error
            if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code >= 500:  # it will take nobody's
                self.close()
                detail = _words(error.smtp_code, error.smtp_error)
                raise Failed("mail.sender", host=self._settings.host, detail=detail) from error
            return self._refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:  # an address this server cannot write: nothing was sent
            return Delivery(Sent.FAILED, say("mail.refused", detail=str(error)))
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            if server.handing_over:  # the server may have taken it
                return Delivery(Sent.UNKNOWN, say("mail.uncertain"))
            return Delivery(Sent.LATER, say("mail.later", detail=type(error).__name__))
        return Delivery(Sent.SENT)

    def _refused(self, code: int, words: bytes | str) -> Delivery:
        detail = _words(code, words)
        if self._server is not None:
            try:
                self._server.rset()
            except (smtplib.SMTPException, OSError):
                self.close()
        if 400 <= code < 500:
            return Delivery(Sent.LATER, say("mail.later", detail=detail))
        return Delivery(Sent.FAILED, say("mail.refused", detail=detail))

    def _connected(self) -> _Dialogue:
        if self._server is not None:
            return self._server
        settings = self._settings
        try:
            self._server = self._logged_in()
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code < 500:  # 454: not now
                detail = _words(error.smtp_code, error.smtp_error)
                raise Failed("mail.unreachable", host=settings.host, port=settings.port, detail=detail) from error
            raise Failed("mail.auth", host=settings.host) from error
        except ssl.SSLError as error:
            raise Failed("mail.tls", host=settings.host, detail=error.reason or type(error).__name__) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Failed("mail.tls", host=settings.host, detail=str(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            detail = type(error).__name__
            raise Failed("mail.unreachable", host=settings.host, port=settings.port, detail=detail) from error
        return self._server

    def _logged_in(self) -> _Dialogue:
        settings = self._settings
        context = ssl.create_default_context(cafile=str(self._cafile) if self._cafile else None)
        if settings.security == "ssl":
            server: _Dialogue = _TlsDialogue(settings.host, settings.port, timeout=self._timeout, context=context)
        else:
            server = _Dialogue(settings.host, settings.port, timeout=self._timeout)
        try:
            if settings.security == "starttls":
                server.starttls(context=context)
            if settings.user:
                server.login(settings.user, settings.password)
        except BaseException:
            server.close()  # a server counts connections that nobody ends
            raise
        return server

    def close(self) -> None:
        """End the connection politely."""
        if self._server is not None:
            try:
                self._server.quit()
            except (smtplib.SMTPException, OSError):
                self._server.close()
            self._server = None


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {' '.join(text.split())[:300]}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        try:
            return ip_address(socket.gethostbyname(host)).is_loopback
        except OSError:
            return False


class FolderChannel:
    """Mails as files: an .eml and the page beside it, for a team without a mail server yet."""

    sender = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> Delivery:
        """Write one message. Raises Failed `outbox.unwritable`."""
        name = _file_name(message)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self.folder / f"{name}.eml", message.as_bytes())
            page = message.get_body(("html",))
            if page is not None:
                _write(self.folder / f"{name}.html", str(page.get_content()).encode())
        except OSError as error:
            raise Failed("outbox.unwritable", path=str(self.folder), detail=error.strerror or "") from error
        return Delivery(Sent.SENT)

    def open(self) -> None:
        """Nothing can be wrong before the first mail."""

    def close(self) -> None:
        """Nothing is open."""


def _file_name(message: EmailMessage) -> str:
    to = message["To"].addresses[0]
    who = "".join(c for c in to.display_name or to.username if c.isalnum()) or "mail"
    day = message["Date"].datetime.strftime("%Y%m%d")
    return f"{day}-{who}-{message['Message-ID'].strip('<>').split('@')[0][:8]}"


def _write(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
