"""`feather-tui diff A [B]`: print where two sessions part, and what is different in them."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from feather_tui.cli.collecting import open_whole
from feather_tui.cli.messages import say
from feather_tui.cli.references import read_references
from feather_tui.cli.wiring import desk
from feather_tui.errors import FeatherError, NotCached, NotFound, UsageError
from feather_tui.export.compare import comparison_json
from feather_tui.export.document import Shown
from feather_tui.rendering.clock import Clock
from feather_tui.rendering.compare import compared_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import text_of
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.sides import side_of
from feather_tui.triage.compare import Comparison, Side, compare, nearest

if TYPE_CHECKING:
    import argparse

    from feather_tui.library import Library

_WIDTH_WITHOUT_TERMINAL: Final = 160
_TWO: Final = 2


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison; return 0.

    Raises ReferenceUnreadable, UsageError, SettingsInvalid, KeyMissing, KeyUnusable, and what kept a session
    from coming.
    """
    session_ids = read_references(arguments.references)
    if len(session_ids) > _TWO:
        raise UsageError(f"{len(session_ids)} sessions were given.", "`diff` compares two of them.")
    with desk(arguments) as on_desk:
        left, right = asyncio.run(_sides(on_desk.library, session_ids, refresh=arguments.refresh))
        comparison = compare(left, right)
        if arguments.format == "json":
            print(json.dumps(comparison_json(comparison, left.case, right.case), indent=2))
        else:
            print(on_desk.display.text_of(partial(_text, comparison, left, right)))
    return 0


def _text(comparison: Comparison, left: Side, right: Side) -> str:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    look = Look(width=width, clock=Clock(now=datetime.now(UTC)))
    return "\n".join(map(text_of, compared_rows(comparison, left.case, right.case, look)))


async def _sides(library: Library, given: tuple[SessionId, ...], *, refresh: bool) -> tuple[Side, Side]:
    try:
        left = await _side(library, given[0], refresh=refresh)
        other = given[1] if len(given) == _TWO else await _nearest(library, left)
        right = await _side(library, other, refresh=refresh)
        await library.tidy()
    finally:
        await library.close()
        for notice in library.notices:
            say(notice)
    return left, right


async def _nearest(library: Library, left: Side) -> SessionId:
    known = [row.session_id for row in await library.known()]
    found = nearest(left.case, (await library.cases.recall(known)).values())
    if found is None:
        raise NotCached(
            "Only one session was given, and the cache has no row of one that went well.",
            "Name the other one, or run `feather-tui triage` over sessions that went well.",
        )
    say(f"Compared with the session that went well and has most in common with it: {found.session_id}")
    return found.session_id


async def _side(library: Library, session_id: SessionId, *, refresh: bool) -> Side:
    shown = await open_whole(library, session_id, refresh=refresh)
    for sentence in shown.notes():
        if shown.copy is not None:
            say(sentence)
    if shown.copy is None or shown.assessment is None:
        raise shown.failures[DocumentKind.ANALYSIS].error
    return side_of(
        session_id, shown.copy, shown.extraction, shown.assessment, extraction_absent=_is_absent(shown)
    )


def _is_absent(shown: Shown) -> bool:
    failure = shown.failures.get(DocumentKind.EXTRACTION)
    error: FeatherError | None = failure.error if failure else None
    return shown.extraction is None and isinstance(error, NotFound)
