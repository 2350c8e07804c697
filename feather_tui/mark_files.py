"""Where marks are kept between runs: a private file for each session, or nowhere."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from feather_tui.errors import SettingsInvalid
from feather_tui.private_files import ensure_private_directory, read_private, sweep, write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from feather_tui.session.identity import SessionId

MOST_SESSIONS: Final = 200
"""The marks of more sessions than this are not kept: those changed longest ago go first."""


class MarkFiles:
    """Remarks by anchor, for each session.

    `directory` None: kept in memory only. Marks not changed for `days` are no longer read, and removed. What
    was put by this object is in memory, whatever becomes of the files.
    """

    def __init__(
        self,
        directory: Path | None = None,
        *,
        days: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._directory = directory
        self._days = timedelta(days=days)
        self._now = now
        self._put: dict[SessionId, dict[str, str]] = {}

    def get(self, session_id: SessionId) -> dict[str, str]:
        """Return the remarks of a session. Raises SettingsInvalid if its file cannot be read."""
        if session_id in self._put:
            return dict(self._put[session_id])
        if self._directory is None:
            return {}
        file = self._file(self._directory, session_id)
        with _explained(file), suppress(FileNotFoundError):
            return {} if self._expired(_changed(file)) else _read(file)
        return {}

    def put(self, session_id: SessionId, remarks: Mapping[str, str]) -> None:
        """Keep the remarks of a session in place of those it had.

        Raises SettingsInvalid if they cannot be written; they are kept in memory in any case.
        """
        self._put[session_id] = dict(remarks)
        if self._directory is None:
            return
        ensure_private_directory(self._directory)
        file = self._file(self._directory, session_id)
        if remarks:
            write_private(file, json.dumps(dict(remarks), indent=1).encode())
        else:
            _remove(file)
        with _explained(self._directory):
            self._tidy(self._directory)

    def clear(self) -> None:
        """Remove all marks. Raises SettingsInvalid for a file that cannot be removed."""
        self._put.clear()
        if self._directory is not None:
            for file in list(_files(self._directory)):
                _remove(file)

    @staticmethod
    def _file(directory: Path, session_id: SessionId) -> Path:
        return directory / f"{session_id}.json"

    def _tidy(self, directory: Path) -> None:
        sweep(directory)
        dated: list[tuple[datetime, Path]] = []
        for file in _files(directory):
            with suppress(FileNotFoundError):  # another process tidies, too
                dated.append((_changed(file), file))
        for number, (changed, file) in enumerate(sorted(dated, reverse=True)):
            if number >= MOST_SESSIONS or self._expired(changed):
                _remove(file)

    def _expired(self, changed: datetime) -> bool:
        return self._now() - changed > self._days


def marks_directory(state_dir: Path) -> Path:
    """Give the directory that holds a file for each session with marks."""
    return state_dir / "marks"


def _files(directory: Path) -> Iterator[Path]:
    return directory.glob("*.json")


def _changed(file: Path) -> datetime:
    return datetime.fromtimestamp(file.lstat().st_mtime, UTC)


def _read(file: Path) -> dict[str, str]:
    try:
        remarks = json.loads(read_private(file))
    except (ValueError, RecursionError):
        remarks = None
    if not isinstance(remarks, dict) or not all(isinstance(remark, str) for remark in remarks.values()):
        raise SettingsInvalid(
            f"The marks of this session cannot be read: {file} is damaged.",
            "The next mark replaces it.",
        )
    return remarks


def _remove(file: Path) -> None:
    with _explained(file), suppress(FileNotFoundError):
        file.unlink()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        raise SettingsInvalid(
            f"{path}, where marks are kept, cannot be used: {error.strerror or error}.",
            "Check the path and its permissions.",
        ) from error
