"""What Textual's compositor hands over for screens that are scrolled, edited, cut and resized at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

WORDS = [
    *("the", "order", "refund", "is", "late", "a", "▌", "────", "·", "✓", "naïve"),
    *("注文は", "返品", "한국어", "ﾊﾝｶｸ", "e\u0301te\u0301", "y\u0308", "😀", "🎉x"),
]
SYSTEMS = ["truecolor", "256", "standard"]
DOCUMENT = 120
"""Lines of the text that is scrolled through."""

Update = LayoutUpdate | ChopsUpdate


def styles(colours: str) -> list[Style | None]:
    """Return styles for a colour system, no colour in two: a style remembers how it was written first."""
    own = SYSTEMS.index(colours)
    return [
        *(None, Style(), Style(), Style(), Style(bold=True), Style(dim=True), Style(strike=True)),
        *(Style(italic=True, underline=True), Style(reverse=True), Style(blink=True, color="yellow")),
        *(Style(color="red"), Style(color="bright_black"), Style(bgcolor="blue"), Style(color="default")),
        *(Style(color="green", reverse=True), Style(color="cyan", bold=True), Style(color=f"color(20{own})")),
        Style(color=f"#1{own}3456", bgcolor=f"#4{own}5566"),
    ]


class Pages:
    """Somebody's screens: a text that is scrolled, edited, cut into panes and resized at random."""

    def __init__(self, seed: int, colours: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._styles = styles(colours)
        self._resize()
        self._top = 0

    def updates(self, steps: int) -> Iterator[Update]:
        """Yield what the compositor would hand over, beginning with a whole screen."""
        yield self._whole()
        for _ in range(steps):
            match self._random.choices(["scroll", "edit", "insert", "resize", "same"], [10, 6, 4, 1, 1])[0]:
                case "scroll":
                    page = self.height // 2
                    self._top += self._random.choice([1, 1, 1, -1, -1, 3, page, -page, self.height])
                case "edit":
                    at = (self._top + self._random.randrange(self.height)) % DOCUMENT
                    self._lines[at] = self._line()
                    if self._random.random() < 0.5:
                        yield self._part([at - self._top % DOCUMENT])
                        continue
                case "insert":
                    at = (self._top + self._random.randrange(self.height)) % DOCUMENT
                    self._lines[at:at] = [self._line() for _ in range(self._random.randint(1, 4))]
                    del self._lines[DOCUMENT:]
                case "resize":
                    self._resize()
                    yield self._whole()
                    continue
            yield self._whole() if self._random.random() < 0.3 else self._part(range(self.height))

    def _resize(self) -> None:
        self.width, self.height = self._random.randint(6, 70), self._random.randint(2, 20)
        self._lines = [self._line() for _ in range(DOCUMENT)]
        self._bar = self._random.random() < 0.5

    def _line(self) -> list[Segment]:
        choose = self._random
        if choose.random() < 0.15:
            return []
        indent = Segment(" " * choose.choice([0, 0, 1, self.width // 3]), choose.choice(self._styles))
        words = [
            f"{choose.choice(WORDS)}{' ' * choose.choice([0, 1, 1, 2, 9])}"
            for _ in range(choose.randint(1, 9))
        ]
        return [indent, *(Segment(word, choose.choice(self._styles)) for word in words)]

    def _strips(self) -> list[Strip]:
        """The lines in sight, as wide as the screen; with a scroll bar at the edge or without."""
        strips = []
        for y in range(self.height):
            strip = Strip(self._lines[(self._top + y) % DOCUMENT]).adjust_cell_length(self.width - self._bar)
            bar = [Segment("┃" if y in {1, 2} else " ", Style(dim=True))] if self._bar else []
            strips.append(Strip([*strip, *bar], self.width))
        return strips

    def _whole(self) -> LayoutUpdate:
        return LayoutUpdate([[strip] for strip in self._strips()], Region(0, 0, self.width, self.height))

    def _part(self, lines: Sequence[int]) -> ChopsUpdate:
        """What a change of these lines comes to: lines in chops, and the spans of them that were changed."""
        chops, ends = [], []
        for strip in self._strips():
            cuts = sorted(self._random.sample(range(1, self.width), self._random.randint(0, 2)))
            chops.append(dict(zip([0, *cuts], strip.divide([*cuts, self.width]), strict=True)))
            ends.append([*cuts, self.width])
        spans = [(y % self.height, 0, self.width) for y in lines]
        return ChopsUpdate(chops, spans, ends)
