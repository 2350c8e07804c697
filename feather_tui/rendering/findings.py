"""Findings as rows: the rail, the line of the one that was gone to, the suspected first cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from feather_tui.findings.finding import Finding, Findings, Severity
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, Tone, cells, fit, fit_row, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.wrap import wrap

if TYPE_CHECKING:
    from feather_tui.findings.verdict import Verdict  # the type alone: importing it reads every rule

MOST_OF_A_RULE = 3
"""More findings of one rule than this are folded into one line with their count."""

_TONES: dict[Severity, Tone] = {
    Severity.CRITICAL: "bad",
    Severity.HIGH: "bad",
    Severity.MEDIUM: "warn",
    Severity.LOW: "text",
    Severity.INFO: "dim",
}
_SHORT = {Severity.CRITICAL: "crit", Severity.MEDIUM: "med"}


def severity_span(severity: Severity, look: Look, *, short: bool = False) -> Span:
    """Return sign and word of a severity; the word is shortened on narrow screens, or where asked to."""
    word = severity.label if look.wide and not short else _SHORT.get(severity, severity.label)
    return f"{look.glyphs.mark} {word}", _TONES[severity]


class FindingBlock:
    """A line of the rail: one finding, or several of one rule folded into one."""

    def __init__(self, members: Sequence[Finding]) -> None:
        self.members = members

    @property
    def foldable(self) -> bool:
        """Whether it stands for several findings."""
        return len(self.members) > 1

    def estimate(self, look: Look) -> int:
        """One row."""
        del look
        return 1

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return one row, or one for each finding when expanded."""
        del parts
        if expanded:
            return [finding_row(finding, look) for finding in self.members]
        others = len(self.members) - 1
        return [finding_row(self.members[0], look, f"  and {others} more like it" if others else "")]


def rail_blocks(findings: Findings) -> list[FindingBlock]:
    """Return the lines of the rail, worst first; more than three of a rule are folded."""
    alike: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings.found:
        alike.setdefault((finding.severity, finding.rule), []).append(finding)
    blocks: list[FindingBlock] = []
    for finding in findings.found:
        members = alike[finding.severity, finding.rule]
        if len(members) <= MOST_OF_A_RULE:
            blocks.append(FindingBlock([finding]))
        elif finding is members[0]:
            blocks.append(FindingBlock(members))
    return blocks


def finding_row(finding: Finding, look: Look, suffix: str = "") -> Row:
    """Return a finding in one row: severity, time, what was found."""
    sign, tone = severity_span(finding.severity, look)
    heuristic = "heuristic: " if finding.heuristic else ""
    head: Row = (
        (f" {sign:<{_sign_width(look)}} ", tone),
        (f"{look.clock.time(finding.at) if finding.at else '':<8}  ", "dim"),
        (heuristic, "dim"),
    )
    room = look.width - 2 - cells(suffix)
    row = fit_row((*head, (safe_line(finding.message), "text")), room)
    return (*row, (suffix, "dim")) if suffix else row


def finding_rows(finding: Finding, look: Look) -> list[Row]:
    """Return a finding whole, in as many rows as it needs."""
    sign, tone = severity_span(finding.severity, look)
    head: Row = (
        (f" {sign:<{_sign_width(look)}} ", tone),
        (f"{look.clock.time(finding.at) if finding.at else '':<8}  ", "dim"),
    )
    return _hanging(head, finding, look)


def current_rows(finding: Finding, number: int, total: int, look: Look) -> list[Row]:
    """Return the line of the finding that was gone to, whole, such as `3/11 ● high 14:02:16 …`."""
    head: Row = (
        (f" {number}/{total}  ", "accent"),
        severity_span(finding.severity, look),
        (f"  {look.clock.time(finding.at)}  " if finding.at else "  ", "dim"),
    )
    return _hanging(head, finding, look)


def _hanging(head: Row, finding: Finding, look: Look) -> list[Row]:
    text = f"{'heuristic: ' if finding.heuristic else ''}{safe_line(finding.message)}"
    indent = width_of(head)
    lines = wrap(text, max(look.width - indent - 1, 20))
    return [(*head, (lines[0], "text")), *(((" " * indent, "text"), (line, "text")) for line in lines[1:])]


def counts_row(findings: Findings, look: Look) -> Row:
    """Return how many findings of each severity there are, and how many rules could not look."""
    spans: list[Span] = [(" findings   ", "dim")]
    for severity, number in findings.counts.items():
        spans += [(f"{look.glyphs.mark} {number} {severity.label}", _TONES[severity]), ("   ", "text")]
    if not findings.found:
        spans.append((f"{look.glyphs.good} none   ", "good"))
    unlooked = len(findings.not_evaluated)
    if unlooked:
        spans.append((f"{unlooked} rule{'s' * (unlooked != 1)} not evaluated", "warn"))
    return fit_row(spans, look.width)


def not_evaluated_rows(findings: Findings, look: Look) -> Iterator[Row]:
    """Yield why rules could not look: reasons, and the rules each kept from looking."""
    by_reason: dict[str, list[str]] = {}
    for rule in findings.not_evaluated:
        by_reason.setdefault(rule.because, []).append(rule.rule)
    for because, rules in by_reason.items():
        lines = wrap(safe_line(f"not evaluated, {because}: {', '.join(rules)}"), look.width - 4)
        yield from (((f" {line}", "dim"),) for line in lines)


def suspicion_rows(verdict: Verdict, look: Look, most: int) -> list[Row]:
    """Return the suspected cause and its chain, or what was looked at in vain, in `most` rows at most."""
    label = " suspected   " if verdict.causes and not verdict.weak else " suspected, weakly   "
    if not verdict.causes:
        label = " verdict   "
    lines = wrap(safe_line(verdict.sentence), max(look.width - len(label) - 1, 20))
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), look.width - len(label) - 1)]
    tone: Tone = "text" if verdict.causes else "dim"
    heads: list[Span] = [(label, "warn" if verdict.causes else "dim")]
    heads += [(" " * len(label), "text")] * (len(lines) - 1)
    return [(head, (line, tone)) for head, line in zip(heads, lines, strict=True)]


def looking_row() -> Row:
    """Return what stands where the suspected cause will be, while the rules are at work."""
    return ((" verdict   ", "dim"), ("looking for what went wrong …", "dim"))


def _sign_width(look: Look) -> int:
    return 10 if look.wide else 6
