"""`feather-tui findings REFERENCE...`: print what the rules find in sessions."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from feather_tui.cli.collecting import collect
from feather_tui.cli.messages import say
from feather_tui.cli.references import read_references
from feather_tui.cli.wiring import desk
from feather_tui.export.findings import assessment_json, assessment_lines
from feather_tui.findings.finding import Severity
from feather_tui.session.identity import DocumentKind

if TYPE_CHECKING:
    import argparse

    from feather_tui.cli.display import Display
    from feather_tui.export.document import Shown

FOUND = 10
"""The exit status of `--fail-on` when a finding is that severe."""
_WIDTH_WITHOUT_TERMINAL = 100


def run(arguments: argparse.Namespace) -> int:
    """Print findings; return 0 whatever is found, 10 for `--fail-on`, or the status of the first failure.

    Raises ReferenceUnreadable, SettingsInvalid, KeyMissing, KeyUnusable.
    """
    session_ids = read_references(arguments.references)
    with desk(arguments) as on_desk:
        sessions = asyncio.run(collect(on_desk.library, session_ids, refresh=arguments.refresh))
    for shown in sessions:
        for sentence in shown.notes():
            say(sentence)
    least = Severity.parse(arguments.min_severity)
    for text in _written(sessions, arguments.format, least, on_desk.display):
        print(text)
    return _status(sessions, arguments.fail_on)


def _written(sessions: Sequence[Shown], form: str, least: Severity, display: Display) -> Iterator[str]:
    assessed = [shown for shown in sessions if shown.assessment is not None]
    if form == "json":
        yield json.dumps([assessment_json(shown, least) for shown in assessed], indent=2)
    elif form == "jsonl":
        yield from (json.dumps(assessment_json(shown, least)) for shown in assessed)
    else:
        for shown in assessed:
            yield f" session {shown.session_id}"
            yield display.text_of(partial(_lines, shown, least))


def _lines(shown: Shown, least: Severity) -> str:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    return "".join(f"{line}\n" for line in assessment_lines(shown, least, width))


def _status(sessions: Sequence[Shown], fail_on: str | None) -> int:
    for shown in sessions:
        failure = shown.failures.get(DocumentKind.ANALYSIS)
        if shown.copy is None and failure is not None:
            return failure.error.exit_status
    worst = max((shown.worst for shown in sessions if shown.worst is not None), default=None)
    return FOUND if fail_on and worst is not None and worst >= Severity.parse(fail_on) else 0
