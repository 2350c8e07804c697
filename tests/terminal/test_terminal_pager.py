"""The pager in a real terminal: what it is given, and that everything comes back after it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from documents import SESSION_ID, analysis, body, row
from fake_pager import FakePager
from in_terminal import SECRET, Start
from job_shell import BASH, FEATHER, shell
from loopback import LoopbackApi
from loopback_answers import ready

from feather_tui.lending import lent_directory
from feather_tui.locations import Locations

ASLEEP = """
try:
    print("ASLEEP", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("INTERRUPTED", flush=True)
input()
"""

MakePager = Callable[[str], FakePager]


@pytest.fixture
def make_pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakePager:
    """Make a pager with these last lines of Python, and name it in the environment."""

    def make(ending: str) -> FakePager:
        pager = FakePager(tmp_path, ending)
        monkeypatch.setenv("PAGER", f"{pager.path} --wide 'two words'")
        return pager

    return make


def files_left() -> list[Path]:
    return [path for path in lent_directory(Locations.default().state).rglob("*") if path.is_file()]


def test_a_pager_gets_the_document_and_the_screen_comes_back(
    start: Start, api: LoopbackApi, make_pager: MakePager
) -> None:
    document = body(analysis(row("user", "Where is \x1b[31m it?"))).replace(
        b'"chat"', b'"chat", "price": 79.90'
    )
    api.serve(SESSION_ID, analysis=document)
    pager = make_pager("input()")
    terminal = start(SESSION_ID)
    terminal.wait_for("it?", "fetched just now")

    terminal.type("E")
    terminal.wait_for("THE PAGER")
    assert "1049" not in terminal.modes
    terminal.type("x\r")
    terminal.wait_for("it?", "? help")
    terminal.type("3")
    terminal.wait_for("8812-4410")

    given = pager.given
    assert given["words"][:2] == ["--wide", "two words"]
    assert Path(given["words"][2]).name == f"session-{SESSION_ID}-analysis.json"
    assert given["modes"] == ["0o600", "0o700", "0o700"]
    assert given["text"].startswith('{\n  "session_id": ')
    assert '  "price": 79.90,\n' in given["text"]
    assert "\\u001b[31m" in given["text"]
    assert "FEATHER_API_KEY" not in given["environ"]
    assert SECRET not in json.dumps(given)
    assert (given["environ"]["LESSSECURE"], given["environ"]["LESSHISTFILE"]) == ("1", "-")
    assert files_left() == []
    terminal.type("qq")
    assert terminal.wait_for_exit() == 0
    terminal.assert_restored()


def test_it_works_from_the_extraction_and_from_the_raw_view(
    start: Start, api: LoopbackApi, make_pager: MakePager
) -> None:
    del api
    pager = make_pager("input()")
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?")
    for keys, name, back in [
        ("3", "extraction", "8812-4410"),
        ("v", "extraction", "raw  extraction"),
        ("o", "analysis", "raw  analysis"),
    ]:
        terminal.type(keys)
        terminal.wait_for(back)
        terminal.type("E")
        terminal.wait_for("THE PAGER")
        terminal.type("\r")
        terminal.wait_for(back)
        assert pager.given["words"][-1].endswith(f"-{name}.json")
    terminal.type("q")
    terminal.wait_for("? help")
    assert files_left() == []


def test_a_killed_pager_leaves_nothing_of_itself(
    start: Start, api: LoopbackApi, make_pager: MakePager
) -> None:
    del api
    make_pager(
        'sys.stdout.write("\\x1b[?1049h\\x1b[?25l"); sys.stdout.flush(); tty.setraw(0); '
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?")

    terminal.type("E")
    terminal.wait_for("ended by SIGKILL", "Where is my headset?")
    assert files_left() == []
    terminal.type("qq")
    assert terminal.wait_for_exit() == 0
    terminal.assert_restored()


@pytest.mark.parametrize(
    ("pager", "sentence"),
    [
        ("no-such-pager -R", "There is no program no-such-pager, which PAGER names."),
        ("false", "false ended with status 1."),
    ],
)
def test_a_pager_that_does_not_work_is_one_sentence(
    start: Start, api: LoopbackApi, monkeypatch: pytest.MonkeyPatch, pager: str, sentence: str
) -> None:
    del api
    monkeypatch.setenv("PAGER", pager)
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?")

    terminal.type("E")

    terminal.wait_for(sentence, "Where is my headset?")
    assert files_left() == []


def test_ctrl_c_is_the_pagers(start: Start, api: LoopbackApi, make_pager: MakePager) -> None:
    del api
    make_pager(ASLEEP)
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?", "fetched just now")  # nothing is under way, and gets old

    terminal.type("E")
    terminal.wait_for("ASLEEP")
    terminal.type("\x03")
    terminal.wait_for("INTERRUPTED")
    terminal.type("\r")
    terminal.wait_for("Where is my headset?", "? help")
    terminal.type("3")
    terminal.wait_for("8812-4410")


@pytest.mark.skipif(BASH is None, reason="bash is not installed here")
def test_ctrl_z_stops_the_pager_and_fg_brings_it_back(api: LoopbackApi, make_pager: MakePager) -> None:
    del api
    make_pager("print(input(), 'WAS TYPED', flush=True); input()")
    with shell() as terminal:
        terminal.run(f"{FEATHER} {SESSION_ID}")
        terminal.wait_for("Where is my headset?")
        terminal.type("E")
        terminal.wait_for("THE PAGER")

        terminal.type("\x1a")
        terminal.wait_for("Stopped")
        terminal.run("fg")
        terminal.type("this\r")
        terminal.wait_for("this WAS TYPED")
        terminal.type("\r")

        terminal.wait_for("Where is my headset?", "? help")


def test_a_request_to_end_reaches_pager_and_program(
    start: Start, api: LoopbackApi, make_pager: MakePager
) -> None:
    del api
    make_pager("time.sleep(60)")
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?")
    terminal.type("E")
    terminal.wait_for("THE PAGER")

    os.kill(terminal._program.pid, signal.SIGTERM)

    assert terminal.wait_for_exit() == 128 + signal.SIGTERM
    terminal.assert_restored()
    assert files_left() == []


def test_what_a_killed_run_left_is_gone_after_the_next_start(
    start: Start, api: LoopbackApi, make_pager: MakePager
) -> None:
    del api
    make_pager("input()")
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?")
    terminal.type("E")
    terminal.wait_for("THE PAGER")
    terminal._program.kill()
    terminal._program.wait()
    left = {file.parent for file in files_left()}
    assert len(left) == 1
    for directory in left:
        os.utime(directory, (time.time() - 3600,) * 2)

    again = start(SESSION_ID)
    again.wait_for("Where is my headset?")
    again.type("?")
    again.wait_for("Where am I")

    assert files_left() == []


def test_what_is_no_json_reaches_the_pager_without_what_acts(
    start: Start, api: LoopbackApi, make_pager: MakePager
) -> None:
    api.serve(SESSION_ID, analysis=ready(b'{"session_id": "\x1b]52;c;AA\x07\n\xc2\x9b31m'))
    pager = make_pager("input()")
    terminal = start(SESSION_ID, size=(120, 36))
    terminal.wait_for("cannot be read", "v shows what came")

    terminal.type("E")
    terminal.wait_for("THE PAGER")
    terminal.type("\r")

    terminal.wait_for("It is not JSON", "with stand-ins for")
    assert pager.given["text"] == '{"session_id": "␛]52;c;AA␇\n<9B>31m'
    assert pager.given["words"][-1].endswith("-analysis.txt")


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed here")
def test_less_shows_a_short_document_and_stays_even_if_told_to_leave(
    start: Start, api: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    del api
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.setenv("LESS", "FRX")
    terminal = start(SESSION_ID, size=(120, 60))
    terminal.wait_for("Where is my headset?")
    terminal.type("3")
    terminal.wait_for("8812-4410")

    terminal.type("E")
    terminal.wait_for('  "order_id": "8812-4410"')
    terminal.type("=")
    terminal.wait_for("extraction.json lines 1-")
    terminal.type("q")

    terminal.wait_for("? help")
    assert not (Path(os.environ["HOME"]) / ".lesshst").exists()
    assert files_left() == []
