"""What is known of the session on the screen while its documents arrive, fail, or are asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from feather_tui.api.progress import Progress, Stage
from feather_tui.arrivals import Arrival, Assessment, ExtractionCopy, Failure, Provenance, SessionCopy, Source
from feather_tui.errors import FeatherError, SessionLive
from feather_tui.marks import Marks
from feather_tui.rendering.clock import size
from feather_tui.rendering.look import Look
from feather_tui.rendering.masthead import Freshness
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.filter import EntryFilter
from feather_tui.session.identity import DocumentKind, SessionId

LIVE_LOOK_SECONDS = 10
"""Seconds between looks at a session that has not ended."""
_LABEL_WIDTH = 16


@dataclass(slots=True, kw_only=True)
class _Request:
    """One document being asked for: since when, and the last that was heard of it."""

    asked_at: datetime
    ended_at: datetime | None = None
    progress: Progress | None = None
    heard_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class OpenedSession:
    """The session on the screen. Copies stay when a later refresh fails.

    `filter` and `marks` are the reader's: which entries of the transcript they want to see, and marked.
    `refused` are the answers that came last of those that could not be read.
    """

    session_id: SessionId
    copy: SessionCopy | None = None
    extraction: ExtractionCopy | None = None
    assessment: Assessment | None = None
    failures: dict[DocumentKind, FeatherError] = field(default_factory=dict)
    refused: dict[DocumentKind, Failure] = field(default_factory=dict)
    loading: bool = False
    cancelled: bool = False
    next_look: datetime | None = None
    filter: EntryFilter = field(default_factory=EntryFilter)
    marks: Marks = field(default_factory=Marks)
    _requests: dict[DocumentKind, _Request] = field(default_factory=dict)

    def begin(self, now: datetime) -> None:
        """A load begins; what is shown stays until something better arrives."""
        self.loading = True
        self.cancelled = False
        self.next_look = None
        self._requests = {kind: _Request(asked_at=now) for kind in DocumentKind}

    def take(self, arrival: Arrival, now: datetime) -> None:
        """Keep what arrived. A copy from the cache does not end the request for a newer one."""
        match arrival:
            case SessionCopy():
                self.copy = arrival
            case ExtractionCopy():
                self.extraction = arrival
            case Assessment():
                self.assessment = arrival
                return
            case Failure(kind=kind, error=error, body=body):
                self.failures[kind] = error
                if body is not None:
                    self.refused[kind] = arrival
                self._end(kind, now)
                return
        kind = DocumentKind.ANALYSIS if isinstance(arrival, SessionCopy) else DocumentKind.EXTRACTION
        self.failures.pop(kind, None)
        self.refused.pop(kind, None)
        if arrival.provenance.source is Source.API or kind is DocumentKind.ANALYSIS:
            self._end(kind, now)

    def hear(self, progress: Progress, now: datetime) -> None:
        """Keep the latest report of the client."""
        request = self._requests.get(progress.kind)
        if request is not None:
            request.progress, request.heard_at = progress, now

    def end(self, now: datetime, *, cancelled: bool) -> None:
        """The load is over; a session that is still live is looked at again later."""
        self.loading = False
        self.cancelled = cancelled
        if self.live and not cancelled:
            self.next_look = now + timedelta(seconds=LIVE_LOOK_SECONDS)

    @property
    def live(self) -> bool:
        """Whether the API said that the session has not ended."""
        return isinstance(self.failures.get(DocumentKind.ANALYSIS), SessionLive)

    def freshness(self, kind: DocumentKind) -> Freshness | None:
        """Return how old a document on the screen is."""
        copy = self.copy if kind is DocumentKind.ANALYSIS else self.extraction
        if copy is None:
            return None
        provenance: Provenance = copy.provenance
        return Freshness(
            cached=provenance.source is Source.CACHE,
            fetched_at=provenance.fetched_at,
            checked_at=provenance.checked_at,
            loading=self._pending(kind),
        )

    # ------------------------------------------------------------------ in words

    def status_rows(self, look: Look) -> list[Row]:
        """Return a row for each document that is still coming, failed, or is to be looked at again."""
        return [row for kind in DocumentKind for row in self._status(kind, look)]

    def explanation(self, kind: DocumentKind, look: Look) -> list[Row]:
        """Return what stands in a pane that has no document to show."""
        error = self.failures.get(kind)
        if error is not None:
            return failure_rows(error, look, came=kind in self.refused)
        if self.cancelled:
            return [
                _said(
                    f"The loading was stopped before anything came. {look.key('refresh')} asks again,"
                    f" {look.key('show_lookup')} goes to the lookup."
                )
            ]
        return [_said(f"Asking for the {kind.label} …")]

    def _status(self, kind: DocumentKind, look: Look) -> Iterator[Row]:
        label = f" {kind.label:<{_LABEL_WIDTH}} "
        error = self.failures.get(kind)
        shown = self.copy if kind is DocumentKind.ANALYSIS else self.extraction
        if self._pending(kind):
            yield (label, "dim"), (self._doing(kind, look), "text")
        elif error is not None and self.next_look is not None and kind is DocumentKind.ANALYSIS:
            left = max(round((self.next_look - look.clock.now).total_seconds()), 0)
            sooner = f"{look.key('refresh')} looks now"
            yield (label, "dim"), (f"still live: looking again in {left} s · {sooner}", "warn")
        elif error is not None and shown is not None:
            yield (label, "dim"), (f"{look.glyphs.bad} not refreshed: {safe_line(error.sentence)}", "warn")

    def _pending(self, kind: DocumentKind) -> bool:
        request = self._requests.get(kind)
        return self.loading and request is not None and request.ended_at is None

    def _doing(self, kind: DocumentKind, look: Look) -> str:
        now, stops = look.clock.now, f"{look.key('cancel')} stops"
        request = self._requests[kind]
        progress = request.progress
        elapsed = max((now - request.asked_at).total_seconds(), 0)
        if progress is None or progress.stage is Stage.ASKING:
            attempt = (
                f", try {progress.attempt} of {progress.attempts}"
                if progress and progress.attempt > 1
                else ""
            )
            return f"asking, {elapsed:.0f} s{attempt} · {stops}"
        if progress.stage is Stage.RECEIVING:
            return f"receiving, {size(progress.received)} bytes in {elapsed:.0f} s · {stops}"
        waited = (now - request.heard_at).total_seconds() if request.heard_at else 0
        left = max(round(progress.wait_seconds - waited), 0)
        reason = safe_line(progress.reason)
        return f"{reason} · next try in {left} s ({progress.attempt} of {progress.attempts}) · {stops}"

    def _end(self, kind: DocumentKind, now: datetime) -> None:
        request = self._requests.get(kind)
        if request is not None:
            request.ended_at = now


def failure_rows(error: FeatherError, look: Look, *, came: bool = False) -> list[Row]:
    """Return a failure as a panel: what happened, the status, what to do, what to press.

    `came`: something came, and can be shown as it is.
    """
    width = look.width - 4
    rows: list[Row] = [(), *text_rows(error.sentence, 1, width, "bad")]
    if error.advice:
        rows += text_rows(error.advice, 1, width)
    status = f"HTTP {error.status}   " if error.status is not None else ""
    ways = {
        "refresh": "tries again",
        **({"show_raw": "shows what came"} if came else {}),
        "show_lookup": "goes to the lookup",
        "back_or_quit": "goes back",
    }
    keys = status + "   ".join(f"{look.key(command_id)} {way}" for command_id, way in ways.items())
    return [*rows, (), *text_rows(keys, 1, width, "dim")]


def _said(text: str) -> Row:
    return ((f" {text}", "dim"),)
