"""A manual page in roff, with the macros of man(7): lines to join, every text escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SPECIAL: Final = {
    "\\": r"\e",
    "-": r"\-",
    "'": r"\(aq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
    '"': r"\(dq",
}


def escaped(text: str) -> str:
    """Write one line so that roff sets it as it is; characters beyond ASCII become their numbers."""
    line = "".join(_SPECIAL.get(character) or _by_number(character) for character in text)
    return f"\\&{line}" if line.startswith(".") else line


def bold(text: str) -> str:
    """Set text in bold."""
    return f"\\fB{escaped(text)}\\fR"


def italic(text: str) -> str:
    """Set text in italics: what is to be replaced."""
    return f"\\fI{escaped(text)}\\fR"


def title(name: str, version: str) -> Iterator[str]:
    """Begin the page of a command, without a date, so that the same source gives the same page.

    Words are not broken: many are to be typed.
    """
    yield f'.TH {escaped(name)} 1 "" "{escaped(name)} {escaped(version)}"'
    yield ".nh"


def section(name: str, lines: Sequence[str]) -> Iterator[str]:
    """Put lines under a heading."""
    yield f'.SH "{escaped(name)}"'
    yield from lines


def subsection(name: str, lines: Sequence[str]) -> Iterator[str]:
    """Put lines under a smaller heading."""
    yield f'.SS "{escaped(name)}"'
    yield from lines


def tagged(tag: str, text: str) -> Iterator[str]:
    """Explain a tag, which is roff already; the text is not, and may be empty."""
    yield ".TP"
    yield tag
    if text:
        yield escaped(text)


def example(lines: Sequence[str]) -> Iterator[str]:
    """Set lines as they are."""
    yield from (".PP", ".RS 4", ".nf")
    yield from map(escaped, lines)
    yield from (".fi", ".RE")


def ragged(lines: Sequence[str]) -> Iterator[str]:
    """Set each line as a paragraph of its own, with one space between its words."""
    yield ".ad l"
    for line in lines:
        yield from (".PP", escaped(line))
    yield ".ad b"


def _by_number(character: str) -> str:
    return character if character.isascii() else f"\\[u{ord(character):04X}]"
