"""The screen that takes over from the first sight of a session, and keeps what the next one will be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from textual import on

from feather_tui.arrivals import ExtractionCopy, SessionCopy
from feather_tui.command import Pane
from feather_tui.rendering.clock import TimeMode
from feather_tui.ui.first_sight import as_picture, setting_of
from feather_tui.ui.messages import Arrived, KnownSessions, LoadEnded, Progressed
from feather_tui.ui.output.display import DifferenceApp
from feather_tui.ui.screens.triaging import TriagingScreen
from feather_tui.ui.widgets.rows_bar import RowsBar

_LONGEST_SECONDS: Final = 3.0
"""A first sight is not looked at for longer, whatever may hold up what comes after it."""
_LOOK_SECONDS: Final = 0.01
_MOST_LOOKS: Final = 200


class SightedScreen(TriagingScreen):
    """Its first frame is the one that shows more than what was painted before there was any."""

    def begin(self) -> None:
        """Show something in any case."""
        super().begin()
        self.set_timer(_LONGEST_SECONDS, self._show_frames)

    @on(Arrived)
    @on(LoadEnded)
    @on(Progressed)
    @on(KnownSessions)
    def _show_more(self, event: Arrived | LoadEnded | Progressed | KnownSessions) -> None:
        match event:
            case KnownSessions() if self.opened is not None:
                pass
            case Arrived(arrival=SessionCopy() | ExtractionCopy()):
                self._once_arranged(self._offer_frames)  # what is found in them comes next
            case _:
                self._once_arranged(self._show_frames)

    def _once_arranged(self, action: Callable[[], None], looks: int = _MOST_LOOKS) -> None:
        """Do something when every bar is as high as it has rows: Textual arranges them some time later."""

        def look() -> None:
            arranged = all(
                bar.size.height == len(bar.rows) for bar in self.query(RowsBar) if bar.display and bar.region
            )
            if arranged or not looks:
                action()
            else:
                self._once_arranged(action, looks - 1)

        self.set_timer(_LOOK_SECONDS, look)

    def _show_frames(self) -> None:
        if isinstance(self.app, DifferenceApp):
            self.app.show_frames()

    def _offer_frames(self) -> None:
        if isinstance(self.app, DifferenceApp):
            self.app.offer_frames()

    @on(LoadEnded)
    def _expect_picture(self) -> None:
        self._once_arranged(self._keep_picture)

    def _keep_picture(self, looks: int = _MOST_LOOKS) -> None:
        """Keep what is seen, if it is what will be seen first when the session is opened again."""
        opened, surroundings = self.opened, self.surroundings
        if opened is None or opened.copy is None or not surroundings.basis:
            return
        if surroundings.time_mode is TimeMode.RELATIVE or self.panes.current is not Pane.TRANSCRIPT:
            return
        head, foot = (self.query_one(bar, RowsBar).lines for bar in ("#head", "#foot"))
        transcript, (width, height) = self.panes.transcript, self.size
        lines = [*head, *transcript.lines, *foot]
        if transcript.untouched and len(lines) != height and looks:  # the status is on its way out
            self.set_timer(_LOOK_SECONDS, partial(self._keep_picture, looks - 1))
        elif transcript.untouched and len(lines) == height:
            setting = setting_of(surroundings.basis, width, height, surroundings.time_mode)
            fetched_at = opened.copy.provenance.fetched_at
            keeping = self.library.keep_picture(opened.session_id, setting, fetched_at, as_picture(lines))
            self.run_worker(keeping, group="picture", exclusive=True)
