"""A table of many sessions: which rows are shown, in which order, in which groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from feather_tui.errors import QueryUnreadable
from feather_tui.session.moments import in_utc
from feather_tui.triage.case import Case
from feather_tui.triage.features import hour_of

SEVERITIES: Final = ("info", "low", "medium", "high", "critical")
"""As the findings name them, the worst last."""
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_WORD: Final = re.compile(r'(!)?(?:([a-z_]+):)?(?:"([^"]*)"|(\S+))')

_Values = tuple[str, ...]


def _one(value: object) -> _Values:
    return () if value is None or value == "" else (str(value),)


COLUMNS: Final[dict[str, Callable[[Case], _Values]]] = {
    "session": lambda case: (case.session_id,),
    "hour": lambda case: _one(case.started_at and hour_of(case.started_at)),
    "outcome": lambda case: _one(case.outcome),
    "reason": lambda case: _one(case.reason),
    "channel": lambda case: _one(case.channel),
    "agent": lambda case: _one(case.agent),
    "tool": lambda case: tuple(dict.fromkeys(signature.tool for signature in case.errors)),
    "error": lambda case: tuple(signature.text for signature in case.errors),
    "worst": lambda case: _one(case.worst),
    "cause": lambda case: _one(case.first_cause),
    "extraction": lambda case: _one(case.extraction),
    "model": lambda case: case.models,
    "kb": lambda case: _one(case.kb),
    "document": lambda case: tuple(f"{name} {version or ''}".strip() for name, version in case.documents),
    "gate": lambda case: case.gates,
    "failed": lambda case: ("yes" if case.failed else "no",),
}
"""What a table can be narrowed to, and what a session has of it."""

GROUPS: Final = ("cause", "error", "tool", "agent", "model", "kb", "channel", "outcome", "hour")
"""The columns that a table can be grouped by."""

ORDERS: Final[dict[str, Callable[[Case], tuple[float, ...] | tuple[datetime] | str]]] = {
    "start": lambda case: (in_utc(case.started_at) if case.started_at else _NEVER,),
    "worst": lambda case: (_rank(case.worst), *_severities(case)),
    "turns": lambda case: (case.turns,),
    "errors": lambda case: (case.tools_failed,),
    "misses": lambda case: (case.retrievals_missed,),
    "outcome": lambda case: case.outcome or "",
    "cause": lambda case: case.first_cause or "",
}
"""What a table can be sorted by."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of a query: `column` None means any column."""

    column: str | None
    sought: str
    negated: bool

    def keeps(self, case: Case) -> bool:
        """Return whether a session has it, or with `negated` has it not."""
        return self._found(case) is not self.negated

    def _found(self, case: Case) -> bool:
        if self.column == "worst":
            return _rank(case.worst) >= _rank(self.sought)
        columns = COLUMNS if self.column is None else (self.column,)
        return any(self.sought in value.casefold() for name in columns for value in COLUMNS[name](case))


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

        `worst:high` keeps what is at least so severe. Raises QueryUnreadable with the place of the word.
        """
        return cls(tuple(_term(found) for found in _WORD.finditer(query)))

    def keeps(self, case: Case) -> bool:
        """Return whether a session is shown."""
        return all(term.keeps(case) for term in self.terms)


def ordered(cases: Iterable[Case], order: str) -> list[Case]:
    """Return sessions the greatest, latest or worst first, texts by the alphabet; alike ones newest first."""
    newest_first = sorted(cases, key=ORDERS["start"], reverse=True)
    key = ORDERS[order]
    textual = bool(newest_first) and isinstance(key(newest_first[0]), str)
    return sorted(newest_first, key=key, reverse=not textual)


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
    negation, column, quoted, word = found.groups()
    sought = (quoted if quoted is not None else word).casefold()
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
    return _Term(column, sought, negation is not None)


def _rank(severity: str | None) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else -1


def _severities(case: Case) -> tuple[int, ...]:
    return tuple(case.findings.get(name, 0) for name in reversed(SEVERITIES))
