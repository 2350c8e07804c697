"""Running sums of heights, against a plain list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick

from feather_tui.rendering.page.heights import Heights

heights = st.lists(st.integers(1, 50), max_size=40)


@given(heights)
@quick
def test_sums_are_those_of_a_list(plain: list[int]) -> None:
    tree = Heights(plain)

    assert len(tree) == len(plain)
    assert tree.total == sum(plain)
    assert [tree[index] for index in range(len(plain))] == plain
    assert [tree.before(index) for index in range(len(plain) + 1)] == [
        sum(plain[:index]) for index in range(len(plain) + 1)
    ]


@given(heights.filter(bool), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 99)), max_size=20))
@quick
def test_sums_follow_changes(plain: list[int], changes: list[tuple[int, int]]) -> None:
    tree = Heights(iter(plain))

    for index, height in changes:
        tree.set(index % len(plain), height)
        plain[index % len(plain)] = height

    assert tree.total == sum(plain)
    assert [tree.before(index) for index in range(len(plain) + 1)] == [
        sum(plain[:index]) for index in range(len(plain) + 1)
    ]
