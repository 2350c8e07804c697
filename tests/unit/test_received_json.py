"""A JSON document by its bytes: every value as it was received, and the place from which on it is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import json_values, quick

from feather_tui.errors import DocumentUnreadable
from feather_tui.session.received import json_index, json_text
from feather_tui.session.received.json_index import Index
from feather_tui.session.received.json_text import JsonText, Kind, Node, said


def parsed(document: str) -> JsonText:
    return JsonText.parse(document.encode())


def members(text: JsonText, node: Node | None = None) -> list[str]:
    return [f"{member.key} {text.received(member)}" for member in text.members(node or text.root)]


def rebuilt(text: JsonText, node: Node) -> Any:
    """The value as `json.loads` would give it, from what the nodes tell."""
    inner = [member for part in text.members(node) for member in leaves(text, part)]
    if node.kind is Kind.OBJECT:
        return {said(member.key): rebuilt(text, member) for member in inner}
    if node.kind is Kind.LIST:
        return [rebuilt(text, member) for member in inner]
    return text.said(node) if node.kind is Kind.STRING else json.loads(text.received(node))


def leaves(text: JsonText, node: Node) -> list[Node]:
    return list(text.members(node)) if node.kind is Kind.GROUP else [node]


def test_numbers_and_words_stand_as_they_were_received() -> None:
    text = parsed("[79.90, 1e5, -0.0, 007, 1E+400, 123456789012345678901234567890, NaN, true, undefined]")
    assert [text.received(node) for node in text.members(text.root)] == [
        *("79.90", "1e5", "-0.0", "007", "1E+400", "123456789012345678901234567890"),
        *("NaN", "true", "undefined"),
    ]


def test_a_key_given_twice_stands_twice_and_order_is_kept() -> None:
    assert members(parsed('{"b": 1, "a": 2, "b": [3]}')) == ['"b" 1', '"a" 2', '"b" [3]']


def test_blanks_make_no_difference() -> None:
    text = parsed(' {\n\t"a" :\r [ 1 , { } ] , "b":[]\n} \n')
    assert members(text) == ['"a" [ 1 , { } ]', '"b" []']
    assert [node.members for node in text.members(text.root)] == [2, 0]


@pytest.mark.parametrize("document", ["null", '"text"', "[]", "{}", " 7 "])
def test_a_document_may_be_any_value(document: str) -> None:
    text = parsed(document)
    assert text.received(text.root) == document.strip()
    assert members(text) == [] or text.root.kind in {Kind.STRING, Kind.BARE}


@quick
@given(json_values, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_what_the_nodes_tell_is_the_document(value: Any, indent: int | str | None, ascii_only: bool) -> None:  # noqa: FBT001 - drawn
    document = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    text = JsonText.parse(document.encode("utf-8", "backslashreplace"))
    assert rebuilt(text, text.root) == json.loads(document)


@quick
@given(st.text(alphabet='{}[],:"\\ 1a\n', max_size=12))
def test_what_json_reads_is_read_and_what_has_no_structure_is_refused(document: str) -> None:
    try:
        text = parsed(document)
    except DocumentUnreadable:
        with pytest.raises(ValueError, match=r"."):
            json.loads(document)
    else:  # every bracket has its partner, every member its comma
        assert json_depth(text.body) == 0


def json_depth(body: bytes) -> int:
    return sum(
        bool(step["opener"]) - sum(closer in b"]}" for closer in step["closers"])
        for step in json_index.STEP.finditer(body)
    )


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("", "breaks off after 0 bytes"),
        ('{"a": [1, {"b": "c', "the string from byte 17 on (line 1) is broken"),
        ('{"a": [1', "breaks off after 8 bytes"),
        ('{"a": 1,', "breaks off after 8 bytes"),
        ("[1 2]", "from byte 4 on (line 1)"),
        ('{"a": 1\n "b": 2}', "from byte 10 on (line 2)"),
        ("[1,]", "from byte 4 on"),
        ("{,}", "from byte 2 on"),
        ("[1}", "from byte 3 on"),
        ('{"a"}', "from byte 2 on"),
        ('["a": 1]', "from byte 2 on"),
        ("{1}", "from byte 2 on"),
        ("1, 2", "from byte 2 on"),
        ("{} {}", "from byte 4 on"),
        ("]", "from byte 1 on"),
        ("<html>", "from byte 1 on"),
        ("Forbidden\n", "not JSON, but a word"),
        ("[\x1b[31m]", "from byte 2 on"),
        ('["\\\n"]', "the string from byte 2 on"),
    ],
)
def test_what_is_no_json_says_from_where_on(document: str, words: str) -> None:
    with pytest.raises(DocumentUnreadable) as refused:
        parsed(document)
    assert words in refused.value.sentence


def test_nesting_without_end_is_no_matter() -> None:
    text = parsed("[" * 50_000 + "]" * 50_000)
    node = text.root
    for _ in range(49_999):
        node = next(text.members(node))
    assert text.received(node) == "[]"


def test_too_many_lists_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_index, "MOST_HOLDERS", 3)
    assert parsed("[[],[]]").root.members == 2
    with pytest.raises(DocumentUnreadable, match="more than 3 lists and objects"):
        parsed("[[],[],[]]")


def test_very_many_members_are_looked_at_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Index, "GROUP_SIZE", 3)
    text = parsed("[0, [1], 2, 3, {}, 5, 6]")
    groups = list(text.members(text.root))
    assert [(group.kind, group.place, group.members) for group in groups] == [
        (Kind.GROUP, 0, 3),
        (Kind.GROUP, 3, 3),
        (Kind.GROUP, 6, 1),
    ]
    assert [members(text, group) for group in groups] == [[" 0", " [1]", " 2"], [" 3", " {}", " 5"], [" 6"]]
    assert [node.place for node in text.members(groups[1])] == [3, 4, 5]
    assert text.received(groups[1]).strip(", ") == "3, {}, 5"


def test_what_a_string_says() -> None:
    assert said('"plain"') == "plain"
    assert said(r'"\u00e9\n\"\ud83d\ude00"') == 'é\n"😀'
    assert said('"a\nb \\t"') == "a\nb \t"
    assert said(r'"\x41 \u12"') == r"\x41 \u12"


def test_other_encodings_are_read_and_a_broken_one_says_where() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32-be"):
        assert members(JsonText.parse('{"name": "Zoë"}'.encode(encoding))) == ['"name" "Zoë"']
    with pytest.raises(DocumentUnreadable, match="not utf-8 text at byte 7"):
        JsonText.parse(b'{"a": \xff"}')


def test_a_character_across_two_checks_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "_CHECKED_BYTES", 4)
    assert members(JsonText.parse('["aé漢😀"]'.encode())) == [' "aé漢😀"']
    with pytest.raises(DocumentUnreadable, match="at byte 8"):
        JsonText.parse(b'["abcde\xe6')


def test_the_beginning_of_a_value_has_no_halves_of_characters() -> None:
    text = parsed('["ab漢字"]')
    node = next(text.members(text.root))
    assert [text.received(node, limit) for limit in (3, 4, 6, 100)] == ['"ab', '"ab', '"ab漢', '"ab漢字"']
