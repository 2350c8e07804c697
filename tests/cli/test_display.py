"""What the screens look like where nothing was chosen, and what a choice goes before."""

from __future__ import annotations

import pytest
from command_line import Feather

from feather_tui.address import BaseUrl
from feather_tui.cli.display import display_of
from feather_tui.demo import incident
from feather_tui.settings import Profile, Settings

PROFILE = Profile(
    name="sandbox",
    base_url=BaseUrl.parse("https://api.example.com"),
    chosen_by="default",
    base_url_from="default",
)
GOOD = {"TERM": "xterm-256color", "LANG": "en_US.UTF-8"}


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({}, "ansi"),
        ({"NO_COLOR": "1"}, "plain"),
        ({"NO_COLOR": "0"}, "plain"),
        ({"NO_COLOR": ""}, "ansi"),
        ({"TERM": "dumb"}, "plain"),
        ({"TERM": ""}, "plain"),
        ({"TERM": "linux"}, "ansi"),
        ({"COLORFGBG": "0;15"}, "light"),
        ({"COLORFGBG": "0;default;15"}, "light"),
        ({"COLORFGBG": "15;0"}, "ansi"),
        ({"COLORFGBG": "15;default"}, "ansi"),
        ({"COLORFGBG": "nonsense"}, "ansi"),
        ({"COLORFGBG": "0;15", "TERM": "xterm"}, "ansi"),
        ({"COLORFGBG": "0;15", "TERM": "xterm", "COLORTERM": "truecolor"}, "light"),
        ({"COLORFGBG": "0;15", "TMUX": "/tmp/tmux-0/default,1,0"}, "ansi"),  # noqa: S108 - never opened
        ({"COLORFGBG": "0;15", "STY": "1.pts-0.host"}, "ansi"),
        ({"COLORFGBG": "0;15", "NO_COLOR": "1"}, "plain"),
    ],
)
def test_auto_is_the_terminals_own_colours_unless_it_says_otherwise(
    environ: dict[str, str], theme: str
) -> None:
    assert display_of(Settings(profile=PROFILE), GOOD | environ).theme == theme


@pytest.mark.parametrize("theme", ["dark", "light", "ansi", "high-contrast"])
def test_a_theme_that_was_chosen_goes_before_what_the_environment_says(theme: str) -> None:
    environ = GOOD | {"NO_COLOR": "1", "COLORFGBG": "0;15"}

    assert display_of(Settings(profile=PROFILE, theme=theme), environ).theme == theme


@pytest.mark.parametrize(
    ("environ", "only_ascii"),
    [
        ({}, False),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "de_DE@euro"}, True),
        ({"LANG": "C"}, True),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, False),
    ],
)
def test_ascii_follows_the_locale_unless_it_was_chosen(environ: dict[str, str], *, only_ascii: bool) -> None:
    assert display_of(Settings(profile=PROFILE), environ).only_ascii is only_ascii
    assert display_of(Settings(profile=PROFILE, only_ascii=True), environ).only_ascii is True
    assert display_of(Settings(profile=PROFILE, only_ascii=False), environ).only_ascii is False


ARABIC = incident.session_id("taghyir-alunwan")


@pytest.mark.parametrize("part", ["transcript", "findings", "extraction", "summary"])
def test_what_is_printed_is_ascii_where_that_was_asked_for(feather: Feather, part: str) -> None:
    plain = feather("show", "--demo", ARABIC, "--only", part, "--ascii").out

    assert plain.isascii()
    assert "?" * 3 not in plain
    assert not feather("show", "--demo", ARABIC, "--only", "transcript").out.isascii()


def test_a_locale_without_utf8_is_enough_and_a_flag_goes_before_it(
    feather: Feather, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")

    assert r"\u0645\u0631\u062d\u0628" in feather("show", "--demo", ARABIC).out
    assert feather("findings", "--demo", ARABIC).out.isascii()
    assert not feather("show", "--demo", ARABIC, "--no-ascii").out.isascii()
    assert not feather("show", "--demo", ARABIC, "--format", "markdown").out.isascii()


def test_messages_keep_to_the_locale(feather: Feather, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "“zzz”" in feather("show", "zzz").err

    monkeypatch.setenv("LC_ALL", "C")

    assert 'No session id found in "zzz"' in feather("show", "zzz").err
