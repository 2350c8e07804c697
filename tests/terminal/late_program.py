"""feather-tui, whose framework is not there yet: importing Textual waits until the file named first is gone.

If the file says `fail`, Textual turns out to be broken then.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from feather_tui.cli import main

_LOOK_SECONDS = 0.01


class Gate:
    """A finder of modules that finds none, but lets nobody past while its file is there."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Wait at the first part of Textual that is asked for."""
        del path, target
        if name == "textual":
            broken = self.file.exists() and self.file.read_text(encoding="utf-8") == "fail"
            while not broken and self.file.exists():
                time.sleep(_LOOK_SECONDS)
            if broken:
                raise RuntimeError("no such framework")
        return None


if __name__ == "__main__":
    sys.meta_path.insert(0, Gate(Path(sys.argv.pop(1))))
    sys.exit(main())
