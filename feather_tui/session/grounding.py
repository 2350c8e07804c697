"""From an extracted value to the messages that hold it, or to the tool results that do.

What nobody said may be an invention of the extracting model, so "not found" is claimed only of values that
would stand in the transcript if they had been said: not of yes and no, of words from a list of choices, or of
summaries in the model's own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from feather_tui.session.calls import Call, join_calls
from feather_tui.session.model import JsonValue, Session
from feather_tui.session.timeline import order_of_rows
from feather_tui.session.written_values import Text, Written, words_of, written

_READ_AS_JSON: Final = 1_000_000
"""Characters of a tool result that are read as JSON; a longer one is searched as it was received."""
_LABEL: Final = re.compile(r"[\[<{(]{1,2}(?P<words>[A-Z][A-Z _]{1,30}[A-Z])[ _-]?\d{0,3}[\]>})]{1,2}")
_HIDDEN_TOGETHER: Final = (
    frozenset({"name", "person", "surname", "firstname", "lastname"}),
    frozenset({"phone", "mobile", "tel", "telephone", "fax", "cell"}),
    frozenset({"email", "mail"}),
    frozenset({"address", "street", "city", "zip", "postcode", "location"}),
    frozenset({"birth", "birthday", "dob", "date"}),
    frozenset({"account", "bank", "card", "iban", "number", "passport", "ssn", "vat", "tax"}),
)
"""Words of a field, and words of the labels that a redaction may have put in place of its value."""


class Ground(StrEnum):
    """What the transcript says about a value."""

    SAID = "said"
    IN_RESULT = "in a tool result"
    NOT_FOUND = "not found in the transcript"
    NOT_CHECKABLE = "not checkable"


class Exactness(StrEnum):
    """Whether a value stands in a text as it is, or in another form, such as a date written otherwise."""

    EXACT = "exact"
    NORMALISED = "normalised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounding:
    """A place that holds a value.

    `row` is an index in `messages`: of the message, or of the row that brought the result or asked for the
    call (None: no row is known). `call` is the call whose result it is, None for a message, and for a result
    without a call. `start` and `end` count in the message's content; in a result, in its JSON written anew.
    `text` is what stands there.
    """

    row: int | None
    start: int
    end: int
    text: str
    exactness: Exactness
    in_result: bool = False
    call: Call | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundingResult:
    """What is known of one value. `said`: one place a message, the customer's first, each in order of time.

    `in_results` are the places in tool results. `redacted`: rows with a label such as `[NAME]`, behind which
    a value that was not found may be hidden.
    """

    ground: Ground
    said: tuple[Grounding, ...] = ()
    in_results: tuple[Grounding, ...] = ()
    redacted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    content: str
    text: Text
    row: int | None
    in_result: bool = False
    call: Call | None = None


def ground(session: Session, value: JsonValue, path: tuple[str, ...]) -> tuple[Grounding, ...]:
    """Return the places that hold a value: messages first, then tool results. `path`: the value's field."""
    result = _Transcript(session).ground(value, path)
    return result.said + result.in_results


def ground_all(session: Session, extracted_data: JsonValue) -> dict[tuple[str, ...], GroundingResult]:
    """Return what is known of every plain value of the data, by its path (keys, and positions as text)."""
    transcript = _Transcript(session)
    return {path: transcript.ground(value, path) for path, value in _leaves(extracted_data)}


def _leaves(tree: JsonValue) -> Iterator[tuple[tuple[str, ...], JsonValue]]:
    waiting: list[tuple[tuple[str, ...], JsonValue]] = [((), tree)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict | list):
            children = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [((*path, str(name)), child) for name, child in reversed(list(children))]
        else:
            yield path, value


class _Transcript:
    """The texts of a session, read once: messages in the order in which they are looked at, then results."""

    def __init__(self, session: Session) -> None:
        self.session: Final = session
        self.sources: Final = [*self._messages(), *self._results()]

    def ground(self, value: JsonValue, path: tuple[str, ...]) -> GroundingResult:
        """Return what is known of one value."""
        sought = written(value, path)
        if sought is None:
            return GroundingResult(ground=Ground.NOT_CHECKABLE)
        places = tuple(self._places(sought))
        said = tuple(place for place in places if not place.in_result)
        in_results = tuple(place for place in places if place.in_result)
        if places:
            kind = Ground.SAID if said else Ground.IN_RESULT
            return GroundingResult(ground=kind, said=said, in_results=in_results)
        if not sought.telling:
            return GroundingResult(ground=Ground.NOT_CHECKABLE)
        return GroundingResult(ground=Ground.NOT_FOUND, redacted=tuple(self._redacted(path)))

    def _places(self, sought: Written) -> Iterator[Grounding]:
        for source in self.sources:
            text = source.text
            spans = {
                span
                for form in sought.forms
                if any(needle in text.squashed for needle in form.needles)
                for span in form.spans(text)
            }
            if spans:
                yield _best(spans, sought.literal, source)

    def _messages(self) -> Iterator[_Source]:
        messages = self.session.messages
        speakers = {"user": 0, "assistant": 1}
        for row in sorted(order_of_rows(messages), key=lambda row: speakers.get(messages[row].role, 2)):
            message = messages[row]
            if message.role != "tool" and message.tool_results is None and message.content.strip():
                yield _Source(message.content, Text(message.content), row)

    def _results(self) -> Iterator[_Source]:
        calls, orphans = join_calls(self.session)
        for call in calls:
            row = call.results[0].row if call.results else call.row
            if call.recorded is not None and call.recorded.result:
                yield _result(call.recorded.result, row, call)
            for brought in call.results:
                if call.recorded is None or brought.result.output != call.recorded.result:
                    yield _result(brought.result.output, brought.row, call)
        for orphan in orphans:
            yield _result(orphan.result.output, orphan.row, None)

    def _redacted(self, path: tuple[str, ...]) -> Iterator[int]:
        field = set(words_of(path[-1:]))
        related = [words for words in _HIDDEN_TOGETHER if words & field]
        for row, labels in self._labels:
            if any(words & labels for words in related):
                yield row

    @cached_property
    def _labels(self) -> list[tuple[int, frozenset[str]]]:
        """The rows that hold labels of a redaction, and the words of those labels."""
        found = []
        for row, message in enumerate(self.session.messages):
            labels = [match["words"] for match in _LABEL.finditer(message.content)]
            if labels:
                found.append((row, frozenset(word for label in labels for word in words_of((label,)))))
        return found


def _best(spans: set[tuple[int, int]], literal: str, source: _Source) -> Grounding:
    """Return the first place where the value stands as it is, else the first at all."""
    content = source.content
    start, end = min(spans, key=lambda span: (content[slice(*span)] != literal, span))
    there = content[start:end]
    return Grounding(
        row=source.row,
        start=start,
        end=end,
        text=there,
        exactness=Exactness.EXACT if there == literal else Exactness.NORMALISED,
        in_result=source.in_result,
        call=source.call,
    )


def _result(output: str, row: int | None, call: Call | None) -> _Source:
    """Return a result to look into; JSON is written anew, without escapes and with blanks between numbers."""
    content = output
    if len(output) <= _READ_AS_JSON and output.lstrip()[:1] in {"{", "["}:
        try:
            content = json.dumps(json.loads(output), ensure_ascii=False)
        except (ValueError, RecursionError):
            content = output  # not JSON after all, and searched as it is
    return _Source(content, Text(content), row, in_result=True, call=call)
