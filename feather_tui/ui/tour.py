"""Going from finding to finding, worst first, round and round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feather_tui.findings.finding import Finding


@dataclass(slots=True)
class Tour:
    """The findings of the open session, and the one that was gone to last, if one was."""

    findings: Sequence[Finding] = ()
    at: int | None = None

    def change(self, findings: Sequence[Finding]) -> None:
        """Take other findings; the place stays where the same finding still is."""
        before = self.current
        self.findings = findings
        self.at = findings.index(before) if before in findings else None

    @property
    def current(self) -> Finding | None:
        """The finding that was gone to last."""
        return None if self.at is None else self.findings[self.at]

    def step(self, by: int) -> Finding | None:
        """Go to the next finding, or the one before; None if there are none."""
        if not self.findings:
            return None
        self.at = (0 if by > 0 else -1) if self.at is None else self.at + by
        self.at %= len(self.findings)
        return self.findings[self.at]

    def go_to(self, finding: Finding) -> None:
        """Go to a finding of the tour."""
        self.at = self.findings.index(finding)
