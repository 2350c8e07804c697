from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import Feather

from feather_tui.locations import Locations
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.store.records import Scope
from feather_tui.store.store import open_store

IDS = tuple(SessionId(f"00000000-0000-4000-8000-{number:012}") for number in range(3))


@pytest.fixture
def three_sessions(locations: Locations) -> None:
    """Fill the cache with three sessions of two hosts, the oldest received three hours ago."""
    store = open_store(locations.cache_file, days=30, max_bytes=1 << 20, now=lambda: datetime.now(UTC))
    for hours, (session_id, host) in enumerate(zip(IDS, "aab", strict=True), start=1):
        scope = Scope(origin=f"https://{host}.example", key_fingerprint="0" * 16)
        received = datetime.now(UTC) - timedelta(hours=hours, minutes=1)
        store.put(scope, session_id, DocumentKind.ANALYSIS, b"{}", received)
        store.put(scope, session_id, DocumentKind.EXTRACTION, b"{}", received)
    store.close()


def test_path_is_one_line_and_makes_nothing(feather: Feather, locations: Locations) -> None:
    outcome = feather("cache", "path")

    assert (outcome.status, outcome.out, outcome.err) == (0, f"{locations.cache_file}\n", "")
    assert not locations.cache.exists()


@pytest.mark.parametrize("action", ["info", "clear"])
def test_an_absent_cache_is_not_made_to_be_looked_at(
    feather: Feather, locations: Locations, action: str
) -> None:
    outcome = feather("cache", action)

    assert outcome.status == 0
    assert "Nothing is cached" in outcome.out
    assert not locations.cache.exists()


@pytest.mark.usefixtures("three_sessions")
def test_info_of_all_hosts(feather: Feather, locations: Locations) -> None:
    outcome = feather("cache", "info")

    rows = dict(line.split("  ", 1) for line in outcome.out.splitlines())
    values = {label: value.strip() for label, value in rows.items()}
    assert (outcome.status, outcome.err) == (0, "")
    assert values["where"] == str(locations.cache_file)
    assert values["size"].endswith("B of at most 512 MB")
    assert (values["sessions"], values["documents"]) == ("3", "6")
    assert values["oldest"].startswith("3 h ago (")
    assert values["newest"].startswith("1 h ago (")
    assert values["kept for"] == "30 days"


@pytest.mark.usefixtures("three_sessions")
def test_clear_removes_the_sessions_of_every_host(feather: Feather) -> None:
    first, second = feather("cache", "clear"), feather("cache", "clear")

    assert (first.status, first.err) == (0, "")
    assert first.out.startswith("Removed 3 sessions from ")
    assert second.out.startswith("Removed 0 sessions from ")
    assert "sessions   0" in feather("cache", "info").out


def test_a_cache_that_cannot_be_used_is_said_and_not_called_cleared(
    feather: Feather, locations: Locations
) -> None:
    locations.cache_file.mkdir(parents=True)

    info, clear = feather("cache", "info"), feather("cache", "clear")

    assert info.status == 0
    assert "cannot be used" in info.out
    assert str(locations.cache_file) in info.err
    assert (clear.status, clear.out) == (1, "")
    assert "Nothing was removed" in clear.err


def test_a_place_with_an_escape_sequence_in_its_name(
    feather: Feather, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "\x1b[2J"))
    Locations.default().cache_file.mkdir(parents=True)

    outcome = feather("cache", "info")

    assert "where" in outcome.out
    assert "\x1b" not in outcome.out + outcome.err
