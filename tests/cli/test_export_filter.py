"""`feather-tui export --filter`: only what was asked for leaves, and what is left out is said and counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Feather
from documents import (
    SESSION_ID,
    Document,
    analysis,
    body,
    call,
    citation,
    extraction,
    handoff,
    request,
    result,
    row,
    trace,
)
from hypothesis import given
from loopback import LoopbackApi
from shown_sessions import PLACE, shown
from strict_page import check
from wild_documents import quick, wild_sessions

from feather_tui.errors import DocumentUnreadable
from feather_tui.export.filtered import kept_of
from feather_tui.export.html import html_page
from feather_tui.export.json_entries import entries_json
from feather_tui.session.filter import EntryFilter

ANALYSIS = analysis(
    row("user", "Where is the order of dana@mail.example?", turn="turn-1"),
    row(
        "assistant", "Let me see.", second=4, turn="turn-2", tool_calls=[request("call-1"), request("call-2")]
    ),
    row("tool", tool_results=result("call-1", "", "HTTP 503"), second=5, turn="turn-2"),
    row("dana@mail.example", "Any news?", second=60, turn="turn-3"),
    tool_calls=[call("call-1", turn="turn-2"), call("call-2", turn="turn-2", result="late")],
    citations=[citation("chunk-1", turn="turn-2")],
    rag_traces=[trace("chunk-1", turn="turn-2")],
    handoff_events=[handoff(90, "asked for")],
    customer_metadata={"tier": "gold"},
)
FORMATS = ["markdown", "json", "html"]
SENTENCE = (
    "only errors: 1 of 8 entries is here, 7 are left out; summary, findings and extraction are of the whole"
)


@pytest.fixture
def exported(feather: Feather, server: LoopbackApi) -> Feather:
    """Run `feather-tui export` on a server with one session."""
    server.serve(SESSION_ID, analysis=ANALYSIS, extraction=extraction())
    return lambda *words: feather("export", SESSION_ID, *words)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_only_what_is_kept_is_written_and_the_rest_is_counted(exported: Feather, form: str) -> None:
    outcome = exported("--format", form, "--filter", "errors")

    assert outcome.status == 0
    assert SENTENCE in " ".join(outcome.out.replace("\\", "").split())
    assert "HTTP 503" in outcome.out
    assert "Any news" not in outcome.out
    assert outcome.err.endswith(f"Filter: {SENTENCE} session.\n")


def test_json_of_a_filter_cannot_be_taken_for_the_document(exported: Feather) -> None:
    outcome = exported("--format", "json", "--filter", "errors role:user")
    written = json.loads(outcome.out)

    assert "Any news" not in outcome.out
    assert written["filter"] == {
        "text": "role:user errors",
        "description": "only messages of user, only errors",
        "entries": 8,
        "kept": 0,
        "left_out": 8,
    }
    assert written["entries"] == []
    document = written["analysis_input"]
    assert "messages" not in document
    assert document["customer_metadata"] == {"tier": "gold"}
    assert written["extraction"] == extraction()


def test_json_has_the_records_of_what_is_kept_by_their_paths(exported: Feather) -> None:
    (entry,) = json.loads(exported("--format", "json", "--filter", "errors").out)["entries"]

    assert entry == {
        "position": 2,
        "kind": "call",
        "at": "2026-11-20T14:02:15Z",
        "records": {
            "messages[1].tool_calls[0]": ANALYSIS["messages"][1]["tool_calls"][0],
            "tool_calls[0]": ANALYSIS["tool_calls"][0],
            "messages[2]": ANALYSIS["messages"][2],
        },
    }


def test_without_a_filter_json_is_as_it_was(exported: Feather) -> None:
    written = json.loads(exported("--format", "json", "--unmasked").out)

    assert "filter" not in written
    assert written["analysis_input"] == ANALYSIS


@pytest.mark.parametrize("form", FORMATS)
def test_the_names_in_the_filter_are_masked_as_those_in_the_session(exported: Feather, form: str) -> None:
    words = ("--format", form, "--filter", "role:dana@mail.example")

    masked, unmasked = exported(*words), exported(*words, "--unmasked")

    assert "dana@mail" not in masked.out.replace("\\", "") + masked.err
    assert "Any news" in masked.out
    assert "dana@mail" in unmasked.out.replace("\\", "")


def test_a_filter_that_keeps_nothing_says_so(exported: Feather) -> None:
    outcome = exported("--filter", "tool:nothing_like_it")

    assert outcome.status == 0
    assert "0 of 8 entries are here, 8 are left out" in outcome.out.replace("\\", "")
    assert "*none to show*" in outcome.out


def test_what_is_no_filter_is_refused_before_anything_is_asked(exported: Feather, tmp_path: Path) -> None:
    file = tmp_path / "out.md"

    outcome = exported("--filter", "eror", "-o", str(file))

    assert (outcome.status, outcome.out) == (2, "")
    assert "“eror” is not part of a filter. Did you mean errors?" in outcome.err
    assert not file.exists()


# ---------------------------------------------------------------------- for any session


@given(wild_sessions)
@quick
def test_a_page_never_links_to_what_is_left_out(session: Document) -> None:
    try:
        given_session = shown(session)
    except DocumentUnreadable:
        return
    kept = kept_of(given_session, EntryFilter(roles=frozenset({"user"})))

    check(html_page(given_session, PLACE, kept))  # among others, that every link leads somewhere


@given(wild_sessions)
@quick
def test_all_entries_together_have_every_record_of_the_document(session: Document) -> None:
    try:
        copy = shown(session).copy
    except DocumentUnreadable:
        return
    assert copy is not None
    document = json.loads(body(session))

    entries = entries_json(copy.timeline, range(len(copy.timeline)), document)

    records = {path: record for entry in entries for path, record in entry["records"].items()}
    for name in ("messages", "tool_calls", "rag_traces", "citations", "handoff_events"):
        for index, record in enumerate(document.get(name) or ()):
            path = f"{name}[{index}]"
            assert records.get(path, record) == record
            assert path in records or any(other.startswith(f"{path}.") for other in records)
