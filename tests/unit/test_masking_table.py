"""The table says what is masked and what is not; each of its examples is tried here."""

from __future__ import annotations

import subprocess
import sys

import pytest

from feather_tui.export.masking.kind import Kind, counts_in
from feather_tui.export.masking.masker import Masker
from feather_tui.export.masking.table import MASKED, NOT_MASKED, Case

EVERY = [pytest.param(case, id=case.what) for case in (*MASKED, *NOT_MASKED)]


@pytest.mark.parametrize("case", EVERY)
def test_an_example_becomes_what_the_table_says(case: Case) -> None:
    assert Masker().text(case.example) == case.becomes


@pytest.mark.parametrize("case", EVERY)
def test_an_example_in_a_sentence_becomes_the_same(case: Case) -> None:
    if not case.example.startswith("{"):
        assert Masker().text(f"So: {case.example}. Right?") == f"So: {case.becomes}. Right?"


@pytest.mark.parametrize("case", EVERY)
def test_masking_twice_changes_nothing_and_counts_nothing(case: Case) -> None:
    again = Masker()

    assert again.text(case.becomes) == case.becomes
    assert not again.counts


def test_every_kind_is_in_the_table() -> None:
    assert set(counts_in(" ".join(case.becomes for case in MASKED))) == set(Kind)
    assert not counts_in(" ".join(case.example for case in MASKED))
    assert all(case.example == case.becomes for case in NOT_MASKED)
    assert all(case.example != case.becomes for case in MASKED)


def test_the_program_prints_the_table() -> None:
    command = [sys.executable, "-m", "feather_tui.export.masking.table"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout

    assert all(f"| `{case.example}` |" in printed for case in (*MASKED, *NOT_MASKED))
    rows = [line for line in printed.splitlines() if line]
    assert {row.count(" | ") for row in rows[: len(MASKED) + 2] if "---" not in row} == {2}
