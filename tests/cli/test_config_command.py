from __future__ import annotations

import pytest
from command_line import Feather

from feather_tui.locations import Locations

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"


def rows(text: str) -> dict[str, str]:
    return {line.split()[0]: line.split(maxsplit=1)[1] for line in text.splitlines()}


def test_path_is_one_line_even_if_the_file_is_broken(feather: Feather, locations: Locations) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.write_text("= nonsense")

    outcome = feather("config", "path")

    assert (outcome.status, outcome.out, outcome.err) == (0, f"{locations.config_file}\n", "")


def test_show_names_every_setting_and_its_source(
    feather: Feather, locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.write_text(
        'profile = "local"\n'
        '[profiles.local]\nurl_template = "http://localhost/{session_id}"\n'
        "[cache]\ndays = 7\n[display]\nmouse = true\n"
        '[keys]\nmove_down = ["f11", "F12"]\n'
    )
    monkeypatch.setenv("FEATHER_BASE_URL", "http://localhost:9000")
    monkeypatch.setenv("FEATHER_THEME", "light")
    monkeypatch.setenv("FEATHER_API_KEY", SECRET)

    outcome = feather("config", "show")

    assert (outcome.status, outcome.err) == (0, "")
    assert rows(outcome.out) == {
        "profile": "local (from config.toml)",
        "base_url": "http://localhost:9000 (from FEATHER_BASE_URL)",
        "cache.days": "7 (from config.toml)",
        "cache.max_megabytes": "512 (default)",
        "network.deadline_seconds": "20.0 (default)",
        "network.max_document_megabytes": "32 (default)",
        "display.time": "utc (default)",
        "display.theme": "light (from FEATHER_THEME)",
        "display.ascii": "auto (default)",
        "display.mouse": "true (from config.toml)",
        "display.output": "difference (default)",
        "url_template": "http://localhost/{session_id} (from config.toml)",
        "keys.move_down": "f11 F12 (from config.toml)",
    }


def test_flags_are_shown_as_such(feather: Feather) -> None:
    outcome = feather("config", "show", "--profile", "local", "--base-url", "https://x.example")

    assert rows(outcome.out)["profile"] == "local (from --profile)"
    assert rows(outcome.out)["base_url"] == "https://x.example (from --base-url)"


def test_a_broken_file_is_a_usage_error(feather: Feather, locations: Locations) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.write_text("[cache]\ndays = 0\n")

    outcome = feather("config", "show")

    assert (outcome.status, outcome.out) == (2, "")
    assert f"{locations.config_file}: cache.days is “0”" in outcome.err
