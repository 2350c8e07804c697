"""Cases of the rules on tools."""

from __future__ import annotations

from typing import Any, Final

from documents import Document, analysis, call, request, result

from feather_tui.findings.finding import Severity
from finding_cases.case import Case
from finding_cases.talk import answered, missing, reply, tool_row, user

REFUND: Final = '{"order": "8812", "amount": 79.9}'
UNKNOWN: Final = missing("no_tool_trace")


def one_call(*rows: Document, **fields: Any) -> Document:
    """A session whose assistant calls `refund` in turn t1, at 2 s, after saying that it looks."""
    return analysis(
        user(0),
        reply(2, "Let me look.", turn="t1"),
        *rows,
        tool_calls=[call("c1", "refund", REFUND, turn="t1", **fields)],
    )


def calls(*recorded: Document, rows: tuple[Document, ...] = (), **fields: Any) -> Document:
    """A session in which turns t1 and, after the customer spoke at 60 s, t2 may call tools."""
    said = (user(0), reply(2, turn="t1"), user(60, "Anything?"), reply(62, turn="t2"))
    return analysis(*said, *rows, tool_calls=list(recorded), **fields)


def refund(call_id: str, turn: str = "t1", **fields: Any) -> Document:
    """A call of `refund`, always the same."""
    return call(call_id, "refund", REFUND, turn=turn, **fields)


def copies(requested: str, sent: str) -> Document:
    """A session whose two records of a call hold these arguments."""
    asking = reply(2, "Let me look.", turn="t1", tool_calls=[request("c1", "refund", requested)])
    recorded = call("c1", "refund", sent, turn="t1", result="{}")
    return analysis(user(0), asking, tool_calls=[recorded])


CASES: Final = (
    Case(
        rule="TOOL_ERROR",
        severity=Severity.HIGH,
        message=f"refund failed after 30.0 s: upstream timed out · args {REFUND}",
        fires=one_call(error="upstream timed out", latency_ms=30_004),
        near=one_call(error=" ", result="{}"),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_ERROR",
        name="in the row's copy, though the trace is declared missing",
        severity=Severity.HIGH,
        message="refund failed: boom · args {}",
        fires=analysis(
            user(0),
            reply(2, "", tool_calls=[request("c1", "refund")]),
            tool_row(3, tool_results=result("c1", error="boom")),
            **UNKNOWN,
        ),
        near=analysis(
            user(0),
            reply(2, "", tool_calls=[request("c1", "refund")]),
            tool_row(3, tool_results=result("c1", "fine")),
            **UNKNOWN,
        ),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_SOFT_FAIL",
        severity=Severity.HIGH,
        message="refund returned an error body: error: locked",
        fires=one_call(reply(4, "It is refunded."), result='{"error": {"code": 7, "message": "locked"}}'),
        near=one_call(reply(4, "It is refunded."), result='{"errors": [], "ok": true, "status": 200}'),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_SOFT_FAIL",
        name="admitted",
        severity=Severity.MEDIUM,
        message="refund returned an error body: status_code: 423",
        fires=one_call(reply(4, "Unfortunately that is locked."), result='{"status_code": 423}'),
        near=one_call(reply(4, "Unfortunately that is locked."), result='{"status_code": "shipped"}'),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_NO_RESULT",
        severity=Severity.HIGH,
        message="refund has no result (never returned, or not captured)",
        fires=one_call(),
        near=one_call(result=""),
        lacking=one_call() | UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="TOOL_NO_RESULT",
        name="broken off",
        severity=Severity.MEDIUM,
        message="refund has no result (never returned, or not captured)",
        fires=one_call() | {"completion_reason": "media_failure", "ended_at": None},
        near=one_call(error="x") | {"completion_reason": "media_failure", "ended_at": None},
        lacking=one_call() | UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="TOOL_NO_RESULT",
        name="platform tool",
        severity=Severity.INFO,
        message="end_session has no result (never returned, or not captured)",
        fires=calls(call("c1", "end_session", turn="t2")),
        near=calls(call("c1", "end_session", turn="t2", result="{}")),
        lacking=calls(call("c1", "end_session", turn="t2"), **UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_BAD_ARGS",
        severity=Severity.HIGH,
        message="refund: arguments do not parse at char 9",
        fires=calls(call("c1", "refund", '{"order":', turn="t1", result="{}")),
        near=calls(call("c1", "refund", " ", turn="t1", result="{}")),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_BAD_ARGS",
        name="not an object",
        severity=Severity.HIGH,
        message="refund: arguments are not a JSON object",
        fires=calls(call("c1", "refund", "[8812]", turn="t1", result="{}")),
        near=calls(call("c1", "refund", "{}", turn="t1", result="{}")),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_IGNORED",
        severity=Severity.HIGH,
        message="Replied after refund failed, with no retry that worked",
        fires=one_call(reply(40, "Your refund is on its way."), error="timed out"),
        near=one_call(user(30, "Well?"), reply(40, "Your refund is on its way."), error="timed out"),
        lacking=one_call(reply(40, "It is on its way."), error="timed out") | UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="TOOL_IGNORED",
        name="admitted",
        severity=Severity.LOW,
        message="Replied after refund failed, with no retry that worked",
        fires=one_call(reply(40, "I'm afraid the booking did not go through."), error="timed out"),
        near=calls(
            refund("c1", error="timed out"),
            refund("c2", turn="t3", result="{}"),
            rows=(reply(3, "Once more.", turn="t3"), reply(4, "Booked.")),
        ),
        lacking=one_call(reply(40, "I'm afraid not."), error="timed out") | UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="TOOL_SLOW",
        severity=Severity.MEDIUM,
        message="refund took 5.0 s",
        fires=one_call(result="{}", latency_ms=5_000),
        near=one_call(result="{}", latency_ms=4_999),
        lacking=one_call(result="{}"),
        says_so=True,
    ),
    Case(
        rule="TOOL_SLOW",
        name="very",
        severity=Severity.HIGH,
        message="refund took 15.0 s",
        fires=one_call(result="{}", latency_ms=15_000),
        near=one_call(error="timed out", latency_ms=15_000),
        lacking=one_call(result="{}") | UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="TOOL_UNLINKED",
        severity=Severity.LOW,
        message="Unlinked tool record c9",
        fires=answered(tool_row(3, tool_results=result("c9", "{}"))),
        near=one_call(tool_row(3, tool_results=result("c1", "{}"))),
        lacking=answered(tool_row(3, tool_results=result("c9", "{}")), **UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_UNLINKED",
        name="call",
        severity=Severity.LOW,
        message="Unlinked tool record c1",
        fires=calls(refund("c1", turn="nowhere", result="{}")),
        near=calls(refund("c1", result="{}")),
        lacking=calls(refund("c1", turn="nowhere", result="{}"), **UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_REPEAT",
        severity=Severity.MEDIUM,
        message="refund repeated with identical arguments",
        fires=calls(
            refund("c1", result="{}"),
            call("c2", "refund", '{ "amount": 79.9, "order": "8812" }', turn="t1", result="{}"),
        ),
        near=calls(refund("c1", result="{}"), refund("c2", turn="t2", result="{}")),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_REPEAT",
        name="not a retry",
        severity=Severity.MEDIUM,
        message="refund repeated with identical arguments",
        fires=calls(refund("c1", result="{}"), refund("c2", result="{}")),
        near=calls(refund("c1", error="timed out"), refund("c2", result="{}")),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_LOOP",
        severity=Severity.HIGH,
        message="refund called 3\N{MULTIPLICATION SIGN} (3 identical)",
        fires=calls(refund("c1", error="x"), refund("c2", error="x"), refund("c3", turn="t2", error="x")),
        near=calls(refund("c1", error="x"), refund("c2", result="{}"), refund("c3", turn="t2", result="{}")),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_LOOP",
        name="of one name, all well",
        severity=Severity.MEDIUM,
        message="stock called 5\N{MULTIPLICATION SIGN} (1 identical)",
        fires=calls(*(call(f"c{n}", "stock", f'{{"n": {n}}}', turn="t1", result="{}") for n in range(5))),
        near=calls(*(call(f"c{n}", "stock", f'{{"n": {n}}}', turn="t1", result="{}") for n in range(4))),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_COPY_DIFF",
        severity=Severity.HIGH,
        message="Two records of refund disagree: amount 79.9 asked, 799.0 sent",
        fires=copies(REFUND, '{"order": "8812", "amount": 799.0}'),
        near=copies(REFUND, '{ "amount": 79.9, "order": "8812" }'),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
    Case(
        rule="TOOL_COPY_DIFF",
        name="redacted",
        severity=Severity.LOW,
        message="Two records of refund disagree: arguments",
        fires=copies('{"name": "[NAME]"}', '{"name": "Dana"}'),
        near=copies('{"name": "Dana"}', '{"name": "Dana"}'),
        lacking=answered(**UNKNOWN),
        says_so=True,
    ),
)
