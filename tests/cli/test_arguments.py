from __future__ import annotations

import re
import shlex

import pytest

from feather_tui.cli.arguments import outlines, parse
from feather_tui.cli.parser import HelpGiven
from feather_tui.errors import UsageError

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"


def test_without_words_the_app_opens_with_every_option_off() -> None:
    assert vars(parse([])) == {
        "command": "open",
        "references": [],
        "listed": [],
        "rate": 5,
        "demo": False,
        "profile": None,
        "base_url": None,
        "offline": False,
        "refresh": False,
        "no_cache": False,
        "theme": None,
        "only_ascii": None,
        "mouse": None,
    }


@pytest.mark.parametrize(
    ("words", "references"),
    [
        (["one", "--refresh", "two"], ["one", "two"]),
        (["-"], ["-"]),
        (["--", "--looks like an option"], ["--looks like an option"]),
        (["a line that says show", "show"], ["a line that says show", "show"]),
        (["Show"], ["Show"]),
    ],
)
def test_anything_that_is_no_command_is_a_reference(words: list[str], references: list[str]) -> None:
    arguments = parse(words)

    assert arguments.command == "open"
    assert arguments.references == references


def test_the_options_of_a_session() -> None:
    arguments = parse(
        ["--profile", "prod", "--base-url", "https://x.example", "--refresh", "--no-cache", "id"]
    )

    assert (arguments.profile, arguments.base_url) == ("prod", "https://x.example")
    assert arguments.refresh
    assert arguments.no_cache
    assert not arguments.offline


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--theme", "high-contrast", "--ascii", "--mouse"], ("high-contrast", True, True)),
        (["id", "--theme=auto", "--no-ascii", "--no-mouse"], ("auto", False, False)),
    ],
)
def test_the_options_of_the_screens(words: list[str], expected: tuple[str, bool, bool]) -> None:
    arguments = parse(words)

    assert (arguments.theme, arguments.only_ascii, arguments.mouse) == expected


@pytest.mark.parametrize("command", ["show", "findings"])
def test_what_is_printed_can_be_kept_to_ascii(command: str) -> None:
    assert parse([command, "--ascii", "id"]).only_ascii is True
    assert parse([command, "id"]).only_ascii is None


def test_show_takes_one_reference_and_the_same_options() -> None:
    arguments = parse(["show", "--offline", "-", "--format", "json", "--only", "rag", "--profile", "local"])

    assert arguments.command == "show"
    assert arguments.references == ["-"]
    assert (arguments.format, arguments.only, arguments.profile) == ("json", "rag", "local")
    assert arguments.offline


def test_show_prints_the_whole_session_as_text_unless_told() -> None:
    arguments = parse(["show", "--", "-x"])

    assert (arguments.references, arguments.format, arguments.only) == (["-x"], "text", None)


@pytest.mark.parametrize(
    ("words", "command", "action"),
    [
        (["auth", "login"], "auth", "login"),
        (["auth", "--profile", "p", "status"], "auth", "status"),
        (["auth", "logout", "--base-url", "u"], "auth", "logout"),
        (["cache", "path"], "cache", "path"),
        (["cache", "info"], "cache", "info"),
        (["cache", "clear"], "cache", "clear"),
        (["config", "path"], "config", "path"),
        (["config", "show"], "config", "show"),
        (["config", "edit"], "config", "edit"),
        (["doctor", "--profile", "p"], "doctor", None),
    ],
)
def test_the_small_commands(words: list[str], command: str, action: str | None) -> None:
    arguments = parse(words)

    assert arguments.command == command
    assert getattr(arguments, "action", None) == action


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["show"], "required: REFERENCE"),
        (["completion"], "required: bash|zsh|fish"),
        (["completion", "ksh"], "choose one of bash, zsh, fish"),
        (["man", "1"], "a word too many"),
        (["show", "a", "b"], "a word too many"),
        (["show", "a", "--format", "pdf"], "--format"),
        (["show", "a", "--only", "x"], "--only"),
        (["auth"], "required: login|status|logout"),
        (["auth", "whoami"], "choose one of login, status, logout"),
        (["cache", "clear", "all"], "a word too many"),
        (["doctor", "now"], "a word too many"),
        (["--ofline"], "nknown option --ofline"),
        (["--off"], "nknown option --off"),
        (["-x"], "an unknown option"),
        (["--profile"], "--profile"),
        (["--offline", "--refresh"], "not allowed with"),
        (["--offline", "--no-cache"], "nothing to read"),
        (["--demo", "--profile", "p"], "--demo"),
        (["show", "a", "--demo", "--base-url", "u"], "--demo"),
        (["--profile", "p", "show", "a"], "show must be the first word"),
        (["cache", "info", "--offline"], "nknown option --offline"),
    ],
)
def test_a_misunderstanding_is_one_sentence_and_a_hint(words: list[str], reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(words)

    assert reason in caught.value.sentence
    assert "--help` shows examples" in caught.value.advice


@pytest.mark.parametrize(
    "words",
    [
        [SECRET],
        ["auth", "login", SECRET],
        ["auth", SECRET],
        [f"--api-key={SECRET}"],
        ["--api-key", "other-key-format"],
        ["auth", "login", "--key=other-key-format"],
        ["--token", "other-key-format"],
        ["--profile", SECRET],
        [f"--base-url={SECRET}"],
        ["show", "id", "--", SECRET],
    ],
)
def test_a_key_on_the_command_line_is_refused_and_not_repeated(words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        parse(words)

    assert "history" in str(caught.value)
    assert "ps" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert "other-key-format" not in str(caught.value)


@pytest.mark.parametrize("words", [["auth", "other-key-format"], ["auth", "login", "other-key-format"]])
def test_a_key_of_another_form_is_not_repeated_either(words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        parse(words)

    assert "other-key-format" not in str(caught.value)


COMMANDS = [outline.name.split() for outline in outlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_begins_with_examples_of_that_command(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(HelpGiven):
        parse([*command, "--help"])

    first, example, *rest = capsys.readouterr().out.splitlines()
    assert first == "examples:"
    assert " ".join(["feather-tui", *command]) in example
    assert any(line.startswith("usage:") for line in rest)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_of_every_help_can_be_parsed(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(HelpGiven):
        parse([*command, "--help"])

    for line in capsys.readouterr().out.partition("\n\n")[0].splitlines()[1:]:
        example = re.split(r" {3,}", line.strip())[0]  # a remark may stand behind it
        words = [line_words for line_words in _programs(example) if line_words[0] == "feather-tui"]
        assert words or "$(" in example
        for _, *rest in words:
            assert parse(rest).command in (command or ["open"])


def _programs(example: str) -> list[list[str]]:
    """Give the words of each program of a pipe, without what is redirected."""
    return [shlex.split(re.split(r" [<>] ", program)[0]) for program in example.split(" | ")]


def test_the_help_of_the_program_names_every_command_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(HelpGiven):
        parse(["--help"])

    listed = capsys.readouterr().out.partition("first word:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == [
        name for command in COMMANDS for name in command
    ]


def test_an_outline_tells_names_values_choices_and_help() -> None:
    (show,) = (outline for outline in outlines() if outline.name == "show")

    (form,) = (option for option in show.options if option.names == ("--format",))
    (offline,) = (option for option in show.options if option.names == ("--offline",))
    (reference,) = show.words
    assert (form.choices, form.help) == (("text", "markdown", "json"), "default: text")
    assert (offline.value, offline.choices, offline.help) == ("", (), "read only the cache")
    assert (reference.names, reference.value, reference.choices) == ((), "REFERENCE", ())
    assert show.usage.startswith("feather-tui show [-h] [--format {text,markdown,json}]")
