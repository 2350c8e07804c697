"""Keys that were put where they do not belong: in settings, on the command line, into variables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from documents import SESSION_ID
from in_terminal import SECRET

from key_scenes.stage import Play, Stage


def refused_settings(text: str, stage: Stage) -> None:
    stage.write_config(text)
    assert b"config.toml" in stage.run("config", "show")
    assert b"config.toml" in stage.show()


def typed(words: tuple[str, ...], stage: Stage) -> None:
    said = stage.run(*words)
    stage.witness.heard[-1] = ("what was said", said)
    assert said.startswith(b"feather-tui: "), said


def in_variable(name: str, value: str, stage: Stage) -> None:
    stage.set(**{name: value})
    for words in (("show", SESSION_ID), ("auth", "status"), ("config", "show"), ("doctor",)):
        stage.run(*words)


def malformed_key(value: str, stage: Stage) -> None:
    stage.key_from_environment()
    in_variable("FEATHER_API_KEY", value, stage)
    assert not [request for request in stage.api.requests if "x-api-key" in request.headers]


def spoilt_key_file(spoil: Callable[[Path], object], stage: Stage) -> None:
    spoil(stage.witness.key_file)
    for words in (("show", SESSION_ID), ("auth", "status"), ("doctor",)):
        stage.run(*words)
    assert not [request for request in stage.api.requests if "x-api-key" in request.headers]


SCENES: Final[dict[str, Play]] = {
    "config: key as a value": partial(refused_settings, f'profile = "{SECRET}"\n'),
    "config: key as a number's value": partial(refused_settings, f'[cache]\ndays = "{SECRET}"\n'),
    "config: key as a header": partial(refused_settings, f'[network]\nx = "x-api-key: {SECRET}"\n'),
    "config: key as a name": partial(refused_settings, f"{SECRET} = 1\n"),
    "config: key as a table": partial(refused_settings, f"[profiles.{SECRET}]\n"),
    "config: key in a line that is not TOML": partial(refused_settings, f"api_key {SECRET}\n"),
    "config: key in a text without end": partial(refused_settings, f'key = "{SECRET}\n'),
    "config: key in a URL": partial(
        refused_settings, f'[profiles.sandbox]\nbase_url = "https://{SECRET}@feather.invalid"\n'
    ),
    "config: key in a link": partial(
        refused_settings, f'[profiles.sandbox]\nurl_template = "https://x.invalid/?k={SECRET}"\n'
    ),
    "typed: as a reference": partial(typed, (SECRET,)),
    "typed: among other words": partial(typed, ("show", f"session {SECRET}")),
    "typed: as an option": partial(typed, ("auth", "login", f"--api-key={SECRET}")),
    "typed: as an unknown option": partial(typed, ("show", f"--{SECRET}")),
    "typed: after login": partial(typed, ("auth", "login", SECRET)),
    "typed: as a profile": partial(typed, ("auth", "status", "--profile", SECRET)),
    "typed: as a base URL": partial(typed, ("auth", "status", "--base-url", f"https://{SECRET}@x.invalid")),
    "typed: as a query": partial(typed, ("auth", "status", "--base-url", f"https://x.invalid/?k={SECRET}")),
    "typed: as a file": partial(typed, ("export", SESSION_ID, "-o", f"/nowhere/{SECRET}")),
    "piped: as a reference": lambda stage: [stage.run("show", "-", piped=SECRET.encode())].clear(),
    "variable: FEATHER_PROFILE": partial(in_variable, "FEATHER_PROFILE", SECRET),
    "variable: FEATHER_BASE_URL": partial(in_variable, "FEATHER_BASE_URL", f"https://{SECRET}@x.invalid"),
    "variable: NO_PROXY": partial(in_variable, "NO_PROXY", SECRET),
    "variable: SSL_CERT_FILE": partial(in_variable, "SSL_CERT_FILE", f"/{SECRET}"),
    "key with a line break": partial(malformed_key, f"{SECRET}\nx-other: 1"),
    "key with a space": partial(malformed_key, f"{SECRET[:20]} {SECRET[20:]}"),
    "key beyond ASCII": partial(malformed_key, f"{SECRET}é"),
    "key far too long": partial(malformed_key, SECRET * 20),
    "key file that others may read": partial(spoilt_key_file, lambda path: path.chmod(0o644)),
    "key file without its address": partial(spoilt_key_file, lambda path: path.write_text(SECRET)),
    "key file with two keys": partial(
        spoilt_key_file, lambda path: path.write_text(f"{path.read_text()}{SECRET}\n")
    ),
}
