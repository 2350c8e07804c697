"""What came of a query of the list: its rows, what is left out of them here, and how far it got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from feather_tui.errors import FeatherError, NotCached, Unavailable
from feather_tui.session.conversation import Conversation
from feather_tui.session.list_query.query import Assessed, ListQuery

_MOST_FRUITLESS: Final = 3
_LARGE_PAGE, _USUAL_PAGE = 200, 50
_NO_LIST: Final = frozenset({403, 404})


@dataclass(slots=True, kw_only=True)
class ListAnswer:
    """The answer to the query of a line, as it grows page by page.

    `before`: the rows of an earlier answer to the same line, which stand until there are newer ones. `kept`
    are the rows that the query keeps, `left_out` counts the others by the filter that left them out. `wait`:
    the seconds that a request waits for its turn. `fruitless`: how many pages in a row brought nothing that
    is kept. `error`: why the last page that was asked for did not come.
    """

    line: str
    query: ListQuery
    asked_at: datetime
    before: Sequence[Conversation] = ()
    rows: list[Conversation] = field(default_factory=list)
    kept: list[Conversation] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    notices: list[str] = field(default_factory=list)
    pages: int = 0
    fruitless: int = 0
    loading: bool = True
    more: bool = True
    wait: float = 0.0
    error: FeatherError | None = None

    @property
    def page_size(self) -> int:
        """How many rows to ask for at a time: more of them where some are left out here."""
        return _LARGE_PAGE if self.query.local else _USUAL_PAGE

    @property
    def looked_at(self) -> Sequence[Conversation]:
        """The rows that there are."""
        return self.rows if self.pages else self.before

    @property
    def can_go_on(self) -> bool:
        """Whether another page may be asked for, or the one that did not come."""
        return self.more and not self.loading and not self.no_list

    @property
    def goes_on_by_itself(self) -> bool:
        """Whether it is asked for when its end comes into sight: not for ever if nothing is kept."""
        return self.can_go_on and self.error is None and self.fruitless < _MOST_FRUITLESS

    @property
    def no_list(self) -> bool:
        """Whether the key, or the deployment, has no list of sessions."""
        return self.error is not None and self.error.status in _NO_LIST

    @property
    def worth_asking_again(self) -> bool:
        """Whether the same request may be answered another time."""
        return isinstance(self.error, Unavailable) and not isinstance(self.error, NotCached)

    def take(
        self,
        rows: Sequence[Conversation],
        known: Mapping[str, Assessed],
        *,
        refused: int,
        more: bool,
        notice: str,
    ) -> None:
        """Take a page. `known`: what is known here of sessions, by their ids."""
        kept = len(self.kept) if self.pages else 0
        self.rows += rows
        for row in rows:
            self.odd.update(row.odd)
        self.refused += refused
        self.notices += [notice] if notice else []
        self.more, self.loading, self.wait = more, False, 0.0
        self.pages += 1
        self.sift(known)
        self.fruitless = 0 if len(self.kept) > kept else self.fruitless + 1

    def go_on(self) -> None:
        """Note that a page is asked for."""
        self.loading, self.error = True, None

    def stop(self, error: FeatherError) -> None:
        """Note why a page did not come; what came stays."""
        self.error, self.loading, self.wait = error, False, 0.0

    def sift(self, known: Mapping[str, Assessed]) -> None:
        """Part what is kept from what is left out; what is known here may have changed."""
        self.kept = []
        self.left_out.clear()
        for row in self.looked_at:
            if reason := self.query.left_out_by(row, known.get(row.session_id)):
                self.left_out[reason] += 1
            else:
                self.kept.append(row)
