"""The incident note: a session in Markdown, as short as somebody who was not there can do with.

What it quotes was masked before it was made Markdown, and it says how much of it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from feather_tui.export.document import Shown
from feather_tui.export.markdown import entry_lines, escaped, findings_lines, summary_lines
from feather_tui.export.masking.kind import counts_in, said
from feather_tui.export.masking.masker import Masker
from feather_tui.export.masking.session import masked
from feather_tui.rendering.clock import iso
from feather_tui.rendering.header import Place
from feather_tui.rendering.safe import safe_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An entry that somebody marked: its position in the timeline, and a remark (may be empty)."""

    position: int
    remark: str = ""


def incident_note(
    shown: Shown,
    place: Place,
    marks: Sequence[Mark],
    *,
    written_at: datetime,
    filtered: str = "",
    unmasked: bool = False,
) -> str:
    """Return the note. All times are UTC.

    `filtered`: what was hidden from whoever marked, in words; empty for nothing. Personal data is masked,
    remarks included, unless `unmasked`.
    """
    masker = Masker()
    if not unmasked:
        shown = masked(shown, masker)
        marks = [Mark(position=mark.position, remark=masker.text(mark.remark)) for mark in marks]
        filtered = masker.text(filtered)
    body = "\n".join([*_about(shown), *findings_lines(shown), *_marked(shown, marks)]).rstrip()
    head = "\n".join(_head(shown, place, written_at, filtered))
    hidden = "nothing, personal data may stand in this note" if unmasked else said(counts_in(head + body))
    return f"{head}\n- masked: {hidden}\n\n{body}\n"


def _head(shown: Shown, place: Place, written_at: datetime, filtered: str) -> Iterator[str]:
    yield "# Incident note"
    yield ""
    foreign = ", not the sandbox" if place.foreign else ""
    yield f"- profile: {_line(place.profile)} ({_line(place.host)}{foreign})"
    yield f"- written: {iso(written_at)}"
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


def _marked(shown: Shown, marks: Iterable[Mark]) -> Iterator[str]:
    in_order = sorted(marks, key=lambda mark: mark.position)
    if shown.copy is None or not in_order:
        yield "*no entry is marked*"
        return
    for number, mark in enumerate(in_order, start=1):
        yield f"### Marked {number} of {len(in_order)}{': ' if mark.remark else ''}{_line(mark.remark)}"
        yield ""
        yield from entry_lines(shown.copy.timeline[mark.position])


def _line(text: str) -> str:
    return escaped(safe_line(text))
