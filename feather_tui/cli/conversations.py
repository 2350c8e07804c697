"""`feather-tui list [QUERY]`: print which sessions there are."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol

from feather_tui.api.conversations import LARGEST_PAGE
from feather_tui.cli.messages import say
from feather_tui.cli.wiring import desk
from feather_tui.errors import FeatherError
from feather_tui.export.conversations import conversation_json
from feather_tui.rendering.clock import Clock, count
from feather_tui.rendering.conversations import conversation_row, heading_row
from feather_tui.rendering.list_sentences import nothing_found, what_is_missing
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, text_of
from feather_tui.session.list_query.query import ListQuery

if TYPE_CHECKING:
    import argparse

    from feather_tui.api.conversations import Batch
    from feather_tui.cli.display import Display
    from feather_tui.cli.wiring import Desk
    from feather_tui.session.conversation import Conversation
    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Known

_MOST_LOOKED_AT: Final = 10_000
"""Rows that are looked at for those that are not left out here."""
_UNCUT: Final = 1 << 20
"""Columns where standard output is no terminal: grep and awk want the whole."""


@dataclass(kw_only=True)
class _Tally:
    """What came of the list."""

    printed: int = 0
    looked_at: int = 0
    refused: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    more: bool = False

    def sentences(self, query: ListQuery) -> Iterator[str]:
        """Yield what is to be said of it: whatever is not in the list, and why."""
        if not self.printed and not self.more:
            yield nothing_found(query)
        yield from what_is_missing(self.looked_at, self.left_out, refused=self.refused, odd=self.odd)
        yield from self.notices
        if self.more:
            yield self._about_more()

    def _about_more(self) -> str:
        if self.looked_at >= _MOST_LOOKED_AT:
            return f"The first {count(self.looked_at)} sessions were looked at; the API has more. Use since:."
        return f"These are the first {count(self.printed)}; the API has more. Raise --limit or use since:."


class _Printer(Protocol):
    """Writes rows to standard output as they come."""

    def row(self, row: Conversation, known: Known | None) -> None:
        """Print one session; `known`: if it was opened here."""

    def end(self) -> None:
        """Print what stands behind the last one."""


def run(arguments: argparse.Namespace) -> int:
    """Print sessions as they come; return 0.

    Raises QueryUnreadable, SettingsInvalid, KeyMissing, KeyUnusable, and whatever ends the list early.
    """
    query = ListQuery.parse(" ".join(arguments.query), datetime.now(UTC))
    tally = _Tally()
    with desk(arguments) as on_desk:
        printer = _PRINTERS[arguments.format](on_desk.display)
        try:
            asyncio.run(_print_all(on_desk, query, arguments.limit, printer, tally))
        except FeatherError:
            if tally.looked_at:
                printer.end()
                were = "session was" if tally.printed == 1 else "sessions were"
                say(f"The list ends early: {count(tally.printed)} {were} printed before this.")
            raise
        finally:
            on_desk.store.close()
        printer.end()
    for sentence in (*tally.sentences(query), *on_desk.store.notices):
        say(sentence)
    return 0


async def _print_all(on_desk: Desk, query: ListQuery, limit: int, printer: _Printer, tally: _Tally) -> None:
    assert on_desk.connect is not None  # noqa: S101 - the parser knows no --offline
    known = {session.session_id: session for session in on_desk.store.known(on_desk.scope)}
    client = on_desk.connect()
    try:
        size = LARGEST_PAGE if query.local else min(limit, LARGEST_PAGE)
        async with aclosing(on_desk.conversations(client).pages(query, size=size)) as batches:
            async for batch in batches:
                _print_batch(batch, query, limit, known, printer, tally)
                sys.stdout.flush()
                if tally.more:
                    break
    finally:
        await client.aclose()


def _print_batch(
    batch: Batch,
    query: ListQuery,
    limit: int,
    known: Mapping[SessionId, Known],
    printer: _Printer,
    tally: _Tally,
) -> None:
    """Print the rows of a batch that the query keeps, up to the limit, and count the others."""
    tally.refused += batch.refused
    tally.notices += [batch.notice] if batch.notice else []
    for row in batch.rows:
        opened = known.get(row.session_id)
        reason = query.left_out_by(row, opened)
        if not reason and tally.printed >= limit:
            tally.more = True
            return
        tally.looked_at += 1
        if reason:
            tally.left_out[reason] += 1
            continue
        printer.row(row, opened)
        tally.printed += 1
        tally.odd.update(row.odd)
    tally.more = batch.more and (tally.printed >= limit or tally.looked_at >= _MOST_LOOKED_AT)


class _Table:
    """Columns, as wide as the terminal; uncut where there is none."""

    def __init__(self, display: Display) -> None:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNCUT
        self._display = display
        self._look = Look(width=width, clock=Clock(now=datetime.now(UTC)))
        self._begun = False

    def row(self, row: Conversation, _: Known | None) -> None:
        if not self._begun:
            self._begun = True
            self._print(lambda: heading_row(self._look))
        self._print(lambda: conversation_row(row, self._look))

    def end(self) -> None:
        pass

    def _print(self, make: Callable[[], Row]) -> None:
        print(self._display.text_of(lambda: text_of(make())))


class _Lines:
    """An object a line."""

    def __init__(self, _: Display) -> None:
        pass

    def row(self, row: Conversation, known: Known | None) -> None:
        print(json.dumps(conversation_json(row, known)))

    def end(self) -> None:
        pass


class _Array:
    """One array, an object a line."""

    def __init__(self, _: Display) -> None:
        self._before = "["

    def row(self, row: Conversation, known: Known | None) -> None:
        print(f"{self._before}\n{json.dumps(conversation_json(row, known))}", end="")
        self._before = ","

    def end(self) -> None:
        print("[]" if self._before == "[" else "\n]")


_PRINTERS: Final[Mapping[str, Callable[[Display], _Printer]]] = {
    "table": _Table,
    "json": _Array,
    "jsonl": _Lines,
}
