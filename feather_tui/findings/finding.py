"""What a rule found, how bad it is, and where to look.

Messages quote text of customers, tools and models as it is: it is made safe where it is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final, Self

from feather_tui.session.calls import Call


class Severity(IntEnum):
    """How bad a finding is; a worse one is greater."""

    INFO = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    CRITICAL = 5

    @property
    def label(self) -> str:
        """The word for it: `critical`, `high`, `medium`, `low` or `info`."""
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the severity of this name, in any case. Raises KeyError."""
        return cls[text.strip().upper()]

    @property
    def lower(self) -> Severity:
        """The severity one step below; `info` stays."""
        return Severity(max(self - 1, Severity.INFO))


class Part(StrEnum):
    """Which part a finding can play in the verdict (see `verdict`)."""

    CAUSE = "cause"
    LAST_RESORT = "last resort"
    NONE = "none"


class TargetKind(StrEnum):
    """What a target is."""

    ROW = "row"
    CALL = "call"
    RETRIEVAL = "retrieval"
    CITATION = "citation"
    HANDOFF = "handoff"
    EXTRACTION_FIELD = "extraction_field"
    SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place in one of the two documents.

    `index` is the place in `messages`, `tool_calls`, `rag_traces`, `citations` or `handoff_events`. A call
    that the runtime did not record has no index but `request`: its row in `messages` and its place in that
    row's `tool_calls`. `path` is the dotted path of an extraction's field; empty: the extraction as a whole.
    `id` is the API's own id of it, where it has one.
    """

    kind: TargetKind
    index: int | None = None
    request: tuple[int, int] | None = None
    path: str = ""
    id: str = ""


WHOLE_SESSION: Final = Target(kind=TargetKind.SESSION)


def row_target(row: int) -> Target:
    """Return the target for a row: an index in `messages`."""
    return Target(kind=TargetKind.ROW, index=row)


def call_target(call: Call) -> Target:
    """Return the target for a tool call, recorded or only asked for."""
    if call.recorded_index is not None:
        return Target(kind=TargetKind.CALL, index=call.recorded_index, id=call.id)
    request = None if call.row is None or call.requested_index is None else (call.row, call.requested_index)
    return Target(kind=TargetKind.CALL, request=request, id=call.id)


def retrieval_target(index: int, rag_query_id: str = "") -> Target:
    """Return the target for a retrieval: an index in `rag_traces`."""
    return Target(kind=TargetKind.RETRIEVAL, index=index, id=rag_query_id)


def citation_target(index: int, chunk_id: str = "") -> Target:
    """Return the target for a citation: an index in `citations`."""
    return Target(kind=TargetKind.CITATION, index=index, id=chunk_id)


def handoff_target(index: int) -> Target:
    """Return the target for a handoff: an index in `handoff_events`."""
    return Target(kind=TargetKind.HANDOFF, index=index)


def field_target(path: str = "") -> Target:
    """Return the target for a field of the extraction, or for the extraction as a whole."""
    return Target(kind=TargetKind.EXTRACTION_FIELD, path=path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule found.

    `targets` is never empty; the first is where to jump. `at` is the time of that place, None for what has
    none. `heuristic`: it rests on wording. `shortened`: a quotation in `message` ends in "…", and the whole
    text is at the target. `detail` says what in this session raised or lowered it; `phrase` is its few
    words in a chain of causes, empty if it does not belong into one.
    """

    rule: str
    severity: Severity
    message: str
    at: datetime | None
    targets: tuple[Target, ...]
    heuristic: bool = False
    shortened: bool = False
    detail: str = ""
    phrase: str = ""
    part: Part = Part.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEvaluated:
    """A rule that could not look, because its evidence was not captured. `reasons`: what is missing."""

    rule: str
    reasons: tuple[str, ...]

    @property
    def because(self) -> str:
        """The reasons in one line."""
        return "; ".join(self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was found, worst first, then by time; and the rules that could not look."""

    found: tuple[Finding, ...]
    not_evaluated: tuple[NotEvaluated, ...]

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity there are, worst first; severities without one are left out."""
        counted = Counter(finding.severity for finding in self.found)
        return {severity: counted[severity] for severity in sorted(counted, reverse=True)}

    @property
    def worst(self) -> Severity | None:
        """The worst severity found, None if nothing was."""
        return self.found[0].severity if self.found else None
