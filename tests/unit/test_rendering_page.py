"""The reader's place in a page: what each move does."""

from __future__ import annotations

import pytest
from page_blocks import Tower

from feather_tui.rendering.look import Look
from feather_tui.rendering.page.page import Page
from feather_tui.rendering.page.thumb import Thumb
from feather_tui.rendering.row import text_of

WIDE, NARROW = Look(width=100), Look(width=60)


def page(*towers: Tower, height: int = 5) -> Page:
    return Page(towers, WIDE, height)


def lines(*, of: int) -> list[Tower]:
    """So many blocks of one row."""
    return [Tower(name) for name in range(of)]


def seen(reader: Page) -> list[str]:
    """The rows in sight; the cursor's is marked."""
    return [text_of(row).strip() + "<" * at_cursor for row, at_cursor in reader.view()]


def test_a_page_begins_at_its_first_row() -> None:
    assert seen(page(Tower(0, folded=2), Tower(1, folded=9))) == ["0.0<", "0.1", "1.0", "1.1", "1.2"]


def test_beyond_the_end_rows_are_blank() -> None:
    assert seen(page(Tower(0), height=3)) == ["0.0<", "", ""]


def test_an_empty_page_is_blank_and_still() -> None:
    reader = page(height=2)
    for move in (reader.end, reader.home, reader.toggle, reader.toggle_all, lambda: reader.move(3)):
        move()
    reader.scroll(-1)
    reader.lay_out((), NARROW, 2)

    assert seen(reader) == ["", ""]
    assert reader.thumb() is None


def test_the_cursor_moves_and_the_view_follows() -> None:
    reader = page(*lines(of=9), height=3)

    reader.move(2)
    assert seen(reader) == ["0.0", "1.0", "2.0<"]
    reader.move(1)
    assert seen(reader) == ["1.0", "2.0", "3.0<"]
    reader.move(-1)
    assert seen(reader) == ["1.0", "2.0<", "3.0"]
    reader.move(-2)
    assert seen(reader) == ["0.0<", "1.0", "2.0"]


def test_moves_stop_at_the_ends() -> None:
    reader = page(*lines(of=9), height=3)

    reader.move(-5)
    assert seen(reader) == ["0.0<", "1.0", "2.0"]
    reader.move(99)
    assert seen(reader) == ["6.0", "7.0", "8.0<"]


def test_a_page_down_moves_view_and_cursor() -> None:
    reader = page(*lines(of=9), height=3)
    reader.move(1)

    reader.scroll(3)
    assert seen(reader) == ["3.0", "4.0<", "5.0"]
    reader.scroll(-3)
    assert seen(reader) == ["0.0", "1.0<", "2.0"]


def test_at_an_end_only_the_cursor_goes_on() -> None:
    reader = page(*lines(of=5), height=3)

    reader.scroll(3)
    assert seen(reader) == ["2.0", "3.0<", "4.0"]
    reader.scroll(3)
    assert seen(reader) == ["2.0", "3.0", "4.0<"]
    reader.scroll(-3)
    reader.scroll(-3)
    assert seen(reader) == ["0.0<", "1.0", "2.0"]


def test_the_end_stands_at_the_bottom() -> None:
    reader = page(Tower(0, folded=4), Tower(1, folded=4), height=3)

    reader.end()
    assert seen(reader) == ["1.1", "1.2", "1.3<"]
    reader.home()
    assert seen(reader) == ["0.0<", "0.1", "0.2"]


@pytest.mark.parametrize("error", [-3, 0, 7])
def test_from_the_end_page_up_leads_back_through_every_row(error: int) -> None:
    """Blocks above the view are laid out on the way, whatever their heights were thought to be."""
    towers = [Tower(name, folded=1 + name % 4, error=error) for name in range(30)]
    whole = [f"{tower.name}.{row}" for tower in towers for row in range(tower.folded)]
    reader = page(*towers, height=5)
    reader.end()

    read = seen(reader)[::-1]
    while reader.top != (0, 0):
        before = reader.top
        reader.scroll(-5)
        assert reader.top < before
        read += [
            row for row in seen(reader)[::-1] if row.strip("<") not in {seen_.strip("<") for seen_ in read}
        ]

    assert [row.strip("<") for row in read[::-1]] == whole


def test_unfolding_shows_the_block_whole_if_it_fits() -> None:
    reader = page(*lines(of=3), Tower(3, folded=1, unfolded=3), *[Tower(4)] * 3, height=4)
    reader.move(3)

    assert reader.toggle()
    assert seen(reader) == ["2.0", "3.0<", "3.1", "3.2"]
    assert reader.toggle()
    assert seen(reader) == ["2.0", "3.0<", "4.0", "4.0"]


def test_unfolding_a_tall_block_shows_it_from_its_first_row() -> None:
    reader = page(*lines(of=3), Tower(3, folded=1, unfolded=9), height=4)
    reader.end()

    reader.toggle()

    assert seen(reader) == ["3.0<", "3.1", "3.2", "3.3"]


def test_folding_at_the_end_wastes_no_room() -> None:
    reader = page(*lines(of=6), Tower(6, folded=1, unfolded=9), height=4)
    reader.end()
    reader.toggle()
    reader.end()

    reader.toggle()

    assert seen(reader) == ["3.0", "4.0", "5.0", "6.0<"]


def test_what_has_nothing_to_unfold_stays() -> None:
    reader = page(*lines(of=2))

    assert not reader.toggle()


def test_jumping_shows_as_much_of_a_block_as_there_is_room_for() -> None:
    reader = page(*lines(of=8), Tower(8, folded=3), *lines(of=8), height=4)

    reader.jump(8)
    assert seen(reader) == ["7.0", "8.0<", "8.1", "8.2"]
    reader.jump(2)
    assert seen(reader) == ["2.0<", "3.0", "4.0", "5.0"]
    reader.jump(4)
    assert seen(reader) == ["2.0", "3.0", "4.0<", "5.0"]


def test_everything_unfolds_and_folds_around_the_cursor() -> None:
    reader = page(*(Tower(name, folded=1, unfolded=3) for name in range(5)), height=4)
    reader.move(2)
    reader.toggle()

    assert reader.toggle_all()
    assert seen(reader)[-1] == "0.3<" or "2.0<" in seen(reader)
    assert all(reader.expanded(block) for block in range(5))
    reader.toggle()
    assert not reader.expanded(2)
    assert not reader.toggle_all()
    assert not any(reader.expanded(block) for block in range(5))
    assert "2.0<" in seen(reader)


def test_a_block_may_be_unfolded_from_elsewhere() -> None:
    reader = page(Tower(0), Tower(1, folded=1, unfolded=3), height=4)

    reader.unfold(1)
    reader.unfold(1)
    reader.unfold(0)

    assert seen(reader) == ["0.0<", "1.0", "1.1", "1.2"]


def test_more_of_a_long_value_is_shown_for_its_block_alone() -> None:
    reader = page(Tower(0), Tower(1), height=4)

    reader.show_more()
    reader.show_more()

    assert seen(reader) == ["0.0<", "0.1", "0.2", "1.0"]


def test_another_width_keeps_the_place() -> None:
    towers = [Tower(name, folded=2, unfolded=4) for name in range(9)]
    reader = page(*towers, height=4)
    reader.move(9)
    reader.toggle()

    reader.lay_out(towers, NARROW, 4)

    assert reader.cursor == (4, 0)
    assert "4.0<" in seen(reader)
    assert reader.expanded(4)


def test_more_room_is_used_at_the_end() -> None:
    towers = lines(of=6)
    reader = page(*towers, height=2)
    reader.end()

    reader.lay_out(towers, WIDE, 4)

    assert seen(reader) == ["2.0", "3.0", "4.0", "5.0<"]


def test_newer_blocks_keep_the_place_as_far_as_it_exists() -> None:
    reader = page(*lines(of=9), height=3)
    reader.end()

    reader.lay_out(lines(of=2), WIDE, 3)

    assert seen(reader) == ["0.0", "1.0<", ""]


def test_a_view_has_a_height() -> None:
    reader = page(*lines(of=2), height=0)

    assert seen(reader) == ["0.0<"]


def test_only_what_is_in_sight_is_laid_out() -> None:
    laid_out: set[int] = set()

    class Watched(Tower):
        def rows(self, look: Look, *, expanded: bool, parts: int) -> list[tuple[tuple[str, str], ...]]:  # type: ignore[override]  # tones are plain here
            laid_out.add(self.name)
            return super().rows(look, expanded=expanded, parts=parts)  # type: ignore[return-value]  # the same

    reader = page(*(Watched(name) for name in range(1000)), height=10)
    seen(reader)
    reader.move(500)

    assert len(laid_out) < 1000 - 400
    reader.end()
    seen(reader)
    assert not laid_out & set(range(600, 980))


@pytest.mark.parametrize(
    ("rows", "height", "thumb"),
    [(5, 5, None), (3, 5, None), (10, 5, Thumb(0, 2)), (1000, 5, Thumb(0, 1))],
)
def test_the_thumb_is_as_long_as_what_is_in_sight(rows: int, height: int, thumb: Thumb | None) -> None:
    assert page(*lines(of=rows), height=height).thumb() == thumb


def test_the_thumb_goes_from_top_to_bottom() -> None:
    reader = page(*lines(of=40), height=10)
    places = []
    while True:
        thumb = reader.thumb()
        assert thumb is not None
        places.append(thumb.start)
        if reader.cursor.block == 39:
            break
        reader.move(1)

    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, 8)


def test_a_bookmark_brings_back_place_and_folds() -> None:
    reader = page(*(Tower(name, folded=1, unfolded=4) for name in range(9)))
    reader.move(3)
    reader.toggle()
    reader.move(2)
    before, kept = seen(reader), reader.bookmark

    reader.toggle_all()
    reader.home()
    assert seen(reader) != before
    reader.resume(kept)
    assert seen(reader) == before


def test_a_bookmark_of_a_longer_page_leads_to_the_end_of_a_shorter_one() -> None:
    longer, shorter = page(*lines(of=30)), page(*lines(of=3))
    longer.end()
    shorter.resume(longer.bookmark)

    assert seen(shorter) == ["0.0", "1.0", "2.0<", "", ""]
