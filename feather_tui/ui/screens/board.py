"""The triage board: what can be done with many sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.binding import BindingType

from feather_tui.command import Overlay, Pane
from feather_tui.rendering.board import Group
from feather_tui.rendering.clock import TimeMode
from feather_tui.session.identity import SessionId
from feather_tui.ui.bindings import binding, bindings
from feather_tui.ui.screens.filling import FillingScreen
from feather_tui.ui.widgets.board_line import BoardQuery
from feather_tui.ui.widgets.board_list import BoardAllFolded, BoardEntered

if TYPE_CHECKING:
    from collections.abc import Callable

    from feather_tui.library import Library
    from feather_tui.ui.many_loading import ManyLoading
    from feather_tui.ui.surroundings import Surroundings


_TWO: Final = 2


class BoardScreen(FillingScreen):
    """Narrows, sorts, groups and marks; leads to single sessions, and to answers about many."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("search", "mark", "next_mark", "refresh", "cycle_time", "cancel", "show_help"),
        *bindings("sort_by_next", "turn_order", "group_by_next", "group_by_previous", "pause_loading"),
        *bindings("show_common", "show_onset", "show_comparison"),
        binding("back_or_quit", "to_lookup"),
        binding("show_board", "leave"),
    ]

    def __init__(
        self, library: Library, surroundings: Surroundings, filling: ManyLoading, ended: Callable[[], None]
    ) -> None:
        super().__init__(surroundings, filling, ended)
        self._library = library

    def on_paste(self, event: events.Paste) -> None:
        """Take what was pasted to the lookup, which opens it."""
        event.stop()
        self.dismiss(Pane.LOOKUP)
        self.app.post_message(events.Paste(event.text))

    # ------------------------------------------------------------------ rows

    @on(BoardEntered)
    def _enter(self) -> None:
        row = self.list.row
        if row is None:
            return
        if isinstance(row.item, Group):
            self.board.fold(row.item.value)
            self.show_change()
        elif row.session_id is not None:
            self.dismiss((row.session_id, None))

    @on(BoardAllFolded)
    def _fold_all(self) -> None:
        if self.board.group is None:
            self.say("There are no groups to unfold.")
        else:
            self.board.fold_all()
            self.show_change()

    def action_leave(self) -> None:
        """Back to where the reader was."""
        self.dismiss(None)

    def action_to_lookup(self) -> None:
        """To the lookup."""
        self.dismiss(Pane.LOOKUP)

    def action_search(self) -> None:
        """Ask what the rows are to be narrowed to."""
        self.line.ask(self.board.query, self.board.cases.values(), self.look())
        self.set_focus(self.line)

    @on(BoardQuery)
    def _narrow(self, event: BoardQuery) -> None:
        self.set_focus(self.list)
        self.line.close()
        if event.query is not None:
            self.narrow(event.query)

    def narrow(self, query: str) -> None:
        """Show only what a query keeps. Raises QueryUnreadable."""
        self.board.narrow(query)
        self.show_change()

    def action_sort_by_next(self) -> None:
        """Sort by the next column."""
        self.board.sort_by_next()
        self.show_change()

    def action_turn_order(self) -> None:
        """See the order from its other end."""
        self.board.turn()
        self.show_change()

    def action_group_by_next(self) -> None:
        """Group by the next column."""
        self._group_by(1)

    def action_group_by_previous(self) -> None:
        """Group by the column before."""
        self._group_by(-1)

    def _group_by(self, step: int) -> None:
        self.board.group_by(step)
        self.show_change()
        self.list.action_go_home()

    def action_mark(self) -> None:
        """Mark the session under the cursor, or take its mark away."""
        row = self.list.row
        if row is None or row.session_id is None:
            self.say("Only sessions can be marked.")
            return
        self.board.mark(row.session_id)
        self.show_change()

    def action_next_mark(self) -> None:
        """To the next marked session; behind the last, to the first."""
        if not self.list.go_to_next(self.board.marks):
            self.say("No session in sight of the filter is marked.")

    def action_refresh(self) -> None:
        """Ask for what is missing."""
        if self.filling.under_way:
            self.say("Sessions are still being loaded.")
        elif self.filling.lacking:
            self.said = ""
            self.begin()
        else:
            self.say("Nothing is missing. Open a session and press the key there to ask for it again.")

    def action_pause_loading(self) -> None:
        """Ask the API for no more, or go on."""
        if not self.filling.under_way:
            self.say("Nothing is being loaded.")
        elif self.filling.many.paused:
            self.filling.go_on()
            self.show_change()
        else:
            self.filling.pause()
            self.show_change()

    def action_cycle_time(self) -> None:
        """Write times in the next of the ways; from the start of what there would be none."""
        following = self.surroundings.time_mode.following
        self.surroundings.time_mode = following.following if following is TimeMode.OFFSET else following
        self.show_change()

    def action_cancel(self) -> None:
        """End one thing at a time: what is said, the loading, the groups, the filter."""
        if self.said:
            self.say("")
        elif self.filling.under_way:
            self.workers.cancel_group(self, "load")
        elif self.board.group is not None:
            self.board.ungroup()
            self.show_change()
        elif self.board.query:
            self.narrow("")
        else:
            self.say("Nothing is under way, and nothing is hidden.")

    def action_show_help(self) -> None:
        """Show every key, those of the board first."""
        from feather_tui.ui.screens.help import HelpScreen  # start-up time: many never ask

        self.app.push_screen(HelpScreen(Overlay.BOARD, self.look()))

    # ------------------------------------------------------------------ answers

    def action_show_common(self) -> None:
        """Ask what the marked, filtered or failed sessions share that the others do not."""
        from feather_tui.ui.screens.common import CommonScreen  # start-up time: asked for when it is

        board = self.board
        chosen, said = board.chosen
        members = {case.session_id for case in chosen}
        others = [case for case in board.cases.values() if case.session_id not in members]
        asked = () if board.marks else board.columns
        self.app.push_screen(
            CommonScreen(self.surroundings, chosen, others, said, asked=asked, lacking=self.filling.not_here),
            self._narrow_to,
        )

    def _narrow_to(self, query: str | None) -> None:
        if query is not None:
            self.narrow(query)

    def action_show_onset(self) -> None:
        """Ask since when tools of the sessions that are shown fail as they do, beside all that are here."""
        from feather_tui.ui.screens.onset import OnsetScreen  # start-up time, as above

        board = self.board
        cases, among = tuple(board.cases.values()), board.kept if board.query else None
        screen = OnsetScreen(self.surroundings, cases, among=among, lacking=self.filling.not_here)
        self.app.push_screen(screen, self._open)

    def action_show_comparison(self) -> None:
        """Compare two marked sessions, or one with the most similar that went well."""
        pair = self._pair()
        if pair is None:
            return
        from feather_tui.ui.screens.compare import CompareScreen  # start-up time, as above

        self.app.push_screen(CompareScreen(self.surroundings, self._library, *pair), self._open_at)

    def _pair(self) -> tuple[SessionId, SessionId] | None:
        """Return the two that are to be compared, or say why there are none."""
        from feather_tui.triage.compare import nearest  # start-up time, as above

        row = self.list.row
        marked = list(self.board.marks) or ([row.session_id] if row is not None and row.session_id else [])
        if len(marked) == _TWO:
            return marked[0], marked[1]
        case = self.board.cases.get(marked[0]) if len(marked) == 1 else None
        other = nearest(case, self.board.cases.values()) if case is not None else None
        if len(marked) > _TWO:
            self.say(f"{len(marked)} sessions are marked: two can be compared.")
        elif case is None:
            self.say("Only sessions that are here can be compared: mark two, or go to one.")
        elif other is None:
            self.say("No other session here went well: mark the two that are to be compared.")
        return (case.session_id, other.session_id) if case is not None and other is not None else None

    def _open(self, session_id: SessionId | None) -> None:
        if session_id is not None:
            self.dismiss((session_id, None))

    def _open_at(self, place: tuple[SessionId, int | None] | None) -> None:
        if place is not None:
            self.dismiss(place)
