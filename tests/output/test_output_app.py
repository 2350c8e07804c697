"""A whole Textual application on a terminal: the same screens, whichever way they are written."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import pytest
import rich.cells
from rich.segment import Segment
from rich.style import Style
from terminal_cells import Drawing, Shown, text_shown
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import DataTable, Input, Static, TextArea

from feather_tui.ui.output import display, textual_parts
from feather_tui.ui.output.display import DifferenceApp

SIZE = (60, 24)
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
        assert isinstance(self._driver, Tape)
        return self._driver


class FrugalGallery(DifferenceApp[None], Gallery):
    """The same, in differences."""

    def __init__(self) -> None:
        super().__init__()
        self.write_differences()


Step = Callable[[Pilot[None]], Awaitable[None]]


def press(*keys: str) -> Step:
    async def step(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)

    return step


def resize(width: int, height: int) -> Step:
    async def step(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, Gallery)
        pilot.app.tape.drawing.screen.resize(height, width)
        await pilot.resize_terminal(width, height)

    return step


def random_steps(seed: int) -> list[Step]:
    chance = random.Random(seed)  # noqa: S311 - no secret
    keys = [
        *("tab", "tab", "shift+tab", "down", "down", "down", "up", "up", "pagedown", "pageup", "end", "home"),
        *("right", "left", "a", "Z", "space", "enter", "backspace", "f2", "f2", "escape", "f3", "f4"),
    ]
    steps = [press(*chance.choices(keys, k=chance.randint(1, 3))) for _ in range(24)]
    steps[8] = resize(chance.randint(30, 80), chance.randint(12, 30))
    steps[16] = resize(*SIZE)
    return steps


async def screens(app: Gallery, steps: list[Step]) -> tuple[list[Shown], int]:
    """Return what the terminal shows after each step, and the bytes written in all."""
    seen = []
    async with app.run_test(headless=False, size=SIZE) as pilot:
        for step in steps:
            await step(pilot)
            await pilot.pause()
            seen.append(app.tape.drawing.cells)
        return seen, app.tape.written


@pytest.mark.parametrize("seed", range(3))
async def test_every_screen_is_the_same_in_fewer_bytes(seed: int) -> None:
    steps = random_steps(seed)

    stock, stock_bytes = await screens(Gallery(), steps)
    ours, our_bytes = await screens(FrugalGallery(), steps)

    for number, (expected, found) in enumerate(zip(stock, ours, strict=True)):
        assert found == expected, (
            f"step {number}\n{text_shown(found)}\n\ninstead of\n\n{text_shown(expected)}"
        )
    assert our_bytes < stock_bytes / 2


async def test_the_cursor_is_where_textual_wants_it() -> None:
    async with FrugalGallery().run_test(headless=False, size=SIZE) as pilot:
        app = pilot.app
        assert isinstance(app, Gallery)
        await pilot.press("a", "b", "left")
        await pilot.pause()

        cursor = app.tape.drawing.screen.cursor
        assert (cursor.x, cursor.y) == app.cursor_position
        assert cursor.hidden


async def test_redraw_repairs_a_screen_that_somebody_else_wrote_to() -> None:
    async def disturbed_and_redrawn(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, FrugalGallery)
        pilot.app.tape.drawing.write("\x1b[?7h\x1b[3;4r\x1b[41mnot ours\x1b[5;5Hnor this\x1b[4h\x1b[?25h")
        await pilot.press("down")
        pilot.app.action_redraw()

    (before, after), _ = await screens(FrugalGallery(), [press("tab"), disturbed_and_redrawn])
    (_, expected), _ = await screens(Gallery(), [press("tab"), press("down")])

    assert before != after
    assert after == expected


async def test_after_a_pause_the_screen_is_painted_anew() -> None:
    async def cleared_and_resumed(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, Gallery)
        pilot.app.tape.drawing.write("\x1b[m\x1b[2J")
        pilot.app.app_resume_signal.publish(pilot.app)

    (before, after), _ = await screens(FrugalGallery(), [press("tab"), cleared_and_resumed])

    assert before == after


async def test_a_frame_that_changes_nothing_is_not_written() -> None:
    async with FrugalGallery().run_test(headless=False, size=SIZE) as pilot:
        app = pilot.app
        assert isinstance(app, Gallery)
        await pilot.pause()
        before = app.tape.written
        app.screen.refresh()
        await pilot.pause()

        assert app.tape.written == before


def changed() -> None:
    """What any function may be in another version."""


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (App, "_display"),
        (CompositorUpdate, "render_segments"),
        (LayoutUpdate, "__init__"),
        (Strip, "render_ansi"),
        (rich.cells, "split_graphemes"),
    ],
)
def test_a_part_that_is_another_is_named(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
    assert textual_parts.obstacle() == ""
    monkeypatch.setattr(owner, name, changed)

    assert f"{owner.__name__}.{name}" in textual_parts.obstacle()


@pytest.mark.parametrize("part", ["textual._compositor.ChopsUpdate", "rich.cells.split_graphemes"])
def test_a_part_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.delattr(part)

    assert part.rpartition(".")[2] in textual_parts.obstacle()


async def test_with_another_textual_its_own_output_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "obstacle", lambda: "something is not as it was")

    steps = [press("tab", "down", "down")]
    assert await screens(FrugalGallery(), steps) == await screens(Gallery(), steps)
