"""feather-tui with a fault: pressing F9 puts something on the screen that fails while it is drawn.

A local variable holds the API key, and so does the exception, beside bytes that act on a terminal.
"""

from __future__ import annotations

import os
import sys
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from feather_tui.cli import main
from feather_tui.ui import app


class Fault(Widget):
    """Fails to draw itself."""

    def render(self) -> str:
        the_key = os.environ["FEATHER_API_KEY"]
        the_customer = "Ann Example, 12 Example Road"
        raise RuntimeError(f"{the_key} {the_customer} \x1b]52;c;UE9JU09O\x07")


class CrashingApp(app.FeatherApp):
    """The app with one more key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f9", "crash", priority=True)]

    def action_crash(self) -> None:
        self.screen.mount(Fault())


if __name__ == "__main__":
    app.FeatherApp = CrashingApp  # type: ignore[misc] # the command line makes the app by this name
    sys.exit(main())
