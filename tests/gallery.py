"""An application with widgets of several kinds, on a terminal of its own: stock, and in differences."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from robot import key_event
from terminal_cells import Drawing, Shown
from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import DataTable, Input, Static, TextArea

from feather_tui.ui.output.display import DifferenceApp

SIZE = (60, 24)
_QUIET_ROUNDS = 1
_FRAME_SECONDS = 1 / 45
"""A little more than there is between two frames of Textual, which come by the clock."""
LINES = [f"{number:3} {'注文 ' * (number % 3)}{'word ' * (number * 7 % 11)}" for number in range(300)]


class Tape(HeadlessDriver):
    """A driver whose terminal is in this process."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.drawing = Drawing(*SIZE)
        self.written = 0

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written += len(data.encode())
        self.drawing.write(data)


class Log(ScrollView, can_focus=True):
    """Lines that scroll."""

    def on_mount(self) -> None:
        self.virtual_size = self.size.with_height(len(LINES))

    def render_line(self, y: int) -> Strip:
        line = LINES[min(y + self.scroll_offset.y, len(LINES) - 1)]
        style = Style(color="red", bold=True) if "注" in line else Style()
        return Strip([Segment(line, style)]).adjust_cell_length(self.size.width, Style())


class Question(ModalScreen[None]):
    """A dialogue over the rest."""

    CSS = "Question { align: center middle; } Question Static { width: 24; height: 5; border: heavy red; }"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        yield Static("Really? 本当に?")


class Gallery(App[None]):
    """Widgets of several kinds, side by side and above each other; stock."""

    CSS = """
    Input { height: 3; } TextArea { height: 5; } DataTable { width: 24; height: 1fr; }
    Log { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f2", "ask", "ask"),
        ("f3", "hide", "hide"),
        ("f4", "colour", "colour"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__(driver_class=Tape)
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        field, area = Input(placeholder="type here"), TextArea("first\nsecond 日本\nthird")
        field.cursor_blink = area.cursor_blink = False
        table: DataTable[str] = DataTable()
        table.add_columns("name", "count")
        table.add_rows((f"row {number}", str(number * 31)) for number in range(80))
        yield field
        yield area
        with Horizontal():
            yield table
            yield Log()

    def action_ask(self) -> None:
        self.push_screen(Question())

    def action_hide(self) -> None:
        table = self.query_one(DataTable)
        table.display = not table.display

    def action_colour(self) -> None:
        self.query_one(TextArea).styles.background = "ansi_blue"

    @property
    def tape(self) -> Tape:
        """The terminal."""
        assert isinstance(self._driver, Tape)
        return self._driver


class FrugalGallery(DifferenceApp[None], Gallery):
    """The same, in differences."""

    def __init__(self) -> None:
        super().__init__()
        self.write_differences()


Step = Callable[[Pilot[None]], Awaitable[None]]


def press(*keys: str) -> Step:
    """Return the step of pressing keys one after the other."""

    async def step(pilot: Pilot[None]) -> None:
        for key in keys:
            pilot.app.post_message(key_event(key))
            await settle(pilot)

    return step


def resize(width: int, height: int) -> Step:
    """Return the step of changing the size of the window."""

    async def step(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, Gallery)
        size = Size(width, height)
        pilot.app.tape.drawing.screen.resize(height, width)
        pilot.app.tape._size = size
        pilot.app.post_message(events.Resize(size, size))
        while pilot.app.screen.size != size:  # Textual waits a moment for another change of size
            await pilot.pause(0)

    return step


async def settle(pilot: Pilot[None]) -> None:
    """Wait until every message that a key may have led to was handled, and nothing is written any more."""
    assert isinstance(pilot.app, Gallery)
    quiet = 0
    while quiet < _QUIET_ROUNDS:
        before = pilot.app.tape.written
        await pilot.pause(_FRAME_SECONDS)
        quiet = quiet + 1 if pilot.app.tape.written == before else 0


async def screens(app: Gallery, steps: Sequence[Step]) -> tuple[list[Shown], int]:
    """Return what the terminal shows after each step, and the bytes written in all."""
    seen = []
    async with app.run_test(headless=False, size=SIZE) as pilot:
        for step in steps:
            await step(pilot)
            await settle(pilot)
            seen.append(app.tape.drawing.cells)
        return seen, app.tape.written
