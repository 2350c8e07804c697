"""The list of known sessions: one row each, in columns that give way on narrow screens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from feather_tui.findings.finding import Severity
from feather_tui.rendering.clock import TIME_WIDTH, age
from feather_tui.rendering.entries.marks import outcome_tone
from feather_tui.rendering.findings import severity_span
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, cells, fit, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.reference import short

_OUTCOME, _REASON, _WORST, _EXTRACTION = 14, 18, 8, 10
_ROOM_FOR_REASON, _ROOM_FOR_AGE = 120, 132
"""From this many columns on there is room for the raw reason, and for when a session was last seen here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSession:
    """What the list shows of a session. `loaded` False: only its id is known so far, and `note` says why."""

    session_id: str
    loaded: bool = True
    note: str = ""
    started_at: datetime | None = None
    outcome: str | None = None
    reason: str | None = None
    channel: str = ""
    turns: int = 0
    tools: int | None = None
    tools_failed: int = 0
    retrievals: int | None = None
    retrievals_missed: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    extraction: str | None = None
    seen_at: datetime | None = None

    @property
    def text(self) -> str:
        """What a word typed is looked for in: id, outcome, reason, channel and extraction status."""
        ids = (self.session_id, self.session_id.replace("-", ""))
        words = (*ids, self.outcome or "", self.reason or "", self.channel, self.extraction or "")
        return " ".join(words).lower()


class SessionBlock:
    """A session as a block of the list; its row is made when it is seen, and kept."""

    __slots__ = ("_look", "_row", "session")

    foldable = False

    def __init__(self, session: ListedSession) -> None:
        self.session = session
        self._look: Look | None = None
        self._row: Row = ()

    def estimate(self, look: Look) -> int:
        """Return one: a session is a row."""
        del look
        return 1

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the row; one too wide is cut visibly."""
        del expanded, parts
        if self._look != look:
            self._look, self._row = look, fit_row(session_row(self.session, look), look.width)
        return [self._row]


class Listed:
    """Sessions to choose from. A letter typed must not cost more the more there are: all is made once."""

    def __init__(self, sessions: Sequence[ListedSession] = ()) -> None:
        self.sessions = sessions

    @cached_property
    def blocks(self) -> list[SessionBlock]:
        """A block for each session."""
        return [SessionBlock(session) for session in self.sessions]

    def filtered(self, query: str) -> list[SessionBlock]:
        """Return those that match every word of the query; ids match with or without hyphens."""
        words, texts, blocks = query.lower().split(), self._texts, self.blocks
        if not words:
            return blocks
        kept: Iterable[int] = range(len(texts))
        for word in words:
            kept = [number for number in kept if word in texts[number]]
        return [blocks[number] for number in kept]

    @cached_property
    def _texts(self) -> list[str]:
        return [session.text for session in self.sessions]


def heading_row(look: Look) -> Row:
    """Return the names of the columns."""
    columns = [identity_heading(look)]
    if look.width >= _ROOM_FOR_REASON:
        columns.append(f"{'reason':<{_REASON}}")
    columns += [f"{'channel':<7}", f"{'turns':>5}", f"{'failed':>7}"]
    if look.wide:
        columns.append(f"{'missed':>7}")
    columns.append(f"{'worst':<{_WORST}}")
    if look.wide:
        columns.append(f"{'extraction':<{_EXTRACTION}}")
    if look.width >= _ROOM_FOR_AGE:
        columns.append("seen")
    return (("  ".join(columns), "dim"),)


def session_row(session: ListedSession, look: Look) -> Row:
    """Return one session's row."""
    if not session.loaded:
        return (_head(session), (safe_line(session.note) or "not loaded yet", "dim"))
    spans = identity_spans(session, look)
    if look.width >= _ROOM_FOR_REASON:
        spans.append((f"{_cell(session.reason or 'not recorded', _REASON)}  ", "text"))
    spans += [
        (f"{_cell(session.channel, 7)}  {session.turns:>5}  ", "text"),
        _ratio(session.tools_failed, session.tools),
    ]
    if look.wide:
        spans.append(_ratio(session.retrievals_missed, session.retrievals))
    spans.append(worst_span(session, look))
    if look.wide:
        spans.append((f"  {_cell(session.extraction or 'none', _EXTRACTION)}", "text"))
    if look.width >= _ROOM_FOR_AGE and session.seen_at is not None:
        spans.append((f"  {age(look.clock.now - session.seen_at)}", "dim"))
    return tuple(spans)


def identity_heading(look: Look) -> str:
    """Return the names of the columns that tell which session it is."""
    return "  ".join(
        ("   session ", _cell(f"start ({look.clock.label})", 14), f"{'outcome':<{_OUTCOME}}"),
    )


def identity_spans(session: ListedSession, look: Look) -> list[Span]:
    """Return the columns that tell which session it is: id, start, outcome."""
    tone = outcome_tone(session.outcome)
    sign = {"good": look.glyphs.good, "bad": look.glyphs.bad}.get(tone, look.glyphs.none)
    return [
        _head(session),
        (f"{start_text(session.started_at, look)}  ", "dim"),
        (f"{sign} {_cell(session.outcome or 'not recorded', _OUTCOME - 2)}  ", tone),
    ]


def _head(session: ListedSession) -> Span:
    return f"   {short(session.session_id)}  ", "text"


def start_text(started_at: datetime | None, look: Look) -> str:
    """Return when a session began, without its year."""
    return f"{look.clock.day(started_at)[5:]} {look.clock.time(started_at):<{TIME_WIDTH}}"


def _cell(text: str, width: int) -> str:
    shown = fit(safe_line(text), width)
    return shown + " " * (width - cells(shown))


def _ratio(part: int, whole: int | None) -> Span:
    """Return `2 / 5`; a question mark where the platform did not capture it."""
    text = "?" if whole is None else f"{part} / {whole}"
    return f"{text:>7}  ", "bad" if part else "dim"


def worst_span(session: ListedSession, look: Look) -> Span:
    """Return the worst severity found and how many of it there are."""
    worst = next((severity for severity in reversed(Severity) if session.findings.get(severity.label)), None)
    if worst is None:
        return f"{look.glyphs.none} none".ljust(_WORST), "dim"
    sign, tone = severity_span(worst, look, short=True)
    return f"{sign} {session.findings[worst.label]}".ljust(_WORST), tone
