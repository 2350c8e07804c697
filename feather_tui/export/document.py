"""What of a session is written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from feather_tui.arrivals import Arrival, Assessment, ExtractionCopy, Failure, SessionCopy
from feather_tui.findings.finding import Severity
from feather_tui.session.identity import DocumentKind, SessionId


@dataclass(slots=True, kw_only=True)
class Shown:
    """The last that came of each document, what the rules find in them, and what failed."""

    session_id: SessionId
    copy: SessionCopy | None = None
    extraction: ExtractionCopy | None = None
    assessment: Assessment | None = None
    failures: dict[DocumentKind, Failure] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def take(self, arrival: Arrival) -> None:
        """Keep what arrived; the last of each kind counts."""
        match arrival:
            case SessionCopy():
                self.copy = arrival
            case ExtractionCopy():
                self.extraction = arrival
            case Assessment():
                self.assessment = arrival
            case Failure():
                self.failures[arrival.kind] = arrival

    @property
    def worst(self) -> Severity | None:
        """The worst severity found."""
        return self.assessment.findings.worst if self.assessment else None

    def notes(self) -> Iterator[str]:
        """Yield what has to be said beside the text, each sentence once: from the cache, then failures."""
        yield from self.notices
        failures = (self.failures[kind] for kind in DocumentKind if kind in self.failures)
        yield from dict.fromkeys(map(self._note, failures))

    def _note(self, failure: Failure) -> str:
        kept = self.copy if failure.kind is DocumentKind.ANALYSIS else self.extraction
        return f"{failure.error} The cached copy is shown." if kept is not None else str(failure.error)
