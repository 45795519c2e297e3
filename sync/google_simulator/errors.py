"""What the real API answers when it refuses: `{"error": {"code", "message", "status"}}`."""

from __future__ import annotations

from typing import Any

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    502: "BAD_GATEWAY",
    503: "UNAVAILABLE",
}


class ApiError(Exception):
    """An answer other than 200: its code, message and, for a malformed request, the field that is wrong."""

    def __init__(self, code: int, message: str, *, field: str | None = None, violation: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.field, self.violation = code, message, field, violation or message

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": STATUS.get(self.code, "UNKNOWN")}
        if self.field is not None:
            violation = {"description": self.violation} | ({"field": self.field} if self.field else {})
            error["details"] = [
                {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]},
            ]
        return {"error": error}


class DriveError(ApiError):
    """An answer of Drive, which words its errors in its own way."""

    def __init__(self, code: int, message: str, reason: str = "notFound") -> None:
        super().__init__(code, message)
        self.reason = reason

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        detail = {"message": self.message, "domain": "global", "reason": self.reason}
        return {"error": {"code": self.code, "message": self.message, "errors": [detail]}}
