"""The kinds of personal data that are masked, their stand-ins, and how their counts are said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """A kind of personal data, as it is named in its stand-in."""

    EMAIL = "e-mail"
    PHONE = "phone number"
    CARD = "card number"
    BANK = "bank account"
    IDENTITY = "id number"
    NUMBER = "long number"
    NAME = "name"
    ADDRESS = "address"
    BIRTH = "birth date"
    SECRET = "secret"  # noqa: S105 - the word shown for one

    @property
    def stand_in(self) -> str:
        """What is written in its place, such as `[masked e-mail]`."""
        return f"[masked {self}]"

    def counted(self, number: int) -> str:
        """Return a number with the kind, such as `3 e-mails`."""
        plural = "" if number == 1 else "es" if self.endswith("s") else "s"
        return f"{number} {self}{plural}"


_WRITTEN = {kind: re.sub(r"[ -]", lambda gap: rf"\\?{gap[0]}\s*", kind) for kind in Kind}
_STAND_IN = re.compile(rf"\[masked\s+({'|'.join(_WRITTEN.values())})\\?\]")
_NO_LETTERS = re.compile(r"[^a-z]")
_BY_LETTERS = {_NO_LETTERS.sub("", kind): kind for kind in Kind}


def counts_in(text: str) -> Counter[Kind]:
    """Count the stand-ins in a finished text, wrapped or escaped as Markdown as they may be.

    So the count that a reader is told is of what the reader has, not of what the documents hold.
    """
    return Counter(_BY_LETTERS[_NO_LETTERS.sub("", found)] for found in _STAND_IN.findall(text))


def said(counts: Mapping[Kind, int]) -> str:
    """Return counts in words, such as `3 e-mails, 1 phone number`; "nothing" where all are zero."""
    return ", ".join(kind.counted(counts[kind]) for kind in Kind if counts.get(kind)) or "nothing"
