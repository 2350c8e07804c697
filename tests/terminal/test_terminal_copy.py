"""Copying and configured keys in the program as it is started, not only in the app as tests build it."""

from __future__ import annotations

import base64

from documents import SESSION_ID
from in_terminal import Start
from loopback import LoopbackApi

from feather_tui.clipboard import copied_file
from feather_tui.locations import Locations


def test_a_message_is_sent_to_the_terminal_and_kept_in_a_private_file(start: Start, api: LoopbackApi) -> None:
    del api
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?")

    terminal.type("y")
    terminal.wait_for("this message", "session id", "curl for the extraction")
    terminal.type("\r")
    terminal.wait_for("(OSC 52)")

    kept = copied_file(Locations.default().state)
    assert "Where is my headset?" in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert base64.b64encode(kept.read_bytes()) in terminal.written


def test_configured_keys_work_in_the_program(start: Start, api: LoopbackApi) -> None:
    del api
    config = Locations.default().config_file
    config.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    config.write_text('[keys]\nshow_details = ["ctrl+e"]\n')
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?", "^e details")

    terminal.type("\x05")

    terminal.wait_for("missing evidence", "models and gates")
