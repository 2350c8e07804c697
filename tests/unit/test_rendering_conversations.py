"""The table of the list: aligned, cut visibly, and safe at every width."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from conversation_rows import listed, listed_id, page
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import HOSTILE, json_values, quick

from feather_tui.rendering.clock import Clock, TimeMode
from feather_tui.rendering.conversations import conversation_row, heading_row
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import text_of, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.session.conversation import Conversation, read_page

LAST = "success  normal    return window v7      Order 1"
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def look(width: int, mode: TimeMode = TimeMode.UTC) -> Look:
    return Look(width=width, clock=Clock(now=NOW, mode=mode))


def row(**changes: Any) -> Conversation:
    return read_page(page(listed(1, **changes))).rows[0]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, f"{listed_id(1)}  2026-11-20 14:02:11  closed      Order 1"),
        (100, f"{listed_id(1)}  2026-11-20 14:02:11  closed      chat     Order 1"),
        (
            180,
            f"{listed_id(1)}  2026-11-20 14:02:11  closed      chat     6f1e0e5c         4    7m 00s  {LAST}",
        ),
    ],
)
def test_columns_give_way(width: int, shown: str) -> None:
    assert text_of(conversation_row(row(), look(width))) == shown


@pytest.mark.parametrize("width", [80, 100, 112, 132, 144, 156, 180, 300])
def test_the_heading_stands_above_its_columns(width: int) -> None:
    heading = text_of(heading_row(look(width)))
    shown = text_of(conversation_row(row(), look(width)))

    assert heading.index("subject") == shown.index("Order 1")
    assert heading.index("status") == shown.index("closed")
    assert width_of(heading_row(look(width))) <= width


def test_the_summary_stands_in_for_the_subject() -> None:
    assert text_of(conversation_row(row(subject=None, summary="Asked"), look(80))).endswith("  Asked")


def test_a_status_that_is_bad_is_shown_so() -> None:
    tones = {text.strip(): tone for text, tone in conversation_row(row(status="error"), look(80))}

    assert tones["error"] == "bad"


def test_the_start_goes_with_the_clock() -> None:
    assert "57 min" in text_of(conversation_row(row(), look(80, TimeMode.RELATIVE)))
    assert "start (ago)" in text_of(heading_row(look(80, TimeMode.RELATIVE)))


@quick
@given(
    st.dictionaries(
        st.sampled_from(["subject", "status", "channel", "priority", "assigned_agent_id", "revision_name"]),
        st.sampled_from(HOSTILE) | st.text(),
    ),
    st.dictionaries(st.sampled_from([*listed(1)]), json_values),
    st.integers(60, 200),
)
def test_whatever_stands_in_a_row_it_is_one_line_and_fits(
    texts: dict[str, str], values: dict[str, Any], width: int
) -> None:
    changed = values | texts | {"id": listed_id(1)}
    shown = conversation_row(row(**changed), look(width))

    assert width_of(shown) <= width
    text = "".join(text for text, _ in shown)
    assert safe_line(text) == text
    assert text.startswith(listed_id(1))
