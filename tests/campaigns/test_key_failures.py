"""Failures forced on the program with a key in its hands: the key is nowhere afterwards but where it belongs."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from broken_program import PLACES, SIGNALS
from campaign import Tally, each_of
from documents import SESSION_ID
from in_terminal import SECRET
from key_stage import BROKEN, SEEN, Stage, stage, tls_server
from key_witness import Witness
from loopback import WHOAMI, LoopbackApi, analysis_path, closed_address
from loopback_answers import (
    Answer,
    Close,
    Send,
    answer,
    bad_gzip,
    failure,
    gzip_bomb,
    page,
    ready,
    redirect,
    reset_inside,
    stall_before,
    stall_inside,
    truncated,
)
from pty_terminal import Terminal

Play = Callable[[Stage], None]

SCREEN_ONLY: Final = ("composing", "mounting", "rendering", "key press", "copying")
COPYABLE: Final = (
    *("this message", "turn id", "everything of this entry", "session id"),
    *("curl for the analysis input", "curl for the extraction"),
)
ECHO: Final = f"you sent x-api-key: {SECRET}, and it is not known"


def ended(terminal: Terminal, status: int | None = None) -> None:
    """Wait for the end of a program in a terminal."""
    found = terminal.wait_for_exit()
    assert status is None or found == status, found


# ---------------------------------------------------------------------------------------------- crashes


def crash(place: str, debug: str, stage: Stage) -> None:
    stage.set(FEATHER_DEBUG=debug, PYTHONFAULTHANDLER="1")
    said = stage.show(program=(*BROKEN, place))
    assert b"RuntimeError in" in said, said
    assert (b"Traceback" in said) == (debug == "1")
    assert b"\x1b" not in said


def crash_on_screen(place: str, debug: str, stage: Stage) -> None:
    stage.set(FEATHER_DEBUG=debug)
    with stage.opened(place, SESSION_ID, program=BROKEN) as terminal:
        if place == "key press":
            terminal.wait_for(SEEN)
            terminal.type("?")
        if place == "copying":
            terminal.wait_for(SEEN)
            terminal.type("y")
            terminal.wait_for("session id")
            terminal.type("\r")
        ended(terminal, 1)
        assert "Something unexpected happened in feather-tui itself" in terminal.screen, terminal.screen


def fatal_signal(place: str, stage: Stage) -> None:
    def allow_core_files() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)

    said = stage.show(program=(*BROKEN, place), preexec_fn=allow_core_files)
    assert b"Fatal Python error" in said, said
    assert not [path for path in stage.home.rglob("*") if "core" in path.name]


def logged(stage: Stage) -> None:
    stage.set(FEATHER_DEBUG="1")
    assert SEEN.encode() in stage.show(program=(*BROKEN, "nowhere, logging everything"))
    assert (stage.home / "debug.log").exists()


def python_says_more(variable: str, value: str, stage: Stage) -> None:
    stage.set(FEATHER_DEBUG="1", **{variable: value})
    assert SEEN.encode() in stage.show()
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for(SEEN)
        terminal.type("qq")
        ended(terminal)


def textual_says_more(stage: Stage) -> None:
    picture = {"TEXTUAL_SCREENSHOT": "2", "TEXTUAL_SCREENSHOT_LOCATION": str(stage.home)}
    stage.set(TEXTUAL_LOG=str(stage.home / "textual.log"), TEXTUAL="debug", **picture)
    with stage.opened(SESSION_ID) as terminal:
        ended(terminal)  # once the picture is taken
    assert (stage.home / "textual.log").stat().st_size
    assert list(stage.home.glob("*.svg"))


def signalled(number: signal.Signals, stage: Stage) -> None:
    stage.api.answers[analysis_path(SESSION_ID)] = stall_inside(b"{" * 1000)
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for("receiving")
        terminal.signal(number)
        ended(terminal)


# --------------------------------------------------------------------------------------------- settings


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


# ------------------------------------------------------------------------------------------ the network


def answered(given: Answer, stage: Stage) -> None:
    stage.write_config("[network]\ndeadline_seconds = 1\nmax_document_megabytes = 1\n")
    stage.set(FEATHER_DEBUG="1")
    stage.api.answers[analysis_path(SESSION_ID)] = given
    stage.api.answers[WHOAMI] = given
    stage.show()
    for words in (("auth", "login"), ("doctor",)):
        stage.run(*words, piped=SECRET.encode())
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for("analysis input")
        terminal.type("qq")
        ended(terminal)
    assert stage.api.requests


def redirected(status: int, stage: Stage) -> None:
    target = f"{stage.other.base_url}/{analysis_path(SESSION_ID)}"
    answered(redirect(target, status), stage)
    assert stage.other.connections == 0


def proxied(stage: Stage) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        stage.set(**{name: stage.other.base_url})
    assert SEEN.encode() in stage.show()
    assert stage.other.connections == 0


def proxied_elsewhere(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(HTTPS_PROXY=stage.other.base_url, FEATHER_BASE_URL="https://feather.invalid")
    stage.other.answers["feather.invalid:443"] = failure(403)
    assert b"the proxy answered" in stage.show()
    assert {request.method for request in stage.other.requests} == {"CONNECT"}


def proxied_without_encryption(stage: Stage) -> None:
    stage.key_from_environment()
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy"):
        stage.set(**{name: stage.other.base_url})
    for address in ("http://feather.invalid", "http://192.0.2.1:8000", "http://localhost.invalid"):
        assert b"unencrypted" in stage.show(env={**os.environ, "FEATHER_BASE_URL": address})
    assert stage.other.connections == 0


def socks_proxy(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(ALL_PROXY=f"socks5://me:{SECRET}@127.0.0.1:9", FEATHER_BASE_URL="https://feather.invalid")
    assert b"HTTPS_PROXY or ALL_PROXY" in stage.show()


def another_origin(stage: Stage) -> None:
    for words in (("show", SESSION_ID), ("findings", SESSION_ID), ("auth", "status"), ("doctor",)):
        said = stage.run(*words, "--base-url", stage.other.base_url)
        assert b"is not sent to" in said, said
    stage.write_config(f'[profiles.sandbox]\nbase_url = "{stage.other.base_url}"\n')
    del os.environ["FEATHER_BASE_URL"]
    assert b"is not sent to" in stage.show()


def distrusted(stage: Stage) -> None:
    stage.key_from_environment()
    with tls_server(stage.home) as (address, certificate, received):
        stage.set(FEATHER_BASE_URL=address, SSLKEYLOGFILE=str(stage.home / "tls.log"))
        assert b"certificate is not trusted" in stage.show()
        assert b"certificate is not trusted" in stage.run("doctor")
        assert received == b""
        stage.set(SSL_CERT_FILE=str(certificate))
        assert b"404" in stage.show()
        assert SECRET.encode() in received
    assert not (stage.home / "tls.log").exists()


def no_tls(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(FEATHER_BASE_URL=stage.other.base_url.replace("http:", "https:"))
    assert b"TLS failed" in stage.show()


def nobody_there(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(FEATHER_BASE_URL=closed_address(), FEATHER_DEBUG="1")
    assert b"connection refused" in stage.show()


# ------------------------------------------------------------------------------- files, streams, limits


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


# ------------------------------------------------------------------- exports, copies, pictures, programs


def handed_over(stage: Stage) -> None:
    for form in ("html", "json", "markdown"):
        stage.run("export", SESSION_ID, "--format", form, "--unmasked", "-o", f"handed-over.{form}")
    for words in (("findings", SESSION_ID), ("auth", "status"), ("config", "show"), ("cache", "info")):
        stage.run(*words)
    for words in (("doctor",), ("man",), ("completion", "bash"), ("__complete", "sessions")):
        stage.run(*words)
    assert len(list(stage.home.glob("handed-over.*"))) == 3


def copied(spy_on: dict[str, str], stage: Stage, *, from_environment: bool) -> None:
    if from_environment:
        stage.key_from_environment()
    stage.set(PATH=stage.witness.spy(), PAGER="a-pager", **spy_on)
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for(SEEN)
        texts = [copied_text(terminal, stage, label) for label in COPYABLE]
        stage.witness.look_at_processes(terminal, given_in_environment=from_environment)
        terminal.type("qq")
        ended(terminal)
    assert texts[0] == SEEN
    assert all(text.startswith("printf 'x-api-key: %s' \"$FEATHER_API_KEY\" | curl ") for text in texts[-2:])
    if spy_on:
        assert (stage.home / "spied.txt").exists()


def copied_text(terminal: Terminal, stage: Stage, label: str) -> str:
    """Copy what has this label in the list; give the text, which always goes into a file as well."""
    file = stage.home / "state" / "feather-tui" / "copied.txt"
    before = file.stat().st_mtime_ns if file.exists() else 0
    terminal.type("y")
    terminal.wait_for(COPYABLE[-1])
    for passed in COPYABLE[: COPYABLE.index(label)]:
        terminal.wait_for(f"▌{passed}")
        terminal.type("j")
    terminal.wait_for(f"▌{label}")
    terminal.type("\r")
    terminal._wait(lambda: file.exists() and file.stat().st_mtime_ns != before, "the copied text")
    terminal._wait(lambda: COPYABLE[-1] not in terminal.screen, "the end of the menu")
    return file.read_text()


def edited(stage: Stage, *, from_environment: bool) -> None:
    if from_environment:
        stage.key_from_environment()
    stage.set(PATH=stage.witness.spy(), EDITOR="an-editor")
    stage.run("config", "edit")
    assert b"an-editor" in (stage.home / "spied.txt").read_bytes()


def asked_for(answer: str, stage: Stage) -> None:
    """Type the key at the prompt, where a terminal would echo it."""
    stage.witness.key_file.unlink()
    with stage.opened("auth", "login") as terminal:
        terminal.wait_for("not shown")
        terminal.type(answer)
        ended(terminal)


SCENES: Final[dict[str, Play]] = {
    **{
        f"crash: {place}, FEATHER_DEBUG={debug}": partial(crash, place, debug)
        for place in PLACES
        if place not in SCREEN_ONLY
        for debug in ("0", "1")
    },
    **{
        f"crash on the screen: {place}, FEATHER_DEBUG={debug}": partial(crash_on_screen, place, debug)
        for place in (*SCREEN_ONLY, "worker", "transport")
        for debug in ("0", "1")
    },
    **{f"fault in C: {place}": partial(fatal_signal, place) for place in SIGNALS},
    **{f"signal: {number.name}": partial(signalled, number) for number in (signal.SIGTERM, signal.SIGHUP)},
    "signal: SIGKILL": partial(signalled, signal.SIGKILL),
    "everything logged": logged,
    "Python's development mode": partial(python_says_more, "PYTHONDEVMODE", "1"),
    "asyncio's debug mode": partial(python_says_more, "PYTHONASYNCIODEBUG", "1"),
    "Textual's log and picture": textual_says_more,
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
    **{f"redirect: {status}": partial(redirected, status) for status in (301, 302, 303, 307, 308)},
    "redirect: nowhere": partial(answered, redirect("http://[broken")),
    "redirect: with the key": partial(answered, redirect(f"https://x.invalid/{SECRET}")),
    "refused: key repeated in JSON": partial(answered, failure(401, message=ECHO)),
    "refused: key repeated in detail": partial(
        answered, failure(422, detail=[{"loc": ["header"], "msg": ECHO}])
    ),
    "failed: key repeated in a page": partial(answered, page(500, f"<pre>{ECHO}</pre>")),
    "failed: key repeated in the status line": partial(
        answered, Answer((Send(f"HTTP/1.1 5{SECRET}\r\n\r\n".encode()), Close()))
    ),
    "failed: key repeated as a time": partial(answered, failure(429, headers={"Retry-After": SECRET})),
    "answer cut off": partial(answered, truncated(b"{" * 1000)),
    "answer reset": partial(answered, reset_inside(b"{" * 1000)),
    "answer stalled": partial(answered, stall_before()),
    "answer too large": partial(answered, gzip_bomb(3)),
    "answer that is no gzip": partial(answered, bad_gzip()),
    "answer nested too deep": partial(answered, answer(b'{"a":' * 100_000)),
    "answer of another session": partial(answered, ready({"session_id": "x", "messages": []})),
    "proxy for this machine": proxied,
    "proxy for another": proxied_elsewhere,
    "proxy without encryption": proxied_without_encryption,
    "proxy of another kind": socks_proxy,
    "another origin": another_origin,
    "certificate of nobody": distrusted,
    "no TLS": no_tls,
    "nobody there": nobody_there,
    "standard output full": partial(full_stream, ">/dev/full"),
    "standard output closed": partial(full_stream, ">&-"),
    "standard error closed": partial(full_stream, "2>&-"),
    "reader gone": partial(full_stream, "| head -c 1"),
    "no file may grow": partial(limited, resource.RLIMIT_FSIZE, 0),
    "no descriptor left": partial(limited, resource.RLIMIT_NOFILE, 8),
    "no memory left": partial(limited, resource.RLIMIT_AS, 80 << 20),
    "no place for cache and state": read_only_home,
    "damaged cache": damaged_cache,
    "exports": handed_over,
    "copies: terminal": partial(copied, {}, from_environment=False),
    "copies: Wayland": partial(copied, {"WAYLAND_DISPLAY": "wayland-0"}, from_environment=False),
    "copies: X11, key in the environment": partial(copied, {"DISPLAY": ":0"}, from_environment=True),
    "editor": partial(edited, from_environment=False),
    "editor, key in the environment": partial(edited, from_environment=True),
    "login: refused": lambda stage: asked_for_refused(stage),
    "login: accepted": partial(asked_for, f"{SECRET}\r"),
    "login: interrupted": partial(asked_for, f"{SECRET}\x03"),
}


def asked_for_refused(stage: Stage) -> None:
    stage.api.answers[WHOAMI] = failure(401, message=ECHO)
    asked_for(f"{SECRET}\r", stage)


@each_of(list(SCENES), sample=6, slices=2)
def test_the_key_is_in_its_file_and_in_the_header_of_its_host_alone(
    cases: list[str], tally: Tally, tmp_path: Path
) -> None:
    for number, name in enumerate(cases):
        with stage(tmp_path / str(number)) as staged, tally.attempt(name):
            SCENES[name](staged)
            assert list(staged.witness.complaints()) == []
        shutil.rmtree(tmp_path / str(number))


def test_the_witness_sees_a_key_wherever_it_is(tmp_path: Path) -> None:
    key_file = tmp_path / "sandbox.key"
    key_file.write_text(SECRET)
    witness = Witness(tmp_path, SECRET, key_file, LoopbackApi())
    assert list(witness.complaints()) == []

    (tmp_path / "left").write_text(f"…{SECRET[17:]}")
    witness.hear("said", SECRET[:18].encode())

    assert [complaint.partition(",")[0] for complaint in witness.complaints()] == [
        "first half in said",
        f"second half in {tmp_path / 'left'}",
    ]
