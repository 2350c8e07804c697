"""The main screen: lookup, transcript and extraction of one session, its head and the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from feather_tui.clipboard import Clipboard
from feather_tui.commands import COMMANDS, Command, Pane
from feather_tui.errors import UsageError
from feather_tui.export.copyables import Copyable, copyables
from feather_tui.findings.finding import Finding, TargetKind
from feather_tui.library import Library
from feather_tui.rendering.clock import Clock, TimeMode
from feather_tui.rendering.findings import current_rows, suspicion_rows
from feather_tui.rendering.header import Place, place_row, verdict_rows
from feather_tui.rendering.help import footer_row, help_blocks
from feather_tui.rendering.look import Look
from feather_tui.rendering.places import Places
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.model import DocumentKind, SessionId
from feather_tui.session.query import Query
from feather_tui.session.search import Searcher
from feather_tui.session.timeline import Entry
from feather_tui.ui.bindings import bindings
from feather_tui.ui.messages import (
    LookupLeft,
    SessionsChosen,
)
from feather_tui.ui.pages import (
    details_page,
    evidence_page,
    extraction_page,
    go_to_field,
    latency_page,
    transcript_page,
)
from feather_tui.ui.screens.copy import CopyScreen
from feather_tui.ui.screens.loading import LoadingScreen
from feather_tui.ui.screens.page import PageScreen
from feather_tui.ui.search import Search
from feather_tui.ui.tour import Tour
from feather_tui.ui.widgets.extraction import RowChosen
from feather_tui.ui.widgets.findings_rail import FindingChosen, FindingsRail
from feather_tui.ui.widgets.panes import Panes
from feather_tui.ui.widgets.rows_bar import RowsBar
from feather_tui.ui.widgets.search_line import SearchLine, SearchTyped

_LEAST_WIDTH, _LEAST_HEIGHT = 40, 10
_ROOMY_HEIGHT = 16
"""Below this many rows the verdict keeps to its first row; the details view has all of it."""
_AGE_SECONDS = 30


class MainScreen(LoadingScreen):
    """Three panes around one session."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "show_details",
        "cycle_time",
        "next_finding",
        "previous_finding",
        "show_findings",
        "search",
        "next_match",
        "previous_match",
        "show_evidence",
        "show_latency",
        "next_pane",
        "previous_pane",
        "show_lookup",
        "show_transcript",
        "show_extraction",
        "toggle_zoom",
        "refresh",
        "copy",
        "cancel",
        "show_help",
        "back_or_quit",
    )

    def __init__(
        self,
        library: Library,
        place: Place,
        *,
        given: Sequence[SessionId],
        listed: Sequence[SessionId],
        time_mode: TimeMode,
        now: Callable[[], datetime],
        refresh: bool = False,
        clipboard: Clipboard | None = None,
        commands: Sequence[Command] = COMMANDS,
    ) -> None:
        super().__init__(library, now)
        self.clipboard = clipboard
        self.commands = commands
        self.place = place
        self.time_mode = time_mode
        self.panes = Panes()
        self.rail = FindingsRail()
        self.tour = Tour()
        self.search_line = SearchLine()
        self.search: Search | None = None
        self.said = ""
        self._given = tuple(given)
        self._listed = tuple(listed)
        self._refresh_first = refresh

    def compose(self) -> ComposeResult:
        """Head, panes, status, keys; and a sentence for terminals too small for them."""
        yield RowsBar(id="head")
        yield self.rail
        yield self.panes
        yield RowsBar(id="status")
        yield self.search_line
        yield RowsBar(id="foot")
        yield RowsBar(id="too-small")

    def on_mount(self) -> None:
        """Show the lookup, or open the first session that was given."""
        super().on_mount()
        self.set_interval(_AGE_SECONDS, self._show_head)
        self.show_pane(Pane.LOOKUP)
        if self._given:
            self.open_session(self._given[0], refresh=self._refresh_first)
        self.list_sessions((*self._given, *self._listed))

    def open_session(self, session_id: SessionId, *, refresh: bool = False) -> None:
        """Open a session, or ask again for the open one, and show its transcript."""
        if not self.is_open(session_id):
            self.tour = Tour()
            self.said = ""
            self.rail.display = False
            self._end_search()
        super().open_session(session_id, refresh=refresh)
        if self.panes.current is Pane.LOOKUP:
            self.show_pane(Pane.TRANSCRIPT)

    # ------------------------------------------------------------------ showing

    def look(self) -> Look:
        """How things are written now; widths are the widgets' own."""
        session = self.opened.copy.session if self.opened and self.opened.copy else None
        clock = Clock(now=self.now(), mode=self.time_mode, start=session.started_at if session else None)
        return Look(width=self.size.width, clock=clock)

    def show_pane(self, pane: Pane) -> None:
        """Show a pane, and give it the keys."""
        if pane is not Pane.LOOKUP and self.opened is None:
            return
        self.rail.display = self.rail.display and pane is not Pane.LOOKUP
        self.panes.show(pane)
        self._show_head()

    def on_resize(self) -> None:
        """Arrange the panes for the new size."""
        self._arrange()
        self._show_head()

    def _arrange(self) -> None:
        width, height = self.size
        sentence: Row = ((f" {width}x{height} is too small: {_LEAST_WIDTH}x{_LEAST_HEIGHT} needed.", "warn"),)
        self.query_one("#too-small", RowsBar).show([sentence] if self._too_small else [])
        self.panes.display = not self._too_small
        self.panes.fit()

    def show_documents(self, *, keep_place: bool) -> None:
        """Show what there is of the open session, in every pane."""
        if self.opened is None:
            return
        look = self.look()
        if assessed := self.opened.assessment:
            self.tour.change(assessed.findings.found)
            self.rail.show_findings(assessed.findings, look)
        transcript_page(self.opened, self.panes.transcript, look, keep_place=keep_place)
        self.panes.extraction.update(extraction_page(self.opened), look)
        self._show_head()

    @property
    def _too_small(self) -> bool:
        return self.size.width < _LEAST_WIDTH or self.size.height < _LEAST_HEIGHT

    def _show_head(self) -> None:
        if self._too_small:
            for bar in ("#head", "#foot", "#status"):
                self.query_one(bar, RowsBar).show([])
            return
        look = self.look()
        opened = self.opened if self.panes.current is not Pane.LOOKUP else None
        freshness = opened.freshness(DocumentKind.ANALYSIS) if opened else None
        rows = [place_row(self.place, opened.session_id if opened else None, freshness, look)]
        if opened is not None and opened.copy is not None:
            roomy = self.size.height >= _ROOMY_HEIGHT
            verdict = verdict_rows(opened.copy.summary, look)
            rows += verdict if roomy else verdict[:1]
            if opened.assessment is not None:
                rows += suspicion_rows(opened.assessment.verdict, look, 2 if roomy else 1)
        rule: Row = ((look.glyphs.rule * look.width, "dim"),)
        self.query_one("#head", RowsBar).show([*rows, rule])
        self.query_one("#foot", RowsBar).show([footer_row(self.panes.current, look, self.commands)])
        self.show_status()

    def show_status(self) -> None:
        """Show what is being loaded, what failed, and the finding that was gone to."""
        if self._too_small:
            return
        look = self.look()
        rows: list[Row] = [((f" {safe_line(notice)}", "warn"),) for notice in self.library.notices]
        if self.opened is not None and self.panes.current is not Pane.LOOKUP:
            rows += self.opened.status_rows(look)
            if (finding := self.tour.current) and self.tour.at is not None:
                rows += current_rows(finding, self.tour.at + 1, len(self.tour.findings), look)
            if self.search is not None:
                rows.append(self.search.row())
            if self.said:
                rows += text_rows(self.said, 1, look.width - 2, "good")
        self.query_one("#status", RowsBar).show(rows)

    def show_list(self) -> None:
        """Show the sessions known here in the lookup."""
        self.panes.lookup.show(self.listing.sessions(), self.look())

    # ------------------------------------------------------------------ commands

    @on(SessionsChosen)
    def _open_chosen(self, event: SessionsChosen) -> None:
        self.open_session(event.session_ids[0])
        self.list_sessions(event.session_ids)

    @on(LookupLeft)
    def _leave_lookup(self, event: LookupLeft) -> None:
        actions = {"quit": self.app.exit, "help": self.action_show_help, "back": self.action_show_transcript}
        actions[event.command]()

    def action_show_lookup(self) -> None:
        """To the lookup."""
        self.show_pane(Pane.LOOKUP)

    def action_show_transcript(self) -> None:
        """To the transcript."""
        self.show_pane(Pane.TRANSCRIPT)

    def action_show_extraction(self) -> None:
        """To the extraction."""
        self.show_pane(Pane.EXTRACTION)

    def action_next_pane(self) -> None:
        """To the next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """To the previous pane."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        order = list(Pane)
        self.show_pane(order[(order.index(self.panes.current) + step) % len(order)])

    def action_next_finding(self) -> None:
        """To the evidence of the next finding."""
        if finding := self.tour.step(1):
            self._show_evidence(finding)

    def action_previous_finding(self) -> None:
        """To the evidence of the previous finding."""
        if finding := self.tour.step(-1):
            self._show_evidence(finding)

    @on(FindingChosen)
    def _go_to_finding(self, event: FindingChosen) -> None:
        self.rail.display = False  # the evidence needs the room; f brings it back at the same place
        self.tour.go_to(event.finding)
        self._show_evidence(event.finding)

    def _show_evidence(self, finding: Finding) -> None:
        """Go to the first target of a finding, unfold it, and say which finding it is."""
        opened, target = self.opened, finding.targets[0]
        if opened is None or opened.copy is None:
            return
        if target.kind is TargetKind.EXTRACTION_FIELD:
            self.show_pane(Pane.EXTRACTION)
            extraction = self.panes.extraction
            extraction.once_laid_out(partial(go_to_field, extraction, target.path))
        else:
            self._go_to(Places(opened.copy.timeline).of(target))
        self.show_status()

    @on(RowChosen)
    def _go_to_row(self, event: RowChosen) -> None:
        if self.opened is not None and self.opened.copy is not None:
            self._go_to(Places(self.opened.copy.timeline).of_row(event.row))

    def _go_to(self, position: int | None) -> None:
        if position is not None:
            self.show_pane(Pane.TRANSCRIPT)
            self.panes.transcript.go_to(position)

    def _go_to_entry(self, entry: Entry | None) -> None:
        if entry is not None and self.opened is not None and self.opened.copy is not None:
            self._go_to(self.opened.copy.timeline.index(entry))

    def action_search(self) -> None:
        """Ask what to search for."""
        if self.opened is not None and self.opened.copy is not None:
            self.search_line.display = True
            self.set_focus(self.search_line)

    @on(SearchTyped)
    def _search(self, event: SearchTyped) -> None:
        self.show_pane(Pane.TRANSCRIPT if event.text else self.panes.current)
        self.search_line.display = False  # after the focus left it, or the focus goes astray
        if not event.text or self.opened is None or self.opened.copy is None:
            return
        try:
            query = Query.parse(event.text)
        except UsageError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.search = Search(query=query, searcher=Searcher(self.opened.copy.timeline, query))
        self.panes.transcript.search_for(query)
        self.run_worker(self._run_search(self.search), group="search", exclusive=True)

    async def _run_search(self, search: Search) -> None:
        """Look through the timeline slice by slice, so that keys are answered all the while."""
        page = self.panes.transcript.page
        start = page.cursor.block if page is not None else 0
        while not search.searcher.done:
            search.step()
            if search.at is None and search.entries and search.entries[-1] >= start:
                self._go_to_match(search.go_from(start))
            self.show_status()
            await asyncio.sleep(0)
        if search.at is None:
            self._go_to_match(search.go_from(start))
        self.show_status()

    def action_next_match(self) -> None:
        """To the next entry that matches."""
        if self.search is not None:
            self._go_to_match(self.search.go(1))

    def action_previous_match(self) -> None:
        """To the previous entry that matches."""
        if self.search is not None:
            self._go_to_match(self.search.go(-1))

    def _go_to_match(self, position: int | None) -> None:
        if position is not None and self.search is not None:
            self.show_pane(Pane.TRANSCRIPT)
            self.panes.transcript.go_to_match(position, self.search.query)
            self.show_status()

    def _end_search(self) -> None:
        self.search = None
        self.workers.cancel_group(self, "search")
        self.panes.transcript.search_for(None)
        self.show_status()

    def action_show_evidence(self) -> None:
        """Show what the answer under the cursor stood on, or what came of the tool call."""
        copy = self.opened.copy if self.opened else None
        page = self.panes.transcript.page
        if copy is None or page is None or self.panes.current is not Pane.TRANSCRIPT:
            return
        make = evidence_page(copy, page.cursor.block)
        if make is not None:
            self.app.push_screen(PageScreen("evidence", make, self.look()), self._go_to_entry)

    def action_show_latency(self) -> None:
        """Show where the time of each turn went."""
        if self.opened is not None and self.opened.copy is not None:
            in_time, slowest = (
                latency_page(self.opened.copy, slowest_first=slowest_first) for slowest_first in (False, True)
            )
            self.app.push_screen(PageScreen("latency", in_time, self.look(), slowest), self._go_to_entry)

    def action_show_findings(self) -> None:
        """Show the findings and give them the keys, or hide them."""
        if self.focused is self.rail:
            self._hide_rail()
        elif self.opened is not None and self.opened.assessment is not None:
            self.rail.display = True
            self.set_focus(self.rail)

    def _hide_rail(self) -> None:
        self.show_pane(self.panes.current)
        self.rail.display = False

    def action_toggle_zoom(self) -> None:
        """Give the pane the whole width, or share it with the other document."""
        self.panes.toggle_shared()

    def action_cycle_time(self) -> None:
        """Write times in the next of the four ways."""
        self.time_mode = self.time_mode.following
        self.show_documents(keep_place=True)
        self.show_list()

    def action_refresh(self) -> None:
        """Ask the API for both documents again."""
        if self.opened is not None:
            self.open_session(self.opened.session_id, refresh=True)

    def action_cancel(self) -> None:
        """Back from the findings; end the search; stop loading: one at a time. What is shown stays."""
        if self.focused is self.rail:
            self._hide_rail()
        elif self.said:
            self.said = ""
            self.show_status()
        elif self.search is not None:
            self._end_search()
        else:
            self.stop_loading()

    def action_copy(self) -> None:
        """Ask what to copy."""
        copy, page = self.opened.copy if self.opened else None, self.panes.transcript.page
        if self.opened is None or copy is None or page is None:
            return
        choices = copyables(
            copy, page.cursor.block, self.opened.session_id, self.place.base_url, self.place.url_template
        )
        self.app.push_screen(CopyScreen(choices, self.look()), self._copy)

    def _copy(self, chosen: Copyable | None) -> None:
        if chosen is not None:
            self.run_worker(self._copy_text(chosen.text), group="copy", exclusive=True)

    async def _copy_text(self, text: str) -> None:
        """Copy in a thread, because a clipboard's program may hang; say how it went."""
        if self.clipboard is None:
            return
        report = await asyncio.to_thread(self.clipboard.copy, text)
        self.said = report.sentence
        self.show_status()

    def action_show_details(self) -> None:
        """Show everything else of the session."""
        if self.opened is not None and self.opened.copy is not None:
            self.app.push_screen(PageScreen("details", details_page(self.opened), self.look()))

    def action_show_help(self) -> None:
        """Show every key."""
        self.app.push_screen(PageScreen("keys", partial(help_blocks, commands=self.commands), self.look()))

    def action_back_or_quit(self) -> None:
        """Back from the findings, or to the lookup."""
        if self.focused is self.rail:
            self._hide_rail()
        else:
            self.show_pane(Pane.LOOKUP)
