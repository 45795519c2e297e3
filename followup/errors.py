"""Exceptions for a world that is wrong. Wrong data is an issue, not an exception.

`status` is the exit status of ARCHITECTURE.md: 2 command line, settings or FILE wrong; 3 refused by
a guard or a lock, nothing written; 4 the world failed, nothing half-written.
"""

from __future__ import annotations

from followup.wording import say


class Trouble(Exception):
    """Something a person must know: what happened, where, and what to do now.

    The sentences are `code` and `code + ".hint"` of the wording; `places` fill both. Codes are
    dotted and stable (`file.locked`): other programs read them.
    """

    status = 4

    def __init__(
        self, code: str, *, sheet: str = "", row: int | None = None, column: str = "", **places: object
    ) -> None:
        self.code = code
        self.sheet, self.row, self.column = sheet, row, column
        self.places = {"sheet": sheet, "row": row, "column": column, **places}
        super().__init__(code)

    @property
    def message(self) -> str:
        """What happened, where."""
        return say(self.code, **self.places)

    @property
    def hint(self) -> str:
        """What to do now."""
        return say(self.code + ".hint", **self.places)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


class Wrong(Trouble):
    """The command line, the settings or the FILE is wrong (exit 2)."""

    status = 2


class Refused(Trouble):
    """A guard or a lock refused; nothing was written (exit 3)."""

    status = 3


class Failed(Trouble):
    """The world failed: network, disk, mail server; nothing half-written, the next run repairs (exit 4)."""

    status = 4
