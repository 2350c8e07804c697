"""Streams, limits and disks that fail."""

from __future__ import annotations

import resource
import sys
from functools import partial
from typing import Final

from documents import SESSION_ID
from in_terminal import SECRET

from key_scenes.stage import SEEN, Play, Stage


def full_stream(redirection: str, stage: Stage) -> None:
    line = f"exec {sys.executable} -m feather_tui show {SESSION_ID} {redirection}"
    stage.set(FEATHER_DEBUG="1")
    stage.run(program=("/bin/sh", "-c", line))


def limited(what: int, to: int, stage: Stage) -> None:
    stage.set(FEATHER_DEBUG="1")
    for words in (("show", SESSION_ID), ("auth", "login"), ("config", "edit")):
        stage.run(*words, piped=SECRET.encode(), preexec_fn=lambda: resource.setrlimit(what, (to, to)))


def read_only_home(stage: Stage) -> None:
    stage.set(FEATHER_DEBUG="1")
    for place in ("cache", "state"):
        (stage.home / place).write_text("in the way")
    assert SEEN.encode() in stage.show()


def damaged_cache(stage: Stage) -> None:
    stage.show()
    (cache,) = stage.home.rglob("sessions.sqlite3")
    cache.write_bytes(cache.read_bytes()[:5000])
    assert b"damaged" in stage.show()
    stage.run("cache", "info")


SCENES: Final[dict[str, Play]] = {
    "standard output full": partial(full_stream, ">/dev/full"),
    "standard output closed": partial(full_stream, ">&-"),
    "standard error closed": partial(full_stream, "2>&-"),
    "reader gone": partial(full_stream, "| head -c 1"),
    "no file may grow": partial(limited, resource.RLIMIT_FSIZE, 0),
    "no descriptor left": partial(limited, resource.RLIMIT_NOFILE, 8),
    "no memory left": partial(limited, resource.RLIMIT_AS, 80 << 20),
    "no place for cache and state": read_only_home,
    "damaged cache": damaged_cache,
}
