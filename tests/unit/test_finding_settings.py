"""`[findings]` of config.toml."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feather_tui.demo import incident
from feather_tui.errors import SettingsInvalid
from feather_tui.finding_settings import NUMBERS, thresholds_from
from feather_tui.findings.evaluate import evaluate
from feather_tui.findings.thresholds import Limit, Thresholds
from feather_tui.session.identity import DocumentKind
from feather_tui.session.reading import read_session
from feather_tui.toml_table import Table

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


def read(values: dict[str, object]) -> Thresholds:
    return thresholds_from(Table(Path("config.toml"), values, lambda: ("findings.tool_ms",), "findings"))


def test_an_empty_table_is_the_defaults() -> None:
    assert read({}) == Thresholds()
    assert len(NUMBERS) > 15


def test_numbers_pairs_and_channels_are_taken_and_the_others_stay() -> None:
    changed = read(
        {
            "repeats_high": 5,
            "tool_ms": [100, 200],
            "reply_ms": {"voice": [1, 2]},
            "pause_seconds": {"chat": 9},
        }
    )
    assert changed.repeats_high == 5
    assert changed.tool_ms == Limit(100, 200)
    assert changed.reply_limit("voice") == Limit(1, 2)
    assert changed.reply_limit("chat") == Thresholds().reply_limit("chat")
    assert changed.pause_limit("chat") == 9
    assert replace(changed, repeats_high=3, tool_ms=Thresholds().tool_ms).retrieval_ms == 2_000


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"tool_msec": 1}, "tool_ms"),
        ({"repeats_high": "x"}, "a number from 0 on"),
        ({"repeats_high": True}, "a number from 0 on"),
        ({"tool_ms": [1]}, "two numbers"),
        ({"reply_ms": 3}, "a table"),
        ({"wording": "no"}, "true or false"),
    ],
)
def test_what_is_wrong_is_named(values: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsInvalid, match=said) as refused:
        read(values)
    assert "config.toml" in str(refused.value)


def test_without_wording_no_rule_reads_what_was_said() -> None:
    session_id = incident.session_id("headset-refund")
    body = incident.replies(session_id)[DocumentKind.ANALYSIS].body
    found = {wording: rules(body, wording=wording) for wording in (True, False)}
    assert {"HUMAN_ASKED", "USER_REPEAT"} <= found[True]
    assert found[False].isdisjoint({"HUMAN_ASKED", "USER_REPEAT", "FRUSTRATION"})
    assert "TOOL_ERROR" in found[False]


def rules(body: object, *, wording: bool) -> set[str]:
    session = read_session(json.dumps(body).encode()).document
    return {
        finding.rule
        for finding in evaluate(session, None, now=NOW, thresholds=read({"wording": wording})).found
    }
