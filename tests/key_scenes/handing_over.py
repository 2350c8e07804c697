"""What leaves the program on purpose: exports, copies, other programs, and the prompt for the key."""

from __future__ import annotations

from functools import partial
from typing import Final

from documents import SESSION_ID
from in_terminal import SECRET
from loopback import WHOAMI
from loopback_answers import failure
from pty_terminal import Terminal

from key_scenes.stage import SEEN, Play, Stage, ended

_COPYABLE: Final = (
    *("this message", "turn id", "everything of this entry", "session id"),
    *("curl for the analysis input", "curl for the extraction"),
)


def handed_over(stage: Stage) -> None:
    for form in ("html", "json", "markdown"):
        stage.run("export", SESSION_ID, "--format", form, "--unmasked", "-o", f"handed-over.{form}")
    for line in (
        *(f"findings {SESSION_ID}", "auth status", "config show", "cache info"),
        *("doctor", "man", "completion bash", "__complete sessions"),
    ):
        stage.run(*line.split())
    assert len(list(stage.home.glob("handed-over.*"))) == 3


def copied(spy_on: dict[str, str], stage: Stage, *, from_environment: bool) -> None:
    if from_environment:
        stage.key_from_environment()
    stage.set(PATH=stage.witness.spy(), PAGER="a-pager", **spy_on)
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for(SEEN)
        texts = [copied_text(terminal, stage, label) for label in _COPYABLE]
        stage.witness.look_at_processes(terminal, given_in_environment=from_environment)
        terminal.type("qq")
        ended(terminal)
    assert texts[0] == SEEN
    assert all(text.startswith("printf 'x-api-key: %s' \"$FEATHER_API_KEY\" | curl ") for text in texts[-2:])
    if spy_on:
        assert (stage.home / "spied.txt").exists()


def copied_text(terminal: Terminal, stage: Stage, label: str) -> str:
    """Copy what has this label in the list; give the text, which always goes into a file as well."""
    file = stage.home / "state" / "feather-tui" / "copied.txt"
    before = file.stat().st_mtime_ns if file.exists() else 0
    terminal.type("y")
    terminal.wait_for(_COPYABLE[-1])
    for passed in _COPYABLE[: _COPYABLE.index(label)]:
        terminal.wait_for(f"▌{passed}")
        terminal.type("j")
    terminal.wait_for(f"▌{label}")
    terminal.type("\r")
    terminal._wait(lambda: file.exists() and file.stat().st_mtime_ns != before, "the copied text")
    terminal._wait(lambda: _COPYABLE[-1] not in terminal.screen, "the end of the menu")
    return file.read_text()


def edited(stage: Stage, *, from_environment: bool) -> None:
    if from_environment:
        stage.key_from_environment()
    stage.set(PATH=stage.witness.spy(), EDITOR="an-editor")
    stage.run("config", "edit")
    assert b"an-editor" in (stage.home / "spied.txt").read_bytes()


def paged(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(PATH=stage.witness.spy(), PAGER="a-pager")
    spied = stage.home / "spied.txt"
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for(SEEN)
        terminal.type("E")
        terminal._wait(spied.exists, "the pager")
        terminal.wait_for(SEEN)
        terminal.type("qq")
        ended(terminal)
    assert b"a-pager" in spied.read_bytes()


def asked_for(answer: str, stage: Stage) -> None:
    """Type the key at the prompt, where a terminal would echo it."""
    stage.witness.key_file.unlink()
    with stage.opened("auth", "login") as terminal:
        terminal.wait_for("not shown")
        terminal.type(answer)
        ended(terminal)


def refused(stage: Stage) -> None:
    stage.api.answers[WHOAMI] = failure(401, message=f"{SECRET} is not known")
    asked_for(f"{SECRET}\r", stage)


SCENES: Final[dict[str, Play]] = {
    "exports": handed_over,
    "copies: terminal": partial(copied, {}, from_environment=False),
    "copies: Wayland": partial(copied, {"WAYLAND_DISPLAY": "wayland-0"}, from_environment=False),
    "copies: X11, key in the environment": partial(copied, {"DISPLAY": ":0"}, from_environment=True),
    "pager, key in the environment": paged,
    "editor": partial(edited, from_environment=False),
    "editor, key in the environment": partial(edited, from_environment=True),
    "login: refused": refused,
    "login: accepted": partial(asked_for, f"{SECRET}\r"),
    "login: interrupted": partial(asked_for, f"{SECRET}\x03"),
}
