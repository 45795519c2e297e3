"""What every test may lean on. A missing real part fails under CI and skips elsewhere, visibly."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def missing(what: str) -> None:
    """A real part is not here: a failure under CI, a skip with the reason elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: under CI a missing real part is a failure")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The team's data for tests, beside the project (never part of the repository)."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        missing("../shared/data")
    return folder


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """The path of an installed program: `program("soffice")`."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            missing(name)
        return str(path)

    return find
