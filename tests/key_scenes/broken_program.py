"""feather-tui with a fault at a chosen place: whoever passes there fails with the API key in hand.

    python broken_program.py PLACE [WORD ...]

The key is in a local variable and in the words of the exception, beside a customer's address and bytes that
act on a terminal.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import pkgutil
import signal
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

PLACES: Final = {
    "start": "feather_tui.cli.wiring:desk",
    "settings": "feather_tui.cli.wiring:load",
    "key": "feather_tui.credentials:KeyStore.find",
    "cache": "feather_tui.cli.wiring:open_store",
    "client": "feather_tui.api.client:ApiClient.__init__",
    "request": "feather_tui.api.client:_KeyHeader.auth_flow",
    "transport": "httpx:AsyncHTTPTransport.handle_async_request",
    "answer": "feather_tui.api.client:ApiClient._read",
    "worker": "feather_tui.library:Library._receive",
    "cached copy": "feather_tui.library:Library._recall",
    "end": "feather_tui.library:Library.close",
    "composing": "feather_tui.ui.screens.main:MainScreen.compose",
    "mounting": "feather_tui.ui.screens.main:MainScreen.on_mount",
    "rendering": "feather_tui.ui.widgets.page_view:PageView.render_lines",
    "key press": "feather_tui.ui.screens.main:MainScreen.action_show_help",
    "copying": "feather_tui.clipboard:Clipboard.copy",
}
SIGNALS: Final = {"segmentation fault": signal.SIGSEGV, "abort": signal.SIGABRT}


def the_key() -> str:
    """Give the key as the program would find it."""
    stored = Path(os.environ["XDG_CONFIG_HOME"]) / "feather-tui" / "keys" / "sandbox.key"
    return os.environ.get("FEATHER_API_KEY") or stored.read_text().split()[-1]


def fail(*args: Any, **kwargs: Any) -> NoReturn:
    key, customer = the_key(), "Ann Example, 12 Example Road"
    arguments = (args, kwargs)
    raise RuntimeError(f"{key} {customer} {arguments} \x1b]52;c;UE9JU09O\x07")


def die(number: signal.Signals) -> NoReturn:
    """End as a fault in a library written in C would, with the key in hand."""
    key = the_key()
    os.kill(os.getpid(), number)
    raise AssertionError(key)


def break_at(place: str) -> None:
    if place in SIGNALS:
        faulthandler.enable()
        target, replacement = PLACES["worker"], lambda *_: die(SIGNALS[place])
    elif place == "nowhere, logging everything":
        logging.basicConfig(level=logging.DEBUG, filename="debug.log")
        return
    else:
        target, replacement = PLACES[place], fail
    owner, _, name = target.replace(":", ".").rpartition(".")
    setattr(pkgutil.resolve_name(owner), name, replacement)


if __name__ == "__main__":
    from feather_tui.cli import main

    break_at(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
