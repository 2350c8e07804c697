"""A session as it is shown, with the personal data in it masked.

Texts of people, tools and models are masked by form; free-form JSON also by its keys; so is what the records
do not know. Ids keep their digits, times and numbers of the API's own fields stay as they are.
"""

from __future__ import annotations

import json
from copy import copy
from dataclasses import fields, is_dataclass, replace
from typing import Any

from feather_tui.arrivals import Assessment, ExtractionCopy, Failure, Provenance, SessionCopy
from feather_tui.errors import FeatherError
from feather_tui.export.document import Shown
from feather_tui.export.masking.masker import Masker
from feather_tui.findings.finding import Finding
from feather_tui.session.model import Extraction, JsonValue, Session
from feather_tui.session.shape import Aside, fields_of

_IDS = frozenset({"id", "name", "type", "model_used", "query_hash"})
"""Fields of records that are ids without the name of one. `name`: of a tool."""


def masked(shown: Shown, masker: Masker) -> Shown:
    """Return what is shown, masked. Entries, findings and their places stay the same."""
    return _Masking(masker).shown(shown)


class _Masking:
    """Masks records and texts; what is met twice, as by session, timeline and body, is masked once."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker
        self._records: dict[int, Any] = {}
        self._texts: dict[str, str] = {}

    def shown(self, shown: Shown) -> Shown:
        if shown.copy is not None:
            self._masker.learn(shown.copy.session.customer_metadata)
        if shown.extraction is not None:
            self._masker.learn(shown.extraction.extraction.extracted_data)
        return replace(
            shown,
            copy=self._session(shown.copy) if shown.copy else None,
            extraction=self._extraction(shown.extraction) if shown.extraction else None,
            failures={kind: self._failure(failure) for kind, failure in shown.failures.items()},
            assessment=self._assessment(shown.assessment) if shown.assessment else None,  # quotes the others
        )

    def _session(self, copy: SessionCopy) -> SessionCopy:
        return SessionCopy(
            session=self.record(copy.session),
            timeline=tuple(map(self.record, copy.timeline)),
            summary=self.record(copy.summary),
            asides=tuple(map(self._aside, copy.asides)),
            provenance=self._provenance(copy.provenance, Session),
        )

    def _extraction(self, copy: ExtractionCopy) -> ExtractionCopy:
        return ExtractionCopy(
            extraction=self.record(copy.extraction),
            asides=tuple(map(self._aside, copy.asides)),
            provenance=self._provenance(copy.provenance, Extraction),
        )

    def _provenance(self, provenance: Provenance, record: type) -> Provenance:
        document = self._document(json.loads(provenance.body), record)
        return replace(provenance, body=json.dumps(document).encode())

    def _document(self, tree: dict[str, JsonValue], record: type) -> dict[str, JsonValue]:
        """Return a document, or a part of one, of which `record` says what its fields are."""
        known = fields_of(record)
        masked: dict[str, JsonValue] = {}
        for name, value in tree.items():
            below = known[name].record if name in known else None
            if name not in known:
                masked |= self._masker.tree({name: value})
            elif below is not None and isinstance(value, list):
                masked[name] = [self._item(item, below) for item in value]
            elif below is not None:
                masked[name] = self._item(value, below)
            else:
                masked[name] = self._value(name, value)
        return masked

    def _item(self, item: JsonValue, record: type) -> JsonValue:
        return self._document(item, record) if isinstance(item, dict) else self._masker.tree(item)

    def record(self, record: Any) -> Any:
        """Return a record of ours masked, and all records in it."""
        if id(record) not in self._records:
            values = {
                field.name: self._value(field.name, getattr(record, field.name)) for field in fields(record)
            }
            self._records[id(record)] = replace(record, **values)
        return self._records[id(record)]

    def _value(self, name: str, value: Any) -> Any:
        if is_dataclass(value):
            return self.record(value)
        if isinstance(value, tuple):
            return tuple(self._value(name, item) for item in value)
        if isinstance(value, dict | list):
            return self._masker.tree(value)
        if type(value) is not str:
            return value
        if name in _IDS or name.endswith(("_id", "_ids")):
            return self._masker.identifier(value)
        if value not in self._texts:
            self._texts[value] = self._masker.text(value)
        return self._texts[value]

    def _aside(self, aside: Aside) -> Aside:
        (value,) = self._masker.tree({aside.path.rpartition(".")[2]: aside.value}).values()
        return replace(aside, path=self._masker.text(aside.path), value=value)

    def _failure(self, failure: Failure) -> Failure:
        body = failure.body
        if body is not None:
            body = self._masker.text(body.decode("utf-8", "backslashreplace")).encode()
        return replace(failure, error=self._error(failure.error), body=body)

    def _error(self, error: FeatherError) -> FeatherError:
        masked = copy(error)
        masked.sentence, masked.advice = self._masker.text(error.sentence), self._masker.text(error.advice)
        return masked

    def _assessment(self, assessment: Assessment) -> Assessment:
        findings, verdict = assessment.findings, assessment.verdict
        masked = {id(finding): self._finding(finding) for finding in findings.found}
        return Assessment(  # without origins: they quote what was said, and nothing exported shows them
            findings=replace(findings, found=tuple(masked.values())),
            verdict=replace(
                verdict,
                causes=tuple(masked[id(cause)] for cause in verdict.causes),
                chain=tuple(masked[id(link)] for link in verdict.chain),
            ),
        )

    def _finding(self, finding: Finding) -> Finding:
        excerpt = self._masker.excerpt
        return replace(
            finding,
            message=excerpt(finding.message),
            detail=excerpt(finding.detail),
            phrase=excerpt(finding.phrase),
        )
