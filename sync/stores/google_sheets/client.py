"""How we talk to Google: one HTTPClient with an endpoint, timeouts, pacing, bounded retries and known outcomes.

Reads are tried again with growing, jittered waits (Retry-After counts). A write is tried again only when it is
known not to have been applied: never sent, or refused for the quota. A write whose answer was lost raises
`UnknownOutcome`: whoever planned it asks `has_token` and never repeats it blindly (PLATFORM 2, SYNC E).
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from google.auth.exceptions import GoogleAuthError, RefreshError
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from requests import Response
from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.exceptions import ConnectTimeout, ProxyError, RequestException, SSLError
from urllib3.exceptions import MaxRetryError, NewConnectionError

import sync.stores.google_sheets.wording  # noqa: F401  (the sentences)
from followup.errors import Failed, Trouble, Wrong

GOOGLE = ("https://sheets.googleapis.com", "https://www.googleapis.com")
BROKEN = (500, 502, 503, 504)
READS = (":search", ":batchGetByDataFilter", ":getByDataFilter")
LONGEST_WAIT = 120.0


class UnknownOutcome(Failed):
    """A write was sent and its answer lost: it may have happened."""

    def __init__(self) -> None:
        super().__init__("hub.unknown_outcome")


class Client(HTTPClient):
    """gspread's client with our manners. `endpoint` replaces Google's hosts; `per_minute` requests of each kind
    (0: no pacing) stay under Google's 60 a user; `tries` bounds one request."""

    def __init__(
        self,
        auth: Any,
        session: Any = None,
        *,
        endpoint: str = "",
        email: str = "",
        key_file: str = "",
        tries: int = 5,
        per_minute: int = 55,
        timeout: tuple[float, float] = (10.0, 180.0),
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(auth, session)
        self.auth = auth
        self.endpoint, self.email, self.key_file = endpoint.rstrip("/"), email, key_file
        self.tries, self.per_minute, self.timeout = tries, per_minute, timeout
        self.sleep, self.jitter = sleep, jitter
        self.calls = 0  # answered or not: what `hub_calls` reports
        self._recent: dict[bool, deque[float]] = {True: deque(), False: deque()}
        self._last_use = 0.0

    def request(
        self, method: str, endpoint: str, params: Any = None, data: Any = None, json: Any = None,
        files: Any = None, headers: Any = None,
    ) -> Response:  # fmt: skip
        """One request. Raises Trouble, UnknownOutcome, or gspread's APIError for a 400."""
        read = method.upper() == "GET" or endpoint.split("?")[0].endswith(READS)
        url = self._url(endpoint)
        for attempt in range(1, self.tries + 1):
            self._pace(read)
            wait = ""
            try:
                response = self._send(method, url, params, data, json, files, headers, read)
            except (RequestException, GoogleAuthError) as error:
                self._lost(error, read, attempt)
            else:
                if response.ok:
                    return response
                self._refused(response, read, attempt, endpoint)
                wait = response.headers.get("Retry-After", "")
            self.sleep(self._wait(attempt, wait))
        raise AssertionError("unreachable: the last attempt raises")

    def _send(
        self, method: str, url: str, params: Any, data: Any, json: Any, files: Any, headers: Any, read: bool
    ) -> Response:
        if not read and time.monotonic() - self._last_use > 30:
            # An idle connection may be closed on the other side; a write sent into it would have an unknown outcome.
            for adapter in self.session.adapters.values():
                adapter.close()
        self.calls += 1
        try:
            return self.session.request(
                method=method, url=url, params=params, data=data, json=json, files=files, headers=headers,
                timeout=self.timeout,
            )  # fmt: skip
        finally:
            self._last_use = time.monotonic()

    def _url(self, url: str) -> str:
        if self.endpoint:
            for host in GOOGLE:
                if url.startswith(host):
                    return self.endpoint + url.removeprefix(host)
        return url

    def _pace(self, read: bool) -> None:
        """Wait until this request stays under the limit of its kind."""
        if not self.per_minute:
            return
        times = self._recent[read]
        now = time.monotonic()
        while times and times[0] <= now - 60:
            times.popleft()
        if len(times) >= self.per_minute:
            self.sleep(times[0] + 60 - now)
        times.append(time.monotonic())

    def _wait(self, attempt: int, retry_after: str) -> float:
        if retry_after.isdigit():
            return min(float(retry_after), LONGEST_WAIT) + self.jitter()
        return float(min(2 ** (attempt - 1), 32) * (0.5 + self.jitter()))

    def _lost(self, error: Exception, read: bool, attempt: int) -> None:
        """No answer: raise, or return to try again."""
        if isinstance(error, RefreshError) and not error.retryable:
            raise Wrong("hub.bad_key", file=self.key_file, detail=_reason(error)) from error
        sent = not isinstance(error, GoogleAuthError) and not _never_sent(error)
        if sent and not read:
            raise UnknownOutcome from error
        if attempt >= self.tries:
            raise Failed("hub.unreachable", detail=type(error).__name__) from error

    def _refused(self, response: Response, read: bool, attempt: int, url: str) -> None:
        """An answer that is not ok: raise, or return to try again."""
        status, message = response.status_code, _message(response)
        if (status == 403 and "quota" in message.casefold()) or "ratelimitexceeded" in message.casefold():
            status = 429
        if status == 400:
            raise APIError(response)
        if status == 429:
            trouble: Trouble = Failed("hub.quota")
        elif status in BROKEN:
            if not read:
                raise UnknownOutcome
            trouble = Failed("hub.unavailable", status=status)
        else:
            raise self._final(status, message, url)
        if attempt >= self.tries:
            raise trouble

    def _final(self, status: int, message: str, url: str) -> Trouble:
        if status == 401:
            return Wrong("hub.bad_key", file=self.key_file, detail="401")
        if status == 403 and ("has not been used" in message or "is disabled" in message):
            return Failed("hub.api_disabled")
        if status == 403:
            return Failed("hub.no_permission", email=self.email)
        if status == 404:
            spreadsheet = url.partition("/spreadsheets/")[2].split("/")[0].split(":")[0].split("?")[0]
            return Wrong("hub.not_found", spreadsheet=spreadsheet)
        return Failed("hub.unavailable", status=status)


def _never_sent(error: Exception) -> bool:
    """Whether the request certainly did not reach the server."""
    if isinstance(error, ConnectTimeout | ProxyError | SSLError):
        return True
    cause = error.args[0] if isinstance(error, RequestsConnectionError) and error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _message(response: Response) -> str:
    """Google's words, whether they came as JSON or as a page."""
    try:
        error = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(error.get("message", "")) + " " + str(error.get("errors", "")) + str(error.get("details", ""))


def _reason(error: RefreshError) -> str:
    """The token server's words, short."""
    return str(error.args[0] if error.args else error)[:200]


__all__ = ["Client", "UnknownOutcome"]
