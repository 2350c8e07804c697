"""A document as received, as lines: what is folded, where a path and a match are, what `+` brings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from looks import look
from wild_documents import HOSTILE, json_values, quick

from feather_tui.rendering.raw import lines as raw_lines
from feather_tui.rendering.raw import outline as raw_outline
from feather_tui.rendering.raw.lines import Line
from feather_tui.rendering.raw.outline import Outline, outline_of
from feather_tui.rendering.row import text_of, width_of
from feather_tui.session.query import Query
from feather_tui.session.received.json_index import Index

LONG = "The refund was promised. " * 20
ARGUMENTS = json.dumps({"order_id": "8812", "note": "x" * 40, "n": {"a": 1}})
SESSION = {
    "session_id": "s-1",
    "messages": [
        {"role": "user", "content": LONG},
        {
            "role": "assistant",
            "tool_calls": [{"function": {"arguments": ARGUMENTS}}],
        },
    ],
    "many": list(range(40)),
    "empty": {},
    "lines": "one\ntwo",
}


def outline(document: Any) -> Outline:
    return outline_of(document if isinstance(document, bytes) else json.dumps(document).encode())


def shown(page: Outline, width: int = 80) -> list[str]:
    return [text_of(row) for line in page.lines for row in line.rows(look(width), expanded=False, parts=1)]


def line_with(page: Outline, text: str) -> Line:
    return next(line for line in page.lines if text in text_of(line.rows(look(), expanded=False, parts=1)[0]))


def turn(page: Outline, text: str) -> None:
    page.turn(line_with(page, text), look())


def test_the_top_is_unfolded_and_what_is_long_is_not() -> None:
    assert shown(outline(SESSION)) == [
        " ▾ {5 keys}",
        '     "session_id": "s-1"',
        '   ▾ "messages": [2 items]',
        '     ▸ 0: {2 keys}  {"role": "user", "content": "The refund was promised. The…',
        '     ▸ 1: {2 keys}  {"role": "assistant", "tool_calls": [{"function": {"argum…',
        '   ▸ "many": [40 items]  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 1…',
        '     "empty": {}',
        '   ▸ "lines": "one\\ntwo"',
    ]


def test_values_stand_as_received_and_what_json_has_not_is_said() -> None:
    assert shown(outline(b'{"a": 79.90, "b": 1e5, "c": NaN, "a": 007, "d": "\\u00e9"}'))[1:] == [
        '     "a": 79.90',
        '     "b": 1e5',
        '     "c": NaN  JSON has no such value',
        '     "a" (given again): 007  JSON has no such value',
        '     "d": "\\u00e9"',
    ]


def test_a_long_string_unfolds_into_what_it_says() -> None:
    page = outline({"content": LONG + "\nÜber"})
    assert shown(page)[1].endswith("…  505 characters")
    turn(page, "content")
    rows = shown(page)
    assert rows[1] == '   ▾ "content": 505 characters, its escapes resolved'
    assert rows[-1] == "       Über"
    assert " ".join(row.strip() for row in rows[2:-1]) == LONG.strip()
    turn(page, "content")
    assert len(page.lines) == 2


def test_json_in_a_string_unfolds_into_its_values() -> None:
    page = outline(SESSION)
    page.line_at(("messages", 1, "tool_calls", 0, "function"))
    turn(page, "arguments")
    turn(page, '"n"')
    assert [line.strip() for line in shown(page)][9:14] == [
        '▾ "arguments": JSON in a string, {3 keys}',
        '"order_id": "8812"',
        f'"note": "{"x" * 40}"',
        '▾ "n": {1 key}',
        '"a": 1',
    ]
    assert line_with(page, '"a": 1').path == "messages[1].tool_calls[0].function.arguments|fromjson.n.a"


def test_a_short_value_has_nothing_to_unfold() -> None:
    page = outline(SESSION)
    before = page.lines
    turn(page, "session_id")
    turn(page, "empty")
    assert page.lines is before


def test_everything_unfolds_and_folds() -> None:
    page = outline(SESSION)
    folded = shown(page)
    assert page.unfold_all(look())
    assert "▸" not in "".join(shown(page))
    page.fold_all()
    assert shown(page) == folded


def test_everything_is_not_more_than_can_be_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_outline, "MOST_UNFOLDED", 20)
    page = outline({"a": [[[1, 2, 3]] * 3] * 5, "b": [1]})
    assert not page.unfold_all(look())
    assert 20 <= len(page.lines) < 30
    assert line_with(page, '"b"').opened


def test_a_path_is_unfolded_and_a_folded_line_is_where_it_is_folded_into() -> None:
    page = outline(SESSION)
    line = page.line_at(("messages", 0, "content"))
    assert line is not None
    assert line.path == "messages[0].content"
    assert page.lines[page.position(line)] is line
    turn(page, '"messages"')
    assert page.lines[page.position(line)].path == "messages"


def test_many_members_are_shown_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Index, "GROUP_SIZE", 3)
    page = outline([10, 11, 12, 13])
    assert shown(page)[:3] == [" ▾ [4 items]", "   ▾ 0 to 2", "       0: 10"]
    assert page.lines[5].path == "[3:4]"
    line = page.line_at((3,))
    assert line is not None
    assert line.path == "[3]"
    assert shown(page)[5:] == ["   ▾ 3 to 3", "       3: 13"]


def test_very_long_texts_are_shown_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Line, "PART", 100)
    page = outline({"content": "\n".join(f"line {number}" for number in range(50))})
    turn(page, "content")
    assert shown(page)[-1] == "       … 289 of 389 characters more: + shows the next part"
    page.show_more(page.lines[-1])
    assert "189 of 389 characters more" in shown(page)[-1]
    for _ in range(3):
        page.show_more(line_with(page, "content"))
    assert shown(page)[-1] == "       line 49"


def test_a_match_is_unfolded() -> None:
    page = outline(SESSION)
    for query, path in [
        ("s-1", "session_id"),
        ('"a": 1', "messages[1].tool_calls[0].function.arguments|fromjson.n.a"),
        ("messages", "messages"),
        ("39", "many[39]"),
        ("two", "lines"),
    ]:
        place = page.searcher(Query.parse(query)).step()[0]
        line = page.match(place, Query.parse(query), look())
        assert line.path == path
        assert line in page.lines
        assert page.place(line) == place


def test_a_match_far_in_a_long_text_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Line, "PART", 100)
    page = outline({"content": "word " * 2_000 + "\nzebra"})
    query = Query.parse("zebra")
    line = page.match(page.searcher(query).step()[0], query, look())
    assert text_of(line.rows(look(), expanded=False, parts=1)[0]) == "       zebra"
    assert line.path == "content line 2"
    assert line in page.lines


def test_what_is_no_json_is_lines_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_lines.WholeText, "PART", 30)
    page = outline(b"<html>\n<b>refused</b>\n\n" + b"x" * 20 + b"\n\xff refund")
    assert "not utf-8 text at byte 45" in page.remark
    assert shown(page) == [
        " <html>",
        " <b>refused</b>",
        "",
        " xxxxxxx",
        " … 25 of 55 characters more: + shows the next part",
    ]
    assert page.lines[1].path == "line 2"
    query = Query.parse("refund")
    line = page.match(page.searcher(query).step()[0], query, look())
    assert shown(page)[page.position(line)] == r" \xff refund"
    assert dict(line.texts())["this line"] == r"\xff refund"
    assert page.line_at(("messages",)) is None


def test_a_very_long_line_of_text_is_in_pieces() -> None:
    page = outline(b"x " * 4_500)
    assert [line.path for line in page.lines] == [
        "line 1",
        "line 1, character 4,001",
        "line 1, character 8,001",
    ]
    assert "".join(row.strip() for row in shown(page)).replace(" ", "") == "x" * 4_500


def test_an_empty_document_has_a_line_and_says_so() -> None:
    page = outline(b"")
    assert len(page.lines) == 1
    assert "breaks off after 0 bytes" in page.remark


def test_what_can_be_copied_is_the_value_and_its_text() -> None:
    page = outline(b'{"a": "\\u00e9", "b": [1.50,  2]}')
    assert dict(line_with(page, '"a"').texts()) == {"what it says": "é", "the value as received": '"\\u00e9"'}
    assert dict(line_with(page, '"b"').texts()) == {"the value as received": "[1.50,  2]"}
    turn(page, '"a"')
    assert dict(page.lines[0].texts())["the value as received"] == '{"a": "\\u00e9", "b": [1.50,  2]}'


def test_deep_nesting_is_shown() -> None:
    page = outline(b"[" * 5_000 + b"1" + b"]" * 5_000)
    assert page.unfold_all(look())
    assert len(page.lines) == 5_001
    assert page.lines[-1].path == "[0]" * 5_000
    assert shown(page)[-1].endswith("0: 1")


@quick
@given(json_values)
def test_rows_are_safe_and_as_wide_as_the_page(value: Any) -> None:
    document = json.dumps({"a": value, "b": HOSTILE}, ensure_ascii=False).encode("utf-8", "backslashreplace")
    for width in (40, 80):
        page = outline(document)
        for _ in range(2):
            for line in page.lines:
                for row in line.rows(look(width), expanded=False, parts=1):
                    assert width_of(row) <= width
                    assert "".join(text for text, _ in row).isprintable()
            page.unfold_all(look(width))
