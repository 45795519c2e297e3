"""Where a run finds its settings and keeps its own data (ARCHITECTURE, "What other programs rely on")."""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from followup.errors import Wrong
from genjin.settings import FILE, Settings, load

# Folders that a cloud client copies behind our back, and network shares: a database must not lie there.
_SYNCED = re.compile(r"onedrive|dropbox|坚果云|nutstore|icloud|google ?drive|百度网盘|baidunetdisk", re.IGNORECASE)


@dataclass(frozen=True)
class Workspace:
    """A folder with genjin.toml, or (`root` None) the user's own place for a workbook in no workspace."""

    root: Path | None
    settings: Settings
    data: Path  # .genjin: state.db, backup/, outbox/, google/, log/
    moved: bool = False  # the data lies elsewhere because the workspace is on a synced or network folder

    @property
    def backups(self) -> Path:
        """Dated copies of workbooks, kept before each write."""
        return self.data / "backup"

    def workbook_paths(self) -> list[Path]:
        """The workbooks of the workspace."""
        if self.root is None:
            return []
        return [self.root / entry.path for entry in self.settings.workbooks]


def find(file: Path | None, workspace: Path | None) -> Workspace:
    """The workspace of `file`, else `workspace`, else of the current folder; searched upwards.

    Raises Wrong `workspace.none` where no FILE is given and none is found.
    """
    if workspace is not None:
        if not (workspace / FILE).is_file():
            raise Wrong("workspace.none", path=str(workspace))
        return at(workspace)
    start = file.resolve().parent if file is not None else Path.cwd()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return at(folder)
    if file is None:
        raise Wrong("workspace.none", path=str(start))
    return Workspace(None, Settings(workbooks=()), Path(platformdirs.user_data_dir("genjin", appauthor=False)))


def at(root: Path) -> Workspace:
    """The workspace in `root`, which holds a genjin.toml."""
    root = root.resolve()
    settings = load(root / FILE)
    if _is_synced(root):
        name = hashlib.sha256(str(root).encode()).hexdigest()[:12]
        own = Path(platformdirs.user_data_dir("genjin", appauthor=False)) / "workspaces" / name
        return Workspace(root, settings, own, moved=True)
    return Workspace(root, settings, root / ".genjin")


def _is_synced(root: Path) -> bool:
    if _SYNCED.search(str(root)) or str(root).startswith("\\\\"):
        return True
    if sys.platform != "linux":
        return False
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return False
    below = [(point, kind) for point, kind in mounts if root == Path(point) or Path(point) in root.parents]
    return bool(below) and max(below, key=lambda mount: len(mount[0]))[1] in {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "fuse.sshfs",
    }
