"""A table of many sessions: which rows are shown, in which order, in which groups."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from feather_tui.errors import QueryUnreadable
from feather_tui.triage.case import Case
from feather_tui.triage.features import document_text, hour_of

SEVERITIES: Final = ("info", "low", "medium", "high", "critical")
"""As the findings name them, the worst last."""
_LAST: Final = "\U0010ffff"
"""What is not recorded stands behind everything else, and so does what never began."""
_NEVER: Final = datetime.min.replace(tzinfo=UTC).timestamp()
_WORD: Final = re.compile(r'(!)?(?:([a-z_]+):)?(?:=("(?:[^"\\]|\\.)*")|"([^"]*)"|(\S+))')

_Values = tuple[str, ...]
Place = tuple[float | str, ...]
"""Where a session stands in an order: the smallest is the first."""


def _one(value: object) -> _Values:
    return () if value is None or value == "" else (str(value),)


COLUMNS: Final[dict[str, Callable[[Case], _Values]]] = {
    "session": lambda case: (case.session_id,),
    "hour": lambda case: _one(case.started_at and hour_of(case.started_at)),
    "outcome": lambda case: _one(case.outcome),
    "reason": lambda case: _one(case.reason),
    "channel": lambda case: _one(case.channel),
    "agent": lambda case: _one(case.agent),
    "revision": lambda case: _one(case.revision),
    "tool": lambda case: tuple(dict.fromkeys(signature.tool for signature in case.errors)),
    "error": lambda case: tuple(signature.text for signature in case.errors),
    "worst": lambda case: _one(case.worst),
    "cause": lambda case: _one(case.first_cause),
    "extraction": lambda case: _one(case.extraction),
    "model": lambda case: case.models,
    "kb": lambda case: _one(case.kb),
    "document": lambda case: tuple(document_text(*document) for document in case.documents),
    "gate": lambda case: case.gates,
    "failed": lambda case: ("yes" if case.failed else "no",),
}
"""What a table can be narrowed to, and what a session has of it."""

GROUPS: Final = ("cause", "error", "tool", "agent", "revision", "model", "kb", "channel", "outcome", "hour")
"""The columns that a table can be grouped by."""

ORDERS: Final[dict[str, Callable[[Case], tuple[float, ...] | str]]] = {
    "start": lambda case: (_begun(case),),
    "outcome": lambda case: case.outcome or _LAST,
    "reason": lambda case: case.reason or _LAST,
    "channel": lambda case: case.channel or _LAST,
    "agent": lambda case: case.agent or _LAST,
    "turns": lambda case: (case.turns,),
    "errors": lambda case: (case.tools_failed,),
    "misses": lambda case: (case.retrievals_missed,),
    "worst": lambda case: (_rank(case.worst), *_severities(case)),
    "extraction": lambda case: case.extraction or _LAST,
    "cause": lambda case: case.first_cause or _LAST,
}
"""What a table can be sorted by."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of a query: `column` None means any column; `exact`: the whole value, not a part of it."""

    column: str | None
    sought: str
    negated: bool
    exact: bool = False

    def keeps(self, case: Case, text: str) -> bool:
        """Return whether a session, with this text of all columns, has it; or with `negated` has it not."""
        return self._found(case, text) is not self.negated

    def _found(self, case: Case, text: str) -> bool:
        if self.column is None and not self.exact:
            return self.sought in text
        if self.column == "worst":
            return _rank(case.worst) >= _rank(self.sought)
        columns = COLUMNS if self.column is None else (self.column,)
        values = (value for name in columns for value in COLUMNS[name](case))
        if self.exact:
            return self.sought in values
        return any(self.sought in value.casefold() for value in values)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which sessions are shown: those that every word of a query keeps."""

    terms: tuple[_Term, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the query names."""
        return frozenset(term.column for term in self.terms if term.column is not None)

    @classmethod
    def parse(cls, query: str) -> Self:
        """Read a query: `column:value`, `"two words"`, `!` before what must not be; parts of values will do.

        `column:="value"` asks for the whole value, as `exactly` writes it; `worst:high` keeps what is at
        least so severe. Raises QueryUnreadable with the place of the word.
        """
        return cls(tuple(_term(found) for found in _WORD.finditer(query)))

    def keeps(self, case: Case) -> bool:
        """Return whether a session is shown."""
        text = _text(case) if any(term.column is None for term in self.terms) else ""
        return all(term.keeps(case, text) for term in self.terms)


def exactly(column: str, value: str) -> str:
    """Return the query for the sessions that have just this value; what cannot be seen in it is escaped."""
    quoted = json.dumps(value, ensure_ascii=False)
    shown = "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in quoted)
    return f"{column}:={shown}"


def ordered(cases: Iterable[Case], order: str) -> list[Case]:
    """Return sessions the greatest, latest or worst first, texts by the alphabet; alike ones newest first."""
    return sorted(cases, key=place_in(order))


def place_in(order: str) -> Callable[[Case], Place]:
    """Return what `ordered` sorts by."""
    key = ORDERS[order]

    def place(case: Case) -> Place:
        value = key(case)
        if isinstance(value, str):
            return value, -_begun(case)
        return *(-number for number in value), -_begun(case)

    return place


def grouped(cases: Iterable[Case], column: str) -> list[tuple[str, Sequence[Case]]]:
    """Return the sessions by what they have of a column, largest group first; those without it under "".

    A session with several values is in several groups.
    """
    groups: dict[str, list[Case]] = {}
    for case in cases:
        for value in COLUMNS[column](case) or ("",):
            groups.setdefault(value, []).append(case)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _term(found: re.Match[str]) -> _Term:
    negation, column, whole, quoted, word = found.groups()
    exact = _unquoted(whole) if whole else None
    sought = next(text for text in (exact, quoted, word, whole) if text is not None)
    if exact is None:
        sought = sought.casefold()
    if column is not None and column not in COLUMNS:
        raise QueryUnreadable(
            f"There is no column “{column}”.",
            f"There are: {', '.join(COLUMNS)}.",
            start=found.start(),
            end=found.end(),
        )
    if column == "worst" and sought not in SEVERITIES:
        raise QueryUnreadable(
            f"“{sought}” is no severity.",
            f"They are: {', '.join(SEVERITIES)}.",
            start=found.start(),
            end=found.end(),
        )
    return _Term(column, sought, negation is not None, exact is not None)


def _unquoted(text: str) -> str | None:
    """Undo the quoting of `exactly`; None for what it would not write."""
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def _rank(severity: str | None) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else -1


def _text(case: Case) -> str:
    """Return what a session has of all columns, a line each: made once, whatever is looked for in it."""
    return "\n".join([value for values in COLUMNS.values() for value in values(case)]).casefold()


def _begun(case: Case) -> float:
    return case.started_at.timestamp() if case.started_at else _NEVER


def _severities(case: Case) -> tuple[int, ...]:
    return tuple(case.findings.get(name, 0) for name in reversed(SEVERITIES))
