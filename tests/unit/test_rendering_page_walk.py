"""Random walks through pages, compared with a page that is laid out in full at every step."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from page_blocks import Tower
from wild_documents import quick

from feather_tui.rendering.look import Look
from feather_tui.rendering.page.page import Page
from feather_tui.rendering.row import text_of

towers = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 12), st.integers(-4, 9)), min_size=3, max_size=12
).map(
    lambda sizes: [
        Tower(name, folded=folded, unfolded=unfolded, error=error)
        for name, (folded, unfolded, error) in enumerate(sizes)
    ]
)
numbers = st.integers(-30, 30)
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["move", "scroll"]), numbers),
        st.tuples(
            st.sampled_from(["home", "end", "toggle", "toggle", "toggle_all", "show_more"]), st.just(0)
        ),
        st.tuples(st.sampled_from(["jump", "unfold"]), st.integers(0, 11)),
        st.tuples(st.just("height"), st.integers(1, 20)),
        st.tuples(st.just("width"), st.sampled_from([60, 100])),
        st.tuples(st.just("blocks"), st.integers(1, 12)),
        st.tuples(st.just("show"), st.integers(0, 4095)),
    ),
    min_size=10,
    max_size=40,
)


@dataclass
class Naive:
    """All rows of a page, and what is unfolded: slow, and plainly right. `shown`: None for all blocks."""

    blocks: list[Tower]
    look: Look
    shown: tuple[int, ...] | None = None
    all_expanded: bool = False
    turned: set[int] = field(default_factory=set)
    parts: dict[int, int] = field(default_factory=dict)

    def rows(self) -> list[tuple[int, int]]:
        return [
            (number, row)
            for number, tower in enumerate(self.blocks)
            if self.shown is None or number in self.shown
            for row in range(
                tower.height(self.look, expanded=self.expanded(number), parts=self.parts.get(number, 1))
            )
        ]

    def show(self, bits: int | None) -> None:
        """Show the blocks whose bit is set; all if none is."""
        chosen = [number for number in range(len(self.blocks)) if (bits or 0) >> number & 1]
        self.shown = tuple(chosen) or None

    def expanded(self, number: int) -> bool:
        return self.all_expanded != (number in self.turned)

    def next_shown(self, number: int) -> int:
        """The block itself, or the next that is shown, or the last."""
        shown = sorted({block for block, _ in self.rows()})
        return next((block for block in shown if block >= number), shown[-1])

    def texts(self) -> list[str]:
        return [f" {number}.{row}" for number, row in self.rows()]


def cursor_after(naive: Naive, cursor: int, step: str, number: int) -> int | None:
    """Where a step that only moves must leave the cursor, as a row of the whole page."""
    last = len(naive.rows()) - 1
    match step:
        case "move":
            return min(max(cursor + number, 0), last)
        case "home":
            return 0
        case "end":
            return last
        case "jump":
            return naive.rows().index((naive.next_shown(number), 0))
        case _:
            return None


@given(towers, steps, st.integers(1, 12))
@settings(quick, max_examples=120)
def test_a_page_is_a_window_on_all_its_rows(
    blocks: list[Tower], walk: list[tuple[str, int]], height: int
) -> None:
    naive = Naive(blocks, Look(width=100))
    page = Page(blocks, naive.look, height)

    for step, given_number in walk:
        number = given_number % len(naive.blocks) if step in {"jump", "unfold"} else given_number
        block = page.cursor.block
        before_top, before_cursor = (naive.rows().index(place) for place in (page.top, page.cursor))
        expected = cursor_after(naive, before_cursor, step, number)
        take(step, number, page, naive)
        whole, places = naive.texts(), naive.rows()
        top, cursor = places.index(page.top), places.index(page.cursor)

        check_window(page, whole, top, cursor)
        if expected is not None:
            assert cursor == expected
        if step == "move" and before_top <= cursor < before_top + page.height:
            assert top == before_top, "a view moves only if it must"
        if step == "scroll":
            check_scroll(before_top, top, number, len(whole), page.height)
        if step in {"toggle", "toggle_all", "unfold", "show_more", "height", "width", "show"}:
            assert page.cursor.block == naive.next_shown(block), "the reader stays with what was read"
        same_line = cursor - (before_cursor - before_top)
        if step == "show" and 0 <= same_line <= max(len(whole) - page.height, 0):
            assert top == same_line, "the cursor stays on its line where there is room"


def take(step: str, number: int, page: Page, naive: Naive) -> None:
    """Do one step with the page, and to the naive page what it means for folds, blocks and room."""
    if step in {"move", "scroll", "jump"}:
        getattr(page, step)(number)
    elif step in {"home", "end"}:
        getattr(page, step)()
    elif step in {"height", "width", "blocks", "show"}:
        lay_out(step, number, page, naive)
    else:
        fold(step, number, page, naive)


def lay_out(step: str, number: int, page: Page, naive: Naive) -> None:
    if step == "width":
        naive.look = Look(width=number)
    elif step == "blocks":
        naive.blocks = naive.blocks[:number]
        naive.show(None)
    elif step == "show":
        naive.show(number)
    page.lay_out(naive.blocks, naive.look, number if step == "height" else page.height, naive.shown)


def fold(step: str, number: int, page: Page, naive: Naive) -> None:
    block = page.cursor.block
    if step == "toggle":
        if page.toggle():
            naive.turned ^= {block}
    elif step == "toggle_all":
        naive.all_expanded = page.toggle_all()
        naive.turned.clear()
    elif step == "show_more":
        page.show_more()
        naive.parts[block] = naive.parts.get(block, 1) + 1
    else:
        page.unfold(number)
        if naive.blocks[number].foldable and not naive.expanded(number):
            naive.turned ^= {number}


def check_window(page: Page, whole: list[str], top: int, cursor: int) -> None:
    view = list(page.view())
    shown = [text_of(row) for row, _ in view]

    assert len(shown) == page.height
    assert shown == (whole[top : top + page.height] + [""] * page.height)[: page.height], "contiguous"
    assert [row for row, (_, at_cursor) in enumerate(view) if at_cursor] == [cursor - top], "cursor in sight"
    assert top <= max(len(whole) - page.height, 0), "no room is wasted at the end"
    thumb = page.thumb()
    assert thumb is None or 0 <= thumb.start < thumb.stop <= page.height


def check_scroll(before: int, after: int, number: int, rows: int, height: int) -> None:
    """A view goes as far as it was told, or to the end of the page."""
    assert after == min(max(before + number, 0), max(rows - height, 0))
