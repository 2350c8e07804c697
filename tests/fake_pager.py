"""A pager that writes down what it was given."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

SCRIPT = """#!{python}
import json, os, signal, sys, termios, time, tty
from pathlib import Path
file = Path(sys.argv[-1])
Path({record!r}).write_text(json.dumps({{
    "words": sys.argv[1:],
    "text": file.read_text(),
    "modes": [oct(path.stat().st_mode & 0o777) for path in (file, file.parent, file.parent.parent)],
    "environ": dict(os.environ),
}}))
(file.parent / ".session.swp").write_text("an editor's own")
print("\x1b[?1049h\x1b[2J\x1b[?1049l")  # terminals forget the other screen when it is left
print("THE PAGER", flush=True)
{ending}
"""


class FakePager:
    """A program that says what it was given, and ends as it is told to."""

    def __init__(self, directory: Path, ending: str) -> None:
        self._record = directory / "record.json"
        self.path = directory / "fake-pager"
        script = SCRIPT.format(python=sys.executable, record=str(self._record), ending=ending)
        self.path.write_text(script, encoding="utf-8")
        self.path.chmod(0o700)

    @property
    def given(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self._record.read_text())
        return record
