"""The entries of one session that somebody marked, with what they remarked on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feather_tui.session.anchors import anchors
from feather_tui.session.timeline import Entry

LONGEST_REMARK = 500
"""Characters of a remark."""


class Marks:
    """Marks are kept by their entries' anchors, so that each is found again in a later copy of the session.

    Positions are those of the timeline that was given last to `place`. A remark may be empty.
    """

    def __init__(self, remarks: Mapping[str, str] | None = None) -> None:
        self._remarks = dict(remarks or {})
        self._taken_away: dict[str, str] = {}
        self._timeline: Sequence[Entry] = ()
        self._anchors: list[str] | None = None

    @property
    def remarks(self) -> dict[str, str]:
        """The remark of each mark by its anchor, in the order in which they were made."""
        return dict(self._remarks)

    def add(self, remarks: Mapping[str, str]) -> None:
        """Take marks that were made earlier; what was marked since stands."""
        self._remarks = {**remarks, **self._remarks}

    def place(self, timeline: Sequence[Entry]) -> None:
        """Find the entries in a newer copy of the session; the same again costs nothing."""
        if timeline is not self._timeline:
            self._timeline, self._anchors = timeline, None

    def placed(self) -> dict[int, str]:
        """Return the remarks by the positions of their entries, in the timeline's order."""
        if not self._remarks:
            return {}
        return {
            position: self._remarks[anchor]
            for position, anchor in enumerate(self._named())
            if anchor in self._remarks
        }

    def gone(self) -> dict[str, str]:
        """Return the remarks by the anchors of the marks whose entries are no longer in the session."""
        here = set(self._named()) if self._remarks else set()
        return {anchor: remark for anchor, remark in self._remarks.items() if anchor not in here}

    def anchor(self, position: int) -> str:
        """Return the anchor of an entry of the timeline."""
        return self._named()[position]

    def toggle(self, anchor: str) -> bool:
        """Mark an entry, or take its mark away; return whether it is marked now.

        Marking it again brings its remark back.
        """
        if anchor in self._remarks:
            self._taken_away[anchor] = self._remarks.pop(anchor)
            return False
        self._remarks[anchor] = self._taken_away.pop(anchor, "")
        return True

    def write(self, anchor: str, remark: str) -> None:
        """Mark an entry with a remark, in place of the one it has."""
        self._remarks[anchor] = remark

    def _named(self) -> list[str]:
        """The anchors of the whole timeline: made when the first mark needs them."""
        if self._anchors is None:
            self._anchors = anchors(self._timeline)
        return self._anchors
