"""What sessions share, since when, and how two differ, as rows: the answer first, whole, harmless."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import triage_incident
from documents import SESSION_ID, analysis, call, extraction, read, read_extracted, row, trace
from hypothesis import given, settings
from hypothesis import strategies as st
from looks import lines, look
from wild_documents import HOSTILE

from feather_tui.rendering.ascii_signs import in_ascii
from feather_tui.rendering.clock import TimeMode
from feather_tui.rendering.common import Commonality, ValueBlock, common_blocks
from feather_tui.rendering.compare import SIDE_BY_SIDE, BesideBlock, Letter, compared_blocks
from feather_tui.rendering.onset import OpeningBlock, bars, hours_under, onset_page
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.row import text_of, width_of
from feather_tui.session.identity import SessionId
from feather_tui.session.summary import summarize
from feather_tui.session.timeline import build
from feather_tui.triage.case import Case
from feather_tui.triage.compare import Side, compare
from feather_tui.triage.features import Feature
from feather_tui.triage.onset import Onsets
from feather_tui.triage.signature import Signature

CASES = triage_incident.cases(3)
FAILED = [case for case in CASES if case.failed]
WELL = [case for case in CASES if not case.failed]
PLANTED = [case for case in CASES if triage_incident.SIGNATURE in {error.text for error in case.errors}]
WIDTHS = (40, 80, 100, 120, 200)
hostile = st.lists(st.sampled_from([*HOSTILE, "a", "\n", "日本", '"']), min_size=1, max_size=5).map("".join)


def case(number: int, **fields: Any) -> Case:
    start = triage_incident.DAY + timedelta(minutes=number)
    return Case(
        **{"session_id": SessionId(str(UUID(int=number))), "started_at": start, "findings": {}, **fields}
    )


def common_lines(chosen: Sequence[Case], others: Sequence[Case], width: int = 120) -> list[str]:
    return lines(common_blocks(Commonality.of(chosen, others, "failed"), look(width)), width)


def check(blocks: Sequence[Block], width: int) -> None:
    """Every row fits, folded and unfolded, and holds nothing that acts."""
    for block in blocks:
        for expanded in (False, True):
            for line in block.rows(look(width), expanded=expanded, parts=1):
                assert width_of(line) <= width
                assert not {"\x1b", "\n", "\r", "\x07", "\u202e"} & set(text_of(line))


# ---------------------------------------------------------------------- what they share


def test_the_answer_is_the_first_line_and_each_row_its_numbers_in_columns() -> None:
    answer, blank, heading, first, *_ = common_lines(FAILED, WELL, 160)

    assert answer == (
        " 23 of 40 sessions failed; 14 of these and none of the others have this tool error: "
        f"{triage_incident.SIGNATURE}"
    )
    assert blank == ""
    for column, value in (
        ("these", "14/23"),
        ("lift", "only there"),
        ("p ", "0.00063"),
        ("what", "tool error"),
        ("value", triage_incident.SIGNATURE),
    ):
        assert heading.index(column) == first.index(value), column


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_value_goes_on_below_and_nothing_of_it_is_cut(width: int) -> None:
    error = Signature("tool", " ".join(f"word{number}" for number in range(20)))
    chosen = [case(number, errors=(error,)) for number in range(12)]
    shown = common_lines(chosen, [case(100 + number) for number in range(12)], width)

    assert not any("…" in line for line in shown)
    assert " ".join(" ".join(shown).split()).count("word19") == 2


def test_small_numbers_are_said_to_be_small_and_near_ones_not_claimed() -> None:
    chosen = [case(number, agent="a" if number < 4 else "b", started_at=None) for number in range(4)]
    others = [case(100 + number, agent="b", started_at=None) for number in range(8)]
    few = "\n".join(common_lines(chosen, others))
    assert "few  agent              a" in few
    assert "few: it rests on few sessions" in few

    near = [case(number, agent="a", channel="cd"[number > 0], started_at=None) for number in range(3)]
    rest = [
        case(100 + number, agent="ab"[number > 0], channel="cd"[number > 2], started_at=None)
        for number in range(6)
    ]
    shown = common_lines(near, rest)
    assert "Nothing stands out" in shown[0]
    assert " Near it, and still chance perhaps, so not claimed:" in shown
    assert "values were compared; above p = 0.05 nothing is claimed." in "\n".join(shown)


@pytest.mark.parametrize(
    ("chosen", "others", "said"),
    [
        ([], WELL, "None of 17 sessions failed: there is nothing that they could share."),
        (FAILED, [], "All of 23 sessions failed, so that there is nothing to compare them with."),
        (FAILED[:2], WELL[:2], "So few cannot tell: whatever they share may well be chance."),
        (FAILED[:4], FAILED[4:8], "Nothing stands out: what they share may well be chance."),
    ],
)
def test_where_nothing_is_claimed_one_sentence_says_so(
    chosen: list[Case], others: list[Case], said: str
) -> None:
    shown = common_lines(chosen, others)
    assert said in shown[0]
    if others:
        assert triage_incident.SIGNATURE not in "\n".join(shown)


def test_every_row_about_a_value_narrows_to_it() -> None:
    found = Commonality.of(FAILED, WELL, "failed", {Feature.TOOL_ERROR})
    queries = [block.query for block in common_blocks(found, look()) if isinstance(block, ValueBlock)]

    assert queries[0] == 'cause:="TOOL_ERROR refund_order timed out <n> ms"'
    assert f'agent:="{triage_incident.CULPRIT}"' in queries
    assert not any(query.startswith("error:") for query in queries)


# ---------------------------------------------------------------------- since when


def test_the_beginning_is_the_first_line_and_its_sessions_are_led_to() -> None:
    found = Onsets.of(CASES)
    blocks = onset_page(found, look(120))
    shown = lines(blocks, 120)
    first = min(PLANTED, key=lambda each: each.started_at or triage_incident.DAY)

    assert shown[0] == f" Since 2026-11-20 14:16:59Z: {triage_incident.SIGNATURE}."
    place = shown.index(f" {triage_incident.SIGNATURE}")
    over_time, hours, since, healthy, changed = shown[place + 1 : place + 6]
    assert over_time.endswith("   14 of 40 sessions, at most 4 in 30 min")
    assert hours.split()[:2] == ["08:00", "09:00"]
    assert since == f"   since         2026-11-20 14:16:59Z  {first.session_id}"
    assert healthy.startswith("   last healthy  2026-11-20 1")
    assert changed.startswith("   changed       knowledge bases ")
    assert {block.opens for block in blocks} >= {first.session_id}
    assert shown[1] == " 2026-11-20 08:00:00Z to 2026-11-20 17:00:00Z, 30 min a sign"


def test_where_nothing_begins_nothing_is_said_to() -> None:
    always = [case(number, failed=number % 3 == 0, errors=(Signature("t", "e"),)) for number in range(30)]
    shown = lines(onset_page(Onsets.of(always), look(120)), 120)
    assert shown[0].startswith(" Nothing has a clear beginning")
    assert "no clear beginning" in "\n".join(shown[2:])
    well = lines(onset_page(Onsets.of(WELL), look(120)), 120)
    assert well[0] == " None of 17 sessions with a start failed: nothing could begin."
    assert lines(onset_page(Onsets.of([]), look())) == [
        " None of 0 sessions with a start failed: nothing could begin."
    ]


def test_the_higher_the_number_the_higher_its_sign_in_ascii_too() -> None:
    assert bars([0, 1, 2, 3, 4, 5, 6, 7, 8]) == " ▁▂▃▄▅▆▇█"
    assert in_ascii(bars([0, 1, 2, 3, 4, 5, 6, 7, 8])) == " _-=+*%@#"
    assert bars([1, 1_000_000]) == "▁█"
    assert bars([]) == bars([0]).strip() == ""


@pytest.mark.parametrize("minutes", [1, 40, 700, 3_000, 100_000, 3_000_000])
@pytest.mark.parametrize("mode", TimeMode)
def test_the_hours_stand_under_their_bars_and_apart(minutes: int, mode: TimeMode) -> None:
    cases = [case(number * minutes, failed=number > 20) for number in range(48)]
    found = Onsets.of(cases).overall
    assert found is not None
    for stretch in (1, 2, 4):
        hours = hours_under(found, stretch, look(mode=mode).clock)
        assert 1 <= len(hours.split()) <= len(found.buckets)
        assert hours.split("  ")[0]
        assert len(hours) <= stretch * len(found.buckets) + len("2026-11")
        assert all(4 < len(label) < 8 for label in hours.split())


# ---------------------------------------------------------------------- two sessions


def side(name: str, text: str, **fields: Any) -> Side:
    document = analysis(row("user", text), row("assistant", "Let me look.", second=2), **fields)
    session = read(document)
    timeline = build(session)
    sample = triage_incident.Sample(SessionId(SESSION_ID), document, extraction())
    return Side(
        case=replace(triage_incident.case_from(sample), session_id=SessionId(name)),
        summary=summarize(session, timeline),
        timeline=timeline,
        extraction=read_extracted(sample.extraction),
    )


GOOD = side("good", "Where is order 8812?", tool_calls=[call("c1", result="{}")], rag_traces=[trace("k1")])
BAD = side("bad", "Where is order 9931?", tool_calls=[call("c1", error="boom")], rag_traces=[trace("k1")])


def blocks_of(width: int, chosen: Letter | None = None) -> list[Block]:
    cases = {Letter.A: BAD.case, Letter.B: GOOD.case}
    return compared_blocks(compare(BAD, GOOD), cases, look(width), chosen)


def test_beside_each_other_the_bar_between_them_is_one_line() -> None:
    shown = lines(blocks_of(120), 120)
    bars_at = {line.index("│") for line in shown if "│" in line}

    assert len(bars_at) == 1
    assert shown[0].split("│")[0].strip() == "A bad"
    parting = next(line for line in shown if line.startswith(" >> "))
    assert parting.split()[1:3] == ["lookup_order", "error:"]
    assert "boom" in parting
    assert "│ ok: " in parting
    assert next(line for line in shown if line.startswith("    user ")).count("Where is order") == 2


def test_below_each_other_what_is_the_same_stands_once() -> None:
    shown = lines(blocks_of(80), 80)

    assert shown[0].startswith(" A bad  2026-11-20 14:02:11Z, resolved")
    assert shown[1].startswith(" B good  ")
    user = next(place for place, line in enumerate(shown) if line.startswith("    user "))
    assert shown[user].split()[1] == "="
    parting = next(place for place, line in enumerate(shown) if line.startswith(" >> "))
    assert (shown[parting].split()[2], shown[parting + 1].split()[0]) == ("A", "B")


def test_each_line_of_a_step_is_of_its_session() -> None:
    steps = [block for block in blocks_of(80) if isinstance(block, BesideBlock) and block.positions]
    parting = next(block for block in steps if not block.same)
    rows = parting.rows(look(80), expanded=True, parts=1)

    letters = [parting.letter_at(place) for place in range(len(rows))]
    assert letters == sorted(letters, key=str)
    assert set(letters) == {Letter.A, Letter.B}
    assert letters[parting.to_other(0)] is Letter.B
    assert letters[len(rows) - 1 + parting.to_other(len(rows) - 1)] is Letter.A
    parting.rows(look(SIDE_BY_SIDE), expanded=True, parts=1)
    assert parting.letter_at(0) is None


# ---------------------------------------------------------------------- whatever there is


@given(hostile, hostile, st.sampled_from(WIDTHS))
@settings(deadline=None, max_examples=40)
def test_nothing_acts_and_nothing_is_too_wide(one: str, other: str, width: int) -> None:
    cases = [
        case(
            number,
            agent=one,
            channel=other,
            errors=(Signature(one, other),) if number > 20 else (),
            documents=((one, other),) if number > 20 else ((one, one),),
            models=(other,) if number > 20 else (one,),
            failed=number > 20,
        )
        for number in range(40)
    ]
    check(common_blocks(Commonality.of(cases[21:], cases[:21], "failed"), look(width)), width)
    check(onset_page(Onsets.of(cases), look(width)), width)
    wild = side(SESSION_ID, one or "x", channel=other, tool_calls=[call("c1", one, error=other)])
    for pair in ((wild, GOOD), (GOOD, None), (None, wild)):
        named = {letter: each.case for letter, each in zip(Letter, pair, strict=True) if each}
        check(compared_blocks(compare(*pair), named, look(width), Letter.A), width)


def test_an_onset_block_leads_where_it_says() -> None:
    for block in onset_page(Onsets.of(CASES), look(120)):
        assert isinstance(block, OpeningBlock)
        text = text_of(block.rows(look(120), expanded=False, parts=1)[0])
        if text.startswith(("   since", "   first seen", "   last healthy  2")):
            assert block.opens == text.split()[-1]
