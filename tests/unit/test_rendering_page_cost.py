"""What a page costs follows the window, not the number of its blocks: counted, not timed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from looks import look

from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import Listed, ListedSession
from feather_tui.rendering.page.page import Page
from feather_tui.rendering.row import Row

MANY, HEIGHT = 5_000, 30


@dataclass(frozen=True)
class Counting:
    """A block of one row that counts what it is asked for."""

    asked: Counter[str]
    foldable: bool = False

    def estimate(self, look: Look) -> int:
        del look
        self.asked["estimate"] += 1
        return 1

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        del look, expanded, parts
        self.asked["rows"] += 1
        return [((" a row", "text"),)]


def test_another_width_asks_for_what_is_in_sight() -> None:
    asked = Counter[str]()
    blocks = [Counting(asked)] * MANY
    page = Page(blocks, look(), HEIGHT)
    list(page.view())
    asked.clear()

    page.lay_out(blocks, replace(look(), width=70), HEIGHT)
    list(page.view())

    assert asked["estimate"] == 0
    assert asked["rows"] <= HEIGHT + 2


def test_other_blocks_ask_for_the_rows_that_are_in_sight() -> None:
    asked = Counter[str]()
    page = Page([Counting(asked)] * MANY, look(), HEIGHT)

    page.lay_out([Counting(asked)] * (MANY - 1), look(), HEIGHT)
    list(page.view())

    assert asked["rows"] <= HEIGHT + 2


def test_sessions_are_the_same_blocks_whatever_is_typed() -> None:
    listed = Listed([ListedSession(session_id=f"{number:036x}", channel="chat") for number in range(MANY)])

    everything, chats = listed.filtered(""), listed.filtered("chat")

    assert all(one is other for one, other in zip(everything, chats, strict=True))
    assert listed.filtered(" ") is everything
