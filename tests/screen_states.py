"""The program in a terminal, brought into each of the states that it may have to be ended in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from documents import SESSION_ID
from loopback import LoopbackApi, analysis_path, extraction_path
from loopback_answers import Script, failure, stall_before, stall_inside
from pty_terminal import Terminal

PROGRAM: Final = (sys.executable, "-m", "feather_tui")
SHOWN: Final = "Where is my headset?"
"""What the session of the `api` fixture says first."""


@dataclass(frozen=True, slots=True)
class State:
    """A state: what the server answers if it is not the session, what is typed, what is then to be seen.

    `way_back` is what is typed to get to the lookup, where `q` ends the program.
    """

    name: str
    answers: Script | None
    words: tuple[str, ...]
    typed: tuple[str, ...]
    seen: tuple[str, ...]
    way_back: str

    def __str__(self) -> str:
        return self.name

    def bring_about(self, terminal: Terminal) -> None:
        """Type what leads to the state, in a program that was just started, and wait for it."""
        for awaited, typed in zip(self.typed[::2], self.typed[1::2], strict=True):
            terminal.wait_for(awaited)
            terminal.type(typed)
        terminal.wait_for(*self.seen)


def reached(
    name: str, *seen: str, answers: Script | None = None, typed: Sequence[str] = (), back: str = ""
) -> State:
    """Return a state of a session; without a way back it is one of the lookup."""
    words = (SESSION_ID,) if back else ()
    return State(name, answers, words, tuple(typed), seen, back)


STATES: Final = (
    reached("lookup", "paste an id"),
    reached("idle", SHOWN, "fetched", "? help", back="q"),
    reached("loading", "asking", answers=stall_before(), back="q"),
    reached("receiving", "receiving", answers=stall_inside(b"{" * 100_000), back="q"),
    reached("pausing", "next try in", answers=failure(503, headers={"Retry-After": "15"}), back="q"),
    reached("failed", "r tries again", answers=failure(401), back="q"),
    reached("help", "Where am I", typed=(SHOWN, "?"), back="qq"),
    reached("copy menu", "session id", typed=(SHOWN, "y"), back="qq"),
)
LENT: Final = reached("pager", '"session_id"', typed=(SHOWN, "E"), back="qq")
"""The terminal is another program's."""


@contextmanager
def in_state(
    state: State, api: LoopbackApi, program: Sequence[str | Path] = PROGRAM, size: tuple[int, int] = (80, 24)
) -> Iterator[Terminal]:
    """Start the program and bring it into this state."""
    words = [str(word) for word in (*program, "--no-cache", *state.words)]
    with answering(state, api), Terminal(words, size=size) as terminal:
        state.bring_about(terminal)
        yield terminal


@contextmanager
def answering(state: State, api: LoopbackApi) -> Iterator[None]:
    """Let the server answer as this state needs it, and as before at the end."""
    before = dict(api.answers)
    if state.answers is not None:
        api.answers |= dict.fromkeys((analysis_path(SESSION_ID), extraction_path(SESSION_ID)), state.answers)
    try:
        yield
    finally:
        api.answers = before
