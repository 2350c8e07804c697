"""Where two sessions part, and what is different in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from feather_tui.session.calls import canonical
from feather_tui.session.model import Extraction, JsonValue
from feather_tui.session.summary import Summary, is_miss
from feather_tui.session.timeline import CallEntry, Entry, HandoffEntry, MessageEntry, RetrievalEntry
from feather_tui.triage.case import Case
from feather_tui.triage.features import Feature, features_of
from feather_tui.triage.signature import normalised

MOST_STEPS: Final = 400
"""Steps of each session that are aligned; the comparison says how many there are."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happened in one place: `what` it was (a role, or a tool and how it ended), and the rest of it.

    Two sessions go the same way as long as `what` is the same in both. `exact`: the text is made of ids that
    matter, so that another id is another text.
    """

    what: str
    text: str
    at: datetime | None = None
    turn: int = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two steps side by side; None where one session has no such step."""

    left: Step | None
    right: Step | None

    @property
    def parts(self) -> bool:
        """Whether the sessions go different ways here."""
        return self.left is None or self.right is None or self.left.what != self.right.what

    @property
    def same(self) -> bool:
        """Whether both are the same but for ids, numbers, times and hosts."""
        if self.left is None or self.right is None or self.parts:
            return False
        left, right = self.left.text, self.right.text
        return left == right or (not self.left.exact and normalised(left) == normalised(right))


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that is not the same; empty where a session lacks it."""

    name: str
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What of a session is compared."""

    case: Case
    summary: Summary
    timeline: Sequence[Entry]
    extraction: Extraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two sessions side by side. `parting`: the index of the first pair in which they go different ways.

    `steps`: how many each has; only the first MOST_STEPS of them are aligned.
    """

    pairs: tuple[Pair, ...]
    parting: int | None
    differences: tuple[Difference, ...]
    steps: tuple[int, int]


def compare(left: Side, right: Side) -> Comparison:
    """Align two sessions by what happened, and tell what is different."""
    steps = list(_steps(left.timeline)), list(_steps(right.timeline))
    pairs = tuple(_aligned(steps[0][:MOST_STEPS], steps[1][:MOST_STEPS]))
    return Comparison(
        pairs=pairs,
        parting=next((place for place, pair in enumerate(pairs) if pair.parts), None),
        differences=tuple(_differences(left, right)),
        steps=(len(steps[0]), len(steps[1])),
    )


def nearest(case: Case, others: Iterable[Case]) -> Case | None:
    """Return the session that went well and has most in common with a case; of several, the nearest one."""
    mine = {value for value in features_of(case) if value[0] is not Feature.HOUR}

    def likeness(other: Case) -> tuple[int, float]:
        apart = (
            case.started_at and other.started_at and abs((case.started_at - other.started_at).total_seconds())
        )
        return len(mine & set(features_of(other))), -(apart or 0.0)

    well = (each for each in others if each.outcome == "resolved" and not each.failed)
    return max((each for each in well if each.session_id != case.session_id), key=likeness, default=None)


# ---------------------------------------------------------------------- steps


def _steps(timeline: Iterable[Entry]) -> Iterator[Step]:
    for entry in timeline:
        match entry:
            case MessageEntry(message=message, turn=turn) if turn:
                yield Step(message.role, message.content, message.timestamp, turn)
            case CallEntry(call=call, at=at):
                said = f"{canonical(call.arguments)} → {call.error or call.output or ''}"
                yield Step(f"{call.name} {call.state.value}", said, at)
            case RetrievalEntry(trace=trace, at=at):
                found = "found nothing" if is_miss(trace) else "found"
                yield Step(f"retrieval {found}", _chunks(entry), at, exact=True)
            case HandoffEntry(handoff=handoff):
                yield Step("handoff", handoff.reason or "", handoff.timestamp)
            case _:
                pass


def _chunks(entry: RetrievalEntry) -> str:
    documents = dict.fromkeys(
        f"{shown.chunk.doc_id} {shown.chunk.version_id or ''}" for shown in entry.chunks
    )
    return ", ".join(name.strip() for name in documents)


def _aligned(left: Sequence[Step], right: Sequence[Step]) -> Iterator[Pair]:
    ways = [step.what for step in left], [step.what for step in right]
    for tag, first, last, begin, end in SequenceMatcher(None, *ways, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from map(Pair, left[first:last], right[begin:end])
        else:
            yield from (Pair(*both) for both in zip_longest(left[first:last], right[begin:end]))


# ---------------------------------------------------------------------- differences


def _differences(left: Side, right: Side) -> Iterator[Difference]:
    both = list(zip(_facts(left), _facts(right), strict=True))
    for (name, one), (_, other) in both:
        if one != other:
            yield Difference(name, one, other)
    one_data, other_data = _values(left.extraction), _values(right.extraction)
    for path in dict.fromkeys((*one_data, *other_data)):
        values = one_data.get(path, ""), other_data.get(path, "")
        if values[0] != values[1]:
            yield Difference(f"extracted {path}", *values)


def _facts(side: Side) -> Iterator[tuple[str, str]]:
    case, summary = side.case, side.summary
    yield "outcome", case.outcome or ""
    yield "completion reason", case.reason or ""
    yield "channel", case.channel
    yield "agent", case.agent or ""
    yield "models", ", ".join(case.models)
    yield "knowledge bases", case.kb or ""
    yield "documents", _listed(f"{name} {version or ''}".strip() for name, version in case.documents)
    yield "gate verdicts", _listed(case.gates)
    calls = [entry.call.name for entry in side.timeline if isinstance(entry, CallEntry)]
    yield "tools", _listed(f"{name} ×{calls.count(name)}" for name in calls)
    yield "tool errors", _listed(signature.text for signature in case.errors)
    yield "retrievals missed", f"{case.retrievals_missed} of {case.retrievals or 0}"
    yield "duration", "" if summary.duration_seconds is None else f"{summary.duration_seconds:.0f} s"
    yield "slowest reply", _slowest(side.timeline)
    yield "first cause", case.first_cause or ""
    yield "extraction", case.extraction or ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names)))


def _slowest(timeline: Iterable[Entry]) -> str:
    took = (entry.message.latency_ms for entry in timeline if isinstance(entry, MessageEntry))
    slowest = max((latency for latency in took if latency is not None), default=None)
    return "" if slowest is None else f"{slowest} ms"


def _values(extraction: Extraction | None) -> dict[str, str]:
    """Return the values of an extraction by their dotted paths."""
    return dict(_leaves(extraction.extracted_data if extraction else None, ()))


def _leaves(tree: JsonValue, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    pending: list[tuple[tuple[str, ...], JsonValue]] = [(path, tree)]
    while pending:  # not by calling itself: documents may be nested without bounds
        place, value = pending.pop()
        if isinstance(value, dict):
            pending += [((*place, key), value[key]) for key in reversed(value)]
        elif isinstance(value, list):
            pending += [((*place, str(index)), value[index]) for index in reversed(range(len(value)))]
        elif value is not None:
            yield ".".join(place), str(value)
