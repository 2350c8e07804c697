"""What is said to the person, on standard error: one plain sentence each, made safe for the terminal."""

from __future__ import annotations

import io
import sys

from feather_tui.key_forms import hide_keys
from feather_tui.rendering.safe import safe, safe_line


def say(sentence: str) -> None:
    """Print one sentence, which may quote text of a file or a server."""
    _write(f"feather-tui: {safe_line(sentence)}\n")


def say_unexpected(error: Exception, *, with_traceback: bool) -> None:
    """Tell that this program is at fault, where, and how to learn more.

    The text of the exception is left to the traceback: it may quote a customer's words.
    """
    import traceback  # start-up time: hardly ever

    if with_traceback:
        _write(safe("".join(traceback.format_exception(error))))
    place = traceback.extract_tb(error.__traceback__)[-1]
    say(
        f"Something unexpected happened in feather-tui itself ({type(error).__name__} in {place.name}). "
        "Run the same command with FEATHER_DEBUG=1 to see where, and report that."
    )


def use_any_encoding() -> None:
    """Write an escape for a character that the locale's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _write(text: str) -> None:
    if sys.stderr is not None:  # None: the shell closed it (`2>&-`), and `print` would take standard output
        sys.stderr.write(hide_keys(text))  # whoever wrote the sentence: it may quote what was typed
