"""What stands between messages: handoffs, silences, the end, and the bucket of the unlinked."""

from __future__ import annotations

from typing import Any

import pytest
from documents import AGENT_ID, call, handoff, moment, row, timeline_of
from looks import blocks_of, lines, look, tone_of

from feather_tui.rendering.transcript import transcript_blocks
from feather_tui.session.timeline import EndEntry, Entry, HandoffEntry, SilenceEntry, UnlinkedEntry


def shown(
    kind: type[Entry], *messages: Any, width: int = 80, expanded: bool = False, **fields: Any
) -> list[str]:
    found = [
        block
        for block in transcript_blocks(timeline_of(*messages, **fields))
        if isinstance(block.entry, kind)
    ]
    return [line for line in lines(found, width, expanded=expanded) if line]


def test_a_handoff_says_when_to_whom_and_why() -> None:
    fields: dict[str, Any] = {"handoff_events": [handoff(20, "asked for a person", AGENT_ID)]}

    assert shown(HandoffEntry, **fields) == [" 14:02:31 → handed off to 7c2e9f14: asked for a person"]
    assert shown(HandoffEntry, width=120, **fields) == [
        " 14:02:31  → handed off to 7c2e9f14: asked for a person"
    ]
    assert shown(HandoffEntry, expanded=True, **fields)[1:] == [
        "     time             2026-11-20 14:02:31Z",
        f"     to               {AGENT_ID}",
        "     reason           asked for a person",
        "     in the document  handoff_events[0]",
    ]


def test_a_handoff_without_facts_says_so() -> None:
    assert shown(HandoffEntry, handoff_events=[handoff(None)]) == [
        " --:--:-- → handed off (target not recorded): no reason given"
    ]


def test_a_long_reason_is_cut_folded_and_whole_unfolded() -> None:
    reason = "the customer said " + "and said again " * 12
    fields: dict[str, Any] = {"handoff_events": [handoff(20, reason)]}

    (head,) = shown(HandoffEntry, **fields)
    assert head.endswith("…")
    assert len(head) <= 80
    unfolded = shown(HandoffEntry, expanded=True, **fields)
    assert " ".join(" ".join(unfolded[3:-1]).split()).removeprefix("reason ") == reason.strip()


@pytest.mark.parametrize(
    ("first", "second", "text", "tone"),
    [("user", "assistant", "customer waited 41 s", "warn"), ("assistant", "user", "11m 00s silence", "dim")],
)
def test_a_silence_says_who_waited(first: str, second: str, text: str, tone: str) -> None:
    gap = 41 if second == "assistant" else 660
    messages = (row(first, "x"), row(second, "y", second=gap))

    assert shown(SilenceEntry, *messages) == [f"   ── {text} ────────────"]
    assert tone_of(blocks_of(*messages)[1].rows(look(), expanded=False, parts=1), text) == tone


def test_the_end_says_when_how_and_why() -> None:
    assert shown(EndEntry, ended_at=moment(372), completion_reason="handoff_requested") == [
        "   ── ended 14:08:23  resolved  handoff_requested ────────────"
    ]
    unknown: dict[str, Any] = {
        "ended_at": None,
        "completion_reason": None,
        "knowledge_gap_analysis_outcome": None,
    }
    assert shown(EndEntry, row("user"), width=100, **unknown) == [
        "           ── ended at a time not recorded  outcome not recorded  reason not recorded ────────────"
    ]


@pytest.mark.parametrize(
    ("outcome", "tone"), [("resolved", "good"), ("escalated", "bad"), ("ascended", "text"), (None, "text")]
)
def test_the_end_has_the_tone_of_its_outcome(outcome: str | None, tone: str) -> None:
    (block,) = transcript_blocks(timeline_of(knowledge_gap_analysis_outcome=outcome))

    assert tone_of(block.rows(look(), expanded=False, parts=1), "ended") == tone


def test_the_bucket_counts_its_records() -> None:
    assert shown(UnlinkedEntry, tool_calls=[call("a")]) == [
        "   ── unlinked: 1 record points to turns that are not here ────────────"
    ]
    assert "2 records point to" in shown(UnlinkedEntry, tool_calls=[call("a"), call("b")])[0]


def test_marks_do_not_unfold() -> None:
    blocks = transcript_blocks(
        timeline_of(row("user", "x"), row("assistant", "y", second=99), tool_calls=[call("a", turn="gone")])
    )

    assert [block.foldable for block in blocks] == [True, False, True, False, False, True]
