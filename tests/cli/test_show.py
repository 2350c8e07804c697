"""`feather-tui show` from the words to the exit status, against a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from command_line import Feather
from documents import SESSION_ID, analysis, call, extraction, row, trace
from loopback import LoopbackApi, analysis_path, extraction_path, run_in_thread
from loopback_answers import Script, answer, failure, page, ready, stall_before

from feather_tui.demo import incident
from feather_tui.locations import Locations

ANALYSIS = analysis(
    row("user", "Où est mon casque? 🎧", turn="turn-0"),
    row("assistant", "Let me see.", second=4),
    tool_calls=[call("call-1", result='{"state": "lost"}', latency_ms=212)],
    rag_traces=[trace("chunk-7")],
    sent_by_a_newer_api={"kept": True},
)
EXTRACTION = extraction()
PARTS = {
    "summary": "6m 12s",
    "transcript": "Où est mon casque?",
    "tools": "lookup_order",
    "rag": "retrieval 1 chunk",
    "extraction": "8812-4410",
}
"""By part of the session, a text that only this part has (the transcript has folded tools and retrievals)."""


@pytest.fixture
def api(server: LoopbackApi) -> LoopbackApi:
    """The server with one session on it."""
    server.serve(SESSION_ID, analysis=ANALYSIS, extraction=EXTRACTION)
    return server


def parts_in(text: str) -> set[str]:
    """Name the parts of the session that are in the output, in whichever format."""
    plain = " ".join(text.replace("\\", "").replace("retrieval   ", "retrieval ").split())
    return {part for part, mark in PARTS.items() if mark in plain}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_whole_session_is_written(feather: Feather, api: LoopbackApi, form: str) -> None:
    outcome = feather("show", SESSION_ID, "--format", form)

    assert (outcome.status, outcome.err) == (0, "")
    assert parts_in(outcome.out) == set(PARTS)
    assert sorted(api.paths()) == sorted([analysis_path(SESSION_ID), extraction_path(SESSION_ID)])


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("summary", {"summary"}),
        ("transcript", {"transcript", "tools", "rag"}),
        ("tools", {"tools"}),
        ("rag", {"rag"}),
        ("extraction", {"extraction"}),
    ],
)
def test_only_one_part_is_written(
    feather: Feather, api: LoopbackApi, form: str, part: str, written: set[str]
) -> None:
    del api
    outcome = feather("show", SESSION_ID, "--format", form, "--only", part)

    assert (outcome.status, parts_in(outcome.out)) == (0, written)


def test_json_has_the_documents_as_received(feather: Feather, api: LoopbackApi) -> None:
    del api
    outcome = feather("show", SESSION_ID, "--format", "json")

    written = json.loads(outcome.out)
    assert outcome.out.isascii()
    assert written["session_id"] == SESSION_ID
    assert (written["analysis_input"], written["extraction"]) == (ANALYSIS, EXTRACTION)
    assert written["source"] == {"analysis_input": "api", "extraction": "api"}
    assert all(moment.endswith("Z") for moment in written["fetched_at"].values())
    assert written["errors"] == []


@pytest.mark.parametrize(
    ("part", "documents"),
    [("extraction", {"extraction"}), ("summary", {"analysis_input"}), ("tools", {"analysis_input"})],
)
def test_json_of_one_part_has_the_document_that_holds_it(
    feather: Feather, api: LoopbackApi, part: str, documents: set[str]
) -> None:
    del api
    written = json.loads(feather("show", SESSION_ID, "--format", "json", "--only", part).out)

    assert written.keys() & {"analysis_input", "extraction"} == documents
    assert written["source"].keys() == documents


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        (failure(401), 3, "refused the API key (HTTP 401)"),
        (failure(403), 3, "may not read the analysis input"),
        (failure(404), 4, "was not found (HTTP 404)"),
        (failure(409), 5, "the session has not ended"),
        (failure(429), 6, "(HTTP 429, after 4 tries)"),
        (failure(500), 6, "(HTTP 500 internal server error)"),
        (failure(503), 6, "(HTTP 503 service unavailable, after 4 tries)"),
        (page(), 7, "came a web page"),
        (answer(b"[1, 2"), 7, "not a JSON object"),
        (ready(b'{"session_id": '), 7, "it is not JSON at character 15"),
        (ready(analysis(session_id="9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42")), 7, "about another session"),
    ],
)
def test_a_failure_is_a_sentence_and_its_status_and_the_other_document_is_still_written(
    feather: Feather, api: LoopbackApi, given: Script, status: int, sentence: str
) -> None:
    api.serve(SESSION_ID, analysis=given)

    outcome = feather("show", SESSION_ID)

    assert outcome.status == status
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1
    assert parts_in(outcome.out) == {"extraction"}


def test_the_same_sentence_about_both_documents_is_said_once(feather: Feather, api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=failure(401), extraction=failure(401))

    outcome = feather("show", SESSION_ID)

    assert (outcome.status, outcome.err.count("\n")) == (3, 1)
    assert parts_in(outcome.out) == set()


def test_an_answer_that_does_not_come_is_given_up(
    feather: Feather, api: LoopbackApi, locations: Locations
) -> None:
    locations.config.mkdir(mode=0o700, parents=True)
    locations.config_file.write_text("[network]\ndeadline_seconds = 1\n")
    api.serve(SESSION_ID, analysis=stall_before())

    outcome = feather("show", SESSION_ID)

    assert outcome.status == 6
    assert "within 1 s" in outcome.err


def test_errors_are_in_the_json_too(feather: Feather, api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=ready({"session_id": SESSION_ID, "messages": "none"}))

    outcome = feather("show", SESSION_ID, "--format", "json")

    written = json.loads(outcome.out)
    (error,) = written["errors"]
    assert outcome.status == 7
    assert (written["analysis_input"], written["extraction"]) == (None, EXTRACTION)
    assert (error["document"], error["path"], error["exit_status"]) == ("analysis_input", "messages", 7)
    assert json.loads(error["received"]) == {"session_id": SESSION_ID, "messages": "none"}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_session_without_extraction_is_a_success_that_says_so(
    feather: Feather, api: LoopbackApi, form: str
) -> None:
    api.serve(SESSION_ID, extraction=failure(404))

    outcome = feather("show", SESSION_ID, "--format", form)

    assert outcome.status == 0
    assert "No extraction was found" in outcome.err
    assert "none to show" in outcome.out
    assert parts_in(outcome.out) == set(PARTS) - {"extraction"}


def test_a_session_seen_before_is_shown_without_the_server(
    feather: Feather, server: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server.base_url
    with run_in_thread() as api:
        monkeypatch.setenv("FEATHER_BASE_URL", api.base_url)
        api.serve(SESSION_ID, analysis=ANALYSIS, extraction=EXTRACTION)
        feather("show", SESSION_ID)

    outcome = feather("show", SESSION_ID)
    offline = feather("show", SESSION_ID, "--offline", "--format", "json")

    assert outcome.status == 0
    assert parts_in(outcome.out) == set(PARTS)
    assert "connection refused" in outcome.err
    assert "The cached copy is shown." in outcome.err
    assert (offline.status, offline.err) == (0, "")
    assert json.loads(offline.out)["source"] == {"analysis_input": "cache", "extraction": "cache"}


def test_offline_asks_nothing_and_says_what_is_not_there(feather: Feather, api: LoopbackApi) -> None:
    outcome = feather("show", SESSION_ID, "--offline")

    assert outcome.status == 6
    assert "not in the cache" in outcome.err
    assert api.requests == []


def test_no_cache_leaves_no_file(feather: Feather, api: LoopbackApi, locations: Locations) -> None:
    del api
    assert feather("show", SESSION_ID, "--no-cache").status == 0
    assert not locations.cache.exists()

    assert feather("show", SESSION_ID).status == 0
    assert locations.cache_file.exists()


def test_refresh_asks_again_for_what_the_cache_has(feather: Feather, api: LoopbackApi) -> None:
    feather("show", SESSION_ID)
    feather("show", SESSION_ID)
    assert api.paths().count(analysis_path(SESSION_ID)) == 1
    api.serve(SESSION_ID, analysis=ANALYSIS | {"completion_reason": "handoff_resolved"})

    outcome = feather("show", SESSION_ID, "--refresh")

    assert api.paths().count(analysis_path(SESSION_ID)) == 2
    assert "handoff_resolved" in outcome.out
    assert "handoff_resolved" in feather("show", SESSION_ID).out


def test_several_ids_are_refused(feather: Feather, api: LoopbackApi) -> None:
    outcome = feather("show", f"{SESSION_ID} 9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42")

    assert (outcome.status, outcome.out) == (2, "")
    assert "2 session ids were given" in outcome.err
    assert api.requests == []


def test_a_log_line_on_standard_input(feather: Feather, api: LoopbackApi) -> None:
    del api
    line = f"2026-11-20T14:08:23Z ERROR session={SESSION_ID.upper()} handoff failed\n"

    outcome = feather("show", "-", "--only", "transcript", piped=line.encode())

    assert (outcome.status, outcome.err) == (0, "")
    assert "transcript" in parts_in(outcome.out)


def test_a_reader_that_goes_away_is_no_noise() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "feather_tui", "show", "--demo", incident.session_id("dock-check-in")]
    try:
        done = subprocess.run(
            command, check=False, stderr=subprocess.PIPE, stdout=writing, text=True, timeout=30
        )
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (141, "")


def test_what_is_wrong_with_the_cache_is_said_once_for_all_sessions(
    feather: Feather, api: LoopbackApi, locations: Locations
) -> None:
    del api
    locations.cache_file.mkdir(parents=True)
    other = "9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42"

    outcome = feather("findings", SESSION_ID, other)

    assert outcome.err.count("sessions are kept in memory until you quit") == 1


def test_what_could_not_be_tidied_is_said(feather: Feather, api: LoopbackApi, locations: Locations) -> None:
    del api
    assert feather("show", SESSION_ID).err == ""
    locations.cache_file.with_name("sessions.sqlite3.damaged-20200101T000000Z").mkdir()

    outcome = feather("show", SESSION_ID)

    assert outcome.status == 0
    assert "The cache could not be tidied: Is a directory" in outcome.err
