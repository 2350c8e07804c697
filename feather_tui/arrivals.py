"""What arrives when a session is opened: copies of its documents, failures, and what is found in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from feather_tui.errors import FeatherError
from feather_tui.session.identity import DocumentKind
from feather_tui.session.model import Extraction, Session
from feather_tui.session.shape import Aside
from feather_tui.session.summary import Summary
from feather_tui.session.timeline import Entry

if TYPE_CHECKING:
    from feather_tui.findings.finding import Findings
    from feather_tui.findings.verdict import Verdict
    from feather_tui.session.origins import Origins


class Source(StrEnum):
    """Where a document came from."""

    API = "api"
    CACHE = "cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """A document as received, from where, and when. `checked_at`: when the API last said the same."""

    body: bytes
    source: Source
    fetched_at: datetime
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCopy:
    """A session that was read, with its timeline and summary."""

    session: Session
    asides: tuple[Aside, ...]
    timeline: tuple[Entry, ...]
    summary: Summary
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionCopy:
    """An extraction that was read."""

    extraction: Extraction
    asides: tuple[Aside, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that did not arrive, or could not be read. `body` is what came, if something did."""

    kind: DocumentKind
    error: FeatherError
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is found in what has arrived so far: by the rules, and of the extraction in the transcript."""

    findings: Findings
    verdict: Verdict
    origins: Origins | None = None


Copy = SessionCopy | ExtractionCopy
Arrival = Copy | Failure | Assessment
