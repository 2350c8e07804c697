"""Which program shows a document outside of the screens, and what it is told."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from feather_tui.credentials import without_key
from feather_tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_PAGERS: Final = ("FEATHER_PAGER", "PAGER")
_EDITORS: Final = ("VISUAL", "EDITOR")
_WITHOUT_CHOICE: Final = "less"
_DISCREET: Final = {
    "LESSHISTFILE": "-",  # what was searched for is kept nowhere
    "LESSSECURE": "1",  # no shell, no editor, no other files, no preprocessor
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The user's pager. `environ` names it; the file it reads is under `state_dir` for the time being."""

    environ: Mapping[str, str]
    state_dir: Path

    def words(self) -> tuple[str, ...]:
        """Return what `pager_words` finds on the PATH. Raises UsageError as it does."""
        path = self.environ.get("PATH")
        return pager_words(self.environ, lambda program: shutil.which(program, path=path))


def pager_words(environ: Mapping[str, str], which: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the words of the command line that shows a file, but for the file.

    The program is the first there is of FEATHER_PAGER, PAGER, less, VISUAL and EDITOR; `which` finds the path
    of one. Raises UsageError for a variable that names none, and if there is none at all.
    """
    name = _first_set(environ, _PAGERS)
    if name is None and which(_WITHOUT_CHOICE) is not None:
        return (_WITHOUT_CHOICE,)
    name = name or _first_set(environ, _EDITORS)
    if name is None:
        raise UsageError(f"There is no {_WITHOUT_CHOICE} here, and no other pager is named.", "Set PAGER.")
    try:
        words = tuple(shlex.split(environ[name]))
    except ValueError:
        raise UsageError(f"{name} has a quote without its partner.", f"Correct {name}.") from None
    if which(words[0]) is None:
        raise UsageError(f"There is no program {words[0]}, which {name} names.", f"Set {name} to another.")
    return words


def pager_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for the program: without the API key, and with less told to keep nothing.

    less must not end by itself when all fits on a screen (-F): it would be gone before anybody has read it.
    """
    given = without_key(environ)
    if options := given.get("LESS"):
        given["LESS"] = f"{options} -+F"
    return {**given, **_DISCREET}


def _first_set(environ: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((name for name in names if environ.get(name, "").strip()), None)
