"""Marks between runs: private, bounded, gone in time, and never a reason to fail."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feather_tui.errors import SettingsInvalid
from feather_tui.mark_files import MOST_SESSIONS, MarkFiles
from feather_tui.session.identity import SessionId

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
ONE, OTHER = (SessionId(f"00000000-0000-4000-8000-{number:012}") for number in (1, 2))
REMARKS = {"message of user": "why?", "call of x with id \ud800": ""}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory that does not exist."""
    return tmp_path / "state" / "marks"


def files(directory: Path | None) -> MarkFiles:
    """A new run of the program."""
    return MarkFiles(directory, days=30, now=lambda: NOW)


def put(directory: Path, session_id: SessionId, *, days_ago: float = 0) -> Path:
    """Marks of a session that were changed so long ago."""
    files(directory).put(session_id, REMARKS)
    file = directory / f"{session_id}.json"
    changed = (NOW - timedelta(days=days_ago)).timestamp()
    os.utime(file, (changed, changed))
    return file


def test_the_next_run_has_the_marks_of_each_session(directory: Path) -> None:
    put(directory, ONE)

    assert files(directory).get(ONE) == REMARKS
    assert files(directory).get(OTHER) == {}


def test_only_their_owner_can_read_them(directory: Path) -> None:
    file = put(directory, ONE)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_without_a_directory_they_live_as_long_as_the_program(tmp_path: Path) -> None:
    run = files(None)
    run.put(ONE, REMARKS)

    assert run.get(ONE) == REMARKS
    assert files(None).get(ONE) == {}
    assert list(tmp_path.iterdir()) == []


def test_looking_makes_nothing(directory: Path) -> None:
    assert files(directory).get(ONE) == {}
    files(directory).clear()

    assert not directory.exists()


def test_the_last_mark_taken_away_takes_the_file_away(directory: Path) -> None:
    file = put(directory, ONE)

    files(directory).put(ONE, {})

    assert not file.exists()


def test_old_marks_are_not_read_and_removed_by_the_next_that_are_put(directory: Path) -> None:
    file = put(directory, ONE, days_ago=31)

    assert files(directory).get(ONE) == {}
    assert file.exists()
    put(directory, OTHER, days_ago=29)
    assert not file.exists()
    assert files(directory).get(OTHER) == REMARKS


def test_of_too_many_sessions_those_changed_longest_ago_go(directory: Path) -> None:
    oldest = put(directory, ONE, days_ago=3)
    second = put(directory, OTHER, days_ago=2)
    for number in range(MOST_SESSIONS - 1):
        other = directory / f"{number}.json"
        other.write_bytes(b"{}")
        os.utime(other, (NOW.timestamp(), NOW.timestamp()))

    run = files(directory)
    run.put(SessionId("00000000-0000-4000-8000-000000000003"), {})

    assert not oldest.exists()
    assert second.exists()
    assert len(list(directory.iterdir())) == MOST_SESSIONS


def test_clear_removes_all(directory: Path) -> None:
    put(directory, ONE)
    run = files(directory)
    run.put(OTHER, REMARKS)

    run.clear()

    assert list(directory.iterdir()) == []
    assert run.get(OTHER) == {}


@pytest.mark.parametrize("content", [b"", b"[", b"[]", b'{"x": 1}', b"[" * 100_000, b"\xff"])
def test_a_damaged_file_is_a_sentence_and_can_be_replaced(directory: Path, content: bytes) -> None:
    file = put(directory, ONE)
    file.write_bytes(content)

    with pytest.raises(SettingsInvalid, match="damaged"):
        files(directory).get(ONE)

    files(directory).put(ONE, REMARKS)
    assert files(directory).get(ONE) == REMARKS


def test_what_cannot_be_written_is_a_sentence_and_stays_in_memory(directory: Path) -> None:
    directory.parent.write_text("in the way")
    run = files(directory)

    with pytest.raises(SettingsInvalid, match="cannot be used"):
        run.put(ONE, REMARKS)

    assert run.get(ONE) == REMARKS
    with pytest.raises(SettingsInvalid, match="cannot be used"):
        files(directory).get(ONE)


def test_a_file_that_others_can_read_is_refused(directory: Path) -> None:
    put(directory, ONE).chmod(0o644)

    with pytest.raises(SettingsInvalid, match="must be private"):
        files(directory).get(ONE)
