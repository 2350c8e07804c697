"""Every command of the user interface, once: its keys, where it works, and what the help says of it.

The bindings, the footer, the help screen and the documentation are made from these records.
Keys are named as Textual names them. None of them is one that tmux, flow control or a browser terminal
swallows as the only way to its command.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Pane(StrEnum):
    """Where the keys go."""

    LOOKUP = "lookup"
    TRANSCRIPT = "transcript"
    EXTRACTION = "extraction"


READING = frozenset({Pane.TRANSCRIPT, Pane.EXTRACTION})
EVERYWHERE = frozenset(Pane)
_LOOKUP = frozenset({Pane.LOOKUP})
_TRANSCRIPT = frozenset({Pane.TRANSCRIPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. `id` names the action that carries it out.

    `shown` is how the keys are written for people; `footer` the short word in the footer, empty if it has no
    place there; `lookup_footer` the word in the lookup, where the command means something else there;
    `panes` where it works; `always`: even while a line is being typed.
    """

    id: str
    keys: tuple[str, ...]
    shown: str
    help: str
    section: str
    footer: str = ""
    lookup_footer: str = ""
    panes: frozenset[Pane] = EVERYWHERE
    always: bool = False


COMMANDS: tuple[Command, ...] = (
    Command(
        id="move_down",
        keys=("j", "down"),
        shown="j ↓",
        help="one line down",
        section="Moving",
        panes=READING,
    ),
    Command(
        id="move_up",
        keys=("k", "up"),
        shown="k ↑",
        help="one line up",
        section="Moving",
        panes=READING,
    ),
    Command(
        id="page_down",
        keys=("space", "pagedown"),
        shown="Space PgDn",
        help="one page down",
        section="Moving",
        footer="page",
        panes=READING,
    ),
    Command(
        id="page_up",
        keys=("b", "pageup"),
        shown="b PgUp",
        help="one page up",
        section="Moving",
        panes=READING,
    ),
    Command(
        id="half_page_down",
        keys=("ctrl+d",),
        shown="^d",
        help="half a page down",
        section="Moving",
        panes=READING,
    ),
    Command(
        id="half_page_up",
        keys=("ctrl+u",),
        shown="^u",
        help="half a page up",
        section="Moving",
        panes=READING,
    ),
    Command(
        id="go_home",
        keys=("g", "home"),
        shown="g Home",
        help="to the beginning",
        section="Moving",
        panes=READING,
    ),
    Command(
        id="go_end",
        keys=("G", "end"),
        shown="G End",
        help="to the end",
        section="Moving",
        panes=READING,
    ),
    Command(
        id="next_turn",
        keys=("right_curly_bracket",),
        shown="}",
        help="next turn",
        section="Moving",
        footer="turn",
        panes=_TRANSCRIPT,
    ),
    Command(
        id="previous_turn",
        keys=("left_curly_bracket",),
        shown="{",
        help="previous turn",
        section="Moving",
        panes=_TRANSCRIPT,
    ),
    Command(
        id="toggle_fold",
        keys=("enter",),
        shown="Enter",
        help="unfold or fold what the cursor is on; in the extraction, to where it was said",
        section="Reading",
        footer="unfold",
        panes=READING,
    ),
    Command(
        id="toggle_all",
        keys=("e",),
        shown="e",
        help="unfold or fold everything",
        section="Reading",
        footer="all",
        panes=READING,
    ),
    Command(
        id="show_more",
        keys=("plus",),
        shown="+",
        help="show the next part of a very long value",
        section="Reading",
        panes=READING,
    ),
    Command(
        id="show_details",
        keys=("i",),
        shown="i",
        help="details of the session: ids, metadata, knowledge base, feedback, evidence gaps",
        section="Reading",
        footer="details",
        panes=READING,
    ),
    Command(
        id="cycle_time",
        keys=("t",),
        shown="t",
        help="times as UTC, local, relative to now, from the start",
        section="Reading",
        panes=READING,
    ),
    Command(
        id="search",
        keys=("slash",),
        shown="/",
        help="search everything of the session, folded or not",
        section="Reading",
        footer="search",
        panes=READING,
    ),
    Command(
        id="next_match",
        keys=("n",),
        shown="n",
        help="to the next entry that matches",
        section="Reading",
        panes=READING,
    ),
    Command(
        id="previous_match",
        keys=("N",),
        shown="N",
        help="to the previous entry that matches",
        section="Reading",
        panes=READING,
    ),
    Command(
        id="next_finding",
        keys=("right_square_bracket",),
        shown="]",
        help="to the evidence of the next finding, unfolded",
        section="Findings",
        footer="finding",
        panes=READING,
    ),
    Command(
        id="previous_finding",
        keys=("left_square_bracket",),
        shown="[",
        help="to the evidence of the previous finding",
        section="Findings",
        panes=READING,
    ),
    Command(
        id="show_findings",
        keys=("f",),
        shown="f",
        help="all findings, worst first; there Enter goes to the evidence, e unfolds what is alike",
        section="Findings",
        footer="findings",
        panes=READING,
    ),
    Command(
        id="show_evidence",
        keys=("x",),
        shown="x",
        help="evidence: what this answer stood on, or what came of this tool call",
        section="Findings",
        footer="evidence",
        panes=_TRANSCRIPT,
    ),
    Command(
        id="show_latency",
        keys=("L",),
        shown="L",
        help="where the time of each turn went; L again: the slowest first",
        section="Findings",
        panes=READING,
    ),
    Command(id="next_pane", keys=("tab",), shown="Tab", help="next pane", section="Panes"),
    Command(
        id="previous_pane", keys=("shift+tab",), shown="Shift-Tab", help="previous pane", section="Panes"
    ),
    Command(
        id="show_lookup",
        keys=("1",),
        shown="1",
        help="lookup",
        section="Panes",
        footer="lookup",
        panes=READING,
    ),
    Command(
        id="show_transcript",
        keys=("2",),
        shown="2",
        help="transcript",
        section="Panes",
        footer="transcript",
        panes=READING,
    ),
    Command(
        id="show_extraction",
        keys=("3",),
        shown="3",
        help="extraction",
        section="Panes",
        footer="extraction",
        panes=READING,
    ),
    Command(
        id="toggle_zoom",
        keys=("z",),
        shown="z",
        help="give the pane the whole width, or share it",
        section="Panes",
        panes=READING,
    ),
    Command(
        id="refresh",
        keys=("r",),
        shown="r",
        help="ask the API again for both documents",
        section="Session",
        footer="refresh",
        panes=READING,
    ),
    Command(
        id="copy",
        keys=("y",),
        shown="y",
        help="copy: this entry or a part of it, ids, a curl line",
        section="Session",
        footer="copy",
        panes=_TRANSCRIPT,
    ),
    Command(
        id="cancel",
        keys=("escape", "c"),
        shown="Esc c",
        help="stop loading or searching",
        section="Session",
        panes=READING,
    ),
    Command(
        id="open_selected",
        keys=("enter",),
        shown="Enter",
        help="open the session that was typed, pasted or chosen",
        section="Lookup",
        footer="open",
        panes=_LOOKUP,
    ),
    Command(
        id="select_next", keys=("down",), shown="↓", help="next session", section="Lookup", panes=_LOOKUP
    ),
    Command(
        id="select_previous",
        keys=("up",),
        shown="↑",
        help="previous session",
        section="Lookup",
        panes=_LOOKUP,
    ),
    Command(
        id="select_page_down",
        keys=("pagedown",),
        shown="PgDn",
        help="a page of sessions down",
        section="Lookup",
        panes=_LOOKUP,
    ),
    Command(
        id="select_page_up",
        keys=("pageup",),
        shown="PgUp",
        help="a page of sessions up",
        section="Lookup",
        panes=_LOOKUP,
    ),
    Command(
        id="clear_or_back",
        keys=("escape", "ctrl+u"),
        shown="Esc ^u",
        help="clear the line; with an empty line, back to the session",
        section="Lookup",
        footer="clear",
        panes=_LOOKUP,
    ),
    Command(
        id="show_help",
        keys=("question_mark",),
        shown="?",
        help="this help (in the lookup: on an empty line)",
        section="Program",
        footer="help",
    ),
    Command(
        id="back_or_quit",
        keys=("q",),
        shown="q",
        help="back to the lookup; from there, on an empty line, quit",
        section="Program",
        footer="back",
        lookup_footer="quit",
    ),
    Command(
        id="quit",
        keys=("ctrl+c",),
        shown="^c",
        help="quit at once",
        section="Program",
        always=True,
    ),
)
