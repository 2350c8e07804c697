"""Sessions of the demo and the pages made of them, for tests of evidence, latency and grounding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from documents import analysis, body, read, row
from looks import lines, look

from feather_tui.demo import incident
from feather_tui.rendering.call_chain import call_blocks
from feather_tui.rendering.evidence import answer_blocks
from feather_tui.session import timeline
from feather_tui.session.call_chain import CallChain, call_chain
from feather_tui.session.evidence import AnswerChain, answer_chain
from feather_tui.session.grounding import Exactness, ground
from feather_tui.session.identity import DocumentKind
from feather_tui.session.model import Extraction, Session
from feather_tui.session.reading import read_extraction, read_session
from feather_tui.session.timeline import CallEntry, Entry, MessageEntry

GOLDEN = Path(__file__).parent / "golden"


def told(slug: str) -> Session:
    """The analysis input of a session of the demo."""
    return read_session(
        body(incident.replies(incident.session_id(slug))[DocumentKind.ANALYSIS].body)
    ).document


def extracted(slug: str) -> Extraction:
    """The extraction of a session of the demo."""
    replies = incident.replies(incident.session_id(slug))
    return read_extraction(body(replies[DocumentKind.EXTRACTION].body)).document


def calls_of(entries: Sequence[Entry]) -> list[CallEntry]:
    """The tool calls of a timeline."""
    return [entry for entry in entries if isinstance(entry, CallEntry)]


def rows_of(entries: Sequence[Entry]) -> list[int]:
    """The rows of a timeline that stand by themselves."""
    return [entry.row for entry in entries if isinstance(entry, MessageEntry)]


def answer(number: int, *messages: Any, **fields: Any) -> AnswerChain:
    """The chain of one row of `analysis(*messages, **fields)`."""
    session = read(analysis(*messages, **fields))
    return answer_chain(session, timeline.build(session), number)


def call(number: int, *messages: Any, **fields: Any) -> CallChain:
    """The chain of one tool call of `analysis(*messages, **fields)`, counted in the timeline's order."""
    session = read(analysis(*messages, **fields))
    entries = timeline.build(session)
    return call_chain(session, entries, calls_of(entries)[number])


def answer_lines(chain: AnswerChain, width: int = 80, *, expanded: bool = False) -> list[str]:
    """The page of an answer's chain."""
    return lines(answer_blocks(chain, look(width)), width, expanded=expanded)


def call_lines(chain: CallChain, width: int = 80, *, expanded: bool = False) -> list[str]:
    """The page of a call's chain."""
    return lines(call_blocks(chain, look(width)), width, expanded=expanded)


def found_in(text: str, value: Any, path: tuple[str, ...] = ("refund", "field")) -> list[str]:
    """What stands in a message where a value was found: a place at most."""
    places = ground(read(analysis(row("user", text))), value, path)
    assert all(place.row == 0 and text[place.start : place.end] == place.text for place in places)
    assert all((place.text == str(value)) == (place.exactness is Exactness.EXACT) for place in places)
    return [place.text for place in places]


def under(title: str, page: list[str]) -> list[str]:
    """The lines of one section of a page, with the line of its title."""
    start = next(at for at, line in enumerate(page) if line == f" {title}" or line.startswith(f" {title}   "))
    end = next((at for at in range(start, len(page)) if not page[at]), len(page))
    return page[start:end]


def golden(name: str) -> list[str]:
    """A page as it was looked at and found good."""
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
