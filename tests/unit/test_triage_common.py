"""What failing sessions share: the planted cause comes first, and chance is not taken for one."""

from __future__ import annotations

import random
from math import comb
from uuid import UUID

import pytest
import triage_incident

from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case
from feather_tui.triage.common import Shared, shared, tallied
from feather_tui.triage.features import Feature
from feather_tui.triage.signature import Signature


def case(number: int, **fields: object) -> Case:
    return Case(**{"session_id": SessionId(str(UUID(int=number))), "findings": {}, **fields})  # type: ignore[arg-type]  # a test's few fields


def split(cases: list[Case]) -> list[Shared]:
    return shared([row for row in cases if row.failed], [row for row in cases if not row.failed])


@pytest.mark.parametrize("seed", range(6))
def test_the_planted_cause_is_named_first(seed: int) -> None:
    first, *_ = split(triage_incident.cases(seed))

    assert (first.feature, first.value) == (Feature.TOOL_ERROR, triage_incident.SIGNATURE)
    assert (first.n_with, first.n_without, first.claimed, first.small) == (14, 0, True, False)
    assert first.p < 0.001
    assert first.lift is None


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_claimed_where_nothing_is_planted(seed: int) -> None:
    assert not [row for row in split(triage_incident.cases(seed, planted=False)) if row.claimed]


def test_false_claims_are_rarer_than_one_in_twenty() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    tries, false = 400, 0
    for _ in range(tries):
        rows = [
            case(
                number,
                agent=chance.choice("abcd"),
                channel=chance.choice(("chat", "voice")),
                models=(chance.choice(("m1", "m2", "m3")),),
                documents=tuple((f"doc-{chance.randrange(20)}", None) for _ in range(3)),
                failed=chance.random() < 0.35,
            )
            for number in range(40)
        ]
        false += any(row.claimed for row in split(rows))
    assert false <= tries * 0.05


def test_numbers_lift_and_correction() -> None:
    failing = [case(number, agent="a" if number < 9 else "b", kb=str(number % 2)) for number in range(10)]
    others = [case(number, agent="a" if number < 30 else "b", kb="0") for number in range(20, 120)]
    rows = {row.value: row for row in shared(failing, others)}

    row = rows["a"]
    assert (row.n_with, row.of_with, row.n_without, row.of_without) == (9, 10, 10, 100)
    assert row.lift == pytest.approx(9.0)
    assert row.p == pytest.approx((comb(19, 9) * 91 + comb(19, 10)) / comb(110, 10))
    assert row.p_corrected == pytest.approx(row.p * 2)
    assert list(rows) == ["a", "1"]


def test_a_thousand_sessions_with_every_kind_of_failure_share_nothing() -> None:
    chance = random.Random(11)  # noqa: S311 - no secret
    rows = []
    for number in range(1000):
        error = Signature(chance.choice("tuvw"), chance.choice("abcde")) if chance.random() < 0.1 else None
        rows.append(
            case(
                number,
                agent=chance.choice("abcd"),
                errors=(error,) if error else (),
                failed=bool(error) or chance.random() < 0.05,
            )
        )
    compared = split(rows)
    assert sum(row.beyond_chance for row in compared) > 10
    assert not [row for row in compared if row.claimed]


def test_small_groups_are_said_to_be_small() -> None:
    failing = [case(number, kb="old") for number in range(3)]
    others = [case(number, kb="new") for number in range(10, 30)]
    first, *_ = shared(failing, others)
    assert (first.value, first.claimed, first.small) == ("old", True, True)


def test_what_could_never_be_told_from_chance_is_not_compared() -> None:
    failing = [case(number, agent="same", documents=((f"own-{number}", "v1"),)) for number in range(10)]
    others = [case(number, agent="same") for number in range(20, 30)]
    assert shared(failing, others) == []
    assert shared(failing, []) == []
    assert shared([], []) == []


def test_a_count_without_a_comparison() -> None:
    rows = [case(number, agent="a", channel="chat" if number else "sms") for number in range(3)]
    assert tallied(rows) == [(Feature.AGENT, "a", 3), (Feature.CHANNEL, "chat", 2)]
