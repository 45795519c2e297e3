"""What goes wrong next: faults and people's edits that wait for a matching request."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Any

HTML_502 = (
    "<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title><p><b>502.</b> "
    "<ins>That's an error.</ins><p>The server encountered a temporary error and could not complete your request."
)


@dataclass
class Fault:
    """What happens to the next `times` requests whose `METHOD path` matches the pattern `match`.

    `status` answers an error (with `applied` true the request is done first), `html` as an HTML page,
    `headers` beside it (Retry-After); `drop` "before" or "after" cuts the connection without an answer;
    `delay` waits seconds first; `edit` is a person's edit (see `people`) made just before the request is done.
    """

    match: str = ""
    times: int = 1
    status: int = 0
    message: str = "Injected fault."
    html: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    drop: str = ""
    applied: bool = False
    delay: float = 0.0
    edit: dict[str, Any] | None = None
    skip: int = 0  # matching requests let through first


class Faults:
    """The waiting faults; several threads ask."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Wait for the next matching request."""
        with self.lock:
            self.waiting.append(fault)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self.lock:
            self.waiting.clear()

    def take(self, request: str) -> Fault | None:
        """The first fault that this `METHOD path` meets, counted down."""
        with self.lock:
            for fault in self.waiting:
                if not re.search(fault.match, request):
                    continue
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None
