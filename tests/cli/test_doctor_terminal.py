from __future__ import annotations

import os

import pytest

from feather_tui.cli.doctor.check import Check, Verdict
from feather_tui.cli.doctor.terminal import check_terminal

GOOD = {"TERM": "xterm-256color", "LANG": "en_US.UTF-8"}
WIDE = os.terminal_size((120, 36))


def checks(
    environ: dict[str, str], size: os.terminal_size | None = WIDE, programs: tuple[str, ...] = ()
) -> dict[str, Check]:
    found = check_terminal(environ, size, lambda name: f"/usr/bin/{name}" if name in programs else None)
    return {check.name: check for check in found}


def test_a_good_terminal_has_nothing_to_do() -> None:
    assert {check.verdict for check in checks(GOOD).values()} == {Verdict.OK}


@pytest.mark.parametrize(
    ("size", "verdict", "finding"),
    [
        (None, Verdict.WARN, "no terminal"),
        ((39, 50), Verdict.WARN, "39 columns, 50 lines"),
        ((200, 9), Verdict.WARN, "200 columns, 9 lines"),
        ((79, 24), Verdict.WARN, "79 columns, 24 lines"),
        ((80, 24), Verdict.OK, "80 columns, 24 lines"),
    ],
)
def test_size(size: tuple[int, int] | None, verdict: Verdict, finding: str) -> None:
    check = checks(GOOD, None if size is None else os.terminal_size(size))["terminal size"]

    assert check.verdict is verdict
    assert finding in check.finding
    assert bool(check.advice) == (verdict is Verdict.WARN)


@pytest.mark.parametrize(
    ("environ", "verdict", "finding"),
    [
        ({}, Verdict.WARN, "TERM is not set"),
        ({"TERM": "dumb"}, Verdict.WARN, "TERM is dumb"),
        ({"TERM": "xterm"}, Verdict.OK, "16 (TERM xterm)"),
        ({"TERM": "tmux-256color"}, Verdict.OK, "256 (TERM tmux-256color)"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Verdict.OK, "16 million"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Verdict.OK, "NO_COLOR"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, Verdict.OK, "256"),
    ],
)
def test_colours(environ: dict[str, str], verdict: Verdict, finding: str) -> None:
    check = checks(environ)["colours"]

    assert check.verdict is verdict
    assert finding in check.finding


@pytest.mark.parametrize(
    ("environ", "verdict"),
    [
        ({}, Verdict.WARN),
        ({"LANG": "C"}, Verdict.WARN),
        ({"LANG": "de_DE.ISO-8859-1"}, Verdict.WARN),
        ({"LANG": "en_US.UTF-8"}, Verdict.OK),
        ({"LANG": "C.utf8"}, Verdict.OK),
        ({"LANG": "de_DE.UTF-8@euro"}, Verdict.OK),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, Verdict.WARN),
        ({"LC_ALL": "", "LC_CTYPE": "UTF-8", "LANG": "C"}, Verdict.OK),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, Verdict.OK),
    ],
)
def test_encoding(environ: dict[str, str], verdict: Verdict) -> None:
    assert checks(environ)["encoding"].verdict is verdict


def test_inside_tmux_copies_go_through_it() -> None:
    found = checks({"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, programs=("tmux",))  # noqa: S108

    assert found["tmux"].verdict is Verdict.OK
    assert "tmux load-buffer" in found["clipboard"].finding


def test_inside_tmux_without_its_program_copies_go_another_way() -> None:
    found = checks({"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"})  # noqa: S108 - never opened

    assert found["tmux"].verdict is Verdict.WARN
    assert "OSC 52" in found["clipboard"].finding


@pytest.mark.parametrize("environ", [{"STY": "1.pts-0.host"}, {"TERM": "screen-256color"}, {"TERM": "tmux"}])
def test_a_multiplexer_that_may_drop_copies_is_a_warning(environ: dict[str, str]) -> None:
    assert checks({**GOOD, **environ})["tmux"].verdict is Verdict.WARN


@pytest.mark.parametrize(
    ("environ", "programs", "tool"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0"}, ("wl-copy", "xclip"), "wl-copy"),
        ({"DISPLAY": ":0"}, ("wl-copy", "xclip"), "xclip"),
        ({"DISPLAY": ":0"}, ("xsel",), "xsel"),
        ({}, ("pbcopy", "xclip"), "pbcopy"),
    ],
)
def test_a_local_tool_is_named(environ: dict[str, str], programs: tuple[str, ...], tool: str) -> None:
    assert f"{tool} is here as well" in checks({**GOOD, **environ}, programs=programs)["clipboard"].finding


def test_without_a_display_no_tool_is_named() -> None:
    assert "as well" not in checks(GOOD, programs=("wl-copy", "xclip", "xsel"))["clipboard"].finding
