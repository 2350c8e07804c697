"""A query of the list while it is typed: what it would ask, what of it is not understood, what there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from feather_tui.errors import QueryUnreadable
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, cells, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.list_query.fields import FIELDS, Field
from feather_tui.session.list_query.query import ListQuery
from feather_tui.session.moments import in_utc

_MARGIN: Final = 3
_NAME_WIDTH, _HELP_WIDTH = 11, 38
_TIMES: Final = frozenset({"since", "until"})


def described(query: ListQuery) -> str:
    """Return what a query asks the API for, and what is filtered here, in words."""
    asked, here = list(_asked(query)), [f"{name} {query.values[name]}" for name in query.local]
    words = " · ".join(asked) or "every session"
    return safe_line(f"{words}; filtered here: {' · '.join(here)}" if here else words)


def question_rows(query: ListQuery, look: Look) -> list[Row]:
    """Return what Enter would ask the API for."""
    key = look.key("open_selected")
    return text_rows(f"{key} asks the API: {described(query)}", _MARGIN, look.width - _MARGIN - 1)


def asked_row(look: Look, *, listed: bool) -> Row:
    """Return what can be done with a list that was asked for; `listed`: if there is a session in it."""
    words = [f"{look.key('ask_list')} asks the API again"]
    if listed and (board := look.key_in_line("show_board")):
        words.append(f"{board} makes a board of what is listed")
    return fit_row(((" " * _MARGIN + " · ".join(words), "dim"),), look.width)


def error_rows(error: QueryUnreadable, look: Look) -> list[Row]:
    """Return what of a query is not understood."""
    return text_rows(str(error), _MARGIN, look.width - _MARGIN - 1, "warn")


def mark_row(error: QueryUnreadable, line: str, look: Look) -> Row:
    """Return the row under the line that marks the place of an error; none in a line that is scrolled."""
    if cells(line) > look.width - 2:
        return ()
    before, word = cells(safe_line(line[: error.start])), cells(safe_line(line[error.start : error.end]))
    return ((" " * (before + 1), "text"), ("^" * max(word, 1), "warn"))


def field_rows(look: Look) -> list[Row]:
    """Return the fields that a query can have, what each means, and what can stand behind it."""
    head = "Fields of a query; other words are looked for in subject and summary"
    return [
        fit_row(((f"{' ' * _MARGIN}{head}", "dim"),), look.width),
        *(fit_row(_field_spans(known), look.width) for known in FIELDS),
    ]


def _field_spans(known: Field) -> Sequence[Span]:
    values = " ".join(known.values) if known.values else ""
    return (
        (f"{' ' * _MARGIN}{known.name + ':':<{_NAME_WIDTH}}", "key"),
        (f"{known.help:<{_HELP_WIDTH}}  ", "text"),
        (values, "dim"),
    )


def _asked(query: ListQuery) -> Iterator[str]:
    for known in FIELDS:
        moment = {"since": query.since, "until": query.until}.get(known.name)
        if moment is not None:
            yield f"{known.name} {in_utc(moment):%Y-%m-%d %H:%M:%S} UTC"
        elif known.name in query.values and known.name not in query.local:
            yield f"{known.name} {query.values[known.name]}"
    if query.text:
        yield f"“{query.text}” in subject or summary"
