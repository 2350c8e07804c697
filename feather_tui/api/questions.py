"""What can be asked of the API: each question's path, and its name in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from feather_tui.session.conversation import LIST_NAME
from feather_tui.session.identity import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feather_tui.session.identity import SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One GET request.

    `path` goes below the base URL. `subject` names the answer ("extraction of session ..."). `absent` is
    the sentence, and `absent_advice` the advice, for a 404, which means something else each time.
    `kind` is None for what is not a document of a session: whoami, and the list.
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


class ListPath(StrEnum):
    """Where the list of sessions is: deployments before v1.87 have it at another place."""

    NEWER = "/v1/conversations"
    OLDER = "/v1/v2/conversations"

    @property
    def lacks(self) -> frozenset[str]:
        """The parameters that it does not know: it would ignore them, and give every session."""
        return _LACKING if self is ListPath.OLDER else frozenset()


_LACKING: Final = frozenset({"email", "from_number", "to_number", "id", "external_session_id"})


def conversations(path: ListPath, parameters: Mapping[str, str]) -> Question:
    """Ask for one page of the list of sessions."""
    # A letter that no encoding has can come from the command line; it is looked for as a question mark.
    query = urlencode(parameters, errors="replace", quote_via=quote)
    return Question(
        path=f"{path}?{query}" if query else path,
        subject=LIST_NAME,
        absent=f"The {LIST_NAME} is not where it was ({path}, HTTP 404).",
        absent_advice="Try again; then check the base URL.",
    )
