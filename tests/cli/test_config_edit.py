"""`config edit`: the user's editor on the file, and what is said of the result."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Feather

from feather_tui.cli.config_template import config_template
from feather_tui.commands import COMMANDS
from feather_tui.findings.thresholds import Thresholds
from feather_tui.locations import Locations
from feather_tui.preferences import PREFERENCES
from feather_tui.settings import Settings, load

Editor = Callable[[str], str]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Make a shell script the user's editor; $1 is the file. Give its path."""
    monkeypatch.delenv("VISUAL", raising=False)

    def choose(script: str) -> str:
        path = tmp_path / "an editor"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)
        monkeypatch.setenv("EDITOR", f"'{path}'")
        return str(path)

    return choose


def test_without_a_file_the_editor_gets_a_private_one_with_every_setting_as_a_comment(
    feather: Feather, locations: Locations, editor: Editor, tmp_path: Path
) -> None:
    editor(f"cp -p \"$1\" '{tmp_path}/seen'")

    outcome = feather("config", "edit")

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{locations.config_file} can be used.")
    assert (tmp_path / "seen").read_text() == config_template() == locations.config_file.read_text()
    assert stat.S_IMODE(locations.config_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(locations.config.stat().st_mode) == 0o700


def test_a_file_that_is_there_is_edited_as_it_is(
    feather: Feather, locations: Locations, editor: Editor
) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.write_text("[cache]\n")
    editor('echo "days = 7" >> "$1"')

    assert feather("config", "edit").status == 0
    assert load(locations, {}).cache_days == 7


def test_what_is_wrong_is_said_and_the_edit_is_kept(
    feather: Feather, locations: Locations, editor: Editor
) -> None:
    editor('echo "[cache]\ndays = 0" > "$1"')

    outcome = feather("config", "edit")

    assert (outcome.status, outcome.out) == (2, "")
    assert f"{locations.config_file}: cache.days is “0”, expected a whole number" in outcome.err
    assert "What you wrote is kept: run `feather-tui config edit` again." in outcome.err
    assert locations.config_file.read_text() == "[cache]\ndays = 0\n"


def test_a_file_that_is_broken_already_can_be_mended(
    feather: Feather, locations: Locations, editor: Editor
) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.write_text("= nonsense")
    editor(': > "$1"')

    assert feather("config", "edit").status == 0


def test_the_profile_that_the_file_chooses_is_part_of_it_and_the_environment_is_not(
    feather: Feather, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEATHER_PROFILE", "nowhere")
    editor("true")
    assert feather("config", "edit").status == 0

    editor("""echo 'profile = "prod"' > "$1" """)
    assert "There is no profile “prod” (from config.toml)" in feather("config", "edit").err


def test_visual_goes_before_editor(
    feather: Feather, locations: Locations, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = editor('echo "$@" > "$2.words"')
    monkeypatch.setenv("VISUAL", f"'{path}' --wait")
    monkeypatch.setenv("EDITOR", "false")

    assert feather("config", "edit").status == 0
    words = locations.config_file.with_name("config.toml.words").read_text()
    assert words == f"--wait {locations.config_file}\n"


def test_an_editor_that_fails_is_told_and_the_file_is_still_looked_at(
    feather: Feather, editor: Editor
) -> None:
    path = editor('echo "days = 1" > "$1"; exit 3')

    outcome = feather("config", "edit")

    assert f"{path} ended with status 3." in outcome.err
    assert "unknown key “days”" in outcome.err


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"EDITOR": "/no/such/editor -x"}, "There is no editor /no/such/editor, which EDITOR names."),
        ({"VISUAL": "'vi"}, "VISUAL has a quote without its partner."),
        ({"EDITOR": " ", "PATH": "/nowhere"}, "There is no editor vi."),
    ],
)
def test_without_an_editor_nothing_is_made(
    feather: Feather,
    locations: Locations,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    reason: str,
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    outcome = feather("config", "edit")

    assert (outcome.status, outcome.out) == (2, "")
    assert reason in outcome.err
    assert not locations.config.exists()


def test_an_editor_that_cannot_be_started_is_a_sentence(feather: Feather, editor: Editor) -> None:
    path = editor("")
    Path(path).write_text("#!/no/such/shell\n")

    assert f"The editor {path} cannot be started: No such file" in feather("config", "edit").err


def test_the_template_names_every_setting_at_its_default(locations: Locations) -> None:
    lines = [line.removeprefix("# ") for line in config_template().splitlines()]
    settings = [line for line in lines if line.startswith("[") or " = " in line]
    chosen = tomllib.loads("\n".join(settings))

    names = {f"{section}.{name}" for section in ("cache", "network", "display") for name in chosen[section]}
    assert names == {preference.key for preference in PREFERENCES}
    assert list(chosen["keys"]) == [command.id for command in COMMANDS]
    locations.config.mkdir(parents=True)
    locations.config_file.write_text("\n".join(settings))
    loaded = load(locations, os.environ)
    assert loaded == Settings(
        profile=loaded.profile, keys=loaded.keys, thresholds=Thresholds(), sources=loaded.sources
    )
    assert loaded.profile.name == "sandbox"


def test_each_line_of_the_template_takes_effect_alone(locations: Locations) -> None:
    template = config_template()
    locations.config.mkdir(parents=True)
    for preference in PREFERENCES:
        name = preference.key.partition(".")[2]
        assert template.count(f"\n# {name} = ") == 1
        locations.config_file.write_text(template.replace(f"\n# {name} = ", f"\n{name} = "))
        assert set(load(locations, {}).sources) == {preference.key}


def test_the_editor_does_not_get_the_key(
    feather: Feather, editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEATHER_API_KEY", "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9")
    editor(f"env > '{tmp_path}/environment'")

    assert feather("config", "edit").status == 0

    assert "HOME=" in (tmp_path / "environment").read_text()
    assert "fth_live" not in (tmp_path / "environment").read_text()
