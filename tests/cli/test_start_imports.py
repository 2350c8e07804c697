"""What the screens do not need for their first frame is not imported for it."""

from __future__ import annotations

import subprocess
import sys

NOT_YET = ("httpx", "pydantic", "feather_tui.session.list_query", "feather_tui.api.conversations")


def test_the_screens_begin_without_the_network_and_the_list() -> None:
    script = (
        "import sys, feather_tui.cli.open_app, feather_tui.cli.wiring, feather_tui.ui.app\n"
        f"print([name for name in sys.modules if name.startswith({NOT_YET!r})])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
