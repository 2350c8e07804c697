"""A session as JSON: both documents as received, and what is to be known about them.

ASCII only: everything else is escaped, so that it is safe to print and survives any pipe.
"""

from __future__ import annotations

import json

from feather_tui.arrivals import ExtractionCopy, Failure, SessionCopy
from feather_tui.errors import DocumentUnreadable
from feather_tui.export.document import Shown
from feather_tui.export.findings import assessment_json
from feather_tui.export.json_entries import LISTS, entries_json
from feather_tui.findings.finding import Severity
from feather_tui.rendering.clock import iso
from feather_tui.session.identity import DocumentKind
from feather_tui.session.kept import Kept
from feather_tui.session.model import JsonValue


def json_text(shown: Shown, only: str | None, kept: Kept | None = None) -> str:
    """Return one JSON object.

    Keys: `session_id`; `analysis_input` and `extraction` (as received, or null); `fetched_at` and `source`
    (an object each, by document); `errors` (a list). `only` = "extraction" leaves the analysis input out, any
    other choice the extraction; "findings" gives what the rules find instead.

    What a filter kept is no document as received, and must not be taken for one: then `filter` comes first
    (`text`, `description`, and the numbers `entries`, `kept` and `left_out`), the analysis input has none of
    the lists that entries are made of, and `entries` (see `json_entries`) has the records of what was kept.
    """
    copies: dict[DocumentKind, SessionCopy | ExtractionCopy | None] = {}
    if only != "extraction":
        copies[DocumentKind.ANALYSIS] = shown.copy
    if only in {None, "extraction"}:
        copies[DocumentKind.EXTRACTION] = shown.extraction
    present = {kind: copy.provenance for kind, copy in copies.items() if copy is not None}
    if only == "findings":
        return json.dumps(assessment_json(shown, Severity.INFO), indent=2) + "\n"
    bodies = {kind: json.loads(present[kind].body) if kind in present else None for kind in copies}
    document = {
        "session_id": shown.session_id,
        **({} if kept is None or shown.copy is None else _filtered(shown.copy, kept, bodies)),
        **{kind.value: body for kind, body in bodies.items()},
        "fetched_at": {kind.value: iso(provenance.fetched_at) for kind, provenance in present.items()},
        "source": {kind.value: provenance.source.value for kind, provenance in present.items()},
        "errors": [_error(failure) for failure in shown.failures.values() if failure.kind in copies],
    }
    return json.dumps(document, indent=2) + "\n"


def _filtered(copy: SessionCopy, kept: Kept, bodies: dict[DocumentKind, JsonValue]) -> dict[str, JsonValue]:
    """Return what stands for the lists of the analysis input that entries are made of; take them out."""
    whole = bodies[DocumentKind.ANALYSIS]
    bodies[DocumentKind.ANALYSIS] = {name: part for name, part in whole.items() if name not in LISTS}
    return {
        "filter": {
            "text": str(kept.by),
            "description": kept.by.description,
            "entries": kept.entries,
            "kept": len(kept.positions),
            "left_out": kept.hidden,
        },
        "entries": entries_json(copy.timeline, kept.positions, whole),
    }


def _error(failure: Failure) -> dict[str, JsonValue]:
    error = failure.error
    said: dict[str, JsonValue] = {
        "document": failure.kind.value,
        "message": error.sentence,
        "advice": error.advice,
        "status": error.status,
        "exit_status": error.exit_status,
    }
    if isinstance(error, DocumentUnreadable):
        said["path"] = error.path
        said["received"] = failure.body.decode("utf-8", "backslashreplace") if failure.body else None
    return said
