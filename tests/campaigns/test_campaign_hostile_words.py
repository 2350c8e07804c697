"""What is typed, configured, named, answered and piped by strangers, on the command line: none of it acts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

import pytest
from campaign import Tally, tries
from command_line import Feather, Outcome
from documents import SESSION_ID
from hostile_answers import hostile_failure
from hostile_sessions import HostileSession
from hostile_texts import hostile_line, hostile_text
from loopback import LoopbackApi
from tape import acts

Scene: TypeAlias = Callable[[Feather, Random, LoopbackApi], Outcome]
COMMANDS: Final = ("show", "findings", "export")
OPTIONS: Final = ("--profile", "--base-url", "--only", "--format", "--theme", "--filter")
SHOWN: Final = (("text", ()), ("markdown", ()), ("json", ()), ("text", ("--ascii",)))


def line(chance: Random) -> str:
    """Return a line that can be an argument or a part of the environment."""
    return hostile_line(chance).replace("\0", "").encode("utf-8", "replace").decode()


def typed(feather: Feather, chance: Random, _: LoopbackApi) -> Outcome:
    words = [chance.choice(COMMANDS), SESSION_ID, chance.choice(OPTIONS), line(chance)]
    chance.shuffle(words)
    return feather(*words[chance.randrange(2) :])


def raw_bytes(feather: Feather, chance: Random, _: LoopbackApi) -> Outcome:
    return feather("show", os.fsdecode(bytes(chance.randrange(1, 256) for _ in range(12))))


def piped(feather: Feather, chance: Random, _: LoopbackApi) -> Outcome:
    text = hostile_text(chance).encode("utf-8", "replace")
    return feather("show", "-", piped=text + bytes(chance.randrange(256) for _ in range(20)))


def configured(feather: Feather, chance: Random, _: LoopbackApi) -> Outcome:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "feather-tui" / "config.toml"
    config.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    name, value = (json.dumps(line(chance)) for _ in range(2))
    section = chance.choice(
        ("display", "profiles", "keys", "cache", "network", "findings", f"profiles.{name}")
    )
    key = chance.choice((name, "theme", "time", "base_url", "days", "show_help"))
    config.write_text(
        chance.choice(
            (f"[{section}]\n{key} = {value}\n", f"profile = {value}\n", line(chance), f"{name} = [{value}]\n")
        ),
        encoding="utf-8",
    )
    config.chmod(0o600)
    try:
        return feather(*chance.choice((("config", "show"), ("show", SESSION_ID), ("auth", "status"))))
    finally:
        config.unlink()


def in_environment(feather: Feather, chance: Random, _: LoopbackApi) -> Outcome:
    names = ("FEATHER_BASE_URL", "FEATHER_PROFILE", "FEATHER_API_KEY", "FEATHER_THEME", "HTTPS_PROXY", "TERM")
    name = chance.choice(names)
    with pytest.MonkeyPatch.context() as change:
        change.setenv(name, line(chance))
        return feather(*chance.choice((("show", SESSION_ID, "--no-cache"), ("config", "show"), ("doctor",))))


def answered(feather: Feather, chance: Random, api: LoopbackApi) -> Outcome:
    api.serve(SESSION_ID, analysis=hostile_failure(chance), extraction=hostile_failure(chance))
    return feather(*chance.choice((("show", SESSION_ID, "--no-cache"), ("export", SESSION_ID, "--no-cache"))))


def shown(feather: Feather, chance: Random, api: LoopbackApi) -> Outcome:
    session = HostileSession(chance.randrange(10_000))
    api.serve(SESSION_ID, analysis=session.analysis, extraction=session.extraction)
    form, options = chance.choice(SHOWN)
    return feather("show", SESSION_ID, "--format", form, "--refresh", *options)


def found(feather: Feather, chance: Random, api: LoopbackApi) -> Outcome:
    session = HostileSession(chance.randrange(10_000))
    api.serve(SESSION_ID, analysis=session.analysis, extraction=session.extraction)
    return feather("findings", SESSION_ID, "--refresh")


def exported(feather: Feather, chance: Random, _: LoopbackApi) -> Outcome:
    file = line(chance).replace("/", "") or "named"
    form = chance.choice(("markdown", "json", "html"))
    return feather("export", SESSION_ID, "--format", form, "-o", f"{chance.choice(('', 'gone/'))}{file}")


SCENES: Final[tuple[Scene, ...]] = (
    *(typed, raw_bytes, piped, configured, in_environment, answered, shown, found, exported),
)


@tries(sample=9, full=1000, slices=2)
@pytest.mark.usefixtures("key")
def test_no_word_of_a_stranger_acts(tries: range, tally: Tally, feather: Feather, api: LoopbackApi) -> None:
    well = dict(api.answers)
    for number in tries:
        scene = SCENES[number % len(SCENES)]
        with tally.attempt(f"{number}: {scene.__name__}"):
            outcome = scene(feather, Random(number), api)  # noqa: S311 - the same words each time
            said = outcome.out + outcome.err
            assert not [sign for sign in said if acts(sign) and sign != "\n"], outcome
            assert "unexpected" not in outcome.err, outcome
            assert "Traceback" not in outcome.err, outcome
        api.answers = dict(well)
