from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from documents import SESSION_ID, START, Document, analysis, call, row
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from shown_sessions import PLACE, shown
from wild_documents import HOSTILE, quick, texts, wild_sessions

from feather_tui.arrivals import Failure
from feather_tui.errors import DocumentUnreadable, NotFound
from feather_tui.export.document import Shown
from feather_tui.export.note import IncidentNote, Mark, marked_number
from feather_tui.rendering.safe import safe_line
from feather_tui.session.identity import DocumentKind, SessionId

WRITTEN = START + timedelta(minutes=12)
ANALYSIS = analysis(
    row("user", "I am dana@mail.example, call 030 1234567", turn="turn-1"),
    row("assistant", "Let me see.", turn="turn-2", second=4),
    row("user", "dana@mail.example, still there?", turn="turn-3", second=60),
    tool_calls=[call("call-1", arguments='{"order_id": "8812-4410"}', error="HTTP 503", turn="turn-2")],
)
MARKUP = (
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](//evil.example)",
    ),
    *(
        "[x]: https://evil.example",
        "<https://evil.example>",
        "&lt;b&gt;",
        "```\n<b>\n```",
        "~~~",
        "- [ ] x",
        "* x",
    ),
    *(
        "a\n===",
        "a\n---",
        "# x",
        "> x",
        "|a|b|\n|-|-|",
        "**x** __y__ `z`",
        "</details>",
        "<!-- x",
        "![",
        "\\",
    ),
)


def note(document: Document = ANALYSIS, marks: tuple[Mark, ...] = (), **options: Any) -> str:
    return IncidentNote(shown(document), PLACE).written(marks, at=WRITTEN, **options)


def tokens(text: str) -> list[Token]:
    return [
        inner
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text)
        for inner in (token, *(token.children or ()))
    ]


def test_the_note_says_what_somebody_who_was_not_there_needs() -> None:
    text = note(marks=(Mark(position=2, remark="the customer waits"),), filtered="only messages")

    assert "- profile: prod (api.feather.example, not the sandbox)" in text
    assert "- written: 2026-11-20T14:14:11Z" in text
    assert "- started: 2026-11-20T14:02:11Z" in text
    assert "- ended: 2026-11-20T14:08:23Z" in text
    assert "- filter: only messages" in text
    assert f"`feather-tui {SESSION_ID}` opens it" in text
    assert "**Suspected (a suspicion, not a proof):** lookup_order failed" in text
    assert "- **high** 2026-11-20T14:02:15Z" in text
    assert "### Marked 1 of 1: the customer waits" in text


def test_only_marked_entries_are_told_in_their_order() -> None:
    text = note(marks=(Mark(position=2, remark="second"), Mark(position=1, remark="first")))

    assert text.index("Marked 1 of 2: first") < text.index("Let me see") < text.index("Marked 2 of 2: second")
    assert "still there" not in text.partition("### Marked 1")[0].partition("not evaluated")[2]
    assert "I am" not in text
    assert "*no entry is marked*" in note()


def test_what_is_masked_is_counted_as_the_note_has_it() -> None:
    masked = note(marks=(Mark(position=0, remark="ask rob@mail.example"),))

    assert "- masked: 3 e-mails, 1 phone number" in masked  # one of them is in a finding
    assert "mail.example" not in masked
    assert "- masked: 1 e-mail\n" in note()
    assert "- masked: nothing\n" in note(analysis())


def test_unmasked_it_says_so() -> None:
    text = note(marks=(Mark(position=0, remark="ask rob@mail.example"),), unmasked=True)

    assert "- masked: nothing, personal data may stand in this note" in text
    assert "dana@mail.example" in text
    assert "ask rob@mail.example" in text


def test_a_session_that_could_not_be_read_has_a_note_too() -> None:
    error = NotFound("The session was not found (HTTP 404).", "Check the id.", status=404)
    nothing = Shown(
        session_id=SessionId(SESSION_ID),
        failures={DocumentKind.ANALYSIS: Failure(kind=DocumentKind.ANALYSIS, error=error)},
    )

    text = IncidentNote(nothing, PLACE).written(at=WRITTEN)

    assert "- said while loading: The session was not found" in text
    assert f"`feather-tui {SESSION_ID}` tries again" in text


def test_a_mark_whose_entry_is_gone_is_told_last_with_what_it_was() -> None:
    gone = Mark(position=None, remark="why?", entry="message of rob@mail.example at noon")

    text = note(marks=(gone, Mark(position=1)))

    assert text.index("### Marked 1 of 2\n") < text.index("### Marked 2 of 2: why?")
    assert "*no longer in this session: message of \\[masked e-mail\\] at noon*" in text


def test_the_headings_of_the_marks_are_known_and_nothing_else_is_taken_for_one() -> None:
    text = note(analysis(row("user", "### Marked 7 of 9")), marks=(Mark(position=0), Mark(position=1)))

    numbers = [marked_number(line) for line in text.split("\n")]

    assert [number for number in numbers if number is not None] == [1, 2]


def test_one_source_gives_the_note_masked_and_unmasked_and_masked_again() -> None:
    source = IncidentNote(shown(ANALYSIS), PLACE)
    marks = (Mark(position=0),)

    masked, unmasked = (source.written(marks, at=WRITTEN, unmasked=unmasked) for unmasked in (False, True))

    assert "dana@mail.example" not in masked
    assert "dana@mail.example" in unmasked
    assert source.written(marks, at=WRITTEN) == masked


def test_the_time_of_writing_is_to_the_second() -> None:
    text = IncidentNote(shown(ANALYSIS), PLACE).written(at=WRITTEN.replace(microsecond=123_456))

    assert "- written: 2026-11-20T14:14:11Z\n" in text


@pytest.mark.parametrize("hostile", [*MARKUP, *HOSTILE])
def test_hostile_text_is_no_markup(hostile: str) -> None:
    clean = note(hostile_document("x"), (Mark(position=0, remark="x"), Mark(position=1)), unmasked=True)
    text = note(
        hostile_document(hostile), (Mark(position=0, remark=hostile), Mark(position=1)), unmasked=True
    )

    assert kinds(text) <= kinds(clean)
    assert headings(text) == headings(clean)
    first, *_ = safe_line(hostile).split()[:1] or [""]
    assert first in "".join(token.content for token in tokens(text) if token.type in {"text", "text_special"})
    assert not any(ord(character) < 0x20 and character != "\n" for character in text)


@quick
@given(wild_sessions, texts)
def test_no_text_of_a_session_is_markup(session: Document, remark: str) -> None:
    try:
        given = shown(session)
    except DocumentUnreadable:
        return
    count = len(given.copy.timeline) if given.copy else 0
    marks = [Mark(position=position, remark=remark) for position in range(count)]
    text = IncidentNote(given, PLACE).written(marks, at=WRITTEN)

    assert not kinds(text) & {"html_inline", "html_block", "link_open", "image", "table_open"}
    assert headings(text) == 2 + count


def hostile_document(text: str) -> Document:
    return analysis(
        row(text, text),
        row("user", text, second=3),
        tool_calls=[call("call-1", text, arguments=text, error=text, result=text)],
        completion_reason=text,
        channel=text,
        missing_evidence_reasons=[text],
    )


def kinds(text: str) -> set[str]:
    harmless = {
        "softbreak",
        "hardbreak",
        "code_block",
        "ordered_list_open",
        "ordered_list_close",
        "text_special",
    }
    return {token.type for token in tokens(text)} - harmless


def headings(text: str) -> int:
    return sum(token.type == "heading_open" for token in tokens(text))
