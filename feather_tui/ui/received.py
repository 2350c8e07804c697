"""The documents of the opened session as they were received, whether they could be read or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.ui.opened import OpenedSession

_FILE_WORDS: Final = {DocumentKind.ANALYSIS: "analysis", DocumentKind.EXTRACTION: "extraction"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The body of an answer. `refusal` says why it could not be read; empty for one that could."""

    session_id: SessionId
    kind: DocumentKind
    body: bytes
    refusal: str = ""

    @property
    def label(self) -> str:
        """What it is, for people."""
        return f"{self.kind.label}, not readable" if self.refusal else self.kind.label

    @property
    def file_name(self) -> str:
        """The name of a file that holds it, without an ending."""
        return f"session-{self.session_id}-{_FILE_WORDS[self.kind]}"


def received(opened: OpenedSession, first: DocumentKind) -> list[Received]:
    """Return what there is: of the kind that is asked for first, then of the other; what is shown first."""
    kinds = sorted(DocumentKind, key=lambda kind: kind is not first)
    return [document for kind in kinds for document in _of_kind(opened, kind)]


def _of_kind(opened: OpenedSession, kind: DocumentKind) -> Iterator[Received]:
    copy = opened.copy if kind is DocumentKind.ANALYSIS else opened.extraction
    if copy is not None:
        yield Received(session_id=opened.session_id, kind=kind, body=copy.provenance.body)
    refused = opened.refused.get(kind)
    if refused is not None and refused.body is not None:
        yield Received(
            session_id=opened.session_id, kind=kind, body=refused.body, refusal=refused.error.sentence
        )
