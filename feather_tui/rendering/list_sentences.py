"""What is to be said of a list of sessions: whatever is not in it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feather_tui.findings.line import counted
from feather_tui.rendering.clock import count
from feather_tui.session.list_query.query import NOT_OPENED, ListQuery


def nothing_found(query: ListQuery) -> str:
    """Return the sentence of a list without a session."""
    where = " Words are looked for in subject and summary only." if query.text else ""
    return f"No session was found.{where}"


def what_is_missing(
    looked_at: int, left_out: Mapping[str, int], *, refused: int, odd: Mapping[str, int]
) -> Iterator[str]:
    """Yield what was left out here and by what, and what of the rows could not be read."""
    if left_out:
        reasons = ", ".join(f"{count(n)} {_left_out_by(name)}" for name, n in left_out.items())
        yield f"Of {counted(looked_at, 'session')} that the API gave, left out here: {reasons}."
    if refused:
        yield f"{counted(refused, 'row')} of the list without a usable id: not shown."
    if odd:
        names = ", ".join(f"{name} ({count(n)})" for name, n in odd.items())
        yield f"Some values were of a wrong type and are shown as missing: {names}."


def _left_out_by(name: str) -> str:
    return f"{name}, so outcome and findings are not known" if name == NOT_OPENED else f"by {name}:"
