"""Something else is in the place of the file, or around it."""

from __future__ import annotations

import os
import random
import shutil
import socket
from pathlib import Path
from typing import Final

from cache_damage.spoil import by_name, side


def directory(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()
    if chance.random() < 0.5:
        (path / "something").write_text("in it")


def pipe(path: Path, chance: random.Random) -> None:
    del chance
    path.unlink()
    os.mkfifo(path)


def unix_socket(path: Path, chance: random.Random) -> None:
    del chance
    path.unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(path.parent)  # the name of a socket is short
        try:
            listener.bind(path.name)
        finally:
            os.chdir(before)


def link(path: Path, chance: random.Random) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(chance.choice(("elsewhere", "nowhere", path.name, "/dev/zero", "/dev/full", "/")))


def file_above(path: Path, chance: random.Random) -> None:
    del chance
    shutil.rmtree(path.parent)
    path.parent.write_text("in the way")


def missing(path: Path, chance: random.Random) -> None:
    """Take away what is there, but for something beside it."""
    path.unlink()
    if chance.random() < 0.5:
        side(path, "-wal").write_bytes(chance.randbytes(5000))


def open_to_others(path: Path, chance: random.Random) -> None:
    path.chmod(0o666)
    if chance.random() < 0.5:
        path.parent.chmod(0o777)


SPOILS: Final = by_name(directory, pipe, unix_socket, link, file_above, missing, open_to_others)
