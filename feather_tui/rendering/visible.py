"""The second filter, behind `safe`: what every text passes last, on its way to the terminal.

Nothing should be left to do here. It is for a text that came by another way: from a widget that is not
ours, from what somebody pasted, or past a `safe` that somebody forgot. It knows nothing of `safe` and its
tables: it asks Python which characters are there to be printed, and no other one passes.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_PICTURES: Final = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    "\x7f": "\N{SYMBOL FOR DELETE}",
}


def visible(text: str) -> str:
    """Return `text` with a sign in place of every character that acts or hides; a space for other spaces.

    Such are all controls, what changes the direction of text, what has no width, private and unassigned
    characters and halves of surrogate pairs.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else _stand_in(sign) for sign in text)


def _stand_in(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    return _PICTURES.get(character, "\N{REPLACEMENT CHARACTER}")
