"""Every rule fires where it should, nearly fires where it should not, and says when it could not look."""

from __future__ import annotations

import pytest
from finding_cases.case import Case, find, of_rule
from finding_cases.every import CASES

from feather_tui.findings.catalogue import BY_ID, RULES
from feather_tui.findings.line import MAX_CHARACTERS

each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


@each
def test_it_fires(case: Case) -> None:
    (finding,) = of_rule(find(case.fires), case.rule)
    assert (finding.severity, finding.message) == (case.severity, case.message)
    assert finding.targets
    assert len(finding.message) <= MAX_CHARACTERS


@each
def test_a_near_miss_does_not_fire(case: Case) -> None:
    findings = find(case.near)
    assert not of_rule(findings, case.rule)
    assert case.rule not in {unable.rule for unable in findings.not_evaluated}


@each
def test_without_its_evidence_it_says_so_or_is_silent(case: Case) -> None:
    findings = find(case.lacking)
    assert not of_rule(findings, case.rule)
    assert (case.rule in {unable.rule for unable in findings.not_evaluated}) == case.says_so


def test_every_rule_has_a_case_for_each_of_its_needs_that_a_document_can_lack() -> None:
    assert {case.rule for case in CASES} == set(BY_ID)
    silent = {case.rule for case in CASES} - {case.rule for case in CASES if case.says_so}
    needing = {rule.id for rule in RULES if rule.needs}
    assert silent & needing <= {"USER_REPEAT", "FRUSTRATION", "HUMAN_ASKED", "X_SLOW", "CITE_VERSION"}


def test_a_rule_gives_only_the_severities_that_its_record_names() -> None:
    for case in CASES:
        rule = BY_ID[case.rule]
        assert case.severity in {rule.severity, *rule.also}, rule.id
    for rule in RULES:
        given = {case.severity for case in CASES if case.rule == rule.id}
        assert given == {rule.severity, *rule.also}, f"{rule.id}: a severity without a case"
