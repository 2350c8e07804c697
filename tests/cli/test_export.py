"""`feather-tui export` from the words to the file, against a real server."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest
from command_line import Feather
from documents import SESSION_ID, analysis, call, extraction, row
from loopback import LoopbackApi
from loopback_answers import failure

from feather_tui.cli.arguments import parse
from feather_tui.errors import UsageError

ANALYSIS = analysis(
    row("user", "I am dana@mail.example, where is order 8812-4410?", turn="turn-1"),
    row("assistant", "Let me see.", second=4, turn="turn-2"),
    tool_calls=[
        call("call-1", arguments='{"first_name": "Dana"}', result='{"state": "lost"}', turn="turn-2")
    ],
    customer_metadata={"phone": "030 999-1234567"},
)
FORMATS = ["markdown", "json", "html"]


@pytest.fixture
def api(server: LoopbackApi) -> LoopbackApi:
    """The server with one session on it."""
    server.serve(SESSION_ID, analysis=ANALYSIS, extraction=extraction())
    return server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that does not exist."""
    return tmp_path / "handed over.out"


@pytest.mark.parametrize("form", FORMATS)
def test_personal_data_is_masked_and_said_and_all_else_is_written(
    feather: Feather, api: LoopbackApi, form: str
) -> None:
    del api
    outcome = feather("export", SESSION_ID, "--format", form)

    assert outcome.status == 0
    assert "dana" not in outcome.out.casefold()
    assert "999-1234567" not in outcome.out.replace("\\", "")
    plain = outcome.out.replace("\\", "")
    assert all(
        part in plain for part in ("[masked e-mail]", "8812-4410", "lookup_order", "Let me see.", SESSION_ID)
    )
    assert outcome.err.startswith("feather-tui: Masked: 1 e-mail, ")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_unmasked_everything_is_written_and_said(feather: Feather, api: LoopbackApi, form: str) -> None:
    del api
    outcome = feather("export", SESSION_ID, "--format", form, "--unmasked")

    assert outcome.status == 0
    assert "dana@mail.example" in outcome.out
    assert outcome.err == "feather-tui: Not masked: personal data may stand in it.\n"


def test_masked_json_has_the_documents_without_personal_data(feather: Feather, api: LoopbackApi) -> None:
    del api
    written = json.loads(feather("export", SESSION_ID, "--format", "json").out)

    document = written["analysis_input"]
    assert document["customer_metadata"] == {"phone": "[masked phone number]"}
    assert document["tool_calls"][0]["arguments"] == '{"first_name": "[masked name]"}'
    assert document["tool_calls"][0]["name"] == "lookup_order"
    assert written["extraction"] == extraction()


def test_markdown_is_the_default(feather: Feather, api: LoopbackApi) -> None:
    del api
    assert feather("export", SESSION_ID).out.startswith(f"## Session `{SESSION_ID}`\n")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_for_its_owner_and_holds_what_would_be_printed(
    feather: Feather, api: LoopbackApi, file: Path, form: str
) -> None:
    del api
    words = ("export", SESSION_ID, "--format", form, "--offline")
    feather("export", SESSION_ID)
    printed = feather(*words).out

    outcome = feather(*words, "-o", str(file))

    assert (outcome.status, outcome.out) == (0, "")
    assert f"Written to {file}, which only you can read. Masked: 1 e-mail, " in outcome.err
    assert file.read_text() == printed
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_what_exists_is_not_overwritten_unless_forced(feather: Feather, api: LoopbackApi, file: Path) -> None:
    del api
    file.write_text("mine")
    file.chmod(0o644)

    refused = feather("export", SESSION_ID, "--output", str(file))
    assert (refused.status, file.read_text()) == (2, "mine")
    assert "exists already" in refused.err
    assert "--force" in refused.err

    forced = feather("export", SESSION_ID, "--output", str(file), "--force")
    assert forced.status == 0
    assert file.read_text().startswith("## Session")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_link_is_never_written_through(
    feather: Feather, api: LoopbackApi, file: Path, tmp_path: Path, force: tuple[str, ...]
) -> None:
    del api
    elsewhere = tmp_path / "elsewhere"
    file.symlink_to(elsewhere)

    feather("export", SESSION_ID, "-o", str(file), *force)

    assert not elsewhere.exists()
    assert file.is_symlink() is (force == ())


@pytest.mark.parametrize(
    ("path", "words"),
    [("no such directory/x.html", "No such file or directory"), (".", "exists already")],
)
def test_a_file_that_cannot_be_is_a_sentence(
    feather: Feather, api: LoopbackApi, tmp_path: Path, path: str, words: str
) -> None:
    del api
    outcome = feather("export", SESSION_ID, "-o", str(tmp_path / path))

    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_write_that_fails_leaves_no_file(
    feather: Feather, api: LoopbackApi, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del api

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device", str(descriptor))

    feather("export", SESSION_ID)
    monkeypatch.setattr(os, "fsync", full)
    outcome = feather("export", SESSION_ID, "--offline", "--format", "html", "-o", str(file))

    assert outcome.status == 2
    assert "No space left on device" in outcome.err
    assert not file.exists()


def test_a_page_is_not_put_on_a_terminal(
    feather: Feather, api: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    refused = feather("export", SESSION_ID, "--format", "html")

    assert (refused.status, refused.out) == (2, "")
    assert "-o" in refused.err
    assert api.requests == []
    assert feather("export", SESSION_ID, "--format", "markdown").status == 0


def test_half_a_session_is_written_with_the_status_of_the_failure(
    feather: Feather, api: LoopbackApi, file: Path
) -> None:
    api.serve(SESSION_ID, analysis=failure(500), extraction=extraction())

    outcome = feather("export", SESSION_ID, "--format", "html", "-o", str(file))

    assert outcome.status == 6
    assert "HTTP 500" in outcome.err
    assert "HTTP 500" in file.read_text()
    assert "8812-4410" in file.read_text()


def test_of_nothing_no_file_is_made(feather: Feather, api: LoopbackApi, file: Path) -> None:
    api.serve(SESSION_ID, analysis=failure(404), extraction=failure(404))

    outcome = feather("export", SESSION_ID, "-o", str(file))

    assert (outcome.status, outcome.out) == (4, "")
    assert "not found" in outcome.err
    assert not file.exists()


def test_several_ids_are_refused(feather: Feather, api: LoopbackApi) -> None:
    outcome = feather("export", f"{SESSION_ID} 9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42")

    assert (outcome.status, outcome.out) == (2, "")
    assert "2 session ids were given" in outcome.err
    assert api.requests == []


def test_the_words_of_export() -> None:
    arguments = parse(
        ["export", "-", "--format", "html", "-o", "x.html", "--force", "--unmasked", "--offline"]
    )

    assert (arguments.command, arguments.references) == ("export", ["-"])
    assert (arguments.format, arguments.output) == ("html", "x.html")
    assert (arguments.force, arguments.unmasked, arguments.offline) == (True, True, True)
    plain = parse(["export", "x"])
    assert (plain.format, plain.output, plain.force, plain.unmasked) == ("markdown", None, False, False)


@pytest.mark.parametrize("words", [["export"], ["export", "a", "b"], ["export", "a", "--format", "text"]])
def test_a_misunderstanding_is_a_usage_error(words: list[str]) -> None:
    with pytest.raises(UsageError):
        parse(words)
