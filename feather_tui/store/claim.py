"""Who may replace the cache's files.

SQLite opens and deletes a `-wal` by its name. Files renamed under an open connection would so mix two
databases. Therefore everybody who has the cache open holds a shared lock on its directory, and who
replaces its files holds that lock alone. The kernel lets go of it when a process dies.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Claim:
    """A lock (flock) on a directory; nothing is held until `share` or `seize`.

    Each may raise OSError where the file system has no locks.
    """

    def __init__(self, directory: Path) -> None:
        self._descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)

    def share(self) -> bool:
        """Hold the lock with others, in place of what was held; False while somebody holds it alone."""
        return self._lock(fcntl.LOCK_SH)

    def seize(self) -> bool:
        """Hold the lock alone, in place of what was held; False while anybody else holds it."""
        return self._lock(fcntl.LOCK_EX)

    def release(self) -> None:
        """Let go, for good."""
        os.close(self._descriptor)

    def _lock(self, how: int) -> bool:
        try:
            fcntl.flock(self._descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
