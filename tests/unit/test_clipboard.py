"""Which ways a copy takes, where the text ends up, and what is said of it."""

from __future__ import annotations

import base64
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from feather_tui.clipboard import OSC52, SECONDS, Clipboard, copied_file, routes

EVERY_PROGRAM = ("wl-copy", "xclip", "xsel", "pbcopy", "tmux")
DESKTOP = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
TMUX = {"TMUX": "/tmp/tmux-0/default,1,0"}  # noqa: S108 - no such socket is opened
SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


def ways(environ: Mapping[str, str], programs: Sequence[str] = EVERY_PROGRAM, size: int = 200) -> list[str]:
    """Name the ways in short: a program by its name, the last resort as OSC 52."""
    found = routes(environ, lambda name: f"/bin/{name}" if name in programs else None, size)
    return [" ".join(route.program).removeprefix("/bin/") or "OSC 52" for route in found]


def test_on_a_desktop_its_own_programs_come_first() -> None:
    assert ways(DESKTOP) == [
        "wl-copy --type text/plain;charset=utf-8",
        "xclip -selection clipboard -in",
        "xsel --clipboard --input",
        "pbcopy",
        "OSC 52",
    ]


@pytest.mark.parametrize(
    ("environ", "programs", "expected"),
    [
        ({}, EVERY_PROGRAM, ["pbcopy", "OSC 52"]),
        ({}, (), ["OSC 52"]),
        ({"DISPLAY": ":0"}, ("wl-copy", "xsel"), ["xsel --clipboard --input", "OSC 52"]),
        (DESKTOP | SSH, EVERY_PROGRAM, ["OSC 52"]),
        (DESKTOP | {"SSH_TTY": "/dev/pts/1"}, EVERY_PROGRAM, ["OSC 52"]),
        (DESKTOP | {"SSH_CLIENT": "x"}, EVERY_PROGRAM, ["OSC 52"]),
        (SSH | TMUX, EVERY_PROGRAM, ["tmux load-buffer -w -", "tmux load-buffer -", "OSC 52"]),
        (SSH | TMUX, (), ["OSC 52"]),
        (TMUX, ("pbcopy", "tmux"), ["pbcopy", "tmux load-buffer -w -", "tmux load-buffer -", "OSC 52"]),
        (SSH, ("tmux",), ["OSC 52"]),
        ({"STY": "1.pts-0.host"}, (), []),
        ({"STY": "1.pts-0.host"} | SSH, EVERY_PROGRAM, []),
        ({"STY": "1.pts-0.host", "DISPLAY": ":0"}, ("xclip",), ["xclip -selection clipboard -in"]),
    ],
)
def test_the_environment_decides(
    environ: dict[str, str], programs: tuple[str, ...], expected: list[str]
) -> None:
    assert ways(environ, programs) == expected


@pytest.mark.parametrize(("size", "taken"), [(0, True), (55_500, True), (55_501, False), (200_000, False)])
def test_osc_52_is_no_way_for_more_than_74000_bytes_of_base64(size: int, taken: bool) -> None:  # noqa: FBT001 - a table
    assert (len(base64.b64encode(bytes(size))) <= 74_000) == taken
    assert ways({}, (), size) == (["OSC 52"] if taken else [])


class Sent:
    """Collects what goes to the terminal."""

    def __init__(self) -> None:
        self.sequences: list[str] = []

    def __call__(self, sequence: str) -> None:
        self.sequences.append(sequence)

    @property
    def text(self) -> str:
        (sequence,) = self.sequences
        assert sequence.startswith("\x1b]52;c;")
        assert sequence.endswith("\a")
        return base64.b64decode(sequence[7:-1], validate=True).decode()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state" / "feather-tui"


@pytest.mark.parametrize("text", ["kündigen 🙂\n\x1b[31m\x00", "", "x" * 55_500])
def test_the_file_and_the_terminal_get_the_text_as_it_is(state: Path, text: str) -> None:
    sent = Sent()

    report = Clipboard(SSH, state, sent).copy(text)

    assert sent.text == text
    assert report.file == copied_file(state)
    assert report.file.read_bytes().decode() == text
    assert (report.characters, report.route, report.failed) == (len(text), OSC52.words, None)


@pytest.fixture
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_open_umask")
def test_file_and_directory_are_private_and_hold_the_last_text_alone(state: Path) -> None:
    clipboard = Clipboard(SSH, state, Sent())

    clipboard.copy("the first")
    clipboard.copy("then")

    assert copied_file(state).read_text() == "then"
    assert stat.S_IMODE(copied_file(state).stat().st_mode) == 0o600
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert [path.name for path in state.iterdir()] == ["copied.txt"]


def test_a_text_too_long_for_the_terminal_is_only_in_the_file(state: Path) -> None:
    sent = Sent()

    report = Clipboard(SSH, state, sent).copy("x" * 200_000)

    assert sent.sequences == []
    assert report.sentence == (
        f"200,000 characters, only in {copied_file(state)}."
        " The terminal takes no more than 55,500 bytes (OSC 52)."
    )


def test_in_gnu_screen_the_text_is_only_in_the_file(state: Path) -> None:
    report = Clipboard({"STY": "1.x"}, state, Sent()).copy("x" * 200_000)

    assert report.sentence == (
        f"200,000 characters, only in {copied_file(state)}."
        " GNU screen passes no copied text on to the terminal."
    )


def test_nothing_is_claimed_of_a_terminal(state: Path) -> None:
    assert Clipboard(SSH, state, Sent()).copy("x").sentence == (
        "1 character sent to the terminal (OSC 52); whether it took it cannot be known."
        f" Also in {copied_file(state)}."
    )


def test_without_a_place_for_the_file_the_copy_goes_on_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way")
    sent = Sent()

    report = Clipboard(SSH, tmp_path / "state", sent).copy("x")

    assert sent.text == "x"
    assert report.file is None
    assert report.failed is not None
    assert report.failed.startswith("No file was written: ")
    assert "Also in" not in report.sentence


def test_when_nothing_works_that_is_what_is_said(tmp_path: Path) -> None:
    def broken(sequence: str) -> None:
        raise BrokenPipeError(32, f"no terminal for {len(sequence)} characters")

    (tmp_path / "state").write_text("a file in the way")

    report = Clipboard(SSH, tmp_path / "state", broken).copy("x")

    assert (report.route, report.file) == ("", None)
    assert report.sentence.startswith("Nothing was copied. No file was written: ")
    assert "no terminal for" in report.sentence


def test_a_lone_surrogate_is_copied_as_its_escape(state: Path) -> None:
    assert Clipboard(SSH, state, Sent()).copy("a\ud800b").characters == 3
    assert copied_file(state).read_text() == "a\\ud800b"


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str, str], dict[str, str]]:
    """Put a shell script of this name on a PATH of its own; give the environment that has it."""

    def put(name: str, script: str) -> dict[str, str]:
        directory = tmp_path / "programs"
        directory.mkdir(exist_ok=True)
        (directory / name).write_text(f"#!/bin/sh\n{script}\n")
        (directory / name).chmod(0o700)
        return {"PATH": f"{directory}:/usr/bin:/bin", "DISPLAY": ":0", "OUT": str(tmp_path / "taken")}

    return put


@pytest.mark.parametrize("characters", [200, 200_000])
def test_a_program_of_the_desktop_gets_the_text(
    program: Callable[[str, str], dict[str, str]], state: Path, tmp_path: Path, characters: int
) -> None:
    environ = program("xclip", 'echo "$@" > "$OUT.words"; cat > "$OUT"')
    text = ("ü" * 99 + "\n") * (characters // 100)
    sent = Sent()

    report = Clipboard(environ, state, sent).copy(text)

    assert (tmp_path / "taken").read_text() == text
    assert (tmp_path / "taken.words").read_text() == "-selection clipboard -in\n"
    assert sent.sequences == []
    assert (report.route, report.failed) == ("given to xclip", None)


def test_a_program_that_stays_behind_is_not_waited_for_and_does_not_have_the_key(
    program: Callable[[str, str], dict[str, str]], state: Path, tmp_path: Path
) -> None:
    environ = program("xclip", 'cat > "$OUT"; env > "$OUT.env"; (exec sleep 5) & echo $! > "$OUT.pid"')
    environ["FEATHER_API_KEY"] = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"

    report = Clipboard(environ, state, Sent()).copy("x")
    os.kill(int((tmp_path / "taken.pid").read_text()), 9)  # fails if it has ended already

    assert report.failed is None
    assert "fth_live" not in (tmp_path / "taken.env").read_text()


def test_where_one_program_fails_the_next_way_is_taken(
    program: Callable[[str, str], dict[str, str]], state: Path
) -> None:
    environ = program("xclip", "exit 3")
    sent = Sent()

    report = Clipboard(environ, state, sent).copy("x")

    assert sent.text == "x"
    assert report.route == OSC52.words
    xclip = shutil.which("xclip", path=environ["PATH"])
    assert report.failed == f"{xclip} -selection clipboard -in failed: exit status 3."


def test_a_program_that_never_reads_is_given_up(
    program: Callable[[str, str], dict[str, str]], state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feather_tui.clipboard.SECONDS", 0.05)
    assert SECONDS == 2.0
    environ = program("xclip", "exec sleep 60")

    report = Clipboard(environ, state, Sent()).copy("x" * 200_000)

    assert report.route == ""
    assert report.failed is not None
    assert "no end within 0.05 s" in report.failed


def test_a_program_that_cannot_be_started_is_a_failure_of_that_way(state: Path, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "xclip").write_text("#!/no/such/shell\n")
    (programs / "xclip").chmod(0o700)

    report = Clipboard({"PATH": str(programs), "DISPLAY": ":0"}, state, Sent()).copy("x")

    assert report.route == OSC52.words
    assert report.failed is not None
    assert "No such file" in report.failed
