"""What is looked for in many sessions at once, and what a session has of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from feather_tui.session.identity import SessionId
from feather_tui.session.query import REGEX_MARK, Query
from feather_tui.session.saying import Said

_BEFORE, _AFTER = 80, 400
"""Characters of a text that are kept around its first match: more than a row of a screen has room for."""
MOST_CHARACTERS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A search as `parse` understood it.

    A session has it if some text of it matches `whole`; or, where several words were typed, if it has them
    all, wherever. `words` are empty for a regular expression. `any_word` finds each of them.
    """

    whole: Query
    words: tuple[str, ...]
    any_word: Query

    @classmethod
    def parse(cls, text: str) -> Self:
        r"""Understand what was typed, as a search of one session does: `Query.parse`.

        Blanks around it count for nothing, and what is longer than MOST_CHARACTERS is cut to that. Raises
        UsageError for nothing, and for a regular expression that is none or could run without end.
        """
        typed = text.strip()[:MOST_CHARACTERS].rstrip()
        whole = Query.parse(typed)
        words = tuple(dict.fromkeys(typed.split())) if whole.pattern is None else ()
        if len(words) < 2:  # noqa: PLR2004 - one word is the whole text
            return cls(whole=whole, words=words, any_word=whole)
        any_word = Query.parse(REGEX_MARK + "|".join(map(re.escape, sorted(words, key=len, reverse=True))))
        return cls(whole=whole, words=words, any_word=any_word)

    def __str__(self) -> str:
        return str(self.whole)


class Match(NamedTuple):
    """A text that matches, and `query`: what finds it, and the others like it, in its session."""

    said: Said
    query: Query
    spans: list[tuple[int, int]]


def find(texts: Iterable[Said], sought: Sought) -> Match | None:
    """Return the first text that holds what is sought as it was typed, else the one with the most words.

    None if the texts together do not have it. Of one session the texts are looked through once, and no
    further than to the first that matches.
    """
    queries = [Query(text=word, regard_case=sought.whole.regard_case) for word in sought.words]
    missing = set(range(len(queries)))
    best, most = None, 0
    for said in texts:
        spans = sought.whole.spans(said.text)
        if spans:
            return Match(said, sought.whole, spans)
        if len(queries) > 1:
            here = {number for number, query in enumerate(queries) if query.spans(said.text)}
            missing -= here
            if len(here) > most:
                best, most = said, len(here)
    if missing or best is None:
        return None
    return Match(best, sought.any_word, sought.any_word.spans(best.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A session that has what is sought, and where.

    `who` and `field` are those of `Said`. `excerpt` is the text around its first match, in which `spans`
    [start, end) match; `begins` and `ends` tell whether it reaches to the text's own ends.
    """

    session_id: SessionId
    query: Query
    who: str
    field: str
    excerpt: str
    spans: tuple[tuple[int, int], ...]
    begins: bool
    ends: bool

    @classmethod
    def of(cls, session_id: SessionId, match: Match) -> Self:
        """Cut the excerpt out of the text that matches."""
        text = match.said.text
        first = match.spans[0][0] if match.spans else 0
        start, stop = max(first - _BEFORE, 0), first + _AFTER
        return cls(
            session_id=session_id,
            query=match.query,
            who=match.said.who,
            field=match.said.field,
            excerpt=text[start:stop],
            spans=tuple(
                (begin - start, min(end, stop) - start) for begin, end in match.spans if begin < stop
            ),
            begins=start == 0,
            ends=stop >= len(text),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How far a search of the cached sessions is.

    `hits` are those found so far, the sessions that began last first; `left` sessions may still have it.
    Of the `cached` sessions, `indexed` stand in the index; the others are read one by one, all of them
    where `no_index` says why there is none.
    """

    sought: Sought
    hits: tuple[Hit, ...] = ()
    left: int = 0
    cached: int = 0
    indexed: int = 0
    no_index: str = ""
