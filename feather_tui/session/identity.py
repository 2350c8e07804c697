"""Which session, and which of its two documents: all that most of the program has to know of either."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

SessionId = NewType("SessionId", str)
"""A session's UUID in canonical form: lower case, hyphens."""


class DocumentKind(StrEnum):
    """Which of the two documents."""

    ANALYSIS = "analysis_input"
    EXTRACTION = "extraction"

    @property
    def label(self) -> str:
        """The document's name as people read it."""
        return self.value.replace("_", " ")
