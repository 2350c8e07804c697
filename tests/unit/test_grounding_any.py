"""Values planted in texts in every form, and any value in any document."""

from __future__ import annotations

from typing import Any

from chains import found_in
from documents import read
from hypothesis import assume, given
from hypothesis import strategies as st
from looks import look
from wild_documents import json_values, quick, sessions

from feather_tui.rendering.grounding import grounding_row
from feather_tui.rendering.row import text_of
from feather_tui.session.grounding import Ground, ground, ground_all
from feather_tui.session.written_values import squashed


@given(st.floats(min_value=100, max_value=1e9), st.sampled_from(["{:.2f}", "{:,.2f}"]), st.booleans())
@quick
def test_any_amount_is_found_in_both_conventions(value: float, form: str, european: bool) -> None:  # noqa: FBT001 - hypothesis passes it by name
    amount = round(value, 2)
    said = form.format(amount)
    if european:
        said = said.translate({ord(","): ".", ord("."): ","})

    assert found_in(f"It was {said} in the end", amount) == [said]


@given(
    st.dates(),
    st.sampled_from(["{d.day} {d:%B} {d.year:04}", "{d:%b} {d.day}", "{d.day:02}.{d.month:02}.{d.year:04}"]),
)
@quick
def test_any_date_is_found_in_its_forms(day: Any, form: str) -> None:
    said = form.format(d=day)

    assert found_in(f"So on {said}; thank you", day.isoformat()) == [said]


@given(st.from_regex(r"[A-Z]{2}-[0-9]{5}", fullmatch=True), st.sampled_from(["{}", "{} ", "({})", "id={}!"]))
@quick
def test_any_id_is_found_in_any_case_and_grouping(value: str, frame: str) -> None:
    for said in (value, value.lower(), value.replace("-", ""), value.replace("-", " ")):
        assert found_in(frame.format(said), value) == [said]


@given(st.text(alphabet="ABCDE-", min_size=3, max_size=12), st.text(alphabet="FGHIJ 12345.,-", max_size=60))
@quick
def test_values_of_other_letters_are_never_found(value: str, text: str) -> None:
    assume(squashed(value))

    assert found_in(text, value) == []


@given(sessions, json_values)
@quick
def test_any_value_is_looked_for_in_any_document(document: Any, tree: Any) -> None:
    session = read(document)
    for path, found in ground_all(session, {"field": tree}).items():
        assert path[0] == "field"
        assert bool(found.said) == (found.ground is Ground.SAID)
        for place in found.said:
            assert place.row is not None
            assert session.messages[place.row].content[place.start : place.end] == place.text != ""
        for place in found.in_results:
            assert place.row is None or 0 <= place.row < len(session.messages)
        assert text_of(grounding_row(found, session, look()))


@given(sessions)
@quick
def test_what_a_message_says_is_found_in_it(document: Any) -> None:
    session = read(document)
    for number, message in enumerate(session.messages):
        words = message.content.split()
        value = " ".join(words[:3])
        if message.role not in {"user", "assistant"} or message.tool_results or len(squashed(value)) < 3:
            continue
        places = ground(session, value, ("field",))
        assert number in {place.row for place in places if not place.in_result}
