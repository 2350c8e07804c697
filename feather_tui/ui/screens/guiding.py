"""The screen that says what can be done: every key, every command, and why one cannot work now."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on

from feather_tui.command import Command, Need, Overlay, Pane
from feather_tui.key_names import written
from feather_tui.library import Library
from feather_tui.ui.screens.marking import MarkingScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.widgets.page_view import NothingCut


class GuidingScreen(MarkingScreen):
    """`hint` is why the last command could not work; any other command ends it."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self.hint = ""

    @property
    def place(self) -> Pane | Overlay:
        """Where the keys go."""
        if self.focused is self.rail:
            return Overlay.FINDINGS
        lines = {
            self.search_line: Overlay.SEARCH,
            self.filter_line: Overlay.FILTER,
            self.remark_line: Overlay.ANSWER,
        }
        return next((place for line, place in lines.items() if line is self.focused), self.panes.current)

    def refuses(self, action: str) -> bool:
        """Say why a command cannot work now, if it is one and cannot; return whether that is so."""
        before, self.hint = self.hint, ""
        for command in self.surroundings.commands:
            if command.id == action and (obstacle := self.obstacle(command)):
                self.hint = f"{written(command.keys[0])}: {obstacle}"
        if self.hint != before:
            self.show_status()
        return bool(self.hint)

    def obstacle(self, command: Command) -> str:
        """Return why a command cannot work now, empty if it can."""
        if command.panes and not command.places & {self.panes.current, self.place}:
            return f"works in the {' and '.join(pane for pane in Pane if pane in command.panes)}"
        return command.need if command.need is not None and self._lacks(command.need) else ""

    def _lacks(self, need: Need) -> bool:
        opened = self.opened
        there: Mapping[Need, object] = {
            Need.SESSION: opened,
            Need.DOCUMENT: opened and (opened.copy or opened.extraction),
            Need.BODY: self.documents(),
            Need.TRANSCRIPT: opened and opened.copy,
            Need.ASSESSMENT: opened and opened.assessment,
            Need.FINDING: self.tour.findings,
            Need.SEARCH: self.search or self.search_line.last,
        }
        return not there[need]

    @on(NothingCut)
    def _say_so(self) -> None:
        self.hint = "nothing here is cut, or it is folded"
        self.show_status()

    def action_show_help(self) -> None:
        """Show every key, those of this place first."""
        from feather_tui.ui.screens.help import HelpScreen  # start-up time: many never ask

        self.app.push_screen(HelpScreen(self.place, self.look()))

    def action_show_palette(self) -> None:
        """Ask which command is meant."""
        from feather_tui.ui.screens.palette import PaletteScreen  # start-up time: many never ask

        obstacles = {command.id: self.obstacle(command) for command in self.surroundings.commands}
        self.app.push_screen(PaletteScreen(obstacles, self.look()), self._carry_out)

    async def _carry_out(self, command_id: str | None) -> None:
        """Run a command where its key would have run it; what belongs to the transcript alone, there."""
        if command_id is None:
            return
        nodes = (*(self.focused or self).ancestors_with_self, self.panes.transcript)
        node = next((node for node in nodes if hasattr(node, f"action_{command_id}")), self)
        await self.app.run_action(command_id, node)
