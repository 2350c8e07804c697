"""The main screen: lookup, transcript and extraction of one session, its head and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from feather_tui.command import Pane
from feather_tui.library import Library
from feather_tui.rendering.clock import Clock
from feather_tui.rendering.findings import current_rows
from feather_tui.rendering.footer import footer_row
from feather_tui.rendering.header import head_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.masthead import place_row, rule_row
from feather_tui.rendering.row import Row
from feather_tui.rendering.values import text_rows
from feather_tui.session.filter import EntryFilter
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.ui.bindings import bindings
from feather_tui.ui.messages import LookupLeft
from feather_tui.ui.pages import extraction_page, transcript_page
from feather_tui.ui.screens.sighted import SightedScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.tour import Tour
from feather_tui.ui.widgets.rows_bar import RowsBar

if TYPE_CHECKING:
    from feather_tui.listed_sessions import ListedSessions

_LEAST_WIDTH, _LEAST_HEIGHT = 40, 10
_AGE_SECONDS = 30


class MainScreen(SightedScreen):
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
        "go_back",
        "go_forward",
        "copy",
        "show_raw",
        "open_in_pager",
        "filter",
        "mark",
        "remark",
        "next_mark",
        "show_note",
        "cancel",
        "show_board",
        "show_help",
        "show_palette",
        "back_or_quit",
    )

    def __init__(
        self,
        library: Library,
        surroundings: Surroundings,
        *,
        given: Sequence[SessionId],
        listed: Sequence[SessionId],
        asked: ListedSessions | None = None,
        refresh: bool = False,
    ) -> None:
        super().__init__(library, surroundings)
        self._given = tuple(given)
        self._listed = tuple(listed)
        self._asked = asked
        self._refresh_first = refresh

    def compose(self) -> ComposeResult:
        """Head, panes, status, keys; and a sentence for terminals too small for them."""
        yield RowsBar(id="head")
        yield self.rail
        yield self.panes
        yield RowsBar(id="status")
        yield from (self.search_line, self.filter_line, self.filter_line.below, self.remark_line)
        yield RowsBar(id="foot")
        yield RowsBar(id="too-small")

    def begin(self) -> None:
        """Show the lookup, or the session that was given, or the board of several."""
        super().begin()
        self.set_interval(_AGE_SECONDS, self._show_head)
        self.show_pane(Pane.LOOKUP)
        self.open_asked(self._given, self._asked, refresh=self._refresh_first)
        self.list_sessions(self._listed)

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
        clock = Clock(
            now=self.now(), mode=self.surroundings.time_mode, start=session.started_at if session else None
        )
        return Look(width=self.size.width, clock=clock, commands=self.surroundings.commands)

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
        self.panes.appear(room=not self._too_small)

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
        self.resume_places()
        self.go_to_awaited()
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
        rows = [place_row(self.surroundings.place, opened.session_id if opened else None, freshness, look)]
        if opened is not None and opened.copy is not None:
            verdict = opened.assessment.verdict if opened.assessment else None
            rows += head_rows(opened.copy.summary, verdict, look, self.size.height, looking=opened.loading)
        self.query_one("#head", RowsBar).show([*rows, rule_row(look)])
        self._show_foot()
        self.show_status()

    def on_descendant_focus(self) -> None:
        """Say which keys work where the focus is now."""
        self._show_foot()

    def on_click(self) -> None:
        """Take the pane that was clicked, and so has the focus, as the current one."""
        self.panes.follow(self.focused)
        self._show_head()

    def _show_foot(self) -> None:
        row = footer_row(self.place, self.look())
        self.query_one("#foot", RowsBar).show([] if self._too_small else [row])

    def show_status(self) -> None:
        """Show what is being loaded, what failed, and the finding that was gone to."""
        if self._too_small:
            return
        look = self.look()
        rows: list[Row] = []
        for notice in self.library.notices:
            rows += text_rows(notice, 1, look.width - 2, "warn")
        if self.opened is not None and self.panes.current is not Pane.LOOKUP:
            rows += self.opened.status_rows(look)
            if (finding := self.tour.current) and self.tour.at is not None:
                rows += current_rows(finding, self.tour.at + 1, len(self.tour.findings), look)
            rows += self.filter_rows(look)
            if self.search is not None:
                rows.append(self.search.row(look))
        if self.said:
            rows += text_rows(self.said, 1, look.width - 2, "good")
        if self.hint:
            rows += text_rows(self.hint, 1, look.width - 2, "warn")
        self.query_one("#status", RowsBar).show(rows)

    def show_list(self) -> None:
        """Show the sessions known here in the lookup."""
        self.panes.lookup.show(self.listing.sessions(), self.look())

    # ------------------------------------------------------------------ commands

    @on(LookupLeft)
    def _leave_lookup(self, event: LookupLeft) -> None:
        actions = {"quit": self.app.exit, "back": self.action_show_transcript}
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

    def action_toggle_zoom(self) -> None:
        """Give the pane the whole width, or share it with the other document."""
        self.panes.toggle_shared()

    def action_cycle_time(self) -> None:
        """Write times in the next of the four ways."""
        self.surroundings.time_mode = self.surroundings.time_mode.following
        self.show_documents(keep_place=True)
        self.show_list()

    def action_refresh(self) -> None:
        """Ask the API for both documents again."""
        if self.opened is not None:
            self.open_session(self.opened.session_id, refresh=True)

    def action_cancel(self) -> None:
        """End one thing at a time: what the newest words on the screen are about, the filter last."""
        if self.focused is self.rail:
            self._hide_rail()
        elif self.said:
            self.said = ""
            self.show_status()
        elif self.search is not None:
            self._end_search()
        elif self.filter_ends_next:
            self.show_only(EntryFilter())
        else:
            self.stop_loading()

    def action_back_or_quit(self) -> None:
        """Back from the findings, to the board, or to the lookup; in the lookup, quit."""
        if self.focused is self.rail:
            self._hide_rail()
        elif self.panes.current is Pane.LOOKUP:
            self.app.exit()
        elif not self.back_to_board():
            self.show_pane(Pane.LOOKUP)
