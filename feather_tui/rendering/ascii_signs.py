"""The signs that the program itself draws, in ASCII: each as wide as before, so that columns hold."""

from __future__ import annotations

from typing import Final

from feather_tui.rendering.row import cells
from feather_tui.rendering.safe import TYPOGRAPHY

_DRAWN: Final = {
    "…": "~",  # where a text was cut: a full stop would end a sentence
    "—": "-",
    "·": ".",
    "→": ">",
    "≤": "<",
    "≥": ">",
    "±": "~",
    "▸": ">",
    "▾": "v",
    "›": ">",
    "✓": "+",
    "✗": "x",
    "●": "*",
    "◆": "@",
    "⚠": "!",
    "▌": "|",
    "┃": "#",
    "█": "#",
    **dict(zip("▁▂▃▄▅▆▇", "_-=+*%@", strict=True)),  # with the one above: the higher, the denser
    "≠": "/",
    "▓": "=",
    "▒": "+",
    "░": ".",
    **dict.fromkeys("─━═", "-"),
    **dict.fromkeys("│║", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
}
_SIGNS: Final = {ord(sign): relative for sign, relative in {**TYPOGRAPHY, **_DRAWN}.items()}


def in_ascii(text: str) -> str:
    """Return `text` in ASCII, as wide as before; what has no relative here becomes question marks."""
    if text.isascii():
        return text
    drawn = text.translate(_SIGNS)
    if drawn.isascii():
        return drawn
    return "".join(sign if sign.isascii() else "?" * cells(sign) for sign in drawn)
