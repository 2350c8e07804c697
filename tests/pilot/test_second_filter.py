"""A widget that draws what strangers wrote as it came: no matter how it is written, none of it acts."""

from __future__ import annotations

from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from robot import demo_library
from terminal_cells import Drawing
from textual.app import App
from textual.content import Content
from textual.drivers.headless_driver import HeadlessDriver
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from feather_tui.rendering.masthead import Place
from feather_tui.ui.app import FeatherApp
from feather_tui.ui.surroundings import Surroundings

SIZE = (60, 20)
RAW = "\x1b]52;c;cm0=\x00 \x1b[5;9Hgo \x9b7m \u202egnp\u2069 \u200b\U000e0041\ud800."
SHOWN = "␛]52;c;cm0=␀ ␛[5;9Hgo �7m �gnp� ���."


class Tape(HeadlessDriver):
    """A terminal in this process."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.drawing = Drawing(*SIZE)
        self.written = ""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written += data
        self.drawing.write(data)


class Lines(Widget):
    """Draws by the Line API, and makes nothing safe."""

    DEFAULT_CSS = "Lines { height: 1; }"

    def render_line(self, y: int) -> Strip:
        del y
        return Strip([Segment(RAW, Style(color="red")), Segment("|")])


class FeatherOnTape(FeatherApp):
    def __init__(self) -> None:
        super().__init__(demo_library(), Surroundings(place=Place(profile="test", host="127.0.0.1")))
        self.driver_class = Tape

    @property
    def tape(self) -> Tape:
        assert isinstance(self._driver, Tape)
        return self._driver


@pytest.mark.parametrize("differences", [True, False])
async def test_what_a_widget_draws_raw_is_shown_and_does_nothing(differences: bool) -> None:  # noqa: FBT001 - drawn
    app = FeatherOnTape()
    if differences:
        app.write_differences()
    async with app.run_test(headless=False, size=SIZE) as pilot:
        before = len(app.tape.written)
        await app.screen.mount(Static(Content(RAW)), Lines())
        await pilot.pause()

        shown = [line.rstrip() for line in app.tape.drawing.screen.display]
        assert sum(line.startswith(SHOWN) for line in shown) == 2, "\n".join(shown)
        added = app.tape.written[before:]
        for harmful in ("\x1b]", "\x1b[5;9H", "\x9b", "\x00", "\u202e", "\u200b", "\U000e0041", "\ud800"):
            assert harmful not in added
