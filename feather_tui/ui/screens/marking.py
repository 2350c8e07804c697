"""The screen that marks entries for the incident note."""

from __future__ import annotations

import asyncio

from textual import on

from feather_tui.errors import SettingsInvalid
from feather_tui.library import Library
from feather_tui.marks import LONGEST_REMARK
from feather_tui.rendering.filter_rows import filtered_words
from feather_tui.rendering.safe import safe_line
from feather_tui.session.identity import SessionId
from feather_tui.ui.opened import OpenedSession
from feather_tui.ui.screens.filtering import FilteringScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.widgets.prompt_line import Answered, PromptLine


class MarkingScreen(FilteringScreen):
    """Marks entries, takes remarks on them, and shows the note made of them."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self.remark_line = PromptLine(id="remark", longest=LONGEST_REMARK)
        self._remarked = ""
        self._saving = asyncio.Lock()

    def open_session(self, session_id: SessionId, *, refresh: bool = False) -> None:
        """Open a session with the marks it was left with, or ask again for the open one."""
        again = self.is_open(session_id)
        super().open_session(session_id, refresh=refresh)
        if self.opened is not None and not again:
            self.run_worker(self._recall_marks(self.opened), group="marks")

    async def _recall_marks(self, opened: OpenedSession) -> None:
        try:
            remarks = await asyncio.to_thread(self.surroundings.marks.get, opened.session_id)
        except SettingsInvalid as error:
            self.say(str(error))
            return
        opened.marks.add(remarks)
        self._show_marks()

    # ------------------------------------------------------------------ marks

    def action_mark(self) -> None:
        """Mark the entry under the cursor, or take its mark away."""
        opened, anchor = self.opened, self._anchor()
        if opened is None or anchor is None:
            return
        remark = opened.marks.remarks.get(anchor)
        if not opened.marks.toggle(anchor) and remark:
            self.say(f"Unmarked, with its remark “{safe_line(remark)}”: marking again brings both back.")
        self._marks_changed()

    def action_remark(self) -> None:
        """Mark the entry under the cursor, and ask what to remark on it."""
        opened, anchor = self.opened, self._anchor()
        if opened is None or anchor is None:
            return
        if anchor not in opened.marks.remarks:
            opened.marks.toggle(anchor)
            self._marks_changed()
        self._remarked = anchor
        self.remark_line.ask("a remark; empty for none", safe_line(opened.marks.remarks[anchor]))
        self.set_focus(self.remark_line)

    @on(Answered, "#remark")
    def _take_remark(self, event: Answered) -> None:
        self.show_pane(self.panes.current)
        event.line.display = False  # after the focus left it, or the focus goes astray
        if event.text is not None:
            self._write_remark(self._remarked, event.text)

    def _write_remark(self, anchor: str, remark: str) -> None:
        if self.opened is not None:
            self.opened.marks.write(anchor, remark)
            self._marks_changed()

    def action_next_mark(self) -> None:
        """To the next marked entry; behind the last, to the first."""
        if self.opened is None:
            return
        placed = list(self.opened.marks.placed())
        if not placed:
            self.say("No entry of this session is marked.")
            return
        here = self.panes.transcript.position
        self._go_to(next((position for position in placed if here is None or position > here), placed[0]))

    def _anchor(self) -> str | None:
        """The anchor of the entry under the cursor; None if there is none."""
        position = self.panes.transcript.position
        return None if self.opened is None or position is None else self.opened.marks.anchor(position)

    def _marks_changed(self) -> None:
        self._show_marks()
        if self.opened is not None:
            self.run_worker(self._save_marks(self.opened), group="marks")

    def _show_marks(self) -> None:
        if self.opened is not None:
            self.panes.transcript.show_marks(self.opened.marks.placed())

    async def _save_marks(self, opened: OpenedSession) -> None:
        """Save the marks as they are when it is their turn, so that the last are those that stay."""
        async with self._saving:
            try:
                await asyncio.to_thread(self.surroundings.marks.put, opened.session_id, opened.marks.remarks)
            except SettingsInvalid as error:
                self.say(f"Marks are kept only while the program runs. {error}")

    # ------------------------------------------------------------------ the note

    def action_show_note(self) -> None:
        """Show the incident note as it will leave."""
        if self.opened is None:
            return
        from feather_tui.ui.screens.note import NoteScreen, note_to_write  # start-up time: masking, Markdown

        view = self.panes.transcript
        filtered = filtered_words(view.kept, revealed=view.reveals) if view.kept else ""
        draft = note_to_write(self.opened, self.surroundings.place, filtered)
        self.app.push_screen(NoteScreen(draft, self.look(), self.surroundings, self._write_remark))
