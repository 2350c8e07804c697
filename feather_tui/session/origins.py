"""Where the values of an extraction were said, and where those it lost should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feather_tui.session.grounding import GroundingResult, ground_all
from feather_tui.session.likely_rows import LikelyRow, likely_rows
from feather_tui.session.model import Extraction, Session

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """By the path of a field: what the transcript says of its value, and the rows that should hold it."""

    grounds: Mapping[Path, GroundingResult] = field(default_factory=dict)
    likely: Mapping[Path, tuple[LikelyRow, ...]] = field(default_factory=dict)

    def row_of(self, path: Path) -> int | None:
        """Return the row of `messages` to look at for a field: where it was said, else where it should be."""
        ground = self.grounds.get(path)
        if ground is not None:
            for found in (*ground.said, *ground.in_results):
                if found.row is not None:
                    return found.row
        likely = self.likely.get(path)
        return likely[0].row if likely else None


def find_origins(session: Session, extraction: Extraction, faults: Iterable[Path]) -> Origins:
    """Return the origins of all values of an extraction, and of the fields at `faults`."""
    return Origins(
        grounds=ground_all(session, extraction.extracted_data or {}),
        likely={path: likely_rows(session, path) for path in faults},
    )
