"""Homes for many runs of the program: each begins empty or as a copy of a model, and is gone afterwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest import mock

from feather_tui.locations import Locations

_KINDS: Final = ("CONFIG", "CACHE", "STATE")


class Homes:
    """Homes in `directory`, one at a time; the environment leads to it, and it is the current directory."""

    def __init__(self, directory: Path) -> None:
        self._model = directory / "model"
        self._home = directory / "now"

    @contextmanager
    def furnishing(self) -> Iterator[Locations]:
        """Give the empty home that later ones are copies of."""
        self._model.mkdir(mode=0o700)
        with self._entered(self._model) as locations:
            yield locations

    @contextmanager
    def furnished(self) -> Iterator[Locations]:
        """Give a copy of the model."""
        shutil.copytree(self._model, self._home, symlinks=True)
        try:
            with self._entered(self._home) as locations:
                yield locations
        finally:
            shutil.rmtree(self._home)

    @contextmanager
    def empty(self) -> Iterator[Locations]:
        """Give a home with nothing in it."""
        self._home.mkdir(mode=0o700)
        try:
            with self._entered(self._home) as locations:
                yield locations
        finally:
            shutil.rmtree(self._home)

    @contextmanager
    def _entered(self, home: Path) -> Iterator[Locations]:
        places = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in _KINDS}
        before = Path.cwd()
        os.chdir(home)
        try:
            with mock.patch.dict(os.environ, {**places, "HOME": str(home)}):
                yield Locations.default()
        finally:
            os.chdir(before)
