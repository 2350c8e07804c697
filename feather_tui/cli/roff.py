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
    """Write `text`, of one line, so that roff sets it as it is; other characters than ASCII by their number."""
    line = "".join(_SPECIAL.get(character) or _by_number(character) for character in text)
    return f"\\&{line}" if line.startswith(".") else line


def bold(text: str) -> str:
    """Set text in bold."""
    return f"\\fB{escaped(text)}\\fR"


def italic(text: str) -> str:
    """Set text in italics: what is to be replaced."""
    return f"\\fI{escaped(text)}\\fR"


def title(name: str, version: str) -> str:
    """Begin the page of a command. It has no date, so that the same source gives the same page."""
    return f'.TH {escaped(name)} 1 "" "{escaped(name)} {escaped(version)}"'


def section(name: str, lines: Sequence[str]) -> Iterator[str]:
    """Put lines under a heading."""
    yield f'.SH "{escaped(name)}"'
    yield from lines


def subsection(name: str, lines: Sequence[str]) -> Iterator[str]:
    """Put lines under a smaller heading."""
    yield f'.SS "{escaped(name)}"'
    yield from lines


def tagged(tag: str, text: str) -> Iterator[str]:
    """Explain a tag, which is roff already; the text is not."""
    yield ".TP"
    yield tag
    yield escaped(text)


def example(lines: Sequence[str]) -> Iterator[str]:
    """Set lines as they are."""
    yield ".PP"
    yield ".nf"
    yield from (f".RS 4\n{escaped(line)}\n.RE" for line in lines)
    yield ".fi"


def _by_number(character: str) -> str:
    return character if character.isascii() else f"\\[u{ord(character):04X}]"
