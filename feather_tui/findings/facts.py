"""What several rules ask of a session, worked out once: its order, its calls, its turns.

A *place* is a row's position in the order of time, from 0; a *row* is an index in `messages`. The cost is
linear in the document, but for the sort of its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Final

from feather_tui.findings.finding import Target, citation_target, retrieval_target, row_target
from feather_tui.findings.made import Made, made
from feather_tui.findings.thresholds import Thresholds
from feather_tui.findings.vocabulary import HANDOFF_TOOLS
from feather_tui.findings.wording import is_courtesy, lexicon
from feather_tui.session.model import Citation, Extraction, Handoff, Message, Session
from feather_tui.session.shape import Aside
from feather_tui.session.timeline import (
    CallEntry,
    Entry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    UnlinkedEntry,
    end_of,
    order_of_rows,
    speaks,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A row in its place."""

    row: int
    place: int
    message: Message

    @property
    def by_user(self) -> bool:
        """Whether the customer said it."""
        return self.message.role == "user"

    @property
    def at(self) -> datetime | None:
        """When."""
        return self.message.timestamp

    @property
    def target(self) -> Target:
        """Where to look."""
        return row_target(self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What was searched for one turn, what the model was shown, and the reply it led to.

    `citations` come with their index. `answer` is the turn's own reply, else the next before the customer
    speaks; None if there is none.
    """

    id: str
    retrievals: tuple[RetrievalEntry, ...]
    citations: tuple[tuple[int, Citation], ...]
    answer: Said | None
    at: datetime | None
    prompted_by_courtesy: bool

    @property
    def chunks(self) -> dict[str, set[str | None]]:
        """The ids of the chunks that were found, each with the versions it was found in."""
        found: dict[str, set[str | None]] = defaultdict(set)
        for entry in self.retrievals:
            for chunk in entry.trace.retrieved:
                found[chunk.chunk_id].add(chunk.version_id)
        return dict(found)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Its retrievals, or its citations where none is on record."""
        if self.retrievals:
            return tuple(map(target_of, self.retrievals))
        return tuple(citation_target(index, citation.chunk_id) for index, citation in self.citations)


def target_of(entry: RetrievalEntry) -> Target:
    """Return where to look for a retrieval."""
    return retrieval_target(entry.index, entry.trace.rag_query_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """A handoff, and the place before which it happened."""

    before: int
    index: int
    handoff: Handoff


class Facts:
    """One session, its extraction, and what follows from them. `now` is the time of the evaluation.

    `extraction_absent`: the API said that there is none. `asides` are the parts of both documents that
    their records do not know. `said` are the rows in which user or assistant say something, `assistant` all
    rows of the assistant. `handed_off_before`: the place before which the first handoff happened, past the
    last row if none did.
    """

    def __init__(
        self,
        session: Session,
        timeline: Sequence[Entry],
        extraction: Extraction | None,
        *,
        extraction_absent: bool,
        asides: Sequence[Aside],
        now: datetime,
        thresholds: Thresholds,
    ) -> None:
        self.session: Final = session
        self.extraction: Final = extraction
        self.extraction_absent: Final = extraction_absent
        self.asides: Final = tuple(asides)
        self.now: Final = now
        self.thresholds: Final = thresholds
        self.missing: Final = frozenset(session.missing_evidence_reasons)
        self.end: Final = end_of(session)
        order = order_of_rows(session.messages)
        self.rows: Final = tuple(
            Said(row=row, place=place, message=session.messages[row]) for place, row in enumerate(order)
        )
        self.said: Final = tuple(said for said in self.rows if speaks(said.message))
        self.users: Final = tuple(said for said in self.said if said.by_user)
        self.replies: Final = tuple(said for said in self.said if not said.by_user)
        self.assistant: Final = tuple(said for said in self.rows if said.message.role == "assistant")
        self.orphan_rows: Final = tuple(
            entry.row for entry in timeline if isinstance(entry, MessageEntry) and entry.orphan
        )
        self.calls, self.takeovers = _walk(timeline, {said.row: said.place for said in self.rows})
        self.handed_off_before: Final = min(
            (takeover.before for takeover in self.takeovers), default=len(self.rows) + 1
        )
        placed = [(call.place, call.call.latency_ms or 0) for call in self.calls if call.place is not None]
        self._users_before: Final = _running(len(order), [(said.place, 1) for said in self.users])
        self._calls_before: Final = _running(len(order), [(place, 1) for place, _ in placed])
        self._tool_ms_before: Final = _running(len(order), placed)
        self._reply_from: Final = self._next_replies()
        self.places_of_turn: Final = self._places_by_turn()
        self._courtesies = lexicon(thresholds.wording.gratitude_words, thresholds.wording.courtesy_words)
        self._judged: dict[int, bool] = {}
        self.turns: Final = tuple(self._turns(timeline))

    # ------------------------------------------------------------------ order

    @property
    def handoff_calls(self) -> tuple[Made, ...]:
        """The calls that asked for a handoff and were granted it."""
        return tuple(call for call in self.calls if call.done and call.call.name in HANDOFF_TOOLS)

    def round_of(self, place: int) -> int:
        """Return how many user rows stand before a place: places of one number have none between."""
        return self._users_before[place]

    def reply_after(self, place: int) -> Said | None:
        """Return the first reply behind a place, unless the customer speaks before it."""
        return self._reply_from[place + 1]

    def last_user_before(self, place: int) -> Said | None:
        """Return the last user row before a place."""
        count = self._users_before[place]
        return self.users[count - 1] if count else None

    def tool_ms(self, first: int, behind: int) -> int:
        """Return the milliseconds of the calls under the places from `first` to before `behind`."""
        return self._tool_ms_before[behind] - self._tool_ms_before[first]

    def calls_under(self, first: int, behind: int) -> bool:
        """Return whether any call hangs under these places."""
        return self._calls_before[behind] > self._calls_before[first]

    def is_courtesy(self, said: Said) -> bool:
        """Return whether a message only greets, thanks, or says yes or no. A guess on its wording."""
        if not self.thresholds.wording.courtesies:
            return False
        if said.row not in self._judged:
            self._judged[said.row] = is_courtesy(said.message.content, self._courtesies)
        return self._judged[said.row]

    def _next_replies(self) -> list[Said | None]:
        """Return for each place, and for the one past the last, the reply at or behind it."""
        upcoming: list[Said | None] = [None] * (len(self.rows) + 2)
        for said in reversed(self.rows):
            following = upcoming[said.place + 1]
            if speaks(said.message):
                following = None if said.by_user else said
            upcoming[said.place] = following
        return upcoming

    def _places_by_turn(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for said in self.rows:
            places[said.message.turn_id].append(said.place)
        return dict(places)

    # ------------------------------------------------------------------ turns

    def _turns(self, timeline: Sequence[Entry]) -> Iterator[Turn]:
        searched: dict[str, list[RetrievalEntry]] = defaultdict(list)
        for entry in timeline:
            if isinstance(entry, RetrievalEntry):
                searched[entry.trace.assistant_turn_id].append(entry)
        cited: dict[str, list[tuple[int, Citation]]] = defaultdict(list)
        for index, citation in enumerate(self.session.citations):
            cited[citation.assistant_turn_id].append((index, citation))
        for turn_id in dict.fromkeys([*searched, *cited]):
            answer = self._answer_of(turn_id)
            retrievals = tuple(searched.get(turn_id, ()))
            asked = self.last_user_before(answer.place) if answer else None
            yield Turn(
                id=turn_id,
                retrievals=retrievals,
                citations=tuple(cited.get(turn_id, ())),
                answer=answer,
                at=retrievals[0].at if retrievals else self._time_of(turn_id),
                prompted_by_courtesy=asked is not None and self.is_courtesy(asked),
            )

    def _answer_of(self, turn_id: str) -> Said | None:
        places = self.places_of_turn.get(turn_id)
        if not places:
            return None
        for place in places:
            said = self.rows[place]
            if speaks(said.message) and not said.by_user:
                return said
        return self.reply_after(places[-1])

    def _time_of(self, turn_id: str) -> datetime | None:
        places = self.places_of_turn.get(turn_id)
        return self.rows[places[0]].at if places else None


def _walk(
    timeline: Sequence[Entry], place_of: dict[int, int]
) -> tuple[tuple[Made, ...], tuple[Takeover, ...]]:
    """Return the calls and handoffs of a timeline with their places."""
    calls, takeovers = [], []
    place: int | None = None
    for entry in timeline:
        match entry:
            case MessageEntry(row=row):
                place = place_of[row]
            case CallEntry(call=call, at=at, linked=linked):
                calls.append(made(call, place=place if linked else None, at=at, linked=linked))
            case HandoffEntry(handoff=handoff, index=index):
                before = 0 if place is None else place + 1
                takeovers.append(Takeover(before=before, index=index, handoff=handoff))
            case UnlinkedEntry():
                place = None
            case _:
                pass
    return tuple(calls), tuple(takeovers)


def _running(places: int, amounts: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each place, and the one past the last, the sum of the amounts before it."""
    at_place = [0] * (places + 1)
    for place, amount in amounts:
        at_place[place + 1] += amount
    return list(accumulate(at_place))
