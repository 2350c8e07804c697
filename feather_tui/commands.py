"""Every command of the user interface, once: its keys, where it works, and what the help says of it.

The bindings, the footer, the palette, the help screen and the documentation are made from these records.
Keys are named as Textual names them. None of them is one that tmux, flow control or a browser terminal
swallows as the only way to its command.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from feather_tui.key_names import written


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

    `footer` is the short word in the footer, empty if it has no place there; `lookup_footer` the word in the
    lookup, where the command means something else there; `panes` where it works; `always`: even while a line
    is being typed.
    """

    id: str
    keys: tuple[str, ...]
    help: str
    section: str = ""
    footer: str = ""
    lookup_footer: str = ""
    panes: frozenset[Pane] = EVERYWHERE
    always: bool = False

    @property
    def shown(self) -> str:
        """The keys as people write them: `Space PgDn`."""
        return " ".join(map(written, self.keys))


def _command(
    id: str,  # noqa: A002 - the record's own name for it
    keys: str,
    help: str,  # noqa: A002 - the record's own name for it
    footer: str = "",
    panes: frozenset[Pane] = READING,
) -> Command:
    """Return a command that works where a session is read; `keys` are parted by blanks."""
    return Command(id=id, keys=tuple(keys.split()), help=help, footer=footer, panes=panes)


def _section(title: str, *commands: Command) -> tuple[Command, ...]:
    return tuple(replace(command, section=title) for command in commands)


_MOVING = _section(
    "Moving",
    _command("move_down", "j down", "one line down"),
    _command("move_up", "k up", "one line up"),
    _command("page_down", "space pagedown", "one page down", "page"),
    _command("page_up", "b pageup", "one page up"),
    _command("half_page_down", "ctrl+d", "half a page down"),
    _command("half_page_up", "ctrl+u", "half a page up"),
    _command("go_home", "g home", "to the beginning"),
    _command("go_end", "G end", "to the end"),
    _command("next_turn", "right_curly_bracket", "next turn", "turn", _TRANSCRIPT),
    _command("previous_turn", "left_curly_bracket", "previous turn", panes=_TRANSCRIPT),
)

_READING = _section(
    "Reading",
    _command(
        "toggle_fold",
        "enter",
        "unfold or fold what the cursor is on; in the extraction, to where it was said",
        "unfold",
    ),
    _command("toggle_all", "e", "unfold or fold everything", "all"),
    _command("show_more", "plus", "show the next part of a very long value"),
    _command(
        "show_details",
        "i",
        "details of the session: ids, metadata, knowledge base, feedback, evidence gaps",
        "details",
    ),
    _command("cycle_time", "t", "times as UTC, local, relative to now, from the start"),
    _command("search", "slash", "search everything of the session, folded or not", "search"),
    _command("next_match", "n", "to the next entry that matches"),
    _command("previous_match", "N", "to the previous entry that matches"),
)

_FINDINGS = _section(
    "Findings",
    _command(
        "next_finding", "right_square_bracket", "to the evidence of the next finding, unfolded", "finding"
    ),
    _command("previous_finding", "left_square_bracket", "to the evidence of the previous finding"),
    _command(
        "show_findings",
        "f",
        "all findings, worst first; there Enter goes to the evidence, e unfolds what is alike",
        "findings",
    ),
    _command(
        "show_evidence",
        "x",
        "evidence: what this answer stood on, or what came of this tool call",
        "evidence",
        _TRANSCRIPT,
    ),
    _command("show_latency", "L", "where the time of each turn went; L again: the slowest first"),
)

_PANES = _section(
    "Panes",
    _command("next_pane", "tab", "next pane", panes=EVERYWHERE),
    _command("previous_pane", "shift+tab", "previous pane", panes=EVERYWHERE),
    _command("show_lookup", "1", "lookup", "lookup"),
    _command("show_transcript", "2", "transcript", "transcript"),
    _command("show_extraction", "3", "extraction", "extraction"),
    _command("toggle_zoom", "z", "give the pane the whole width, or share it"),
)

_SESSION = _section(
    "Session",
    _command("refresh", "r", "ask the API again for both documents", "refresh"),
    _command("copy", "y", "copy: this entry or a part of it, ids, a curl line", "copy", _TRANSCRIPT),
    _command("cancel", "escape c", "stop loading or searching"),
)

_IN_THE_LOOKUP = _section(
    "Lookup",
    _command("open_selected", "enter", "open the session that was typed, pasted or chosen", "open", _LOOKUP),
    _command("select_next", "down", "next session", panes=_LOOKUP),
    _command("select_previous", "up", "previous session", panes=_LOOKUP),
    _command("select_page_down", "pagedown", "a page of sessions down", panes=_LOOKUP),
    _command("select_page_up", "pageup", "a page of sessions up", panes=_LOOKUP),
    _command(
        "clear_or_back",
        "escape ctrl+u",
        "clear the line; with an empty line, back to the session",
        "clear",
        _LOOKUP,
    ),
)

_PROGRAM = _section(
    "Program",
    _command("show_help", "question_mark", "this help (in the lookup: on an empty line)", "help", EVERYWHERE),
    Command(
        id="back_or_quit",
        keys=("q",),
        help="back to the lookup; from there, on an empty line, quit",
        footer="back",
        lookup_footer="quit",
    ),
    Command(id="quit", keys=("ctrl+c",), help="quit at once", always=True),
)

COMMANDS: tuple[Command, ...] = (
    *_MOVING,
    *_READING,
    *_FINDINGS,
    *_PANES,
    *_SESSION,
    *_IN_THE_LOOKUP,
    *_PROGRAM,
)
