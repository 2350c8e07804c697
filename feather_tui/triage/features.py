"""What sessions can have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final

from feather_tui.session.moments import in_utc
from feather_tui.triage.case import Case


class Feature(StrEnum):
    """A kind of thing in common; those that say most of a cause come first."""

    TOOL_ERROR = "tool error"
    DOCUMENT = "document version"
    KB = "knowledge bases"
    MODEL = "model"
    AGENT = "agent"
    REVISION = "revision"
    GATE = "gate verdict"
    CHANNEL = "channel"
    FIRST_CAUSE = "first cause"
    REASON = "completion reason"
    HOUR = "hour"

    @property
    def column(self) -> str:
        """The column of the table (`table.COLUMNS`) that has its values."""
        return _COLUMNS[self]

    @property
    def by_definition(self) -> bool:
        """Whether it can be the very reason for which a session counts as failed."""
        return self in {Feature.TOOL_ERROR, Feature.FIRST_CAUSE, Feature.REASON, Feature.GATE}


_COLUMNS: Final = {
    Feature.TOOL_ERROR: "error",
    Feature.DOCUMENT: "document",
    Feature.KB: "kb",
    Feature.MODEL: "model",
    Feature.AGENT: "agent",
    Feature.REVISION: "revision",
    Feature.GATE: "gate",
    Feature.CHANNEL: "channel",
    Feature.FIRST_CAUSE: "cause",
    Feature.REASON: "reason",
    Feature.HOUR: "hour",
}


def features_asked(columns: Collection[str]) -> frozenset[Feature]:
    """Return what was asked for where a query names these columns; who asked for a tool knows its errors."""
    asked = {"error" if column == "tool" else column for column in columns}
    return frozenset(feature for feature in Feature if feature.column in asked)


def features_of(case: Case) -> Iterator[tuple[Feature, str]]:
    """Yield what a session has of each feature, each once; what is not recorded is left out."""
    for signature in case.errors:
        yield Feature.TOOL_ERROR, signature.text
    for name, version in case.documents:
        yield Feature.DOCUMENT, document_text(name, version)
    for model in case.models:
        yield Feature.MODEL, model
    for gate in case.gates:
        yield Feature.GATE, gate
    single = {
        Feature.KB: case.kb,
        Feature.AGENT: case.agent,
        Feature.REVISION: case.revision,
        Feature.CHANNEL: case.channel,
        Feature.FIRST_CAUSE: case.first_cause,
        Feature.REASON: case.reason,
        Feature.HOUR: case.started_at and hour_of(case.started_at),
    }
    for feature, value in single.items():
        if value:
            yield feature, value


def document_text(name: str, version: str | None) -> str:
    """Return a document and its version on one line."""
    return f"{name} {version}" if version else name


def hour_of(moment: datetime) -> str:
    """Return the hour of a moment in UTC, such as `2026-11-20 14:00Z`."""
    return f"{in_utc(moment).isoformat(' ')[:13]}:00Z"
