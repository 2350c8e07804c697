"""Copying inside a real tmux: what its buffer holds, and what it sends on to the terminal around it."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from pty_terminal import SECONDS, Terminal

from feather_tui.clipboard import Clipboard, copied_file

TMUX = shutil.which("tmux")
OSC52 = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")


@dataclass(frozen=True, slots=True)
class Server:
    """A tmux server of this test alone; `environ` is that of a program in its one pane."""

    words: tuple[str, ...]
    environ: Mapping[str, str]

    def ask(self, *words: str) -> str:
        asked = subprocess.run([*self.words, *words], check=True, capture_output=True, timeout=SECONDS)
        return asked.stdout.decode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Start a server whose socket is in a directory with a short name, as sockets need it."""
    with tempfile.TemporaryDirectory(prefix="ft-", dir="/tmp") as directory:
        monkeypatch.setenv("TMUX_TMPDIR", directory)
        server = Server((str(TMUX), "-L", f"copy-{uuid4().hex}", "-f", "/dev/null"), os.environ)
        server.ask("new-session", "-d", "-x", "80", "-y", "24", "-n", "copying", "cat")
        inside = server.ask("display-message", "-p", "#{socket_path},#{pid},0").strip()
        yield Server(server.words, {"PATH": os.environ["PATH"], "TMUX": inside, "SSH_TTY": "/dev/pts/9"})
        server.ask("kill-server")


def refuse(sequence: str) -> None:
    raise AssertionError(f"{len(sequence)} characters went past tmux")


@pytest.mark.parametrize("characters", [200, 200_000])
def test_tmux_keeps_the_text_and_sends_it_to_the_terminal(
    server: Server, tmp_path: Path, characters: int
) -> None:
    text = ("ü🙂" + "x" * 97 + "\n") * (characters // 100)

    with Terminal([*server.words, "attach"]) as terminal:
        terminal.wait_for("0:copying")
        report = Clipboard(server.environ, tmp_path / "state", refuse).copy(text)
        terminal._wait(lambda: OSC52.search(terminal.written) is not None, "the text at the terminal")
        sent = OSC52.findall(terminal.written)

    assert (report.characters, report.failed) == (characters, None)
    assert report.route.startswith("given to tmux, which offers it to the terminal")
    assert server.ask("save-buffer", "-") == text
    assert [base64.b64decode(content).decode() for content in sent] == [text]
    assert copied_file(tmp_path / "state").read_text() == text


def test_without_anybody_attached_the_buffer_has_it(server: Server, tmp_path: Path) -> None:
    report = Clipboard(server.environ, tmp_path, refuse).copy("x" * 200)

    assert report.failed is None
    assert server.ask("save-buffer", "-") == "x" * 200


def test_a_server_that_is_gone_is_said_and_the_terminal_is_tried(server: Server, tmp_path: Path) -> None:
    sent: list[str] = []
    gone = {**server.environ, "TMUX": f"{tmp_path}/no-socket,1,0"}

    report = Clipboard(gone, tmp_path, sent.append).copy("x" * 200)

    assert len(sent) == 1
    assert report.route.startswith("sent to the terminal (OSC 52)")
    assert report.failed is not None
    assert "load-buffer -w - failed: exit status 1." in report.failed
