"""The kind of parser that every command has, and what it can tell about itself.

Completions and the manual are made from outlines, so that they cannot know other options than the parsers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from feather_tui.errors import UsageError
from feather_tui.preferences import THEMES

PROGRAM = "feather-tui"
_RATE = 5
_HIGHEST_RATE = 50
"""Requests a second: half of what an organization has, production included."""


class HelpGiven(Exception):
    """The words asked for a text, which is printed; there is nothing left to run."""


class Slot(NamedTuple):
    """An option or a positional word.

    `names` are those of an option (`-h`, `--help`), empty for a positional word. `value` is what stands for
    its value in the help (`NAME`), empty for an option that takes none; `choices` are all its values, empty
    if there are too many to name.
    """

    names: tuple[str, ...]
    value: str
    choices: tuple[str, ...]
    help: str


class Outline(NamedTuple):
    """One command: its name (empty for the program itself), its texts, and its slots in their order."""

    name: str
    description: str
    usage: str
    examples: str
    options: tuple[Slot, ...]
    words: tuple[Slot, ...]


class OneOf:
    """The type of a word that is one of a few.

    argparse's own `choices` would repeat any other word in its complaint, and that word may be a key.
    """

    def __init__(self, *words: str) -> None:
        self.words = words

    def __call__(self, word: str) -> str:
        """Give the word back; argparse.ArgumentTypeError if it is another one."""
        if word in self.words:
            return word
        raise argparse.ArgumentTypeError(f"choose one of {', '.join(self.words)}")


class Parser(argparse.ArgumentParser):
    """A parser whose help begins with examples, and which raises where argparse would exit."""

    def __init__(self, command: str, description: str, examples: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"{PROGRAM} {command}".rstrip(),
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self._command = command
        self._examples = examples

    def add_word(self, name: str, *words: str) -> None:
        """Take one of these words."""
        self.add_argument(name, type=OneOf(*words), metavar="|".join(words))

    def add_profile_options(self) -> None:
        """Take the options that choose an account and its API."""
        self.add_argument(
            "--profile", metavar="NAME", help="the profile to use: sandbox, local, or one of config.toml"
        )
        self.add_argument(
            "--base-url", metavar="URL", help="the API to talk to, instead of the profile's own"
        )

    def add_ascii_option(self) -> None:
        """Take the option about characters."""
        self.add_argument(
            "--ascii",
            action=argparse.BooleanOptionalAction,
            dest="only_ascii",
            help="show nothing beyond ASCII; default: where the locale (LC_ALL, LC_CTYPE, LANG) has no UTF-8",
        )

    def add_screen_options(self) -> None:
        """Take the options about how the screens look."""
        self.add_argument(
            "--theme",
            choices=THEMES,
            help="default: auto, which is ansi, the terminal's own colours, unless NO_COLOR asks for none or "
            "COLORFGBG tells of a light background; another theme goes before NO_COLOR",
        )
        self.add_ascii_option()
        self.add_argument(
            "--mouse",
            action=argparse.BooleanOptionalAction,
            help="the mouse moves and scrolls; default: it is the terminal's, to select with",
        )

    def add_rate_option(self) -> None:
        """Take how often the API is asked where there are many sessions."""
        self.add_argument(
            "--rate",
            type=_rate,
            default=_RATE,
            metavar="N",
            help=f"at most so many requests a second, 1 to {_HIGHEST_RATE}, where there are many sessions; "
            f"default: {_RATE}, because production shares the limit",
        )

    def add_session_options(self) -> None:
        """Take the options about where sessions come from."""
        self.add_profile_options()
        self.add_argument(
            "--demo", action="store_true", help="a made-up incident: no network, no key, no files"
        )
        source = self.add_mutually_exclusive_group()
        source.add_argument("--offline", action="store_true", help="read only the cache")
        source.add_argument(
            "--refresh", action="store_true", help="ask the API even if the session is in the cache"
        )
        self.add_argument("--no-cache", action="store_true", help="neither read nor write the cache on disk")

    def outline(self) -> Outline:
        """Tell what this command takes."""
        slots = list(self._slots())
        return Outline(
            name=self._command,
            description=self.description or "",
            usage=" ".join(self.format_usage().removeprefix("usage: ").split()),
            examples=self._examples,
            options=tuple(slot for slot in slots if slot.names),
            words=tuple(slot for slot in slots if not slot.names),
        )

    def _slots(self) -> Iterator[Slot]:
        for action in self._actions:
            choices = action.type.words if isinstance(action.type, OneOf) else tuple(action.choices or ())
            takes_value = action.nargs != 0
            name = action.metavar if isinstance(action.metavar, str) else "|".join(choices)
            yield Slot(
                names=tuple(action.option_strings),
                value=(name or action.dest.upper()) if takes_value else "",
                choices=choices,
                help=action.help or "",
            )

    def format_help(self) -> str:
        """Write the examples before everything else."""
        return f"examples:\n{self._examples}\n\n{super().format_help()}"

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"`{self.prog} --help` shows examples.")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:  # noqa: ARG002 - argparse's
        """Raise HelpGiven."""
        raise HelpGiven


def _rate(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _HIGHEST_RATE:
        return int(text)
    raise argparse.ArgumentTypeError(f"a number from 1 to {_HIGHEST_RATE}")
