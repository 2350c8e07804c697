"""The line of a finding: a sentence with quotations, kept short enough for a screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MAX_CHARACTERS: Final = 200
_MARK: Final = "…"
_TIMES: Final = "\N{MULTIPLICATION SIGN}"
_READ_CHARACTERS: Final = 800
"""So much of a quotation is looked at: more than a line can hold, and never megabytes."""
_SECOND_MS: Final = 1_000
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and whether a quotation in it was shortened."""

    text: str
    shortened: bool = False


def line(template: str, **quotations: object) -> Line:
    """Return `template` with its `{names}` filled in, on one line and within MAX_CHARACTERS.

    Runs of white space become one space, and none at the ends of a quotation. What is too long is taken
    from the longest quotations, which then end in "…".
    """
    read = {name: _one_line(str(value)) for name, value in quotations.items()}
    whole = template.format(**{name: text for name, (text, _) in read.items()})
    cut = any(was_cut for _, was_cut in read.values())
    if len(whole) <= MAX_CHARACTERS:
        return Line(whole, shortened=cut)
    frame = len(whole) - sum(len(text) for text, _ in read.values())
    share = _fair_share([len(text) for text, _ in read.values()], MAX_CHARACTERS - frame)
    fitted = {name: shortened(text, share) for name, (text, _) in read.items()}
    return Line(template.format(**fitted), shortened=True)


def shortened(text: str, characters: int) -> str:
    """Return `text` cut to `characters`, the mark "…" among them."""
    return text if len(text) <= characters else text[: max(characters - len(_MARK), 0)].rstrip() + _MARK


def excerpt(text: str, characters: int) -> str:
    """Return the beginning of `text` on one line, for a phrase."""
    return shortened(_one_line(text)[0], characters)


def _one_line(text: str) -> tuple[str, bool]:
    """Return the text with white space collapsed, and whether its end had to be left unread."""
    text = text.lstrip()
    cut = len(text) > _READ_CHARACTERS
    joined = " ".join(text[:_READ_CHARACTERS].split())
    return (joined + _MARK if cut else joined), cut


def _fair_share(lengths: Iterable[int], room: int) -> int:
    """Return the length to which the longest must be cut so that all fit into `room`."""
    left = sorted(lengths)
    while left and left[0] * len(left) <= room:
        room -= left.pop(0)
    return max(room // len(left), 1) if left else 0


def seconds(milliseconds: int) -> str:
    """Return a latency as `212 ms` or `30.0 s`. In whole numbers: a document may hold any integer."""
    if abs(milliseconds) < _SECOND_MS:
        return f"{milliseconds} ms"
    whole, rest = divmod(abs(milliseconds), _SECOND_MS)
    return f"{'-' if milliseconds < 0 else ''}{whole}.{rest // 100} s"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, as in `1 chunk` or `3 chunks`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def often(number: int) -> str:
    """Return how often, as in `2` with a multiplication sign."""
    return f"{number}{_TIMES}"


def ratio(whole: int, part: int) -> str:
    """Return how many times `part` goes into `whole`, with one decimal and a multiplication sign."""
    tenths = whole * 10 // part
    return f"{tenths // 10}.{tenths % 10}{_TIMES}"


def gap(elapsed: float) -> str:
    """Return a length of time in seconds as `9.5 s`, `41 s`, `6 min 12 s`, `1 h 4 min` or `3 d 2 h`."""
    whole = int(elapsed)
    if whole < 10:  # noqa: PLR2004 - below that, tenths matter
        return f"{elapsed:.1f} s"
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    if whole < _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{whole // _DAY} d {whole % _DAY // _HOUR} h"
