"""Where each API had its list of sessions, so that the next run need not look for it: one private file."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from feather_tui.errors import SettingsInvalid
from feather_tui.private_files import ensure_private_directory, read_private, write_private

if TYPE_CHECKING:
    from pathlib import Path

_MOST_ORIGINS: Final = 50


class ListPaths:
    """Paths by origin (`BaseUrl.origin`). `directory` None: nothing is kept.

    Nothing depends on the file but one request, so a fault in it is not told: the path is looked for again.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self._file = None if directory is None else directory / "list-paths.json"

    def get(self, origin: str) -> str | None:
        """Return the path of an API's list, if it is known."""
        return self._read().get(origin)

    def put(self, origin: str, path: str) -> None:
        """Keep the path of an API's list; of too many, the one put first is let go."""
        if self._file is None:
            return
        paths = self._read()
        paths.pop(origin, None)
        kept = dict(list((paths | {origin: path}).items())[-_MOST_ORIGINS:])
        with suppress(SettingsInvalid, OSError):
            ensure_private_directory(self._file.parent)
            write_private(self._file, json.dumps(kept, indent=1).encode())

    def clear(self) -> None:
        """Forget all of them. Raises OSError for a file that cannot be removed."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def _read(self) -> dict[str, str]:
        if self._file is None:
            return {}
        with suppress(SettingsInvalid, OSError, ValueError, RecursionError):
            tree = json.loads(read_private(self._file))
            if isinstance(tree, dict):
                return {origin: path for origin, path in tree.items() if isinstance(path, str)}
        return {}
