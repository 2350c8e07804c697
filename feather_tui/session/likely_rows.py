"""Which rows of the transcript should hold a field that the extraction lost, and why.

Every row is scored by fixed rules on the words of the field's path, and nothing is guessed about meaning. A
row counts what its best hint is worth, and one for every other hint, for every word of the path that it says,
and for being the customer's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feather_tui.session.calls import join_calls
from feather_tui.session.field_shapes import GENERIC, Shape, shape_of
from feather_tui.session.model import Message, Session
from feather_tui.session.timeline import order_of_rows, speaks
from feather_tui.session.written_values import words_of

_READ_CHARACTERS: Final = 20_000
"""Characters of a text that are looked at: enough to tell whether it is the place to look."""
_SHOWN_CHARACTERS: Final = 40
_WORTH_ASKING: Final = 3
"""Letters of a word that is looked for in questions: "no" and "id" stand in too many."""
_ARGUMENT, _RESULT, _SHAPED, _ANSWER, _CUT, _NAMED = 8, 7, 6, 5, 4, 3
"""What each hint is worth: a value under the field's own name, one that looks like it, talk about it."""


@dataclass(frozen=True, slots=True)
class LikelyRow:
    """A row that may hold a lost field: its index in `messages`, and why, in a phrase that may quote it."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Hint:
    worth: int
    reason: str


def likely_rows(session: Session, path: tuple[str, ...], limit: int = 3) -> tuple[LikelyRow, ...]:
    """Return the rows that most likely hold the field at `path`, best first; none if nothing speaks for any.

    Of equal rows the earlier one comes first. Rows that only bring a tool's result count as well.
    """
    field = _Field(path)
    if not field.words:
        return ()
    hints: dict[int, list[_Hint]] = defaultdict(list)
    for row, hint in (*_in_calls(session, field), *_in_speech(session, field)):
        hints[row].append(hint)
    place = {row: at for at, row in enumerate(order_of_rows(session.messages))}
    scores = {row: _score(found, field, session.messages[row]) for row, found in hints.items()}
    best = sorted(hints, key=lambda row: (-scores[row], place[row]))[:limit]
    return tuple(LikelyRow(row, max(hints[row], key=lambda hint: hint.worth).reason) for row in best)


class _Field:
    """What to look for. `words` are those that name the field, or those of its parents if it has no own."""

    def __init__(self, path: tuple[str, ...]) -> None:
        steps = [words for words in (words_of((step,)) for step in path if not step.isdecimal()) if words]
        name = steps[-1] if steps else ()
        parents = tuple(word for words in steps[:-1] for word in words)
        telling = tuple(word for word in name if word not in GENERIC)
        self.words: Final = telling or parents or name
        self.around: Final = _any_word(parents)
        self.said: Final = _any_word(self.words)
        self.asked: Final = _any_word((*self.words, *(word for word in name if len(word) >= _WORTH_ASKING)))
        self.shape: Final[Shape | None] = shape_of(name)
        before = "".join(rf"(?:{re.escape(word)}[\W_]?)?" for word in parents)
        key = before + r"[\W_]?".join(map(re.escape, name))
        self.value: Final = re.compile(
            rf'"(?P<key>{key})"\s*:\s*(?P<value>"(?:[^"\\]|\\.)+"|-?\d[\d.eE+-]*|true|false)', re.IGNORECASE
        )


def _any_word(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not words:
        return None
    forms = "|".join(re.escape(word.removesuffix("s")) + "s?" for word in words)
    return re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])", re.IGNORECASE)


def _score(hints: list[_Hint], field: _Field, message: Message) -> int:
    said = field.around.findall(message.content[:_READ_CHARACTERS]) if field.around else ()
    around = {word.casefold() for word in said}
    return max(hint.worth for hint in hints) + len(hints) - 1 + len(around) + (message.role == "user")


def _in_calls(session: Session, field: _Field) -> Iterator[tuple[int, _Hint]]:
    """Yield the rows whose tool calls were given a value under the field's name, or brought one."""
    rows_of_turn: dict[str, int] = {}
    for row in reversed(range(len(session.messages))):
        if session.messages[row].role == "assistant":
            rows_of_turn[session.messages[row].turn_id] = row
    calls, _ = join_calls(session)
    for call in calls:
        asked = (
            call.row
            if call.row is not None or call.recorded is None
            else rows_of_turn.get(call.recorded.assistant_turn_id)
        )
        given = field.value.search(call.arguments[:_READ_CHARACTERS])
        if asked is not None and given is not None:
            yield asked, _Hint(_ARGUMENT, f"{call.name} was given {_shown(given)}")
        for brought in call.results:
            found = field.value.search(brought.result.output[:_READ_CHARACTERS])
            if found is not None:
                yield brought.row, _Hint(_RESULT, f"{call.name} returned {_shown(found)}")


def _in_speech(session: Session, field: _Field) -> Iterator[tuple[int, _Hint]]:
    asked = ""
    for row in order_of_rows(session.messages):
        message = session.messages[row]
        if not speaks(message):
            continue
        text = message.content[:_READ_CHARACTERS]
        yield from ((row, hint) for hint in _hints(text, field))
        if message.truncated:
            yield row, _Hint(_CUT, "was cut by the platform, and may have held it")
        if message.role == "assistant":
            question = field.asked.search(text) if field.asked and "?" in text else None
            asked = question[0] if question else ""
        elif asked:
            yield row, _Hint(_ANSWER, f"answers a question about {asked.lower()}")
            asked = ""


def _hints(text: str, field: _Field) -> Iterator[_Hint]:
    if field.shape is not None:
        found = field.shape.first_in(text)
        if found:
            yield _Hint(_SHAPED, f"holds {field.shape.name}: {_brief(found)}")
    named = field.said.search(text) if field.said else None
    if named is not None:
        yield _Hint(_NAMED, f"speaks of {named[0].lower()}")


def _shown(match: re.Match[str]) -> str:
    value = match["value"].strip('"')
    return f"{match['key']} {_brief(value)}"


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
