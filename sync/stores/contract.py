"""What every store promises: `read()` a Snapshot, `apply()` exactly these cells or refuse.

Stores are thin and alike: they know sheets, rows and cells, not customers. `sync.translate` turns
changes of records into edits of cells with the help of the snapshot they were planned on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from followup.grid import Grid

Value = str | int | float | bool | date | datetime | Decimal | None
"""What a cell can be set to: text stays text whatever it looks like; None makes it blank."""


@dataclass(frozen=True)
class Snapshot:
    """A store as it stood at one moment; `fingerprint` changes when any cell does."""

    grids: Mapping[str, Grid]  # by sheet title, in the store's order
    fingerprint: str


@dataclass
class SheetEdit:
    """Edits of one sheet, addressed in the snapshot they were planned on (1-based rows and columns).

    `removed` rows are removed after cells are set and rows are appended. `last_row` is the last row
    with data, after which `appended` rows go. `guard` names the id cells that must still show these
    texts for the rows that are edited: (row, column) → text.
    """

    sheet: str
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    appended: list[dict[int, Value]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    header_row: int = 1
    last_row: int = 1
    width: int = 0
    guard: dict[tuple[int, int], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.cells or self.appended or self.removed)


@dataclass(frozen=True)
class Applied:
    """What a store did: the fingerprint afterwards, cells that hit another row and were put back
    (not to be accounted), and where the copy kept before the write lies."""

    fingerprint: str
    missed: frozenset[tuple[str, int, int]] = frozenset()  # (sheet, row, column) as planned
    backup: str = ""


class Store(Protocol):
    """A place where the team's sheets live."""

    name: str

    def read(self) -> Snapshot:
        """Everything as it stands now.

        Raises Wrong (not a workbook, missing), Failed (unreachable).
        """
        ...

    def apply(self, edits: Sequence[SheetEdit], expected: Snapshot, token: str = "") -> Applied:
        """Write exactly these cells in one step, or nothing.

        `token` names the plan: a store that is asked `has_token` later says whether it happened.
        Raises Refused `store.moved` when the store no longer is as `expected`, Refused
        `file.locked` when a person has it open, Failed when the world fails.
        """
        ...

    def has_token(self, token: str) -> bool:
        """Whether the write of `token` happened (SYNC E)."""
        ...
