"""What makes two errors the same: their words, without what belongs to one case only."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 160
"""Characters of a normalised text; a longer one ends in "…"."""

_READ: Final = 4_000
_TEXT_KEYS: Final = ("message", "error", "detail", "error_message", "title", "reason", "code")
"""Where an error that is a JSON object says what happened, the most telling first."""
_TLDS: Final = "com|net|org|io|ai|app|dev|cloud|example|test|local|internal|lan|svc|corp|eu|de|uk|us"
_SIGNS: Final = (
    # A status and the keys of JSON say what went wrong, so they stay.
    ("kept", r"\"[a-z_]{1,40}\"(?= ?:)"),
    ("kept", r"\b(?:HTTP(?:/[0-9.]{1,5})?|status(?:[ _]?code)?)[ :=]{0,3}[1-5][0-9]{2}(?!\w)"),
    ("url", r"\b[a-z][a-z0-9+.-]{1,15}://[^\s\"'<>]+"),
    ("email", r"\b[\w.+-]{1,64}@[\w.-]{1,255}\w"),
    ("text", r"\"[^\"]{1,400}\"|“[^”]{1,400}”|`[^`]{1,400}`|(?<![\w>])'[^']{1,400}'(?![\w<])"),
    ("time", r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"),
    ("time", r"\b\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\b"),
    ("host", r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[[0-9a-f:]{3,39}\](?::\d+)?"),
    (
        "host",
        rf"\b(?:[a-z0-9-]{{1,63}}\.){{1,8}}(?:{_TLDS})(?::\d+)?\b(?!\.\w)|\b[a-z][a-z0-9.-]{{2,200}}:\d{{2,5}}\b",
    ),
    ("id", r"\b[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b"),
    ("id", r"\b(?=[\w-]{0,60}\d[\w-]{0,60}\d)(?=[\w-]{0,60}[a-z_])[\w-]{5,200}\w"),
    ("n", r"\d+(?:[.,]\d+)*"),
)
_ANY: Final = re.compile("|".join(f"({pattern})" for _, pattern in _SIGNS), re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Signature:
    """A tool and the normalised error it failed with."""

    tool: str
    error: str

    @property
    def text(self) -> str:
        """Both on one line."""
        return f"{self.tool}: {self.error}"


def normalised(error: str) -> str:
    """Return an error's words, with signs for ids, numbers, times, hosts and quoted values.

    It is stable: what was normalised stays as it is. Of an error that is a JSON object, its message is taken.
    Only the first 4,000 characters are looked at.
    """
    text = _told(error[:_READ])
    while (again := _shortened(_ANY.sub(_sign, " ".join(text.split())))) != text:
        text = again  # each round leaves fewer digits, quotes, dots and blanks, so there is a last one
    return text


def _told(error: str) -> str:
    """Return the message inside of a JSON object, or the text itself."""
    try:
        tree = json.loads(error)
    except (ValueError, RecursionError):
        return error
    while isinstance(tree, dict):
        found = next((tree[key] for key in _TEXT_KEYS if tree.get(key)), None)
        if isinstance(found, str):
            return found
        tree = found
    return error


def _sign(found: re.Match[str]) -> str:
    name = _SIGNS[(found.lastindex or 1) - 1][0]
    return found[0] if name == "kept" else f"<{name}>"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
