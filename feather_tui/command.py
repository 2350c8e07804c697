"""What a command is: the panes and overlays it works in, its keys, its words, what it cannot do without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from feather_tui.key_names import written


class Pane(StrEnum):
    """Where the keys go."""

    LOOKUP = "lookup"
    TRANSCRIPT = "transcript"
    EXTRACTION = "extraction"


class Overlay(StrEnum):
    """What opens over the panes or beside them, and takes the keys until it is left."""

    FINDINGS = "findings"
    DETAILS = "details"
    EVIDENCE = "evidence"
    LATENCY = "latency"
    COPY = "copy menu"
    RAW = "raw view"
    HELP = "help"
    HELP_LINE = "help line"
    PALETTE = "commands"
    SEARCH = "search line"
    FILTER = "filter line"
    NOTE = "incident note"
    ANSWER = "answer line"
    BOARD = "triage board"
    BOARD_LINE = "board line"
    COMMON = "commonality"
    ONSET = "onset"
    COMPARE = "comparison"


class Need(StrEnum):
    """What a command cannot do without, and what is said where there is none of it."""

    SESSION = "no session is open"
    DOCUMENT = "nothing of the session has come yet"
    BODY = "no document has come yet"
    TRANSCRIPT = "the transcript has not come yet"
    ASSESSMENT = "the findings have not come yet"
    FINDING = "there is no finding to go to"
    SEARCH = "nothing was searched for"


READING = frozenset({Pane.TRANSCRIPT, Pane.EXTRACTION})
EVERYWHERE = frozenset(Pane)
IN_LOOKUP = frozenset({Pane.LOOKUP})
IN_TRANSCRIPT = frozenset({Pane.TRANSCRIPT})
NOWHERE: frozenset[Pane] = frozenset()
LINES = frozenset(
    {
        *(Pane.LOOKUP, Overlay.HELP_LINE, Overlay.PALETTE, Overlay.SEARCH, Overlay.FILTER, Overlay.ANSWER),
        Overlay.BOARD_LINE,
    }
)
"""Where characters are typed into a line."""

Words = Mapping[Overlay, str]
"""The overlays that a command works in, each with the command's word in its footer, if it has one there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. `id` names the action that carries it out.

    `footer` is the short word in the footer, empty if it has no place there; `lookup_footer` the word in the
    lookup, where the command means something else there; `panes` and `overlays` where it works; `always`:
    even while a line is being typed; `need`: what there must be for it.
    """

    id: str
    keys: tuple[str, ...]
    help: str
    section: str = ""
    footer: str = ""
    lookup_footer: str = ""
    panes: frozenset[Pane] = EVERYWHERE
    overlays: Words = field(default_factory=dict, hash=False)
    always: bool = False
    need: Need | None = None

    @property
    def shown(self) -> str:
        """The keys as people write them: `Space PgDn`."""
        return " ".join(map(written, self.keys))

    @property
    def places(self) -> frozenset[Pane | Overlay]:
        """Where the command works."""
        return self.panes | self.overlays.keys()

    def word(self, place: Pane | Overlay) -> str:
        """Return the command's word in the footer of a place; empty if it has none there."""
        if isinstance(place, Overlay):
            return self.overlays.get(place, "")
        if place not in self.panes:
            return ""
        return self.lookup_footer if place is Pane.LOOKUP and self.lookup_footer else self.footer


def command(
    id: str,  # noqa: A002 - the record's own name for it
    keys: str,
    help: str,  # noqa: A002 - the record's own name for it
    footer: str = "",
    panes: frozenset[Pane] = READING,
    *,
    overlays: Words | None = None,
    need: Need | None = None,
) -> Command:
    """Return a command that works where a session is read; `keys` are parted by blanks."""
    return Command(
        id=id,
        keys=tuple(keys.split()),
        help=help,
        footer=footer,
        panes=panes,
        overlays=overlays or {},
        need=need,
    )


def section(title: str, *commands: Command) -> tuple[Command, ...]:
    """Return the commands as those of a section of the help."""
    return tuple(replace(command, section=title) for command in commands)
