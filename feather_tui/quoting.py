"""How a setting that cannot be used is named in the sentence about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feather_tui.key_forms import hide_keys, looks_like_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_QUOTE: Final = 40


def quoted(value: object) -> str:
    """Name a TOML value in a few characters; never an API key that was put there by mistake."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if hide_keys(text) != text or any(looks_like_key(word) for word in text.split(".")):
        return "something that looks like an API key"
    return f"“{text}”" if len(text) <= _LONGEST_QUOTE else f"“{text[:_LONGEST_QUOTE]}…”"


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the one of `known` (there is one) that is most like `word`."""
    from difflib import get_close_matches  # start-up time: needed only for the sentence of an error

    return get_close_matches(word, list(known), n=1, cutoff=0)[0]
