"""Findings as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from feather_tui.export.document import Shown
from feather_tui.findings.finding import Finding, Severity, Target
from feather_tui.rendering.clock import Clock, iso
from feather_tui.rendering.findings import (
    counts_row,
    finding_rows,
    not_evaluated_rows,
    suspicion_rows,
)
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, text_of
from feather_tui.session.model import JsonValue

_ALL_ROWS = 1_000


def assessment_lines(shown: Shown, least: Severity, width: int) -> Iterator[str]:
    """Yield suspicion, counts and findings as lines; those less severe than `least` are counted only."""
    if shown.assessment is None:
        return
    look = Look(width=width, clock=Clock(now=datetime.now(UTC)))
    findings = shown.assessment.findings
    rows: list[Row] = [*suspicion_rows(shown.assessment.verdict, look, _ALL_ROWS), counts_row(findings, look)]
    for finding in findings.found:
        if finding.severity >= least:
            rows += finding_rows(finding, look)
    left = sum(finding.severity < least for finding in findings.found)
    if left:
        rows.append(((f" {left} less severe than {least.label} left out", "dim"),))
    yield from map(text_of, [*rows, *not_evaluated_rows(findings, look)])


def assessment_json(shown: Shown, least: Severity) -> dict[str, JsonValue]:
    """Return one object: `session_id`, `suspected` (chain, causes, weak), `findings`, `not_evaluated`.

    A finding has `id` (of its rule), `severity`, `message`, `at` (UTC, or null), `heuristic`, `detail` and
    `targets`: objects with `kind`, and `index`, `request`, `path`, `id` where they have one.
    """
    if shown.assessment is None:
        return {"session_id": shown.session_id}
    findings, verdict = shown.assessment.findings, shown.assessment.verdict
    return {
        "session_id": shown.session_id,
        "suspected": {
            "chain": list(verdict.phrases),
            "causes": [finding.rule for finding in verdict.causes],
            "weak": verdict.weak,
        }
        if verdict.causes
        else None,
        "counts": {severity.label: number for severity, number in findings.counts.items()},
        "findings": [_finding(finding) for finding in findings.found if finding.severity >= least],
        "not_evaluated": [{"id": case.rule, "because": case.because} for case in findings.not_evaluated],
    }


def _finding(finding: Finding) -> dict[str, JsonValue]:
    return {
        "id": finding.rule,
        "severity": finding.severity.label,
        "message": finding.message,
        "at": iso(finding.at) or None,
        "heuristic": finding.heuristic,
        "detail": finding.detail,
        "targets": [_target(target) for target in finding.targets],
    }


def _target(target: Target) -> dict[str, JsonValue]:
    said: dict[str, JsonValue] = {"kind": target.kind.value}
    if target.index is not None:
        said["index"] = target.index
    if target.request is not None:
        said["request"] = list(target.request)
    texts = {"path": target.path, "id": target.id}
    return said | {name: text for name, text in texts.items() if text}
