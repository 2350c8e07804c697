"""On the demo: healthy sessions stay quiet, and failing ones name the cause that their story tells."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Final

import pytest

from feather_tui.demo import incident
from feather_tui.findings.evaluate import evaluate
from feather_tui.findings.finding import Findings, Severity
from feather_tui.findings.verdict import Verdict, suspect
from feather_tui.session.identity import DocumentKind
from feather_tui.session.reading import read_extraction, read_session

CAUSES: Final = {
    "tomorrows-shape": ("shop_print_label failed", "PRN-7"),
    "pedido-duplicado": ("carrier_track_parcel took 16.4 s",),
    "two-amounts": ("shop_issue_voucher", "79.9 asked, 799.0 sent"),
    "slow-model": ("gpt-4.1 took 9.1 s",),
    "taghyir-alunwan": ("shop_change_address refused", "Blaufuchs"),
    "moved-mid-call": ("part of the record was lost",),
    "exchange-size": ("shop_create_return", "arguments do not parse"),
    "stuck-in-queue": ("queue_ttl_expired",),
    "refund-loop": ("shop_refund_order timed out 30.0 s", "shop_refund_order called 4"),
    "lost-audio": ("speech recognition failed (stt_provider_error)", "shop_refund_status never returned"),
    "outlet-chair": ("shown a chunk that was not retrieved",),
    "gift-receipt": ("only weak matches", "the gate held back"),
    "dead-line": ("the telephone line failed (sip_dial_failed)",),
    "return-window": ("the search found nothing", "answered against the gate"),
    "lampe-zurueck": ("shop_create_return failed (HTTP 500", "answered anyway", "asked for a human 2"),
    "headset-refund": (
        "shop_refund_order timed out 30.0 s",
        "answered anyway",
        "asked for a human",
        "customer repeated 2",
        "transferred",
    ),
    "reopened-refund": ("shop_refund_order timed out 30.0 s", "answered anyway", "marked resolved"),
    "charger-refund": ("shop_refund_order timed out 30.0 s", "said so", "transferred"),
    "wall-clock": ("shop_refund_order timed out 30.0 s", "said so", "left unresolved"),
    "garden-table": ("shop_refund_order timed out 30.0 s", "answered anyway", "marked resolved"),
    "moving-boxes": ("shop_refund_order timed out 30.0 s", "said so", "transferred"),
    "paid-twice": ("shop_refund_order timed out 30.0 s", "said so", "abandoned"),
    "tea-kettle": ("shop_refund_order timed out 30.0 s", "answered anyway", "marked resolved"),
    "clamp-lamp": ("shop_refund_order timed out 30.0 s", "said so", "abandoned"),
    "bike-lamp": ("shop_refund_order timed out 30.0 s", "said so", "transferred"),
    "foot-rest": ("shop_refund_order timed out 30.0 s", "said so", "left unresolved"),
    "kansetsu-zei": ("only weak matches (0.52 under 0.62)",),
    "bulk-invoice": ("the customer's message was cut",),
    "unmasked-call": ("the redaction did not run",),
    "dock-check-in": ("shop_register_returns timed out 30.0 s",),
}
"""The words of each verdict, in the order of its chain; the first are the cause."""


@cache
def findings_of(slug: str) -> Findings:
    replies = incident.replies(incident.session_id(slug))
    session = read_session(json.dumps(replies[DocumentKind.ANALYSIS].body).encode())
    extraction = replies[DocumentKind.EXTRACTION]
    there = extraction.status == HTTPStatus.OK
    extracted = read_extraction(json.dumps(extraction.body).encode()) if there else None
    return evaluate(
        session.document,
        extracted.document if extracted else None,
        now=datetime(2026, 11, 20, 16, 0, tzinfo=UTC),
        extraction_absent=extraction.status == HTTPStatus.NOT_FOUND,
        asides=(*session.asides, *(extracted.asides if extracted else ())),
    )


def verdict_of(slug: str) -> Verdict:
    return suspect(findings_of(slug))


def slug_of(session_id: str) -> str:
    return next(told.slug for told in incident.SESSIONS if told.session_id == session_id)


@pytest.mark.parametrize("slug", list(map(slug_of, incident.HEALTHY)))
def test_a_healthy_session_has_no_finding_above_low_and_no_cause(slug: str) -> None:
    assert [finding for finding in findings_of(slug).found if finding.severity > Severity.LOW] == []
    assert verdict_of(slug).causes == ()


def test_every_session_with_a_cause_is_judged() -> None:
    assert set(CAUSES) == set(map(slug_of, incident.FIRST_CAUSES))


@pytest.mark.parametrize("slug", list(CAUSES))
def test_a_failing_session_names_the_cause_its_story_tells(slug: str) -> None:
    verdict = verdict_of(slug)
    cause, *consequences = CAUSES[slug]
    assert cause in verdict.phrases[0]
    rest = verdict.sentence
    for words in (cause, *consequences):
        assert words in rest
        rest = rest.partition(words)[2]


@pytest.mark.parametrize("slug", ["callback-voicemail", "older-record"])
def test_a_session_in_which_nothing_went_wrong_that_the_record_shows_has_no_cause(slug: str) -> None:
    assert verdict_of(slug).causes == ()


def test_the_verdict_on_an_old_record_says_what_could_not_be_looked_at() -> None:
    sentence = verdict_of("older-record").sentence
    looked, _, not_looked = sentence.partition("; could not look at: ")
    assert looked == "nothing found in: ending, speed, conversation, evidence"
    for reason in ("no_tool_trace", "no_rag_trace", "no_citations", "this session has no extraction"):
        assert reason in not_looked


def test_a_verdict_that_rests_on_less_than_high_findings_is_called_weak() -> None:
    assert verdict_of("kansetsu-zei").weak
    assert not verdict_of("headset-refund").weak


def test_two_hours_of_dictated_labels_are_no_repeats_and_no_loops() -> None:
    rules = {finding.rule for finding in findings_of("dock-check-in").found}
    assert not rules & {"USER_REPEAT", "REPLY_REPEAT", "TOOL_LOOP", "TOOL_REPEAT", "TURN_OUTLIER", "ORDER"}
