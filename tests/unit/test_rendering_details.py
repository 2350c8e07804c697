"""The details page: what of a session the transcript does not tell."""

from __future__ import annotations

from typing import Any

import pytest
from documents import AGENT_ID, ORGANIZATION_ID, SESSION_ID, analysis, body, moment, row
from looks import lines, look

from feather_tui.rendering.details import GAP_MEANINGS, details_blocks
from feather_tui.session import timeline
from feather_tui.session.reading import read_session
from feather_tui.session.summary import summarize


def details(*messages: Any, width: int = 120, **fields: Any) -> list[str]:
    document = body(analysis(*messages, **fields))
    reading = read_session(document)
    session = reading.document
    return lines(
        details_blocks(
            session,
            summarize(session, timeline.build(session)),
            reading.asides,
            look(width),
            freshness="cached 4 min ago",
            body_bytes=217_600,
        ),
        width,
    )


def squeezed(page: list[str]) -> str:
    return " ".join(" ".join(page).split())


def test_an_ordinary_session() -> None:
    assert details(row("user", "hi", model_used=None), missing_evidence_reasons=["no_csat"]) == [
        " session",
        f"   session id       {SESSION_ID}",
        f"   organization id  {ORGANIZATION_ID}",
        f"   agent id         {AGENT_ID}",
        "   channel          chat",
        "   started          2026-11-20 14:02:11Z",
        "   ended            2026-11-20 14:08:23Z",
        "   duration         6m 12s",
        "   outcome          resolved",
        "   reason           user_requested",
        "   handoffs         0",
        "",
        " this copy",
        "   age              cached 4 min ago",
        "   size             218 K bytes, 1 messages",
        "   schema version   2",
        "",
        " missing evidence",
        f"   not captured     no_csat: {GAP_MEANINGS['no_csat']}",
        "",
        " models and gates",
        "   models           not recorded",
        "   gate modes       no gate ran, or it was not recorded",
        "",
        " knowledge base snapshot",
        "   none             not captured",
        "",
        " feedback",
        "   csat             none",
        "   user feedback    none",
        "   reopened         no",
        "",
        " customer metadata",
        "   none             nothing was attached",
        "",
    ]


@pytest.mark.parametrize(
    ("fields", "piece"),
    [
        (
            {"kb_snapshot": {"captured_at": moment(3), "kb_versions": {"kb-1": 1204}}},
            "captured 2026-11-20 14:02:14Z",
        ),
        ({"kb_snapshot": {"kb_versions": {"kb-1": 1204}}}, "kb-1 1,204 active document versions"),
        ({"csat": {"score": 2, "scale_max": 7, "timestamp": moment(3)}}, "csat 2 of 7 2026-11-20 14:02:14Z"),
        ({"user_feedback": {"rating": 1, "comment": "slow"}}, "rating 1 not recorded comment slow"),
        ({"user_feedback": {}}, "no rating not recorded comment none"),
        ({"reopen": {"timestamp": moment(3), "reason": "again"}}, "reopened 2026-11-20 14:02:14Z again"),
        ({"customer_metadata": {"plan": "gold"}}, 'customer metadata {"plan": "gold"}'),
        ({"customer_metadata": {}}, "customer metadata {}"),
        ({"analyzer_input_schema_version": 3}, "schema version 3 (newer than this program knows"),
        ({"agent_id": None}, "agent id none"),
        ({"missing_evidence_reasons": []}, "the platform reports nothing missing"),
        ({"missing_evidence_reasons": ["no_aura"]}, "no_aura: unknown to this version"),
    ],
)
def test_every_fact_has_its_place(fields: dict[str, Any], piece: str) -> None:
    assert piece in squeezed(details(**fields))


def test_gaps_that_matter_come_before_routine_ones() -> None:
    text = squeezed(details(missing_evidence_reasons=["no_csat", "no_citations"]))

    assert text.index("no_citations") < text.index("no_csat")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"weather": {"sky": "blue"}}, "weather"),
        ({"we[ather": 1}, "we[ather"),
        ({"kb_snapshot": {"mood": 1}}, "kb_snapshot.mood"),
        ({"kb_snapshot": {"kb_versions": {"a[b]": "many"}}}, "kb_snapshot.kb_versions.a[b]"),
        ({"missing_evidence_reasons": ["no_csat", 5]}, "missing_evidence_reasons[1]"),
        ({"channel": 5}, "channel"),
    ],
)
def test_what_was_not_understood_is_shown(fields: dict[str, Any], path: str) -> None:
    assert f"not understood by this version, as received field {path} because" in squeezed(details(**fields))


def test_what_hangs_under_an_entry_is_not_repeated() -> None:
    assert "not understood" not in squeezed(details(row("user", mood="odd")))


def test_a_narrow_page_loses_nothing() -> None:
    comment = "the assistant promised a refund and then nothing happened for weeks"

    assert comment in squeezed(details(width=44, user_feedback={"comment": comment}))
