"""`diff`: two sessions beside each other, the second one found in the cache if only one was given."""

from __future__ import annotations

import json

import pytest
import triage_incident
from command_line import Feather
from loopback import LoopbackApi
from loopback_answers import failure

SAMPLES = tuple(triage_incident.sessions(3))
CASES = {sample.session_id: triage_incident.case_from(sample) for sample in SAMPLES}
BAD = next(name for name, case in CASES.items() if triage_incident.SIGNATURE in {e.text for e in case.errors})
GOOD = next(name for name, case in CASES.items() if not case.failed)


@pytest.fixture
def incident(server: LoopbackApi) -> LoopbackApi:
    for sample in SAMPLES:
        server.serve(sample.session_id, analysis=sample.analysis, extraction=sample.extraction)
    return server


def test_where_they_part_and_what_is_different(feather: Feather, incident: LoopbackApi) -> None:
    outcome = feather("diff", BAD, GOOD)
    assert (outcome.status, outcome.err) == (0, "")
    assert f" A {BAD} " in outcome.out
    assert " tool errors " in outcome.out
    assert " they part at step 3 of " in outcome.out
    assert len(incident.requests) == 4


def test_as_json(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    told = json.loads(feather("diff", BAD, GOOD, "--format", "json").out)
    assert told["sessions"] == [BAD, GOOD]
    assert told["steps"][told["parting"]]["left"]["what"] == "refund_order error"
    assert {each["name"] for each in told["differences"]} >= {"tool errors", "first cause"}


def test_the_other_one_is_found_in_the_cache(feather: Feather, incident: LoopbackApi) -> None:
    alone = feather("diff", BAD)
    assert (alone.status, alone.out) == (6, "")
    assert "the cache has no row of one that went well" in alone.err

    ids = "\n".join(CASES).encode()
    assert feather("triage", "-", "--rate", "50", piped=ids).status == 0
    incident.requests.clear()
    outcome = feather("diff", BAD, "--format", "json")
    other = json.loads(outcome.out)["sessions"][1]
    assert CASES[other].outcome == "resolved"
    assert not CASES[other].failed
    assert other in outcome.err


def test_what_did_not_come_is_told(feather: Feather, incident: LoopbackApi) -> None:
    incident.serve(GOOD, analysis=failure(404))
    outcome = feather("diff", BAD, GOOD)
    assert (outcome.status, outcome.out) == (4, "")
    assert "was not found (HTTP 404)" in outcome.err


def test_three_are_too_many(feather: Feather, incident: LoopbackApi) -> None:
    outcome = feather("diff", *list(CASES)[:3])
    assert (outcome.status, outcome.out, incident.requests) == (2, "", [])
    assert "3 sessions were given." in outcome.err
