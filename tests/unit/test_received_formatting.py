"""A document for a pager: a value a line, and nothing in it that acts on a terminal."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from hypothesis import given
from wild_documents import HOSTILE, json_values, quick

from feather_tui.session.received.formatting import formatted
from feather_tui.session.received.json_text import JsonText


def laid_out(document: str) -> str:
    return formatted(JsonText.parse(document.encode("utf-8", "backslashreplace"))).decode()


def test_each_value_has_a_line_and_stands_as_received() -> None:
    document = '{"a":[79.90,{"b":1e5,"b":NaN},[]],"c":{},"d":"\\u00e9\\/"}'
    assert laid_out(document) == (
        '{\n  "a": [\n    79.90,\n    {\n      "b": 1e5,\n      "b": NaN\n    },\n    []\n  ],\n'
        '  "c": {},\n  "d": "\\u00e9\\/"\n}\n'
    )


@quick
@given(json_values)
def test_it_is_the_same_document(value: Any) -> None:
    document = json.dumps(value, ensure_ascii=False)
    shown = laid_out(document)
    assert json.loads(shown) == json.loads(document.encode("utf-8", "backslashreplace"))
    assert laid_out(shown) == shown


@quick
@given(json_values)
def test_nothing_that_acts_on_a_terminal_is_in_it(value: Any) -> None:
    shown = laid_out(json.dumps([value, *HOSTILE], ensure_ascii=False))
    harmful = {character for character in shown if unicodedata.category(character) in {"Cc", "Cf", "Cs"}}
    assert harmful == {"\n"}


def test_escapes_say_what_was_there() -> None:
    assert laid_out('["\x1b]52;\x9b \u202e \x7f \U000e0041 é漢"]') == (
        '[\n  "\\u001b]52;\\u009b \\u202e \\u007f \\udb40\\udc41 é漢"\n]\n'
    )
