"""All rules, family by family: the order of the documentation, and of findings that are equal else."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from feather_tui.findings import (
    conversation,
    ending,
    evidence,
    exposure,
    extraction,
    extraction_checks,
    gate,
    handoff,
    record,
    retrieval,
    speed,
    tool_copies,
    tool_repeats,
    tools,
)
from feather_tui.findings.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    *ending.RULES,
    *handoff.RULES,
    *tools.RULES,
    *tool_repeats.RULES,
    *tool_copies.RULES,
    *speed.RULES,
    *retrieval.RULES,
    *gate.RULES,
    *exposure.RULES,
    *conversation.RULES,
    *record.RULES,
    *evidence.RULES,
    *extraction.RULES,
    *extraction_checks.RULES,
)

BY_ID: Final = MappingProxyType({rule.id: rule for rule in RULES})
"""The rules by their id."""
