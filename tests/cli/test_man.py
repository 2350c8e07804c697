"""The manual page against the records it is made from, and in the programs that show it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
from command_line import Feather
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui import errors
from feather_tui.cli.arguments import outlines
from feather_tui.cli.man import EXIT_STATUS, man_page
from feather_tui.cli.roff import escaped
from feather_tui.commands import COMMANDS
from feather_tui.preferences import PREFERENCES

GROFF, MAN = shutil.which("groff"), shutil.which("man")
SECONDS = 30
_ESCAPES = {r"\-": "-", r"\(aq": "'", r"\(ga": "`", r"\(ha": "^", r"\(ti": "~", r"\(dq": '"'}


def plain(roff: str) -> str:
    """Undo escapes and fonts."""
    text = re.sub(r"\\f[BIR]|\\&", "", roff)
    text = re.sub(r"\\\[u([0-9A-F]+)\]", lambda match: chr(int(match[1], 16)), text)
    for escape, character in _ESCAPES.items():
        text = text.replace(escape, character)
    return text.replace(r"\e", "\\")


def section(page: str, name: str) -> str:
    return page.partition(f'.SH "{name}"\n')[2].partition("\n.SH ")[0]


def tagged(roff: str) -> list[tuple[str, str]]:
    """Give each tag and the line under it, empty if there is none."""
    parts = [part.split("\n", 2) for part in roff.split(".TP\n")[1:]]
    return [(plain(tag), plain(rest[0]) if rest and rest[0][:1] != "." else "") for tag, *rest in parts]


def test_the_keys_are_those_of_the_records() -> None:
    assert tagged(section(man_page(), "KEYS")) == [
        (command.shown, f"{command.help} [{command.id}]") for command in COMMANDS
    ]


def test_the_options_of_each_command_are_those_of_its_parser() -> None:
    page = man_page()
    program, *commands = outlines()
    texts = section(page, "COMMANDS").split('.SS "')[1:]

    assert [text.partition('"')[0] for text in texts] == [command.name for command in commands]
    for outline, text in zip([program, *commands], [section(page, "OPTIONS"), *texts], strict=True):
        slots = (*outline.words, *outline.options)
        assert [name.split(" ")[0].rstrip(",") for name, _ in tagged(text)] == [
            slot.names[0] if slot.names else slot.value for slot in slots
        ]
        assert [help_text for _, help_text in tagged(text)] == [slot.help for slot in slots]
        assert plain(text).count("\n.TP\n") + text.startswith(".TP") == len(slots)


def test_each_name_and_choice_of_an_option_is_in_its_tag() -> None:
    (show,) = (text for text in section(man_page(), "COMMANDS").split(".SS ") if text.startswith('"show"'))
    tags = [tag for tag, _ in tagged(show)]

    assert "-h, --help" in tags
    assert "--format text|markdown|json" in tags
    assert "--profile NAME" in tags


def test_the_preferences_are_those_of_the_records() -> None:
    named = [name for name, _ in tagged(section(man_page(), "CONFIGURATION"))]

    assert [preference.key for preference in PREFERENCES] == [name for name in named if name in
        {preference.key for preference in PREFERENCES}]  # fmt: skip
    assert {"profile", "profiles.NAME.base_url", "profiles.NAME.url_template", "keys.COMMAND"} < set(named)


def test_the_statuses_are_those_of_the_errors() -> None:
    def statuses(kind: type[errors.FeatherError]) -> set[int]:
        return {kind.exit_status}.union(*map(statuses, kind.__subclasses__()))

    assert statuses(errors.FeatherError) | {0, 10, 129, 130, 131, 141, 143} == set(EXIT_STATUS)
    listed = tagged(section(man_page(), "EXIT STATUS"))
    assert listed == [(str(code), text) for code, text in EXIT_STATUS.items()]


def test_a_minus_stays_one_so_that_options_can_be_copied_from_the_page() -> None:
    assert escaped("--demo 'a' ~ ^ `b`") == r"\-\-demo \(aqa\(aq \(ti \(ha \(gab\(ga"


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_what_is_escaped_is_no_request_and_can_be_read_back(text: str) -> None:
    roff = escaped(text)

    assert plain(roff) == text
    assert roff.isascii()
    assert not roff.startswith((".", "'"))


def test_man_prints_the_page_and_so_does_the_module(feather: Feather) -> None:
    module = [sys.executable, "-m", "feather_tui.cli.man"]
    printed = subprocess.run(module, capture_output=True, text=True, check=True, timeout=SECONDS)

    assert feather("man").out == man_page() == printed.stdout


@pytest.mark.skipif(GROFF is None, reason="groff is not installed")
def test_groff_sets_it_without_a_warning() -> None:
    shown = subprocess.run(
        [str(GROFF), "-man", "-Tutf8", "-ww", "-P-c", "-P-b", "-P-u"],
        input=man_page().encode(),
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )

    assert shown.stderr.decode() == ""
    text = " ".join(shown.stdout.decode().split())
    for command in COMMANDS:
        assert f"{command.shown} {' '.join(command.help.split())} [{command.id}]" in text
    assert r"feather-tui 'ERROR session=0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11 handoff failed'" in text


@pytest.mark.skipif(MAN is None, reason="man is not installed")
def test_man_shows_it_without_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANWIDTH", "80")
    shown = subprocess.run(
        [str(MAN), "--warnings", "-l", "-"],
        input=man_page().encode(),
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )

    assert shown.stderr.decode() == ""
    assert b"EXIT STATUS" in shown.stdout or b"E\bEX" in shown.stdout
