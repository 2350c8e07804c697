"""The triage board: which of many sessions are shown, in which order and groups, and which are marked."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from feather_tui.rendering.board import BoardRow, Group, Unloaded
from feather_tui.rendering.board_news import Shown
from feather_tui.triage.table import GROUPS, ORDERS, Narrowing, Place, grouped, place_in

if TYPE_CHECKING:
    from feather_tui.session.identity import SessionId
    from feather_tui.triage.case import Case

_MOST_TO_INSERT: Final = 100
"""More sessions than so many at once are sorted in, not put in place one after the other."""
_WORDS: Final = {
    "start": ("newest first", "oldest first"),
    "outcome": ("by outcome", "by outcome, backwards"),
    "reason": ("by reason", "by reason, backwards"),
    "channel": ("by channel", "by channel, backwards"),
    "agent": ("by agent", "by agent, backwards"),
    "turns": ("most turns first", "fewest turns first"),
    "errors": ("most tool errors first", "fewest tool errors first"),
    "misses": ("most misses first", "fewest misses first"),
    "worst": ("worst findings first", "worst findings last"),
    "extraction": ("by extraction", "by extraction, backwards"),
    "cause": ("by first cause", "by first cause, backwards"),
}
_PLACE: Final = itemgetter(0)
_GROUPINGS: Final = (None, *GROUPS)


class Board:
    """The sessions that came, by their ids, and what is shown of them.

    `query` is what `narrowing` was read from, `group` the column that they stand in groups by, None for none;
    `turned`: the order is seen from its other end.
    """

    def __init__(self) -> None:
        self.cases: dict[SessionId, Case] = {}
        self.marks: dict[SessionId, None] = {}
        self.query = ""
        self.order = next(iter(ORDERS))
        self.turned = False
        self.group: str | None = None
        self._narrowing = Narrowing(())
        self._place = place_in(self.order)
        self._kept: list[tuple[Place, Case]] = []
        self._groups: Sequence[tuple[str, Sequence[Case]]] | None = None
        self._unfolded: set[str] = set()
        self._failed = 0

    # ------------------------------------------------------------------ what there is

    def take(self, cases: Sequence[Case]) -> None:
        """Take sessions that came; each goes where it belongs."""
        fresh = [case for case in cases if case.session_id not in self.cases]
        self.cases.update((case.session_id, case) for case in fresh)
        self._failed += sum(case.failed for case in fresh)
        self._groups = None
        kept = [(self._place(case), case) for case in fresh if self._narrowing.keeps(case)]
        if len(kept) > _MOST_TO_INSERT:
            self._kept += kept
            self._kept.sort(key=_PLACE)
        else:
            for placed in kept:
                insort(self._kept, placed, key=_PLACE)

    @property
    def kept(self) -> Sequence[Case]:
        """The sessions that the filter keeps, in their order."""
        return [case for _, case in (reversed(self._kept) if self.turned else self._kept)]

    @property
    def chosen(self) -> tuple[list[Case], str]:
        """The sessions that are asked about, and what is said of them: marked, else filtered, else failed."""
        if self.marks:
            return [self.cases[each] for each in self.marks if each in self.cases], "are marked"
        if self.query:
            return list(self.kept), "are kept by the filter"
        return [case for case in self.cases.values() if case.failed], "failed"

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the filter names."""
        return self._narrowing.columns

    @property
    def shown(self) -> Shown:
        """What of it is shown, in numbers and words."""
        return Shown(
            sessions=len(self.cases),
            failed=self._failed,
            marked=len(self.marks),
            order=_WORDS[self.order][self.turned],
            query=self.query,
            kept=len(self._kept),
            group=self.group,
            groups=len(self.groups),
        )

    @property
    def groups(self) -> Sequence[tuple[str, Sequence[Case]]]:
        """What there is of the column of the groups, and the sessions that have it; the largest first."""
        if self._groups is None:
            groups = grouped(self.kept, self.group) if self.group else []
            self._groups = sorted(groups, key=lambda group: not group[0])
        return self._groups

    def rows(self, missing: Iterable[Unloaded] = ()) -> list[BoardRow]:
        """Return the rows: sessions, and behind them those that are missing; or groups."""
        if self.group is not None:
            return self._group_rows()
        rows = [BoardRow(case, self.marks) for case in self.kept]
        if not self.query:
            rows += [BoardRow(each) for each in missing]
        return rows

    def _group_rows(self) -> list[BoardRow]:
        rows: list[BoardRow] = []
        for value, cases in self.groups:
            unfolded = value in self._unfolded
            failed = sum(case.failed for case in cases)
            rows.append(BoardRow(Group(value=value, sessions=len(cases), failed=failed, unfolded=unfolded)))
            if unfolded:
                rows += [BoardRow(case, self.marks, value) for case in cases]
        return rows

    # ------------------------------------------------------------------ changes

    def narrow(self, query: str) -> None:
        """Show only the sessions that a query keeps; an empty one keeps all. Raises QueryUnreadable."""
        self._narrowing, self.query = Narrowing.parse(query), query.strip()
        self._groups = None
        self._arrange(filter(self._narrowing.keeps, self.cases.values()))

    def sort_by_next(self) -> None:
        """Sort by the next column, the greatest or worst first."""
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.turned, self._groups = False, None
        self._place = place_in(self.order)
        self._arrange([case for _, case in self._kept])

    def _arrange(self, cases: Iterable[Case]) -> None:
        self._kept = sorted(((self._place(case), case) for case in cases), key=_PLACE)

    def turn(self) -> None:
        """See the order from its other end."""
        self.turned, self._groups = not self.turned, None

    def group_by(self, step: int) -> None:
        """Group by another column, folded; behind the last one there are no groups."""
        self.group = _GROUPINGS[(_GROUPINGS.index(self.group) + step) % len(_GROUPINGS)]
        self._unfolded.clear()
        self._groups = None

    def ungroup(self) -> None:
        """Show no groups."""
        self.group, self._groups = None, None

    def fold(self, value: str) -> None:
        """Unfold or fold a group."""
        self._unfolded ^= {value}

    def fold_all(self) -> None:
        """Unfold all groups, or fold them if one is unfolded."""
        self._unfolded = set() if self._unfolded else {value for value, _ in self.groups}

    def mark(self, session_id: SessionId) -> None:
        """Mark a session, or take its mark away."""
        if session_id in self.marks:
            del self.marks[session_id]
        else:
            self.marks[session_id] = None
