"""The screen that goes to places in a session: findings, their evidence, rows, latencies."""

from __future__ import annotations

from functools import partial

from textual import on

from feather_tui.command import Pane
from feather_tui.findings.finding import Finding, TargetKind
from feather_tui.library import Library
from feather_tui.rendering.look import Look
from feather_tui.rendering.places import Places
from feather_tui.session.timeline import Entry
from feather_tui.ui.pages import go_to_field
from feather_tui.ui.screens.loading import LoadingScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.tour import Tour
from feather_tui.ui.widgets.extraction import RowChosen
from feather_tui.ui.widgets.findings_rail import FindingChosen, FindingsRail
from feather_tui.ui.widgets.panes import Panes


class ReadingScreen(LoadingScreen):
    """Goes from finding to finding, from a field to its message, from an entry to its evidence.

    Which pane is seen, and how things are written, is left to the subclass: `show_pane`, `look`. `said` is
    what is told above the keys.
    """

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self.panes = Panes(surroundings.commands, surroundings.now)
        self.rail = FindingsRail()
        self.tour = Tour()
        self.said = ""

    def show_pane(self, pane: Pane) -> None:
        """Show a pane, and give it the keys."""
        raise NotImplementedError

    def look(self) -> Look:
        """How things are written now."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """Tell something above the keys, until Escape or another session."""
        self.said = sentence
        self.show_status()

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
            self.show_status()

    def _go_to_entry(self, entry: Entry | None) -> None:
        if entry is not None and self.opened is not None and self.opened.copy is not None:
            self._go_to(self.opened.copy.timeline.index(entry))

    def action_show_evidence(self) -> None:
        """Show what the answer under the cursor stood on, or what came of the tool call."""
        copy = self.opened.copy if self.opened else None
        position = self.panes.transcript.position
        if copy is None or position is None or self.panes.current is not Pane.TRANSCRIPT:
            return
        from feather_tui.ui.side_pages import evidence_screen  # start-up time: the transcript is read first

        if screen := evidence_screen(copy, position, self.look()):
            self.app.push_screen(screen, self._go_to_entry)

    def action_show_latency(self) -> None:
        """Show where the time of each turn went."""
        if self.opened is not None and self.opened.copy is not None:
            from feather_tui.ui.side_pages import latency_screen  # start-up time, as above

            self.app.push_screen(latency_screen(self.opened.copy, self.look()), self._go_to_entry)

    def action_show_details(self) -> None:
        """Show everything else of the session."""
        if self.opened is not None and self.opened.copy is not None:
            from feather_tui.ui.side_pages import details_screen  # start-up time, as above

            self.app.push_screen(details_screen(self.opened, self.look()))

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
