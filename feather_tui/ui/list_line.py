"""The line of the lookup as a query of the API's list: what it would ask, what was asked, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from feather_tui.errors import QueryUnreadable, UsageError
from feather_tui.rendering.filter_rows import suggestions_row
from feather_tui.rendering.list_answer import EndBlock, FoundBlock, answer_blocks, answer_heading
from feather_tui.rendering.list_query import asked_row, error_rows, field_rows, mark_row, question_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import ListedSession
from feather_tui.rendering.page.blocks import RowsBlock
from feather_tui.rendering.row import BLANK, Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.conversation import Conversation
from feather_tui.session.identity import SessionId
from feather_tui.session.line_words import WORD
from feather_tui.session.list_query.answer import ListAnswer
from feather_tui.session.list_query.completing import Completion, Seen, completions, seen_in
from feather_tui.session.list_query.fields import FIELD_OF
from feather_tui.session.list_query.query import ListQuery

if TYPE_CHECKING:
    from feather_tui.ui.widgets.session_list import SessionList

_REFRESH: Final = timedelta(seconds=10)
"""From asking for a list to asking for the same one again. The client keeps it for the same parameters;
`since:2h` makes others each time."""
_LEAST_BEGUN: Final = 2
"""So many letters of a field are offered the rest; one alone is more likely a word, or an id."""


class ListLine:
    """Knows a query when it sees one, and keeps the answer to the one that was asked last."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._seen = Seen()
        self._known: Mapping[str, ListedSession] = {}
        self._asked_at: dict[str, datetime] = {}
        self._refused: tuple[str, QueryUnreadable] | None = None
        self._blocks: Sequence[FoundBlock | EndBlock] = ()
        self.answer: ListAnswer | None = None

    def concerns(self, line: str) -> bool:
        """Return whether a line is a query, or was asked as one although it has no field."""
        refused = self._refused is not None and self._refused[0] == line
        return refused or self.was_asked(line) or self.is_query(line)

    def is_query(self, line: str) -> bool:
        """Return whether a line is meant for the API: a word of it begins with the name of a field."""
        return any(_field_name(word[0]) for word in WORD.finditer(line))

    def was_asked(self, line: str) -> bool:
        """Return whether the answer is to this line."""
        return self.answer is not None and line.strip() == self.answer.line

    def is_pasted_query(self, text: str) -> bool:
        """Return whether all of a pasted text is a query, and not a log line or an id."""
        words = [word[0] for word in WORD.finditer(text)]
        return bool(words) and all(_field_name(word) not in {"", "id"} for word in words)

    def begins_a_value(self, line: str) -> bool:
        """Return whether a line ends with the name of a field, or with a value that is begun."""
        words = list(WORD.finditer(line))
        return bool(words) and words[-1].end() == len(line) and bool(_field_name(words[-1][0]))

    # ------------------------------------------------------------------ asking

    @property
    def kept_ids(self) -> tuple[SessionId, ...]:
        """The sessions of the answer that are listed."""
        return tuple(row.session_id for row in self.answer.kept) if self.answer is not None else ()

    def ask(self, line: str) -> ListAnswer:
        """Begin to ask what a line says. Raises QueryUnreadable, and UsageError if it is too early."""
        now, plain = self._now(), line.strip()
        before = self.answer if self.was_asked(line) else None
        if before is not None and before.loading:
            raise UsageError("It is being asked for.")
        self._refuse_too_early(plain, now)
        try:
            query = ListQuery.parse(line, now)
        except QueryUnreadable as error:
            self._refused = line, error
            raise
        self._asked_at[plain] = now
        self.answer = ListAnswer(
            line=plain,
            query=query,
            asked_at=now,
            before=before.looked_at if before is not None else (),
        )
        self.answer.sift(self._known)
        return self.answer

    def _refuse_too_early(self, line: str, now: datetime) -> None:
        recent = {asked: now - at for asked, at in self._asked_at.items() if now - at < _REFRESH}
        self._asked_at = {asked: self._asked_at[asked] for asked in recent}
        if line in recent:
            raise UsageError(
                f"Asked {recent[line].total_seconds():.0f} s ago: the same list is asked for again after "
                f"{_REFRESH.total_seconds():.0f} s, because the API's limit is shared with production."
            )

    def know(self, sessions: Sequence[ListedSession]) -> None:
        """Take what is known here of sessions."""
        self._known = {session.session_id: session for session in sessions if session.loaded}
        if self.answer is not None:
            self.answer.sift(self._known)

    def take(self, rows: Sequence[Conversation], *, refused: int, more: bool, notice: str) -> None:
        """Take a page of the answer."""
        if self.answer is not None:
            self.answer.take(rows, self._known, refused=refused, more=more, notice=notice)
            self._seen = seen_in(self.answer.rows)

    # ------------------------------------------------------------------ showing

    def suggestion(self, line: str) -> str | None:
        """Return what the line could become by going on with the word that is begun."""
        begun = line.rpartition(" ")[2]
        if ":" not in begun and len(begun) < _LEAST_BEGUN:
            return None
        return next((c.line for c in self._completions(line, len(line)) if c.line.startswith(line)), None)

    def below(self, line: str, cursor: int, look: Look) -> list[Row]:
        """Return the row under the line, and the rows that say what Enter does with it."""
        if self.was_asked(line):
            return [asked_row(look, listed=bool(self.kept_ids))]
        words = self._words(line, cursor)
        try:
            query = ListQuery.parse(line, self._now())
        except QueryUnreadable as error:
            being_written = bool(words) and error.end == len(line.rstrip()) == cursor
            first = self._go_on(words, look) if being_written else mark_row(error, line, look)
            return [first, *error_rows(error, look)]
        return [self._go_on(words, look), *question_rows(query, look)]

    def heading(self, look: Look, *, roomy: bool) -> list[Row]:
        """Return what was asked and what came of it; before that, what can be asked."""
        if self.answer is None:
            return field_rows(look)[:1]
        return answer_heading(self.answer, look, roomy=roomy)

    def list_in(self, view: SessionList, look: Look) -> None:
        """List the answer; before there is one, the fields of a query."""
        if self.answer is None:
            rows = field_rows(look)[1:]
            view.list_answer([RowsBlock([row]) for row in rows], look, "", chosen=None, goes_on=False)
            return
        before = self.at(view.chosen)
        self._blocks = answer_blocks(self.answer, self._known)
        chosen = None if before is None else self._place_of(before, view.chosen)
        goes_on = self.answer.goes_on_by_itself
        view.list_answer(self._blocks, look, self.answer.line, chosen=chosen, goes_on=goes_on)

    def at(self, place: int) -> SessionId | None:
        """Return the session at a place of the list, None for its end."""
        block = self._blocks[place] if place < len(self._blocks) else None
        return block.found.row.session_id if isinstance(block, FoundBlock) else None

    def _place_of(self, session_id: SessionId, likely: int) -> int | None:
        """Return where a session stands now; None if it is where it was, or gone."""
        if self.at(likely) == session_id:
            return None
        places = (place for place in range(len(self._blocks)) if self.at(place) == session_id)
        return next(places, None)

    def _go_on(self, words: Sequence[str], look: Look) -> Row:
        return suggestions_row(words, 0, look) if words else BLANK

    def _words(self, line: str, cursor: int) -> list[str]:
        return [completion.word for completion in self._completions(line, cursor)]

    def _completions(self, line: str, cursor: int) -> list[Completion]:
        """Return what the line could become; values that a line must not hold are left to be typed."""
        found = completions(line, cursor, self._seen)
        return [completion for completion in found if safe_line(completion.word) == completion.word]


def _field_name(word: str) -> str:
    """Return the name of the field that a word begins with, empty if it is none."""
    name, colon, _ = word.partition(":")
    return name.lower() if colon and name.lower() in FIELD_OF else ""
