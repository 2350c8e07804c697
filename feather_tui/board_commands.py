"""The commands of the triage board: sorting, grouping, and the loading of many sessions."""

from __future__ import annotations

from feather_tui.command import EVERYWHERE, NOWHERE, Overlay, command, section

_ON_BOARD = {Overlay.BOARD: ""}

BOARD = section(
    "Triage board",
    command(
        "show_board",
        "B ctrl+g",
        "the board of many sessions: of what the lookup's line lists, else the one there is; back from it",
        panes=EVERYWHERE,
        overlays=_ON_BOARD,
    ),
    command("sort_by_next", "s", "sort by the next column", panes=NOWHERE, overlays={Overlay.BOARD: "sort"}),
    command("turn_order", "S", "the same order from its other end", panes=NOWHERE, overlays=_ON_BOARD),
    command(
        "group_by_next",
        "tab",
        "group by first cause, tool error, agent, model and more: the next one",
        panes=NOWHERE,
        overlays={Overlay.BOARD: "group"},
    ),
    command("group_by_previous", "shift+tab", "group by the one before", panes=NOWHERE, overlays=_ON_BOARD),
    command(
        "pause_loading",
        "p",
        "ask the API for no more, or go on",
        panes=NOWHERE,
        overlays={Overlay.BOARD: "pause"},
    ),
)
