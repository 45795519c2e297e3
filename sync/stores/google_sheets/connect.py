"""Who we are to Google: a service account's key file, read strictly, and the client that uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import service_account

from followup.errors import Wrong
from followup.wording import say
from sync.stores.google_sheets.client import Client

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)  # the sheets that were shared with us, and no drive


class _Account(service_account.Credentials):
    """A service account of a stand-in: there is no IAM host to ask for a region (PLATFORM 2)."""

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


def connect(endpoint: str, credentials: Path, **options: Any) -> Client:
    """A client for Google (`endpoint` empty) or a server that speaks the same API.

    `options` go to `Client`. No request is made yet. Raises Wrong `hub.no_key`, `hub.bad_key`.
    """
    key = _read_key(credentials)
    kind = _Account if endpoint else service_account.Credentials
    try:
        account = kind.from_service_account_info(key, scopes=SCOPES)  # type: ignore[no-untyped-call]
    except (ValueError, GoogleAuthError) as error:
        raise Wrong("hub.bad_key", file=credentials.name, detail=str(error)[:200]) from error
    if endpoint:
        options.setdefault("per_minute", 0)  # Google's limits are Google's
        options.setdefault("session", _direct(account) if urlsplit(endpoint).hostname in LOOPBACK else None)
    return Client(account, endpoint=endpoint, email=key["client_email"], key_file=credentials.name, **options)


def _direct(account: Any) -> AuthorizedSession:
    """A session that goes past the machine's proxy: what listens on this machine is not behind it."""
    plain = requests.Session()
    session = AuthorizedSession(account, auth_request=Request(plain))  # type: ignore[no-untyped-call]
    plain.trust_env = session.trust_env = False
    return session


def _read_key(path: Path) -> dict[str, Any]:
    try:
        key = json.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Wrong("hub.no_key", file=str(path)) from error
    except (OSError, ValueError) as error:
        raise Wrong("hub.bad_key", file=path.name, detail=say("hub.key.not_json")) from error
    if not isinstance(key, dict) or key.get("type") != "service_account":
        raise Wrong("hub.bad_key", file=path.name, detail=say("hub.key.not_account"))
    missing = [name for name in ("client_email", "private_key", "token_uri") if not key.get(name)]
    if missing:
        raise Wrong("hub.bad_key", file=path.name, detail=say("hub.key.incomplete", names=", ".join(missing)))
    return key
