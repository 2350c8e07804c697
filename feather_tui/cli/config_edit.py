"""`feather-tui config edit`: the user's editor on config.toml, and a look at what came of it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from feather_tui.cli.config_template import config_template
from feather_tui.cli.listing import print_line
from feather_tui.cli.messages import say
from feather_tui.credentials import without_key
from feather_tui.errors import SettingsInvalid, UsageError
from feather_tui.private_files import ensure_private_directory, write_private
from feather_tui.settings import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feather_tui.locations import Locations

_WITHOUT_CHOICE: Final = "vi"
"""The editor that POSIX promises."""


def edit(locations: Locations, environ: Mapping[str, str]) -> None:
    """Open config.toml in $VISUAL or $EDITOR, made first with every default as a comment if it is absent.

    Raises UsageError if there is no editor, and SettingsInvalid for what it left in the file, which stays
    as it is. Only the file is judged: not the environment.
    """
    words = _editor(environ)
    path = locations.config_file
    _make(locations.config, path)
    _open(words, path, environ)
    try:
        load(locations, {})
    except SettingsInvalid as error:
        raise SettingsInvalid(
            error.sentence,
            f"{error.advice} What you wrote is kept: run `feather-tui config edit` again.".lstrip(),
        ) from None
    print_line(f"{path} can be used. `feather-tui config show` shows what is in force.")


def _editor(environ: Mapping[str, str]) -> list[str]:
    """Give the words of the editor's command line."""
    name = next((name for name in ("VISUAL", "EDITOR") if environ.get(name, "").strip()), "")
    try:
        words = shlex.split(environ[name]) if name else [_WITHOUT_CHOICE]
    except ValueError:
        raise UsageError(f"{name} has a quote without its partner.", f"Correct {name}.") from None
    if shutil.which(words[0], path=environ.get("PATH")) is None:
        raise UsageError(
            f"There is no editor {words[0]}" + (f", which {name} names." if name else "."),
            "Set EDITOR to one, such as nano.",
        )
    return words


def _make(directory: Path, path: Path) -> None:
    if not path.exists() and not path.is_symlink():
        ensure_private_directory(directory)
        write_private(path, config_template().encode())


def _open(words: list[str], path: Path, environ: Mapping[str, str]) -> None:
    try:
        status = subprocess.call([*words, str(path)], env=without_key(environ))  # noqa: S603 - the user's choice
    except OSError as error:
        raise UsageError(
            f"The editor {words[0]} cannot be started: {error.strerror}.", "Set EDITOR to another one."
        ) from None
    if status:
        say(f"{words[0]} ended with status {status}.")
