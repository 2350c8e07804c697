"""The screen that shows documents as they were received."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from feather_tui.command import Overlay
from feather_tui.errors import UsageError
from feather_tui.export.copyables import Copyable
from feather_tui.rendering.clock import size
from feather_tui.rendering.footer import footer_row
from feather_tui.rendering.look import Look
from feather_tui.rendering.raw.hits import Hits
from feather_tui.rendering.raw.lines import Line
from feather_tui.rendering.raw.outline import Outline, outline_of
from feather_tui.rendering.raw.title import title_row
from feather_tui.rendering.row import Row, Tone
from feather_tui.rendering.values import text_rows
from feather_tui.session.query import Query
from feather_tui.session.received.records import Path
from feather_tui.ui.bindings import binding, bindings
from feather_tui.ui.received import Received
from feather_tui.ui.screens.copy import CopyScreen
from feather_tui.ui.screens.passing import PassingScreen
from feather_tui.ui.widgets.raw import RawMoved, RawSaid, RawView
from feather_tui.ui.widgets.rows_bar import RowsBar
from feather_tui.ui.widgets.search_line import SearchLine, SearchTyped


class RawScreen(PassingScreen[None]):
    """Shows one document, at first the first, with the cursor on the value at `start`.

    `copy` takes a text to the clipboard and `page` a document to the pager; each returns what is to be told.
    """

    overlay = Overlay.RAW
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("search", "next_match", "previous_match", "copy", "open_in_pager", "other_document"),
        *bindings("leave"),
        binding("show_raw", "leave"),
    ]

    def __init__(
        self,
        documents: Sequence[Received],
        start: Path,
        look: Look,
        *,
        copy: Callable[[str], Awaitable[str]],
        page: Callable[[Received], Awaitable[str]],
    ) -> None:
        super().__init__()
        self._documents = documents
        self._start = start
        self._given_look = look
        self._copy = copy
        self._page = page
        self._view = RawView()
        self._search_line = SearchLine()
        self._at = 0
        self._left_at: dict[int, tuple[Outline, Line | None]] = {}
        self._hits: Hits | None = None
        self._told: list[Row] = []

    def compose(self) -> ComposeResult:
        """Title, page, what is to be told, the search, keys."""
        yield RowsBar(id="title")
        yield self._view
        yield RowsBar(id="status")
        yield self._search_line
        yield RowsBar(id="keys")

    def on_mount(self) -> None:
        """Read the first document."""
        self.set_focus(self._view)
        self.run_worker(self._read(self._start), group="read", exclusive=True)

    async def _read(self, start: Path = ()) -> None:
        """Read the document in a thread, if it was not read before, and show it."""
        if self._at in self._left_at:
            outline, line = self._left_at[self._at]
        else:
            self._tell(f"reading {size(len(self._document.body))} bytes …", "dim")
            outline = await asyncio.to_thread(outline_of, self._document.body)
            if self not in self.app.screen_stack:
                return  # it was left meanwhile
            line = outline.line_at(start) if start else None
            self._tell("")
        self._view.show_outline(outline, self._look, line)
        self._show_status()

    @property
    def _document(self) -> Received:
        return self._documents[self._at]

    @property
    def _look(self) -> Look:
        return replace(self._given_look, width=self.size.width)

    # ------------------------------------------------------------------ showing

    def on_resize(self) -> None:
        """Write title, status and keys for the new width."""
        self._show_title()
        self._show_status()
        self._show_keys()

    def on_descendant_focus(self) -> None:
        """Say which keys work where the focus is now."""
        self._show_keys()

    @on(RawMoved)
    def _show_title(self) -> None:
        line, document = self._view.line, self._document
        length = f"{size(len(document.body))} bytes"
        row = title_row(document.label, line.path if line else "", length, self.size.width)
        self.query_one("#title", RowsBar).show([row])

    def _show_status(self) -> None:
        outline, rows, room = self._view.outline, [], self.size.width - 2
        for remark in (self._document.refusal, outline.remark if outline else ""):
            rows += text_rows(remark, 1, room, "warn") if remark else []
        rows += [self._hits.row(self._look)] if self._hits else []
        self.query_one("#status", RowsBar).show([*rows, *self._told])

    def _show_keys(self) -> None:
        place = Overlay.SEARCH if self.focused is self._search_line else self.overlay
        self.query_one("#keys", RowsBar).show([footer_row(place, self._look)])

    def _tell(self, sentence: str, tone: Tone = "good") -> None:
        self._told = text_rows(sentence, 1, self.size.width - 2, tone) if sentence else []
        self._show_status()

    @on(RawSaid)
    def _tell_said(self, event: RawSaid) -> None:
        self._tell(event.sentence, "warn")

    # ------------------------------------------------------------------ searching

    def action_search(self) -> None:
        """Ask what to search for."""
        if self._view.outline is not None:
            self._search_line.display = True
            self.set_focus(self._search_line)

    @on(SearchTyped)
    def _search(self, event: SearchTyped) -> None:
        self.set_focus(self._view)
        self._search_line.display = False  # after the focus left it, or the focus goes astray
        outline = self._view.outline
        if not event.text or outline is None:
            return
        try:
            query = Query.parse(event.text)
        except UsageError as error:
            self._tell(str(error), "warn")
            return
        self._tell("")
        self._hits = Hits(query=query, searcher=outline.searcher(query))
        self._view.search_for(query)
        self.run_worker(self._run_search(self._hits, outline), group="search", exclusive=True)

    async def _run_search(self, hits: Hits, outline: Outline) -> None:
        """Look through the document step by step, so that keys are answered all the while."""
        start = outline.place(self._view.line) if self._view.line else 0
        while not hits.searcher.done:
            hits.step()
            if hits.at is None:
                self._go_to_match(hits.go_from(start))
            self._show_status()
            await asyncio.sleep(0)

    def action_next_match(self) -> None:
        """To the next value that matches."""
        self._go_to_match(self._hits.go(1) if self._hits else None)

    def action_previous_match(self) -> None:
        """To the previous value that matches."""
        self._go_to_match(self._hits.go(-1) if self._hits else None)

    def _go_to_match(self, place: int | None) -> None:
        outline, page = self._view.outline, self._view.page
        if place is None or self._hits is None or outline is None or page is None:
            return
        self._view.go_to(outline.match(place, self._hits.query, page.look))
        self._show_status()

    # ------------------------------------------------------------------ other commands

    def action_other_document(self) -> None:
        """Show the next of the documents, where it was left."""
        if self._view.outline is None:
            return
        if len(self._documents) == 1:
            self._tell("There is no other document.", "dim")
            return
        self._left_at[self._at] = self._view.outline, self._view.line
        self._at = (self._at + 1) % len(self._documents)
        self._hits = None
        self._view.search_for(None)
        self.run_worker(self._read(), group="read", exclusive=True)

    def action_copy(self) -> None:
        """Ask what of the line to copy."""
        if (line := self._view.line) is not None:
            choices = [Copyable(label, text) for label, text in line.texts()]
            choices += [Copyable("the path", line.path)] if line.path else []
            self.app.push_screen(CopyScreen(choices, self._look), self._copy_chosen)

    def _copy_chosen(self, chosen: Copyable | None) -> None:
        if chosen is not None:
            self._take(partial(self._copy, chosen.text))

    def action_open_in_pager(self) -> None:
        """Show the document in the user's pager."""
        self._tell("preparing the document …", "dim")
        self._take(partial(self._page, self._document))

    def _take(self, errand: Callable[[], Awaitable[str]]) -> None:
        async def run() -> None:
            self._tell(await errand())

        self.run_worker(run(), group="take", exclusive=True)

    def action_leave(self) -> None:
        """Back to where the reader was."""
        self.dismiss(None)
