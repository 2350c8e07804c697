"""One ordered timeline of everything a session's documents tell.

Messages stand in the order of their times (array order breaks ties). Under each stand the tool calls it
made and the retrievals that fed it; handoffs and silences stand between; what points at rows that are not
there comes last, in a bucket of its own. Every record of the analysis input is in exactly one entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from feather_tui.session.calls import Call, ResultRow, join_calls, same_json
from feather_tui.session.model import Citation, Handoff, Message, RagTrace, RetrievedChunk, Session
from feather_tui.session.pauses import (
    LONG_PAUSE_SECONDS,
    LONG_WAIT_SECONDS,
    OTHER_PAUSE_SECONDS,
    OTHER_WAIT_SECONDS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEntry:
    """A row of the transcript. `row` is its index in `messages`.

    `turn` counts what user and assistant said, from 1; 0 for rows of other roles and rows without text.
    `orphan` marks a tool result whose call is nowhere in the document.
    """

    message: Message
    row: int
    turn: int = 0
    after_handoff: bool = False
    orphan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """A tool call. `result_rows` are the rows it absorbed: result rows that say nothing else."""

    call: Call
    at: datetime | None = None
    result_rows: tuple[MessageEntry, ...] = ()
    linked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChunk:
    """A retrieved chunk and the citation that shows it reached the model, if one does."""

    chunk: RetrievedChunk
    citation: Citation | None = None
    citation_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalEntry:
    """A retrieval. `strays` are citations of its turn that no retrieval of the turn returned, by index."""

    trace: RagTrace
    index: int
    chunks: tuple[ShownChunk, ...] = ()
    strays: tuple[tuple[int, Citation], ...] = ()
    at: datetime | None = None
    linked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureEntry:
    """Citations of a turn that has no retrieval on record, by index."""

    citations: tuple[tuple[int, Citation], ...]
    at: datetime | None = None
    linked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffEntry:
    """A handoff. `index` is its place in `handoff_events`."""

    handoff: Handoff
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceEntry:
    """Nobody spoke for `seconds`; `waiting` tells whether the customer was waiting for a reply."""

    seconds: float
    waiting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEntry:
    """How and when the session ended."""

    at: datetime | None
    outcome: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkedEntry:
    """The head of the bucket of records that point at rows which are not there."""

    count: int


Entry = (
    MessageEntry
    | CallEntry
    | RetrievalEntry
    | ExposureEntry
    | HandoffEntry
    | SilenceEntry
    | EndEntry
    | UnlinkedEntry
)


def build(session: Session) -> tuple[Entry, ...]:
    """Return the session's timeline. Cost is linear in the document, but for the sort of its rows."""
    return tuple(_Builder(session).entries())


def end_of(session: Session) -> datetime | None:
    """Return `ended_at`, or the time of the last row where the end was not recorded."""
    if session.ended_at is not None:
        return session.ended_at
    return max((row.timestamp for row in session.messages if row.timestamp is not None), default=None)


def order_of_rows(messages: tuple[Message, ...]) -> list[int]:
    """Return the indices of `messages` by time; a row without a time stays behind its predecessor."""
    keys: list[tuple[bool, datetime | None]] = []
    last: datetime | None = None
    for message in messages:
        last = message.timestamp or last
        keys.append((last is not None, last))
    return sorted(range(len(messages)), key=keys.__getitem__)


def speaks(message: Message) -> bool:
    """Return whether the row is a user's or an assistant's and says something."""
    return message.role in {"user", "assistant"} and bool(message.content.strip())


class _Builder:
    """Holds the links of one session while its timeline is made."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.order = order_of_rows(session.messages)
        self.place = {row: place for place, row in enumerate(self.order)}
        self.places_of_turn: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.order):
            self.places_of_turn[session.messages[row].turn_id].append(place)
        self.calls, results = join_calls(session)
        self.orphans = {result.row for result in results}
        self.absorbed = self._absorbed_rows()
        self.under: dict[int, list[Entry]] = defaultdict(list)
        self.unlinked: list[Entry] = []

    def entries(self) -> Iterator[Entry]:
        self._place_calls()
        self._place_retrievals()
        yield from self._rows_and_handoffs()
        if self.session.messages or self.session.ended_at or self.session.completion_reason:
            yield EndEntry(
                at=self.session.ended_at,
                outcome=self.session.knowledge_gap_analysis_outcome,
                reason=self.session.completion_reason,
            )
        if self.unlinked:
            yield UnlinkedEntry(count=len(self.unlinked))
            yield from self.unlinked

    # ------------------------------------------------------------------ rows

    def _rows_and_handoffs(self) -> Iterator[Entry]:
        handoffs = sorted(
            enumerate(self.session.handoff_events),
            key=lambda numbered: (numbered[1].timestamp is None, numbered[1].timestamp),
        )
        handoffs.reverse()
        turn, handed_off = 0, False
        spoken: Message | None = None
        for place, row in enumerate(self.order):
            message = self.session.messages[row]
            while handoffs and _is_before(handoffs[-1][1].timestamp, message.timestamp):
                index, handoff = handoffs.pop()
                handed_off = True
                yield HandoffEntry(handoff=handoff, index=index)
            said = row not in self.absorbed and speaks(message)
            if said:
                turn += 1
                yield from self._silence(spoken, message)
                spoken = message
            if row not in self.absorbed:
                yield self._message_entry(row, turn if said else 0, after_handoff=handed_off)
            yield from self.under.get(place, ())
        yield from (HandoffEntry(handoff=handoff, index=index) for index, handoff in reversed(handoffs))

    def _message_entry(self, row: int, turn: int = 0, *, after_handoff: bool = False) -> MessageEntry:
        return MessageEntry(
            message=self.session.messages[row],
            row=row,
            turn=turn,
            after_handoff=after_handoff,
            orphan=row in self.orphans,
        )

    def _silence(self, before: Message | None, after: Message) -> Iterator[SilenceEntry]:
        if before is None or before.timestamp is None or after.timestamp is None:
            return
        seconds = (after.timestamp - before.timestamp).total_seconds()
        waiting = after.role == "assistant"
        limits, other = (
            (LONG_WAIT_SECONDS, OTHER_WAIT_SECONDS) if waiting else (LONG_PAUSE_SECONDS, OTHER_PAUSE_SECONDS)
        )
        if seconds >= limits.get(self.session.channel, other):
            yield SilenceEntry(seconds=seconds, waiting=waiting)

    def _absorbed_rows(self) -> set[int]:
        """Rows that only bring a result to a call: shown inside the call, not beside it."""
        return {
            brought.row
            for call in self.calls
            for brought in call.results
            if self._is_only_a_result(self.session.messages[brought.row], brought)
        }

    @staticmethod
    def _is_only_a_result(message: Message, brought: ResultRow) -> bool:
        if message.tool_calls:
            return False
        return not message.content.strip() or same_json(message.content, brought.result.output)

    # ------------------------------------------------------------------ what hangs under rows

    def _place_calls(self) -> None:
        for call in self.calls:
            turn_id = call.recorded.assistant_turn_id if call.recorded else ""
            place = self.place[call.row] if call.row is not None else self._asking_place(turn_id)
            absorbed = tuple(
                self._message_entry(brought.row) for brought in call.results if brought.row in self.absorbed
            )
            at = self._time_at(place)
            entry = CallEntry(call=call, at=at, result_rows=absorbed, linked=place is not None)
            self._put(place, entry)

    def _place_retrievals(self) -> None:
        citations: dict[str, list[tuple[int, Citation]]] = defaultdict(list)
        for index, citation in enumerate(self.session.citations):
            citations[citation.assistant_turn_id].append((index, citation))
        traces: dict[str, list[tuple[int, RagTrace]]] = defaultdict(list)
        for index, trace in enumerate(self.session.rag_traces):
            traces[trace.assistant_turn_id].append((index, trace))
        for turn_id, numbered in traces.items():
            place = self._answer_place(turn_id)
            for entry in self._retrievals(numbered, citations.pop(turn_id, []), place):
                self._put(place, entry)
        for turn_id, cited in citations.items():
            place = self._answer_place(turn_id)
            at = self._time_at(place)
            self._put(place, ExposureEntry(citations=tuple(cited), at=at, linked=place is not None))

    def _retrievals(
        self,
        traces: list[tuple[int, RagTrace]],
        citations: list[tuple[int, Citation]],
        place: int | None,
    ) -> Iterator[RetrievalEntry]:
        """Join each citation to the first retrieval of its turn that returned its chunk."""
        waiting: dict[str, list[tuple[int, Citation]]] = defaultdict(list)
        for index, citation in citations:
            waiting[citation.chunk_id].append((index, citation))
        shown = [tuple(_shown_chunks(trace.retrieved, waiting)) for _, trace in traces]
        strays = tuple(sorted((pair for pairs in waiting.values() for pair in pairs), key=_first))
        for position, (index, trace) in enumerate(traces):
            yield RetrievalEntry(
                trace=trace,
                index=index,
                chunks=shown[position],
                strays=strays if position == 0 else (),
                at=self._time_at(place),
                linked=place is not None,
            )

    def _put(self, place: int | None, entry: Entry) -> None:
        (self.unlinked if place is None else self.under[place]).append(entry)

    def _time_at(self, place: int | None) -> datetime | None:
        return None if place is None else self._message(place).timestamp

    def _asking_place(self, turn_id: str) -> int | None:
        """The row of a turn that made its calls: its first assistant row, else its first row."""
        places = self.places_of_turn.get(turn_id)
        if not places:
            return None
        return next((place for place in places if self._message(place).role == "assistant"), places[0])

    def _answer_place(self, turn_id: str) -> int | None:
        """The reply a turn led to: its own, else the next before the customer speaks, else its first row."""
        places = self.places_of_turn.get(turn_id)
        if not places:
            return None
        for place in self._candidates(places):
            message = self._message(place)
            if message.role == "assistant" and message.content.strip():
                return place
        return places[0]

    def _candidates(self, places: list[int]) -> Iterable[int]:
        yield from places
        for place in range(places[-1] + 1, len(self.order)):
            if self._message(place).role == "user":
                return
            yield place

    def _message(self, place: int) -> Message:
        return self.session.messages[self.order[place]]


def _shown_chunks(
    retrieved: tuple[RetrievedChunk, ...], waiting: dict[str, list[tuple[int, Citation]]]
) -> Iterator[ShownChunk]:
    for chunk in retrieved:
        candidates = waiting.get(chunk.chunk_id)
        index, citation = candidates.pop(0) if candidates else (None, None)
        yield ShownChunk(chunk=chunk, citation=citation, citation_index=index)


def _first(pair: tuple[int, Citation]) -> int:
    return pair[0]


def _is_before(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and other is not None and moment < other
