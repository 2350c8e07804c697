"""What a query could become by going on with the word at the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from feather_tui.session.conversation import Conversation
from feather_tui.session.filter import written_word
from feather_tui.session.line_words import WORD, unquoted
from feather_tui.session.list_query.fields import FIELD_OF, FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A line, and where the cursor stands in it. `word` is what is new about it, `help` what it means."""

    line: str
    cursor: int
    word: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What rows that have come say, by the names of fields, in the order in which it was met."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def seen_in(rows: Iterable[Conversation]) -> Seen:
    """Return what can be asked for because a row has it: assistants, revisions, and values new to us."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        said = {
            "status": row.status,
            "channel": row.channel,
            "agent": row.agent_id,
            "priority": row.priority,
            "type": row.session_type,
            "revision": row.revision and row.revision.name,
        }
        for name, value in said.items():
            if value:
                found.setdefault(name, {}).setdefault(value)
    return Seen(values={name: tuple(values) for name, values in found.items()})


def completions(line: str, cursor: int, seen: Seen | None = None) -> list[Completion]:
    """Return what the line could become: fields not said yet, and behind a colon its known values.

    The word that counts ends at the cursor; what stands behind the cursor stays as it is.
    """
    before, after = line[:cursor], line[cursor:]
    words = list(WORD.finditer(before))
    last = words[-1] if words and words[-1].end() == len(before) else None
    start = last.start() if last else len(before)
    begun = last[0] if last else ""
    said = {word[0].partition(":")[0].lower() for word in WORD.finditer(line[:start] + " " + after)}
    return [
        Completion(line=f"{line[:start]}{word}{after}", cursor=start + len(word), word=word, help=meaning)
        for word, meaning in _candidates(begun, said, seen or Seen())
    ]


def _candidates(begun: str, said: set[str], seen: Seen) -> Iterator[tuple[str, str]]:
    name, colon, value = begun.partition(":")
    name = name.lower()
    if not colon:
        for known in FIELDS:
            if known.name.startswith(name) and known.name not in said:
                yield f"{known.name}:", known.help
    elif name in FIELD_OF:
        start = unquoted(value).lower()
        for choice in dict.fromkeys((*seen.values.get(name, ()), *FIELD_OF[name].values)):
            if choice.lower().startswith(start) and choice.lower() != start:
                yield written_word(name, choice), ""
