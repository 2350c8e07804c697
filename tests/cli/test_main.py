from __future__ import annotations

import argparse
import os
import resource
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import NoReturn

import pytest
from command_line import Feather

import feather_tui.cli
from feather_tui import errors

Put = Callable[[Callable[[argparse.Namespace], int]], None]


@pytest.fixture
def put_in_place_of_show(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Let `show` be something that ends as a test wants it to."""

    def put(run: Callable[[argparse.Namespace], int]) -> None:
        monkeypatch.setitem(sys.modules, "feather_tui.cli.show", SimpleNamespace(run=run))

    return put


def raising(error: BaseException) -> Callable[[argparse.Namespace], NoReturn]:
    def run(_: argparse.Namespace) -> NoReturn:
        raise error

    return run


def test_version(feather: Feather) -> None:
    outcome = feather("--version")

    assert outcome.out == f"feather-tui {feather_tui.__version__}\n"
    assert (outcome.status, outcome.err) == (0, "")


def test_version_among_other_words(feather: Feather) -> None:
    assert feather("--demo", "--version").out == feather("--version").out


def test_help_is_data(feather: Feather) -> None:
    outcome = feather("--help")

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("examples:\n")


def test_a_misunderstanding_is_one_line_on_standard_error(feather: Feather) -> None:
    outcome = feather("show")

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("feather-tui: ")
    assert outcome.err.count("\n") == 1


def test_the_status_of_the_command_is_the_status(feather: Feather, put_in_place_of_show: Put) -> None:
    put_in_place_of_show(lambda arguments: len(arguments.references[0]))

    assert feather("show", "four").status == 4


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (errors.ReferenceUnreadable, 2),
        (errors.SettingsInvalid, 2),
        (errors.KeyMissing, 3),
        (errors.KeyRefused, 3),
        (errors.AccessDenied, 3),
        (errors.NotFound, 4),
        (errors.SessionLive, 5),
        (errors.TimedOut, 6),
        (errors.ServerFailed, 6),
        (errors.NotCached, 6),
        (errors.DocumentUnreadable, 7),
        (errors.FeatherError, 1),
    ],
)
def test_a_failure_is_a_sentence_an_advice_and_its_status(
    feather: Feather, put_in_place_of_show: Put, failure: type[errors.FeatherError], status: int
) -> None:
    put_in_place_of_show(raising(failure("It went wrong.", "Do this.")))

    outcome = feather("show", "x")

    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err == "feather-tui: It went wrong. Do this.\n"


def test_a_hostile_sentence_stays_one_harmless_line(feather: Feather, put_in_place_of_show: Put) -> None:
    put_in_place_of_show(raising(errors.FeatherError("\x1b]52;c;Zm9v\x07 and\nmore\x9b2J\u202e")))

    outcome = feather("show", "x")

    assert outcome.err.count("\n") == 1
    assert not set(outcome.err) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_interrupted(feather: Feather, put_in_place_of_show: Put) -> None:
    put_in_place_of_show(raising(KeyboardInterrupt()))

    outcome = feather("show", "x")

    assert (outcome.status, outcome.out, outcome.err) == (130, "", "")


def fail_on_a_secret(_: argparse.Namespace) -> int:
    secret = "a customer's words"
    return int(secret)


def test_the_unexpected_is_a_sentence_without_what_it_was_about(
    feather: Feather, put_in_place_of_show: Put
) -> None:
    put_in_place_of_show(fail_on_a_secret)

    outcome = feather("show", "x")

    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert "ValueError in fail_on_a_secret" in outcome.err
    assert "FEATHER_DEBUG=1" in outcome.err
    assert "customer" not in outcome.err


def test_the_traceback_is_there_for_those_who_ask_and_is_safe(
    feather: Feather, put_in_place_of_show: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEATHER_DEBUG", "1")
    put_in_place_of_show(raising(ValueError("\x1b[2J")))

    outcome = feather("show", "x")

    assert outcome.status == 1
    assert "Traceback (most recent call last)" in outcome.err
    assert "in raising" not in outcome.err
    assert "raise error" in outcome.err
    assert "\x1b" not in outcome.err


@pytest.mark.parametrize(("allowed", "kept_to"), [(resource.RLIM_INFINITY, 1), (1 << 20, 1), (0, 0)])
def test_secrets_stay_in_memory(
    feather: Feather, put_in_place_of_show: Put, monkeypatch: pytest.MonkeyPatch, allowed: int, kept_to: int
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", "/tmp/keys.log")  # noqa: S108 - never opened
    limits: list[object] = []  # set for good where it is set in truth, so the next test would prove nothing
    monkeypatch.setattr(resource, "setrlimit", lambda *given: limits.append(given))
    monkeypatch.setattr(resource, "getrlimit", lambda _: (0, allowed))
    seen: list[object] = []

    def run(_: argparse.Namespace) -> int:
        seen.extend([os.umask(0o022), os.environ.get("SSLKEYLOGFILE")])
        return 0

    put_in_place_of_show(run)

    feather("show", "x")

    assert seen == [0o077, None]
    assert limits == [(resource.RLIMIT_CORE, (kept_to, kept_to))]


def test_a_file_that_fails_where_nobody_expected_it_is_named(
    feather: Feather, put_in_place_of_show: Put
) -> None:
    put_in_place_of_show(raising(PermissionError(13, "Permission denied", "/cache/\x1b[2Jfile")))

    outcome = feather("show", "x")

    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("feather-tui: /cache/␛[2Jfile cannot be used: Permission denied.")
    assert outcome.err.count("\n") == 1
