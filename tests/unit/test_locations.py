from __future__ import annotations

from pathlib import Path

import pytest

from feather_tui.errors import SettingsInvalid
from feather_tui.locations import Locations


def test_xdg_variables_decide_and_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))

    locations = Locations.default()

    assert locations.config_file == tmp_path / "CONFIG" / "feather-tui" / "config.toml"
    assert locations.cache_file == tmp_path / "CACHE" / "feather-tui" / "sessions.sqlite3"
    assert locations.state == tmp_path / "STATE" / "feather-tui"
    assert list(tmp_path.iterdir()) == []


def test_a_relative_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # What the older supported versions of platformdirs make of a relative XDG_CONFIG_HOME.
    monkeypatch.setattr("platformdirs.PlatformDirs.user_config_path", Path("somewhere/feather-tui"))

    with pytest.raises(SettingsInvalid, match="not an absolute path"):
        Locations.default()
