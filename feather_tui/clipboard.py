"""Copying: which ways lead from here to a clipboard, and what is known of the one that was taken.

No way is certain. A program of the desktop says that it took the text; tmux keeps it and offers it to the
terminal; OSC 52 is an escape sequence that a terminal may ignore without a word. So the text is always put
into a private file as well, and the report claims no more than is known.
"""

from __future__ import annotations

import base64
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from feather_tui.credentials import without_key
from feather_tui.errors import SettingsInvalid
from feather_tui.private_files import ensure_private_directory, sweep, write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    Run: TypeAlias = Callable[[Sequence[str], bytes, Mapping[str, str]], str]
    """Start a program (words, standard input, environment); return why it failed, empty if it did not."""

SECONDS: Final = 2.0
"""How long one program may take."""
OSC52_BYTES: Final = 74_000
"""The most bytes of base64 in an OSC 52 sequence: xterm and others drop what is longer."""

_DESKTOP: Final = (  # the variable without which it does not work, and the program with its words
    ("WAYLAND_DISPLAY", ("wl-copy", "--type", "text/plain;charset=utf-8")),
    ("DISPLAY", ("xclip", "-selection", "clipboard", "-in")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
)
_SSH: Final = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way to a clipboard.

    `words` say what is known once it was taken, and end a sentence that begins "1,200 characters". `program`
    is what reads the text, with its arguments; empty for OSC 52.
    """

    words: str
    program: tuple[str, ...] = ()


OSC52: Final = Route(words="sent to the terminal (OSC 52); whether it took it cannot be known")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReport:
    """How a copy went.

    `characters` of text were copied; `route` is the `Route.words` of the way that worked, empty if none did;
    `file` holds the text, None if it could not be written; `failed` is a sentence about what did not work.
    """

    characters: int
    route: str
    file: Path | None
    failed: str | None = None

    @property
    def sentence(self) -> str:
        """The whole report for a notice; the file's name is not made safe for a terminal."""
        count = f"{self.characters:,} {'character' if self.characters == 1 else 'characters'}"
        if self.route:
            told = f"{count} {self.route}." + (f" Also in {self.file}." if self.file else "")
        else:
            told = f"{count}, only in {self.file}." if self.file else "Nothing was copied."
        return f"{told} {self.failed}" if self.failed else told


def routes(environ: Mapping[str, str], which: Callable[[str], str | None], size: int) -> tuple[Route, ...]:
    """Give the ways to try, best first, for `size` bytes of UTF-8; `which` finds the path of a program.

    A desktop's own clipboard is out of reach over SSH. tmux keeps the OSC 52 of the programs in it to
    itself unless told otherwise, and sends its own; GNU screen drops it, too, and lets only short
    sequences through when they are wrapped.
    """
    terminal = () if _why_no_osc52(environ, size) else (OSC52,)
    return (*_desktop(environ, which), *_tmux(environ, which), *terminal)


def _desktop(environ: Mapping[str, str], which: Callable[[str], str | None]) -> Iterator[Route]:
    if any(environ.get(name) for name in _SSH):
        return
    for needs, (name, *arguments) in _DESKTOP:
        program = which(name) if not needs or environ.get(needs) else None
        if program is not None:
            yield Route(words=f"given to {name}", program=(program, *arguments))


def _tmux(environ: Mapping[str, str], which: Callable[[str], str | None]) -> Iterator[Route]:
    program = which("tmux") if environ.get("TMUX") else None
    if program is not None:
        yield Route(
            words="given to tmux, which offers it to the terminal; whether that took it cannot be known",
            program=(program, "load-buffer", "-w", "-"),
        )
        yield Route(  # before tmux 3.2 there is no -w
            words="given to tmux, which only keeps it: paste with its prefix and ]",
            program=(program, "load-buffer", "-"),
        )


def _why_no_osc52(environ: Mapping[str, str], size: int) -> str:
    """Give the sentence about OSC 52 being no way from here; empty if it may be one."""
    if environ.get("STY"):
        return "GNU screen passes no copied text on to the terminal."
    if (size + 2) // 3 * 4 > OSC52_BYTES:
        return f"The terminal takes no more than {OSC52_BYTES // 4 * 3:,} bytes (OSC 52)."
    return ""


def copied_file(state_dir: Path) -> Path:
    """Give the file that holds the text copied last."""
    return state_dir / "copied.txt"


def run_program(words: Sequence[str], content: bytes, environ: Mapping[str, str]) -> str:
    """Start a program, feed it, and wait for it at most `SECONDS`; return why it failed, empty if it did not.

    Nothing it writes is read: the programs of X11 and Wayland stay behind to serve the text, and would keep
    a pipe open. They get a session of their own, so that they outlive the terminal.
    """
    try:
        ended = subprocess.run(  # noqa: S603 - no shell; the words are ours
            words,
            input=content,
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no end within {SECONDS:g} s"
    except OSError as error:
        return error.strerror or str(error)
    return f"exit status {ended.returncode}" if ended.returncode else ""


class Clipboard:
    """Copies text. `environ` is the environment of this process, `state_dir` where the file goes.

    `write_osc52` is given a whole escape sequence to write to the terminal, and may raise OSError; `run`
    starts a program. A copy waits for programs, `SECONDS` for each at most: it is for a thread.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        state_dir: Path,
        write_osc52: Callable[[str], None],
        run: Run = run_program,
    ) -> None:
        self._environ = environ
        self._state_dir = state_dir
        self._write_osc52 = write_osc52
        self._run = run

    def copy(self, text: str) -> CopyReport:
        """Put `text` into the file, and take the first way to a clipboard that works.

        A lone surrogate, which UTF-8 has no bytes for, is copied as its escape.
        """
        content = text.encode("utf-8", "backslashreplace")
        file, failure = self._keep(content)
        failures = [failure]
        for route in routes(self._environ, self._which, len(content)):
            failure = self._send(route, content)
            if not failure:
                return _report(text, route.words, file, failures)
            failures.append(failure)
        return _report(text, "", file, [*failures, _why_no_osc52(self._environ, len(content))])

    def _which(self, program: str) -> str | None:
        return shutil.which(program, path=self._environ.get("PATH"))

    def _keep(self, content: bytes) -> tuple[Path | None, str]:
        """Write the file; give it, or the sentence about why there is none."""
        file = copied_file(self._state_dir)
        try:
            ensure_private_directory(self._state_dir)
            sweep(self._state_dir)
            write_private(file, content)
        except SettingsInvalid as error:
            return None, f"No file was written: {error}"
        return file, ""

    def _send(self, route: Route, content: bytes) -> str:
        """Take one way; return the sentence about its failure, empty if it worked."""
        if not route.program:
            return self._send_to_terminal(content)
        reason = self._run(route.program, content, without_key(self._environ))
        return f"{shlex.join(route.program)} failed: {reason}." if reason else ""

    def _send_to_terminal(self, content: bytes) -> str:
        try:
            self._write_osc52(f"\x1b]52;c;{base64.b64encode(content).decode('ascii')}\a")
        except OSError as error:
            return f"The terminal could not be written to: {error.strerror or error}."
        return ""


def _report(text: str, route: str, file: Path | None, failures: Sequence[str]) -> CopyReport:
    return CopyReport(
        characters=len(text), route=route, file=file, failed=" ".join(filter(None, failures)) or None
    )
