"""Cases of the rules on what was said, and on whether its record holds together."""

from __future__ import annotations

from typing import Final

from documents import analysis, call, citation, handoff, moment, row, trace

from feather_tui.findings.finding import Severity
from finding_cases.case import Case
from finding_cases.speed import without_times
from finding_cases.talk import answered, missing, reply, user

TIMES: Final = "\N{MULTIPLICATION SIGN}"
NOTHING: Final = analysis()
ASKED: Final = "Can I talk to a real person?"


def says(*texts: str, **fields: object) -> dict[str, object]:
    """A session in which the customer says these things, each answered in its own words."""
    rows = [
        said
        for number, text in enumerate(texts)
        for said in (user(10 * number, text), reply(10 * number + 2, f"Answer number {number}."))
    ]
    return analysis(*rows, **fields)


def replies(*texts: str) -> dict[str, object]:
    """A session in which the assistant says these things, each after a question of its own."""
    rows = [
        said
        for number, text in enumerate(texts)
        for said in (user(10 * number, f"Question {number}"), reply(10 * number + 2, text))
    ]
    return analysis(*rows)


CASES: Final = (
    Case(
        rule="USER_REPEAT",
        severity=Severity.MEDIUM,
        message=f"Customer repeated themselves 1{TIMES}: “The app says nothing was refunded for 8812-4410”",
        fires=says(
            "The app says nothing was refunded for 8812-4410",
            "I said, the app says nothing was refunded for 8812-4410!",
        ),
        near=says("then 61234, it is a headset, I say grade A", "then 61235, it is a headset, I say grade A"),
        lacking=NOTHING,
    ),
    Case(
        rule="USER_REPEAT",
        name="high",
        severity=Severity.HIGH,
        message=f"Customer repeated themselves 3{TIMES}: “Where is my refund?”",
        fires=says(*["Where is my refund?"] * 4),
        near=says("Where is my refund?", "Where is my lamp today?", "Who are you people really?"),
        lacking=NOTHING,
    ),
    Case(
        rule="USER_REPEAT",
        name="short",
        severity=Severity.MEDIUM,
        message=f"Customer repeated themselves 1{TIMES}: “order 8812”",
        fires=says("order 8812", "Order 8812!"),
        near=says("Yes, please", "Yes please!"),
        lacking=NOTHING,
    ),
    Case(
        rule="USER_REPEAT",
        name="without spaces",
        severity=Severity.MEDIUM,
        message=f"Customer repeated themselves 1{TIMES}: “返金はいつになりますか”",
        fires=says("返金はいつになりますか", "返金はいつになりますか。"),
        near=says("返金はいつになりますか", "配送はどこまで来ていますか"),
        lacking=NOTHING,
    ),
    Case(
        rule="FRUSTRATION",
        severity=Severity.MEDIUM,
        message="Frustration: “Das ist eine Frechheit.”",
        fires=says("Das ist eine Frechheit."),
        near=says("My order id is CHR-0040-SEAT for [NAME] [ADDRESS] please"),
        lacking=NOTHING,
    ),
    Case(
        rule="FRUSTRATION",
        name="capitals",
        severity=Severity.MEDIUM,
        message="Frustration: “WHERE IS MY MONEY NOW”",
        fires=says("WHERE IS MY MONEY NOW"),
        near=says("THANK YOU SO MUCH YOU ARE GREAT"),
        lacking=NOTHING,
    ),
    Case(
        rule="FRUSTRATION",
        name="marks",
        severity=Severity.MEDIUM,
        message="Frustration: “Hello?? Anyone??”",
        fires=says("Hello?? Anyone??"),
        near=says("Hello?? Anyone?"),
        lacking=NOTHING,
    ),
    Case(
        rule="HUMAN_ASKED",
        severity=Severity.HIGH,
        message="Asked for a human; none came",
        fires=says(ASKED),
        near=says("Is there a person named on the order?"),
        lacking=NOTHING,
    ),
    Case(
        rule="HUMAN_ASKED",
        name="put off",
        severity=Severity.MEDIUM,
        message=f"Asked for a human 2{TIMES}; put off with 2 replies before the handoff",
        fires=says(ASKED, "Einen echten Menschen, bitte.", handoff_events=[handoff(15, "asked")]),
        near=says("Hello", handoff_events=[handoff(5, "asked")]),
        lacking=NOTHING,
    ),
    Case(
        rule="HUMAN_ASKED",
        name="granted",
        severity=Severity.INFO,
        message="Asked for a human; handed off at once",
        fires=says(ASKED, handoff_events=[handoff(5, "asked")]),
        near=says("Hello", "I wanted to talk to a person", handoff_events=[handoff(5, "asked")]),
        lacking=NOTHING,
    ),
    Case(
        rule="REPLY_REPEAT",
        severity=Severity.MEDIUM,
        message=f"Assistant sent the same reply 2{TIMES}: “I am still working on it.”",
        fires=replies("I am still working on it.", "I am STILL working on it"),
        near=replies("One moment, please.", "One moment, please."),
        lacking=NOTHING,
    ),
    Case(
        rule="REPLY_REPEAT",
        name="apart",
        severity=Severity.LOW,
        message=f"Assistant sent the same reply 2{TIMES}: “Let me check that for you.”",
        fires=replies("Let me check that for you.", "It is fine.", "Let me check that for you."),
        near=replies("Let me check that for you.", "It is fine.", "Let me check this for you."),
        lacking=NOTHING,
    ),
    Case(
        rule="EMPTY_REPLY",
        severity=Severity.HIGH,
        message="Empty assistant message",
        fires=answered(reply(5, " ", turn="t2")),
        near=answered(reply(5, " ", turn="t2"), tool_calls=[call("c1", turn="t2", result="{}")]),
        lacking=NOTHING,
    ),
    Case(
        rule="TRUNCATED",
        severity=Severity.MEDIUM,
        message="Message cut: 5 of 8626 chars shown",
        fires=answered(user(9, "Dear ", truncated=True, original_char_count=8_626), reply(11)),
        near=answered(user(9, "Dear ", original_char_count=5), reply(11)),
        lacking=NOTHING,
    ),
    Case(
        rule="TRUNCATED",
        name="in the middle",
        severity=Severity.LOW,
        message="Message cut: 5 of an unknown number chars shown",
        fires=analysis(user(0), reply(1, "Dear ", truncated=True), reply(2)),
        near=analysis(user(0), reply(1, "Dear "), reply(2)),
        lacking=NOTHING,
    ),
    Case(
        rule="MODEL_SWITCH",
        severity=Severity.MEDIUM,
        message="Model big → small",
        fires=analysis(user(0), reply(1, model_used="big"), reply(2), reply(3, model_used="small")),
        near=analysis(user(0), reply(1, model_used="big"), reply(2, model_used=" ")),
        lacking=answered(),
        says_so=True,
    ),
    Case(
        rule="MODEL_SWITCH",
        name="routed",
        severity=Severity.LOW,
        message="Models alternate, 4 switches: big, small",
        fires=analysis(*(reply(n, model_used=("big", "small")[n % 2]) for n in range(5))),
        near=analysis(*(reply(n, model_used="big") for n in range(5))),
        lacking=answered(),
        says_so=True,
    ),
    Case(
        rule="ORDER",
        severity=Severity.LOW,
        message="Timestamps out of order (1 row)",
        fires=analysis(user(10), reply(8)),
        near=analysis(user(10), reply(9.5)),
        lacking=without_times(analysis(user(10), reply(8))),
        says_so=True,
    ),
    Case(
        rule="ORDER",
        name="after the end",
        severity=Severity.LOW,
        message="Timestamps out of order (1 row)",
        fires=answered(reply(20), ended_at=moment(10)),
        near=answered(reply(14), ended_at=moment(10)),
        lacking=without_times(answered(reply(20), ended_at=moment(10))),
        says_so=True,
    ),
    Case(
        rule="DANGLING",
        severity=Severity.HIGH,
        message="3 records point to 2 missing turns",
        fires=answered(
            rag_traces=[trace("c1", turn="t1"), trace("c1", turn="gone"), trace("c1", turn="lost")],
            citations=[citation("c1", turn="gone")],
        ),
        near=answered(rag_traces=[trace("c1", turn="t1")], citations=[citation("c1", turn="t1")]),
        lacking=answered(**missing("no_rag_trace", "no_tool_trace", "no_citations")),
    ),
    Case(
        rule="DANGLING",
        name="ids of another kind",
        severity=Severity.LOW,
        message="2 records point to 2 missing turns",
        fires=answered(rag_traces=[trace("c1", turn="gone"), trace("c1", turn="lost")]),
        near=analysis(row("narrator", turn="gone"), rag_traces=[trace("c1", turn="gone")]),
        lacking=answered(),
    ),
)
