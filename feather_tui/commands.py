"""Every command of the user interface, once: its keys, where it works, and what the help says of it.

The bindings, the footer, the palette, the help screen and the documentation are made from these records.
Keys are named as Textual names them. None of them is one that tmux, flow control or a browser terminal
swallows as the only way to its command.
"""

from __future__ import annotations

from feather_tui.answer_commands import ANSWERS
from feather_tui.board_commands import BOARD
from feather_tui.command import (
    EVERYWHERE,
    IN_LOOKUP,
    IN_TRANSCRIPT,
    NOWHERE,
    Command,
    Need,
    Overlay,
    command,
    section,
)
from feather_tui.reading_commands import FINDINGS, MARKS, MOVING, READING_SESSIONS

_IN_RAW = {Overlay.RAW: ""}
_CHOOSING = {Overlay.PALETTE: "", Overlay.HELP_LINE: ""}

_PANES = section(
    "Panes",
    command("next_pane", "tab", "next pane", panes=EVERYWHERE, need=Need.SESSION),
    command("previous_pane", "shift+tab", "previous pane", panes=EVERYWHERE, need=Need.SESSION),
    command("show_lookup", "1", "lookup", "lookup"),
    command("show_transcript", "2", "transcript", "transcript"),
    command("show_extraction", "3", "extraction", "extraction"),
    command("toggle_zoom", "z", "give the pane the whole width, or share it"),
)

_SESSION = section(
    "Session",
    command(
        "refresh",
        "r",
        "ask the API again for both documents; on the board, for the sessions that are missing",
        "refresh",
        overlays={Overlay.BOARD: ""},
        need=Need.SESSION,
    ),
    command(
        "copy",
        "y",
        "copy: this entry or a part of it, ids, a curl line",
        "copy",
        IN_TRANSCRIPT,
        overlays={Overlay.COPY: "", Overlay.NOTE: "copy", Overlay.RAW: "copy"},
        need=Need.TRANSCRIPT,
    ),
    command(
        "show_raw",
        "v",
        "the document as it was received: JSON that folds, also where it stands in a string",
        "raw",
        overlays=_IN_RAW,
        need=Need.BODY,
    ),
    command("other_document", "o", "the other document", panes=NOWHERE, overlays={Overlay.RAW: "other"}),
    command(
        "open_in_pager",
        "E",
        "the document as it was received, in $FEATHER_PAGER, $PAGER or less",
        overlays={Overlay.RAW: "pager"},
        need=Need.BODY,
    ),
    command("go_back", "less_than_sign ctrl+o", "to the session before, where it was left", panes=EVERYWHERE),
    command("go_forward", "greater_than_sign", "to the session that was gone back from", panes=EVERYWHERE),
    command(
        "cancel",
        "escape c",
        "end what is said, the search, the loading, the filter: one at a time",
        overlays={Overlay.FINDINGS: "", Overlay.BOARD: ""},
    ),
)

_IN_THE_LOOKUP = section(
    "Lookup",
    command("open_selected", "enter", "open the session that was typed, pasted or chosen", "open", IN_LOOKUP),
    command(
        "ask_list",
        "ctrl+r",
        "ask the API which sessions there are, for what is in the line; there once more: again",
        "ask the API",
        IN_LOOKUP,
    ),
    command(
        "select_next",
        "down",
        "next session of the list",
        panes=IN_LOOKUP,
        overlays={**_CHOOSING, Overlay.FILTER: "next word", Overlay.BOARD_LINE: "next word"},
    ),
    command("select_previous", "up", "previous session of the list", panes=IN_LOOKUP, overlays=_CHOOSING),
    command("select_page_down", "pagedown", "a page of the list down", panes=IN_LOOKUP, overlays=_CHOOSING),
    command("select_page_up", "pageup", "a page of the list up", panes=IN_LOOKUP, overlays=_CHOOSING),
    command(
        "clear_or_back",
        "escape ctrl+u",
        "clear the line; with an empty line, back to the session",
        "clear",
        IN_LOOKUP,
    ),
)

_PAGES_AND_LINES = section(
    "Pages and lines",
    command(
        "leave",
        "q escape",
        "back to where you were; the key that led there does it too",
        panes=NOWHERE,
        overlays=dict.fromkeys(
            (
                *(Overlay.DETAILS, Overlay.EVIDENCE, Overlay.LATENCY),
                *(Overlay.COPY, Overlay.HELP, Overlay.NOTE, Overlay.RAW),
                *(Overlay.COMMON, Overlay.ONSET, Overlay.COMPARE),
            ),
            "back",
        ),
    ),
    command(
        "take_line",
        "enter",
        "search, run the chosen command, read on: what the line is for",
        panes=NOWHERE,
        overlays={
            Overlay.SEARCH: "search",
            Overlay.PALETTE: "run",
            Overlay.HELP_LINE: "read on",
            Overlay.FILTER: "apply",
            Overlay.BOARD_LINE: "apply",
            Overlay.ANSWER: "take it",
        },
    ),
    command(
        "leave_line",
        "escape",
        "leave the line, and nothing is done",
        panes=NOWHERE,
        overlays={
            Overlay.SEARCH: "leave",
            Overlay.PALETTE: "close",
            Overlay.HELP_LINE: "show all",
            Overlay.FILTER: "leave",
            Overlay.BOARD_LINE: "leave",
            Overlay.ANSWER: "leave",
        },
    ),
    command(
        "recall_line",
        "up",
        "write what was searched or filtered for last",
        panes=NOWHERE,
        overlays=dict.fromkeys((Overlay.SEARCH, Overlay.FILTER, Overlay.BOARD_LINE), "the last one"),
    ),
    command(
        "take_suggestion",
        "tab",
        "go on with the word that is offered; in the lookup too",
        panes=NOWHERE,
        overlays={Overlay.FILTER: "take", Overlay.BOARD_LINE: "take"},
    ),
)

_PROGRAM = section(
    "Program",
    command(
        "show_help",
        "question_mark",
        "this help (in the lookup: on an empty line)",
        "help",
        EVERYWHERE,
        overlays={Overlay.HELP: "", Overlay.BOARD: "help"},
    ),
    command(
        "show_palette",
        "colon",
        "find a command by some of its letters (in the lookup: on an empty line)",
        "commands",
        EVERYWHERE,
    ),
    Command(
        id="back_or_quit",
        keys=("q",),
        help="back to the lookup; from there, on an empty line, quit",
        footer="back",
        lookup_footer="quit",
        overlays={Overlay.FINDINGS: "back", Overlay.BOARD: "lookup"},
    ),
    Command(
        id="toggle_mouse",
        keys=("ctrl+t",),
        help="the mouse moves and scrolls here, or selects text as the terminal's own",
        always=True,
    ),
    Command(
        id="redraw",
        keys=("ctrl+l",),
        help="draw the screen anew, if something else was written to it",
        always=True,
    ),
    Command(
        id="suspend_process",
        keys=("ctrl+z",),
        help="stop for a while; the shell's fg comes back here",
        always=True,
    ),
    Command(id="quit", keys=("ctrl+c",), help="quit at once", always=True),
)

COMMANDS: tuple[Command, ...] = (
    *MOVING,
    *READING_SESSIONS,
    *FINDINGS,
    *_PANES,
    *_SESSION,
    *MARKS,
    *BOARD,
    *ANSWERS,
    *_IN_THE_LOOKUP,
    *_PAGES_AND_LINES,
    *_PROGRAM,
)
