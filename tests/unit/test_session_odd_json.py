"""Bodies that are not, or only look like, the JSON they should be: one sentence each, never a crash."""

from __future__ import annotations

import json

import pytest
from documents import SESSION_ID, Document, analysis, body, row
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import json_values, quick, wild_extractions, wild_sessions

from feather_tui.errors import DocumentUnreadable
from feather_tui.session.json_tree import parse_json
from feather_tui.session.model import Message, Session
from feather_tui.session.reading import read_extraction, read_session

VALID = body(analysis(row("user", "Grüße, 漢字")))


def with_metadata(json_text: str) -> bytes:
    return f'{{"session_id": "{SESSION_ID}", "customer_metadata": {{"x": {json_text}}}}}'.encode()


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        pytest.param(b"", "not JSON at character 0", id="empty"),
        pytest.param(b"<html>Bad gateway</html>", "not JSON at character 0", id="HTML"),
        pytest.param(VALID[:-9], "not JSON at character", id="truncated"),
        pytest.param(VALID + b"{}", "not JSON at character", id="two documents"),
        pytest.param(b"\xff\xfe\x00\xd8", "not utf-16", id="broken UTF-16"),
        pytest.param(b'{"session_id": "\xff"}', "not utf-8 text at byte 16", id="broken UTF-8"),
        pytest.param(
            b'{"session_id": "\xed\xa0\x80"}', "not utf-8 text at byte 16", id="an encoded surrogate"
        ),
        pytest.param(b"null", "null came", id="null root"),
        pytest.param(b"[]", "a list came", id="list root"),
        pytest.param(b'"x"', "a string came", id="string root"),
        pytest.param(b"false", "true or false came", id="boolean root"),
        pytest.param(b"1.5", "a number came", id="number root"),
        pytest.param(with_metadata("NaN"), "NaN", id="NaN"),
        pytest.param(with_metadata("-Infinity"), "-Infinity", id="Infinity"),
        pytest.param(with_metadata("9" * 5000), "4300 digits", id="a number of 5,000 digits"),
        pytest.param(with_metadata('{"a": 1, "a": 2}'), "'a' is given twice", id="a key given twice"),
        pytest.param(with_metadata("[" * 150 + "]" * 150), "nested too deeply", id="deep"),
        pytest.param(with_metadata('{"a":' * 150 + "1" + "}" * 150), "nested too deeply", id="deep objects"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="very deep"),
        pytest.param(with_metadata('"a\nb"'), "not JSON at character", id="a raw newline in a text"),
        pytest.param(with_metadata('"a\x00b"'), "not JSON at character", id="a raw NUL in a text"),
    ],
)
def test_odd_bodies_are_refused_in_one_sentence(document: bytes, reason: str) -> None:
    with pytest.raises(DocumentUnreadable) as raised:
        read_session(document)

    assert reason in raised.value.sentence
    assert raised.value.sentence.startswith("The analysis input cannot be read")
    assert raised.value.sentence.endswith(".")
    assert raised.value.path == ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_other_encodings_of_unicode_are_read(encoding: str) -> None:
    text = json.dumps(analysis(row("user", "Grüße, 漢字 \ud83d\ude00")), ensure_ascii=False)

    document = read_session(text.encode("utf-16", "surrogatepass").decode("utf-16").encode(encoding)).document

    assert document.messages[0].content == "Grüße, 漢字 😀"


def test_escaped_surrogates_are_mended_in_every_encoding() -> None:
    text = f'{{"session_id": "{SESSION_ID}", "channel": "\\ud800"}}'

    assert read_session(text.encode("utf-16")).document.channel == "\ufffd"


@pytest.mark.parametrize(
    ("escaped", "expected"),
    [
        (r"\ud800", "\ufffd"),
        (r"a\udc00b", "a\ufffdb"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d \ude00", "\ufffd \ufffd"),
        (r"\u0000", "\x00"),
        (r"\u001b[2J", "\x1b[2J"),
        (r"\\ud800", r"\ud800"),
    ],
)
def test_escaped_characters(escaped: str, expected: str) -> None:
    """Lone surrogates could never be encoded again; all else is stored as it came."""
    text = f'{{"session_id": "{SESSION_ID}", "{escaped}": 1, "messages": [{{"content": "{escaped}"}}]}}'

    reading = read_session(text.encode())

    assert reading.document.messages == (Message(content=expected),)
    assert [aside.path for aside in reading.asides] == [expected]


def test_a_number_too_large_for_a_float_is_no_crash() -> None:
    reading = read_session(b'{"session_id": "x", "rag_traces": [{"top_score": 1e999, "latency_ms": 1e999}]}')

    assert reading.document.rag_traces[0].top_score == float("inf")
    assert [aside.path for aside in reading.asides] == ["rag_traces[0].latency_ms"]


def test_a_very_large_integer_is_kept() -> None:
    large = 10**4000

    assert (
        read_session(body(analysis(row("user", latency_ms=large)))).document.messages[0].latency_ms == large
    )


def test_nesting_that_can_be_shown_is_read() -> None:
    document = read_session(with_metadata("[" * 90 + "]" * 90)).document

    assert json.dumps(document.customer_metadata, indent=2).count("[") == 90


def test_a_repeated_key_is_quoted_in_brief() -> None:
    key = "k" * 1000

    with pytest.raises(DocumentUnreadable) as raised:
        parse_json(f'{{"{key}": 1, "{key}": 1}}'.encode(), "extraction")

    assert len(raised.value.sentence) < 200


def test_equal_keys_after_mending_are_no_reason_to_lose_the_document() -> None:
    assert parse_json(rb'{"\ud800": 1, "\ud801": 2}', "extraction") == {"\ufffd": 2}


def readable(document: bytes) -> bool:
    """Whether both readers gave a record or refused; anything else is raised."""
    for read in (read_session, read_extraction):
        try:
            reading = read(document)
        except DocumentUnreadable:
            continue
        if not isinstance(reading.document.session_id, str):
            return False
    return True


@given(st.one_of(wild_sessions, wild_extractions, json_values))
@quick
def test_any_document_is_read_or_refused(document: object) -> None:
    assert readable(body(document))


@given(st.binary(max_size=40))
@quick
def test_any_bytes_are_read_or_refused(document: bytes) -> None:
    assert readable(document)


@given(st.integers(0, len(VALID)), st.binary(max_size=3), st.integers(0, 9))
@quick
def test_a_damaged_document_is_read_or_refused(place: int, damage: bytes, lost: int) -> None:
    assert readable(VALID[:place] + damage + VALID[place + lost :])


@given(wild_sessions)
@quick
def test_nothing_of_a_document_disappears(document: Document) -> None:
    """Each top-level field is in the record or aside."""
    try:
        reading = read_session(body(document))
    except DocumentUnreadable:
        return
    defaults = Session(session_id="")
    asides = [aside.path for aside in reading.asides]

    for name, value in json.loads(body(document)).items():
        mended = name.encode("utf-8", "replace").decode()
        default = getattr(defaults, mended, None)
        if value not in (None, [], {}) and str(value) != str(default):
            told = any(path.startswith(mended) for path in asides)
            assert told or getattr(reading.document, mended) != default


@given(wild_sessions)
@quick
def test_all_times_are_aware(document: Document) -> None:
    try:
        session = read_session(body(document)).document
    except DocumentUnreadable:
        return

    times = [session.started_at, session.ended_at, *(message.timestamp for message in session.messages)]
    assert all(time is None or time.tzinfo is not None for time in times)
