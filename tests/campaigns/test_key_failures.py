"""Failures forced on the program with a key in its hands: it is nowhere afterwards but where it belongs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from campaign import Tally, each_of
from in_terminal import SECRET
from key_scenes import crashes, handing_over, machine, mistakes, network
from key_scenes.stage import Play, stage
from key_scenes.witness import Witness
from loopback import LoopbackApi

SCENES: Final[dict[str, Play]] = {
    **crashes.SCENES,
    **mistakes.SCENES,
    **network.SCENES,
    **machine.SCENES,
    **handing_over.SCENES,
}


@each_of(list(SCENES), sample=2, slices=2)
def test_the_key_is_in_its_file_and_in_the_header_of_its_host_alone(
    cases: list[str], tally: Tally, tmp_path: Path
) -> None:
    for number, name in enumerate(cases):
        with stage(tmp_path / str(number)) as staged, tally.attempt(name):
            SCENES[name](staged)
            assert list(staged.witness.complaints()) == []
        shutil.rmtree(tmp_path / str(number))


def test_the_witness_sees_a_key_wherever_it_is(tmp_path: Path) -> None:
    key_file = tmp_path / "sandbox.key"
    key_file.write_text(SECRET)
    witness = Witness(tmp_path, SECRET, key_file, LoopbackApi())
    assert list(witness.complaints()) == []

    (tmp_path / "left").write_text(f"…{SECRET[17:]}")
    witness.hear("said", SECRET[:18].encode())

    assert [complaint.partition(",")[0] for complaint in witness.complaints()] == [
        "first half in said",
        f"second half in {tmp_path / 'left'}",
    ]
