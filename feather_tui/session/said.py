"""What was said in a session, text by text: what a search of many sessions looks through.

The texts are those that a search of the open session looks through as well (`entry_texts`), each with a word
for whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from feather_tui.session.entry_texts import extraction_texts, texts_of
from feather_tui.session.model import Extraction
from feather_tui.session.saying import Said
from feather_tui.session.timeline import (
    CallEntry,
    EndEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
)

PIECE_CHARACTERS: Final = 100_000
"""About what one piece holds, so that no single step of keeping or reading pieces takes long."""
OVERLAP_CHARACTERS: Final = 1_000
"""What two pieces of one text have in common, so that a match where they part is in one of them."""

_NAMES: Final[dict[type[Entry], str]] = {
    RetrievalEntry: "retrieval",
    ExposureEntry: "citations",
    HandoffEntry: "handoff",
    EndEntry: "end",
}


def said_in_timeline(timeline: Iterable[Entry]) -> Iterator[Said]:
    """Yield the texts of a timeline, in its order."""
    for entry in timeline:
        who = _who(entry)
        for field, text in texts_of(entry):
            yield Said(who, field, text)


def said_in_extraction(extraction: Extraction) -> Iterator[Said]:
    """Yield the texts of an extraction, what went wrong first; a field's name is its dotted path."""
    for path, _, text in extraction_texts(extraction):
        yield Said("extraction", ".".join(path), text)


def pieces(said: Iterable[Said]) -> Iterator[list[Said]]:
    """Yield the texts in lists of about PIECE_CHARACTERS, a longer text parted; one list at least."""
    piece: list[Said] = []
    size = 0
    for text in said:
        for part in _parts(text):
            piece.append(part)
            size += len(part.text)
            if size >= PIECE_CHARACTERS:
                yield piece
                piece, size = [], 0
    yield piece


def _parts(said: Said) -> Iterator[Said]:
    who, field, text = said
    for start in range(0, max(len(text) - OVERLAP_CHARACTERS, 1), PIECE_CHARACTERS):
        yield Said(who, field, text[start : start + PIECE_CHARACTERS + OVERLAP_CHARACTERS])


def _who(entry: Entry) -> str:
    match entry:
        case MessageEntry():
            return entry.message.role
        case CallEntry():
            return f"tool {entry.call.name}"
        case _:
            return _NAMES.get(type(entry), "")
