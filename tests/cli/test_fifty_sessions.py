"""Fifty sessions through `show`, every kind of answer among them: what was said, and the exit status."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from command_line import Feather, Outcome
from documents import Document, analysis, body, call, extraction, row, trace
from loopback import LoopbackApi
from loopback_answers import Answer, failure, page, ready, reset_inside, stall_inside, zipped

from feather_tui.locations import Locations

CHANNELS = ("chat", "sms", "voice", "email", "api")
OUTCOMES = ("resolved", "unresolved", "transferred", "expired", "error", "abandoned", "voicemail")
MISSING_LISTS = ((), ("tool_calls",), ("rag_traces", "citations"), ("messages", "handoff_events"))
STATUSES = ("completed", "partial", "validation_failed", "failed", "skipped")

FAULTS: dict[str, tuple[Answer, int, str]] = {
    "400": (failure(400), 7, "did not accept the request for the analysis input"),
    "401": (failure(401), 3, "refused the API key (HTTP 401)"),
    "403": (failure(403), 3, "The API key is valid but may not read the analysis input"),
    "404": (failure(404), 4, "was not found (HTTP 404)"),
    "409": (failure(409), 5, "does not exist yet (HTTP 409): the session has not ended."),
    "422": (failure(422, detail=[{"loc": ["path"], "msg": "no"}]), 7, "The server's words: “path: no”"),
    "429": (failure(429, headers={"Retry-After": "60"}), 6, "The server asks to be left alone for 60 s."),
    "500": (failure(500), 6, "(HTTP 500 internal server error)."),
    "502": (page(502), 6, "(HTTP 502 bad gateway, after 4 tries)."),
    "503": (failure(503, retryable=False), 6, "(HTTP 503 service unavailable)."),
    "reset mid-body": (reset_inside(body(analysis())), 6, "broke off its answer"),
    "HTML page": (page(), 7, "came a web page, beginning “<!DOCTYPE html>”."),
    "stalled body": (stall_inside(b"{" + b" " * 9), 6, "within 1 s: 5 bytes had come on try 1."),
}
"""By kind of answer instead of the analysis input: the answer, the exit status, a part of the sentence."""
GOOD = 50 - len(FAULTS)


@dataclass(frozen=True, slots=True)
class Sample:
    """A session as generated, and how its documents are answered."""

    session_id: str
    analysis: Document
    answer: Answer
    extraction: Answer


def good_sessions() -> Iterator[Sample]:
    """Vary channel, outcome, tools, absent lists and extraction; every fifth comes compressed."""
    for number in range(GOOD):
        session_id = str(uuid.UUID(int=number + 1))
        document = analysis(
            *(row("user", f"question {nth}", turn=f"turn-{nth}", second=nth) for nth in range(number % 6)),
            session_id=session_id,
            channel=CHANNELS[number % len(CHANNELS)],
            knowledge_gap_analysis_outcome=OUTCOMES[number % len(OUTCOMES)],
            tool_calls=[call(f"call-{made}", error="timed out") for made in range(number % 4)],
            rag_traces=[trace("chunk-1", hit=True)] * (number % 3),
        )
        for name in MISSING_LISTS[number % len(MISSING_LISTS)]:
            document.pop(name, None)
        whole = zipped(body(document)) if number % 5 == 0 else ready(document)
        status = STATUSES[number % len(STATUSES)]
        extracted = ready(extraction(session_id=session_id, status=status)) if number % 4 else failure(404)
        yield Sample(session_id, document, whole, extracted)


def faulty_sessions() -> Iterator[tuple[str, Sample]]:
    """Answer one session with each fault."""
    for number, (name, (fault, _, _)) in enumerate(FAULTS.items()):
        session_id = str(uuid.UUID(int=1000 + number))
        yield name, Sample(session_id, {}, fault, ready(extraction(session_id=session_id)))


def shown(feather: Feather, api: LoopbackApi, sample: Sample) -> Outcome:
    api.serve(sample.session_id, analysis=sample.answer, extraction=sample.extraction)
    return feather("show", sample.session_id)


def test_the_good_ones_are_shown(feather: Feather, server: LoopbackApi) -> None:
    for sample in good_sessions():
        outcome = shown(feather, server, sample)
        document = sample.analysis
        extracted = "No extraction was found" not in outcome.err

        assert (outcome.status, outcome.err.count("\n")) == (0, 0 if extracted else 1), outcome.err
        assert f" {document['knowledge_gap_analysis_outcome']} " in outcome.out
        assert f"  {document['channel']}  " in outcome.out
        assert f" tools {len(document.get('tool_calls', ()))}" in outcome.out
        assert f" retrieval {len(document.get('rag_traces', ()))}" in outcome.out
        assert all(message["content"] in outcome.out for message in document.get("messages", ()))
        assert (" extraction: none to show" in outcome.out) != extracted


def test_each_fault_is_one_sentence_and_a_status(
    feather: Feather, server: LoopbackApi, locations: Locations
) -> None:
    locations.config.mkdir(mode=0o700, parents=True)
    for name, sample in faulty_sessions():
        seconds = 1 if name == "stalled body" else 20
        locations.config_file.write_text(f"[network]\ndeadline_seconds = {seconds}\n")
        _, status, sentence = FAULTS[name]

        outcome = shown(feather, server, sample)

        assert (name, outcome.status, outcome.err.count("\n")) == (name, status, 1), outcome.err
        assert outcome.err.startswith("feather-tui: ")
        assert sentence in outcome.err
