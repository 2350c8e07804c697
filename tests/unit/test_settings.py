from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from feather_tui.errors import SettingsInvalid
from feather_tui.findings.thresholds import Limit
from feather_tui.locations import Locations
from feather_tui.settings import Profile, Settings, load, profile_names

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"

EVERYTHING = """
profile = "prod"
[profiles.prod]
base_url = "https://api.example.com/feather/"
url_template = "https://app.example.com/{session_id}"
[profiles.local]
base_url = "http://127.0.0.1:9000"
[cache]
days = 7
max_megabytes = 64
[network]
deadline_seconds = 5
max_document_megabytes = 8
[display]
time = "offset"
theme = "high-contrast"
ascii = true
mouse = true
output = "plain"
[keys]
move_down = ["f11", "F12"]
"""


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return Locations(config=tmp_path, cache=tmp_path / "cache", state=tmp_path / "state")


def sources(profile: Profile) -> tuple[str, str, str, str]:
    return profile.name, profile.chosen_by, profile.base_url.text, profile.base_url_from


def refusal(locations: Locations, content: str) -> str:
    locations.config_file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsInvalid) as caught:
        load(locations, {})
    return str(caught.value)


def test_without_any_configuration_it_is_the_sandbox_and_nothing_is_made(locations: Locations) -> None:
    settings = load(locations, {})

    assert sources(settings.profile) == ("sandbox", "default", "https://api-sandbox.featherhq.com", "default")
    assert settings == Settings(profile=settings.profile)
    assert list(locations.config.iterdir()) == []


def test_every_key_of_the_file_has_its_effect(locations: Locations) -> None:
    locations.config_file.write_text(EVERYTHING)

    settings = load(locations, {})

    assert sources(settings.profile) == (
        "prod", "config.toml", "https://api.example.com/feather", "config.toml"
    )  # fmt: skip
    assert settings.cache_days == 7
    assert settings.cache_max_megabytes == 64
    assert settings.deadline_seconds == 5
    assert settings.max_document_megabytes == 8
    assert settings.time_mode == "offset"
    assert settings.theme == "high-contrast"
    assert settings.only_ascii is True
    assert settings.mouse is True
    assert settings.screen_output == "plain"
    assert settings.keys == {"move_down": ("f11", "F12")}
    assert settings.profile.url_template == "https://app.example.com/{session_id}"
    assert set(settings.sources.values()) == {"config.toml"}
    assert set(settings.sources) == {
        "cache.days",
        "cache.max_megabytes",
        "network.deadline_seconds",
        "network.max_document_megabytes",
        "display.time",
        "display.theme",
        "display.ascii",
        "display.mouse",
        "display.output",
        "keys.move_down",
    }


def test_keys_that_are_absent_keep_their_default(locations: Locations) -> None:
    locations.config_file.write_text("[cache]\ndays = 1\n")

    settings = load(locations, {})

    assert settings == Settings(profile=settings.profile, cache_days=1, sources={"cache.days": "config.toml"})


THEMES = [
    ({}, {}, "", ("auto", None)),
    ({}, {}, 'theme = "dark"', ("dark", "config.toml")),
    ({"FEATHER_THEME": "light"}, {}, 'theme = "dark"', ("light", "FEATHER_THEME")),
    ({"FEATHER_THEME": ""}, {}, 'theme = "dark"', ("dark", "config.toml")),
    ({"FEATHER_THEME": "light"}, {"theme": "ansi"}, 'theme = "dark"', ("ansi", "--theme")),
    ({"FEATHER_THEME": "light"}, {"theme": None}, "", ("light", "FEATHER_THEME")),
]


@pytest.mark.parametrize(("environ", "flags", "line", "expected"), THEMES)
def test_a_flag_goes_before_a_variable_and_that_before_the_file(
    locations: Locations,
    environ: dict[str, str],
    flags: dict[str, str | None],
    line: str,
    expected: tuple[str, str | None],
) -> None:
    locations.config_file.write_text(f"[display]\n{line}\n")

    settings = load(locations, environ, flags=flags)

    assert (settings.theme, settings.sources.get("display.theme")) == expected


def test_a_flag_can_switch_off_what_the_file_switches_on(locations: Locations) -> None:
    locations.config_file.write_text("[display]\nmouse = true\nascii = true\n")

    settings = load(locations, {}, flags={"mouse": False, "only_ascii": False, "profile": "ignored"})

    assert (settings.mouse, settings.only_ascii) == (False, False)


def test_a_theme_in_the_environment_that_there_is_not_is_named_with_its_variable(
    locations: Locations,
) -> None:
    with pytest.raises(SettingsInvalid, match="FEATHER_THEME is “blue”, expected one of auto, dark"):
        load(locations, {"FEATHER_THEME": "blue"})


LADDER = [
    ({}, None, None, ("prod", "config.toml", "https://api.example.com/feather", "config.toml")),
    ({"FEATHER_PROFILE": "local"}, None, None,
     ("local", "FEATHER_PROFILE", "http://127.0.0.1:9000", "config.toml")),
    ({"FEATHER_BASE_URL": "https://e.example"}, None, None,
     ("prod", "config.toml", "https://e.example", "FEATHER_BASE_URL")),
    ({"FEATHER_PROFILE": "local", "FEATHER_BASE_URL": "https://e.example"}, None, None,
     ("local", "FEATHER_PROFILE", "https://e.example", "FEATHER_BASE_URL")),
    ({"FEATHER_PROFILE": "local"}, "sandbox", None,
     ("sandbox", "--profile", "https://api-sandbox.featherhq.com", "default")),
    ({"FEATHER_BASE_URL": "https://e.example"}, "sandbox", None,
     ("sandbox", "--profile", "https://api-sandbox.featherhq.com", "default")),
    ({"FEATHER_BASE_URL": "https://e.example"}, None, "https://f.example",
     ("prod", "config.toml", "https://f.example", "--base-url")),
    ({"FEATHER_BASE_URL": "https://e.example"}, "local", "https://f.example",
     ("local", "--profile", "https://f.example", "--base-url")),
    ({"FEATHER_PROFILE": "", "FEATHER_BASE_URL": ""}, None, None,
     ("prod", "config.toml", "https://api.example.com/feather", "config.toml")),
]  # fmt: skip


@pytest.mark.parametrize(("environ", "profile", "base_url", "expected"), LADDER)
def test_precedence(
    locations: Locations,
    environ: dict[str, str],
    profile: str | None,
    base_url: str | None,
    expected: tuple[str, str, str, str],
) -> None:
    locations.config_file.write_text(EVERYTHING)

    assert sources(load(locations, environ, profile=profile, base_url=base_url).profile) == expected


@pytest.mark.parametrize(
    ("content", "key", "found", "expected"),
    [
        ("[cache]\ndays = 0", "cache.days", "“0”", "a whole number from 1 to 3650"),
        ("[cache]\ndays = true", "cache.days", "“true”", "a whole number"),
        ("[cache]\ndays = 1.5", "cache.days", "“1.5”", "a whole number"),
        ('[cache]\ndays = "30"', "cache.days", "“30”", "a whole number"),
        ("[cache]\ndays = []", "cache.days", "a list", "a whole number"),
        ("[cache.days]", "cache.days", "a table", "a whole number"),
        ("[network]\ndeadline_seconds = nan", "network.deadline_seconds", "“nan”", "a number from 1 to 600"),
        ("[network]\ndeadline_seconds = inf", "network.deadline_seconds", "“inf”", "a number from 1 to 600"),
        ('[display]\ntime = "UTC"', "display.time", "“UTC”", "one of utc, local, relative, offset"),
        ("[display]\ntime = [1]", "display.time", "a list", "one of utc"),
        ("[display]\nmouse = 1", "display.mouse", "“1”", "true or false"),
        ('[display]\nmouse = "on"', "display.mouse", "“on”", "true or false"),
        ('[display]\nascii = "on"', "display.ascii", "“on”", "true, false or auto"),
        ('[display]\ntheme = "plain"', "display.theme", "“plain”", "one of auto, dark, light, ansi"),
        ('[keys]\nmove_down = "n"', "keys.move_down", "“n”", 'a list of texts such as ["j", "ctrl+n"]'),
        (
            '[keys]\nmove_down = ["n", 1]',
            "keys.move_down",
            "a list",
            'a list of texts such as ["j", "ctrl+n"]',
        ),
        ("keys = []", "keys", "a list", "a table"),
        ("[profiles.local]\nurl_template = 3", "profiles.local.url_template", "“3”", "an address with"),
        ("cache = 3", "cache", "“3”", "a table"),
        ("profiles = []", "profiles", "a list", "a table"),
        ("[profiles]\nprod = 3", "profiles.prod", "“3”", "a table"),
        ("[profiles.prod]\nbase_url = 3", "profiles.prod.base_url", "“3”", "the address of an API"),
        ("profile = 3", "profile", "“3”", "the name of a profile"),
    ],
)
def test_a_wrong_value_is_told_with_file_key_found_and_expected(
    locations: Locations, content: str, key: str, found: str, expected: str
) -> None:
    sentence = refusal(locations, content)

    assert sentence.startswith(f"{locations.config_file}: {key} is {found}, expected {expected}")


@pytest.mark.parametrize(
    ("content", "unknown", "nearest"),
    [
        ("[cache]\ndayz = 3", "cache.dayz", "cache.days"),
        ("days = 3", "days", "cache.days"),
        ("[networks]\n", "networks", "network."),
        ("[display]\ntimes = 1", "display.times", "display.time"),
        ('[profiles.prod]\nurl = "https://x.example"', "profiles.prod.url", "profiles.NAME.base_url"),
        ('profil = "x"', "profil", "profile"),
        ('[keys]\nmvoe_down = ["n"]', "keys.mvoe_down", "keys.move_down"),
        ('[profiles.prod]\ntemplate = "x"', "profiles.prod.template", "profiles.NAME.url_template"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_known_one(
    locations: Locations, content: str, unknown: str, nearest: str
) -> None:
    sentence = refusal(locations, content)

    assert f"unknown key “{unknown}”" in sentence
    assert f"the nearest known key is {nearest}" in sentence


@pytest.mark.parametrize(
    "content",
    [
        f'api_key = "{SECRET}"',
        f'profile = "{SECRET}"',
        f'[profiles.prod]\nbase_url = "{SECRET}"',
        f'[profiles.prod]\nbase_url = "https://{SECRET}@api.example.com"',
        f'[cache]\ndays = "{SECRET}"',
        f"{SECRET} = 1",
        f'[profiles.{SECRET}]\nbase_url = "https://x.example"',
        f'[profiles.local]\nurl_template = "https://x.example/{{session_id}}?k={SECRET}"',
        f'[keys]\n{SECRET} = ["n"]',
        f'[keys]\nmove_down = ["{SECRET}"]',
    ],
)
def test_a_key_that_was_put_into_the_file_is_not_repeated(locations: Locations, content: str) -> None:
    assert SECRET not in refusal(locations, content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("profile = ", "is not TOML"),
        ("a = " + "[" * 5000, "is not TOML"),
        ("[cache]\ndays = " + "9" * 5000, "is not TOML"),
        ("[profiles.prod]\n", "profiles.prod has no base_url"),
        ('[profiles.prod]\nurl_template = "https://x.example/{session_id}"', "profiles.prod has no base_url"),
        ('[profiles.local]\nurl_template = "https://x.example/"', "profiles.local.url_template: The URL"),
        ("[keys]\nmove_down = []", "keys.move_down has no key in it"),
        ('[keys]\nmove_down = ["pgdn"]', "keys.move_down: “pgdn” is not a key; the nearest name is pagedown"),
        ('[keys]\nmove_down = ["k"]', "keys: k would be the key of both move_down and move_up in the tran"),
        ('[profiles."../x"]\nbase_url = "https://x.example"', "profile"),
        (
            '[profiles.prod]\nbase_url = "http://api.example.com"',
            "profiles.prod.base_url: http to api.example.com",
        ),
    ],
)
def test_other_faults_of_the_file(locations: Locations, content: str, reason: str) -> None:
    sentence = refusal(locations, content)

    assert str(locations.config_file) in sentence
    assert reason in sentence


def test_a_built_in_profile_keeps_its_address_beside_a_url_template(locations: Locations) -> None:
    locations.config_file.write_text('[profiles.local]\nurl_template = "http://localhost/{session_id}"')

    chosen = load(locations, {}, profile="local").profile

    assert sources(chosen) == ("local", "--profile", "http://localhost:8000", "default")
    assert chosen.url_template == "http://localhost/{session_id}"
    assert load(locations, {}).profile.url_template is None


def test_a_file_that_is_not_text(locations: Locations) -> None:
    locations.config_file.write_bytes(b'profile = "\xff"')

    with pytest.raises(SettingsInvalid, match="not UTF-8"):
        load(locations, {})


def test_what_is_in_place_of_the_file_is_refused_and_does_not_hang(locations: Locations) -> None:
    os.mkfifo(locations.config_file)
    with pytest.raises(SettingsInvalid, match=r"config\.toml is not a regular file"):
        load(locations, {})

    locations.config_file.unlink()
    locations.config_file.mkdir()
    with pytest.raises(SettingsInvalid, match=r"config\.toml is not a regular file"):
        load(locations, {})


def test_a_linked_file_or_one_that_others_may_change_is_refused(locations: Locations) -> None:
    real = locations.config / "real.toml"
    real.touch()
    locations.config_file.symlink_to(real)
    with pytest.raises(SettingsInvalid, match=r"config\.toml is a symbolic link"):
        load(locations, {})

    real.replace(locations.config_file)
    locations.config_file.chmod(0o666)
    with pytest.raises(SettingsInvalid, match="Other users may change"):
        load(locations, {})


@pytest.mark.parametrize(
    ("environ", "profile", "base_url", "place"),
    [
        ({"FEATHER_PROFILE": "../x"}, None, None, "FEATHER_PROFILE"),
        ({}, "a b", None, "--profile"),
        ({}, "", None, "--profile"),
        ({"FEATHER_BASE_URL": "ftp://x"}, None, None, "FEATHER_BASE_URL"),
        ({}, None, "http://api.example.com", "--base-url"),
        ({}, None, "", "--base-url"),
    ],
)
def test_an_unusable_flag_or_variable_is_named(
    locations: Locations, environ: dict[str, str], profile: str | None, base_url: str | None, place: str
) -> None:
    with pytest.raises(SettingsInvalid, match=place):
        load(locations, environ, profile=profile, base_url=base_url)


@pytest.mark.parametrize("name", [SECRET, "../x"])
def test_a_profile_that_cannot_be_one_is_not_looked_for(locations: Locations, name: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        load(locations, {"FEATHER_PROFILE": name})

    assert "cannot be the name of a profile" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_an_unknown_profile_names_its_source_and_the_known_ones(locations: Locations) -> None:
    locations.config_file.write_text(EVERYTHING)

    with pytest.raises(SettingsInvalid) as caught:
        load(locations, {"FEATHER_PROFILE": "prdo"})

    assert "“prdo” (from FEATHER_PROFILE)" in str(caught.value)
    assert "local, prod, sandbox" in str(caught.value)
    assert str(locations.config_file) in str(caught.value)


TOML_VALUES = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.floats().map(str),
    st.sampled_from(["true", "false", '"utc"', '"x"', "[]", "{}", "1979-05-27", "07:32:00"]),
)


@hypothesis_settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(["cache", "network", "display", "profiles", "profile", "other"]),
    st.sampled_from(["days", "max_megabytes", "deadline_seconds", "time", "base_url", "x"]),
    TOML_VALUES,
)
def test_any_value_is_taken_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, section: str, key: str, value: str
) -> None:
    directory = tmp_path_factory.mktemp("config")
    locations = Locations(config=directory, cache=directory, state=directory)
    locations.config_file.write_text(f"[{section}]\n{key} = {value}\n")

    with contextlib.suppress(SettingsInvalid):  # any other exception fails the test
        settings = load(locations, {})
        assert 1 <= settings.cache_days <= 3650
        assert 1 <= settings.deadline_seconds <= 600
        assert settings.time_mode in {"utc", "local", "relative", "offset"}


def test_profiles_are_those_built_in_and_those_of_the_file(locations: Locations) -> None:
    assert profile_names(locations) == ["local", "sandbox"]
    locations.config_file.write_text('[profiles.prod]\nbase_url = "https://api.example.com"\n')
    assert profile_names(locations) == ["local", "prod", "sandbox"]


def test_limits_of_findings_are_read_and_left_alone_without_any(locations: Locations) -> None:
    locations.config_file.write_text("[findings]\ntool_ms = [1, 2]\n")
    thresholds = load(locations, {}).thresholds
    assert thresholds is not None
    assert thresholds.tool_ms == Limit(1, 2)

    locations.config_file.write_text("[findings]\n")
    assert load(locations, {}).thresholds is None
