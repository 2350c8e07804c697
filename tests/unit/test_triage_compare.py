"""Where two sessions part, what is different in them, and which session is the best to compare with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import triage_incident
from documents import (
    SESSION_ID,
    Document,
    analysis,
    call,
    extraction,
    handoff,
    read,
    read_extracted,
    row,
    trace,
)

from feather_tui.rendering.compare import compared_rows, parting_text
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import text_of
from feather_tui.session.identity import SessionId
from feather_tui.session.summary import summarize
from feather_tui.session.timeline import CallEntry, build
from feather_tui.triage.alignment import MOST_STEPS, Pair, Step
from feather_tui.triage.case import Case
from feather_tui.triage.compare import Comparison, Difference, Side, compare, nearest
from feather_tui.triage.signature import Signature

ASKED = row("user", "Where is order 8812?")
LOOKED = row("assistant", "Let me look.", second=2, latency_ms=900, model_used="m1")


def side(*messages: Document, extracted: Document | None = None, **fields: Any) -> Side:
    document = analysis(*messages, **fields)
    sample = triage_incident.Sample(SessionId(SESSION_ID), document, extracted or extraction())
    session = read(document)
    timeline = build(session)
    return Side(
        case=triage_incident.case_from(sample),
        summary=summarize(session, timeline),
        timeline=timeline,
        extraction=read_extracted(sample.extraction),
    )


def different(comparison: Comparison) -> dict[str, tuple[str, str]]:
    return {each.name: (each.left, each.right) for each in comparison.differences}


def test_a_session_is_the_same_as_itself() -> None:
    one = side(ASKED, LOOKED, tool_calls=[call("c1", result="{}")], rag_traces=[trace("k1")])
    comparison = compare(one, one)
    assert comparison.parting is None
    assert comparison.differences == ()
    assert all(pair.same and not pair.parts for pair in comparison.pairs)
    assert [pair.left.what for pair in comparison.pairs if pair.left] == [
        "user",
        "assistant",
        "lookup_order ok",
        "retrieval found",
    ]


def test_they_part_where_a_tool_fails_in_one_of_them() -> None:
    good = side(ASKED, LOOKED, tool_calls=[call("c1", arguments='{"id": 1}', result="{}")])
    bad = side(
        ASKED,
        LOOKED,
        row("user", "Hello?", turn="turn-2", second=9),
        tool_calls=[call("c1", arguments='{"id": 2}', error="boom 5")],
        handoff_events=[handoff(20, "no luck")],
        knowledge_gap_analysis_outcome="escalated",
    )
    comparison = compare(good, bad)
    assert comparison.parting is not None
    parting = comparison.pairs[comparison.parting]
    assert (parting.left and parting.left.what, parting.right and parting.right.what) == (
        "lookup_order ok",
        "lookup_order error",
    )
    told = different(comparison)
    assert told["outcome"] == ("resolved", "escalated")
    assert told["tool errors"] == ("", "lookup_order: boom <n>")
    assert parting.right is not None
    assert isinstance(bad.timeline[parting.right.position], CallEntry)
    assert comparison.pairs[-1] == Pair(None, Step("handoff", "no luck", comparison.pairs[-1].right.at))  # type: ignore[union-attr]  # it is there


def test_what_only_one_says_is_a_parting_only_where_nothing_else_is() -> None:
    greeted = row("assistant", "Hello!", turn="turn-0", second=0)
    failing = [call("c1", error="boom")]
    both = compare(side(greeted, ASKED, LOOKED), side(ASKED, LOOKED, tool_calls=failing))
    assert (both.pairs[0].parts, both.parting) == (True, 3)
    assert compare(side(greeted, ASKED, LOOKED), side(ASKED, LOOKED)).parting == 0


def test_the_same_tool_is_aligned_however_it_ended() -> None:
    tried = [call("c1", error="boom"), call("c2", result="{}")]
    pairs = compare(
        side(ASKED, LOOKED, tool_calls=tried[:1]), side(ASKED, LOOKED, tool_calls=tried[1:])
    ).pairs
    assert [(pair.left and pair.left.what, pair.right and pair.right.what) for pair in pairs[2:]] == [
        ("lookup_order error", "lookup_order ok")
    ]


def test_other_words_are_no_parting_and_other_numbers_no_other_words() -> None:
    one = side(ASKED, LOOKED)
    numbers = compare(one, side(row("user", "Where is order 9999?"), LOOKED))
    words = compare(one, side(row("user", "Where is my parcel?"), LOOKED))
    assert (numbers.parting, numbers.pairs[0].same) == (None, True)
    assert (words.parting, words.pairs[0].same) == (None, False)


def test_another_document_is_another_result() -> None:
    found = [side(ASKED, LOOKED, rag_traces=[trace(name, hit=True)]) for name in ("k1", "k2")]
    last = compare(*found).pairs[-1]
    assert (last.parts, last.same) == (False, False)


def test_arguments_are_compared_as_json() -> None:
    one = side(ASKED, LOOKED, tool_calls=[call("c1", arguments='{"a": "x", "b": true}', result="{}")])
    other = side(ASKED, LOOKED, tool_calls=[call("c1", arguments='{"b":true,"a":"x"}', result="{}")])
    third = side(ASKED, LOOKED, tool_calls=[call("c1", arguments="{}", result="{}")])
    assert all(pair.same for pair in compare(one, other).pairs)
    assert not all(pair.same for pair in compare(one, third).pairs)


def test_models_timing_retrieval_and_extraction_are_told() -> None:
    one = side(ASKED, LOOKED, rag_traces=[trace("k1", hit=True)])
    other = side(
        ASKED,
        row("assistant", "Let me look.", second=2, latency_ms=7000, model_used="m2"),
        rag_traces=[trace(hit=False)],
        ended_at="2026-11-20T14:03:11Z",
        extracted=extraction(
            status="partial", extracted_data={"customer": {"order_id": None, "name": ["Jo"]}}
        ),
    )
    told = different(compare(one, other))
    assert told["models"] == ("m1", "m2")
    assert told["slowest reply"] == ("900 ms", "7000 ms")
    assert told["duration"] == ("372 s", "60 s")
    assert told["retrievals missed"] == ("0 of 1", "1 of 1")
    assert told["documents"] == ("doc of k1", "")
    assert told["extraction"] == ("completed", "partial")
    assert told["extracted customer.order_id"] == ("8812-4410", "")
    assert told["extracted customer.name.0"] == ("", "Jo")


def test_a_very_long_session_is_aligned_up_to_a_bound_that_is_told() -> None:
    said = [
        row("user" if n % 2 else "assistant", f"word {n}", turn=f"t{n}", second=n % 60) for n in range(1600)
    ]
    comparison = compare(side(*said), side(*said[1:]))
    assert comparison.steps == (1600, 1599)
    assert len(comparison.pairs) <= 2 * MOST_STEPS
    rows = [text_of(line) for line in compared_rows(comparison, side().case, side().case, Look(width=120))]
    assert " A: 600 more steps are not compared" in rows
    assert parting_text(compare(side(*said), side(*said))).startswith(
        "both went the same way for 1,000 steps,"
    )


def test_arguments_that_differ_in_more_than_ids_are_told_once() -> None:
    def calling(*arguments: str) -> Side:
        calls = [call(f"c{n}", "refund", arguments=text, result="{}") for n, text in enumerate(arguments)]
        return side(ASKED, LOOKED, tool_calls=calls)

    left = calling('{"order": "88-12", "to": {"kind": "card"}}', '{"order": "88-12", "to": {"kind": "cash"}}')
    right = calling('{"order": "99-31", "to": {"kind": "voucher"}, "dry": true}', '{"order": "99-31"}')
    differences = compare(left, right).differences
    assert [each for each in differences if each.name.startswith("argument")] == [
        Difference("argument of refund to.kind", "card", "voucher"),
        Difference("argument of refund dry", "", "true"),
        Difference("argument of refund to", '{"kind": "cash"}', ""),
    ]


def test_a_session_that_is_not_there_is_not_compared() -> None:
    comparison = compare(None, side(ASKED, LOOKED))
    assert (comparison.parting, comparison.differences, comparison.steps) == (None, (), (0, 2))
    assert [pair.right.what for pair in comparison.pairs if pair.right] == ["user", "assistant"]


def test_the_nearest_is_alike_went_well_and_is_near_in_time() -> None:
    def case(name: str, minute: int = 0, **fields: Any) -> Case:
        start = triage_incident.DAY + timedelta(minutes=minute)
        return Case(**{"session_id": SessionId(name), "started_at": start, "findings": {}, **fields})

    well = {"outcome": "resolved", "agent": "a", "channel": "chat"}
    failing = case("me", 100, agent="a", channel="chat", errors=(Signature("t", "e"),), failed=True)
    others = [
        case("far", 10, **well),
        case("near", 90, **well),
        case("other agent", 99, **{**well, "agent": "b"}),
        case("failed too", 99, **{**well, "failed": True}),
        case("not resolved", 99, **{**well, "outcome": "abandoned"}),
        failing,
    ]
    found = nearest(failing, others)
    assert found is not None
    assert found.session_id == "near"
    assert nearest(failing, others[3:]) is None


def test_a_difference_is_a_name_and_two_values() -> None:
    assert (
        Difference("outcome", "a", "b")
        in compare(
            side(ASKED, knowledge_gap_analysis_outcome="a"), side(ASKED, knowledge_gap_analysis_outcome="b")
        ).differences
    )
