"""Who asks: the service account the stand-in issued, and the access tokens it gives for a signed assertion."""

from __future__ import annotations

import json
import secrets
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from sync.google_simulator.errors import ApiError

EMAIL = "genjin@simulator.iam.gserviceaccount.com"
AUDIENCE = "https://oauth2.googleapis.com/token"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3600


class TokenRefused(Exception):
    """An OAuth error answer, 400: its arguments are `error` and `error_description`."""


class Tokens:
    """The token endpoint's memory, and the key file a client is given."""

    def __init__(self, path: Path, base_url: str) -> None:
        self.path = path
        self.key = self._key(base_url)
        self.issued: dict[str, float] = {}
        private = serialization.load_pem_private_key(self.key["private_key"].encode(), password=None)
        public = private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.public = public

    def _key(self, base_url: str) -> dict[str, Any]:
        """The service account's key file; kept between runs, its token_uri following the port."""
        key: dict[str, Any] = {}
        if self.path.exists():
            key = json.loads(self.path.read_text(encoding="utf-8"))
        if "private_key" not in key:
            private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            pem = private.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            key = {
                "type": "service_account",
                "project_id": "simulator",
                "private_key_id": secrets.token_hex(20),
                "private_key": pem.decode(),
                "client_email": EMAIL,
                "client_id": "100000000000000000000",
                "universe_domain": "googleapis.com",
            }
        key["token_uri"] = base_url + "/token"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(key, indent=2), encoding="utf-8")
        self.path.chmod(0o600)
        return key

    def grant(self, form: dict[str, str]) -> dict[str, Any]:
        """An access token for a JWT signed with the key that was issued. Raises TokenRefused."""
        if form.get("grant_type") != GRANT:
            raise TokenRefused("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        try:
            claims = jwt.decode(form.get("assertion", ""), certs=self.public, audience=AUDIENCE)  # type: ignore[no-untyped-call]
        except Exception as error:
            raise TokenRefused("invalid_grant", f"Invalid JWT Signature. ({type(error).__name__})") from error
        if claims.get("iss") != EMAIL:
            raise TokenRefused("invalid_grant", "Invalid grant: account not found")
        if not claims.get("scope"):
            raise TokenRefused("invalid_scope", "Empty or missing scope not allowed.")
        token = "ya29." + secrets.token_urlsafe(40)
        self.issued[token] = time.monotonic() + LIFETIME
        return {"access_token": token, "expires_in": LIFETIME - 1, "token_type": "Bearer"}

    def caller(self, header: str | None) -> str | None:
        """The e-mail behind an Authorization header; None is the owner (no header). Raises ApiError 401."""
        if header is None:
            return None
        token = header.removeprefix("Bearer ")
        if self.issued.get(token, 0) < time.monotonic():
            raise ApiError(
                401,
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other "
                "valid authentication credential.",
            )
        return EMAIL

    def expire(self) -> None:
        """Every token given so far ends now."""
        self.issued.clear()
