"""The full-text table: in which texts three characters stand side by side.

It only narrows a search down: who asks for `refund` learns which rows hold `ref`, `efu`, `fun` and `und`, and
looks through those. Nothing else is asked of it, so it is SQLite's smallest: no positions, no columns, no
copy of the text (FTS5, `trigram`, `detail=none`, contentless). Measured over 300 sessions of 40 messages,
12 MB of documents, one in twelve of them Japanese:

    unicode61, words, with positions   1.4 ms a session   48 % of the documents   0.1-0.3 ms a query
    unicode61, words alone             1.3 ms             28 %                    0.1-0.3 ms
    trigram, with positions            5.7 ms            165 %                    0.1-0.6 ms
    trigram, detail=none               4.1 ms             34 %                    0.1-0.4 ms

Words would be smaller by little. They find no part of a word or an id, as a search of the open session does,
and in Japanese or Chinese, written without blanks, next to nothing. And a word stands in their table as it
was said, here never more than three characters of it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = (
    "USING fts5(folded, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1')"
)
_LENGTH = 3
_MOST_ASKED_FOR = 60
"""Trigrams of one word that are asked for: more narrow hardly further, and SQLite bounds an expression."""
_MERGED_PAGES = 300


@cache
def available() -> bool:
    """Return whether this SQLite has the table: FTS5 is an option, its trigrams came with 3.34."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(f"CREATE VIRTUAL TABLE trigrams {_TABLE}")
        except sqlite3.OperationalError:
            return False
        return True


def create(connection: sqlite3.Connection) -> None:
    """Make the table if it is not there. Raises sqlite3.Error."""
    connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS trigrams {_TABLE}")


def folded(texts: Iterable[str]) -> str:
    """Return texts as they are written into the table, where case does not count."""
    return _fold("\n".join(texts))


def add(connection: sqlite3.Connection, row: int, text: str) -> None:
    """Write a folded text under a row's number. Raises sqlite3.Error."""
    connection.execute("INSERT INTO trigrams (rowid, folded) VALUES (?, ?)", (row, text))


def remove(connection: sqlite3.Connection, row: int, text: str) -> None:
    """Take out the very text that was added. Raises sqlite3.Error.

    What it leaves behind is gone once `merge` has nothing left to do.
    """
    connection.execute("INSERT INTO trigrams (trigrams, rowid, folded) VALUES ('delete', ?, ?)", (row, text))


def merge(connection: sqlite3.Connection, *, first: bool) -> bool:
    """Rewrite some of the table without what was removed from it; `first` begins anew.

    Return whether there may be more to do. Raises sqlite3.Error.
    """
    before = connection.total_changes
    pages = -_MERGED_PAGES if first else _MERGED_PAGES  # less than none: all of it, at last as one piece
    connection.execute("INSERT INTO trigrams (trigrams, rank) VALUES ('merge', ?)", (pages,))
    return connection.total_changes - before > 1


def discard(connection: sqlite3.Connection) -> None:
    """Remove the table and all that is in it. Raises sqlite3.Error."""
    try:
        connection.execute("DROP TABLE IF EXISTS trigrams")
    except sqlite3.DatabaseError:  # it is asked itself, and may be damaged, or its module not be here
        _tear_out(connection)


def _tear_out(connection: sqlite3.Connection) -> None:
    """Strike the table off the schema; what it was made of are then tables like any other."""
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = 'trigrams'")
    connection.execute("PRAGMA writable_schema = RESET")
    names = connection.execute(r"SELECT name FROM sqlite_master WHERE name LIKE 'trigrams\_%' ESCAPE '\'")
    for (name,) in names.fetchall():
        connection.execute(f"DROP TABLE {name}")


def expression(word: str) -> str | None:
    """Return what to ask the table for: it holds of every row in which the word stands, and of few others.

    None for a word that is too short to narrow anything down.
    """
    text = _fold(word)
    trigrams = dict.fromkeys(text[place : place + _LENGTH] for place in range(len(text) - _LENGTH + 1))
    return " AND ".join(map(_quoted, list(trigrams)[:_MOST_ASKED_FOR])) or None


def _quoted(text: str) -> str:
    """Return text as FTS5 takes it for itself, whatever it looks like."""
    return '"' + text.replace('"', '""') + '"'


def _fold(text: str) -> str:
    """Return text as `Query` compares it, without what SQLite cannot be given: NUL, lone surrogates."""
    return text.casefold().replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
