"""Whatever is put comes back the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import ANALYSIS, EXTRACTION, NOW, SCOPE, known, opened, session, stored

from feather_tui.store.records import Known, Scope

if TYPE_CHECKING:
    from feather_tui.session.identity import DocumentKind, SessionId

MOMENTS = st.builds(
    lambda away, hours: (NOW + away).astimezone(timezone(timedelta(hours=hours))),
    st.timedeltas(timedelta(days=-700_000), timedelta(days=2_900_000)),
    st.sampled_from([0, 14, -12]),
)
TEXTS = st.text(st.characters(), max_size=80)  # every code point: NUL and lone surrogates as well
SCOPES = st.builds(Scope, origin=TEXTS, key_fingerprint=TEXTS)
SESSIONS = st.integers(0, 3).map(session)
COUNTS = st.integers(0, 2**40)


KINDS = st.sampled_from([ANALYSIS, EXTRACTION])
RECEIVED = MOMENTS.filter(lambda moment: moment.year > 1970)  # before the epoch everything has expired


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.tuples(SCOPES, SESSIONS, KINDS), st.tuples(st.binary(max_size=40_000), RECEIVED)))
def test_any_documents_come_back_byte_for_byte(
    documents: dict[tuple[Scope, SessionId, DocumentKind], tuple[bytes, datetime]],
) -> None:
    with opened(None, days=10**6) as store:  # nothing expires
        for key, (body, fetched_at) in documents.items():
            store.put(*key, body, fetched_at)
        assert {key: store.get(*key) for key in documents} == {
            key: stored(body, fetched_at) for key, (body, fetched_at) in documents.items()
        }
        assert store.notices == ()


@settings(deadline=None, max_examples=100)
@given(
    st.builds(
        Known,
        session_id=SESSIONS,
        started_at=st.none() | MOMENTS,
        outcome=st.none() | TEXTS,
        reason=st.none() | TEXTS,
        channel=TEXTS,
        turns=COUNTS,
        tools=st.none() | COUNTS,
        tools_failed=COUNTS,
        retrievals=st.none() | COUNTS,
        retrievals_missed=COUNTS,
        extraction=st.none() | TEXTS,
        seen_at=MOMENTS,
        findings=st.dictionaries(st.sampled_from(["high", "medium", "low", "note"]), COUNTS),
    )
)
def test_any_known_session_comes_back_as_it_was_noted(row: Known) -> None:
    with opened(None) as store:
        store.note(SCOPE, row.session_id, row)
        assert store.known(SCOPE) == [row]
        assert store.notices == ()


def test_text_that_nothing_else_could_encode_comes_back() -> None:
    row = known(1, reason="\ud800 and \x00", channel="\udfff")
    with opened(None) as store:
        store.note(SCOPE, session(1), row)
        assert store.known(SCOPE) == [row]
        assert store.notices == ()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (
            datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
            datetime.min.replace(tzinfo=UTC),
        ),
        (
            datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
            datetime.max.replace(tzinfo=UTC),
        ),
    ],
)
def test_a_start_outside_the_years_of_utc_becomes_the_nearest_inside(sent: datetime, kept: datetime) -> None:
    with opened(None) as store:
        store.note(SCOPE, session(1), known(1, started_at=sent))
        assert store.known(SCOPE) == [known(1, started_at=kept)]
