"""The triage board as rows: a session each, in columns that give way on narrow screens, or a group each."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from feather_tui.findings.finding import Severity
from feather_tui.findings.line import counted
from feather_tui.rendering.clock import TIME_WIDTH, count
from feather_tui.rendering.columns import Column, share, spans_of, titles
from feather_tui.rendering.entries.marks import outcome_tone
from feather_tui.rendering.findings import severity_span
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import BLANK, Row, Tone, fit_row, flow
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.identity import SessionId
from feather_tui.session.reference import short
from feather_tui.triage.case import Case

DETAIL_ROWS: Final = 3
_WITHOUT: Final = "none, or not recorded"
_SEVERITIES: Final = {severity.label: severity for severity in Severity}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What several sessions have of a column. `unfolded`: they are shown under it."""

    value: str
    sessions: int
    failed: int
    unfolded: bool


@dataclass(frozen=True, slots=True)
class Unloaded:
    """A session that did not come: why in a few words, and in whole sentences."""

    session_id: SessionId
    brief: str
    reason: str


@dataclass(slots=True, eq=False)
class BoardRow:
    """A row of the board as a block of a page. `group`: the value of the group that a session stands under.

    `marks` are the sessions that are marked when the row is drawn.
    """

    item: Case | Group | Unloaded
    marks: Container[SessionId] = ()
    group: str | None = None

    @property
    def foldable(self) -> bool:
        """Folding a group is the board's."""
        return False

    @property
    def key(self) -> tuple[str | None, str | None]:
        """What tells the row from the others: its group, and its session."""
        item = self.item
        return (item.value, None) if isinstance(item, Group) else (self.group, item.session_id)

    @property
    def session_id(self) -> SessionId | None:
        """The session of the row; None for a group."""
        return None if isinstance(self.item, Group) else self.item.session_id

    def estimate(self, look: Look) -> int:
        """Return one."""
        del look
        return 1

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the row; one too wide is cut visibly."""
        del expanded, parts
        match self.item:
            case Case() as case:
                row = _case_row(case, look, marked=case.session_id in self.marks)
            case Group() as group:
                row = _group_row(group, look)
            case Unloaded() as missing:
                row = _unloaded_row(missing, look)
        return [fit_row(row, look.width)]


def board_heading(group: str | None, look: Look) -> Row:
    """Return the names of the columns: of sessions, or of groups by a column."""
    if group is None:
        return ((f"   {titles(_COLUMNS, look)}first cause", "dim"),)
    return ((f"     {'sessions':>8}  {'failed':>8}  {group}", "dim"),)


def hidden_columns(look: Look) -> int:
    """Return how many columns have no room."""
    return sum(look.width < column.room_from for column in _COLUMNS)


def detail_rows(row: BoardRow | None, look: Look) -> list[Row]:
    """Return DETAIL_ROWS rows about what the cursor is on: the whole id, what has no room in the table."""
    match row.item if row else None:
        case Case() as case:
            rows = _about_case(case, look)
        case Group() as group:
            rows = text_rows(group.value or _WITHOUT, 1, look.width - 2)
        case Unloaded() as missing:
            rows = [((f" {missing.session_id}", "strong"),)]
            rows += text_rows(missing.reason, 1, look.width - 2, "warn")
        case None:
            rows = []
    return [fit_row(each, look.width) for each in (_first(rows, DETAIL_ROWS) + [BLANK] * DETAIL_ROWS)][
        :DETAIL_ROWS
    ]


# ---------------------------------------------------------------------- rows


def _case_row(case: Case, look: Look, *, marked: bool) -> Row:
    mark = f" {look.glyphs.flag} " if marked else "   "
    return (
        (mark, "accent"),
        *spans_of(case, _COLUMNS, look),
        (safe_line(_cause(case) or look.glyphs.none), "text"),
    )


def _group_row(group: Group, look: Look) -> Row:
    sign = look.glyphs.unfolded if group.unfolded else look.glyphs.folded
    return (
        (f"   {sign} ", "accent"),
        (f"{count(group.sessions):>8}  ", "text"),
        (f"{count(group.failed):>8}  ", "bad" if group.failed else "dim"),
        (safe_line(group.value), "strong") if group.value else (_WITHOUT, "dim"),
    )


def _unloaded_row(missing: Unloaded, look: Look) -> Row:
    return (
        (f"   {short(missing.session_id)}  ", "text"),
        (f"{look.glyphs.bad} not here: {safe_line(missing.brief)}", "warn"),
    )


def _about_case(case: Case, look: Look) -> list[Row]:
    facts = (
        safe_line(case.channel),
        f"agent {safe_line(short(case.agent))}" if case.agent else "",
        f"revision {safe_line(case.revision)}" if case.revision else "",
        safe_line(case.reason or ""),
        counted(case.turns, "turn"),
        f"{share(case.tools_failed, case.tools)} tools failed",
        f"{share(case.retrievals_missed, case.retrievals)} misses",
        f"extraction {safe_line(case.extraction or 'not known')}",
    )
    parts: list[Row] = [((case.session_id, "strong"),)]
    parts += [((fact, "text"),) for fact in facts if fact]
    cause = case.first_cause or "; ".join(signature.text for signature in case.errors)
    label = "first cause  " if case.first_cause else "tool errors  "
    told = ((f" {label}", "dim"), (safe_line(cause), "text")) if cause else BLANK
    return [*_first(flow(parts, look.width, gap="  "), DETAIL_ROWS - 1), told]


def _first(rows: list[Row], most: int) -> list[Row]:
    """Return so many rows; that there are more is marked at the end."""
    if len(rows) <= most:
        return rows
    return [*rows[: most - 1], (*rows[most - 1], (" …", "dim"))]


# ---------------------------------------------------------------------- cells


def _cause(case: Case) -> str:
    """Return the words of the first cause; that of which rule it is has its place below."""
    return (case.first_cause or "").partition(" ")[2]


def _start(case: Case, look: Look) -> str:
    return f"{look.clock.day(case.started_at)[5:]} {look.clock.time(case.started_at):<{TIME_WIDTH}}"


def _outcome(case: Case, look: Look) -> str:
    sign = {"good": look.glyphs.good, "bad": look.glyphs.bad}.get(_outcome_tone(case, look), look.glyphs.none)
    return f"{sign} {case.outcome or 'unrecorded'}"


def _outcome_tone(case: Case, look: Look) -> Tone:
    del look
    return outcome_tone(case.outcome)


def _worst(case: Case, look: Look) -> str:
    severity = _SEVERITIES.get(case.worst or "")
    return severity_span(severity, look, short=True)[0] if severity else look.glyphs.none


def _worst_tone(case: Case, look: Look) -> Tone:
    severity = _SEVERITIES.get(case.worst or "")
    return severity_span(severity, look)[1] if severity else "dim"


_COLUMNS: Final[tuple[Column[Case], ...]] = (
    Column(title="session", width=8, room_from=92, text=lambda case, _: short(case.session_id)),
    Column(title="start", width=14, text=_start, tone=lambda *_: "dim"),
    Column(title="outcome", width=13, text=_outcome, tone=_outcome_tone),
    Column(title="reason", width=16, room_from=140, text=lambda case, _: case.reason or ""),
    Column(title="channel", width=7, room_from=112, text=lambda case, _: case.channel),
    Column(title="agent", width=8, room_from=104, text=lambda case, _: short(case.agent or "")),
    Column(title="turns", width=5, room_from=148, text=lambda case, _: count(case.turns), right=True),
    Column(
        title="errors",
        width=6,
        room_from=70,
        text=lambda case, _: share(case.tools_failed, case.tools),
        tone=lambda case, _: "bad" if case.tools_failed else "dim",
        right=True,
    ),
    Column(
        title="misses",
        width=6,
        room_from=120,
        text=lambda case, _: share(case.retrievals_missed, case.retrievals),
        tone=lambda case, _: "warn" if case.retrievals_missed else "dim",
        right=True,
    ),
    Column(title="worst", width=8, room_from=60, text=_worst, tone=_worst_tone),
    Column(title="extraction", width=10, room_from=164, text=lambda case, _: case.extraction or "?"),
)
