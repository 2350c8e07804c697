"""Ctrl-C while a command runs, whatever the code that it hit made of it."""

from __future__ import annotations

import argparse

import pytest
from command_line import Feather

import feather_tui.cli as program


def interrupted() -> None:
    raise KeyboardInterrupt


def told_to_end() -> None:
    raise SystemExit(129)


def interrupted_while_cleaning_up() -> None:
    try:
        interrupted()
    finally:
        raise AttributeError("half of it is gone")


def interrupted_in_a_class() -> None:
    try:
        interrupted()
    except KeyboardInterrupt as error:
        raise RuntimeError("Error calling __set_name__") from error


@pytest.mark.parametrize(
    "happens",
    [interrupted, interrupted_while_cleaning_up, interrupted_in_a_class],
    ids=lambda it: it.__name__,
)
def test_it_ends_without_a_word_and_with_its_status(
    feather: Feather, monkeypatch: pytest.MonkeyPatch, happens: object
) -> None:
    def run(_: argparse.Namespace) -> int:
        assert callable(happens)
        happens()
        return 0

    monkeypatch.setattr(program, "_dispatch", run)

    outcome = feather("show", "--demo", "x")

    assert (outcome.status, outcome.out, outcome.err) == (130, "", "")


def test_a_signal_that_became_another_exception_keeps_its_status(
    feather: Feather, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(_: argparse.Namespace) -> int:
        try:
            told_to_end()
        except SystemExit as error:
            raise RuntimeError("Error calling __set_name__") from error
        return 0

    monkeypatch.setattr(program, "_dispatch", run)

    outcome = feather("show", "--demo", "x")

    assert (outcome.status, outcome.out, outcome.err) == (129, "", "")
