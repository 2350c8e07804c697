"""The part of the lookup pane that asks the API which sessions there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from textual import on
from textual.containers import Vertical

from feather_tui.errors import FeatherError, QueryUnreadable, UsageError
from feather_tui.rendering.lookup import Listed, ListedSession
from feather_tui.ui.messages import ListAsked, ListPageWanted, SessionsChosen
from feather_tui.ui.widgets.reference_line import ReferenceInput
from feather_tui.ui.widgets.session_list import EndInSight, SessionList

if TYPE_CHECKING:
    from feather_tui.api.conversations import Batch
    from feather_tui.session.list_query.answer import ListAnswer
    from feather_tui.ui.list_line import ListLine

EVERYTHING_NEW: Final = "since:24h"
"""What the API is asked for if the line is empty."""
SEARCH_MARK: Final = "/"
"""What stands behind it is searched for in the cache."""


class AskingPane(Vertical):
    """Takes the line as a query of the API's list, if it is one, and lists the answer.

    What else the line may be, and how all is shown, is left to the subclass: `say`, `write`, `update_list`.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(id="lookup")
        self._now = now
        self.listed = Listed()
        self._list_line: ListLine | None = None

    def say(self, sentence: str) -> None:
        """Put a sentence under the line."""
        raise NotImplementedError

    def write(self, text: str) -> None:
        """Change the line without taking back what was said about it."""
        raise NotImplementedError

    def update_list(self) -> None:
        """Show what there is now."""
        raise NotImplementedError

    @staticmethod
    def searching(line: str) -> bool:
        """Return whether a line is a search of the cache."""
        return line.lstrip().startswith(SEARCH_MARK)

    @property
    def line(self) -> ReferenceInput:
        """The line."""
        return self.query_one(ReferenceInput)

    @property
    def session_list(self) -> SessionList:
        """The list."""
        return self.query_one(SessionList)

    @cached_property
    def list_line(self) -> ListLine:
        """The line as a query of the API's list."""
        from feather_tui.ui.list_line import ListLine  # start-up time: many never type a letter here

        self._list_line = ListLine(self._now)
        self._list_line.know(self.listed.sessions)
        return self._list_line

    def suggestion(self, line: str) -> str | None:
        """Return what a line could become by going on with its last word, if that may be a field."""
        return None if self.searching(line) else self.list_line.suggestion(line)

    def ask_list(self) -> None:
        """Ask the API for what is in the line, whether it has a field or not; with none, for the newest."""
        if self.searching(self.line.value):
            self.say("What stands behind a slash is searched for in the cache: without it, the API is asked.")
            return
        if not self.line.value.strip():
            self.write(EVERYTHING_NEW)
        try:
            answer = self.list_line.ask(self.line.value)
        except QueryUnreadable:
            self.say("")  # the rows under the line say it, with its place
        except UsageError as error:
            self.say(str(error))
        else:
            self.say("")
            self.post_message(ListAsked(answer))
        self.update_list()

    def know(self, sessions: Sequence[ListedSession]) -> None:
        """Take what is known here of sessions."""
        self.listed = Listed(sessions)
        if self._list_line is not None:
            self._list_line.know(sessions)

    def take_page(self, answer: ListAnswer, batch: Batch) -> None:
        """Show a page more of an answer."""
        if self.list_line.answer is answer:
            self.list_line.take(batch.rows, refused=batch.refused, more=batch.more, notice=batch.notice)
            self.update_list()

    def stop_asking(self, answer: ListAnswer, error: FeatherError) -> None:
        """Say what ended an answer early; what came of it stays."""
        answer.stop(error)
        self.update_list()

    def wait_for_turn(self, answer: ListAnswer, seconds: float) -> None:
        """Say how long the next request waits."""
        answer.wait = seconds
        self.update_list()

    def asking(self, line: str) -> ListLine | None:
        """Return the line as a query of the API's list, if it is one or was asked as one."""
        if self.searching(line) or (self._list_line is None and ":" not in line):
            return None
        return self.list_line if self.list_line.concerns(line) else None

    def goes_into_a_query(self, text: str, *, has_ids: bool) -> bool:
        """Return whether what is pasted belongs to the query in the line, or is one."""
        line = self.line.value
        if not line:
            return ":" in text and self.list_line.is_pasted_query(text)
        if self.asking(line) is None:
            return False
        return not has_ids or self.list_line.begins_a_value(line[: self.line.cursor_position])

    def open_listed_or_ask(self, text: str) -> None:
        """Ask what the line says, or open what was chosen of the answer; at its end, go on."""
        chosen = self.list_line.at(self.session_list.chosen)
        if not self.list_line.was_asked(text):
            self.ask_list()
        elif chosen is not None:  # the line stays: whoever comes back finds the list
            self.post_message(SessionsChosen((chosen,)))
        else:
            self._go_on()

    def _go_on(self) -> None:
        answer = self.list_line.answer
        if answer is not None and answer.can_go_on:
            answer.go_on()
            self.post_message(ListPageWanted(answer))
            self.update_list()

    @on(EndInSight)
    def _go_on_by_itself(self, event: EndInSight) -> None:
        event.stop()
        asking = self.asking(self.line.value) if self.display else None
        if asking is not None and asking.answer is not None and asking.answer.goes_on_by_itself:
            self._go_on()
