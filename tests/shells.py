"""What a shell with the completion script of `feather-tui` would offer: the real shell, without a person."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 30

_BASH = """
source {script}
COMP_WORDS=({words})
COMP_CWORD={last}
_feather_tui
printf '%s\\n' "${{COMPREPLY[@]}}"
"""

# zsh offers candidates through builtins of its editor, which is not running.
_ZSH = """
compdef() {{ : }}
compadd() {{ while [[ $1 != -- ]]; do shift; done; shift; (( $# )) && print -rl -- "$@" }}
_describe() {{ print -rl -- "${{(@P)@[-1]}}" | sed 's/:.*//' }}
_files() {{ print -r -- "a file" }}
_message() {{ : }}
compset() {{ PREFIX=${{PREFIX#*=}} }}
source {script}
words=({words})
CURRENT={last}+1
PREFIX=$words[CURRENT]
_feather_tui
"""

_FISH = """
source {script}
complete -C {line}
"""


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell by its path; its name is the last part of that."""

    path: str
    script: Path

    def offers(self, *words: str) -> list[str]:
        """Complete the last of the words behind `feather-tui`; give what begins like it, in order."""
        line = ["feather-tui", *words]
        name = Path(self.path).name
        source = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}[name].format(
            script=shlex.quote(str(self.script)),
            words=" ".join(map(shlex.quote, line)),
            last=len(words),
            line=shlex.quote(" ".join(line)),
        )
        quiet = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}[name]
        done = subprocess.run(
            [self.path, *quiet, "-c", source], check=False, capture_output=True, text=True, timeout=SECONDS
        )
        assert not done.stderr, done.stderr
        found = [offer.partition("\t")[0] for offer in done.stdout.splitlines()]
        return [offer for offer in found if offer and offer.startswith(_typed(name, words))]


def _typed(name: str, words: Sequence[str]) -> str:
    """Give the part of the last word that a candidate takes the place of."""
    return words[-1] if name == "fish" else words[-1].rpartition("=")[2]


def put_program_on_path(directory: Path) -> str:
    """Make a program `feather-tui` of this checkout; give a PATH that has it."""
    directory.mkdir()
    program = directory / "feather-tui"
    source, python = shlex.quote(os.pathsep.join(filter(None, sys.path))), shlex.quote(sys.executable)
    program.write_text(f'#!/bin/sh\nPYTHONPATH={source} exec {python} -m feather_tui "$@"\n')
    program.chmod(0o700)
    return f"{directory}:{os.environ['PATH']}"


def find_shell(name: str) -> str | None:
    """Give the path of a shell, None if it is not installed."""
    return shutil.which(name)
