"""What the client reports while it is asking for a document, for the loading line of a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from feather_tui.session.identity import DocumentKind


ATTEMPTS: Final = 4
"""How often one document is asked for at most."""


class Stage(StrEnum):
    """What is going on."""

    ASKING = "asking"
    RECEIVING = "receiving"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One moment on the way to a document.

    `received` counts decoded bytes of this try. `attempt` is the try under way, or the coming one while
    WAITING; `attempts` is how many there can be. While WAITING, `wait_seconds` is the length of the
    whole pause and `reason` why there is one, such as "429 rate limited".
    """

    kind: DocumentKind
    stage: Stage
    received: int = 0
    attempt: int = 1
    attempts: int = ATTEMPTS
    wait_seconds: float = 0.0
    reason: str = ""


Report: TypeAlias = Callable[[Progress], None]
"""Called in the event loop for each moment; must return at once."""
