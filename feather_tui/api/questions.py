"""What can be asked of the API: each question's path, and its name in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from feather_tui.session.identity import DocumentKind

if TYPE_CHECKING:
    from feather_tui.session.identity import SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One GET request.

    `path` goes below the base URL. `subject` names the answer ("extraction of session ..."). `absent` is
    the sentence, and `absent_advice` the advice, for a 404, which means something else each time.
    `kind` is None for whoami, which is not a document of a session.
    """

    path: str
    subject: str
    absent: str
    absent_advice: str
    kind: DocumentKind | None = None


def document(kind: DocumentKind, session_id: SessionId) -> Question:
    """Ask for one of the two documents of a session."""
    if kind is DocumentKind.ANALYSIS:
        return Question(
            kind=kind,
            path=f"/v1/sessions/{session_id}/analysis-input",
            subject=f"{kind.label} of session {session_id}",
            absent=f"Session {session_id} was not found (HTTP 404): "
            "it does not exist, or it belongs to another organization than the key.",
            absent_advice="Check the id, and that profile, host and key are the ones it came from.",
        )
    return Question(
        kind=kind,
        path=f"/v1/conversations/{session_id}/extraction",
        subject=f"{kind.label} of session {session_id}",
        absent=f"No extraction was found for session {session_id} (HTTP 404): "
        "none exists yet, or the session is absent or another organization's.",
        absent_advice="Extraction runs after a session has ended: look again in a minute.",
    )


WHOAMI: Final = Question(
    path="/v1/identity/whoami",
    subject="identity of the key",
    absent="The API does not know /v1/identity/whoami (HTTP 404).",
    absent_advice="Check the base URL.",
)
"""Ask who the key belongs to; any valid key may."""
