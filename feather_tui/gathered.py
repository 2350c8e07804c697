"""What there is of one session, while it arrives."""

from __future__ import annotations

from dataclasses import dataclass, field

from feather_tui.arrivals import Arrival, Assessment, ExtractionCopy, Failure, SessionCopy
from feather_tui.errors import NotFound
from feather_tui.session.identity import DocumentKind


@dataclass(slots=True)
class Gathered:
    """The last that came of each document, what was found in them, and what failed.

    `extraction_absent`: the API said that there is none.
    """

    session: SessionCopy | None = None
    extraction: ExtractionCopy | None = None
    extraction_absent: bool = False
    assessment: Assessment | None = None
    failures: dict[DocumentKind, Failure] = field(default_factory=dict)

    def __contains__(self, kind: DocumentKind) -> bool:
        return (self.session if kind is DocumentKind.ANALYSIS else self.extraction) is not None

    def take(self, arrival: Arrival) -> bool:
        """Keep what arrived; return whether the rules would now see something else."""
        match arrival:
            case SessionCopy():
                self.session = arrival
            case ExtractionCopy():
                changed = self.extraction is None or self.extraction.extraction != arrival.extraction
                self.extraction, self.extraction_absent = arrival, False
                return changed
            case Assessment():
                self.assessment = arrival
                return False
            case Failure(kind=kind, error=error):
                self.failures[kind] = arrival
                if kind is DocumentKind.ANALYSIS or not isinstance(error, NotFound):
                    return False
                self.extraction_absent = self.extraction is None
        return True

    def require_session(self) -> SessionCopy:
        """Return the session, where it is known to be there."""
        assert self.session is not None  # noqa: S101 - asked for only after it arrived
        return self.session
