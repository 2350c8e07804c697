"""Where in the timeline the places stand that findings point at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feather_tui.findings.finding import Finding, Severity, Target, TargetKind
from feather_tui.session.timeline import (
    CallEntry,
    EndEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
)

_Key = tuple[TargetKind, int | tuple[int, int] | None]


class Places:
    """The positions of a timeline's entries, by what findings call them."""

    def __init__(self, timeline: Sequence[Entry]) -> None:
        self._positions: dict[_Key, int] = {}
        for position, entry in enumerate(timeline):
            for key in _keys(entry):
                self._positions.setdefault(key, position)

    def of(self, target: Target) -> int | None:
        """Return the position of a target's entry; None for the extraction's, and for what is not there."""
        if target.request is not None:
            return self._positions.get((target.kind, target.request))
        return self._positions.get((target.kind, target.index))

    def of_row(self, row: int) -> int | None:
        """Return the position of the entry that shows a row of `messages`."""
        return self._positions.get((TargetKind.ROW, row))

    def worst(self, findings: Iterable[Finding]) -> dict[int, Severity]:
        """Return the worst severity of the findings whose evidence stands in each entry."""
        marks: dict[int, Severity] = {}
        for finding in findings:
            position = self.of(finding.targets[0])
            if position is not None:
                marks[position] = max(finding.severity, marks.get(position, finding.severity))
        return marks


def _keys(entry: Entry) -> Iterable[_Key]:
    match entry:
        case MessageEntry(row=row):
            yield TargetKind.ROW, row
        case CallEntry():
            yield from _call_keys(entry)
        case RetrievalEntry():
            yield TargetKind.RETRIEVAL, entry.index
            yield from ((TargetKind.CITATION, shown.citation_index) for shown in entry.chunks)
            yield from ((TargetKind.CITATION, index) for index, _ in entry.strays)
        case ExposureEntry(citations=citations):
            yield from ((TargetKind.CITATION, index) for index, _ in citations)
        case HandoffEntry(index=index):
            yield TargetKind.HANDOFF, index
        case EndEntry():
            yield TargetKind.SESSION, None
        case _:
            return


def _call_keys(entry: CallEntry) -> Iterable[_Key]:
    call = entry.call
    yield TargetKind.CALL, call.recorded_index
    if call.row is not None and call.requested_index is not None:
        yield TargetKind.CALL, (call.row, call.requested_index)
    yield from ((TargetKind.ROW, absorbed.row) for absorbed in entry.result_rows)
