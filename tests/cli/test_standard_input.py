"""Standard input as shells and logs make it: of any bytes, or closed."""

from __future__ import annotations

import sys

import pytest
from command_line import Feather

from feather_tui.cli import main
from feather_tui.demo import incident

SESSION_ID = incident.session_id("headset-refund")


@pytest.mark.parametrize("before", [b"caf\xe9 ", b"\xff\xfe\x00", b"\x80" * 100])
def test_bytes_that_are_no_utf8_do_not_hide_the_id_beside_them(feather: Feather, before: bytes) -> None:
    outcome = feather("show", "-", "--demo", piped=before + SESSION_ID.encode())

    assert (outcome.status, outcome.err) == (0, "")
    assert "Hi, I sent my headset back" in outcome.out


def test_closed_standard_input_is_told(
    feather: Feather, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del feather
    monkeypatch.setattr(sys, "stdin", None)

    assert main(["show", "-", "--demo"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("feather-tui: Standard input is closed, so no session id can be read from it. ")
