"""What one session came to, in one row: small enough to hold ten thousand of them.

The texts are the API's own, so untrusted; free text is normalised and shortened (`signature`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from feather_tui.session.identity import SessionId
from feather_tui.session.model import JsonValue
from feather_tui.session.moments import in_utc
from feather_tui.triage.signature import Signature

NO_EXTRACTION: Final = "none"
"""`Case.extraction` where the API said that there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One session as a row of triage.

    `outcome` is `knowledge_gap_analysis_outcome`, `reason` is `completion_reason`. `agent`: the assistant's
    id, of either document; `revision` the assistant's, where the list of sessions named it. `errors`: how its
    tools failed, each way once. `tools` and `retrievals` are None where the platform did not capture them.
    `worst`: the severity of its worst finding; `findings`: severity to count. `first_cause`: the suspected
    one, its rule and its words, normalised. `extraction`: its status, NO_EXTRACTION, or None if that is not
    known. `kb`: a fingerprint of the knowledge bases' state. `documents`: (document id, version) of what was
    retrieved or cited. `gates`: "mode label" of each kind of verdict. `failed`: ended badly
    (`summary.BAD_OUTCOMES`), or has a finding of high severity or worse.
    """

    session_id: SessionId
    started_at: datetime | None = None
    outcome: str | None = None
    reason: str | None = None
    channel: str = ""
    agent: str | None = None
    revision: str | None = None
    turns: int = 0
    tools: int | None = None
    tools_failed: int = 0
    errors: tuple[Signature, ...] = ()
    retrievals: int | None = None
    retrievals_missed: int = 0
    worst: str | None = None
    findings: Mapping[str, int]
    first_cause: str | None = None
    extraction: str | None = None
    models: tuple[str, ...] = ()
    kb: str | None = None
    documents: tuple[tuple[str, str | None], ...] = ()
    gates: tuple[str, ...] = ()
    failed: bool = False

    def as_json(self) -> dict[str, JsonValue]:
        """Return the row as one object of JSON, with every field, in their order.

        `started_at` is ISO 8601 in UTC; `errors` are objects with `tool` and `error`, `documents` objects
        with `id` and `version`.
        """
        tree = {field.name: getattr(self, field.name) for field in fields(self)}
        return tree | {
            "started_at": self.started_at and in_utc(self.started_at).isoformat().replace("+00:00", "Z"),
            "errors": [{"tool": each.tool, "error": each.error} for each in self.errors],
            "findings": dict(self.findings),
            "models": list(self.models),
            "documents": [{"id": name, "version": version} for name, version in self.documents],
            "gates": list(self.gates),
        }


def case_from_json(tree: Mapping[str, JsonValue]) -> Case:
    """Undo `Case.as_json`."""
    started_at = tree["started_at"]
    return Case(
        **{
            **tree,
            "started_at": started_at and datetime.fromisoformat(started_at),
            "errors": tuple(Signature(each["tool"], each["error"]) for each in tree["errors"]),
            "models": tuple(tree["models"]),
            "documents": tuple((each["id"], each["version"]) for each in tree["documents"]),
            "gates": tuple(tree["gates"]),
        }
    )
