"""Finding session ids in whatever an engineer pastes."""

from __future__ import annotations

import json
import string
import uuid
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick

from feather_tui.errors import ReferenceUnreadable
from feather_tui.session.reference import find, parse, short

ID = "3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b"
OTHER = "b7a1d2e3-0c4f-4a6b-8d9e-1f2a3b4c5d6e"
TRACE = "0af7651916cd43dd8448eb211c80319c"
KEY = "fth_live_4T8zq0Wc1mV7nB2x"
BARE = ID.replace("-", "")
URL = f"https://app.example.test/v1/sessions/{ID}/analysis-input?tab=1#top"

uuids = st.uuids().map(str)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ID, id="as the API writes it"),
        pytest.param(ID.upper(), id="upper case"),
        pytest.param(f"  {ID}\n", id="blanks around"),
        pytest.param("{" + ID + "}", id="braces"),
        pytest.param(f"({ID}),", id="punctuation"),
        pytest.param(f'"{ID}"', id="quotes"),
        pytest.param(f"«{ID}»", id="other quotes"),
        pytest.param(f"urn:uuid:{ID}", id="URN"),
        pytest.param(BARE, id="no hyphens"),
        pytest.param(BARE.upper(), id="no hyphens, upper case"),
        pytest.param("{" + BARE + "}", id="no hyphens in braces"),
        pytest.param(URL, id="URL"),
        pytest.param(URL.replace(ID, BARE), id="URL without hyphens in the id"),
        pytest.param(f"https://app.example.test/login?next={quote(URL, safe='')}", id="percent-encoded URL"),
        pytest.param(f"curl -H 'x-api-key: {KEY}' {URL}", id="a command"),
        pytest.param(json.dumps({"level": "error", "session_id": ID, "trace_id": TRACE}), id="JSON log line"),
        pytest.param(json.dumps({"conversationId": ID, "organization_id": OTHER}), id="JSON in camel case"),
        pytest.param(f"level=error session_id={ID} organization_id={OTHER}", id="logfmt"),
        pytest.param(f'org={OTHER} session="{ID}" trace={TRACE}', id="logfmt with quotes"),
        pytest.param(f"org {OTHER}: conversation {ID} failed", id="a sentence"),
        pytest.param(f"session.id={ID} trace.id={TRACE} org.id={OTHER}", id="dotted names"),
        pytest.param(
            json.dumps({"message": json.dumps({"session_id": ID, "org": OTHER})}), id="JSON within JSON"
        ),
        pytest.param(f"/orgs/{OTHER}/conversations/{ID}", id="a path with two ids"),
        pytest.param(f"{ID} {TRACE}", id="hyphens beat bare digits"),
        pytest.param(f"{ID}\n{ID.upper()}\n{BARE}", id="the same id again and again"),
    ],
)
def test_the_session_is_found(text: str) -> None:
    assert parse(text) == (ID,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{ID} {OTHER}", id="on one line"),
        pytest.param(f"{ID}\n{OTHER}", id="on two lines"),
        pytest.param(f"sessions: {ID}\nhttps://x.test/sessions/{OTHER}", id="each labelled"),
        pytest.param(f"session_id={ID} trace={TRACE}\n{OTHER}", id="one labelled, one on a line of its own"),
        pytest.param(f"{ID},{OTHER},{ID}", id="one of them repeated"),
    ],
)
def test_several_are_given_in_order_without_repeats(text: str) -> None:
    assert parse(text) == (ID, OTHER)


def test_a_log_may_be_searched_line_by_line() -> None:
    log = (line for line in ("starting", f"session={ID}", "", f"session={OTHER}", f"session={ID}"))

    assert list(find(log)) == [ID, OTHER, ID]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("not an id", id="words"),
        pytest.param(ID + "0", id="a digit too many"),
        pytest.param("a" + ID, id="a letter before"),
        pytest.param(BARE + "a", id="bare and a digit too many"),
        pytest.param(f"g{BARE}", id="bare with a letter before"),
        pytest.param("ses_01hxyz", id="an id of the guides' kind"),
        pytest.param("g" * 32, id="no hexadecimal digits"),
        pytest.param(ID.replace("-", "_"), id="underscores"),
    ],
)
def test_what_is_no_id_is_named_with_what_was_looked_for(text: str) -> None:
    with pytest.raises(ReferenceUnreadable) as raised:
        parse(text)

    assert text in raised.value.sentence
    assert "UUID" in raised.value.sentence
    assert raised.value.advice


@pytest.mark.parametrize("text", ["", "  ", "\n\n"])
def test_nothing_given_is_said_so(text: str) -> None:
    with pytest.raises(ReferenceUnreadable, match="Nothing was given"):
        parse(text)


@pytest.mark.parametrize("text", ["3f6c", "3f6c1a90", "3f6c1a90-7b1e", ID[:-1], ID[:-1].upper()])
def test_part_of_an_id_is_recognised(text: str) -> None:
    with pytest.raises(ReferenceUnreadable, match="only part of a session id"):
        parse(text)


def test_a_long_text_is_quoted_in_brief() -> None:
    with pytest.raises(ReferenceUnreadable) as raised:
        parse("word " * 1000)

    assert "…" in raised.value.sentence
    assert len(raised.value.sentence) < 300


@given(
    st.text(max_size=40),
    st.text(alphabet=string.ascii_letters + string.digits, min_size=8, max_size=40),
    st.text(max_size=40),
)
@quick
def test_a_key_is_never_repeated(before: str, secret: str, after: str) -> None:
    with pytest.raises(ReferenceUnreadable) as raised:
        parse(f"{before} fth_live_{secret} {after}")

    assert secret not in str(raised.value)
    assert "API key" in raised.value.sentence


@given(st.text())
@quick
def test_any_text_gives_ids_or_a_sentence(text: str) -> None:
    try:
        ids = parse(text)
    except ReferenceUnreadable:
        return
    assert ids == tuple(str(uuid.UUID(found)) for found in ids)


not_alphanumeric = st.text(
    alphabet=st.one_of(
        st.sampled_from("-_{}[]()\"'=:/?&%+,;<>|\\ \n\t"),
        st.characters(exclude_categories=["L", "N", "M"]),
    ),
    max_size=10,
)


@given(not_alphanumeric, uuids, not_alphanumeric)
@quick
def test_an_id_is_found_between_any_signs(before: str, session_id: str, after: str) -> None:
    assert parse(before + session_id + after) == (session_id,)


@given(st.lists(uuids, min_size=1, max_size=5), st.sampled_from(["\n", " ", ", ", "; ", "\t"]))
@quick
def test_lists_of_ids_come_back_as_they_were(ids: list[str], separator: str) -> None:
    assert parse(separator.join(ids)) == tuple(dict.fromkeys(ids))


def test_the_short_form_is_the_first_group() -> None:
    assert short(ID) == "3f6c1a90"
