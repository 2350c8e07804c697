"""The page as a browser would read it: well formed, nothing that acts, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any, Final

import pytest
from documents import (
    SESSION_ID,
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
from hypothesis import given
from shown_sessions import PLACE, shown
from strict_page import check
from wild_documents import HOSTILE, quick, wild_extractions, wild_sessions

from feather_tui.arrivals import Failure
from feather_tui.errors import DocumentUnreadable, NotFound
from feather_tui.export.document import Shown
from feather_tui.export.html import html_page
from feather_tui.export.html_style import STYLE
from feather_tui.session.identity import DocumentKind, SessionId

MARKUP: Final = (
    "<script>alert(1)</script>",
    "</p></details></article><img src=https://evil.example onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</style><style>@import url(https://evil.example)</style>",
    "<!-- <base href=//evil.example> -->",
    "javascript:alert(1)",
    "&lt;script&gt; &amp;amp; &#60;",
    "]]><![CDATA[",
    "<?xml?>",
    "{title} {0} %s",
)
FULL: Final = analysis(
    row("user", "Hello?", second=0, turn="t1"),
    row(
        "assistant",
        "Wait.",
        second=8,
        turn="t2",
        model_used="gpt",
        tool_calls=[request("call-1"), request("call-9")],
    ),
    row("tool", "", second=9, turn="t3", tool_results=result("call-1", "ok")),
    row("assistant", "Done.", second=200, turn="t4", truncated=True),
    tool_calls=[call("call-1", turn="t2", result="ok"), call("call-2", turn="t2", error="HTTP 503")],
    rag_traces=[trace("c1", "c2", turn="t2", answerability={"label": "answerable", "mode": "shadow"})],
    citations=[
        citation("c1", turn="t2"),
        citation("c9", turn="t2"),
        citation("c3", turn="t4"),
        citation("c4", turn="t8"),
    ],
    handoff_events=[handoff(100, "a human was asked for")],
    news={"kept": True},
)
FAULTY: Final = extraction(
    missing_required_fields=["order.id"], validation_errors=[{"loc": ["a"], "msg": "bad"}]
)


def page(document: Document, extracted: Document | None = None, **options: Any) -> str:
    return html_page(shown(document, extracted), PLACE, **options)


def test_the_page_tells_the_whole_session() -> None:
    read = check(page(FULL, FAULTY))

    for part in (
        *(
            f"feather-tui {SESSION_ID}",
            "prod (api.feather.example)",
            "2026-11-20T14:02:11Z",
            "Masked: nothing.",
        ),
        *(
            "Suspected",
            "lookup_order failed",
            "Hello?",
            "Done.",
            "HTTP 503",
            "cut by the platform",
            "after handoff",
        ),
        *(
            "2 chunks found, 1 shown to the model",
            "gate shadow: answerable",
            "shown to the model, but in no retrieval",
        ),
        *("1 chunk shown to the model, no retrieval on record", "a human was asked for", "customer waited"),
        *(
            "ended 2026-11-20T14:08:23Z",
            "point at turns which are not here: 1",
            "order.id",
            "a: bad",
            "8812-4410",
        ),
        *("news: unknown field", "tool_calls[1]", "messages[3]", "no result"),
    ):
        assert part in read.text, part


def test_findings_lead_to_their_entries_and_back() -> None:
    markup = page(FULL, FAULTY)
    read = check(markup)

    assert {"suspicion", "findings", "transcript", "extraction", "details", "e0", "f1"} <= set(read.ids)
    forth = [link for link in read.links if link.startswith("#e")]
    back = [link for link in read.links if link.startswith("#f")]
    assert "#extraction" in forth
    assert len(forth) > len(back) > 2
    failed = re.search(
        r'<details class="entry" id="(e\d+)"><summary>tool <b>lookup_order</b> <span class="failed">', markup
    )
    assert failed
    assert f"#{failed[1]}" in forth


def test_calls_and_retrievals_are_folded_and_words_are_not() -> None:
    read = check(page(FULL))

    assert read.elements.count("details") == 3 + 3 + 3  # calls; retrieval and exposures; fields of rows
    assert read.elements.count("article") == 3 + 1


def test_the_page_may_do_nothing_but_show_itself() -> None:
    markup = page(FULL)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', markup)
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

    assert policy
    assert policy[1].split("; ") == [
        *("default-src 'none'", "base-uri 'none'", "form-action 'none'"),
        f"style-src 'sha256-{digest}'",
    ]
    assert '<meta name="referrer" content="no-referrer">' in markup
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in markup


def test_personal_data_is_masked_and_counted_unless_asked_otherwise() -> None:
    answer = row("assistant", "Hello", second=1)
    document = analysis(row("user", "I am dana@mail.example"), answer, customer_metadata={"name": "Dana"})

    assert "Masked: 1 e-mail, 1 name." in check(page(document)).text
    assert "dana" not in page(document).casefold()
    unmasked = check(page(document, unmasked=True)).text
    assert "Masked: nothing: personal data may stand in this page." in unmasked
    assert "dana@mail.example" in unmasked


def test_a_session_that_could_not_be_read_is_a_page_too() -> None:
    error = NotFound("No <session> was found (HTTP 404).", "Check the id.", status=404)
    failures = {kind: Failure(kind=kind, error=error) for kind in DocumentKind}

    read = check(html_page(Shown(session_id=SessionId(SESSION_ID), failures=failures), PLACE))

    assert "No <session> was found" in read.text
    assert "none to show" in read.text


@pytest.mark.parametrize("hostile", [*MARKUP, *HOSTILE])
def test_hostile_text_is_shown_and_nothing_else(hostile: str) -> None:
    plain, given = (
        check(page(hostile_document(text), hostile_extraction(text), unmasked=True))
        for text in ("plain", hostile)
    )

    assert set(given.elements) <= set(plain.elements)
    if hostile in MARKUP:
        assert " ".join(hostile.split()) in given.text
    assert not any(ord(character) < 0x20 and character != "\n" for text in given.texts for character in text)


@quick
@given(wild_sessions, wild_extractions)
def test_any_session_is_a_well_formed_page(session: Document, extracted: Document) -> None:
    try:
        markup = page(session, extracted)
    except DocumentUnreadable:
        return
    check(markup).text.encode()


def test_colours_can_be_read() -> None:
    """WCAG 2.1: a contrast of 4.5 to 1 at least, on both backgrounds of both palettes."""
    palettes = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    assert len(palettes) == 2
    for palette in palettes:
        colours = dict(re.findall(r"--(\w+): #([0-9a-f]{6})", palette))
        for name in colours.keys() - {"page", "box", "line"}:
            for ground in ("page", "box"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def hostile_document(text: str) -> Document:
    return analysis(
        row(text, text, turn_id=text, model_used=text, tool_calls=[request(text, text, text)]),
        row("user", text, second=3),
        tool_calls=[call(text, text, arguments=text, error=text, result=text), call("x", result=text)],
        rag_traces=[trace(text, turn=text, answerability={"label": text, "mode": text})],
        citations=[citation(text, turn=text), citation("c", turn="lost")],
        handoff_events=[handoff(4, text, text)],
        completion_reason=text,
        knowledge_gap_analysis_outcome=text,
        channel=text,
        customer_metadata={text: text},
        missing_evidence_reasons=[text],
        **{f"new {text}": text},
    )


def hostile_extraction(text: str) -> Document:
    return extraction(
        status=text,
        extracted_data={text: [text]},
        missing_required_fields=[text],
        validation_errors=[{"msg": text}],
        model_used=text,
    )
