"""A page of which only some blocks are shown: the others take no room, and keep their number and folds."""

from __future__ import annotations

from page_blocks import Tower

from feather_tui.rendering.look import Look
from feather_tui.rendering.page.page import Page
from feather_tui.rendering.page.place import Place
from feather_tui.rendering.row import text_of

LOOK = Look(width=100)
TOWERS = [Tower(name, folded=1, unfolded=2) for name in range(9)]


def page(*, height: int = 3) -> Page:
    return Page(TOWERS, LOOK, height)


def show(reader: Page, *numbers: int) -> None:
    reader.lay_out(TOWERS, LOOK, reader.height, numbers)


def show_all(reader: Page) -> None:
    reader.lay_out(TOWERS, LOOK, reader.height)


def seen(reader: Page) -> list[str]:
    """The rows in sight; the cursor's is marked."""
    return [text_of(row).strip() + "<" * at_cursor for row, at_cursor in reader.view()]


def test_only_what_is_shown_takes_room() -> None:
    reader = page()

    show(reader, 1, 4, 6, 8)

    assert seen(reader) == ["1.0<", "4.0", "6.0"]
    reader.end()
    assert seen(reader) == ["4.0", "6.0", "8.0<"]
    reader.home()
    assert seen(reader) == ["1.0<", "4.0", "6.0"]


def test_a_hidden_cursor_goes_on_to_the_next_that_is_shown() -> None:
    reader = page()
    reader.jump(5)

    show(reader, 1, 4, 6)

    assert reader.cursor == Place(6, 0)
    show(reader, 1, 4)
    assert reader.cursor == Place(4, 0)


def test_what_is_unfolded_stays_so_while_it_is_hidden() -> None:
    reader = page(height=9)
    reader.unfold(2)
    reader.unfold(4)

    show(reader, 4, 5)
    assert seen(reader)[:3] == ["4.0<", "4.1", "5.0"]
    reader.toggle()
    show_all(reader)

    assert [reader.expanded(block) for block in (2, 4, 5)] == [True, False, False]


def test_the_cursor_stays_on_its_line_when_everything_is_shown_again() -> None:
    reader = page()
    show(reader, 1, 4, 6, 8)
    reader.move(1)
    assert seen(reader) == ["1.0", "4.0<", "6.0"]

    show_all(reader)

    assert seen(reader) == ["3.0", "4.0<", "5.0"]


def test_with_nothing_shown_every_move_is_harmless_and_the_place_is_kept() -> None:
    reader = page()
    reader.jump(7)

    show(reader)
    for move in (reader.end, reader.home, reader.toggle, reader.show_more, lambda: reader.move(3)):
        move()
    reader.scroll(1)
    reader.jump(2)

    assert seen(reader) == ["", "", ""]
    assert reader.thumb() is None
    show_all(reader)
    assert reader.cursor.block == 7


def test_a_block_that_changed_is_laid_out_anew() -> None:
    towers = list(TOWERS)
    reader = Page(towers, LOOK, 3)
    assert seen(reader) == ["0.0<", "1.0", "2.0"]

    towers[0] = Tower(0, folded=2)
    assert seen(reader) == ["0.0<", "1.0", "2.0"]
    reader.renew(0)

    assert seen(reader) == ["0.0<", "0.1", "1.0"]
