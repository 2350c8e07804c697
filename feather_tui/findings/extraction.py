"""Rules on the extraction: whether there is one, how it went, and what it lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.faults import Fault, faults_of, made_at
from feather_tui.findings.finding import Part, Severity, field_target
from feather_tui.findings.line import line, seconds
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen, on_extraction
from feather_tui.session.model import Extraction

_WHOLE: Final = field_target()
_FAULTY: Final = frozenset({"partial", "validation_failed"})


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
            at=made_at(extraction),
            targets=(_WHOLE,),
            phrase="the extraction failed",
        )


def _missing(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    faults = faults_of(extraction)
    errors = _errors_by_path(faults)
    for fault in faults:
        if fault.missing:
            yield Seen(
                line=line("Required field lost: {field}", field=fault.dotted),
                at=made_at(extraction),
                targets=(field_target(fault.dotted),),
                phrase=f"the extraction lost {fault.dotted}",
                detail="; ".join(errors.get(fault.path, ())),
            )


def _invalid(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    faults = faults_of(extraction)
    missing = {fault.path for fault in faults if fault.missing}
    for path, texts in _errors_by_path(faults).items():
        if path in missing:
            continue
        dotted = ".".join(path)
        yield Seen(
            line=line("{path}: {message}", path=dotted or "no field named", message="; ".join(texts)),
            at=made_at(extraction),
            targets=(field_target(dotted),),
            phrase=f"the extraction got {dotted} wrong" if dotted else "the extraction is invalid",
        )


def _errors_by_path(faults: list[Fault]) -> dict[tuple[str, ...], list[str]]:
    errors: dict[tuple[str, ...], list[str]] = {}
    for fault in faults:
        if not fault.missing:
            errors.setdefault(fault.path, []).append(fault.text)
    return errors


def _partial(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    if extraction.status in _FAULTY and not faults_of(extraction):
        yield Seen(
            line=line("{status}, but no field named", status=extraction.status),
            at=made_at(extraction),
            targets=(_WHOLE,),
        )


def _skipped(_facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    if extraction.status == "skipped":
        yield Seen(
            line=line("Extraction skipped: {reason}", reason=extraction.skip_reason or "no reason given"),
            at=made_at(extraction),
            targets=(_WHOLE,),
        )


def _slow(facts: Facts, extraction: Extraction) -> Iterator[Seen]:
    took = extraction.latency_ms
    if took is not None and took >= facts.thresholds.extraction_ms:
        yield Seen(
            line=line("Extraction took {took}", took=seconds(took)),
            at=made_at(extraction),
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
        needs=(Need.EXTRACTION_ANSWER,),
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
        evaluate=on_extraction(_failed),
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
        evaluate=on_extraction(_invalid),
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
        evaluate=on_extraction(_missing),
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
        evaluate=on_extraction(_partial),
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
        evaluate=on_extraction(_skipped),
        needs=_NEEDS,
    ),
    Rule(
        id="X_SLOW",
        family=Family.EXTRACTION,
        title="Slow extraction",
        severity=Severity.LOW,
        reason="Long runs are close to their limits.",
        fields=("X.latency_ms",),
        evaluate=on_extraction(_slow),
        needs=_NEEDS,
    ),
)
