"""The preferences of config.toml, one record each: reading, checking and showing them is made from these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Preference(NamedTuple):
    """One key of the file that changes how the program behaves.

    `key` is dotted as in `cache.days`, `attribute` is the field of Settings it sets, `accepts` tells a
    usable TOML value, `expected` is the end of the sentence for any other, and `note` says in a few words
    what it does. `variable` names the environment variable that goes before the file, empty for none.
    """

    key: str
    attribute: str
    accepts: Callable[[object], bool]
    expected: str
    note: str
    variable: str = ""

    @property
    def flag(self) -> str:
        """The option of the command line that goes before all else, where a command has it."""
        return f"--{self.key.partition('.')[2]}"


def _whole(key: str, attribute: str, low: int, high: int, *, note: str) -> Preference:
    def accepts(value: object) -> bool:
        return type(value) is int and low <= value <= high  # `true` is an int to isinstance

    expected = f"a whole number from {low} to {high}"
    return Preference(key=key, attribute=attribute, accepts=accepts, expected=expected, note=note)


def _number(key: str, attribute: str, low: int, high: int, *, note: str) -> Preference:
    def accepts(value: object) -> bool:
        return type(value) in {int, float} and low <= value <= high  # type: ignore[operator] # a number by now

    expected = f"a number from {low} to {high}"
    return Preference(key=key, attribute=attribute, accepts=accepts, expected=expected, note=note)


def _word(key: str, attribute: str, *words: str, note: str, variable: str = "") -> Preference:
    return Preference(
        key=key,
        attribute=attribute,
        accepts=lambda value: value in words,
        expected=f"one of {', '.join(words)}",
        note=note,
        variable=variable,
    )


def _switch(key: str, attribute: str, *, note: str) -> Preference:
    return Preference(
        key=key,
        attribute=attribute,
        accepts=lambda value: isinstance(value, bool),
        expected="true or false",
        note=note,
    )


def _switch_or_auto(key: str, attribute: str, *, note: str) -> Preference:
    return Preference(
        key=key,
        attribute=attribute,
        accepts=lambda value: isinstance(value, bool) or value == AUTO,
        expected=f"true, false or {AUTO}",
        note=note,
    )


AUTO: Final = "auto"
"""What the environment says decides."""
THEMES: Final = (AUTO, "dark", "light", "ansi", "high-contrast")

PREFERENCES: Final = (
    _whole("cache.days", "cache_days", 1, 3650, note="a session is forgotten after so many days"),
    _whole("cache.max_megabytes", "cache_max_megabytes", 1, 1_000_000, note="all sessions together"),
    _number(
        "network.deadline_seconds", "deadline_seconds", 1, 600, note="for one document, retries included"
    ),
    _whole("network.max_document_megabytes", "max_document_megabytes", 1, 4096, note="one document, decoded"),
    _word("display.time", "time_mode", "utc", "local", "relative", "offset", note="how times are written"),
    _word(
        "display.theme",
        "theme",
        *THEMES,
        note="the colours; ansi: the terminal's own sixteen",
        variable="FEATHER_THEME",
    ),
    _switch_or_auto(
        "display.ascii", "only_ascii", note="nothing beyond ASCII; auto: where there is no UTF-8"
    ),
    _switch("display.mouse", "mouse", note="the mouse is the program's, no longer the terminal's"),
    _word(
        "display.output",
        "screen_output",
        "difference",
        "plain",
        note="difference: write what changes; plain: all that Textual draws",
        variable="FEATHER_OUTPUT",
    ),
)
