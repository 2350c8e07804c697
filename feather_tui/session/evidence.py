"""What a reply stood on: the records around one row, joined into a chain.

The order is the timeline's. A citation says that a chunk was shown to the model, and no more: nothing here
claims that a reply used it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from feather_tui.session.model import Citation, RagTrace, RetrievedChunk, Session
from feather_tui.session.summary import ROUTINE_GAPS
from feather_tui.session.timeline import (
    CallEntry,
    Entry,
    ExposureEntry,
    MessageEntry,
    RetrievalEntry,
    SilenceEntry,
    speaks,
)

RAW_BASIS: Final = "raw_dotproduct"
"""The only `score_basis` whose scores may be compared with the gate's thresholds."""
_NOT_ABOUT_EVIDENCE: Final = ROUTINE_GAPS | {"transcript_redaction_skipped"}


class Lack(StrEnum):
    """A link of the chain that the document does not hold."""

    QUESTION = "question"
    RETRIEVAL = "retrieval"
    QUERY = "query"
    EXPOSURE = "exposure"
    HIT = "hit"
    CHUNK_SCORE = "chunk score"
    VERSION = "version"
    GATE = "gate"
    RAW_SCORE = "raw score"
    THRESHOLDS = "thresholds"
    BASIS = "basis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A chunk that was shown to the model. `index` is its place in `citations`.

    `found` are the chunks of this id that a retrieval for the same reply returned; empty if none did.
    """

    index: int
    citation: Citation
    found: tuple[RetrievedChunk, ...] = ()

    @property
    def other_version(self) -> bool:
        """Whether it was retrieved, and in other versions than the one that was shown."""
        found = {chunk.version_id for chunk in self.found}
        known = self.citation.version_id is not None and bool(found - {None})
        return known and self.citation.version_id not in found


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChain:
    """The way to one reply.

    `questions` are the customer's rows before it, `steps` what happened between the first of them and the
    reply, `called` the calls that the reply's own row made, `gaps` the platform's reasons for thin evidence
    (`missing_evidence_reasons`) without those that say nothing about evidence.
    """

    answer: MessageEntry
    questions: tuple[MessageEntry, ...]
    steps: tuple[Entry, ...]
    retrievals: tuple[RetrievalEntry, ...]
    exposures: tuple[Exposure, ...]
    called: tuple[CallEntry, ...]
    lacks: tuple[Lack, ...]
    gaps: tuple[str, ...]

    @property
    def retrieved(self) -> tuple[RetrievedChunk, ...]:
        """The chunks of all its retrievals."""
        return tuple(chunk for entry in self.retrievals for chunk in entry.trace.retrieved)

    @property
    def not_shown(self) -> tuple[RetrievedChunk, ...]:
        """The chunks that were retrieved and, as far as is recorded, not shown."""
        shown = {exposure.citation.chunk_id for exposure in self.exposures}
        return tuple(chunk for chunk in self.retrieved if chunk.chunk_id not in shown)

    @property
    def strays(self) -> tuple[Exposure, ...]:
        """The chunks that were shown, though no retrieval for this reply returned them."""
        return tuple(exposure for exposure in self.exposures if not exposure.found)

    @property
    def other_versions(self) -> tuple[Exposure, ...]:
        """The chunks that were shown in another version than the one that was found."""
        return tuple(exposure for exposure in self.exposures if exposure.other_version)


def answer_chain(session: Session, timeline: Sequence[Entry], row: int) -> AnswerChain:
    """Return the chain of the message at index `row` of `messages`, as a rule an assistant's.

    Raises LookupError if the timeline shows no such row by itself (result rows stand inside their calls).
    """
    position, answer = _message_at(timeline, row)
    questions, steps = led_to(timeline, position)
    hanging = tuple(fed_by(timeline, position))
    retrievals = tuple(entry for entry in hanging if isinstance(entry, RetrievalEntry))
    exposures = tuple(_exposures(hanging))
    return AnswerChain(
        answer=answer,
        questions=questions,
        steps=steps,
        retrievals=retrievals,
        exposures=exposures,
        called=tuple(entry for entry in hanging if isinstance(entry, CallEntry)),
        lacks=tuple(_lacks(session, questions, [entry.trace for entry in retrievals], exposures)),
        gaps=evidence_gaps(session),
    )


def led_to(timeline: Sequence[Entry], position: int) -> tuple[tuple[MessageEntry, ...], tuple[Entry, ...]]:
    """Return the customer's rows before a position, and what else stands between the first and the position.

    Several rows of the customer belong together if the assistant said nothing between them.
    """
    questions: list[MessageEntry] = []
    steps: list[Entry] = []
    pending: list[Entry] = []
    for entry in reversed(timeline[:position]):
        if isinstance(entry, MessageEntry) and entry.message.role == "user":
            questions.append(entry)
            steps += pending
            pending = []
        elif questions and isinstance(entry, MessageEntry) and speaks(entry.message):
            break
        elif not isinstance(entry, SilenceEntry):
            pending.append(entry)
    if not questions:
        steps = pending
    return tuple(reversed(questions)), tuple(reversed(steps))


def fed_by(timeline: Sequence[Entry], position: int) -> Iterator[CallEntry | RetrievalEntry | ExposureEntry]:
    """Yield what hangs under the row at a position: the calls it made, and what was searched for it.

    A search whose turn led to no reply hangs under a row of its turn. Where that row is shown inside a call,
    the search follows another row's entries in the timeline: its time gives it away.
    """
    owner = timeline[position]
    for place in range(position + 1, len(timeline)):  # no slice: its cost would grow with the session
        entry = timeline[place]
        if isinstance(entry, CallEntry):
            yield entry
        elif not isinstance(entry, RetrievalEntry | ExposureEntry):
            return
        elif isinstance(owner, MessageEntry) and entry.at == owner.message.timestamp:
            yield entry


def evidence_gaps(session: Session) -> tuple[str, ...]:
    """Return the platform's reasons for thin evidence, without those that say nothing about evidence."""
    return tuple(reason for reason in session.missing_evidence_reasons if reason not in _NOT_ABOUT_EVIDENCE)


def _message_at(timeline: Sequence[Entry], row: int) -> tuple[int, MessageEntry]:
    for position, entry in enumerate(timeline):
        if isinstance(entry, MessageEntry) and entry.row == row:
            return position, entry
    raise LookupError(f"messages[{row}] does not stand by itself in this timeline")


def _exposures(hanging: Sequence[Entry]) -> Iterator[Exposure]:
    """Yield every citation of the reply with the chunks it may stand for, in the order of `citations`."""
    found: dict[str, list[RetrievedChunk]] = {}
    cited: list[tuple[int, Citation]] = []
    for entry in hanging:
        if isinstance(entry, RetrievalEntry):
            for shown in entry.chunks:
                found.setdefault(shown.chunk.chunk_id, []).append(shown.chunk)
                if shown.citation is not None and shown.citation_index is not None:
                    cited.append((shown.citation_index, shown.citation))
            cited += entry.strays
        elif isinstance(entry, ExposureEntry):
            cited += entry.citations
    for index, citation in sorted(cited, key=lambda numbered: numbered[0]):
        yield Exposure(index=index, citation=citation, found=tuple(found.get(citation.chunk_id, ())))


def _lacks(
    session: Session,
    questions: Sequence[MessageEntry],
    traces: Sequence[RagTrace],
    exposures: Sequence[Exposure],
) -> Iterator[Lack]:
    if not questions:
        yield Lack.QUESTION
    yield Lack.QUERY if traces else Lack.RETRIEVAL
    if not exposures and "no_citations" in session.missing_evidence_reasons:
        yield Lack.EXPOSURE
    chunks = [chunk for trace in traces for chunk in trace.retrieved]
    gates = [trace.answerability for trace in traces if trace.answerability is not None]
    judged = [gate for gate in gates if gate.score_basis == RAW_BASIS]
    absent = {
        Lack.HIT: any(trace.hit is None for trace in traces),
        Lack.CHUNK_SCORE: any(chunk.score is None for chunk in chunks),
        Lack.VERSION: any(
            exposure.found and None in {exposure.citation.version_id, *(c.version_id for c in exposure.found)}
            for exposure in exposures
        ),
        Lack.GATE: len(gates) < len(traces),
        Lack.BASIS: len(judged) < len(gates),
        Lack.RAW_SCORE: any(gate.raw_top_score is None for gate in judged),
        Lack.THRESHOLDS: any(None in {gate.threshold_low, gate.threshold_high} for gate in judged),
    }
    yield from (lack for lack, is_absent in absent.items() if is_absent)
