"""A whole Textual application on a terminal: the same screens, whichever way they are written."""

from __future__ import annotations

import pytest
import rich.cells
from gallery import SIZE, FrugalGallery, Gallery, press, screens, settle
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip

from feather_tui.ui.output import display, textual_parts


async def test_the_cursor_is_where_textual_wants_it() -> None:
    async with FrugalGallery().run_test(headless=False, size=SIZE) as pilot:
        app = pilot.app
        assert isinstance(app, Gallery)
        await press("a", "b", "left")(pilot)

        cursor = app.tape.drawing.screen.cursor
        assert (cursor.x, cursor.y) == app.cursor_position
        assert cursor.hidden


async def test_redraw_repairs_a_screen_that_somebody_else_wrote_to() -> None:
    async def disturbed_and_redrawn(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, FrugalGallery)
        pilot.app.tape.drawing.write("\x1b[?7h\x1b[3;4r\x1b[41mnot ours\x1b[5;5Hnor this\x1b[4h\x1b[?25h")
        await press("down")(pilot)
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
        await settle(pilot)
        before = app.tape.written
        app.screen.refresh()
        await settle(pilot)

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
