"""feather-tui, whose framework is not there yet: importing Textual waits until the file named first is gone.

If the file says `fail`, Textual turns out to be broken then.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType

from feather_tui.cli import main

_LOOK_SECONDS = 0.01


class Late(SourceFileLoader):
    """Loads a module when the file is gone. To find it takes no time: others could not import meanwhile."""

    gate: Path

    def exec_module(self, module: ModuleType) -> None:
        """Wait, then load."""
        broken = self.gate.exists() and self.gate.read_text(encoding="utf-8") == "fail"
        while not broken and self.gate.exists():
            time.sleep(_LOOK_SECONDS)
        if broken:
            raise RuntimeError("no such framework")
        super().exec_module(module)


class Gate:
    """Finds Textual, but has it loaded late."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the first part of Textual that is asked for."""
        if name != "textual" or (spec := PathFinder.find_spec(name, path, target)) is None:
            return None
        assert spec.origin is not None
        spec.loader = loader = Late(name, spec.origin)
        loader.gate = self.file
        return spec


if __name__ == "__main__":
    sys.meta_path.insert(0, Gate(Path(sys.argv.pop(1))))
    sys.exit(main())
