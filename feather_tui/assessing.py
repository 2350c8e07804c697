"""What is found in the documents that have arrived: by the rules, and of the extraction in the transcript."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from feather_tui.arrivals import Assessment, ExtractionCopy, SessionCopy
from feather_tui.copies import collector_paused

if TYPE_CHECKING:
    from feather_tui.findings.finding import Findings, Target
    from feather_tui.findings.thresholds import Thresholds


@collector_paused()
def assess(
    copy: SessionCopy,
    extraction: ExtractionCopy | None,
    *,
    extraction_absent: bool,
    now: datetime,
    thresholds: Thresholds | None,
) -> Assessment:
    """Run the rules over what is there, and look for the extraction's values in the transcript.

    `extraction_absent`: the API said that there is none. `thresholds` None: the defaults.
    """
    # Here, because no screen needs them to appear.
    from feather_tui.findings.evaluate import evaluate
    from feather_tui.findings.verdict import suspect
    from feather_tui.session.origins import find_origins

    findings = evaluate(
        copy.session,
        extraction.extraction if extraction else None,
        now=now,
        timeline=copy.timeline,
        extraction_absent=extraction_absent,
        asides=(*copy.asides, *(extraction.asides if extraction else ())),
        thresholds=thresholds,
    )
    origins = None
    if extraction is not None:
        faults = {tuple(target.path.split(".")) for target in _targets(findings) if target.path}
        origins = find_origins(copy.session, extraction.extraction, faults)
    return Assessment(findings=findings, verdict=suspect(findings), origins=origins)


def _targets(findings: Findings) -> Iterator[Target]:
    return (target for finding in findings.found for target in finding.targets)
