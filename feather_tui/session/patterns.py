"""Regular expressions that people type: compiled, or refused in a sentence.

Python's engine goes back and tries again, and cannot be stopped while it does: some expressions take
hours on a line of fifty characters. Two rules keep a search short. An expression whose shape invites that is
refused; a false alarm costs little, because nearly every such expression can be written in a plainer way.
And long texts are looked at in stretches, so that the time of what passes grows with the length of a text
and not with its square.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from feather_tui.errors import UsageError

STRETCH: Final = 1_000
"""A match is seen whole up to at least so many characters; what reaches further may be found in pieces."""
_FEW: Final = 5
"""Repeats up to so many times are harmless, such as the three of `(\\d+\\.){3}`."""
_MOST_ENDLESS: Final = 4
_MENDING: Final = "Mend it, or search for the plain text."
_ADVICE: Final = "Write it with fewer repeats, or search for the plain text."
_CAPITALS_OF_SYNTAX: Final = re.compile(r"\\N\{[^}]*\}|\\x..|\\[uU][0-9a-fA-F]+|\\.|\(\?P[<=]\w+", re.DOTALL)
_TOKEN: Final = re.compile(
    r"""
    (?P<ignored> \(\?\#[^)]*\) | \(\?[a-zA-Z]+\) )
  | (?P<atom>    \\N\{[^}]*\} | \\. | \[\^?\]?(?:\\.|[^\]\\])*\] | \(\?P=\w+\) )
  | (?P<open>    \( (?: \?(?: P<\w+> | <[=!] | \(\w+\) | [a-zA-Z-]*: | [=!>] ) )? )
  | (?P<close>   \) )
  | (?P<or>      \| )
  | (?P<repeat>  (?: [*+?] | \{(?P<least>\d*) (?P<comma>,) (?P<most>\d*)\} | \{(?P<exactly>\d+)\} ) [?+]? )
  | (?P<plain>   . )
    """,
    re.VERBOSE | re.DOTALL,
)


def compiled(expression: str, *, regard_case: bool) -> re.Pattern[str]:
    """Return a regular expression ready for use; `^` and `$` stand for the ends of lines.

    Raises UsageError if it is not one, or if its shape could make it run without end.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # "[[" may mean something else one day
            pattern = re.compile(expression, re.MULTILINE | (0 if regard_case else re.IGNORECASE))
    except (re.error, ValueError, OverflowError) as error:
        why = getattr(error, "msg", str(error))
        raise UsageError(f"This is not a regular expression: {why}.", _MENDING) from None
    except RecursionError:
        raise UsageError("This regular expression is nested too deeply.", _ADVICE) from None
    why = _danger(expression)
    if why:
        raise UsageError(f"This regular expression could take very long on some texts: {why}.", _ADVICE)
    return pattern


def types_a_capital(expression: str) -> bool:
    r"""Return whether an expression has a capital letter of its own; those of `\S` and the like are none."""
    typed = _CAPITALS_OF_SYNTAX.sub("", expression)
    return typed != typed.lower()


def spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where a pattern matches, from left to right and without overlap; empty matches are none."""
    begin = 0
    while begin < len(text):
        stop = end = begin + STRETCH
        for match in pattern.finditer(text, begin, stop + STRETCH):
            if match.start() >= stop:
                break  # the next stretch sees it whole
            if match.end() > match.start():
                yield match.span()
                end = max(stop, match.end())
        begin = end


@dataclass(slots=True)
class _Group:
    """What was seen so far between two parentheses.

    `risky`: some part of it can match in several ways; `endless`: its open-ended repeats; `begins`: the
    first token of each alternative.
    """

    risky: bool = False
    endless: int = 0
    alternatives: int = 1
    begins: list[str] = field(default_factory=list)

    def is_risky(self) -> bool:
        """Whether one text may match it in several ways, which multiply when it is repeated."""
        if self.alternatives == 1:
            return self.risky
        plain = {first.lower() for first in self.begins if len(first) == 1 and first not in ".^$("}
        return self.risky or len(plain) < self.alternatives


class _Shape:
    """Reads an expression from left to right, and notes what could make it run without end."""

    def __init__(self) -> None:
        self.danger = ""
        self._groups = [_Group()]
        self._closed: _Group | None = None
        self._atom = self._ran = ""
        self._atoms = 0

    def take(self, token: re.Match[str]) -> None:
        """Read the next token."""
        closed, self._closed = self._closed, None
        match token.lastgroup:
            case "open":
                self._begin(token[0])
                self._groups.append(_Group())
            case "close":
                self._closed = self._groups.pop()
                self._groups[-1].risky |= self._closed.is_risky()
                self._groups[-1].endless += self._closed.endless
            case "or":
                self._groups[-1].alternatives += 1
                self._atom = self._ran = ""
                self._atoms = 0
            case "repeat":
                self._repeat(token, closed)
            case "atom" | "plain":
                self._begin(token[0])
                self._atom, self._ran = token[0], self._ran if self._ran == token[0] else ""
                self._atoms += 1

    def _begin(self, token: str) -> None:
        group = self._groups[-1]
        if len(group.begins) < group.alternatives:
            group.begins += [""] * (group.alternatives - len(group.begins) - 1)  # empty alternatives
            group.begins.append(token)

    def _repeat(self, token: re.Match[str], closed: _Group | None) -> None:
        group, (least, most) = self._groups[-1], _bounds(token)
        many = most is None or most > _FEW
        if closed is not None and many and closed.is_risky():
            self.danger = "it repeats a group that can match the same text in several ways"
        elif closed is not None and most is not None:
            group.endless += closed.endless * (most - 1)
        elif many and least != most:
            group.endless += 1
            self._run_on()
        if group.endless > _MOST_ENDLESS:
            self.danger = f"it has more than {_MOST_ENDLESS} open-ended repeats"
        group.risky |= least != most

    def _run_on(self) -> None:
        if self._atom == "." and self._atoms == 1:
            self.danger = "it begins with a repeat of anything, which a search does not need"
        elif self._ran == self._atom:
            self.danger = f"it repeats {self._atom} twice in a row"
        self._ran = self._atom


def _danger(expression: str) -> str:
    """Return why a valid expression might run without end; empty if nothing speaks for it."""
    shape = _Shape()
    for token in _TOKEN.finditer(expression):
        shape.take(token)
    return shape.danger


def _bounds(repeat: re.Match[str]) -> tuple[int, int | None]:
    """Return the least and the most times that a repeat stands for; None: without end."""
    if repeat["exactly"]:
        return int(repeat["exactly"]), int(repeat["exactly"])
    if repeat["comma"]:
        return int(repeat["least"] or 0), int(repeat["most"]) if repeat["most"] else None
    return {"*": (0, None), "+": (1, None), "?": (0, 1)}[repeat[0][0]]
