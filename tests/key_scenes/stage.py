"""A home, a server and a stored key for one failure that is forced on the program, and a witness to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest import mock

from documents import SESSION_ID, analysis, call, extraction, row
from homes import Homes
from in_terminal import SECRET
from loopback import WHOAMI, LoopbackApi, run_in_thread
from loopback_answers import ready
from pty_terminal import Terminal

from feather_tui.address import BaseUrl
from feather_tui.credentials import Key, KeyStore
from key_scenes.witness import Witness

SEEN: Final = "Where is my headset?"
Play = Callable[["Stage"], None]
"""Forces one failure on the program."""


@dataclass(slots=True, kw_only=True)
class Stage:
    """`api` is the server that the key is stored for, `other` one of somebody else, at another origin."""

    home: Path
    api: LoopbackApi
    other: LoopbackApi
    witness: Witness

    def set(self, **variables: str) -> None:
        """Put variables into the environment."""
        os.environ.update(variables)

    def key_from_environment(self) -> None:
        """Take the key out of its file, and into the environment."""
        self.witness.key_file.unlink()
        self.set(FEATHER_API_KEY=SECRET)

    def write_config(self, text: str) -> None:
        """Write config.toml; whatever the key does in there was the user's doing."""
        path = self.witness.key_file.parents[1] / "config.toml"
        path.write_text(text)
        self.witness.exempt.add(path)

    def run(self, *words: str, **how: Any) -> bytes:
        """Run a command line to its end."""
        return self.witness.run(*words, **how)

    def show(self, **how: Any) -> bytes:
        """Print the session."""
        return self.run("show", SESSION_ID, **how)

    @contextmanager
    def opened(
        self, *words: str, program: tuple[str, ...] = (sys.executable, "-m", "feather_tui")
    ) -> Iterator[Terminal]:
        """Open the program in a terminal with these words, and hear what it wrote."""
        with Terminal([*program, *words], size=(100, 30)) as terminal:
            try:
                yield terminal
            finally:
                self.witness.hear("the terminal", terminal.written)


@contextmanager
def stage(directory: Path) -> Iterator[Stage]:
    """Set up for one failure; leave nothing."""
    with ExitStack() as scenery:
        api, other = (scenery.enter_context(run_in_thread()) for _ in range(2))
        api.serve(
            SESSION_ID,
            analysis=analysis(
                row("user", SEEN, turn="turn-0"),
                row("assistant", "Let me see.", second=4),
                tool_calls=[call("call-1", result='{"state": "lost"}', latency_ms=212)],
            ),
            extraction=extraction(),
        )
        api.answers[WHOAMI] = ready({"role": "org:viewer"})
        directory.mkdir(parents=True)
        scenery.enter_context(mock.patch.dict(os.environ, {"FEATHER_BASE_URL": api.base_url}))
        locations = scenery.enter_context(Homes(directory).empty())
        home = locations.config.parents[1]
        (home / "temporary").mkdir()
        os.environ["TMPDIR"] = str(home / "temporary")
        key_file = KeyStore(locations.config).save("sandbox", BaseUrl.parse(api.base_url), Key(SECRET))
        witness = Witness(home, SECRET, key_file, api)
        witness.others.append(other)
        yield Stage(home=home, api=api, other=other, witness=witness)


def ended(terminal: Terminal, status: int | None = None) -> None:
    """Wait for the end of the program in a terminal."""
    found = terminal.wait_for_exit()
    assert status is None or found == status, found
