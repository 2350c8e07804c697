"""A letter that is typed changes cells, and arranges nothing anew."""

from __future__ import annotations

import pytest
from robot import Robot
from textual.screen import Screen


@pytest.fixture
def arranged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Counts how often a screen is arranged: an item each time."""
    times: list[str] = []
    arrange = Screen._refresh_layout

    def counted(screen: Screen[object], *words: object, **options: object) -> None:
        times.append(type(screen).__name__)
        arrange(screen, *words, **options)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(Screen, "_refresh_layout", counted)
    return times


async def test_in_the_lookup(lookup: Robot, arranged: list[str]) -> None:
    await lookup.type("c")
    arranged.clear()
    await lookup.type("hat")
    await lookup.press("backspace", "backspace", "backspace", "backspace")

    assert not arranged


async def test_in_a_search(demo: Robot, arranged: list[str]) -> None:
    await demo.press("slash")
    await demo.type("r")  # shows how much is found, in a row that was not there
    arranged.clear()
    await demo.type("efund")

    assert not arranged


async def test_what_is_longer_than_the_line_is_followed(demo: Robot) -> None:
    await demo.press("slash")
    await demo.type("word" * 60 + "the end")

    demo.sees("wordthe end")
