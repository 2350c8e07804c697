"""What is on the screen before Textual is imported, and sessions are read: what can be shown of them at once.

Both take most of the time of a start. What is painted here is what the first frame will show, as far as it
is known; that frame writes over it what has become different, and nothing else.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from feather_tui import __version__
from feather_tui.command import Pane
from feather_tui.rendering.ascii_signs import in_ascii
from feather_tui.rendering.footer import footer_row
from feather_tui.rendering.inks import INKS
from feather_tui.rendering.masthead import Freshness, Place, place_row, rule_row
from feather_tui.rendering.row import BLANK, Line, drawn_line
from feather_tui.rendering.safe import is_only_ascii
from feather_tui.ui import skeleton
from feather_tui.ui.output.cells import Cells, Row, Sight, blank_row
from feather_tui.ui.output.pens import DEFAULT, pen_of
from feather_tui.ui.output.screen import difference, repaint

if TYPE_CHECKING:
    from feather_tui.command import Command
    from feather_tui.findings.thresholds import Thresholds
    from feather_tui.rendering.clock import TimeMode
    from feather_tui.rendering.look import Look
    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Picture
    from feather_tui.ui.ending.device import Terminal

_ENDS: Final = 2
"""The first line and the last: they depend on the moment, and on the keys that were configured."""


class Subject(NamedTuple):
    """Whose first sight it is: a session, with what is known of it; or neither, the lookup.

    `seen`: the lines between the first of the screen and the last, and `freshness` how old these are.
    """

    place: Place
    session_id: SessionId | None = None
    seen: Sequence[Line] | None = None
    freshness: Freshness | None = None


class FirstSight:
    """What a terminal shows of a subject before the application does. `theme` is one of INKS.

    It may be shown from any thread, until it is handed over.
    """

    def __init__(self, terminal: Terminal, look: Look, height: int, theme: str) -> None:
        self.look = look
        self.height = height
        self._terminal = terminal
        self._showing = threading.Lock()
        self._handed_over = False
        self._whole = False
        self._pens = {tone: pen_of(ink.codes) for tone, ink in INKS[theme].items()}
        self._cells = Cells()
        self._rows = self._skeleton() if terminal.taken else None

    def show(self, subject: Subject) -> None:
        """Write what is known, over the skeleton if that is there; else take the terminal first."""
        with self._showing:
            if not self._handed_over:
                self._show(subject)

    def hand_over(self) -> tuple[Sight | None, bool]:
        """Return what is shown, and whether it is a page of text; nothing else will be."""
        with self._showing:
            self._handed_over = True
        return Sight(cells=self._cells, rows=self._rows) if self._rows else None, self._whole

    def _show(self, subject: Subject) -> None:
        before, self._whole = self._rows, subject.seen is not None
        self._rows = [self._row(line) for line in _lines(subject, self.look, self.height)]
        if before is None:
            self._terminal.take(repaint(self._rows))
        else:
            self._terminal.write(difference(before, self._rows))
            self._terminal.flush()

    def _row(self, line: Line) -> Row:
        written = in_ascii if is_only_ascii() else str
        spans = drawn_line(line, self.look.width)
        return self._cells.row((written(text), self._pens[tone]) for text, tone in spans)

    def _skeleton(self) -> list[Row]:
        """Return what `skeleton.paint` has written."""
        rest = " " * (self.look.width - len(skeleton.NAME))
        named = self._cells.row([(skeleton.NAME, pen_of(skeleton.NAME_CODES)), (rest, DEFAULT)])
        return [named, *[blank_row(self.look.width)] * (self.height - 1)]


def _lines(subject: Subject, look: Look, height: int) -> list[Line]:
    place, session_id, seen, freshness = subject
    pane = Pane.TRANSCRIPT if session_id is not None else Pane.LOOKUP
    if seen is None:
        seen = [(rule_row(look), "", ""), *[(BLANK, "", "")] * (height - _ENDS - 1)]
    head = place_row(place, session_id, freshness, look)
    return [(head, "", ""), *seen, (footer_row(pane, look), "", "")]


# ---------------------------------------------------------------------- pictures


def basis_of(commands: Sequence[Command], thresholds: Thresholds | None) -> str:
    """Return what a picture depends on besides the size and the way times are written, as one word."""
    keys = [(command.id, command.keys) for command in commands]
    others = (__version__, is_only_ascii(), keys, thresholds, time.tzname)
    return blake2b(repr(others).encode(), digest_size=16).hexdigest()


def setting_of(basis: str, width: int, height: int, mode: TimeMode) -> str:
    """Return what a picture depends on; it is shown again where that is the same."""
    return f"{width}x{height} {mode} {basis}"


def as_picture(lines: Sequence[Line]) -> bytes:
    """Return what is kept of a whole screen: what is between its ends."""
    return json.dumps(lines[1:-1]).encode()


def seen_in(picture: Picture, height: int) -> list[Line] | None:
    """Return the lines of a picture; None if they are not those of a screen of `height` lines."""
    lines = json.loads(picture.lines)
    if len(lines) != height - _ENDS:
        return None
    return [(tuple((text, tone) for text, tone in row), mark, thumb) for row, mark, thumb in lines]
