"""Since when: the planted hour is found among noise, and where nothing begins nothing is said to."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import triage_incident

from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case
from feather_tui.triage.features import Feature, hour_of
from feather_tui.triage.onset import Change, Onsets, onset
from feather_tui.triage.signature import Signature

BOOM = Signature("refund", "boom")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def case(minute: float, *, failing: bool = False, agent: str = "a", **fields: object) -> Case:
    return Case(
        **{  # type: ignore[arg-type]  # a test's few fields
            "session_id": SessionId(str(UUID(int=int(minute * 60)))),
            "started_at": NOON + timedelta(minutes=minute),
            "errors": (BOOM,) if failing else (),
            "failed": failing,
            "findings": {},
            "agent": agent,
            **fields,
        }
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_planted_hour_is_found(seed: int) -> None:
    tool, _, error = triage_incident.SIGNATURE.partition(": ")
    cases = triage_incident.cases(seed)
    found = onset(cases, Signature(tool, error))

    assert found is not None
    assert found.sudden
    assert found.first.started_at is not None
    planted = [row.started_at for row in cases if Signature(tool, error) in row.errors and row.started_at]
    assert hour_of(found.first.started_at) == hour_of(min(planted)) == "2026-11-20 14:00Z"
    assert found.healthy is not None
    assert not found.healthy.failed
    assert sum(bucket.hits for bucket in found.buckets) == 14
    assert sum(bucket.total for bucket in found.buckets) == 40


def test_an_early_failure_by_chance_is_not_taken_for_the_beginning() -> None:
    cases = [case(minute, failing=minute == 3) for minute in range(30)]
    cases += [case(minute, failing=minute % 5 > 0) for minute in range(30, 60)]
    found = onset(cases, BOOM)
    assert found is not None
    assert (found.first.started_at, found.sudden) == (NOON + timedelta(minutes=31), True)


def test_of_thousands_of_sessions_the_beginning_is_found_where_it_is() -> None:
    chance = random.Random(5)  # noqa: S311 - no secret
    cases = [case(n, failing=chance.random() < (0.1 if n < 3000 else 0.6)) for n in range(6000)]
    found = onset(cases, BOOM)
    assert found is not None
    assert found.first.started_at is not None
    assert abs((found.first.started_at - NOON) / timedelta(minutes=1) - 3000) < 20


def test_all_that_failed_has_a_beginning_as_well() -> None:
    cases = [case(n, failing=n >= 20, errors=(Signature("tool", f"kind {n}"),)) for n in range(40)]
    found = Onsets.of([*cases, case(50, started_at=None)])
    assert found.overall is not None
    assert (found.overall.first, found.overall.sudden, found.overall.healthy) == (cases[20], True, cases[19])
    assert (found.errors, found.left, found.sessions, found.timed) == ((), 40, 41, 40)


def test_what_has_a_beginning_comes_first_and_what_one_session_has_is_counted() -> None:
    often = Signature("often", "x")
    cases = [case(n, errors=(often,) if n % 2 else (), failed=n % 2 == 1) for n in range(60)]
    cases += [case(60 + n, failing=True) for n in range(8)]
    cases += [case(70, errors=(Signature("once", "x"),))]
    found = Onsets.of(cases)
    assert [each.signature for each in found.errors] == [BOOM, often]
    assert found.left == 1
    assert [each.signature for each in Onsets.of(cases, cases[60:62]).errors] == [BOOM]


def test_what_was_always_so_has_no_beginning() -> None:
    found = onset([case(minute, failing=minute % 3 == 1) for minute in range(60)], BOOM)
    assert found is not None
    assert (found.sudden, found.first.started_at) == (False, NOON + timedelta(minutes=1))


def test_what_changed_between_the_last_good_and_the_first_bad() -> None:
    before, after = (("policy", "v1"), ("faq", "v1")), (("policy", "v2"), ("faq", "v1"))
    good: dict[str, Any] = {"models": ("m1",), "kb": "k1", "revision": "autumn v13", "documents": before}
    bad: dict[str, Any] = {"models": ("m2",), "kb": "k1", "revision": "autumn v14", "documents": after}
    cases = [case(minute, **good) for minute in range(10)]
    cases += [case(10.5, agent="b", models=("m9",))]
    cases += [case(minute, failing=True, **bad) for minute in range(11, 20)]
    found = onset(cases, BOOM)
    assert found is not None
    assert found.healthy == cases[9]
    assert found.changes == (
        Change(Feature.DOCUMENT, "policy v1", "policy v2"),
        Change(Feature.MODEL, "m1", "m2"),
        Change(Feature.REVISION, "autumn v13", "autumn v14"),
    )


def test_nothing_good_before_it() -> None:
    found = onset([case(0, failing=True), case(1, failing=True)], BOOM)
    assert found is not None
    assert (found.healthy, found.changes) == (None, ())


def test_without_a_start_there_is_no_time() -> None:
    assert onset([case(0)], BOOM) is None
    assert onset([case(0, failing=True, started_at=None)], BOOM) is None


@pytest.mark.parametrize("days", [0, 1, 30, 4000, 700_000])
def test_the_buckets_hold_everything_and_are_few_up_to_years(days: int) -> None:
    first, last = case(0, failing=True), case(1, started_at=NOON + timedelta(days=days))
    found = onset([first, last], BOOM)
    assert found is not None
    assert sum(bucket.total for bucket in found.buckets) == 2
    assert len(found.buckets) <= 48 or days > 10_000
    assert found.buckets[0].start <= NOON < found.buckets[0].start + found.width
