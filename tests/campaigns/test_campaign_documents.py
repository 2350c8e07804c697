"""Any document, as the API should never send it: it is shown, or refused in one sentence, on every page."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Final

from campaign import Tally, tries
from documents import SESSION_ID, analysis, body, extraction, row
from every_page import every_file, every_row, raw_rows, shown_of
from loopback import LoopbackApi
from odd_documents import odd_document
from robot import loopback_library, opened
from tape import acts

from feather_tui.arrivals import Source
from feather_tui.errors import FeatherError
from feather_tui.export.document import Shown
from feather_tui.rendering.clock import TimeMode
from feather_tui.rendering.row import text_of, width_of
from feather_tui.session.identity import DocumentKind, SessionId

GOOD: Final = {
    DocumentKind.ANALYSIS: body(analysis(row("user", "Where is it?"), row("assistant", "Here.", second=4))),
    DocumentKind.EXTRACTION: body(extraction()),
}
WIDTHS: Final = (24, 40, 80, 200)
MODES: Final = tuple(TimeMode)
SENTENCE: Final = 600
"""Characters of a refusal at most."""
KEYS: Final = (
    *("e", "pagedown", "end", "home", "enter", "plus", "i", "q", "f", "f", "x", "q", "L", "e", "q", "M", "q"),
    *("slash", "o", "enter", "n", "N", "escape", "F", "e", "enter", "escape", "v", "e", "end", "o", "q"),
    *("3", "e", "end", "z", "v", "q", "t", "t", "y", "q", "m", "2", "m", "apostrophe", "r", "1", "2"),
)


@contextmanager
def no_crash() -> Iterator[None]:
    """Let whatever is raised fall short of what is promised."""
    try:
        yield
    except AssertionError:
        raise
    except Exception as error:
        lines = "".join(traceback.format_exception(error)[-4:])
        raise AssertionError(lines) from error


def bodies(number: int) -> dict[DocumentKind, bytes]:
    """Give an odd document beside a good one; sometimes both are odd."""
    odd = [DocumentKind.ANALYSIS, DocumentKind.ANALYSIS, DocumentKind.EXTRACTION][number % 3]
    both = number % 7 == 0
    return {kind: odd_document(kind, number) if both or kind is odd else GOOD[kind] for kind in DocumentKind}


def assert_refused_plainly(error: FeatherError) -> None:
    assert error.sentence.endswith("."), error.sentence
    assert "\n" not in error.sentence, error.sentence
    assert len(str(error)) <= SENTENCE, error.sentence
    assert "Traceback" not in str(error), error.sentence


def assert_everything_shows(shown: Shown, width: int, mode: TimeMode) -> None:
    for shown_row in every_row(shown, width, mode):
        text = text_of(shown_row)
        assert width_of(shown_row) <= width, text
        assert not any(map(acts, text)), repr(text)
    for written in every_file(shown):
        written.encode()


@tries(sample=15, full=10_000, slices=8)
def test_any_document_is_shown_on_every_page_or_refused_in_a_sentence(tries: range, tally: Tally) -> None:
    for number in tries:
        width, mode = WIDTHS[number % len(WIDTHS)], MODES[number // len(WIDTHS) % len(MODES)]
        given = bodies(number)
        source = Source.CACHE if number % 5 == 0 else Source.API
        with tally.attempt(f"document {number}, {width} columns"), no_crash():
            shown = shown_of(given[DocumentKind.ANALYSIS], given[DocumentKind.EXTRACTION], source)
            for failure in shown.failures.values():
                assert_refused_plainly(failure.error)
            assert_everything_shows(shown, width, mode)
            for document in given.values():
                for raw_row in raw_rows(document, width):
                    assert width_of(raw_row) <= width


@tries(sample=1, full=300, slices=2)
async def test_the_program_lives_through_any_document(tries: range, tally: Tally) -> None:
    for number in tries:
        given = bodies(100_000 + number)
        size = ((80, 24), (120, 36), (60, 16))[number % 3]
        with tally.attempt(f"document {100_000 + number}, {size}"), no_crash():
            async with LoopbackApi() as api:
                api.serve(
                    SESSION_ID,
                    analysis=given[DocumentKind.ANALYSIS],
                    extraction=given[DocumentKind.EXTRACTION],
                )
                async with opened(loopback_library(api), given=[SessionId(SESSION_ID)], size=size) as robot:
                    for key in keys(number):
                        await robot.press(key)
                        assert robot.app.is_running, key
                    robot.sees("feather")


def keys(number: int) -> list[str]:
    """Give the keys in an order of their own, as far as the program may not be left."""
    chance = Random(number)  # noqa: S311 - the same keys each time
    start = chance.randrange(20)
    return [
        *KEYS[:1],
        *KEYS[start:],
        *chance.choices(("j", "space", "enter", "e", "G", "]", "tab", "2", "3"), k=8),
    ]
