"""What was said in a cache for tests, and how the index of it is filled and asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store_samples import ANALYSIS, NOW, SCOPE, document, session

from feather_tui.session.saying import Said
from feather_tui.store.texts import Piece

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Scope
    from feather_tui.store.store import Store

SIGN = "⟡⟢⟣⟤"
"""A word whose pieces are nowhere by chance."""


def piece(*texts: str, number: int = 0, last: bool = True) -> Piece:
    return Piece.of(number, [Said("user", "content", text) for text in texts], last=last)


def put(store: Store, number: int, said: str, *, fetched_at: datetime = NOW, scope: Scope = SCOPE) -> None:
    """Cache a session that says something, and add it to the index."""
    store.put(scope, session(number), ANALYSIS, f"{document(number, 500)!r} {said}".encode(), fetched_at)
    add_all(store, said, scope=scope)


def add_all(store: Store, *said: str, scope: Scope = SCOPE) -> int:
    """Add what is lacking to the index, all with the same words; return how many documents that were."""
    lacking = store.index.lacking(scope)
    assert all(store.index.add(document, piece(*said)) for document in lacking)
    store.index.complete()
    return len(lacking)


def prospects(store: Store, *words: str, scope: Scope = SCOPE) -> list[SessionId]:
    """The sessions in which these words may stand."""
    return [found.session_id for found in store.index.prospects(scope, words).sessions]


def texts(store: Store, number: int, *, scope: Scope = SCOPE) -> list[str]:
    """What the index says of a session."""
    pieces = store.index.pieces(scope, session(number))
    return [said.text for some in pieces for said in some.said()]


def rows_of_index(store: Store) -> int:
    (count,) = store._database.connection.execute("SELECT count(*) FROM texts").fetchone()
    return int(count)


def traces_on_disk(path: Path) -> int:
    """Count what can be read in any of the cache's files of SIGN, whole or as a piece."""
    return sum(
        file.read_bytes().count(part)
        for file in path.parent.iterdir()
        for part in (SIGN.encode(), SIGN.encode()[3:9], SIGN[1:].encode())
    )


def tidied(store: Store) -> None:
    """Remove from the index what is no longer cached."""
    while store.index.tidy():
        pass
