"""`feather-tui show REFERENCE`: print one session."""

from __future__ import annotations

import asyncio
import shutil
import sys
from typing import TYPE_CHECKING

from feather_tui.cli.collecting import collect
from feather_tui.cli.messages import say
from feather_tui.cli.references import read_references
from feather_tui.cli.wiring import desk
from feather_tui.errors import UsageError
from feather_tui.export.document import Shown
from feather_tui.session.identity import DocumentKind

if TYPE_CHECKING:
    import argparse

    from feather_tui.cli.display import Display

_WIDTH_WITHOUT_TERMINAL = 100


def run(arguments: argparse.Namespace) -> int:
    """Print the session; return 0 if its analysis input could be read, else the failure's exit status.

    Raises ReferenceUnreadable, UsageError for several ids, SettingsInvalid, KeyMissing, KeyUnusable.
    """
    session_id, *others = read_references(arguments.references)
    if others:
        raise UsageError(
            f"{len(others) + 1} session ids were given, and show prints one.",
            "Give one of them, or open them all with `feather-tui`.",
        )
    with desk(arguments) as on_desk:
        (shown,) = asyncio.run(collect(on_desk.library, [session_id], refresh=arguments.refresh))
    for sentence in shown.notes():
        say(sentence)
    print(_written(shown, arguments.format, arguments.only, on_desk.display), end="")
    failure = shown.failures.get(DocumentKind.ANALYSIS)
    return failure.error.exit_status if shown.copy is None and failure is not None else 0


def _written(shown: Shown, form: str, only: str | None, display: Display) -> str:
    if form == "json":
        from feather_tui.export.json_text import json_text

        return json_text(shown, only)
    if form == "markdown":
        from feather_tui.export.markdown import markdown

        return markdown(shown, only)
    from feather_tui.export.text import text

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    return display.text_of(lambda: text(shown, only, width))
