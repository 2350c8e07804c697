"""The options that ask the API's list for sessions: `--since 2h --status error`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from feather_tui.errors import UsageError

if TYPE_CHECKING:
    from feather_tui.cli.parser import Parser
    from feather_tui.session.list_query.query import ListQuery

FIELDS: Final = {
    "since": (
        "WHEN",
        "started then or later: 30m, 2h, 09:30, 2026-11-20, 2026-11-20T09:30+02:00; UTC unless said",
    ),
    "until": ("WHEN", "started then or earlier"),
    "status": ("WORD", "error, active, closed, expired, waiting_for_human, transferred and others"),
    "channel": ("WORD", "chat, voice, email, sms"),
    "agent": ("ID", "of the assistant"),
    "email": ("ADDRESS", "of the customer"),
    "phone": ("NUMBER", "either number of the call or message"),
    "external": ("ID", "that your own system gave"),
    "user": ("ID", "of the end user"),
    "eval": ("RESULT", "any_failed, all_passed, has_evals, no_evals"),
    "priority": ("WORD", "urgent, high, normal, low"),
    "id": ("ID", "of the session"),
    "type": ("WORD", "live, test, simulation; filtered here"),
    "revision": ("WORD", "of the assistant; filtered here"),
    "outcome": ("WORD", "of sessions opened here before"),
    "worst": ("SEVERITY", "a finding at least so severe, in sessions opened here before"),
}
"""The fields of a query of the list; here because reading `session.list_query` takes time at each start."""

_CHOICES: Final = {
    "eval": ("any_failed", "all_passed", "has_evals", "no_evals"),
    "worst": ("info", "low", "medium", "high", "critical"),
}


class _Field(argparse.Action):
    """Adds a field to the query."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Write it as a word of the line."""
        del parser
        name = (option_string or "").removeprefix("--")
        namespace.listed = [*namespace.listed, f"{name}:{_written(str(values))}"]


def _written(value: str) -> str:
    """Return a value as a word of the line, in quotes if it has to be."""
    if value and not any(letter in '"\\' or letter.isspace() for letter in value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def add_list_options(parser: Parser) -> None:
    """Take `listed` (list[str]): the words of a query of the list."""
    group = parser.add_argument_group("sessions of the API's list, instead of references")
    group.add_argument(
        "--list",
        action="append",
        dest="listed",
        default=[],
        metavar="QUERY",
        help="what `feather-tui list` takes, such as 'channel:voice since:2h refund'",
    )
    for name, (metavar, help_) in FIELDS.items():
        group.add_argument(
            f"--{name}",
            action=_Field,
            dest="listed",
            default=[],
            choices=_CHOICES.get(name),
            metavar=metavar,
            help=help_,
        )


def query_of(arguments: argparse.Namespace) -> ListQuery | None:
    """Return what the list is asked for; None if it is not asked.

    Raises QueryUnreadable, and UsageError where there are references as well.
    """
    if not arguments.listed:
        return None
    if arguments.references:
        raise UsageError(
            "Sessions were named, and asked for from the list.", "Give references, or --since and its like."
        )
    if arguments.offline:
        raise UsageError(
            "The list of sessions is the API's, and --offline asks nothing of it.", "Leave --offline out."
        )
    from datetime import UTC, datetime  # start-up time: seldom asked for

    from feather_tui.session.list_query.query import ListQuery

    return ListQuery.parse(" ".join(arguments.listed), datetime.now(UTC))
