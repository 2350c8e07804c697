"""Run every rule over one session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from feather_tui.findings.catalogue import RULES
from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Finding, Findings, NotEvaluated
from feather_tui.findings.rule import Evidence
from feather_tui.findings.thresholds import Thresholds
from feather_tui.session.model import Extraction, Session
from feather_tui.session.shape import Aside
from feather_tui.session.timeline import Entry, build

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def evaluate(
    session: Session,
    extraction: Extraction | None,
    *,
    now: datetime,
    timeline: Sequence[Entry] | None = None,
    extraction_absent: bool = False,
    asides: Sequence[Aside] = (),
    thresholds: Thresholds | None = None,
) -> Findings:
    """Return what the rules find in a session and its extraction: the same for the same documents.

    `timeline` is the session's, if it was built already. `extraction_absent`: the API answered 404 for the
    extraction, which is something else than not having it yet. `asides` are what the reading of both
    documents set aside. `now` decides whether a missing extraction is late. The cost is linear in the
    documents, but for sorting.
    """
    facts = Facts(
        session,
        build(session) if timeline is None else timeline,
        extraction,
        extraction_absent=extraction_absent,
        asides=asides,
        now=now,
        thresholds=thresholds or Thresholds(),
    )
    evidence = Evidence(facts)
    found: list[Finding] = []
    not_evaluated: list[NotEvaluated] = []
    for rule in RULES:
        missing = evidence.missing_for(rule)
        if missing:
            not_evaluated.append(NotEvaluated(rule=rule.id, reasons=missing))
        else:
            found += rule.look(facts)
    found.sort(key=_worst_first)
    return Findings(found=tuple(found), not_evaluated=tuple(not_evaluated))


def _worst_first(finding: Finding) -> tuple[int, bool, datetime]:
    return -finding.severity, finding.at is None, finding.at or _NEVER
