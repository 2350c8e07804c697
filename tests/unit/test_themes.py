"""The themes: every tone can be read in each, in as many colours as the terminal has."""

from __future__ import annotations

from typing import get_args

import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor

from feather_tui.preferences import THEMES as CHOICES
from feather_tui.rendering.row import Tone
from feather_tui.ui.line_filters import InCubeColours
from feather_tui.ui.theme import Theme
from feather_tui.ui.themes import ANSI, DARK, HIGH_CONTRAST, LIGHT, PLAIN, THEMES

Rgb = tuple[int, int, int]
PAINTED = [DARK, LIGHT, HIGH_CONTRAST]
LEAST = {DARK.name: 4.5, LIGHT.name: 4.5, HIGH_CONTRAST.name: 7.0}
"""What WCAG 2.2 asks of text: level AA, and AAA."""


def luminance(color: Rgb) -> float:
    """The relative luminance of WCAG 2.2."""
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in color)
    ]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: Rgb, other: Rgb) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def seen(style: Style, system: ColorSystem) -> float:
    """The contrast of a style in a terminal of so many colours."""
    assert style.color is not None
    assert style.bgcolor is not None
    return contrast(shown(style.color, system), shown(style.bgcolor, system))


def shown(color: Color, system: ColorSystem) -> Rgb:
    return color.downgrade(system).get_truecolor()


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_each_theme_has_a_style_for_each_tone(theme: Theme) -> None:
    assert set(theme.styles) == set(get_args(Tone))


def test_every_theme_that_can_be_chosen_is_there_and_one_for_no_colours() -> None:
    assert {*CHOICES, "plain"} - {"auto"} == set(THEMES)


@pytest.mark.parametrize(
    "system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT], ids=lambda system: system.name
)
@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_text_stands_out_from_its_background(theme: Theme, system: ColorSystem) -> None:
    contrasts = {tone: seen(style, system) for tone, style in theme.styles.items()}

    assert {tone: found for tone, found in contrasts.items() if found < LEAST[theme.name]} == {}


@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_colours_are_those_that_no_terminal_lets_be_changed(theme: Theme) -> None:
    for style in theme.styles.values():
        for color in (style.color, style.bgcolor):
            assert color is not None
            assert color.number is not None
            assert color.number >= 16
            assert color.downgrade(ColorSystem.EIGHT_BIT) == color


@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_lines_that_are_typed_into_are_of_the_same_colours(theme: Theme) -> None:
    told, text, dim = theme.for_textual(), theme.styles["text"], theme.styles["dim"]

    assert told.foreground is not None
    assert told.background is not None
    assert by_number(told.foreground) == text.color
    assert by_number(told.background) == text.bgcolor
    assert by_number(told.variables["faint"]) == dim.color


def by_number(colour: str) -> Color | None:
    """What is written for a colour that Textual was told of."""
    given = Segment("x", Style(color=colour))
    (written,) = InCubeColours().apply([given], TextualColor.parse("black"))
    assert written.style is not None
    return written.style.color


@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_in_sixteen_colours_it_can_still_be_read(theme: Theme) -> None:
    least = min(seen(style, ColorSystem.STANDARD) for style in theme.styles.values())

    assert least >= 3


def test_ansi_asks_only_for_the_sixteen_and_never_for_one_that_may_be_the_background() -> None:
    for style in ANSI.styles.values():
        assert style.bgcolor is None
        assert style.color is None or style.color.name in {
            "red",
            "green",
            "yellow",
            "blue",
            "magenta",
            "cyan",
        }
    assert not ANSI.paints
    assert ANSI.styles["dim"].dim


def test_plain_has_attributes_only_and_those_of_ansi() -> None:
    for tone, style in PLAIN.styles.items():
        assert (style.color, style.bgcolor) == (None, None)
        assert (style.bold, style.dim, style.reverse) == (
            ANSI.styles[tone].bold, ANSI.styles[tone].dim, ANSI.styles[tone].reverse
        )  # fmt: skip


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_what_matters_most_does_not_lean_on_colour_alone(theme: Theme) -> None:
    for tone in ("bad", "accent", "match"):
        assert theme.styles[tone].bold or theme.styles[tone].reverse
