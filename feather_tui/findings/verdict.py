"""The suspected first cause of a session's trouble, and what it led to. A suspicion, never a proof.

The first cause is the earliest finding of high severity that may be one; where there is none, the earliest
medium one, then the last resorts, then the earliest low one. A second candidate is shown if it came within
five seconds and does not follow from the first. The chain after it holds what rules know to follow from it,
and how customer and session reacted, in the order of time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from feather_tui.findings.catalogue import BY_ID, RULES
from feather_tui.findings.finding import WHOLE_SESSION, Finding, Findings, Part, Severity, Target
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family

_SIMULTANEOUS_SECONDS: Final = 5.0
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_Moment = tuple[bool, datetime]
_ARROW: Final = " → "
_ANSWERS: Final = frozenset({Need.EXTRACTION_ANSWER})
"""Needs that an answer meets which brings no evidence."""
_PLACES: Final = {rule.id: place for place, rule in enumerate(RULES)}
_ROUTINE: Final = frozenset({"LOW_RATING"})
"""Rules whose evidence today's API never has: not worth a mention where nothing is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to look at first.

    `causes`: none, one, or two that came at about the same time. `chain`: what followed, a finding a rule.
    `looked_at` and `not_looked_at` are for a session in which nothing was found: families that had all
    their evidence, and what could not be looked at, with the reason.
    """

    causes: tuple[Finding, ...]
    chain: tuple[Finding, ...]
    looked_at: tuple[Family, ...]
    not_looked_at: tuple[str, ...]

    @property
    def weak(self) -> bool:
        """Whether the suspicion rests on findings of less than high severity only."""
        return bool(self.causes) and all(cause.severity < Severity.HIGH for cause in self.causes)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The chain in words, its causes first; two candidates are one phrase, joined by "or"."""
        if not self.causes:
            return ()
        first = " or ".join(cause.phrase for cause in self.causes)
        return (first, *(finding.phrase for finding in self.chain))

    @property
    def sentence(self) -> str:
        """The verdict on one line, raw: it is made safe where it is shown."""
        if self.causes:
            return _ARROW.join(self.phrases)
        looked = ", ".join(self.looked_at) or "nothing"
        lacking = "; ".join(self.not_looked_at)
        return f"nothing found in: {looked}" + (f"; could not look at: {lacking}" if lacking else "")


def suspect(findings: Findings) -> Verdict:
    """Return the verdict on what was found."""
    causes = _causes(findings.found)
    blind = {case.rule: case.reasons for case in findings.not_evaluated if case.rule not in _ROUTINE}
    return Verdict(
        causes=causes,
        chain=tuple(_chain(causes, findings.found)),
        looked_at=tuple(family for family in Family if _looked_at(family, blind)),
        not_looked_at=tuple(dict.fromkeys(reason for reasons in blind.values() for reason in reasons)),
    )


def _looked_at(family: Family, blind: Collection[str]) -> bool:
    """Return whether a family had evidence: none of its rules was blind, or one that needs some was not."""
    rules = [rule for rule in RULES if rule.family is family]
    seeing = [rule for rule in rules if rule.id not in blind]
    return len(seeing) == len(rules) or any(set(rule.needs) - _ANSWERS for rule in seeing)


def _causes(found: Iterable[Finding]) -> tuple[Finding, ...]:
    in_time = sorted((finding for finding in found if finding.phrase), key=_when)
    roots = _Roots(in_time)
    for candidates in _tiers(in_time):
        causes = list({id(root): root for root in map(roots.of, candidates)}.values())
        if causes:
            first = causes[0]
            second = (case for case in causes[1:] if case.phrase != first.phrase and _together(first, case))
            return (first, *islice(second, 1))
    return ()


def _tiers(in_time: list[Finding]) -> Iterator[list[Finding]]:
    """Yield the candidates of each tier in the order of time, best tier first."""
    causes = [finding for finding in in_time if finding.part is Part.CAUSE]
    yield [finding for finding in causes if finding.severity >= Severity.HIGH]
    yield [finding for finding in causes if finding.severity is Severity.MEDIUM]
    last = [finding for finding in in_time if finding.part is Part.LAST_RESORT]
    yield [finding for finding in last if finding.severity >= Severity.HIGH]
    yield [finding for finding in last if finding.severity is Severity.MEDIUM]
    yield [finding for finding in causes if finding.severity is Severity.LOW]


class _Roots:
    """What lies under a finding: another on the same target whose rule is known to lead to it."""

    def __init__(self, in_time: Iterable[Finding]) -> None:
        self._explaining: dict[tuple[Target, str], Finding] = {}
        for finding in in_time:
            for rule in BY_ID[finding.rule].explains:
                for target in finding.targets:
                    self._explaining.setdefault((target, rule), finding)

    def of(self, finding: Finding) -> Finding:
        """Return the finding that lies deepest under this one; itself if nothing does."""
        seen = {finding.rule}
        while True:
            deeper = self._under(finding)
            if deeper is None or deeper.rule in seen:
                return finding
            finding = deeper
            seen.add(finding.rule)

    def _under(self, finding: Finding) -> Finding | None:
        for target in (*finding.targets, WHOLE_SESSION):
            deeper = self._explaining.get((target, finding.rule))
            if deeper is not None:
                return deeper
        return None


def _together(first: Finding, other: Finding) -> bool:
    if first.at is None or other.at is None:
        return False
    return abs((other.at - first.at).total_seconds()) <= _SIMULTANEOUS_SECONDS


def _chain(causes: tuple[Finding, ...], found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the worst finding of each rule that belongs into the chain, in the order of time."""
    if not causes:
        return
    roots, since = _Roots(causes), min(map(_when, causes))
    told = {cause.rule for cause in causes}
    links: list[Finding] = []
    for finding in sorted(found, key=_worst_then_first):
        if not finding.phrase or finding.rule in told:
            continue
        reaction = BY_ID[finding.rule].follows and _when(finding) >= since
        if reaction or roots.of(finding) is not finding:
            told.add(finding.rule)
            links.append(finding)
    yield from sorted(links, key=_in_order)


def _when(finding: Finding) -> _Moment:
    """Return a key that sorts by time, and what has none last."""
    return finding.at is None, finding.at or _NEVER


def _in_order(finding: Finding) -> tuple[_Moment, int]:
    return _when(finding), _PLACES[finding.rule]


def _worst_then_first(finding: Finding) -> tuple[int, _Moment]:
    return -finding.severity, _when(finding)
