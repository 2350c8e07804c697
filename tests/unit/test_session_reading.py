"""Reading the bytes of an answer: lenient to what may change, strict about what is not there at all."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from documents import (
    SESSION_ID,
    START,
    analysis,
    body,
    call,
    extraction,
    handoff,
    moment,
    request,
    row,
    trace,
)

from feather_tui.errors import DocumentUnreadable
from feather_tui.session.model import Extraction, Message, Session, ToolRequest
from feather_tui.session.reading import read_extraction, read_session


def test_a_document_of_an_id_alone_is_a_session() -> None:
    reading = read_session(body({"session_id": SESSION_ID}))

    assert reading.document == Session(session_id=SESSION_ID)
    assert reading.asides == ()


def test_absent_lists_are_empty() -> None:
    document = read_session(body({"session_id": SESSION_ID})).document

    for name in (
        "messages",
        "rag_traces",
        "citations",
        "tool_calls",
        "handoff_events",
        "missing_evidence_reasons",
    ):
        assert getattr(document, name) == ()


def test_values_arrive_in_their_types() -> None:
    document = read_session(
        body(analysis(row("user", "Hi", second=3, latency_ms=5), rag_traces=[trace("c1", hit=False)]))
    ).document

    assert document.started_at == START
    assert document.messages == (
        Message(
            turn_id="turn-1", role="user", timestamp=START + timedelta(seconds=3), content="Hi", latency_ms=5
        ),
    )
    assert document.rag_traces[0].hit is False
    assert document.rag_traces[0].retrieved[0].chunk_id == "c1"


@pytest.mark.parametrize("name", [field.name for field in fields(Session) if field.name != "session_id"])
def test_a_null_in_a_session_is_as_good_as_absent(name: str) -> None:
    reading = read_session(body({"session_id": SESSION_ID, name: None}))

    assert reading.document == Session(session_id=SESSION_ID)
    assert reading.asides == ()


@pytest.mark.parametrize("name", [field.name for field in fields(Extraction) if field.name != "session_id"])
def test_a_null_in_an_extraction_is_as_good_as_absent(name: str) -> None:
    assert read_extraction(body({"session_id": SESSION_ID, name: None})).document == Extraction(
        session_id=SESSION_ID
    )


def test_nulls_within_rows_take_their_defaults() -> None:
    document = analysis(
        dict.fromkeys((field.name for field in fields(Message)), None),
        row("assistant", tool_calls=[{"id": None, "type": None, "function": None}]),
    )
    messages = read_session(body(document)).document.messages

    assert messages[0] == Message()
    assert messages[1].tool_calls == (ToolRequest(),)


def test_unknown_values_of_enums_are_kept_as_they_are() -> None:
    document = read_session(
        body(
            analysis(
                row("narrator"),
                channel="fax",
                knowledge_gap_analysis_outcome="ascended",
                missing_evidence_reasons=["no_aura"],
                rag_traces=[trace(answerability={"mode": "dream", "label": "maybe"})],
            )
        )
    ).document

    assert document.channel == "fax"
    assert document.knowledge_gap_analysis_outcome == "ascended"
    assert document.missing_evidence_reasons == ("no_aura",)
    assert document.messages[0].role == "narrator"
    gate = document.rag_traces[0].answerability
    assert gate is not None
    assert (gate.mode, gate.label) == ("dream", "maybe")
    assert read_extraction(body(extraction(status="paused"))).document.status == "paused"


@pytest.mark.parametrize(
    ("document", "path", "value"),
    [
        (analysis(channel=5), "channel", 5),
        (analysis(started_at="noon"), "started_at", "noon"),
        (analysis(ended_at={"at": 1}), "ended_at", {"at": 1}),
        (analysis(analyzer_input_schema_version="two"), "analyzer_input_schema_version", "two"),
        (analysis(row("user"), row("user", latency_ms=1.5)), "messages[1].latency_ms", 1.5),
        (analysis(row("user") | {"content": ["x"]}), "messages[0].content", ["x"]),
        (analysis(row("user", truncated="perhaps")), "messages[0].truncated", "perhaps"),
        (
            analysis(row("user", tool_calls=[request("a"), {"id": 7}])),
            "messages[0].tool_calls[1].id",
            7,
        ),
        (analysis(rag_traces=[trace(top_score="high")]), "rag_traces[0].top_score", "high"),
        (analysis(rag_traces=[trace(answerability={"mode": 1})]), "rag_traces[0].answerability.mode", 1),
        (analysis(rag_traces=[trace(kb_ids=["kb-1", 2])]), "rag_traces[0].kb_ids[1]", 2),
        (analysis(tool_calls=[call("a") | {"arguments": {"a": 1}}]), "tool_calls[0].arguments", {"a": 1}),
        (analysis(handoff_events=[handoff(1) | {"timestamp": True}]), "handoff_events[0].timestamp", True),
        (analysis(kb_snapshot={"kb_versions": {"kb-1": "many"}}), "kb_snapshot.kb_versions.kb-1", "many"),
        (analysis(csat={"score": "good"}), "csat.score", "good"),
        (analysis(missing_evidence_reasons=["no_csat", False]), "missing_evidence_reasons[1]", False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_value_of_a_wrong_type_is_set_aside(document: dict[str, Any], path: str, value: object) -> None:
    reading = read_session(body(document))

    assert [(aside.path, aside.value) for aside in reading.asides] == [(path, value)]
    assert reading.asides[0].why


def test_the_rest_of_a_row_survives_a_wrong_value() -> None:
    message = read_session(body(analysis(row("user", "still here", latency_ms="slow")))).document.messages[0]

    assert (message.content, message.latency_ms) == ("still here", None)


def test_wrong_values_in_every_row_are_all_set_aside() -> None:
    rows = [row("user", latency_ms="slow", truncated="maybe", model_used=4) for _ in range(1000)]

    reading = read_session(body(analysis(*rows)))

    assert len(reading.asides) == 3000
    assert (
        reading.document.messages == tuple(read_session(body(analysis(row("user")))).document.messages) * 1000
    )


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"organization_id": "x"}, "session_id"),
        ({"session_id": None}, "session_id"),
        ({"session_id": 7}, "session_id"),
        (analysis(messages={}), "messages"),
        (analysis(messages="none"), "messages"),
        (analysis(messages=[row("user"), "row"]), "messages[1]"),
        (analysis(row("user", tool_calls={})), "messages[0].tool_calls"),
        (analysis(row("user", tool_results=[])), "messages[0].tool_results"),
        (analysis(row("user", tool_calls=[{"function": "f"}])), "messages[0].tool_calls[0].function"),
        (analysis(rag_traces=[trace(), trace(retrieved=5)]), "rag_traces[1].retrieved"),
        (analysis(citations=[[]]), "citations[0]"),
        (analysis(kb_snapshot="yes"), "kb_snapshot"),
        (analysis(customer_metadata=[1]), "customer_metadata"),
        (analysis(missing_evidence_reasons="no_csat"), "missing_evidence_reasons"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_structure_that_is_not_there_is_refused_with_its_path(document: dict[str, Any], path: str) -> None:
    with pytest.raises(DocumentUnreadable) as raised:
        read_session(body(document))

    assert raised.value.path == path
    assert f" at {path}:" in raised.value.sentence
    assert raised.value.sentence.startswith("The analysis input cannot be read")
    assert "--format json" in raised.value.advice


@pytest.mark.parametrize("name", ["extracted_data", "validation_errors", "missing_required_fields"])
def test_an_extraction_without_its_structure_is_refused_with_its_path(name: str) -> None:
    with pytest.raises(DocumentUnreadable, match=r"^The extraction cannot be read") as raised:
        read_extraction(body(extraction(**{name: "x"})))

    assert raised.value.path == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T14:02:11Z", START),
        ("2026-11-20T14:02:11.000000+00:00", START),
        ("2026-11-20T14:02:11", START),
        ("2026-11-20 14:02:11", START),
        ("2026-11-20T19:32:11+05:30", START),
        ("2026-11-20T09:02:11-0500", START),
        ("2026-11-20T14:02:11.123456789Z", START + timedelta(microseconds=123456)),
        ("0001-01-01T00:00:00Z", datetime.min.replace(tzinfo=UTC)),
        ("2026-11-20", None),
        ("14:02:11", None),
        ("2026-02-30T00:00:00Z", None),
        ("", None),
    ],
)
def test_times_are_aware_or_set_aside(text: str, expected: datetime | None) -> None:
    reading = read_session(body(analysis(row("user", timestamp=text))))

    assert reading.document.messages[0].timestamp == expected
    assert [(aside.path, aside.value) for aside in reading.asides] == (
        [] if expected else [("messages[0].timestamp", text)]
    )


def test_an_empty_free_form_object_is_not_a_missing_one() -> None:
    assert read_session(body(analysis(customer_metadata={}))).document.customer_metadata == {}
    assert read_session(body(analysis())).document.customer_metadata is None
    assert read_extraction(body(extraction(validation_errors=None))).document.validation_errors is None
    assert read_extraction(body(extraction(validation_errors=[]))).document.validation_errors == ()


def test_arguments_that_the_platform_parsed_are_kept_whatever_they_are() -> None:
    calls = [call("a", arguments_parsed=value) for value in ({"a": None}, [1], "x", 0, False)]

    assert [
        recorded.arguments_parsed
        for recorded in read_session(body(analysis(tool_calls=calls))).document.tool_calls
    ] == [{"a": None}, [1], "x", 0, False]


def test_a_later_shape_is_read_as_far_as_it_is_understood() -> None:
    document = json.loads(body(analysis(row("user", mood="calm", timestamp=moment(1)))))
    document |= {"analyzer_input_schema_version": 3, "weather": {"sky": "blue"}}

    reading = read_session(body(document))

    assert reading.document.analyzer_input_schema_version == 3
    assert reading.document.messages[0].role == "user"
    assert [aside.path for aside in reading.asides] == ["messages[0].mood", "weather"]
