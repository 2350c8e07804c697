"""`feather-tui completion bash|zsh|fish`: print the script of one shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feather_tui.cli.arguments import outlines
from feather_tui.cli.completion import bash, fish, zsh

if TYPE_CHECKING:
    import argparse

_SCRIPTS: Final = {"bash": bash.script, "zsh": zsh.script, "fish": fish.script}


def run(arguments: argparse.Namespace) -> int:
    """Print the script; return 0."""
    print(_SCRIPTS[arguments.shell](outlines()), end="")
    return 0
