"""What is written in differences looks, cell by cell, as stock Textual writes it, in fewer bytes."""

from __future__ import annotations

import asyncio
import random

from campaign import Tally, tries
from gallery import SIZE, FrugalGallery, Gallery, Step, press, resize, screens
from random_frames import SYSTEMS, Pages
from rich.console import Console
from terminal_cells import Drawing, Shown, text_shown
from textual._compositor import LayoutUpdate
from textual.geometry import Offset

from feather_tui.ui.output.frames import Frames
from feather_tui.ui.output.updates import DifferenceUpdate

FRAMES = 50
KEYS = [
    *("tab", "tab", "shift+tab", "down", "down", "down", "up", "up", "pagedown", "pageup", "end", "home"),
    *("right", "left", "a", "Z", "space", "enter", "backspace", "f2", "f2", "escape", "f3", "f4"),
]


@tries(sample=3, full=1_200, slices=2)
def test_every_frame_looks_as_stock_textual_writes_it(tries: range, tally: Tally) -> None:
    written = saved = 0
    for seed in tries:
        with tally.attempt(f"text {seed}"):
            cost, less = frames_are_the_same(seed, SYSTEMS[seed % len(SYSTEMS)])
            written, saved = written + cost, saved + less
            assert less > 0
    assert saved > written  # of some texts, which are all edits of a few columns, less is saved


def frames_are_the_same(seed: int, colours: str) -> tuple[int, int]:
    """Compare frame by frame; return how many characters were written, and how many fewer that was."""
    console = Console(color_system=colours, force_terminal=True, legacy_windows=False)  # type: ignore[arg-type]
    pages, frames = Pages(seed, colours), Frames(console)
    stock, ours = Drawing(pages.width, pages.height), Drawing(pages.width, pages.height)
    written = saved = 0
    for step, update in enumerate(pages.updates(FRAMES)):
        for drawing in (stock, ours):
            drawing.screen.resize(pages.height, pages.width)
        if step % 17 == 16 and isinstance(update, LayoutUpdate):
            ours.write("\x1b[31mwritten by \x1b[3;5rsomebody else\n\n\n")
            frames.forget()
        frame = frames.instead_of(update, Offset(0, 0))
        plain = update.render_segments(console)
        stock.write(plain)
        if isinstance(frame, DifferenceUpdate):
            text = frame.render_segments(console)
            ours.write(text)
            written, saved = written + len(text), saved + len(plain) - len(text)
        same(ours.cells, stock.cells, f"step {step}")
    return written, saved


@tries(sample=1, full=100, slices=2)
async def test_every_screen_of_an_application_is_the_same(tries: range, tally: Tally) -> None:
    for seed in tries:
        steps = random_steps(seed)
        (stock, stock_bytes), (ours, our_bytes) = await asyncio.gather(
            screens(Gallery(), steps), screens(FrugalGallery(), steps)
        )
        with tally.attempt(f"steps {seed}"):
            for number, (expected, found) in enumerate(zip(stock, ours, strict=True)):
                same(found, expected, f"step {number}")
            assert our_bytes < stock_bytes / 2


def random_steps(seed: int) -> list[Step]:
    chance = random.Random(seed)  # noqa: S311 - no secret
    steps = [press(*chance.choices(KEYS, k=chance.randint(1, 3))) for _ in range(24)]
    steps[8] = resize(chance.randint(30, 80), chance.randint(12, 30))
    steps[16] = resize(*SIZE)
    return steps


def same(found: Shown, expected: Shown, where: str) -> None:
    assert found == expected, f"{where}\n{text_shown(found)}\n\ninstead of\n\n{text_shown(expected)}"
