"""Files and directories that only their owner can read or replace: keys, settings, the cache.

Nothing here depends on the umask. What another user could have planted or read (a symbolic link, a
foreign owner, a directory that others may write to, a key file that others may read) is refused with
`SettingsInvalid`, never repaired in silence. POSIX only.
"""

from __future__ import annotations

import fcntl
import os
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from feather_tui.errors import SettingsInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_DIRECTORY_MODE = 0o700
_FILE_MODE = 0o600
_OTHERS = 0o077
_OTHERS_WRITE = 0o022

_PARTIAL_SUFFIX = ".feather-partial"
_ABANDONED_AFTER_SECONDS = 60.0  # a write takes milliseconds; a file this old has lost its writer


def ensure_private_directory(path: Path) -> None:
    """Make `path` a directory of ours with mode 0700, creating it and its missing parents.

    A directory of ours that others may only read is tightened. Raises SettingsInvalid when it is a
    symbolic link, belongs to someone else, lets others write, or cannot be made.
    """
    try:
        _create_directory(path)
        _refuse_link(path)
        with _opened(path, os.O_RDONLY | os.O_DIRECTORY) as descriptor:
            status = os.fstat(descriptor)
            _refuse_shared_directory(path, status)
            if status.st_mode & _OTHERS:
                os.fchmod(descriptor, _DIRECTORY_MODE)
    except OSError as error:
        raise _unusable(path, error) from error


def ensure_private_file(path: Path) -> None:
    """Make `path` a regular file of ours with mode 0600, creating it empty if it is absent.

    A file that exists is never opened: closing any descriptor of an SQLite database drops the locks
    that this process holds on it. Raises SettingsInvalid as `ensure_private_directory` does.
    """
    try:
        with suppress(FileExistsError), _opened(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL):
            pass
        if stat.S_IMODE(_own_file(path).st_mode) != _FILE_MODE:
            path.chmod(_FILE_MODE)
    except OSError as error:
        raise _unusable(path, error) from error


def check_own_file(path: Path) -> None:
    """Raise SettingsInvalid if what is at `path` is no regular file of ours; nothing may be there."""
    try:
        with suppress(FileNotFoundError):
            _own_file(path)
    except OSError as error:
        raise _unusable(path, error) from error


def write_private(path: Path, content: bytes) -> None:
    """Put `content` at `path` with mode 0600, whole or not at all, and durably where the disk allows it.

    A symbolic link at `path` is replaced, not followed. Raises SettingsInvalid when the file cannot
    be written; `path` is then as it was.
    """
    partial = path.with_name(f".{path.name}.{os.urandom(8).hex()}{_PARTIAL_SUFFIX}")
    try:
        with _opened(path.parent, os.O_RDONLY | os.O_DIRECTORY, follow=True) as directory:
            _locked(directory, fcntl.LOCK_SH)  # tells `sweep` that somebody writes here
            _fill(partial, content)
            partial.replace(path)
            with suppress(OSError):  # the new file is in place; some network file systems cannot do this
                os.fsync(directory)
    except OSError as error:
        raise _unusable(path, error) from error
    finally:
        with suppress(OSError):  # already gone when all went well; else `sweep` has another chance
            partial.unlink()


def read_private(path: Path) -> bytes:
    """Return the bytes of a file that only we can read.

    Raises FileNotFoundError when there is none, SettingsInvalid when it or its directory is a symbolic
    link, belongs to someone else or can be changed by others; or when it is not a regular file, lets
    others read it, or cannot be read.
    """
    return _read(path, _refuse_readable)


def read_owned(path: Path) -> bytes:
    """Return the bytes of a file that only we can change; others may read it. Raises as `read_private`."""
    return _read(path, _refuse_writable)


def sweep(directory: Path) -> None:
    """Remove what killed writers left in `directory`; a missing directory has nothing to remove.

    A write still going on in another process is left alone. Raises SettingsInvalid when the directory is a
    symbolic link, or a leftover cannot be removed.
    """
    try:
        _refuse_link(directory)
        with _opened(directory, os.O_RDONLY | os.O_DIRECTORY) as descriptor:
            nobody_writes = _locked(descriptor, fcntl.LOCK_EX)
            for file in directory.iterdir():
                if file.name.endswith(_PARTIAL_SUFFIX) and (nobody_writes or _abandoned(file)):
                    file.unlink(missing_ok=True)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unusable(directory, error) from error


def _create_directory(path: Path) -> None:
    """Like mkdir -p, with every new directory 0700 (`Path.mkdir(parents=True)` leaves parents wide)."""
    if path.is_dir():
        return
    _create_directory(path.parent)
    with suppress(FileExistsError):
        path.mkdir(mode=_DIRECTORY_MODE)


def _read(path: Path, refuse_mode: Callable[[Path, os.stat_result], None]) -> bytes:
    try:
        _refuse_link(path.parent)
        _refuse_shared_directory(path.parent, path.parent.lstat())
        _refuse_link(path)
        # Without O_NONBLOCK a named pipe would hang here instead of being refused.
        with _opened(path, os.O_RDONLY | os.O_NONBLOCK) as descriptor:
            status = os.fstat(descriptor)
            _refuse_irregular(path, status)
            _refuse_foreign_owner(path, status)
            refuse_mode(path, status)
            with open(descriptor, "rb", closefd=False) as file:
                return file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unusable(path, error) from error


def _fill(partial: Path, content: bytes) -> None:
    """Write a new file and bring it to the disk."""
    with _opened(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as descriptor:
        os.fchmod(descriptor, _FILE_MODE)
        with open(descriptor, "wb", closefd=False) as file:
            file.write(content)
        os.fsync(descriptor)


@contextmanager
def _opened(path: Path, flags: int, *, follow: bool = False) -> Iterator[int]:
    """Open a descriptor for the time of a block; by default a symbolic link is an OSError."""
    descriptor = os.open(path, flags | (0 if follow else os.O_NOFOLLOW), _FILE_MODE)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _own_file(path: Path) -> os.stat_result:
    _refuse_link(path)
    status = path.lstat()
    _refuse_irregular(path, status)
    _refuse_foreign_owner(path, status)
    return status


def _locked(directory: int, how: int) -> bool:
    """Lock a directory until its descriptor is closed, by a kill as well; False if that cannot be had now."""
    try:
        fcntl.flock(directory, how | fcntl.LOCK_NB)
    except OSError:  # somebody else's lock, or a file system without locks
        return False
    return True


def _abandoned(partial: Path) -> bool:
    """Tell a leftover by its age, where locks cannot tell; False if its writer has finished meanwhile."""
    with suppress(FileNotFoundError):
        return time.time() - partial.lstat().st_mtime > _ABANDONED_AFTER_SECONDS
    return False


def _refuse_link(path: Path) -> None:
    """Give a link its own sentence; against a link made after this look, O_NOFOLLOW stands."""
    if path.is_symlink():
        raise SettingsInvalid(
            f"{path} is a symbolic link, so its contents may belong elsewhere.",
            "Replace it with the real thing, or choose another place with XDG_CONFIG_HOME or XDG_CACHE_HOME.",
        )


def _refuse_irregular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise SettingsInvalid(f"{path} is not a regular file.", "Move it out of the way.")


def _refuse_foreign_owner(path: Path, status: os.stat_result) -> None:
    if status.st_uid != os.geteuid():
        raise SettingsInvalid(
            f"{path} belongs to another user (uid {status.st_uid}).",
            "Run as that user, or move it out of the way.",
        )


def _refuse_shared_directory(path: Path, status: os.stat_result) -> None:
    _refuse_foreign_owner(path, status)
    if status.st_mode & _OTHERS_WRITE:
        raise SettingsInvalid(
            f"Other users may write to {path}, so what is in it cannot be trusted.",
            f"Check what it holds, then run: chmod 700 {path}",
        )


def _refuse_readable(path: Path, status: os.stat_result) -> None:
    if status.st_mode & _OTHERS:
        raise SettingsInvalid(
            f"Other users may read or change {path}, which must be private.",
            f"Run: chmod 600 {path} (and replace the key if this machine is shared).",
        )


def _refuse_writable(path: Path, status: os.stat_result) -> None:
    if status.st_mode & _OTHERS_WRITE:
        raise SettingsInvalid(
            f"Other users may change {path}, so what it says cannot be trusted.",
            f"Check it, then run: chmod go-w {path}",
        )


def _unusable(path: Path, error: OSError) -> SettingsInvalid:
    return SettingsInvalid(
        f"{path} cannot be used: {error.strerror or error}.",
        "Check the path, its permissions and the space on its disk.",
    )
