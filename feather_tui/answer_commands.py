"""The commands of whoever asks something of many sessions: what they share, since when, how two differ."""

from __future__ import annotations

from feather_tui.command import NOWHERE, Overlay, command, section

_IN_COMPARISON = {Overlay.COMPARE: ""}

ANSWERS = section(
    "Answers about many",
    command(
        "show_common",
        "C",
        "what the failing, marked or shown sessions share that the others do not",
        panes=NOWHERE,
        overlays={Overlay.COMMON: "", Overlay.BOARD: "in common"},
    ),
    command(
        "show_onset",
        "O",
        "since when: each error over time, the first session with it, the last that went well before",
        panes=NOWHERE,
        overlays={Overlay.ONSET: "", Overlay.BOARD: "since when"},
    ),
    command(
        "show_comparison",
        "D",
        "two sessions beside each other: both marked ones, or this one and the most similar that went well",
        panes=NOWHERE,
        overlays={Overlay.COMPARE: "", Overlay.BOARD: "compare"},
    ),
    command(
        "go_to_parting",
        "p",
        "to where two sessions part",
        panes=NOWHERE,
        overlays={Overlay.COMPARE: "where they part"},
    ),
    command(
        "next_difference",
        "n",
        "to the next step that is not the same in both",
        panes=NOWHERE,
        overlays={Overlay.COMPARE: "difference"},
    ),
    command("previous_difference", "N", "to the difference before", panes=NOWHERE, overlays=_IN_COMPARISON),
    command(
        "other_side",
        "tab",
        "to the other one of two sessions: the one that is opened",
        panes=NOWHERE,
        overlays={Overlay.COMPARE: "A or B"},
    ),
)
