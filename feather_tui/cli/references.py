"""The words of the command line that name sessions, or say that standard input does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from feather_tui.errors import UsageError
from feather_tui.session.reference import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feather_tui.session.identity import SessionId

_MOST_BYTES: Final = 64 << 20


def read_references(words: Sequence[str]) -> tuple[SessionId, ...]:
    """Return the ids in the words of the command line; `-` stands for standard input.

    Raises ReferenceUnreadable if there is none, UsageError if standard input is closed.
    """
    return parse("\n".join(_piped() if word == "-" else word for word in words))


def _piped() -> str:
    if sys.stdin is None:  # the shell closed it (`<&-`)
        raise UsageError(
            "Standard input is closed, so no session id can be read from it.", "Give the id as a word."
        )
    # A log may hold bytes of any encoding.
    return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace")
