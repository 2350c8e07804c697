"""The incident note as it will leave: looked at, then copied or saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from feather_tui.arrivals import Failure
from feather_tui.command import Overlay
from feather_tui.errors import SettingsInvalid
from feather_tui.export.document import Shown
from feather_tui.export.masking.kind import counts_in, said
from feather_tui.export.note import IncidentNote, Mark, in_order, marked_number
from feather_tui.export.saving import save
from feather_tui.marks import LONGEST_REMARK
from feather_tui.rendering.look import Look
from feather_tui.rendering.markdown_page import markdown_blocks
from feather_tui.rendering.masthead import Place
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.row import Row, Tone
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.identity import SessionId
from feather_tui.session.reference import short
from feather_tui.ui.bindings import binding, bindings
from feather_tui.ui.opened import OpenedSession
from feather_tui.ui.screens.page import PageScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.widgets.page_view import PageView
from feather_tui.ui.widgets.prompt_line import Answered, PromptLine
from feather_tui.ui.widgets.rows_bar import RowsBar

_LONGEST_NAME = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteToWrite:
    """A note, and what goes into it. `filtered`: what was hidden from whoever marked, empty for nothing."""

    session_id: SessionId
    note: IncidentNote
    marks: Sequence[Mark]
    filtered: str = ""


class LineChosen(Message):
    """Enter was pressed in the note."""


class NotePage(PageView):
    """The lines of the note; Enter is about what they tell, as there is nothing to unfold."""

    def action_toggle_fold(self) -> None:
        """Say that the line under the cursor is meant."""
        self.post_message(LineChosen())


class NoteScreen(PageScreen[None]):
    """Shows the note, masked unless told otherwise. `remarked` is told of remarks that were changed here."""

    overlay = Overlay.NOTE
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("show_note", "leave"),
        *bindings("copy", "save_note", "unmask_note"),
    ]

    def __init__(
        self,
        draft: NoteToWrite,
        look: Look,
        surroundings: Surroundings,
        remarked: Callable[[str, str], None],
    ) -> None:
        super().__init__(self._blocks, look)
        self.page = NotePage(id="page")
        self._draft = draft
        self._marks = in_order(draft.marks)
        self._surroundings = surroundings
        self._remarked = remarked
        self._writing = asyncio.Lock()
        self._unmasked = False
        self._text = ""
        self._ready = False
        self._replaced: Path | None = None
        self._changed_mark = 0
        self._name_line = PromptLine(id="name", longest=_LONGEST_NAME)
        self._replace_line = PromptLine(id="replace", longest=_LONGEST_NAME)
        self._remark_line = PromptLine(id="remark", longest=LONGEST_REMARK)

    def compose(self) -> ComposeResult:
        """Title, note, what was said of it, lines, keys."""
        *above, keys = super().compose()
        yield from (*above, RowsBar(id="said"), self._name_line, self._replace_line, self._remark_line, keys)

    def begin(self) -> None:
        """Begin to write."""
        super().begin()
        self._write()

    def heading(self) -> Row:
        """Say what is masked, or that nothing is."""
        title: Row = ((" incident note", "strong"),)
        if not self._ready:
            return (*title, ("   is being written …", "dim"))
        number = len(self._marks)
        marked: Row = ((f"   {number or 'no'} {'entry' if number == 1 else 'entries'} marked", "dim"),)
        if self._unmasked:
            return (*title, ("   NOT MASKED: personal data leaves with it", "bad"), *marked)
        counts = counts_in(self._text)
        hidden = f"masked: {said(counts)}" if counts else "masked: nothing was found to mask"
        return (*title, (f"   {hidden}", "good"), *marked)

    # ------------------------------------------------------------------ writing

    def _blocks(self, look: Look) -> list[Block]:
        return markdown_blocks(self._text, look)

    def _write(self) -> None:
        """Write the note anew; until it is there, nothing can be copied or saved."""
        self._ready = False
        self._show_title()
        self.run_worker(self._write_in_thread(), group="note")

    async def _write_in_thread(self) -> None:
        async with self._writing:
            unmasked, marks = self._unmasked, self._marks
            text = await asyncio.to_thread(
                self._draft.note.written,
                marks,
                at=self._surroundings.now(),
                filtered=self._draft.filtered,
                unmasked=unmasked,
            )
        # Else it was left meanwhile, or another one is being written.
        if not self._is_left and (unmasked, marks) == (self._unmasked, self._marks):
            self._text, self._ready = text, True
            self._show_title()
            self.page.update(self.make, self.look)

    def _show_title(self) -> None:
        self.query_one("#title", RowsBar).show([self.heading()])

    def _say(self, sentence: str, tone: Tone = "good") -> None:
        if not self._is_left:
            rows = text_rows(sentence, 1, self.size.width - 2, tone) if sentence else []
            self.query_one("#said", RowsBar).show(rows)

    @property
    def _is_left(self) -> bool:
        return self not in self.app.screen_stack

    # ------------------------------------------------------------------ commands

    def action_unmask_note(self) -> None:
        """Write it without masking, or masked again."""
        self._unmasked = not self._unmasked
        self._say("")
        self._write()

    def action_copy(self) -> None:
        """Copy what is shown."""
        if self._is_written():
            self.run_worker(self._copy(self._text, self._masking), group="copy", exclusive=True)

    async def _copy(self, text: str, masking: str) -> None:
        clipboard = self._surroundings.clipboard
        if clipboard is None:
            self._say("There is no way to copy from here.", "warn")
            return
        report = await asyncio.to_thread(clipboard.copy, text)
        self._say(f"{report.sentence} {masking}")

    def action_save_note(self) -> None:
        """Ask for the name of a file."""
        if self._is_written():
            now = self._surroundings.now()
            name = f"feather-note-{short(self._draft.session_id)}-{now:%Y%m%dT%H%M%SZ}.md"
            self._say(f"Save as a new file in {Path.cwd()}, or anywhere else:", "text")
            self._ask(self._name_line, "the name of a file", name)

    @on(Answered, "#name")
    def _save_as(self, event: Answered) -> None:
        self._close(event.line)
        if event.text:
            self._save(Path(event.text), replace=False)

    @on(Answered, "#replace")
    def _save_over(self, event: Answered) -> None:
        self._close(event.line)
        if self._replaced is not None and event.text in {"y", "yes"}:
            self._save(self._replaced, replace=True)
        else:
            self._say("Nothing was written.", "warn")

    def _save(self, file: Path, *, replace: bool) -> None:
        try:
            file = file.expanduser().absolute()
        except RuntimeError as error:  # `~somebody`, who is nobody
            self._say(str(error), "bad")
            return
        saving = self._save_in_thread(self._text, self._masking, file, replace=replace)
        self.run_worker(saving, group="save", exclusive=True)

    async def _save_in_thread(self, text: str, masking: str, file: Path, *, replace: bool) -> None:
        try:
            await asyncio.to_thread(save, text, file, replace=replace)
        except FileExistsError:
            self._replaced = file
            self._say(f"{file} exists already. Replace it?", "warn")
            self._ask(self._replace_line, "y replaces it, anything else keeps it", "")
        except SettingsInvalid as error:
            self._say(str(error), "bad")
        else:
            self._say(f"Written to {file}, which only you can read. {masking}")

    @on(LineChosen)
    def _ask_for_remark(self) -> None:
        """Ask for another remark on the marked entry that the cursor is in."""
        number = self._mark_at_cursor() if self._is_written() else None
        if number is None:
            self._say("There is no marked entry here to remark on.", "warn")
            return
        self._changed_mark = number
        self._say(f"Remark on the {self._marks[number].entry}:", "text")
        self._ask(self._remark_line, "a remark; empty for none", self._marks[number].remark)

    def _mark_at_cursor(self) -> int | None:
        page = self.page.page
        lines = self._text.split("\n")[: page.cursor.block + 1] if page is not None else []
        numbers = (number for line in reversed(lines) if (number := marked_number(line)) is not None)
        found = next(numbers, None)
        return None if found is None else found - 1

    @on(Answered, "#remark")
    def _take_remark(self, event: Answered) -> None:
        self._close(event.line)
        if event.text is not None:
            mark = replace(self._marks[self._changed_mark], remark=event.text)
            self._marks = [*self._marks]
            self._marks[self._changed_mark] = mark
            self._remarked(mark.entry, mark.remark)
            self._write()

    # ------------------------------------------------------------------ lines

    @property
    def _masking(self) -> str:
        """What is to be known about the text that leaves."""
        if self._unmasked:
            return "Not masked: personal data may stand in it."
        return f"Masked: {said(counts_in(self._text))}."

    def _is_written(self) -> bool:
        if not self._ready:
            self._say("The note is not written yet.", "warn")
        return self._ready

    def _ask(self, line: PromptLine, placeholder: str, text: str) -> None:
        line.ask(placeholder, safe_line(text))
        line.focus()
        self.show_keys(Overlay.ANSWER)

    def _close(self, line: PromptLine) -> None:
        self.page.focus()
        line.display = False
        self._say("")
        self.show_keys(Overlay.NOTE)


def note_to_write(opened: OpenedSession, place: Place, filtered: str) -> NoteToWrite:
    """Return what a note about the open session is made of; `filtered`: what is hidden, in words."""
    return NoteToWrite(
        session_id=opened.session_id,
        note=IncidentNote(_shown(opened), place),
        marks=_note_marks(opened),
        filtered=filtered,
    )


def _shown(opened: OpenedSession) -> Shown:
    return Shown(
        session_id=opened.session_id,
        copy=opened.copy,
        extraction=opened.extraction,
        assessment=opened.assessment,
        failures={kind: Failure(kind=kind, error=error) for kind, error in opened.failures.items()},
    )


def _note_marks(opened: OpenedSession) -> list[Mark]:
    marks = opened.marks
    return [
        *(
            Mark(position=position, remark=remark, entry=marks.anchor(position))
            for position, remark in marks.placed().items()
        ),
        *(Mark(position=None, remark=remark, entry=anchor) for anchor, remark in marks.gone().items()),
    ]
