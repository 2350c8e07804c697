"""The manual page, made from the parsers and the command records: `python -m feather_tui.cli.man`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from feather_tui import __version__
from feather_tui.cli.arguments import outlines
from feather_tui.cli.parser import PROGRAM
from feather_tui.cli.roff import bold, escaped, example, italic, ragged, section, subsection, tagged, title
from feather_tui.commands import COMMANDS
from feather_tui.preferences import PREFERENCES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from feather_tui.cli.parser import Outline, Slot

EXIT_STATUS: Final = {
    0: "Done.",
    1: "Something unexpected, or a failure of no other kind.",
    2: "The command line or a setting cannot be understood.",
    3: "The API key is missing, unusable or refused.",
    4: "The session was not found.",
    5: "The session has not ended yet.",
    6: "The API could not be reached, or could not answer now.",
    7: "An answer came that cannot be used.",
    10: "findings: there is a finding of the severity that was asked about.",
    129: "Ended by SIGHUP: the terminal, or the shell that started it, is gone.",
    130: "Interrupted.",
    131: "Ended by SIGQUIT.",
    141: "The reader of standard output went away.",
    143: "Ended by SIGTERM.",
}
_ENVIRONMENT: Final = {
    "FEATHER_API_KEY": "The API key. It goes before a stored one.",
    "FEATHER_BASE_URL": "The API to talk to, instead of the profile's own.",
    "FEATHER_PROFILE": "The profile to use.",
    "FEATHER_THEME": "The theme to use, as with --theme.",
    "FEATHER_OUTPUT": "plain: for a terminal on which the screens get into disorder; more bytes are written.",
    "FEATHER_DEBUG": "1 adds a traceback, without values, to the sentence about an unexpected failure.",
    "NO_COLOR": "Anything: no colours, unless a theme other than auto is chosen.",
    "VISUAL, EDITOR": "The editor of config edit; a document's pager where there is none.",
    "FEATHER_PAGER, PAGER": "The program that shows a document as it was received; less without them.",
    "XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_STATE_HOME": "Where the directories below are, if not at home.",
}
_FILES: Final = {
    "~/.config/feather-tui/config.toml": "Profiles and preferences. It need not exist.",
    "~/.config/feather-tui/keys/PROFILE.key": "The API key of a profile, mode 0600, for one host.",
    "~/.cache/feather-tui/sessions.sqlite3": "The sessions that were read.",
    "~/.local/state/feather-tui/copied.txt": "What was copied last, mode 0600.",
}


def run(_: argparse.Namespace) -> int:
    """Print the page; return 0."""
    print(man_page(), end="")
    return 0


def man_page() -> str:
    """Write the page."""
    program, *commands = outlines()
    lines = [
        *title(PROGRAM, __version__),
        *section("NAME", [f"{escaped(PROGRAM)} \\- read Feather sessions in the terminal"]),
        *section("SYNOPSIS", list(ragged([command.usage for command in (program, *commands)]))),
        *section("DESCRIPTION", [escaped(program.description), *_examples(program)]),
        *section("OPTIONS", [line for slot in (*program.words, *program.options) for line in _slot(slot)]),
        *section("COMMANDS", [line for command in commands for line in _command(command)]),
        *section("KEYS", list(_keys())),
        *section("CONFIGURATION", list(_configuration())),
        *section("ENVIRONMENT", list(_names(_ENVIRONMENT))),
        *section("FILES", list(_names(_FILES))),
        *section("EXIT STATUS", list(_names({str(code): text for code, text in EXIT_STATUS.items()}))),
    ]
    return "\n".join(lines) + "\n"


def _command(command: Outline) -> Iterator[str]:
    slots = [line for slot in (*command.words, *command.options) for line in _slot(slot)]
    yield from subsection(command.name, [escaped(command.description), *_examples(command), *slots])


def _examples(command: Outline) -> Iterator[str]:
    return example([line.strip() for line in command.examples.splitlines()])


def _slot(slot: Slot) -> Iterator[str]:
    names = ", ".join(map(bold, slot.names))
    whole = slot.value == "|".join(slot.choices)  # those that are too many for a line stand in the help
    value = "|".join(map(bold, slot.choices)) if whole else italic(slot.value)
    tag = f"{names} {value}" if names and slot.value else names or value
    yield from tagged(tag, slot.help)


def _keys() -> Iterator[str]:
    yield escaped("Other keys can be given to a command, by the name in brackets, in config.toml.")
    for name, commands in groupby(COMMANDS, key=lambda command: command.section):
        yield from subsection(name, [])
        for command in commands:
            yield from tagged(bold(command.shown), f"{command.help} [{command.id}]")


def _configuration() -> Iterator[str]:
    yield escaped("The file config.toml may hold, in tables by the word before the dot:")
    yield from tagged(bold("profile"), "The profile used when none is named.")
    yield from tagged(bold("profiles.NAME.base_url"), "The API of a profile of your own.")
    yield from tagged(
        bold("profiles.NAME.url_template"), "Where links to a session lead, with {session_id} in it."
    )
    for preference in PREFERENCES:
        yield from tagged(bold(preference.key), f"{preference.note}: {preference.expected}")
    yield from tagged(bold("keys.COMMAND"), "A list of keys for a command, in place of its own.")


def _names(texts: dict[str, str]) -> Iterator[str]:
    for name, text in texts.items():
        yield from tagged(bold(name), text)


if __name__ == "__main__":
    print(man_page(), end="")
