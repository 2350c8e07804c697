"""What was searched and shown for one turn of the assistant, and the reply it led to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feather_tui.findings.finding import Target, citation_target, retrieval_target
from feather_tui.findings.rows import Said
from feather_tui.session.model import Citation
from feather_tui.session.timeline import RetrievalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What was searched for one turn, what the model was shown, and the reply it led to.

    `citations` come with their index. `chunks` are the ids of the chunks that were found, each with the
    versions it was found in. `answer` is the turn's own reply, else the next before the customer speaks;
    None if there is none.
    """

    id: str
    retrievals: tuple[RetrievalEntry, ...]
    citations: tuple[tuple[int, Citation], ...]
    chunks: dict[str, set[str | None]]
    answer: Said | None
    at: datetime | None
    prompted_by_courtesy: bool

    @property
    def targets(self) -> tuple[Target, ...]:
        """Its retrievals, or its citations where none is on record."""
        if self.retrievals:
            return tuple(map(target_of, self.retrievals))
        return tuple(citation_target(index, citation.chunk_id) for index, citation in self.citations)


def target_of(entry: RetrievalEntry) -> Target:
    """Return where to look for a retrieval."""
    return retrieval_target(entry.index, entry.trace.rag_query_id)


def chunks_of(retrievals: Iterable[RetrievalEntry]) -> dict[str, set[str | None]]:
    """Return the ids of the chunks that were found, each with the versions it was found in."""
    found: dict[str, set[str | None]] = {}
    for entry in retrievals:
        for chunk in entry.trace.retrieved:
            found.setdefault(chunk.chunk_id, set()).add(chunk.version_id)
    return found
