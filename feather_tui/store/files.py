"""The cache's files by name, and those set aside as damaged: one set at most, for they hold customer data.

A set keeps the names that SQLite expects beside each other, so it can still be examined:
`sessions.sqlite3.damaged-20260813T101500Z`, and the same with `-journal`, `-wal` and `-shm`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SIDES = ("-journal", "-wal", "-shm")
_ALL = (*_SIDES, "")  # the database last: if we are killed half-way, the next start goes on


def sides(path: Path) -> list[Path]:
    """Name the files that SQLite opens and deletes beside the database at `path`."""
    return [path.with_name(path.name + side) for side in _SIDES]


def set_aside(path: Path, moment: datetime) -> Path:
    """Rename the database at `path` with its side files; return its new path. Raises OSError.

    Sets of earlier damage are deleted.
    """
    discard(path)
    target = path.with_name(_name(path, moment))
    for side in _ALL:
        source = path.with_name(path.name + side)
        if source.exists():
            source.replace(target.with_name(target.name + side))
    return target


def discard(path: Path, before: datetime | None = None) -> None:
    """Delete what was set aside before a moment (None: everything). Raises OSError."""
    limit = None if before is None else _name(path, before)
    for file in _set_aside_for(path):
        if limit is None or file.name < limit:
            file.unlink(missing_ok=True)


def bytes_on_disk(path: Path) -> int:
    """Add up every file of the cache at `path`, those set aside included. Raises OSError."""
    current = [path, *sides(path), *_set_aside_for(path)]
    return sum(file.stat().st_size for file in current if file.exists())


def _set_aside_for(path: Path) -> list[Path]:
    if not path.parent.is_dir():
        return []
    prefix = f"{path.name}.damaged-"
    return [file for file in path.parent.iterdir() if file.name.startswith(prefix)]


def _name(path: Path, moment: datetime) -> str:
    return f"{path.name}.damaged-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
