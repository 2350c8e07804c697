"""A query of the list as a line of text, such as `status:error since:2h refund`.

What the API can filter goes into parameters; the rest is filtered here, by what the row says or by what is
known of sessions that were opened here before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Final, Protocol, Self

from feather_tui.errors import QueryUnreadable
from feather_tui.session.conversation import Conversation
from feather_tui.session.line_words import WORD, quoted, unquoted
from feather_tui.session.list_query import times
from feather_tui.session.list_query.fields import FIELD_OF, FIELDS, SEVERITIES
from feather_tui.session.moments import in_utc

_WITH_FIELD: Final = re.compile(r"([A-Za-z_]+):(.*)", re.DOTALL)
_BY_ROW: Final = ("id", "external", "type", "revision")
_BY_WHAT_IS_KNOWN: Final = ("outcome", "worst")
_HERE: Final = ("type", "revision", *_BY_WHAT_IS_KNOWN)
NOT_OPENED: Final = "never opened here"
"""Why a row is left out by what is known of sessions, if nothing is known of this one."""


class Assessed(Protocol):
    """What is known of a session that was opened here: its outcome, and a count of findings by severity."""

    @property
    def outcome(self) -> str | None:
        """The outcome, in the API's own word."""

    @property
    def findings(self) -> Mapping[str, int]:
        """How many findings there are of a severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What a line asks for. `values` by the names of fields, `text` all other words; times are inclusive."""

    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def parse(cls, line: str, now: datetime, zone: tzinfo = UTC) -> Self:
        """Understand a line; an empty one asks for everything. `zone`: of times that do not say theirs.

        Raises QueryUnreadable with the place of the word that is not understood.
        """
        values: dict[str, _Word] = {}
        texts: list[str] = []
        for found in WORD.finditer(line):
            word = _Word(found)
            if word.may_be_a_key:
                raise word.refused("A query is sent as part of an address: it never holds an API key.")
            if word.name is None:
                texts.append(unquoted(found[0]))
            else:
                values[word.name] = _accepted(word, values)
        said = {name: word.read() for name, word in values.items() if name not in {"since", "until"}}
        since, until = _window(values.get("since"), values.get("until"), now, zone)
        return cls(text=" ".join(texts).strip(), values=said, since=since, until=until)

    def parameters(self) -> tuple[dict[str, str], ...]:
        """Return what to ask the API for: one set of parameters, or two where it takes two answers.

        A phone number may be either side of a call, and the API filters by one of them at a time.
        """
        asked = {f.parameter: self.values[f.name] for f in FIELDS if f.parameter and f.name in self.values}
        for name, moment in (("started_after", self.since), ("started_before", self.until)):
            if moment is not None:
                asked[name] = in_utc(moment).isoformat().replace("+00:00", "Z")
        if self.text:
            asked["q"] = self.text
        phone = self.values.get("phone")
        return tuple(asked | {side: phone} for side in ("from_number", "to_number")) if phone else (asked,)

    @property
    def local(self) -> tuple[str, ...]:
        """The names of the filters that the API does not know and that are done here."""
        return tuple(name for name in _HERE if name in self.values)

    def keeps(self, row: Conversation, known: Assessed | None) -> bool:
        """Return whether a row is among what is asked for; `known`: of sessions that were opened here."""
        return not self.left_out_by(row, known)

    def left_out_by(self, row: Conversation, known: Assessed | None) -> str:
        """Return the name of the filter that leaves a row out, or NOT_OPENED; empty if it is kept."""
        for name in _BY_ROW:
            if name in self.values and not _row_has(row, name, self.values[name]):
                return name
        for name in _BY_WHAT_IS_KNOWN:
            if name in self.values:
                if known is None:
                    return NOT_OPENED
                if not _known_has(known, name, self.values[name]):
                    return name
        return ""


class _Word:
    """A word of the line; `name` is that of its field, None for a word to search for."""

    def __init__(self, found: re.Match[str]) -> None:
        self.start, self.end = found.span()
        self.text = found[0]
        with_field = _WITH_FIELD.fullmatch(found[0])
        self.name = with_field[1].lower() if with_field else None
        self.value = unquoted(with_field[2]) if with_field else ""
        self.may_be_a_key = "fth_" in found[0]

    def read(self) -> str:
        """Return the value in its one form. Raises QueryUnreadable."""
        known = FIELD_OF[self.name or ""]
        value = known.read(self.value)
        if not value:
            raise self.refused(f"{self.name}: takes {known.expected}.")
        return value

    def refused(self, advice: str) -> QueryUnreadable:
        """Say that the word is not understood; what may be an API key is not repeated."""
        what = "Something that may be an API key" if self.may_be_a_key else quoted(self.text)
        return QueryUnreadable(f"{what} is not understood.", advice, start=self.start, end=self.end)


def _accepted(word: _Word, before: Mapping[str, _Word]) -> _Word:
    if word.name not in FIELD_OF:
        raise word.refused(_about_unknown(word))
    if word.name in before:
        raise word.refused(f"{word.name}: can be said only once.")
    return word


def _about_unknown(word: _Word) -> str:
    from difflib import get_close_matches  # start-up time: needed only for the sentence of an error

    near = get_close_matches(word.name or "", list(FIELD_OF), n=1)
    there = (
        f"Did you mean {near[0]}:?" if near else f"There are {', '.join(f'{name}:' for name in FIELD_OF)}."
    )
    return f"{there} To search for it as text, put it in quotes."


def _window(
    since: _Word | None, until: _Word | None, now: datetime, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    begin = times.since(since.value, now, zone) if since else None
    if since and begin is None:
        raise since.refused(f"since: takes {times.EXPECTED}.")
    end = times.until(until.value, now, zone, begin) if until else None
    if until and end is None:
        raise until.refused(f"until: takes {times.EXPECTED}.")
    if until and begin and end and end < begin:
        raise until.refused("It ends before it begins: since: must be earlier than until:.")
    return begin, end


def _row_has(row: Conversation, name: str, value: str) -> bool:
    match name:
        case "id":
            return row.session_id == value
        case "external":
            return row.external_session_id == value
        case "type":
            return row.session_type.lower() == value
    return row.revision is not None and value in map(str.lower, row.revision.names())


def _known_has(known: Assessed, name: str, value: str) -> bool:
    if name == "outcome":
        return (known.outcome or "").lower() == value
    enough = SEVERITIES[SEVERITIES.index(value) :]
    return any(known.findings.get(severity) for severity in enough)
