"""The words of the command line as one namespace.

`command` is open, or the first word if that is a command; `action` the second word of auth, cache and config,
`shell` that of completion, `what` that of __complete.
`profile` and `base_url` (str | None) go with every command but completion and man. `references` (list[str]),
`demo`, `offline`, `refresh` and `no_cache` (bool) go with open, show, findings, triage, common, diff, export;
`format` with all of these but open, `rate` (int) with triage and common, `listed` (list[str], the words of a
query of the list) with these and open; `only` with show, `min_severity` and `fail_on` with findings, `output`
and `filter` with export (str or str | None), `unmasked` and `force` with export (bool). `query` (list[str])
and `limit` (int) go with list, as `demo`, `no_cache` and `format` do.
`only_ascii` (bool | None) goes with open, show, list and findings, `theme` (str | None) and `mouse`
(bool | None) with open: None leaves it to the settings.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

from feather_tui import __version__
from feather_tui.cli import caretaking, many_parsers
from feather_tui.cli.list_options import add_list_options
from feather_tui.cli.list_parser import list_parser
from feather_tui.cli.parser import Outline, Parser
from feather_tui.errors import UsageError
from feather_tui.key_forms import looks_like_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_KEY_OPTION: Final = re.compile(r"--?(api[-_]?)?(key|token)(=.*)?", re.DOTALL | re.IGNORECASE)
_OPTION_NAME: Final = re.compile(r"--[a-z-]{1,30}")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the words after the program's name: the first one decides whether a command was meant.

    Raises UsageError, which never repeats a word that could be an API key, and parser.HelpGiven.
    """
    _refuse_a_key(words)
    command = words[0] if words and words[0] in _COMMANDS else "open"
    if command == "open":
        parser = _open_parser()
        arguments, unknown = parser.parse_known_intermixed_args(words)  # options between references
    else:
        parser = _COMMANDS[command]()
        arguments, unknown = parser.parse_known_args(words[1:])
    if unknown:
        parser.error(_about_unknown(unknown[0]))
    arguments.command = command
    if "demo" in arguments:
        _refuse_contradictions(parser, arguments)
    return arguments


def outlines() -> tuple[Outline, ...]:
    """Tell what each command takes, that of the program itself first; those for machines are left out."""
    shown = (parser for name, parser in _COMMANDS.items() if not name.startswith("_"))
    return (_open_parser().outline(), *(parser().outline() for parser in shown))


def _open_parser() -> Parser:
    parser = Parser(
        "",
        "Read Feather sessions in the terminal.",
        "  feather-tui 0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11\n"
        "  feather-tui 'ERROR session=0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11 handoff failed'\n"
        "  grep handoff app.log | feather-tui -\n"
        "  feather-tui --since 2h --status error\n"
        "  feather-tui --demo",
        "Several sessions open as a board.\n"
        "\n"
        "commands, given as the first word:\n"
        "  show        print one session as text, Markdown or JSON\n"
        "  findings    print what the rules find in sessions\n"
        "  list        print which sessions there are: by status, time, channel, words\n"
        "  triage      print what each of many sessions came to, a row each\n"
        "  common      print what the failing ones of many share, and since when\n"
        "  diff        print where two sessions part\n"
        "  export      write one session for somebody else, personal data masked\n"
        "  auth        store, show or remove the API key\n"
        "  cache       where sessions are kept, how many, and removing them\n"
        "  config      the settings in force, and changing them\n"
        "  doctor      check files, network, key and terminal\n"
        "  completion  let bash, zsh or fish complete words\n"
        "  man         the manual page\n"
        "\n"
        "environment: FEATHER_API_KEY, FEATHER_BASE_URL, FEATHER_PROFILE, FEATHER_THEME,\n"
        "             FEATHER_OUTPUT",
    )
    parser.add_argument(
        "references",
        nargs="*",
        metavar="REFERENCE",
        help="session ids, URLs or log lines that contain them, or - for standard input",
    )
    add_list_options(parser)
    parser.add_rate_option()
    parser.add_session_options()
    parser.add_screen_options()
    parser.add_argument("--version", action="version", version=f"feather-tui {__version__}")
    return parser


def _show_parser() -> Parser:
    parser = Parser(
        "show",
        "Print one session on standard output.",
        "  feather-tui show 0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11\n"
        "  feather-tui show 0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11 --format markdown --only summary\n"
        "  tail -1 app.log | feather-tui show - --format json",
    )
    parser.add_argument(
        "references",
        nargs=1,
        metavar="REFERENCE",
        help="a session id, a URL or log line that contains one, or - for standard input",
    )
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="default: text"
    )
    parser.add_argument(
        "--only",
        choices=("summary", "findings", "transcript", "tools", "rag", "extraction"),
        help="print one part of the session",
    )
    parser.add_ascii_option()
    parser.add_session_options()
    return parser


def _findings_parser() -> Parser:
    parser = Parser(
        "findings",
        "Print what the rules find in sessions, and the suspected first cause of each.",
        "  feather-tui findings 0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11\n"
        "  grep handoff app.log | feather-tui findings - --format jsonl --min-severity high\n"
        "  feather-tui findings 0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11 --fail-on critical",
    )
    severities = ("info", "low", "medium", "high", "critical")
    parser.add_argument(
        "references",
        nargs="+",
        metavar="REFERENCE",
        help="session ids, URLs or log lines that contain them, or - for standard input",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "jsonl"),
        default="text",
        help="default: text; jsonl is one object a session and line",
    )
    parser.add_argument(
        "--min-severity", choices=severities, default="info", help="leave less severe findings out"
    )
    parser.add_argument(
        "--fail-on", choices=severities, help="exit with status 10 if a finding is at least so severe"
    )
    parser.add_ascii_option()
    parser.add_session_options()
    return parser


def _export_parser() -> Parser:
    parser = Parser(
        "export",
        "Write one session for somebody else. Personal data is masked, as far as it can be recognised.",
        "  feather-tui export 0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11 > session.md\n"
        "  feather-tui export 0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11 --format html -o session.html\n"
        "  feather-tui export 0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11 --filter 'errors around:14:03+-2m'\n"
        "  tail -1 app.log | feather-tui export - --format json --unmasked",
    )
    parser.add_argument(
        "references",
        nargs=1,
        metavar="REFERENCE",
        help="a session id, a URL or log line that contains one, or - for standard input",
    )
    parser.add_argument(
        "--format",
        choices=("markdown", "json", "html"),
        default="markdown",
        help="default: markdown; html is one page without scripts",
    )
    parser.add_argument(
        "--filter",
        metavar="FILTER",
        help="only these entries of the transcript, such as 'errors', 'role:user tool:refund_order' or "
        "'around:14:03+-2m'; what is left out is said and counted",
    )
    parser.add_argument("--unmasked", action="store_true", help="leave personal data as it is")
    parser.add_argument("-o", "--output", metavar="FILE", help="a new file, for you only (mode 0600)")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_session_options()
    return parser


_COMMANDS: Final[dict[str, Callable[[], Parser]]] = {
    "show": _show_parser,
    "findings": _findings_parser,
    "list": list_parser,
    "triage": many_parsers.triage_parser,
    "common": many_parsers.common_parser,
    "diff": many_parsers.diff_parser,
    "export": _export_parser,
    "auth": caretaking.auth_parser,
    "cache": caretaking.cache_parser,
    "config": caretaking.config_parser,
    "doctor": caretaking.doctor_parser,
    "completion": caretaking.completion_parser,
    "man": caretaking.man_parser,
    "__complete": caretaking.complete_parser,
}


def _refuse_a_key(words: Sequence[str]) -> None:
    for word in words:
        value = word.partition("=")[2] if word.startswith("-") else word
        if looks_like_key(value) or _KEY_OPTION.fullmatch(word):
            raise UsageError(
                "An API key is never given on the command line: what was typed is now in the shell's history "
                "and in the list of processes (ps).",
                "If it was a real key, revoke it; then run `feather-tui auth login`, which asks for a key, "
                "or set FEATHER_API_KEY.",
            )


def _about_unknown(word: str) -> str:
    if not word.startswith("-"):
        return "there is a word too many"
    name = word.partition("=")[0]
    return f"unknown option {name}" if _OPTION_NAME.fullmatch(name) else "there is an unknown option"


def _refuse_contradictions(parser: Parser, arguments: argparse.Namespace) -> None:
    if arguments.command == "open" and arguments.references[:1] and arguments.references[0] in _COMMANDS:
        parser.error(f"the command {arguments.references[0]} must be the first word")
    if arguments.offline and arguments.no_cache:
        parser.error("--offline reads only the cache, so with --no-cache there is nothing to read")
    if arguments.demo and (arguments.profile or arguments.base_url):
        parser.error("--demo talks to no API, so it goes with neither --profile nor --base-url")
