"""How a cell is written: attributes and colours, and the shortest way from one pen to another.

Codes are those of SGR (ECMA-48 8.3.117), as every terminal since the Linux console reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_OFF: Final = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "21": "24",
    "51": "54",
    "52": "54",
    "53": "55",
}
"""What ends each attribute; some end two."""
_SEEN_ON_BLANKS: Final = frozenset({"4", "7", "9", "21", "51", "52", "53"})
_FOREGROUNDS: Final = frozenset(str(code) for code in (*range(30, 40), *range(90, 98)))
_BACKGROUNDS: Final = frozenset(str(code) for code in (*range(40, 50), *range(100, 108)))
_EXTENDED: Final = frozenset({"38", "48"})
_PARAMETERS: Final = {"5": 3, "2": 5}
"""How many codes an extended colour takes: `38;5;n` or `38;2;r;g;b`."""


@dataclass(frozen=True, slots=True)
class Pen:
    """SGR codes by what they set; empty is the terminal's default."""

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""

    @property
    def codes(self) -> list[str]:
        """The codes that lead here from the default pen."""
        attributes = sorted(self.attributes, key=int)
        return [code for code in (*attributes, self.foreground, self.background) if code]


DEFAULT: Final = Pen()


@lru_cache(maxsize=4096)
def pen_of(codes: str) -> Pen:
    """Return the pen that `codes`, such as `1;38;5;196`, make of the default one."""
    attributes: set[str] = set()
    foreground = background = ""
    waiting = codes.split(";") if codes else []
    while waiting:
        taken = _PARAMETERS.get("".join(waiting[1:2]), 1) if waiting[0] in _EXTENDED else 1
        code, waiting = ";".join(waiting[:taken]), waiting[taken:]
        kind = code.partition(";")[0]
        if kind in _FOREGROUNDS:
            foreground = "" if kind == "39" else code
        elif kind in _BACKGROUNDS:
            background = "" if kind == "49" else code
        else:
            attributes.add(code)
    return Pen(frozenset(attributes), foreground, background)


@lru_cache(maxsize=4096)
def on_blank(pen: Pen) -> Pen:
    """Return a pen as it is seen where nothing is written: bold, italic and the colour of text are not."""
    if pen.attributes & _SEEN_ON_BLANKS:
        return pen
    return Pen(background=pen.background)


@lru_cache(maxsize=4096)
def change(old: Pen, new: Pen) -> str:
    """Return the shortest sequence that takes the terminal from one pen to another."""
    if old == new:
        return ""
    afresh = ";".join(["0", *new.codes]) if new != DEFAULT else ""
    step = _step(old, new)
    return f"\x1b[{afresh if step is None or len(afresh) < len(step) else step}m"


def _step(old: Pen, new: Pen) -> str | None:
    """Return the codes that change only what differs; None if an attribute is unknown how to end."""
    gone = old.attributes - new.attributes
    if not gone <= _OFF.keys():
        return None
    ends = {_OFF[code] for code in gone}
    begins = {code for code in new.attributes if code not in old.attributes or _OFF.get(code) in ends}
    codes = [*sorted(ends, key=int), *sorted(begins, key=int)]
    if old.foreground != new.foreground:
        codes.append(new.foreground or "39")
    if old.background != new.background:
        codes.append(new.background or "49")
    return ";".join(codes)
