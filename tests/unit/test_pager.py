"""Which program shows a document, and what it is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feather_tui.errors import UsageError
from feather_tui.pager import pager_environment, pager_words


def which(*installed: str) -> Callable[[str], str | None]:
    return {program: f"/usr/bin/{program}" for program in installed}.get


@pytest.mark.parametrize(
    ("environ", "installed", "words"),
    [
        ({"FEATHER_PAGER": "most", "PAGER": "less -S"}, ("most", "less"), ("most",)),
        ({"PAGER": "less -S '+/a b'", "EDITOR": "vi"}, ("less", "vi"), ("less", "-S", "+/a b")),
        ({"PAGER": " "}, ("less",), ("less",)),
        ({"EDITOR": "vi"}, ("less", "vi"), ("less",)),
        ({"EDITOR": "vi", "VISUAL": "code --wait"}, ("vi", "code"), ("code", "--wait")),
        ({"EDITOR": "vi"}, ("vi",), ("vi",)),
    ],
)
def test_the_first_that_is_there_is_taken(
    environ: dict[str, str], installed: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert pager_words(environ, which(*installed)) == words


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"PAGER": "nosuch -x"}, "There is no program nosuch, which PAGER names."),
        ({"FEATHER_PAGER": "nosuch", "PAGER": "cat"}, "which FEATHER_PAGER names. Set FEATHER_PAGER"),
        ({"VISUAL": "nosuch"}, "which VISUAL names."),
        ({"PAGER": "less '"}, "PAGER has a quote without its partner."),
        ({}, "There is no less here, and no other pager is named. Set PAGER."),
    ],
)
def test_what_is_not_there_is_said(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        pager_words(environ, which("cat"))
    assert sentence in str(refused.value)


def test_nothing_of_a_shell_is_read() -> None:
    assert pager_words({"PAGER": "less $HOME;id | cat"}, which("less")) == ("less", "$HOME;id", "|", "cat")


def test_the_key_stays_here_and_less_keeps_nothing() -> None:
    environ = {"FEATHER_API_KEY": "fth_live_secret", "LESS": "FRX", "LESSSECURE": "0", "TERM": "xterm"}
    assert pager_environment(environ) == {
        "LESS": "FRX -+F",
        "LESSHISTFILE": "-",
        "LESSSECURE": "1",
        "TERM": "xterm",
    }
    assert "LESS" not in pager_environment({})
