"""Rules on the extraction: whether there is one, what it lost, and whether it fits its session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.faults import Fault, faults_of, steps, value_at
from feather_tui.findings.finding import Part, Severity, field_target
from feather_tui.findings.line import gap, line, seconds
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.session.model import Extraction, JsonValue

_WHOLE: Final = field_target()
_FAULTY: Final = frozenset({"partial", "validation_failed"})
_WITH_DATA: Final = frozenset({"completed", "partial"})


def _of_extraction(look: Callable[[Facts, Extraction], Iterable[Seen]]) -> Callable[[Facts], Iterable[Seen]]:
    """Return a rule's function that looks at the extraction; without one it sees nothing."""

    def evaluate(facts: Facts) -> Iterable[Seen]:
        return () if facts.extraction is None else look(facts, facts.extraction)

    return evaluate


def _made_at(extraction: Extraction) -> datetime | None:
    return extraction.updated_at or extraction.created_at


def _none(facts: Facts) -> Iterator[Seen]:
    if not facts.extraction_absent or facts.extraction is not None:
        return
    severity, detail = Severity.INFO, "it ended only just now, or it is not known when"
    if facts.end is not None:
        late = (facts.now - facts.end).total_seconds() > facts.thresholds.extraction_due_seconds
        severity, detail = (Severity.MEDIUM, "") if late else (severity, detail)
    if not facts.users:
        severity, detail = Severity.INFO, "no customer said anything that could be extracted"
    yield Seen(
        line=line("No extraction for this session"),
        at=None,
        targets=(_WHOLE,),
        severity=severity,
        detail=detail,
    )


def _failed(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    if extraction.status == "failed":
        yield Seen(
            line=line("Extraction failed: {error}", error=extraction.error_message or "no reason given"),
            at=_made_at(extraction),
            targets=(_WHOLE,),
            phrase="the extraction failed",
        )


def _missing(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    for fault in faults_of(extraction):
        if fault.missing:
            said = [other.text for other in _invalid_faults(extraction) if other.path == fault.path]
            yield Seen(
                line=line("Required field lost: {field}", field=fault.dotted),
                at=_made_at(extraction),
                targets=(field_target(fault.dotted),),
                phrase=f"the extraction lost {fault.dotted}",
                detail="; ".join(said),
            )


def _invalid_faults(extraction: Extraction) -> list[Fault]:
    return [fault for fault in faults_of(extraction) if not fault.missing]


def _invalid(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    missing = {fault.path for fault in faults_of(extraction) if fault.missing}
    by_path: dict[tuple[str, ...], list[str]] = {}
    for fault in _invalid_faults(extraction):
        if fault.path not in missing:
            by_path.setdefault(fault.path, []).append(fault.text)
    for path, texts in by_path.items():
        dotted = ".".join(path)
        yield Seen(
            line=line("{path}: {message}", path=dotted or "no field named", message="; ".join(texts)),
            at=_made_at(extraction),
            targets=(field_target(dotted),),
            phrase=f"the extraction got {dotted} wrong" if dotted else "the extraction is invalid",
        )


def _partial(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    if extraction.status in _FAULTY and not faults_of(extraction):
        yield Seen(
            line=line("{status}, but no field named", status=extraction.status),
            at=_made_at(extraction),
            targets=(_WHOLE,),
        )


def _skipped(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    if extraction.status == "skipped":
        yield Seen(
            line=line("Extraction skipped: {reason}", reason=extraction.skip_reason or "no reason given"),
            at=_made_at(extraction),
            targets=(_WHOLE,),
        )


def _conflict(facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    conflicts = list(_conflicts(facts, extraction))
    if conflicts:
        yield Seen(
            line=line("Extraction contradicts itself: {what}", what="; ".join(conflicts)),
            at=_made_at(extraction),
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
    made = _made_at(extraction)
    if made is None:
        return
    reopened = facts.session.reopen.timestamp if facts.session.reopen else None
    last_row = facts.rows[-1].at if facts.rows else None
    events = {"reopening": reopened, "end": facts.session.ended_at, "last message": last_row}
    late = {
        name: (moment - made).total_seconds()
        for name, moment in events.items()
        if moment is not None and (moment - made).total_seconds() > facts.thresholds.extraction_stale_seconds
    }
    if late:
        event = max(late, key=late.__getitem__)
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
            at=_made_at(extraction),
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


def _slow(facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    took = extraction.latency_ms
    if took is not None and took >= facts.thresholds.extraction_ms:
        yield Seen(
            line=line("Extraction took {took}", took=seconds(took)),
            at=_made_at(extraction),
            targets=(_WHOLE,),
        )


_NEEDS: Final = (Need.EXTRACTION,)

RULES: Final = (
    Rule(
        id="X_NONE",
        family=Family.EXTRACTION,
        title="No extraction",
        severity=Severity.MEDIUM,
        also=(Severity.INFO,),
        reason="Nothing was extracted, or not yet; right after the end that is normal.",
        fields=("A.ended_at",),
        evaluate=_none,
    ),
    Rule(
        id="X_FAILED",
        family=Family.EXTRACTION,
        title="Extraction failed",
        severity=Severity.HIGH,
        reason="No usable result came out.",
        fields=(
            "X.status",
            "X.error_message",
        ),
        evaluate=_of_extraction(_failed),
        needs=_NEEDS,
        part=Part.LAST_RESORT,
    ),
    Rule(
        id="X_INVALID",
        family=Family.EXTRACTION,
        title="Invalid value",
        severity=Severity.HIGH,
        reason="A value broke the schema; several errors of one path are told together.",
        fields=("X.validation_errors[]",),
        evaluate=_of_extraction(_invalid),
        needs=_NEEDS,
        part=Part.LAST_RESORT,
    ),
    Rule(
        id="X_MISSING",
        family=Family.EXTRACTION,
        title="Required field lost",
        severity=Severity.HIGH,
        reason="A field that the schema requires did not come out.",
        fields=(
            "X.missing_required_fields[]",
            "X.validation_errors[]",
        ),
        evaluate=_of_extraction(_missing),
        needs=_NEEDS,
        part=Part.LAST_RESORT,
    ),
    Rule(
        id="X_PARTIAL",
        family=Family.EXTRACTION,
        title="Incomplete, unexplained",
        severity=Severity.MEDIUM,
        reason="The status says that something is wrong, and nothing says what.",
        fields=(
            "X.status",
            "X.validation_errors",
            "X.missing_required_fields",
        ),
        evaluate=_of_extraction(_partial),
        needs=_NEEDS,
    ),
    Rule(
        id="X_SKIPPED",
        family=Family.EXTRACTION,
        title="Extraction skipped",
        severity=Severity.LOW,
        reason="It was not attempted, for the reason given.",
        fields=(
            "X.status",
            "X.skip_reason",
        ),
        evaluate=_of_extraction(_skipped),
        needs=_NEEDS,
    ),
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
        evaluate=_of_extraction(_conflict),
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
        evaluate=_of_extraction(_stale),
        needs=_NEEDS,
    ),
    Rule(
        id="X_EMPTY",
        family=Family.EXTRACTION,
        title="Mostly empty",
        severity=Severity.MEDIUM,
        reason="More values are empty than filled: the schema does not fit, or nothing was said.",
        fields=("X.extracted_data",),
        evaluate=_of_extraction(_empty),
        needs=_NEEDS,
    ),
    Rule(
        id="X_SLOW",
        family=Family.EXTRACTION,
        title="Slow extraction",
        severity=Severity.LOW,
        reason="Long runs are close to their limits.",
        fields=("X.latency_ms",),
        evaluate=_of_extraction(_slow),
        needs=_NEEDS,
    ),
)
