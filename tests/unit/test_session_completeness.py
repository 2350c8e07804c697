"""Every record of a document is in exactly one entry of its timeline, wherever its links lead."""

from __future__ import annotations

from collections import Counter
from typing import Any

from documents import read
from hypothesis import given, settings
from hypothesis import strategies as st
from wild_documents import linked_sessions, quick, sessions

from feather_tui.session import timeline
from feather_tui.session.timeline import (
    CallEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    UnlinkedEntry,
)


def records_in(entries: tuple[Entry, ...]) -> Counter[str]:
    """Every record that an entry shows, by its path, as often as it is shown."""
    shown: Counter[str] = Counter()
    for entry in entries:
        match entry:
            case MessageEntry():
                shown[f"messages[{entry.row}]"] += 1
            case CallEntry():
                shown.update(f"messages[{absorbed.row}]" for absorbed in entry.result_rows)
                if entry.call.recorded is not None:
                    shown[f"tool_calls[{entry.call.recorded_index}]"] += 1
                if entry.call.requested is not None:
                    shown[f"messages[{entry.call.row}].tool_calls[{entry.call.requested_index}]"] += 1
            case RetrievalEntry():
                shown[f"rag_traces[{entry.index}]"] += 1
                shown.update(f"citations[{chunk.citation_index}]" for chunk in entry.chunks if chunk.citation)
                shown.update(f"citations[{index}]" for index, _ in entry.strays)
            case ExposureEntry():
                shown.update(f"citations[{index}]" for index, _ in entry.citations)
            case HandoffEntry():
                shown[f"handoff_events[{entry.index}]"] += 1
            case _:
                pass
    return shown


@given(st.one_of(linked_sessions, linked_sessions, sessions))
@settings(quick, max_examples=120)
def test_every_record_is_in_exactly_one_entry(document: Any) -> None:
    session = read(document)
    lists = ("messages", "tool_calls", "rag_traces", "citations", "handoff_events")
    expected = {f"{name}[{index}]" for name in lists for index in range(len(getattr(session, name)))}
    for number, message in enumerate(session.messages):
        expected |= {f"messages[{number}].tool_calls[{index}]" for index in range(len(message.tool_calls))}

    assert records_in(timeline.build(session)) == dict.fromkeys(expected, 1)


@given(st.one_of(sessions, linked_sessions))
@quick
def test_an_entry_holds_the_record_that_its_index_names(document: Any) -> None:
    session = read(document)
    for entry in timeline.build(session):
        match entry:
            case MessageEntry():
                assert entry.message is session.messages[entry.row]
            case RetrievalEntry():
                assert entry.trace is session.rag_traces[entry.index]
                assert tuple(shown.chunk for shown in entry.chunks) == entry.trace.retrieved
                assert all(cited is session.citations[index] for index, cited in entry.strays)
            case ExposureEntry():
                assert all(cited is session.citations[index] for index, cited in entry.citations)
            case HandoffEntry():
                assert entry.handoff is session.handoff_events[entry.index]
            case _:
                pass


@given(st.one_of(sessions, linked_sessions))
@quick
def test_the_bucket_counts_what_is_in_it(document: Any) -> None:
    entries = timeline.build(read(document))
    heads = [place for place, entry in enumerate(entries) if isinstance(entry, UnlinkedEntry)]
    unlinked = [place for place, entry in enumerate(entries) if getattr(entry, "linked", True) is False]

    assert len(heads) == bool(unlinked)
    for place in heads:
        assert unlinked == list(range(place + 1, len(entries)))
        assert entries[place] == UnlinkedEntry(count=len(unlinked))
