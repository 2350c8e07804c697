"""The cases of all rules."""

from __future__ import annotations

from typing import Final

from finding_cases import conversation, ending, evidence, extraction, retrieval, speed, tools
from finding_cases.case import Case

CASES: Final[tuple[Case, ...]] = (
    *ending.CASES,
    *tools.CASES,
    *speed.CASES,
    *retrieval.CASES,
    *conversation.CASES,
    *evidence.CASES,
    *extraction.CASES,
)
