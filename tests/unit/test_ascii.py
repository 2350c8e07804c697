"""Terminals without UTF-8: nothing beyond ASCII is shown, columns hold, and nothing is lost."""

from __future__ import annotations

import ast
import codecs
import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import Document, analysis, body, call, row
from hypothesis import assume, given
from hypothesis import strategies as st
from looks import look
from rich.cells import cell_len
from shown_sessions import PLACE, shown
from wild_documents import HOSTILE, quick, wild_sessions

import feather_tui
from feather_tui.demo import incident
from feather_tui.errors import DocumentUnreadable
from feather_tui.export.html import html_page
from feather_tui.export.markdown import markdown
from feather_tui.export.text import text as plain_text
from feather_tui.rendering.ascii_signs import _SIGNS, in_ascii
from feather_tui.rendering.row import width_of
from feather_tui.rendering.safe import TYPOGRAPHY, only_ascii, safe, safe_line
from feather_tui.rendering.transcript import transcript_blocks
from feather_tui.rendering.wrap import wrap
from feather_tui.session import timeline
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.reading import read_session

PACKAGE = Path(feather_tui.__file__).parent
SAID_BY_OTHERS = ("demo/", "export/", "rendering/safe.py", "rendering/visible.py")
"""Rooms whose signs never come to the screen as they are: customers' words, files, stand-ins."""
VOCABULARY = (
    *("findings/ending.py", "findings/wording.py", "findings/words.py"),
    *("session/field_shapes.py", "session/json_tree.py", "session/reading.py", "session/written_"),
    "triage/table.py",
)
"""What is looked for in texts, or sorted by, and never shown."""
IN_OTHER_SCRIPTS = [told.session_id for told in incident.SESSIONS if told.chapter == "languages"]
SIGNS = set(map(chr, _SIGNS))
wild = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join))


@pytest.fixture
def ascii_terminal() -> Iterator[None]:
    with only_ascii():
        yield


def signs_written() -> dict[str, str]:
    """Every character beyond ASCII in the texts of the program, and a place where it is."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith((*SAID_BY_OTHERS, *VOCABULARY)):
            for text in texts_of(ast.parse(path.read_text(encoding="utf-8"))):
                found |= {sign: name for sign in text if not sign.isascii()}
    return found


def texts_of(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def test_every_sign_that_the_program_writes_has_a_relative() -> None:
    written = signs_written()

    assert "✗" in written
    assert {sign: place for sign, place in written.items() if ord(sign) not in _SIGNS} == {}


def test_relatives_are_ascii_and_keep_their_width_where_rows_are_drawn() -> None:
    for code, relative in _SIGNS.items():
        assert relative.isascii()
        assert len(relative) == cell_len(chr(code)) == len(in_ascii(chr(code)))
    assert all(relative.isascii() for relative in TYPOGRAPHY.values())


@given(wild)
@quick
def test_a_line_keeps_its_width(text: str) -> None:
    line = safe_line(text)

    assert in_ascii(line).isascii()
    assert len(in_ascii(line)) == cell_len(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ich möchte 79,90 € zurück", r"Ich m\xf6chte 79,90 \u20ac zur\xfcck"),
        ("日本 🙏", r"\u65e5\u672c \U0001f64f"),
        ("شكرا", r"\u0634\u0643\u0631\u0627"),
        ("cafe\u0301", r"cafe\u0301"),
        ("“It’s 3×” – 1…2 → done", '"It\'s 3x" - 1...2 -> done'),
        ("✗ ✓ ▸", r"\u2717 \u2713 \u25b8"),
        ("\x1b[2J\x07\x9b\x7f", r"\x1b[2J\x07<9B>\x7f"),
        ("a\u202eb\u200bc", "a<202E>b<200B>c"),
        ("a\tb\r\nc\rd\u00a0e", "a    b\nc\\rd e"),
        ("\ud800", r"\ud800"),
    ],
)
def test_what_people_write_becomes_escapes(ascii_terminal: None, text: str, expected: str) -> None:
    del ascii_terminal
    assert safe(text) == expected


@given(st.text(st.characters(categories=["L", "Mn", "N", "S"], min_codepoint=0xA0)))
@quick
def test_nothing_is_lost(text: str) -> None:
    with only_ascii():
        escaped = safe(text)

    assert escaped.isascii()
    kept = "".join(sign for sign in text if sign not in TYPOGRAPHY and safe(sign) == sign)
    assert all(sign in codecs.decode(escaped, "unicode_escape") for sign in kept)


@given(wild, st.integers(10, 120))
@quick
def test_lines_wrap_to_the_width_and_no_escape_is_cut(text: str, width: int) -> None:
    with only_ascii():
        lines = wrap(safe(text), width)

    assert all(line.isascii() and len(line) <= width for line in lines)
    assert all(not line.endswith("\\u") for line in lines if len(line) > 2)


def test_a_word_of_escapes_breaks_between_them() -> None:
    with only_ascii():
        assert wrap(safe("日本語日"), 15) == [r"\u65e5\u672c", r"\u8a9e\u65e5"]
        assert wrap(safe("日本語日"), 13) == [r"\u65e5\u672c", r"\u8a9e\u65e5"]


def test_it_ends_with_its_block_and_can_be_suspended() -> None:
    with only_ascii():
        with only_ascii(when=False):
            assert safe("ö") == "ö"
        with contextlib.suppress(ValueError), only_ascii(when=False):
            raise ValueError
        assert safe_line("ö\n") == r"\xf6\n"
    assert safe_line("ö\n") == "ö␊"


def check(document: Document, width: int) -> None:
    """Every row fits; in ASCII it is as wide as before and holds no sign that would have to be guessed."""
    try:
        reading = read_session(body(document))
    except DocumentUnreadable:
        assume(condition=False)
    blocks = transcript_blocks(timeline.build(reading.document), reading.asides)
    for ascii_terminal in (False, True):
        with only_ascii(when=ascii_terminal):
            rows = [line for block in blocks for line in block.rows(look(width), expanded=True, parts=1)]
        for line in rows:
            text = "".join(text for text, _ in line)
            assert cell_len(text) == len(in_ascii(text)) == width_of(line) <= width
            assert not ascii_terminal or {sign for sign in text if not sign.isascii()} <= SIGNS


@given(wild_sessions, st.sampled_from((40, 80, 120)))
@quick
def test_columns_hold_whatever_there_is(document: Document, width: int) -> None:
    check(document, width)


@pytest.mark.parametrize("session_id", IN_OTHER_SCRIPTS)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_columns_hold_in_every_script(session_id: SessionId, width: int) -> None:
    check(incident.replies(session_id)[DocumentKind.ANALYSIS].body, width)


def test_what_is_made_for_others_keeps_every_character() -> None:
    document = analysis(
        row("user", "Wo ist 日本 “ö”?", turn="turn-0"),
        row("assistant", "Größe …", second=4),
        tool_calls=[call("call-1", result='{"größe": "groß"}')],
    )
    session = shown(document)
    before = [markdown(session, None), html_page(session, PLACE, unmasked=True)]

    with only_ascii():
        assert [markdown(session, None), html_page(session, PLACE, unmasked=True)] == before
        assert "日本" not in plain_text(session, None, 80)
    assert all("Größe …" in text for text in before)
    assert "日本" in plain_text(session, None, 80)
