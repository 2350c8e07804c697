"""The themes, by name: the ink of each tone.

Those with colours of their own take them from the 240 that are the same in every terminal of 256 colours:
they look alike wherever there are as many. `ansi` asks for the terminal's sixteen, on its own background;
secondary text is dim there, not bright black, which may be nearly the background where somebody chose
the sixteen (in Solarized it is), while a terminal that knows no dim shows ordinary text. `plain` has no
colours at all: it is for NO_COLOR.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from feather_tui.rendering.row import Tone

_NAMES: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_BOLD: Final = frozenset[Tone]({"strong", "user", "assistant", "other", "bad", "accent", "match"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """What text is written in.

    A colour is the name of one of the terminal's eight, or the number of one of its 256; None is its own.
    """

    color: str | int | None = None
    ground: int | None = None
    bold: bool = False
    dim: bool = False
    reverse: bool = False

    @property
    def codes(self) -> str:
        """The parameters of SGR (ECMA-48 8.3.117) that lead here from the default."""
        attributes = {"1": self.bold, "2": self.dim, "7": self.reverse}
        codes = [code for code, on in attributes.items() if on]
        if isinstance(self.color, str):
            codes.append(str(30 + _NAMES.index(self.color)))
        elif self.color is not None:
            codes.append(f"38;5;{self.color}")
        if self.ground is not None:
            codes.append(f"48;5;{self.ground}")
        return ";".join(codes)


Inks = Mapping[Tone, Ink]


def _painted(ground: int, colours: Mapping[Tone, int]) -> Inks:
    """Return a theme that paints its own background; text is in these colours, a match is on one of them."""
    return {
        tone: Ink(color=ground, ground=number, bold=True)
        if tone == "match"
        else Ink(color=number, ground=ground, bold=tone in _BOLD)
        for tone, number in colours.items()
    }


_DARK: Final = _painted(
    234,
    {
        "text": 252,
        "dim": 246,
        "strong": 255,
        "user": 116,
        "assistant": 150,
        "other": 182,
        "good": 114,
        "warn": 179,
        "bad": 210,
        "accent": 111,
        "key": 110,
        "string": 151,
        "number": 180,
        "constant": 176,
        "match": 221,
    },
)
_LIGHT: Final = _painted(
    231,
    {
        "text": 236,
        "dim": 242,
        "strong": 232,
        "user": 24,
        "assistant": 22,
        "other": 90,
        "good": 28,
        "warn": 94,
        "bad": 124,
        "accent": 25,
        "key": 24,
        "string": 22,
        "number": 94,
        "constant": 91,
        "match": 25,
    },
)
_HIGH_CONTRAST: Final = _painted(
    16,
    {
        "text": 231,
        "dim": 252,
        "strong": 231,
        "user": 123,
        "assistant": 120,
        "other": 219,
        "good": 120,
        "warn": 226,
        "bad": 217,
        "accent": 117,
        "key": 123,
        "string": 157,
        "number": 228,
        "constant": 219,
        "match": 226,
    },
)
_ANSI: Final[Inks] = {
    "text": Ink(),
    "dim": Ink(dim=True),
    "strong": Ink(bold=True),
    "user": Ink(color="cyan", bold=True),
    "assistant": Ink(color="green", bold=True),
    "other": Ink(color="magenta", bold=True),
    "good": Ink(color="green"),
    "warn": Ink(color="yellow"),
    "bad": Ink(color="red", bold=True),
    "accent": Ink(color="blue", bold=True),
    "key": Ink(color="cyan"),
    "string": Ink(color="green"),
    "number": Ink(color="yellow"),
    "constant": Ink(color="magenta"),
    "match": Ink(reverse=True, bold=True),
}
INKS: Final[Mapping[str, Inks]] = {
    "dark": _DARK,
    "light": _LIGHT,
    "high-contrast": _HIGH_CONTRAST,
    "ansi": _ANSI,
    "plain": {tone: replace(ink, color=None) for tone, ink in _ANSI.items()},
}
