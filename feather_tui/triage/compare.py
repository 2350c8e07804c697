"""Where two sessions part, and what is different in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feather_tui.session.argument_changes import argument_changes
from feather_tui.session.model import Extraction, JsonValue
from feather_tui.session.summary import Summary
from feather_tui.session.timeline import CallEntry, Entry, MessageEntry
from feather_tui.triage.alignment import MOST_STEPS, Pair, aligned, alike, parting_of, steps_of
from feather_tui.triage.case import Case
from feather_tui.triage.features import Feature, document_text, features_of


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
    """Two sessions side by side. `parting`: the index of the pair in which they part, as `parting_of` says.

    `steps`: how many each has; only the first MOST_STEPS of them are aligned. Of a session that is not there
    nothing is different.
    """

    pairs: tuple[Pair, ...]
    parting: int | None
    differences: tuple[Difference, ...]
    steps: tuple[int, int]


def compare(left: Side | None, right: Side | None) -> Comparison:
    """Align two sessions by what happened, and tell what is different; None for one that is not there."""
    both = [list(steps_of(side.timeline)) if side else [] for side in (left, right)]
    pairs = tuple(aligned(both[0][:MOST_STEPS], both[1][:MOST_STEPS]))
    return Comparison(
        pairs=pairs,
        parting=parting_of(pairs) if left and right else None,
        differences=tuple(_differences(left, right, pairs)) if left and right else (),
        steps=(len(both[0]), len(both[1])),
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


def _differences(left: Side, right: Side, pairs: Iterable[Pair]) -> Iterator[Difference]:
    for (name, one), (_, other) in zip(_facts(left), _facts(right), strict=True):
        if one != other:
            yield Difference(name, one, other)
    yield from _of_arguments(left, right, pairs)
    if left.case.extraction is None or right.case.extraction is None:
        return  # one could not be fetched: what it has is not known
    one_data, other_data = _values(left.extraction), _values(right.extraction)
    for path in dict.fromkeys((*one_data, *other_data)):
        values = one_data.get(path, ""), other_data.get(path, "")
        if values[0] != values[1]:
            yield Difference(f"extracted {path}", *values)


def _facts(side: Side) -> Iterator[tuple[str, str]]:
    case, summary = side.case, side.summary
    calls = Counter(entry.call.name for entry in side.timeline if isinstance(entry, CallEntry))
    yield "outcome", case.outcome or ""
    yield "completion reason", case.reason or ""
    yield "first cause", case.first_cause or ""
    yield "channel", case.channel
    yield "agent", case.agent or ""
    yield "tool errors", _listed(signature.text for signature in case.errors)
    yield "tools", _listed(f"{name} ×{number}" for name, number in calls.items())
    yield "retrievals missed", f"{case.retrievals_missed} of {_known(case.retrievals)}"
    yield "documents", _listed(document_text(*document) for document in case.documents)
    yield "gate verdicts", _listed(case.gates)
    yield "knowledge bases", case.kb or ""
    yield "models", ", ".join(case.models)
    yield "duration", "" if summary.duration_seconds is None else f"{summary.duration_seconds:.0f} s"
    yield "slowest reply", _slowest(side.timeline)
    yield "extraction", case.extraction or "not known"


def _known(number: int | None) -> str:
    return "?" if number is None else str(number)


def _of_arguments(left: Side, right: Side, pairs: Iterable[Pair]) -> Iterator[Difference]:
    """Yield how arguments of the same tool differ, but for ids and numbers; of each the first time."""
    told: set[str] = set()
    for pair in pairs:
        one = left.timeline[pair.left.position] if pair.left else None
        other = right.timeline[pair.right.position] if pair.right else None
        if not (isinstance(one, CallEntry) and isinstance(other, CallEntry)):
            continue
        if one.call.name != other.call.name:
            continue
        for change in argument_changes(one.call.arguments, other.call.arguments):
            name = " ".join(filter(None, ("argument of", one.call.name, ".".join(change.path))))
            values = [_written(value) for value in (change.before, change.after)]
            if name not in told and not alike(*values):
                told.add(name)
                yield Difference(name, *values)


def _written(value: JsonValue) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return str(type(value).__name__)


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
