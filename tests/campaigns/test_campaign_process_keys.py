"""What no terminal should send: bytes of any kind in place of keys. The program lives on all the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from random import Random
from typing import Final

import pytest
from campaign import Tally, tries
from loopback import LoopbackApi
from screen_states import STATES, in_state

STATES_TYPED_INTO: Final = [state for state in STATES if state.name in {"lookup", "idle", "loading", "help"}]
BURSTS: Final = 60
LEFT_OUT: Final = frozenset(b"\x03\x11\x1aEq")
"""What ends or stops the program, or gives the terminal to another one."""


def bytes_of(chance: Random, length: int) -> bytes:
    return bytes(chance.randrange(256) for _ in range(length))


def mouse(chance: Random) -> bytes:
    return b"\x1b[<%d;%d;%dM" % (
        chance.randrange(300),
        chance.randrange(-5, 9999),
        chance.randrange(-5, 9999),
    )


KINDS: Final[tuple[Callable[[Random], bytes], ...]] = (
    lambda chance: bytes_of(chance, chance.randrange(1, 40)),
    lambda chance: b"\x1b[" + bytes(chance.choices(b"0123456789;:<>?=MmhluR~ABCDHFtcy$ ", k=10)),
    mouse,
    lambda chance: b"\x1b[48;%d;%d;%d;%dt" % tuple(chance.choices(range(9), k=4)),
    lambda chance: b"\x1b[%d;%du" % (chance.randrange(0x110010), chance.randrange(20)),
    lambda chance: b"\x1b[" + b"9" * chance.randrange(20, 200) + b";1u",
    lambda chance: b"\x1b[200~" + bytes_of(chance, 200).replace(b"\x1b", b"") + b"\x1b[201~",
    lambda chance: b"\x1bP" + bytes_of(chance, 20) + b"\x1b\\",
    lambda chance: "é🙂\u202e".encode()[: chance.randrange(1, 9)],
)


@tries(sample=0, full=120, slices=4)
@pytest.mark.usefixtures("key")
def test_no_bytes_in_place_of_keys_break_it(tries: range, tally: Tally, api: LoopbackApi) -> None:
    for number in tries:
        chance = random.Random(number)  # noqa: S311 - the same bytes each time
        state = STATES_TYPED_INTO[number % len(STATES_TYPED_INTO)]
        with tally.attempt(f"{state}, bytes {number}"), in_state(state, api) as terminal:
            for _ in range(BURSTS):
                burst = chance.choice(KINDS)(chance)
                terminal.send(bytes(byte for byte in burst if byte not in LEFT_OUT))
                terminal.read_for(0.01)
            terminal.read_for(0.2)  # a sequence that was begun is over after a while
            if terminal.runs:  # some of it may be another way to say `q`
                terminal.type("\x03")
            assert terminal.wait_for_exit() in {0, 130}, terminal.screen
            terminal.assert_restored()
