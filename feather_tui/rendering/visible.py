"""The second filter, behind `safe`: what every text passes last, on its way to the terminal.

Nothing should be left to do here. It is for a text that came by another way: from a widget that is not
ours, from what somebody pasted, or past a `safe` that somebody forgot. It knows nothing of `safe` and its
tables: it asks Python which characters are there to be printed, and no other one passes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PICTURES: Final = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    "\x7f": "\N{SYMBOL FOR DELETE}",
}
_UNSEEN: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U000e0100-\U000e01ef]")
"""Letters and marks that nobody sees, and that Python calls printable."""


def is_visible(text: str) -> bool:
    """Tell whether `visible` leaves a text as it is."""
    return text.isprintable() and (text.isascii() or _UNSEEN.search(text) is None)


def visible(text: str) -> str:
    """Return `text` with a sign in place of every character that acts or hides; a space for other spaces.

    Such are all controls, what changes the direction of text, what has no width or shows nothing, private and
    unassigned characters, and halves of surrogate pairs.
    """
    if is_visible(text):
        return text
    return "".join(sign if is_visible(sign) else _stand_in(sign) for sign in text)


def _stand_in(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    return _PICTURES.get(character, "\N{REPLACEMENT CHARACTER}")
