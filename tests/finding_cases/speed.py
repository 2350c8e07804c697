"""Cases of the rules on time."""

from __future__ import annotations

from typing import Any, Final

from documents import Document, analysis, call, handoff, trace

from feather_tui.findings.finding import Severity
from finding_cases.case import Case, without
from finding_cases.talk import answered, missing, reply, user


def took(*latencies: int | None, channel: str = "chat", **fields: Any) -> Document:
    """A session whose replies took so many milliseconds."""
    rows = [
        row
        for number, latency in enumerate(latencies)
        for row in (user(10 * number), reply(10 * number + 1, f"Answer {number}.", latency_ms=latency))
    ]
    return analysis(*rows, channel=channel, **fields)


def searched(latency_ms: int | None, answer_ms: int) -> Document:
    """A session whose answer took so long, and the search for it."""
    return analysis(
        user(0),
        reply(2, turn="t1", latency_ms=answer_ms),
        rag_traces=[trace("c1", turn="t1", hit=True, latency_ms=latency_ms)],
    )


def without_times(document: Document) -> Document:
    """The same session, its rows without times."""
    return document | {"messages": [without(row, "timestamp") for row in document["messages"]]}


SLOW_TOOL: Final = analysis(
    user(0),
    reply(1, "Let me look.", turn="t1", latency_ms=900),
    reply(41, "Done.", latency_ms=40_000),
    tool_calls=[call("c1", turn="t1", result="{}", latency_ms=39_000)],
)
"""A chat whose second reply took 40 s, 39 of them in a tool."""

COLD_START: Final = took(9_000, 1_000, 900)
BESIDE_A_TOOL: Final = analysis(
    *(row for n in range(5) for row in (user(10 * n), reply(10 * n + 1, f"Word {n}.", latency_ms=1_000))),
    reply(42, "Let me look.", turn="t1", latency_ms=1_000),
    reply(47, "Done.", latency_ms=5_000),
    tool_calls=[call("c1", turn="t1", result="{}", latency_ms=4_000)],
)
"""A chat whose last reply took five times as long as the others, four seconds of it in a tool."""

CASES: Final = (
    Case(
        rule="TURN_SLOW",
        severity=Severity.MEDIUM,
        message="Reply took 8.0 s (8.0\N{MULTIPLICATION SIGN} session median)",
        fires=took(1_000, 8_000, 900),
        near=took(1_000, 7_999, 900),
        lacking=took(None, None, None),
        says_so=True,
    ),
    Case(
        rule="TURN_SLOW",
        name="of voice, very",
        severity=Severity.HIGH,
        message="Reply took 5.0 s (5.0\N{MULTIPLICATION SIGN} session median)",
        fires=took(1_000, 5_000, 900, channel="voice"),
        near=took(1_000, 5_000, 900, channel="email"),
        lacking=took(None, channel="voice"),
        says_so=True,
    ),
    Case(
        rule="TURN_SLOW",
        name="cold start",
        severity=Severity.MEDIUM,
        message="Reply took 25.0 s (25.0\N{MULTIPLICATION SIGN} session median)",
        fires=took(25_000, 1_000, 900),
        near=took(7_000, 1_000, 900),
        lacking=took(None),
        says_so=True,
    ),
    Case(
        rule="TURN_SLOW",
        name="because of a tool",
        severity=Severity.MEDIUM,
        message="Reply took 40.0 s (44.4\N{MULTIPLICATION SIGN} session median)",
        fires=SLOW_TOOL,
        near=took(900, 900),
        lacking=took(None),
        says_so=True,
    ),
    Case(
        rule="TURN_SLOW",
        name="cold start, not so slow",
        severity=Severity.LOW,
        message="Reply took 9.0 s (9.0\N{MULTIPLICATION SIGN} session median)",
        fires=COLD_START,
        near=took(900, 1_000, 900),
        lacking=took(None),
        says_so=True,
    ),
    Case(
        rule="TURN_OUTLIER",
        name="because of a tool",
        severity=Severity.LOW,
        message="Reply 5.0\N{MULTIPLICATION SIGN} slower than this session's median",
        fires=BESIDE_A_TOOL,
        near=took(1_000, 1_000, 1_000, 1_000, 1_000),
        lacking=took(None),
        says_so=True,
    ),
    Case(
        rule="TURN_OUTLIER",
        severity=Severity.MEDIUM,
        message="Reply 5.0\N{MULTIPLICATION SIGN} slower than this session's median",
        fires=took(1_000, 1_000, 5_000, 1_000, 1_000),
        near=took(1_000, 1_000, 5_000, 1_000),
        lacking=took(None, None, None, None, None),
        says_so=True,
    ),
    Case(
        rule="TURN_OUTLIER",
        name="but not slow",
        severity=Severity.MEDIUM,
        message="Reply 5.0\N{MULTIPLICATION SIGN} slower than this session's median",
        fires=took(900, 1_100, 5_000, 1_000, 1_000),
        near=took(700, 700, 3_900, 700, 700),
        lacking=took(None, None, None, None, None),
        says_so=True,
    ),
    Case(
        rule="SILENCE",
        severity=Severity.MEDIUM,
        message="Customer waited 30 s for a reply",
        fires=analysis(user(0), reply(30)),
        near=analysis(user(0), reply(29.9)),
        lacking=without_times(analysis(user(0), reply(30))),
        says_so=True,
    ),
    Case(
        rule="SILENCE",
        name="long",
        severity=Severity.HIGH,
        message="Customer waited 2 min 0 s for a reply",
        fires=analysis(user(0), reply(120)),
        near=analysis(user(0), reply(120), handoff_events=[handoff(60, "money")]),
        lacking=without_times(analysis(user(0), reply(120))),
        says_so=True,
    ),
    Case(
        rule="SILENCE",
        name="after a first word",
        severity=Severity.MEDIUM,
        message="Customer waited 40 s for a reply",
        fires=analysis(
            user(0),
            reply(1, "Let me look.", turn="t1"),
            reply(41, "Done."),
            tool_calls=[call("c1", turn="t1", result="{}")],
        ),
        near=analysis(user(0), reply(1, "Bye."), reply(41, "Are you still there?")),
        lacking=without_times(answered()),
        says_so=True,
    ),
    Case(
        rule="SILENCE",
        name="because of a tool",
        severity=Severity.LOW,
        message="Customer waited 40 s for a reply",
        fires=SLOW_TOOL,
        near=answered(),
        lacking=without_times(SLOW_TOOL),
        says_so=True,
    ),
    Case(
        rule="USER_GAP",
        severity=Severity.INFO,
        message="10 min 0 s pause by the customer",
        fires=answered(user(602)),
        near=answered(user(601)),
        lacking=without_times(answered(user(602))),
        says_so=True,
    ),
    Case(
        rule="RAG_SLOW",
        severity=Severity.MEDIUM,
        message="Retrieval took 2.0 s",
        fires=searched(2_000, 60_000),
        near=searched(1_999, 60_000),
        lacking=searched(None, 60_000),
        says_so=True,
    ),
    Case(
        rule="RAG_SLOW",
        name="share of the reply",
        severity=Severity.MEDIUM,
        message="Retrieval took 1.0 s",
        fires=searched(1_000, 2_000),
        near=searched(999, 1_000),
        lacking=answered(**missing("no_rag_trace")),
        says_so=True,
    ),
)
