"""What can stand for a value: its choices, or what it is called in the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from feather_tui.cli.parser import Slot

ASKED: Final = {"NAME": "profiles", "REFERENCE": "sessions"}
"""The words of `feather-tui __complete` by the name that the help gives to such a value."""

FILE: Final = "FILE"
"""The name of a value that the shell itself completes."""


def asked(slot: Slot) -> str:
    """Give what to ask `feather-tui __complete` for; empty if it does not know."""
    return "" if slot.choices else ASKED.get(slot.value, "")
