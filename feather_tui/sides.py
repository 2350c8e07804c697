"""From what arrived of a session to a side of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.cases import case_of
from feather_tui.triage.compare import Side

if TYPE_CHECKING:
    from feather_tui.arrivals import Assessment, ExtractionCopy, SessionCopy
    from feather_tui.session.identity import SessionId


def side_of(
    session_id: SessionId,
    copy: SessionCopy,
    extraction: ExtractionCopy | None,
    assessment: Assessment,
    *,
    extraction_absent: bool,
) -> Side:
    """Return what of a session is compared. `extraction_absent`: the API said that there is none."""
    return Side(
        case=case_of(session_id, copy, extraction, assessment, extraction_absent=extraction_absent),
        summary=copy.summary,
        timeline=copy.timeline,
        extraction=extraction.extraction if extraction else None,
    )
