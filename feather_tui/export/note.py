"""The incident note: a session in Markdown, as short as somebody who was not there can do with.

What it quotes was masked before it was made Markdown, and it says how much of it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feather_tui.export.document import Shown
from feather_tui.export.markdown import entry_lines, escaped, findings_lines, summary_lines
from feather_tui.export.masking.kind import counts_in, said
from feather_tui.export.masking.masker import Masker
from feather_tui.export.masking.session import masked
from feather_tui.rendering.clock import iso
from feather_tui.rendering.masthead import Place
from feather_tui.rendering.safe import only_ascii, safe_line

_HEADING = re.compile(r"### Marked (\d+) of \d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An entry that somebody marked, and a remark on it (may be empty).

    `position` is the entry's in the timeline; None if it is no longer there, and then `entry` says what it
    was.
    """

    position: int | None
    remark: str = ""
    entry: str = ""


class IncidentNote:
    """The note about one session at one place: written as often as it is needed, masked only once."""

    def __init__(self, shown: Shown, place: Place) -> None:
        self._shown = shown
        self._place = place
        self._masked: tuple[Shown, Masker] | None = None

    @only_ascii(when=False)
    def written(
        self,
        marks: Iterable[Mark] = (),
        *,
        at: datetime,
        filtered: str = "",
        unmasked: bool = False,
    ) -> str:
        """Return the note in Markdown. All times are UTC, that of writing it (`at`) to the second.

        `filtered`: what was hidden from whoever marked, in words; empty for nothing. Personal data is
        masked, remarks included, unless `unmasked`. The first masking of a long session takes a second.
        """
        shown, marks = self._shown, in_order(marks)
        if not unmasked:
            shown, masker = self._mask()
            marks = [_masked_mark(mark, masker) for mark in marks]
            filtered = masker.text(filtered)
        body = "\n".join([*_about(shown), *findings_lines(shown), *_marked(shown, marks)]).rstrip()
        head = "\n".join(_head(shown, self._place, at, filtered))
        hidden = "nothing, personal data may stand in this note" if unmasked else said(counts_in(head + body))
        return f"{head}\n- masked: {hidden}\n\n{body}\n"

    def _mask(self) -> tuple[Shown, Masker]:
        if self._masked is None:
            masker = Masker()
            self._masked = masked(self._shown, masker), masker
        return self._masked


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks in the order in which a note tells them: as in the timeline, what is gone last."""
    return sorted(marks, key=lambda mark: (mark.position is None, mark.position))


def marked_number(line: str) -> int | None:
    """Return which mark of a note, from 1, a line is the heading of; None for other lines."""
    found = _HEADING.match(line)
    return int(found[1]) if found else None


def _masked_mark(mark: Mark, masker: Masker) -> Mark:
    return replace(mark, remark=masker.text(mark.remark), entry=masker.text(mark.entry))


def _head(shown: Shown, place: Place, written_at: datetime, filtered: str) -> Iterator[str]:
    yield "# Incident note"
    yield ""
    foreign = ", not the sandbox" if place.foreign else ""
    yield f"- profile: {_line(place.profile)} ({_line(place.host)}{foreign})"
    yield f"- written: {iso(written_at.replace(microsecond=0))}"
    if shown.copy is not None:
        session = shown.copy.session
        yield f"- started: {iso(session.started_at) or 'not recorded'}"
        yield f"- ended: {iso(session.ended_at) or 'not recorded'}"
    if filtered:
        yield f"- filter: {_line(filtered)}"
    yield from (f"- said while loading: {_line(sentence)}" for sentence in shown.notes())


def _about(shown: Shown) -> Iterable[str]:
    if shown.copy is not None:
        return summary_lines(shown, shown.copy)
    return (
        f"## Session `{shown.session_id}`",
        "",
        f"not read; `feather-tui {shown.session_id}` tries again",
        "",
    )


def _marked(shown: Shown, marks: Sequence[Mark]) -> Iterator[str]:
    if shown.copy is None or not marks:
        yield "*no entry is marked*"
        return
    for number, mark in enumerate(marks, start=1):
        yield f"### Marked {number} of {len(marks)}{': ' if mark.remark else ''}{_line(mark.remark)}"
        yield ""
        if mark.position is None:
            yield f"*no longer in this session: {_line(mark.entry)}*"
            yield ""
        else:
            yield from entry_lines(shown.copy.timeline[mark.position])


def _line(text: str) -> str:
    return escaped(safe_line(text))
