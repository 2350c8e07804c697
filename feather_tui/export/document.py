"""What of a session is written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from feather_tui.library import ExtractionCopy, Failure, SessionCopy
from feather_tui.session.model import DocumentKind, SessionId

PARTS = ("summary", "transcript", "tools", "rag", "extraction")
"""The parts that `--only` chooses from."""


@dataclass(slots=True, kw_only=True)
class Shown:
    """The last that came of each document, and what failed."""

    session_id: SessionId
    copy: SessionCopy | None = None
    extraction: ExtractionCopy | None = None
    failures: dict[DocumentKind, Failure] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def notes(self) -> Iterator[str]:
        """Yield what has to be said beside the text: failures, age, what the cache says."""
        yield from self.notices
        for failure in self.failures.values():
            kept = self.copy if failure.kind is DocumentKind.ANALYSIS else self.extraction
            yield f"{failure.error} The cached copy is shown." if kept is not None else str(failure.error)
