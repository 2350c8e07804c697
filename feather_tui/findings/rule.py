"""What a rule is: a record that says what it looks for, from which fields, and a function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Finding, Part, Severity, Target
from feather_tui.findings.line import Line, excerpt
from feather_tui.findings.needs import Need, because, not_captured, unmet
from feather_tui.session.model import Extraction

_PHRASE_CHARACTERS: Final = 100


class Family(StrEnum):
    """What a rule is about."""

    ENDING = "ending"
    TOOLS = "tools"
    SPEED = "speed"
    RETRIEVAL = "retrieval"
    CONVERSATION = "conversation"
    EVIDENCE = "evidence"
    EXTRACTION = "extraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One case that a rule's function saw. What is None is as the rule's record says."""

    line: Line
    at: datetime | None
    targets: tuple[Target, ...]
    severity: Severity | None = None
    heuristic: bool | None = None
    part: Part | None = None
    phrase: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule, complete.

    `severity` is the usual one, `also` are the others it may give. `reason`: in one sentence, why this is
    worth a look. `fields`: where it looks, in the API's names (A: the analysis input, X: the extraction).
    `needs`: what must be on record; with `from_absence` the rule draws its conclusion from what is *not*
    there, so that what was captured in part does not do.

    For the verdict: `part` says whether a finding may be the first cause, `follows` whether it belongs into
    any chain after its cause, and `explains` names the rules whose findings follow from this one's.
    """

    id: str
    family: Family
    title: str
    severity: Severity
    reason: str
    fields: tuple[str, ...]
    evaluate: Callable[[Facts], Iterable[Seen]]
    also: tuple[Severity, ...] = ()
    needs: tuple[Need, ...] = ()
    from_absence: bool = False
    heuristic: bool = False
    part: Part = Part.NONE
    follows: bool = False
    explains: tuple[str, ...] = ()

    def look(self, facts: Facts) -> Iterator[Finding]:
        """Yield the findings of this rule, in the order in which its function saw them."""
        for seen in self.evaluate(facts):
            yield Finding(
                rule=self.id,
                severity=self.severity if seen.severity is None else seen.severity,
                message=seen.line.text,
                at=seen.at,
                targets=seen.targets,
                heuristic=self.heuristic if seen.heuristic is None else seen.heuristic,
                shortened=seen.line.shortened,
                detail=seen.detail,
                phrase=excerpt(seen.phrase, _PHRASE_CHARACTERS),
                part=self.part if seen.part is None else seen.part,
            )


def on_extraction(look: Callable[[Facts, Extraction], Iterable[Seen]]) -> Callable[[Facts], Iterable[Seen]]:
    """Return a rule's function for one that looks at the extraction; without one it sees nothing."""

    def evaluate(facts: Facts) -> Iterable[Seen]:
        return () if facts.extraction is None else look(facts, facts.extraction)

    return evaluate


class Evidence:
    """What of the evidence is missing in one session, asked by rule."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._declared = not_captured(facts)
        self._unmet = unmet(facts)

    def missing_for(self, rule: Rule) -> tuple[str, ...]:
        """Return why a rule cannot look, in words; empty if it can."""
        lacking = self._unmet | self._declared if rule.from_absence else self._unmet
        return tuple(because(need, self._facts) for need in rule.needs if need in lacking)
