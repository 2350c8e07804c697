"""Showing a document in the user's own pager, in place of the screens."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.app import App, SuspendNotSupported

from feather_tui.errors import DocumentUnreadable, FeatherError, UsageError
from feather_tui.foreground import run_in_foreground
from feather_tui.lending import lent
from feather_tui.pager import Pager, pager_environment
from feather_tui.rendering.safe import safe
from feather_tui.session.received.formatting import formatted
from feather_tui.session.received.json_text import JsonText
from feather_tui.session.received.plain_text import as_text
from feather_tui.ui.received import Received


async def show_in_pager(app: App[Any], pager: Pager, document: Received) -> str:
    """Show a document until the pager is left; return what is to be told of it, empty if nothing is.

    Nothing else happens meanwhile: no key, timer or answer is heard of before the pager has ended.
    """
    try:
        words = pager.words()
        pages = await asyncio.to_thread(_pages, document.body)
        with lent(pager.state_dir, document.file_name + pages.ending, pages.content) as file:
            failure = _in_place_of(app, [*words, str(file)], pager_environment(pager.environ))
    except FeatherError as error:
        return str(error)
    return failure or pages.remark


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the pager reads, the ending of its file's name, and what is to be told of it."""

    content: bytes
    ending: str
    remark: str = ""


def _pages(body: bytes) -> _Pages:
    """Return a document with a line a value; what is no JSON as it is, but for what acts on a terminal."""
    try:
        return _Pages(formatted(JsonText.parse(body)), ".json")
    except DocumentUnreadable as error:
        text = safe(as_text(body))
        remark = f"{error.sentence} The pager was given its text, with stand-ins for control characters."
        return _Pages(text.encode("utf-8", "replace"), ".txt", remark)


def _in_place_of(app: App[Any], words: list[str], environ: Mapping[str, str]) -> str:
    """Give the terminal to a program, and take it back; return why the program failed, if it did."""
    try:
        with app.suspend():
            return run_in_foreground(words, environ)
    except SuspendNotSupported:
        raise UsageError("The terminal cannot be given to another program from here.") from None
