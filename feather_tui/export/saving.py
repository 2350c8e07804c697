"""Writing what was made for somebody else into a file of the reader's own."""

from __future__ import annotations

from pathlib import Path

from feather_tui.errors import SettingsInvalid
from feather_tui.private_files import write_private


def save(text: str, file: Path, *, replace: bool) -> None:
    """Write a file of mode 0600, whole or not at all; what exists only where it may be replaced.

    Raises FileExistsError for what exists otherwise, SettingsInvalid for a file that cannot be written.
    """
    if not replace:
        _claim(file)
    try:
        write_private(file, text.encode("utf-8", "backslashreplace"))
    except SettingsInvalid:
        if not replace:
            file.unlink(missing_ok=True)
        raise


def _claim(file: Path) -> None:
    """Make an empty file: at one stroke, so that no file or link made meanwhile is overwritten."""
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else None
        raise SettingsInvalid(
            f"{file} cannot be written: {reason or error}.", "Check the path and its permissions."
        ) from error
