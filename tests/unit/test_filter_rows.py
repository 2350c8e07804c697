"""The filter in words: whole, counted, and never wider than the screen."""

from __future__ import annotations

import pytest
from looks import look

from feather_tui.rendering.filter_rows import filter_rows, filtered_words, suggestions_row
from feather_tui.rendering.row import text_of, width_of
from feather_tui.session.filter import EntryFilter
from feather_tui.session.kept import Kept

KEYS = "F changes · Esc shows all"
KEPT = Kept(by=EntryFilter(errors=True), positions=(3, 7), entries=1240)


def rows(kept: Kept, width: int, *, revealed: bool = False) -> list[str]:
    return [text_of(row) for row in filter_rows(kept, look(width), revealed=revealed, keys=KEYS)]


def test_it_says_what_is_shown_and_what_is_hidden() -> None:
    assert rows(KEPT, 120) == [f" filter  only errors   2 of 1,240 entries shown, 1,238 hidden   {KEYS}"]
    assert filtered_words(KEPT) == "only errors: 2 of 1,240 entries shown, 1,238 hidden"


def test_what_is_shown_although_it_is_hidden_is_counted_apart() -> None:
    assert (
        "3 of 1,240 entries shown (1 although filtered out), 1,237 hidden"
        in rows(KEPT, 120, revealed=True)[0]
    )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_part_of_it_is_cut(width: int) -> None:
    tools = frozenset(f"shop_tool_number_{number}" for number in range(12))
    kept = Kept(by=EntryFilter(tools=tools, errors=True), positions=(), entries=9)

    shown = rows(kept, width)

    assert all(len(row) <= width for row in shown)
    assert (
        " ".join(" ".join(shown).split())
        == f"filter {kept.by.description} 0 of 9 entries shown, 9 hidden {KEYS}"
    )


def test_names_in_a_filter_are_made_safe() -> None:
    kept = Kept(by=EntryFilter(tools=frozenset({"\x1b]52;c;\x07"})), positions=(), entries=9)

    assert not any("\x1b" in row for row in rows(kept, 80))


def test_suggestions_begin_with_the_chosen_one_and_say_how_many_have_no_room() -> None:
    words = [f"tool:number_{number}" for number in range(9)]

    row = suggestions_row(words, 2, look(50))

    assert text_of(row) == " go on with  tool:number_2    … 6 more"
    assert dict(row)["tool:number_2  "] == "accent"


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("chosen", [0, 3, 8])
def test_suggestions_fit(width: int, chosen: int) -> None:
    words = [f"tool:number_{number}" for number in range(9)]

    row = suggestions_row(words, chosen, look(width))

    assert width_of(row) <= width
    assert words[chosen] in text_of(row)
    assert text_of(row).count("tool:") + int(text_of(row).partition("… ")[2].split(" ")[0] or 0) == 9 - chosen
