"""What several rules ask of a session, worked out once: its order, its calls, its turns.

A *place* is a row's position in the order of time, from 0; a *row* is an index in `messages`. The cost is
linear in the document, but for the sort of its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import Final

from feather_tui.findings.heard import Heard, hear
from feather_tui.findings.made import Made, made
from feather_tui.findings.rows import Said, Takeover, Wait, waits
from feather_tui.findings.thresholds import Thresholds
from feather_tui.findings.turns import Turn, chunks_of
from feather_tui.findings.vocabulary import HANDOFF_TOOLS
from feather_tui.findings.wording import Lexicon, is_courtesy, lexicon
from feather_tui.session.model import Citation, Extraction, Session
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


class Facts:
    """One session, its extraction, and what follows from them. `now` is the time of the evaluation.

    `extraction_absent`: the API said that there is none. `asides` are the parts of both documents that
    their records do not know.
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
        self.timeline: Final = timeline
        self.extraction: Final = extraction
        self.extraction_absent: Final = extraction_absent
        self.asides: Final = asides
        self.now: Final = now
        self.thresholds: Final = thresholds
        self._courtesies: dict[int, bool] = {}

    @cached_property
    def missing(self) -> frozenset[str]:
        """What the platform says it did not capture."""
        return frozenset(self.session.missing_evidence_reasons)

    @cached_property
    def end(self) -> datetime | None:
        """When the session ended, or the time of its last row."""
        return end_of(self.session)

    # ------------------------------------------------------------------ rows

    @cached_property
    def rows(self) -> tuple[Said, ...]:
        """All rows in the order of time: the index of each is its place."""
        messages = self.session.messages
        return tuple(
            Said(row=row, place=place, message=messages[row])
            for place, row in enumerate(order_of_rows(messages))
        )

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The rows in which customer or assistant say something."""
        return tuple(said for said in self.rows if speaks(said.message))

    @cached_property
    def users(self) -> tuple[Said, ...]:
        """The rows in which the customer says something."""
        return tuple(said for said in self.said if said.by_user)

    @cached_property
    def replies(self) -> tuple[Said, ...]:
        """The rows in which the assistant says something; after a handoff it may be a person."""
        return tuple(said for said in self.said if not said.by_user)

    @cached_property
    def assistant(self) -> tuple[Said, ...]:
        """All rows of the assistant, those that only call tools too."""
        return tuple(said for said in self.rows if said.message.role == "assistant")

    @cached_property
    def waits(self) -> tuple[Wait, ...]:
        """The times between the rows that say something."""
        return tuple(waits(self.said))

    @cached_property
    def orphan_rows(self) -> tuple[int, ...]:
        """The rows that bring the result of a call which is nowhere."""
        return tuple(entry.row for entry in self.timeline if isinstance(entry, MessageEntry) and entry.orphan)

    @cached_property
    def places_of_turn(self) -> dict[str, list[int]]:
        """The places of each turn's rows."""
        places: dict[str, list[int]] = defaultdict(list)
        for said in self.rows:
            places[said.message.turn_id].append(said.place)
        return dict(places)

    # ------------------------------------------------------------------ calls and handoffs

    @property
    def calls(self) -> tuple[Made, ...]:
        """The tool calls in the order of the timeline."""
        return self._walked[0]

    @property
    def takeovers(self) -> tuple[Takeover, ...]:
        """The handoffs in the order of the timeline."""
        return self._walked[1]

    @cached_property
    def handed_off_before(self) -> int:
        """The place before which the first handoff happened; past the last row if none did."""
        return min((takeover.before for takeover in self.takeovers), default=len(self.rows) + 1)

    @cached_property
    def handoff_calls(self) -> tuple[Made, ...]:
        """The calls that asked for a handoff and were granted it."""
        return tuple(call for call in self.calls if call.done and call.call.name in HANDOFF_TOOLS)

    @cached_property
    def _walked(self) -> tuple[tuple[Made, ...], tuple[Takeover, ...]]:
        return _walk(self.timeline, {said.row: said.place for said in self.rows})

    # ------------------------------------------------------------------ order

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

    @cached_property
    def _users_before(self) -> list[int]:
        return _running(len(self.rows), [(said.place, 1) for said in self.users])

    @cached_property
    def _calls_before(self) -> list[int]:
        places = [call.place for call in self.calls if call.place is not None]
        return _running(len(self.rows), [(place, 1) for place in places])

    @cached_property
    def _tool_ms_before(self) -> list[int]:
        placed = [(call.place, call.call.latency_ms or 0) for call in self.calls if call.place is not None]
        return _running(len(self.rows), placed)

    @cached_property
    def _reply_from(self) -> list[Said | None]:
        """For each place, and for the one past the last: the reply at or behind it."""
        upcoming: list[Said | None] = [None] * (len(self.rows) + 2)
        for said in reversed(self.rows):
            following = upcoming[said.place + 1]
            if speaks(said.message):
                following = None if said.by_user else said
            upcoming[said.place] = following
        return upcoming

    # ------------------------------------------------------------------ wording

    @cached_property
    def heard(self) -> Heard:
        """What the customer's rows say by their wording. A guess, like all that reads wording."""
        return hear(self.users, self.thresholds, self.is_courtesy)

    def is_courtesy(self, said: Said) -> bool:
        """Return whether a message only greets, thanks, or says yes or no. A guess on its wording."""
        if not self.thresholds.wording.courtesies:
            return False
        if said.row not in self._courtesies:
            self._courtesies[said.row] = is_courtesy(said.message.content, self._courtesy_words)
        return self._courtesies[said.row]

    @cached_property
    def _courtesy_words(self) -> Lexicon:
        wording = self.thresholds.wording
        return lexicon(wording.gratitude_words, wording.courtesy_words)

    # ------------------------------------------------------------------ turns

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns that searched or were shown something, in the order of the timeline."""
        return tuple(self._turns())

    def _turns(self) -> Iterator[Turn]:
        searched: dict[str, list[RetrievalEntry]] = defaultdict(list)
        for entry in self.timeline:
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
                chunks=chunks_of(retrievals),
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
