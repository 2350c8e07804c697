"""Sees all that runs of the program write, say, send or hand to other programs, and looks for a key in it."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from loopback import LoopbackApi
from pty_terminal import SECONDS, Terminal

_SPIES: Final = ("wl-copy", "xclip", "xsel", "pbcopy", "vi", "less", "more", "an-editor", "a-pager")
_SPY: Final = """#!/bin/sh
{{ echo "$0 $*"; env; }} >> {report}
test -t 0 || cat >> {report}
"""
_MAIN: Final = (sys.executable, "-m", "feather_tui")


def traces(secret: str) -> Mapping[str, bytes]:
    """Give the forms in which a key, or a half of it, could lie about: plain, hexadecimal, base64."""
    middle = len(secret) // 2
    found = {}
    for name, half in (("first half", secret[:middle]), ("second half", secret[middle:])):
        found[name] = half.encode()
        found[f"{name}, hexadecimal"] = half.encode().hex().encode()
        for shift in range(3):  # base64 begins anew every three bytes; its edges depend on the neighbours
            encoded = base64.b64encode(b"?" * shift + half.encode())
            found[f"{name}, base64 {shift}"] = encoded[4:-4]
    return found


class Witness:
    """Runs the program in `directory`, where all that it can write lies, and hears what it says.

    `key_file` may hold the key; nothing else may. `api` is its own server, `others` are those of others.
    """

    def __init__(self, directory: Path, secret: str, key_file: Path, api: LoopbackApi) -> None:
        self.directory = directory
        self.secret = secret
        self.key_file = key_file
        self.api = api
        self.others: list[LoopbackApi] = []
        self.exempt: set[Path] = {key_file}
        self.heard: list[tuple[str, bytes]] = []
        self._report = directory / "spied.txt"

    def spy(self) -> str:
        """Put spies where the programs would be that this one starts; give the PATH that finds them."""
        programs = self.directory / "programs"
        programs.mkdir()
        for name in _SPIES:
            (programs / name).write_text(_SPY.format(report=self._report))
            (programs / name).chmod(0o700)
        return f"{programs}:{os.environ['PATH']}"

    def run(self, *words: str, piped: bytes = b"", program: tuple[str, ...] = _MAIN, **how: object) -> bytes:
        """Run a command line to its end; give what it said."""
        done = subprocess.run(  # type: ignore[call-overload] # the options are those of `run`
            [*program, *words],
            input=piped,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=3 * SECONDS,
            **how,
        )
        self.hear(" ".join(words), done.stdout)
        return bytes(done.stdout)

    def hear(self, name: str, said: bytes) -> None:
        """Take what was said somewhere."""
        self.heard.append((name, said))

    def look_at_processes(self, terminal: Terminal, *, given_in_environment: bool) -> None:
        """Read what `ps` shows of the program in a terminal and of its children."""
        for number in _family(terminal.pid):
            place = Path("/proc") / str(number)
            with suppress(FileNotFoundError, ProcessLookupError):
                self.hear(f"ps {number}", (place / "cmdline").read_bytes())
                if not given_in_environment:
                    self.hear(f"environment of {number}", (place / "environ").read_bytes())

    def complaints(self) -> Iterator[str]:
        """Name every place where the key or a half of it is and should not be."""
        for place, content in self._places():
            for name, trace in traces(self.secret).items():
                if trace in content:
                    yield f"{name} in {place}"

    def _places(self) -> Iterator[tuple[str, bytes]]:
        yield from self.heard
        for path in self.directory.rglob("*"):
            yield "a file's name", os.fsencode(path)
            if path.is_file() and path not in self.exempt:
                yield str(path), path.read_bytes()
        for request in self.api.requests:
            headers = {name: value for name, value in request.headers.items() if name != "x-api-key"}
            yield "a request", repr((request.method, request.path, headers)).encode()
        for other in self.others:
            yield "a request to another origin", repr(other.requests).encode()


def _family(process: int) -> Iterator[int]:
    """Give a process and all below it."""
    yield process
    for task in (Path("/proc") / str(process) / "task").glob("*"):
        with suppress(
            FileNotFoundError, ProcessLookupError
        ):  # a thread or a process that has ended meanwhile
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
