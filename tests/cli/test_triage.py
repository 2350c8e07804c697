"""`triage` and `common`: what they print of many sessions, in every format, and what is said of the rest."""

from __future__ import annotations

import csv
import io
import json

import pytest
import triage_incident
from command_line import Feather
from documents import analysis, call, row
from loopback import LoopbackApi
from loopback_answers import failure

from feather_tui.budget import Budget
from feather_tui.export.cases import COLUMNS
from feather_tui.triage.case import Case, case_from_json

SAMPLES = tuple(triage_incident.sessions(3))
LOG = "\n".join(f"14:02:11 ERROR session_id={sample.session_id} gone wrong" for sample in SAMPLES).encode()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request waits for its turn."""

    async def at_once(seconds: float) -> None:
        assert seconds > 0

    defaults = Budget.__init__.__kwdefaults__ or {}
    monkeypatch.setattr(Budget.__init__, "__kwdefaults__", defaults | {"sleep": at_once})


@pytest.fixture
def incident(server: LoopbackApi) -> LoopbackApi:
    for sample in SAMPLES:
        server.serve(sample.session_id, analysis=sample.analysis, extraction=sample.extraction)
    return server


def triage(feather: Feather, *words: str, piped: bytes = LOG) -> tuple[int, str, str]:
    outcome = feather("triage", "-", "--rate", "50", *words, piped=piped)
    return outcome.status, outcome.out, outcome.err


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_line_of_json_a_session_and_nothing_asked_twice(feather: Feather, incident: LoopbackApi) -> None:
    status, out, err = triage(feather, "--format", "jsonl")

    assert (status, err) == (0, "")
    came: dict[str, Case] = {}
    for line in rows(out):
        assert tuple(line) == COLUMNS
        assert line.pop("error") is None
        came[str(line["session_id"])] = case_from_json(line)
    assert came == {sample.session_id: triage_incident.case_from(sample) for sample in SAMPLES}
    assert len(incident.requests) == 80

    again = triage(feather, "--format", "jsonl")
    assert sorted(again[1].splitlines()) == sorted(out.splitlines())
    assert len(incident.requests) == 80


def test_a_table_newest_first(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    status, out, err = triage(feather)
    heading, *lines = out.splitlines()
    assert (status, err, len(lines)) == (0, "", 40)
    assert heading.split()[:3] == ["session", "start", "(UTC)"]
    assert heading.endswith("first cause")
    starts = [line[38:57] for line in lines]
    assert starts == sorted(starts, reverse=True)
    assert sum("TOOL_ERROR refund_order timed out <n> ms" in line for line in lines) == 14


def test_json_is_one_list(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    _, out, _ = triage(feather, "--format", "json")
    assert len(json.loads(out)) == 40
    elsewhere = ("--offline", "--base-url", "http://127.0.0.1:1")
    status, out, _ = triage(feather, "--format", "json", *elsewhere)
    assert status == 6
    assert {row["error"] for row in json.loads(out)} == {"not cached"}


def test_csv_has_the_same_columns_and_nothing_that_acts(feather: Feather, server: LoopbackApi) -> None:
    sample = SAMPLES[0]
    hostile = analysis(
        row("user", "hello"),
        session_id=sample.session_id,
        completion_reason="=cmd|'/c calc'!A1",
        channel="\x1b[2Jchat",
        tool_calls=[call("c1", "refund", error="boom, 17"), call("c2", "lookup", error="gone")],
    )
    server.serve(sample.session_id, analysis=hostile, extraction=failure(404))
    outcome = feather("triage", sample.session_id, "--format", "csv")
    assert "\x1b" not in outcome.out
    heading, line = csv.reader(io.StringIO(outcome.out))
    assert tuple(heading) == COLUMNS
    cells = dict(zip(heading, line, strict=True))
    assert cells["reason"] == "'=cmd|'/c calc'!A1"
    assert cells["errors"] == "refund boom, <n>; lookup gone"
    assert (cells["failed"], cells["extraction"], cells["error"], cells["tools"]) == ("true", "none", "", "2")


def test_what_did_not_come_has_a_row_and_is_told(feather: Feather, incident: LoopbackApi) -> None:
    absent, live = SAMPLES[0].session_id, SAMPLES[1].session_id
    incident.serve(absent, analysis=failure(404))
    incident.serve(live, analysis=failure(409))
    status, out, err = triage(feather, "--format", "jsonl")
    lacking = {line["session_id"]: line for line in rows(out) if line["error"]}
    assert status == 0
    assert {name: line["error"] for name, line in lacking.items()} == {
        absent: "not found",
        live: "still live",
    }
    assert all(tuple(line) == COLUMNS and line["failed"] is None for line in lacking.values())
    assert "38 of 40 sessions are here; missing: 1 not found, 1 still live." in err.replace(
        "1 still live, 1 not found", "1 not found, 1 still live"
    )


def test_a_refused_key_ends_it_with_its_status(feather: Feather, incident: LoopbackApi) -> None:
    for path in incident.answers:
        incident.answers[path] = failure(401)
    status, out, err = triage(feather)
    assert (status, out) == (3, "")
    assert "refused the API key" in err
    assert "0 of 40 sessions are here; missing: " in err
    assert "not asked for" in err


def test_a_table_may_be_narrowed_sorted_and_grouped(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    status, out, err = triage(feather, "--where", 'error:"erp timeout"')
    assert (status, len(out.splitlines())) == (0, 15)
    assert "26 sessions are left out: --where does not keep them." in err

    _, out, _ = triage(feather, "--where", "failed:yes", "--sort", "worst")
    worst = [line[70:78].strip() for line in out.splitlines()[1:]]
    assert worst == sorted(worst, key=["critical", "high", "medium", "low"].index)

    _, out, _ = triage(feather, "--group", "cause")
    heading, *groups = out.splitlines()
    assert heading.split() == ["sessions", "failed", "value"]
    assert "      14      14  TOOL_ERROR refund_order timed out <n> ms" in groups
    assert triage(feather, "--group", "cause", "--format", "csv")[0] == 2
    assert triage(feather, "--where", "nobody:x")[0] == 2


def test_nothing_given_is_said(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    outcome = feather("triage")
    assert (outcome.status, outcome.out) == (2, "")
    assert "No session was given." in outcome.err


@pytest.mark.parametrize("rate", ["0", "51", "five", "-1"])
def test_a_rate_that_would_harm_is_refused(feather: Feather, rate: str) -> None:
    assert feather("triage", "-", f"--rate={rate}", piped=LOG).status == 2


# ---------------------------------------------------------------------- common


def test_the_planted_cause_comes_first_and_its_hour_is_told(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    outcome = feather("common", "-", "--rate", "50", piped=LOG)
    answer, _, _, first, *_ = outcome.out.splitlines()
    assert outcome.status == 0
    assert answer.endswith(
        f"14 of these and none of the others have this tool error: {triage_incident.SIGNATURE}"
    )
    assert first.startswith(" 14/")
    assert first.endswith(f"  tool error         {triage_incident.SIGNATURE}")
    assert "   since         2026-11-20 14:" in outcome.out
    assert "   last healthy  2026-11-20 " in outcome.out


def test_the_comparison_as_json(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    compared = json.loads(feather("common", "-", "--rate", "50", "--format", "json", piped=LOG).out)
    first = compared["shared"][0]
    assert (compared["sessions"], first["value"], first["claimed"]) == (40, triage_incident.SIGNATURE, True)
    assert (first["n_with"], first["n_without"], first["lift"]) == (14, 0, None)
    (onset,) = compared["onsets"]
    assert onset["since"].startswith("2026-11-20T14:")
    assert sum(bucket["hits"] for bucket in onset["buckets"]) == 14


def test_with_nothing_to_compare_it_counts(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    failing = [sample for sample in SAMPLES if triage_incident.case_from(sample).failed]
    out = feather("common", *(sample.session_id for sample in failing), "--rate", "50").out
    assert f"All of {len(failing)} sessions failed" in out
    assert f"14/{len(failing)}  tool error         {triage_incident.SIGNATURE}" in out
    well = [sample for sample in SAMPLES if not triage_incident.case_from(sample).failed]
    out = feather("common", *(sample.session_id for sample in well), "--rate", "50").out
    assert out.startswith(f" None of {len(well)} sessions failed")


def test_other_sessions_than_the_failing_may_be_compared(feather: Feather, incident: LoopbackApi) -> None:
    assert incident.requests == []
    out = feather("common", "-", "--rate", "50", "--where", 'error:"erp timeout"', piped=LOG).out
    answer, _, _, first, *_ = out.splitlines()
    assert answer.startswith(
        " 14 of 40 sessions are kept by --where; 14 of these and none of the others have "
    )
    assert first.endswith("TOOL_ERROR refund_order timed out <n> ms")
    assert triage_incident.CULPRIT in out
    assert triage_incident.SIGNATURE not in out


def test_where_nothing_is_planted_nothing_is_claimed(feather: Feather, server: LoopbackApi) -> None:
    quiet = tuple(triage_incident.sessions(3, planted=False))
    for sample in quiet:
        server.serve(sample.session_id, analysis=sample.analysis, extraction=sample.extraction)
    out = feather("common", *(sample.session_id for sample in quiet), "--rate", "50").out
    assert "Nothing stands out: what they share may well be chance." in out


def test_the_demo_needs_nothing(feather: Feather) -> None:
    out = feather("triage", "--demo").out
    assert len(out.splitlines()) > 20
    assert "sessions failed" in feather("common", "--demo").out
