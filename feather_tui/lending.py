"""Files that another program reads for a while: private, each in a directory of its own, and then gone.

A directory is locked as long as its file is lent. The kernel lets go of the lock when a run is killed, and
the next run sweeps what it left, editors' own files beside it included.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from feather_tui import private_files
from feather_tui.errors import SettingsInvalid
from feather_tui.private_files import ensure_private_directory, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME_BYTES: Final = 8
_ABANDONED_AFTER_SECONDS: Final = 60.0  # between a directory's making and its lock lie milliseconds


def lent_directory(state_dir: Path) -> Path:
    """Return the directory of the directories with lent files."""
    return state_dir / "lent"


@contextmanager
def lent(state_dir: Path, name: str, content: bytes) -> Iterator[Path]:
    """Keep a file for the time of a block. Raises SettingsInvalid if it cannot be made, or not be removed."""
    sweep(state_dir)
    directory = lent_directory(state_dir) / os.urandom(_NAME_BYTES).hex()
    ensure_private_directory(directory.parent)
    ensure_private_directory(directory)
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # where the file system has no locks, the age of a file has to do
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        write_private(directory / name, content)
        yield directory / name
    finally:
        os.close(descriptor)
        _remove(directory)


def sweep(state_dir: Path) -> None:
    """Remove the files that killed runs left, half-written copies too.

    Raises SettingsInvalid if one cannot be removed.
    """
    private_files.sweep(state_dir)
    if not lent_directory(state_dir).exists():
        return
    ensure_private_directory(lent_directory(state_dir))
    for directory in lent_directory(state_dir).glob("[0-9a-f]" * 2 * _NAME_BYTES):
        if _is_abandoned(directory):
            _remove(directory)


def _is_abandoned(directory: Path) -> bool:
    try:
        if time.time() - directory.lstat().st_mtime < _ABANDONED_AFTER_SECONDS:
            return False
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False  # gone, or none of ours
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    finally:
        os.close(descriptor)
    return True


def _remove(directory: Path) -> None:
    try:
        shutil.rmtree(directory)
    except FileNotFoundError:
        return
    except OSError as error:
        raise SettingsInvalid(
            f"{directory} cannot be removed: {error.strerror or error}.", "Remove it: it holds a document."
        ) from error
