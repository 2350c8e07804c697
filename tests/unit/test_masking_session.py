"""Whatever is exported: what was planted in the documents does not leave, ids and places do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from documents import (
    SESSION_ID,
    START,
    Document,
    analysis,
    call,
    citation,
    extraction,
    handoff,
    request,
    result,
    row,
    trace,
)
from hypothesis import given, settings
from personal_data import card_numbers, emails, phones
from shown_sessions import PLACE, shown
from wild_documents import quick, wild_extractions, wild_sessions

from feather_tui.arrivals import Failure
from feather_tui.errors import DocumentUnreadable, RequestRejected
from feather_tui.export.document import Shown
from feather_tui.export.html import html_page
from feather_tui.export.json_text import json_text
from feather_tui.export.markdown import markdown
from feather_tui.export.masking.masker import Masker
from feather_tui.export.masking.session import masked
from feather_tui.export.note import IncidentNote, Mark
from feather_tui.session.identity import DocumentKind

few = settings(deadline=None, max_examples=15)


def note(shown: Shown) -> str:
    marks = [Mark(position=position) for position in range(len(shown.copy.timeline if shown.copy else ()))]
    return IncidentNote(shown, PLACE).written(marks, at=START)


def page(shown: Shown) -> str:
    return html_page(shown, PLACE)


def as_json(shown: Shown) -> str:
    return json_text(masked(shown, Masker()), None)


def as_markdown(shown: Shown) -> str:
    return markdown(masked(shown, Masker()), None)


EXPORTS = [note, page, as_json, as_markdown]


def full_of(text: str) -> tuple[Document, Document]:
    """Documents with a text in every place that people, tools and models write to."""
    quoted = json.dumps({"note": text, "list": [text]})
    session = analysis(
        row("user", f"first {text} last"),
        row("assistant", text, second=4, tool_calls=[request("call-1", arguments=quoted)]),
        row("tool", text, second=5, tool_results=result("call-1", f"got {text}", f"or {text}")),
        row(f"role {text} x", text, second=6),
        row("user", "x" * 170 + f" {text}", second=9000),  # the finding on the last row quotes it, cut
        tool_calls=[
            call("call-1", arguments=quoted, arguments_parsed={"note": text}, result=quoted, error=text),
            call("call-2", arguments="{" + text, result=text),
        ],
        rag_traces=[trace("chunk-000000123", answerability={"label": text, "reason_code": text})],
        citations=[citation("chunk-000000123")],
        handoff_events=[handoff(7, f"because {text}")],
        user_feedback={"timestamp": None, "comment": text},
        reopen={"timestamp": None, "reason": text},
        customer_metadata={"note": text, text: {"deep": [text]}},
        missing_evidence_reasons=[text],
        completion_reason=text,
        channel=text,
        news={"inner": text},
    )
    extracted = extraction(
        extracted_data={"note": text},
        validation_errors=[{"loc": ["note"], "msg": f"not {text}", "input": text}],
        skip_reason=text,
        error_message=text,
        newer=text,
    )
    return session, extracted


@pytest.mark.parametrize("export", EXPORTS)
@few
@given(text=emails | phones | card_numbers)
def test_what_was_planted_does_not_leave(export: Callable[[Shown], str], text: str) -> None:
    out = export(shown(*full_of(text)))

    assert text not in out
    assert text not in out.replace("\\", "")
    assert "masked" in out


def test_unmasked_everything_leaves() -> None:
    bare = shown(*full_of("dana@mail.example"))

    assert "dana@mail.example" in html_page(bare, PLACE, unmasked=True)
    assert "dana@mail.example" in json_text(bare, None)


def test_what_stands_under_telling_keys_does_not_leave() -> None:
    session = analysis(
        row("user", "Dana Whitlock here, of Musterweg 12"),
        tool_calls=[
            call("call-1", arguments='{"first_name": "Ottilie"}', arguments_parsed={"first_name": "Ottilie"})
        ],
        customer_metadata={"full_name": "Dana Whitlock", "street": "Musterweg 12"},
        contact={"surname": "Quillfeather"},
    )
    extracted = extraction(
        extracted_data={"customer": {"name": "Wilhelmine"}},
        validation_errors=[
            {"loc": ["customer", "name"], "msg": "is too long: Wilhelmine", "name": "Wilhelmine"}
        ],
        contact_name="Hildegunde",
    )
    secrets = ("Dana", "Musterweg", "Ottilie", "Quillfeather", "Wilhelmine", "Hildegunde")

    for export in EXPORTS:
        out = export(shown(session, extracted))
        assert [secret for secret in secrets if secret in out] == []


def test_findings_do_not_quote_the_beginning_of_what_is_masked() -> None:
    said = "z" * 150 + " dana.whitlock.the.younger@mail.example"
    bare = shown(analysis(row("assistant", "Hello"), row("user", said, second=4)))
    assert bare.assessment is not None
    assert any("dana.whit" in finding.message for finding in bare.assessment.findings.found)

    assert "dana" not in page(bare)
    assert "dana" not in note(bare)


def test_ids_times_and_places_stay() -> None:
    session, extracted = full_of("dana@mail.example")
    bare = shown(session, extracted)
    left = masked(bare, Masker())
    document = json.loads(as_json(bare))["analysis_input"]

    assert left.session_id == SESSION_ID
    assert left.copy is not None
    assert bare.copy is not None
    assert [type(entry) for entry in left.copy.timeline] == [type(entry) for entry in bare.copy.timeline]
    assert left.copy.session.started_at == bare.copy.session.started_at
    assert document["tool_calls"][0]["name"] == "lookup_order"
    assert document["rag_traces"][0]["retrieved"][0]["chunk_id"] == "chunk-000000123"
    assert document["messages"][0]["timestamp"] == session["messages"][0]["timestamp"]
    assert bare.assessment is not None
    assert left.assessment is not None
    places = [(finding.rule, finding.targets) for finding in bare.assessment.findings.found]
    assert [(finding.rule, finding.targets) for finding in left.assessment.findings.found] == places
    assert len(left.assessment.verdict.causes) == len(bare.assessment.verdict.causes)


def test_ids_keep_their_digits() -> None:
    ids: dict[str, Any] = {"tool_call_id": "4111111111111111", "assistant_turn_id": "881244107"}
    left = json.loads(as_json(shown(analysis(tool_calls=[call("x") | ids]))))

    assert left["analysis_input"]["tool_calls"][0].items() >= ids.items()


def test_failures_are_masked_too() -> None:
    error = RequestRejected("The API said: dana@mail.example is unknown.", status=400)
    failure = Failure(kind=DocumentKind.ANALYSIS, error=error, body=b'{"email": "dana')
    unreadable = Failure(
        kind=DocumentKind.EXTRACTION,
        error=DocumentUnreadable("Not JSON.", path="x"),
        body=b"dana@mail.example",
    )
    bare = Shown(
        session_id=shown(analysis()).session_id,
        failures={DocumentKind.ANALYSIS: failure, DocumentKind.EXTRACTION: unreadable},
    )

    for export in EXPORTS:
        assert "dana" not in export(bare)
    received = json.loads(as_json(bare))["errors"]
    assert [error["status"] for error in received] == [400, None]
    assert received[1]["received"] == "[masked e-mail]"
    assert str(error) == "The API said: dana@mail.example is unknown."


@quick
@given(wild_sessions, wild_extractions)
def test_any_session_can_be_masked_and_masking_twice_changes_nothing(
    session: Document, extracted: Document
) -> None:
    try:
        bare = shown(session, extracted)
    except DocumentUnreadable:
        return
    once = masked(bare, Masker())
    again = masked(once, Masker())

    assert as_json(once) == as_json(again)
    assert once.copy is not None
    assert once.copy.timeline == again.copy.timeline if again.copy else False
