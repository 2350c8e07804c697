"""A message on the screen: who, when, by which model, and what was said."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from documents import moment, request, result, row
from looks import blocks_of, lines, look, tone_of

from feather_tui.rendering.transcript import EntryBlock
from feather_tui.session.timeline import MessageEntry

REPLY = row(
    "assistant",
    "I'm sorry about the wait. Let me look that up for you right away, it will take but a moment.",
    second=2,
    model_used="gpt-4.1",
    latency_ms=1200,
    truncated=True,
    original_char_count=4096,
)


def message(*messages: Any, **fields: Any) -> EntryBlock:
    """The block of the last message."""
    return [block for block in blocks_of(*messages, **fields) if isinstance(block.entry, MessageEntry)][-1]


def shown(*messages: Any, width: int = 80, expanded: bool = False) -> str:
    return "\n".join(lines([message(*messages)], width, expanded=expanded)).strip("\n")


def test_a_reply_at_80_columns() -> None:
    assert shown(REPLY) == (
        " 14:02:13 assistant                                           gpt-4.1    1.2 s\n"
        "   I'm sorry about the wait. Let me look that up for you right away, it will\n"
        "   take but a moment.\n"
        "   … cut by the platform: 92 of 4,096 characters are here"
    )


def test_a_reply_at_120_columns_has_a_time_column() -> None:
    head, *body = shown(REPLY, width=120).split("\n")

    assert head == f" 14:02:13  assistant{'gpt-4.1    1.2 s':>98}"
    assert body[0].startswith("           I'm sorry about the wait.")
    assert len(body) == 2


def test_unfolding_shows_every_field() -> None:
    assert dedent("\n".join(lines([message(REPLY)], expanded=True)[4:])) == dedent("""\
        time             2026-11-20 14:02:13Z
        turn id          turn-1
        role             assistant
        model            gpt-4.1
        latency          1,200 ms
        original length  4,096 characters
        truncated        yes, by the platform
        in the document  messages[0]""")


def test_the_result_of_a_call_that_is_not_here_is_shown() -> None:
    orphan = row("tool", "", tool_results=result("call_9", '{"a": 1}', "too late"))

    assert shown(orphan) == " 14:02:11 tool\n   result of a tool call that is not in this document"
    unfolded = shown(orphan, expanded=True)
    for piece in ("tool call id     call_9", '{"a": 1}', "too late"):
        assert piece in unfolded


def test_what_user_and_assistant_say_is_always_whole() -> None:
    for role in ("user", "assistant"):
        assert shown(row(role, "\n".join("abcdefghij"))).endswith("\n   j")


def test_what_others_say_is_folded_after_some_lines() -> None:
    prompt = row("system", "\n".join(f"rule {number}" for number in range(9)))

    assert shown(prompt).split("\n")[-2:] == ["   rule 5", "   … 3 more lines"]
    assert "   rule 8" in shown(prompt, expanded=True)
    assert "more lines" not in shown(prompt, expanded=True)


@pytest.mark.parametrize(
    ("fields", "piece"),
    [
        ({"content": ""}, "empty message"),
        ({"content": "  \n"}, "empty message"),
        ({"role": ""}, "role not given"),
        ({"timestamp": None}, "--:--:--"),
        ({"truncated": True}, "cut by the platform: 2 characters are here"),
        ({"latency_ms": 0}, "0 ms"),
    ],
)
def test_what_is_missing_is_said(fields: dict[str, Any], piece: str) -> None:
    assert piece in shown(row("user", "hi") | fields)


def test_a_row_that_only_asks_for_tools_is_not_called_empty() -> None:
    asking = row("assistant", "", tool_calls=[request("call_1")])

    assert "empty" not in shown(asking)
    assert "asked for        lookup_order  call_1" in shown(asking, expanded=True)


def test_replies_after_a_handoff_are_marked() -> None:
    block = message(
        row("user", "a person, please"),
        row("assistant", "Ada here", second=9),
        handoff_events=[{"timestamp": moment(5)}],
    )

    assert "assistant  after handoff" in lines([block])[0]


def test_a_long_name_of_a_model_leaves_room_for_who_spoke() -> None:
    head = shown(row("assistant", "x", model_used="m" * 500, latency_ms=1200)).split("\n")[0]

    assert head.startswith(" 14:02:11 assistant")
    assert head.endswith("…    1.2 s")


@pytest.mark.parametrize(
    ("role", "tone"), [("user", "user"), ("assistant", "assistant"), ("narrator", "other")]
)
def test_a_role_has_its_tone(role: str, tone: str) -> None:
    rows = message(row(role, "x")).rows(look(), expanded=False, parts=1)

    assert tone_of(rows, role) == tone


def test_hostile_text_is_made_safe_everywhere() -> None:
    esc = "\x1b[2J"
    unfolded = shown(
        row(
            esc,
            esc,
            turn=esc,
            model_used=esc,
            tool_results=result(esc, esc, esc),
            tool_calls=[request(esc, esc)],
        ),
        expanded=True,
    )

    assert "\x1b" not in unfolded
    assert unfolded.count("␛[2J") >= 8


@pytest.mark.parametrize(("content", "shown"), [("\x1c", "␜"), (" \x85\n", "<85>"), ("\u2028", "<2028>")])
def test_a_message_of_what_python_takes_for_blanks_is_not_empty(content: str, shown: str) -> None:
    told = "\n".join(lines([message(row("assistant", content))]))

    assert shown in told
    assert "empty message" not in told
