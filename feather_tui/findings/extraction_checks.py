"""Rules on whether an extraction can be believed: against itself, and against its session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.faults import made_at, steps, value_at
from feather_tui.findings.finding import Severity, field_target
from feather_tui.findings.line import gap, line
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen, on_extraction
from feather_tui.session.model import Extraction, JsonValue

_WHOLE: Final = field_target()
_WITH_DATA: Final = frozenset({"completed", "partial"})
_NEEDS: Final = (Need.EXTRACTION,)


def _conflict(facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    conflicts = list(_conflicts(facts, extraction))
    if conflicts:
        yield Seen(
            line=line("Extraction contradicts itself: {what}", what="; ".join(conflicts)),
            at=made_at(extraction),
            targets=(_WHOLE,),
        )


def _conflicts(facts: Facts, extraction: Extraction) -> Iterator[str]:
    if extraction.status == "completed":
        signs = {
            "missing fields": extraction.missing_required_fields,
            "validation errors": extraction.validation_errors,
            "an error message": extraction.error_message,
            "no data": extraction.extracted_data is None,
        }
        yield from (f"completed with {sign}" for sign, there in signs.items() if there)
    data = extraction.extracted_data or {}
    for field in extraction.missing_required_fields or ():
        if data.get(field) is not None or value_at(data, steps(field) or (field,)) is not None:
            yield f"{field} counts as missing and has a value"
    session = facts.session
    if not _same_id(session.session_id, extraction.session_id):
        yield "it names another session"
    if not _same_id(session.organization_id, extraction.organization_id):
        yield "it names another organization"


def _same_id(one: str, other: str) -> bool:
    return not one or not other or one.replace("-", "").lower() == other.replace("-", "").lower()


def _stale(facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    made = made_at(extraction)
    if made is None:
        return
    reopened = facts.session.reopen.timestamp if facts.session.reopen else None
    last_row = max((said.at for said in facts.rows if said.at is not None), default=None)
    events = {"reopening": reopened, "end": facts.session.ended_at, "last message": last_row}
    late = {
        name: (moment - made).total_seconds()
        for name, moment in events.items()
        if moment is not None and (moment - made).total_seconds() > facts.thresholds.extraction_stale_seconds
    }
    if late:
        event = "reopening" if "reopening" in late else max(late, key=late.__getitem__)
        yield Seen(
            line=line(
                "Extraction is {age} older than the session's {event}", age=gap(late[event]), event=event
            ),
            at=made,
            targets=(_WHOLE,),
            severity=Severity.HIGH if "reopening" in late else Severity.MEDIUM,
            phrase="the extraction is of before",
        )


def _empty(facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    if extraction.status not in _WITH_DATA or extraction.extracted_data is None:
        return
    leaves = list(_leaves(extraction.extracted_data))
    empty = sum(map(_is_blank, leaves))
    if empty > facts.thresholds.extraction_empty_share * len(leaves):
        yield Seen(
            line=line("{n} of {m} extracted values are empty", n=empty, m=len(leaves)),
            at=made_at(extraction),
            targets=(_WHOLE,),
        )


def _leaves(tree: JsonValue) -> Iterator[JsonValue]:
    """Yield the values of a tree that hold no others; an empty object or list is one, but for the root."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        if children or node is tree:
            waiting.extend(children)
        else:
            yield node


def _is_blank(value: JsonValue) -> bool:
    return value is None or value in ({}, []) or (isinstance(value, str) and not value.strip())


RULES: Final = (
    Rule(
        id="X_CONFLICT",
        family=Family.EXTRACTION,
        title="Extraction contradicts itself",
        severity=Severity.MEDIUM,
        reason="Two parts of the result, or the result and its session, cannot both be right.",
        fields=(
            "X.status",
            "X.extracted_data",
            "X.missing_required_fields",
            "X.session_id",
            "X.organization_id",
        ),
        evaluate=on_extraction(_conflict),
        needs=_NEEDS,
    ),
    Rule(
        id="X_STALE",
        family=Family.EXTRACTION,
        title="Extraction out of date",
        severity=Severity.MEDIUM,
        also=(Severity.HIGH,),
        reason="The session went on after the extraction was made.",
        fields=(
            "X.updated_at",
            "A.reopen.timestamp",
            "A.ended_at",
            "A.messages[].timestamp",
        ),
        evaluate=on_extraction(_stale),
        needs=_NEEDS,
    ),
    Rule(
        id="X_EMPTY",
        family=Family.EXTRACTION,
        title="Mostly empty",
        severity=Severity.MEDIUM,
        reason="More values are empty than filled: the schema does not fit, or nothing was said.",
        fields=("X.extracted_data",),
        evaluate=on_extraction(_empty),
        needs=_NEEDS,
    ),
)
