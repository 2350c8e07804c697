"""The result of one check: a plain verdict word, what was found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feather_tui.errors import FeatherError


class Verdict(StrEnum):
    """How a check ended; the value is the word on the screen."""

    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the report.

    `finding` and `advice` may quote files and servers. `exit_status` is the class of a failure, as in
    `feather_tui.errors`.
    """

    verdict: Verdict
    name: str
    finding: str
    advice: str = ""
    exit_status: int = 0


def ok(name: str, finding: str) -> Check:
    """Make the result of a check with nothing to do about it."""
    return Check(verdict=Verdict.OK, name=name, finding=finding)


def warn(name: str, finding: str, advice: str) -> Check:
    """Make the result of a check that found less than the best, and does not stop anything."""
    return Check(verdict=Verdict.WARN, name=name, finding=finding, advice=advice)


def fail(name: str, finding: str, advice: str, exit_status: int) -> Check:
    """Make the result of a check that found something that has to be put right."""
    return Check(verdict=Verdict.FAIL, name=name, finding=finding, advice=advice, exit_status=exit_status)


def fail_from(name: str, error: FeatherError) -> Check:
    """Make the result of a check that ended in an error, with its sentence, advice and status."""
    return fail(name, error.sentence, error.advice, error.exit_status)
