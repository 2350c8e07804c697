"""`feather-tui export REFERENCE`: write one session for somebody else, with personal data masked."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from feather_tui.cli.collecting import collect
from feather_tui.cli.messages import say
from feather_tui.cli.wiring import desk, read_references
from feather_tui.errors import SettingsInvalid, UsageError
from feather_tui.export.masking.kind import counts_in, said
from feather_tui.session.model import DocumentKind

if TYPE_CHECKING:
    import argparse

    from feather_tui.export.document import Shown
    from feather_tui.rendering.header import Place


def run(arguments: argparse.Namespace) -> int:
    """Write the session; return 0 if its analysis input could be read, else the failure's exit status.

    Raises ReferenceUnreadable, UsageError (several ids, a file that exists, HTML on a terminal),
    SettingsInvalid (also for a file that cannot be written), KeyMissing, KeyUnusable.
    """
    session_id, *others = read_references(arguments.references)
    if others:
        raise UsageError(
            f"{len(others) + 1} session ids were given, and export writes one.", "Run it once for each."
        )
    file = Path(arguments.output) if arguments.output else None
    _refuse_a_page_on_the_terminal(arguments.format, file)
    with desk(arguments) as on_desk:
        (shown,) = asyncio.run(collect(on_desk.library, [session_id], refresh=arguments.refresh))
    for sentence in shown.notes():
        say(sentence)
    if shown.copy is not None or shown.extraction is not None:
        text = _written(shown, on_desk.place, arguments.format, unmasked=arguments.unmasked)
        _hand_over(text, file, force=arguments.force, unmasked=arguments.unmasked)
    failure = shown.failures.get(DocumentKind.ANALYSIS)
    return failure.error.exit_status if shown.copy is None and failure is not None else 0


def _refuse_a_page_on_the_terminal(form: str, file: Path | None) -> None:
    if form == "html" and file is None and sys.stdout.isatty():
        raise UsageError(
            "An HTML page on a terminal is of no use to anybody.",
            "Name a file with -o, or redirect the output.",
        )


def _written(shown: Shown, place: Place, form: str, *, unmasked: bool) -> str:
    if form == "html":
        from feather_tui.export.html import html_page

        return html_page(shown, place, unmasked=unmasked)
    if not unmasked:
        from feather_tui.export.masking.masker import Masker
        from feather_tui.export.masking.session import masked

        shown = masked(shown, Masker())
    if form == "json":
        from feather_tui.export.json_text import json_text

        return json_text(shown, None)
    from feather_tui.export.markdown import markdown

    return markdown(shown, None)


def _hand_over(text: str, file: Path | None, *, force: bool, unmasked: bool) -> None:
    if file is None:
        print(text, end="")
    else:
        _save(text, file, force=force)
    where = "" if file is None else f"Written to {file}, which only you can read. "
    what = "Not masked: personal data may stand in it." if unmasked else f"Masked: {said(counts_in(text))}."
    say(where + what)


def _save(text: str, file: Path, *, force: bool) -> None:
    """Write a file of mode 0600, whole or not at all; without `force`, only where nothing is yet."""
    from feather_tui.private_files import write_private

    if not force:
        _claim(file)
    try:
        write_private(file, text.encode("utf-8", "backslashreplace"))
    except SettingsInvalid:
        if not force:
            file.unlink(missing_ok=True)
        raise


def _claim(file: Path) -> None:
    """Make an empty file: at one stroke, so that no file or link made meanwhile is overwritten."""
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise UsageError(
            f"{file} exists already.", "Name another file, or add --force to replace it."
        ) from None
    except OSError as error:
        raise SettingsInvalid(
            f"{file} cannot be written: {error.strerror or error}.", "Check the path and its permissions."
        ) from error
