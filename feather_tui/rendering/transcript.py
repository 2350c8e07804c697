"""The timeline as a page: a block an entry, each with the renderer of its kind."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from feather_tui.findings.finding import Severity
from feather_tui.rendering.entries.marks import end_rows, handoff_rows, silence_rows, unlinked_rows
from feather_tui.rendering.entries.message import FOLDED_LINES, message_rows
from feather_tui.rendering.entries.retrieval import exposure_rows, retrieval_rows
from feather_tui.rendering.entries.tool_call import call_rows
from feather_tui.rendering.findings import severity_span
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import BLANK, Row, fit_row, text_of, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import PART_CHARACTERS, fact_rows, json_rows, label_row, text_rows
from feather_tui.session.model import Session
from feather_tui.session.shape import Aside
from feather_tui.session.timeline import (
    CallEntry,
    EndEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    SilenceEntry,
    UnlinkedEntry,
)

_RENDERERS: dict[type[Entry], Callable[..., list[Row]]] = {
    MessageEntry: message_rows,
    CallEntry: call_rows,
    RetrievalEntry: retrieval_rows,
    ExposureEntry: exposure_rows,
    HandoffEntry: handoff_rows,
    SilenceEntry: silence_rows,
    EndEntry: end_rows,
    UnlinkedEntry: unlinked_rows,
}
"""Each takes its own type of entry, then `(look, *, expanded, parts)`: more than a dict's type can say."""

_HANGING = (CallEntry, RetrievalEntry, ExposureEntry)
_MARKS = (SilenceEntry, EndEntry, UnlinkedEntry)


class EntryBlock:
    """One entry.

    `spaced`: a blank row follows it. `asides`: what of it no record holds. `mark`: its worst finding.
    `under`: the message that it hangs under, if a filter hides that.

    While the block is shown, two may change: `remark`, what the reader remarked on it, None if they have not
    marked it; and `revealed`, it is shown although the filter hides it.
    """

    __slots__ = ("asides", "entry", "mark", "remark", "revealed", "spaced", "under")

    def __init__(
        self,
        entry: Entry,
        *,
        spaced: bool,
        asides: Sequence[Aside] = (),
        mark: Severity | None = None,
        under: MessageEntry | None = None,
    ) -> None:
        self.entry = entry
        self.spaced = spaced
        self.asides = asides
        self.mark = mark
        self.under = under
        self.remark: str | None = None
        self.revealed = False

    @property
    def foldable(self) -> bool:
        """Silences and other marks are all there is to them."""
        return not isinstance(self.entry, _MARKS)

    def estimate(self, look: Look) -> int:
        """Return about how many rows the folded entry has."""
        if not isinstance(self.entry, MessageEntry):
            return 1 + self.spaced
        content = self.entry.message.content
        if not content:
            return 1 + self.spaced
        length = min(len(content), PART_CHARACTERS)
        lines = 1 + length // look.body_width + content.count("\n", 0, PART_CHARACTERS)
        if self.entry.message.role not in {"user", "assistant"}:
            lines = min(lines, FOLDED_LINES + 1)
        return 1 + lines + self.spaced

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the entry's rows, none wider than the look; what is cut is marked, and whole expanded."""
        rows = _RENDERERS[type(self.entry)](self.entry, look, expanded=expanded, parts=parts)
        if expanded and self.asides:
            rows = rows + aside_rows(self.asides, look.indent + 2, look.body_width - 2)
        if self.mark is not None:
            rows = [_marked(rows[0], self.mark, look), *rows[1:]]
        rows = [*self._context(look), rows[0], *self._notes(look), *rows[1:]]
        fitted = [fit_row(row, look.width) for row in rows]
        return [*fitted, BLANK] if self.spaced or self.revealed else fitted

    def _context(self, look: Look) -> Iterator[Row]:
        """Yield when and under what the entry stands, where its message does not say so."""
        if self.under is not None:
            message = self.under.message
            stamp = f" {look.stamp(message.timestamp)}{'  ' if look.wide else ' '}"
            yield ((f"{stamp}{safe_line(message.role)}, hidden by the filter", "dim"),)

    def _notes(self, look: Look) -> Iterator[Row]:
        """Yield what the reader has to do with the entry; it stands under its head."""
        if self.revealed:
            yield label_row(f"{look.glyphs.arrow} shown although the filter hides it", look.indent)
        if self.remark is not None:
            said = f"{look.glyphs.flag} marked{': ' if self.remark else ''}{self.remark}"
            yield from text_rows(said, look.indent, look.body_width, "accent")


def transcript_look(look: Look, session: Session) -> Look:
    """Return the look of a session's transcript on the screen.

    There is room for the marks of findings from the first moment on: nothing moves when these come.
    """
    days = {row.timestamp.date() for row in session.messages if row.timestamp is not None}
    return replace(look, dates=len(days) > 1, marks=True)


def transcript_blocks(
    timeline: Sequence[Entry],
    asides: Sequence[Aside] = (),
    marks: Mapping[int, Severity] | None = None,
    kept: Sequence[int] | None = None,
) -> list[EntryBlock]:
    """Return a block for each entry; whitespace stands between turns, none inside them.

    `marks`: the worst finding of each entry that has one, by its position in the timeline. `kept`: the
    positions of those that will be shown, None for all; whitespace is for them.
    """
    marks = marks or {}
    under = {} if kept is None else _hidden_messages(timeline, frozenset(kept))
    spaced = _spaced(timeline, range(len(timeline)) if kept is None else kept, under)
    if kept:
        spaced.add(kept[-1])  # a hidden entry may be shown behind it
    by_path: dict[str, list[Aside]] = {}
    for aside in asides:
        by_path.setdefault(_root(aside.path), []).append(aside)
    return [
        EntryBlock(
            entry,
            spaced=position in spaced,
            asides=[aside for path in _paths(entry) for aside in by_path.get(path, ())] if by_path else (),
            mark=marks.get(position),
            under=under.get(position),
        )
        for position, entry in enumerate(timeline)
    ]


def _spaced(timeline: Sequence[Entry], shown: Sequence[int], under: Container[int]) -> set[int]:
    """Return the positions of the entries that another one follows which does not hang under the same."""
    return {
        position
        for position, following in pairwise(shown)
        if following in under or not isinstance(timeline[following], _HANGING)
    }


def _hidden_messages(timeline: Sequence[Entry], kept: Container[int]) -> dict[int, MessageEntry]:
    """Return the hidden message each entry hangs under; of several that are kept, for the first alone."""
    hidden: dict[int, MessageEntry] = {}
    message: MessageEntry | None = None
    told = False
    for position, entry in enumerate(timeline):
        if isinstance(entry, MessageEntry):
            message, told = None if position in kept else entry, False
        elif message is not None and isinstance(entry, _HANGING) and entry.linked:
            if not told or position not in kept:
                hidden[position] = message
            told = told or position in kept
    return hidden


def aside_rows(asides: Sequence[Aside], indent: int, width: int) -> list[Row]:
    """Return the values that this version has no place for, with their paths."""
    rows = [label_row("not understood by this version, as received", indent, "warn")]
    for aside in asides:
        rows += fact_rows([("field", aside.path), ("because", aside.why)], indent, width)
        rows += json_rows(aside.value, indent + 2, width - 2)
    return rows


def plain(rows: Sequence[Row]) -> list[str]:
    """Return rows as lines of text."""
    return [text_of(row) for row in rows]


def _marked(row: Row, mark: Severity, look: Look) -> Row:
    """Return an entry's head with the sign of its worst finding at the right edge."""
    head = fit_row(row, look.head_width)
    gap = look.head_width - width_of(head) + (2 if look.wide else 1)
    return (*head, (" " * gap, "text"), severity_span(mark, look))


def _root(path: str) -> str:
    """`messages[3].tool_calls[0].x` belongs to `messages[3]`."""
    return path.partition("]")[0] + "]" if "]" in path else path


def _paths(entry: Entry) -> list[str]:
    """Return where in the document the records of an entry stand."""
    match entry:
        case MessageEntry():
            return [f"messages[{entry.row}]"]
        case CallEntry():
            absorbed = [f"messages[{row.row}]" for row in entry.result_rows]
            return [f"tool_calls[{entry.call.recorded_index}]", *absorbed]
        case RetrievalEntry():
            cited = [f"citations[{shown.citation_index}]" for shown in entry.chunks if shown.citation]
            return [
                f"rag_traces[{entry.index}]",
                *cited,
                *(f"citations[{index}]" for index, _ in entry.strays),
            ]
        case ExposureEntry():
            return [f"citations[{index}]" for index, _ in entry.citations]
        case HandoffEntry():
            return [f"handoff_events[{entry.index}]"]
        case _:
            return []
