"""A case of a rule, and the way from documents to findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from documents import START, Document, read, read_extracted

from feather_tui.findings.evaluate import evaluate
from feather_tui.findings.finding import Finding, Findings, Severity
from feather_tui.findings.thresholds import Thresholds

NOW: Final = START + timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """What the API answers: an analysis input, and an extraction, None for none; `absent`: it said 404."""

    session: Document
    extraction: Document | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A rule's three sessions.

    `lacking` is the session that fires without the evidence: the rule is then not evaluated if `says_so`,
    and finds nothing otherwise.
    """

    rule: str
    severity: Severity
    message: str
    fires: Document | Documents
    near: Document | Documents
    lacking: Document | Documents
    says_so: bool = False
    name: str = ""

    @property
    def id(self) -> str:
        """The name of the test."""
        return f"{self.rule} {self.name}".strip()


def documents_of(given: Document | Documents) -> Documents:
    """Documents, from themselves or from a session alone."""
    return given if isinstance(given, Documents) else Documents(session=given)


def find(given: Document | Documents, *, now: datetime = NOW, **thresholds: Any) -> Findings:
    """What the rules find in documents, through the program's own reading."""
    documents = documents_of(given)
    extraction = None if documents.extraction is None else read_extracted(documents.extraction)
    return evaluate(
        read(documents.session),
        extraction,
        now=now,
        extraction_absent=documents.absent,
        thresholds=Thresholds(**thresholds),
    )


def of_rule(findings: Findings, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in findings.found if finding.rule == rule]


def without(document: Document, *names: str) -> Document:
    """A document without some of its fields."""
    return {name: value for name, value in document.items() if name not in names}
