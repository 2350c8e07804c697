"""What came of a query of the list: a row each session, with what is known of it here, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from feather_tui.findings.line import counted
from feather_tui.rendering.clock import count
from feather_tui.rendering.columns import Column, spans_of, titles
from feather_tui.rendering.conversations import agent, length, messages, revision, status_tone, subject
from feather_tui.rendering.entries.marks import outcome_tone
from feather_tui.rendering.list_query import described
from feather_tui.rendering.list_sentences import nothing_found, what_is_missing
from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import ListedSession, start_text, worst_span
from feather_tui.rendering.row import Row, Span, Tone, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.conversation import Conversation
from feather_tui.session.list_query.answer import ListAnswer
from feather_tui.session.moments import in_utc
from feather_tui.session.reference import short

_MARGIN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSession:
    """A session of the list, and what is known of it here if it was opened."""

    row: Conversation
    known: ListedSession | None = None


class FoundBlock:
    """A session of the list as a block."""

    __slots__ = ("found",)

    foldable = False

    def __init__(self, row: Conversation, known: ListedSession | None) -> None:
        self.found = FoundSession(row=row, known=known)

    def estimate(self, look: Look) -> int:
        """Return one: a session is a row."""
        del look
        return 1

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the row; one too wide is cut visibly."""
        del expanded, parts
        return [found_row(self.found, look)]


class EndBlock:
    """The row behind the last session: whether there are more, and how to go on."""

    __slots__ = ("answer",)

    foldable = False

    def __init__(self, answer: ListAnswer) -> None:
        self.answer = answer

    def estimate(self, look: Look) -> int:
        """Return one."""
        del look
        return 1

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the row."""
        del expanded, parts
        return [fit_row(end_row(self.answer, look), look.width)]


def answer_blocks(answer: ListAnswer, known: Mapping[str, ListedSession]) -> list[FoundBlock | EndBlock]:
    """Return the sessions that are kept, and the end; nothing before anything came."""
    if not answer.looked_at:
        return []
    return [*(FoundBlock(row, known.get(row.session_id)) for row in answer.kept), EndBlock(answer)]


def answer_heading(answer: ListAnswer, look: Look, *, roomy: bool = True) -> list[Row]:
    """Return what was asked and what came, what is missing and why, and the names of the columns.

    Not `roomy`: a row a sentence, cut visibly.
    """
    missing = what_is_missing(len(answer.looked_at), answer.left_out, refused=answer.refused, odd=answer.odd)
    sentences: list[Span] = [
        (_sum(answer), "text"),
        *((sentence, "dim") for sentence in missing),
        *((sentence, "warn") for sentence in (*answer.notices, *_trouble(answer, look))),
    ]
    rows: list[Row] = []
    for sentence, tone in sentences:
        if roomy:
            rows += text_rows(sentence, _MARGIN, look.width - _MARGIN - 1, tone)
        else:
            rows.append(fit_row(((f"{' ' * _MARGIN}{safe_line(sentence)}", tone),), look.width))
    return [*rows, found_heading(look)] if answer.kept else rows


def found_heading(look: Look) -> Row:
    """Return the names of the columns."""
    return fit_row(((f"{' ' * _MARGIN}{titles(_COLUMNS, look)}subject", "dim"),), look.width)


def found_row(found: FoundSession, look: Look) -> Row:
    """Return a session's row; one too wide is cut visibly."""
    margin: Span = (" " * _MARGIN, "text")
    return fit_row((margin, *spans_of(found, _COLUMNS, look), (subject(found.row), "text")), look.width)


def end_row(answer: ListAnswer, look: Look) -> Row:
    """Return what stands behind the last session."""
    text, tone = _end(answer, look)
    return (" " * _MARGIN, "text"), (text, tone)


def wait_words(seconds: float) -> str:
    """Return how long a request waits for its turn, nothing if it does not."""
    return f", in {seconds:.1f} s when its turn comes" if seconds > 0 else ""


def _end(answer: ListAnswer, look: Look) -> tuple[str, Tone]:
    if answer.loading:
        waits = f"more: waits {answer.wait:.1f} s for its turn, then loads" if answer.wait > 0 else "loading"
        return waits, "dim"
    if answer.error is not None:
        return f"more did not come ({answer.error.brief}): {look.key('open_selected')} asks again", "warn"
    if answer.goes_on_by_itself:
        return "more: loads when you come here", "dim"
    if answer.more:
        so_far = f"{count(len(answer.looked_at))} looked at, the last of them without any that is kept"
        return f"more: {so_far}; {look.key('open_selected')} goes on", "dim"
    return f"end of the list: {counted(len(answer.kept), 'session')}", "dim"


def _sum(answer: ListAnswer) -> str:
    asked = described(answer.query)
    if answer.loading and not answer.pages:
        again = " again" if answer.before else ""
        return f"Asking the API{again}{wait_words(answer.wait)}: {asked}"
    if answer.error is not None and not answer.looked_at:
        return f"Asked for, without an answer: {asked}"
    if not answer.kept and not answer.more:
        return f"{nothing_found(answer.query)} Asked for: {asked}"
    more = " so far" if answer.more else ""
    sessions = f"{count(len(answer.kept))} session{'s' if len(answer.kept) != 1 else ''}"
    return f"{sessions}{more}, asked {in_utc(answer.asked_at):%H:%M:%S}Z: {asked}"


def _trouble(answer: ListAnswer, look: Look) -> Iterator[str]:
    if answer.error is None:
        return
    yield str(answer.error)
    if answer.no_list:
        yield "The key, or the deployment, has no list to search. Ids and what is known here work as before."
    elif answer.before and not answer.pages:
        yield f"What is listed is the answer before. {look.key('ask_list')} asks again."
    elif not answer.pages and answer.worth_asking_again:
        yield f"{look.key('open_selected')} asks again."


def _known(found: FoundSession) -> ListedSession | None:
    return found.known if found.known is not None and found.known.loaded else None


def _outcome(found: FoundSession, look: Look) -> str:
    known = _known(found)
    if known is None:
        return f"{look.glyphs.none} not opened"
    sign = {"good": look.glyphs.good, "bad": look.glyphs.bad}.get(
        _outcome_tone(found, look), look.glyphs.none
    )
    return f"{sign} {known.outcome or 'not recorded'}"


def _outcome_tone(found: FoundSession, _: Look) -> Tone:
    known = _known(found)
    return "dim" if known is None else outcome_tone(known.outcome)


def _worst(found: FoundSession, look: Look) -> str:
    known = _known(found)
    return "" if known is None else worst_span(known, look)[0]


def _worst_tone(found: FoundSession, look: Look) -> Tone:
    known = _known(found)
    return "dim" if known is None else worst_span(known, look)[1]


_COLUMNS: Final[tuple[Column[FoundSession], ...]] = (
    Column(title="session", width=8, text=lambda found, _: short(found.row.session_id)),
    Column(
        title="start",
        width=14,
        text=lambda found, look: start_text(found.row.started_at, look),
        tone=lambda *_: "dim",
    ),
    Column(
        title="status",
        width=10,
        text=lambda found, _: found.row.status,
        tone=lambda found, _: status_tone(found.row),
    ),
    Column(title="outcome", width=14, text=_outcome, tone=_outcome_tone),
    Column(title="worst", width=9, room_from=90, text=_worst, tone=_worst_tone),
    Column(title="channel", width=7, room_from=100, text=lambda found, _: found.row.channel),
    Column(title="agent", width=8, room_from=112, text=lambda found, _: agent(found.row)),
    Column(title="messages", width=8, room_from=118, text=lambda found, _: messages(found.row), right=True),
    Column(title="length", width=8, room_from=134, text=lambda found, _: length(found.row), right=True),
    Column(title="evals", width=7, room_from=146, text=lambda found, _: found.row.eval_status or ""),
    Column(title="priority", width=8, room_from=156, text=lambda found, _: found.row.priority),
    Column(title="revision", width=20, room_from=180, text=lambda found, _: revision(found.row)),
)
