"""Where the marks of a run are kept, and how they are removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Feather

from feather_tui.cli.arguments import parse
from feather_tui.cli.wiring import desk
from feather_tui.locations import Locations
from feather_tui.mark_files import marks_directory
from feather_tui.session.identity import SessionId

SESSION = SessionId("00000000-0000-4000-8000-000000000001")
REMARKS = {"message of user": "why?"}


@pytest.fixture(autouse=True)
def key(locations: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a new user an API key, which is never used."""
    assert kept(locations) == []
    monkeypatch.setenv("FEATHER_API_KEY", "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9")


def mark(*words: str) -> None:
    """Mark an entry in a run with these words."""
    with desk(parse(words)) as on_desk:
        on_desk.marks.put(SESSION, REMARKS)
        assert on_desk.marks.get(SESSION) == REMARKS


def kept(locations: Locations) -> list[Path]:
    directory = marks_directory(locations.state)
    return sorted(directory.iterdir()) if directory.exists() else []


def test_marks_are_kept_under_the_state_directory(locations: Locations) -> None:
    mark()

    assert [path.name for path in kept(locations)] == [f"{SESSION}.json"]
    with desk(parse([])) as on_desk:
        assert on_desk.marks.get(SESSION) == REMARKS


@pytest.mark.parametrize("word", ["--no-cache", "--demo"])
def test_a_run_that_leaves_nothing_behind_leaves_no_marks(locations: Locations, word: str) -> None:
    mark(word)

    assert kept(locations) == []


def test_clearing_the_cache_removes_the_marks_even_where_nothing_is_cached(
    feather: Feather, locations: Locations
) -> None:
    mark()
    for file in locations.cache.glob("*"):
        file.unlink()

    assert feather("cache", "clear").status == 0
    assert kept(locations) == []
