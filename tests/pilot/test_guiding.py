"""The help that narrows, the palette that runs, and what is said of commands that cannot work."""

from __future__ import annotations

import pytest
from every_key import OTHER_KEYS
from robot import PHONE, Robot, demo_library, opened
from textual import events
from textual.widgets import Input

from feather_tui.commands import COMMANDS
from feather_tui.demo import incident
from feather_tui.keymap import with_overrides
from feather_tui.ui.screens.help import HelpScreen
from feather_tui.ui.screens.main import MainScreen
from feather_tui.ui.screens.palette import PaletteScreen
from feather_tui.ui.widgets.transcript import TranscriptView

HEADSET = incident.session_id("headset-refund")
_CHARACTERS = {"slash": "/", "colon": ":"}


def line_of(robot: Robot) -> str:
    """The text of the line that has the keys."""
    assert isinstance(robot.app.focused, Input)
    return robot.app.focused.value


async def at_once(robot: Robot, *keys: str) -> None:
    """Let keys arrive together, as a slow line delivers them."""
    for key in keys:
        robot.app.post_message(events.Key(key, key if len(key) == 1 else _CHARACTERS.get(key)))
    await robot.settle()


# ---------------------------------------------------------------------- help


async def test_the_help_begins_with_where_the_reader_is_and_the_signs(demo: Robot) -> None:
    await demo.press("question_mark")
    assert "Where am I   in the transcript" in demo.lines[1]
    demo.sees("what was said and done", "▸ ▾ folded, unfolded", "✗ failed", "● a finding")


@pytest.mark.parametrize(
    ("keys", "place", "first"),
    [((), "transcript", "Moving"), (("1",), "lookup", "Lookup"), (("f",), "findings", "Findings")],
)
async def test_what_works_where_the_reader_was_is_told_first(
    demo: Robot, keys: tuple[str, ...], place: str, first: str
) -> None:
    await demo.resize(120, 120)
    await demo.press(*keys, "question_mark")
    demo.sees(f"Where am I   in the {place}")
    sections = {command.section for command in COMMANDS}
    titles = [line.strip("▌ ┃") for line in demo.lines]
    assert next(title for title in titles if title in sections) == first


async def test_the_help_narrows_as_one_types_and_says_how_much_is_left(demo: Robot) -> None:
    await demo.press("question_mark", "slash")
    await demo.type("clipboard")
    demo.sees("nothing says “clipboard”")
    for _ in "clipboard":
        await demo.press("backspace")
    await demo.type("Next Finding")
    demo.sees(
        "1 of ", "lines say “Next Finding”", "to the evidence of the next finding, unfolded", "Findings"
    )
    demo.sees_not("one line down", "Where am I")


async def test_what_is_shown_of_the_help_stays_when_the_line_is_taken_and_is_whole_when_it_is_left(
    demo: Robot,
) -> None:
    await demo.press("question_mark", "slash")
    await demo.type("half")
    await demo.press("enter")
    assert "half a page" in "\n".join(demo.lines[2:4])
    await demo.press("j")
    assert "half a page" in demo.cursor_line
    await demo.press("slash", "escape")
    demo.sees("Where am I")
    assert isinstance(demo.app.screen, HelpScreen)
    await demo.press("q")
    assert isinstance(demo.app.screen, MainScreen)


async def test_the_help_is_found_by_keys_signs_and_the_names_of_config_toml(demo: Robot) -> None:
    for typed, text in (("}", "next turn"), ("✗", "failed, missing"), ("toggle_zoom", "the whole width")):
        await demo.press("question_mark", "slash")
        demo.app.screen.query_one(Input).value = typed
        await demo.settle()
        demo.sees(text)
        await demo.press("escape", "escape")


async def test_the_arrows_move_in_the_narrowed_help_while_one_types() -> None:
    async with opened(demo_library(), given=[HEADSET], size=PHONE) as robot:
        await robot.press("question_mark", "slash")
        await robot.press("pagedown", "pagedown")
        robot.sees_not("Where am I")
        assert line_of(robot) == ""
        await robot.press("pageup", "pageup")
        robot.sees("Where am I")


@pytest.mark.parametrize("width", [40, 80, 200])
async def test_the_help_is_whole_on_any_width(width: int) -> None:
    async with opened(demo_library(), given=[HEADSET], size=(width, 300)) as robot:
        await robot.press("question_mark")
        text = " ".join(line.strip("▌ ┃") for line in robot.lines)
        text = " ".join(text.split())
        for command in COMMANDS:
            assert command.help in text


# ---------------------------------------------------------------------- palette


async def test_the_palette_has_every_command_of_the_panes(demo: Robot) -> None:
    await demo.resize(160, 120)
    await demo.press("colon")
    for command in COMMANDS:
        (demo.sees if command.panes else demo.sees_not)(f"{command.shown:<14} {command.help}")


async def test_letters_find_a_command_and_enter_runs_it_in_the_pane_it_belongs_to(demo: Robot) -> None:
    await demo.press("colon")
    await demo.type("nextturn")
    await demo.press("enter")
    assert "14:02:13  assistant" in demo.cursor_line
    await demo.press("colon")
    await demo.type("details")
    assert "details of the session" in demo.cursor_line
    await demo.press("enter")
    demo.sees("missing evidence")


async def test_a_command_of_the_transcript_runs_there_though_the_findings_have_the_keys(demo: Robot) -> None:
    await demo.press("f", "colon")
    await demo.type("next turn")
    await demo.press("enter")
    demo.sees("14:02:13")
    page = demo.app.screen.query_one(TranscriptView).page
    assert page is not None
    assert page.cursor.block == 1


async def test_a_palette_opened_over_the_findings_moves_in_the_findings(demo: Robot) -> None:
    await demo.press("f")
    before = demo.cursor_line
    await demo.press("colon", "enter")  # the first of all is one line down
    assert demo.cursor_line != before
    assert demo.app.focused is demo.app.screen.query_one("#rail")


async def test_leaving_the_palette_runs_nothing(demo: Robot) -> None:
    await demo.press("colon")
    await demo.type("quit at once")
    await demo.press("escape")
    assert isinstance(demo.app.screen, MainScreen)
    demo.sees("Hi, I sent my headset back")


async def test_what_no_command_is_like_is_said_and_enter_does_nothing(demo: Robot) -> None:
    await demo.press("colon")
    await demo.type("xzx")
    demo.sees("none is like “xzx”")
    await demo.press("enter")
    assert isinstance(demo.app.screen, PaletteScreen)


async def test_a_command_that_cannot_work_says_why_and_is_not_run(demo: Robot) -> None:
    await demo.press("3", "colon")
    await demo.type("nextturn")
    assert "works in the transcript" in demo.cursor_line
    await demo.press("enter")
    assert isinstance(demo.app.screen, PaletteScreen)
    assert "works in the transcript" in demo.lines[0]


async def test_the_palette_opens_on_the_empty_line_of_the_lookup_and_knows_that_no_session_is_open(
    lookup: Robot,
) -> None:
    await lookup.press("colon")
    await lookup.type("nextpane")
    assert "no session is open" in lookup.cursor_line
    await lookup.press("escape")
    await lookup.press("x", "colon")
    assert line_of(lookup) == "x:"


async def test_the_palette_quits_from_the_lookup(lookup: Robot) -> None:
    await lookup.press("colon")
    await lookup.type("back or quit")
    await lookup.press("enter")
    assert not lookup.app.is_running


async def test_keys_that_arrive_together_run_what_was_typed(demo: Robot) -> None:
    await at_once(demo, "colon", *"details", "enter")
    demo.sees("missing evidence")


async def test_a_search_of_the_help_that_arrives_together_narrows_it(demo: Robot) -> None:
    await at_once(demo, "question_mark", "slash", *"half", "enter")
    demo.sees("2 of ", "half a page down")


async def test_a_search_that_arrives_together_searches(demo: Robot) -> None:
    await at_once(demo, "slash", *"refund", "enter")
    demo.sees("/refund  1/")


async def test_what_is_typed_ahead_is_text_whatever_command_has_its_key() -> None:
    commands = with_overrides(COMMANDS, {"cancel": ["ctrl+x", "w"]})
    async with opened(demo_library(), given=[HEADSET], commands=commands) as robot:
        await at_once(robot, "slash", *"refund", "enter")
        await at_once(robot, "slash", "w")  # where it is not typed, it ends the search
        assert line_of(robot) == "w"
        robot.sees("/refund  1/")


# ---------------------------------------------------------------------- why not


async def test_a_key_that_cannot_work_says_why_until_another_works(demo: Robot) -> None:
    await demo.press("n")
    demo.sees("n: nothing was searched for")
    await demo.press("j")
    demo.sees_not("nothing was searched for")


async def test_a_command_of_another_pane_says_which(demo: Robot) -> None:
    await demo.press("3", "y")
    demo.sees("y: works in the transcript")


async def test_without_a_session_the_lookup_says_so(lookup: Robot) -> None:
    await lookup.press("tab")
    lookup.sees("Tab: no session is open")


async def test_a_session_that_does_not_come_has_no_transcript(listed: Robot) -> None:
    await listed.type("c6fabdf9")
    await listed.press("enter", "x")
    listed.sees("x: the transcript has not come yet")


async def test_the_footer_follows_the_keys(demo: Robot) -> None:
    await demo.press("f")
    assert demo.lines[-1].split("   ")[-1] == "q back"
    assert "Enter evidence" in demo.lines[-1]
    await demo.press("f", "slash")
    assert demo.lines[-1].strip() == "Enter search   Up the last one   Esc leave"
    await demo.press("escape")
    assert "} turn" in demo.lines[-1]


async def test_the_keys_of_a_page_fit_again_when_the_terminal_has_another_size(demo: Robot) -> None:
    await demo.press("L")
    assert "L other order" in demo.lines[-1]
    await demo.resize(40, 24)
    assert demo.lines[-1].endswith("q back")
    assert "…" not in demo.lines[-1]


async def test_the_keys_that_sentences_name_are_the_configured_ones() -> None:
    others = with_overrides(COMMANDS, OTHER_KEYS)
    again, match = (OTHER_KEYS[command_id][0] for command_id in ("refresh", "next_match"))
    async with opened(demo_library(), given=[HEADSET], commands=others) as robot:
        await robot.press(OTHER_KEYS["search"][0])
        await robot.type("refund")
        await robot.press(OTHER_KEYS["take_line"][0])
        robot.sees(f"  {match} {OTHER_KEYS['previous_match'][0]} next, previous")
    live = incident.session_ids()[0]
    async with opened(demo_library(), given=[live], commands=others) as robot:
        robot.sees(f"{again} tries again")
