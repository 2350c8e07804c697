from __future__ import annotations

from typing import Any

import pytest
from textual.strip import Strip

from feather_tui.cli.doctor.check import Verdict
from feather_tui.cli.doctor.output import check_output
from feather_tui.locations import Locations
from feather_tui.settings import Settings, load


def settings(**environ: str) -> Settings:
    return load(Locations.default(), environ)


def test_differences_are_the_default() -> None:
    check = check_output(settings())

    assert (check.verdict, check.name) == (Verdict.OK, "output")
    assert check.finding.startswith("difference")


def test_plain_output_says_who_asked_for_it() -> None:
    check = check_output(settings(FEATHER_OUTPUT="plain"))

    assert check.verdict is Verdict.OK
    assert check.finding.startswith("plain, as FEATHER_OUTPUT asks")


def test_plain_output_for_want_of_differences_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def render_ansi(style: Any) -> str:
        return str(style)

    monkeypatch.setattr(Strip, "render_ansi", render_ansi)

    check = check_output(settings())

    assert check.verdict is Verdict.WARN
    assert check.finding.startswith("plain")
    assert "Strip.render_ansi takes other parameters" in check.finding
    assert check.advice
