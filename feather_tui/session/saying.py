"""One text of a session, and whose it is."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """One text. `who`: the role that said it, `tool NAME`, `retrieval`, `extraction` …; `field`: its name.

    A plain tuple, because there may be very many.
    """

    who: str
    field: str
    text: str
