"""The command records against what is made from them."""

from __future__ import annotations

from pathlib import Path

from feather_tui.commands import COMMANDS, Pane
from feather_tui.rendering.key_table import key_table
from feather_tui.ui.app import FeatherApp
from feather_tui.ui.screens.main import MainScreen
from feather_tui.ui.screens.marking import MarkingScreen
from feather_tui.ui.screens.reading import ReadingScreen
from feather_tui.ui.screens.searching import SearchingScreen
from feather_tui.ui.screens.taking import TakingScreen
from feather_tui.ui.widgets.lookup import ReferenceInput
from feather_tui.ui.widgets.page_view import PageView
from feather_tui.ui.widgets.transcript import TranscriptView

README = Path(__file__).parents[2] / "README.md"
CARRIERS = (
    FeatherApp,
    MainScreen,
    MarkingScreen,
    TakingScreen,
    SearchingScreen,
    ReadingScreen,
    PageView,
    TranscriptView,
    ReferenceInput,
)


def test_each_command_is_carried_out_by_one_class() -> None:
    for command in COMMANDS:
        carriers = [carrier for carrier in CARRIERS if f"action_{command.id}" in vars(carrier)]
        inherited = hasattr(FeatherApp, f"action_{command.id}")
        assert len(carriers) == 1 or (not carriers and inherited), command.id


def test_no_key_has_two_commands_in_one_pane() -> None:
    for pane in Pane:
        keys = [key for command in COMMANDS if pane in command.panes for key in command.keys]
        assert keys
        assert len(keys) == len(set(keys)), pane


def test_the_table_in_the_readme_is_the_one_made_from_the_records() -> None:
    table = (
        README.read_text(encoding="utf-8").partition("<!-- keys -->\n")[2].partition("\n<!-- /keys -->")[0]
    )
    assert table == key_table()


def test_nothing_depends_on_keys_that_terminals_swallow() -> None:
    swallowed = {"ctrl+q", "ctrl+s"}
    for command in COMMANDS:
        usable = [key for key in command.keys if key not in swallowed and not key.startswith(("alt+", "f1"))]
        assert usable, command.id
