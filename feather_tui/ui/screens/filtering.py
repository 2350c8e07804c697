"""The screen that narrows the transcript to what matters."""

from __future__ import annotations

from textual import on

from feather_tui.command import Pane
from feather_tui.key_names import written
from feather_tui.library import Library
from feather_tui.rendering.filter_rows import filter_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row
from feather_tui.session.filter import EntryFilter
from feather_tui.session.filter_text import choices_of
from feather_tui.ui.screens.taking import TakingScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.widgets.filter_line import FilterChosen, FilterLine


class FilteringScreen(TakingScreen):
    """Shows the entries that a filter keeps. It goes with the session; another one begins without."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self.filter_line = FilterLine()

    def action_filter(self) -> None:
        """Ask which entries to show."""
        if self.opened is not None and self.opened.copy is not None:
            self.filter_line.ask(self.opened.filter, choices_of(self.opened.copy.timeline), self.look())
            self.set_focus(self.filter_line)

    @on(FilterChosen)
    def _filter(self, event: FilterChosen) -> None:
        self.show_pane(self.panes.current if event.chosen is None else Pane.TRANSCRIPT)
        self.filter_line.close()
        if event.chosen is not None:
            self.show_only(event.chosen)

    def show_only(self, chosen: EntryFilter) -> None:
        """Show the entries that a filter keeps; all, for one without conditions."""
        if self.opened is not None:
            self.opened.filter = chosen
            self.show_documents(keep_place=True)

    @property
    def filter_ends_next(self) -> bool:
        """Whether a filter is on, and nothing that Escape ends before it."""
        opened = self.opened
        if opened is None or opened.filter == EntryFilter():
            return False
        busy = opened.loading or opened.next_look is not None
        return not (busy or self.said or self.search or self.focused is self.rail)

    def filter_rows(self, look: Look) -> list[Row]:
        """Return what the filter shows and hides, nothing without one."""
        view = self.panes.transcript
        if view.kept is None:
            return []
        keys = {command.id: written(command.keys[0]) for command in self.surroundings.commands}
        words = f"{keys['filter']} changes"
        if self.filter_ends_next:
            words += f" · {keys['cancel']} shows all"
        return filter_rows(view.kept, look, revealed=view.reveals, keys=words)
