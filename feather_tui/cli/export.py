"""`feather-tui export REFERENCE`: write one session for somebody else, with personal data masked."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from feather_tui.cli.collecting import collect
from feather_tui.cli.messages import say
from feather_tui.cli.references import read_references
from feather_tui.cli.wiring import desk
from feather_tui.errors import UsageError
from feather_tui.export.masking.kind import counts_in, said
from feather_tui.session.filter_text import parse
from feather_tui.session.identity import DocumentKind

if TYPE_CHECKING:
    import argparse

    from feather_tui.export.document import Shown
    from feather_tui.rendering.masthead import Place
    from feather_tui.session.filter import EntryFilter
    from feather_tui.session.kept import Kept


def run(arguments: argparse.Namespace) -> int:
    """Write the session; return 0 if its analysis input could be read, else the failure's exit status.

    Raises ReferenceUnreadable, UsageError (several ids, a filter that is not understood, a file that exists,
    HTML on a terminal), SettingsInvalid (also for a file that cannot be written), KeyMissing, KeyUnusable.
    """
    session_id, *others = read_references(arguments.references)
    if others:
        raise UsageError(
            f"{len(others) + 1} session ids were given, and export writes one.", "Run it once for each."
        )
    file = Path(arguments.output) if arguments.output else None
    _refuse_a_page_on_the_terminal(arguments.format, file)
    chosen = parse(arguments.filter) if arguments.filter else None
    with desk(arguments) as on_desk:
        (shown,) = asyncio.run(collect(on_desk.library, [session_id], refresh=arguments.refresh))
    for sentence in shown.notes():
        say(sentence)
    if shown.copy is not None or shown.extraction is not None:
        _write(shown, on_desk.place, chosen, file, arguments)
    failure = shown.failures.get(DocumentKind.ANALYSIS)
    return failure.error.exit_status if shown.copy is None and failure is not None else 0


def _write(
    shown: Shown, place: Place, chosen: EntryFilter | None, file: Path | None, arguments: argparse.Namespace
) -> None:
    from feather_tui.export.filtered import kept_of, left_out, masked_names
    from feather_tui.export.masking.masker import Masker

    kept = kept_of(shown, chosen) if chosen else None
    if kept is not None and not arguments.unmasked:
        kept = masked_names(kept, Masker())
    text = _written(shown, place, arguments.format, kept, unmasked=arguments.unmasked)
    what = (
        "Not masked: personal data may stand in it."
        if arguments.unmasked
        else f"Masked: {said(counts_in(text))}."
    )
    if kept is not None:
        what = f"{what} Filter: {left_out(kept)}."
    _hand_over(text, file, force=arguments.force, what=what)


def _refuse_a_page_on_the_terminal(form: str, file: Path | None) -> None:
    if form == "html" and file is None and sys.stdout.isatty():
        raise UsageError(
            "An HTML page on a terminal is of no use to anybody.",
            "Name a file with -o, or redirect the output.",
        )


def _written(shown: Shown, place: Place, form: str, kept: Kept | None, *, unmasked: bool) -> str:
    if form == "html":
        from feather_tui.export.html import html_page

        return html_page(shown, place, kept, unmasked=unmasked)
    if not unmasked:
        from feather_tui.export.masking.masker import Masker
        from feather_tui.export.masking.session import masked

        shown = masked(shown, Masker())
    if form == "json":
        from feather_tui.export.json_text import json_text

        return json_text(shown, None, kept)
    from feather_tui.export.markdown import markdown

    return markdown(shown, None, kept)


def _hand_over(text: str, file: Path | None, *, force: bool, what: str) -> None:
    if file is None:
        print(text, end="")
    else:
        _save(text, file, force=force)
    where = "" if file is None else f"Written to {file}, which only you can read. "
    say(where + what)


def _save(text: str, file: Path, *, force: bool) -> None:
    from feather_tui.export.saving import save

    try:
        save(text, file, replace=force)
    except FileExistsError:
        raise UsageError(
            f"{file} exists already.", "Name another file, or add --force to replace it."
        ) from None
