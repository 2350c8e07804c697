"""What the environment says of the terminal: its colours, its background, its encoding."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_COLOURS, SIXTEEN_COLOURS, CUBE_COLOURS, ALL_COLOURS = 0, 16, 256, 1 << 24
_LOCALE_VARIABLES: Final = ("LC_ALL", "LC_CTYPE", "LANG")  # the first one that is set decides
_LIGHT_BACKGROUNDS: Final = ("7", "15")  # white and bright white, among the sixteen


def colours(environ: Mapping[str, str]) -> int:
    """Return how many colours there are, whether they are wanted or not; none where TERM does not say."""
    term = environ.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        return NO_COLOURS
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return ALL_COLOURS
    return CUBE_COLOURS if "256color" in term else SIXTEEN_COLOURS


def has_light_background(environ: Mapping[str, str]) -> bool:
    """Say whether the terminal says that its background is light, in COLORFGBG.

    Few terminals set it. Inside tmux and screen it tells of the terminal that once started them.
    """
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return background in _LIGHT_BACKGROUNDS and not (environ.get("TMUX") or environ.get("STY"))


def locale_in_force(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the variable that decides which characters there are, and its value; None if none is set."""
    return next(((name, environ[name]) for name in _LOCALE_VARIABLES if environ.get(name)), None)


def is_utf8(locale: str) -> bool:
    """Say whether a locale is one with UTF-8: `en_US.UTF-8`, or `UTF-8` as macOS has it."""
    encoding = locale.rpartition(".")[2].partition("@")[0]
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def lacks_utf8(environ: Mapping[str, str]) -> bool:
    """Say whether a locale without UTF-8 is set; without any, nothing is known, and UTF-8 is likely."""
    found = locale_in_force(environ)
    return found is not None and not is_utf8(found[1])
