"""Where lists are is a convenience: kept privately, and no fault in it stops anybody."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from feather_tui.list_paths import ListPaths

ORIGIN = "https://api.example.com"


def test_a_path_is_kept_for_its_origin(tmp_path: Path) -> None:
    ListPaths(tmp_path / "state").put(ORIGIN, "/v1/v2/conversations")
    ListPaths(tmp_path / "state").put("https://other.example", "/v1/conversations")

    assert ListPaths(tmp_path / "state").get(ORIGIN) == "/v1/v2/conversations"
    assert ListPaths(tmp_path / "state").get("https://nobody.example") is None
    (file,) = (tmp_path / "state").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_without_a_directory_nothing_is_kept(tmp_path: Path) -> None:
    ListPaths(None).put(ORIGIN, "/v1/conversations")

    assert ListPaths(None).get(ORIGIN) is None
    assert list(tmp_path.glob("*.json")) == []


def test_of_too_many_those_put_first_are_let_go(tmp_path: Path) -> None:
    paths = ListPaths(tmp_path)
    paths.put(ORIGIN, "/a")
    for number in range(49):
        paths.put(f"https://{number}.example", "/b")
    paths.put(ORIGIN, "/c")
    paths.put("https://one-more.example", "/d")

    assert paths.get(ORIGIN) == "/c"
    assert paths.get("https://0.example") is None
    assert paths.get("https://1.example") == "/b"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b'{"https://api.example.com": 3}', b"[" * 100_000]
)
def test_a_damaged_file_is_as_good_as_none_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    paths = ListPaths(tmp_path)
    paths.put(ORIGIN, "/a")
    next(tmp_path.glob("*.json")).write_bytes(content)

    assert paths.get(ORIGIN) is None
    paths.put(ORIGIN, "/b")
    assert paths.get(ORIGIN) == "/b"


def test_a_directory_that_cannot_be_used_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    paths = ListPaths(tmp_path / "file")

    paths.put(ORIGIN, "/a")

    assert paths.get(ORIGIN) is None
