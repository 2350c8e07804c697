"""Where an API key may stand, and what it looks like in a text, so that it is not repeated."""

from __future__ import annotations

import re
from typing import Final

ENVIRONMENT_VARIABLE: Final = "FEATHER_API_KEY"

_ANY_KEY: Final = re.compile(r"(fth_[A-Za-z]+_[A-Za-z0-9]{4})[A-Za-z0-9_-]{4,}")


def looks_like_key(text: str) -> bool:
    """Say whether `text` begins like a Feather API key, and so must not be repeated to the screen."""
    return text.lstrip().startswith("fth_")


def hide_keys(text: str) -> str:
    """Cut every Feather API key in `text` to what the API's own listing shows of it.

    For words that are not ours, such as those of a server that repeats what it was sent.
    """
    return _ANY_KEY.sub(r"\1…", text)
