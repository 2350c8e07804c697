"""The cached sessions in which something was said: how many, and two rows each."""

from __future__ import annotations

from dataclasses import dataclass

from feather_tui.rendering.clock import count
from feather_tui.rendering.highlight import MATCH
from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import ListedSession, identity_heading, identity_spans
from feather_tui.rendering.row import ELLIPSIS, Row, Span, Tone, cells, fit_row, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.sought import Found, Hit

WHERE = "messages, tool calls, retrievals, handoffs, ids and extractions"
_MARGIN, _INDENT = 3, 13
_QUOTED_CHARACTERS = 40
_SHARE_BEFORE_MATCH = 3
_TONES: dict[str, Tone] = {"user": "user", "assistant": "assistant"}


@dataclass(frozen=True, slots=True)
class HitBlock:
    """A session's two rows, laid out when they come into sight."""

    hit: Hit
    session: ListedSession

    @property
    def foldable(self) -> bool:
        """Whether there is more: no."""
        return False

    def estimate(self, look: Look) -> int:
        """Return the number of rows."""
        del look
        return 2

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return which session it is and who said it, then what was said."""
        del expanded, parts
        who, field = safe_line(self.hit.who), safe_line(self.hit.field)
        said: tuple[Span, Span] = (who, _TONES.get(who, "other")), (f" · {field}", "dim")
        return [
            fit_row((*identity_spans(self.session, look), *said), look.width),
            excerpt_row(self.hit, look),
        ]


def hits_heading(found: Found, look: Look) -> list[Row]:
    """Return what was found so far and in what, and the names of the columns."""
    room = look.width - _MARGIN - 1
    rows = text_rows(_sum(found), _MARGIN, room)
    if remark := _remark(found):
        rows += text_rows(remark, _MARGIN, room, "dim")
    return [*rows, ((f"{identity_heading(look)}  said by", "dim"),)] if found.hits else rows


def invitation_rows(sessions: int, look: Look) -> list[Row]:
    """Return what stands there before anything was typed behind the slash."""
    text = f"Type what was said: the {WHERE} of {_sessions(sessions)} known here are searched."
    return text_rows(text, _MARGIN, look.width - _MARGIN - 1, "dim")


def excerpt_row(hit: Hit, look: Look) -> Row:
    """Return the text around the first match in one row, the matches in the tone MATCH."""
    room = look.width - _INDENT - 1
    spans = list(_spans(hit))
    before = spans.pop(0)[0] if spans and spans[0][1] != MATCH else ""
    begins = hit.begins
    while before and cells(before) > room // _SHARE_BEFORE_MATCH:
        before, begins = before[1:], False
    begin: Span = (before if begins else ELLIPSIS + before, "text")
    if not hit.ends and width_of((begin, *spans)) < room:
        spans.append((ELLIPSIS, "text"))
    return ((" " * _INDENT, "text"), *fit_row((begin, *spans), room))


def _spans(hit: Hit) -> list[Span]:
    """Part the excerpt at its matches; each part is made safe for itself, so that none is missed."""
    spans: list[Span] = []
    place = 0
    for start, end in hit.spans:
        spans += [(safe_line(hit.excerpt[place:start]), "text"), (safe_line(hit.excerpt[start:end]), MATCH)]
        place = end
    return [span for span in (*spans, (safe_line(hit.excerpt[place:]), "text")) if span[0]]


def _sum(found: Found) -> str:
    if not found.cached:
        return "No session is cached yet, so there is nothing to search."
    sought = _what(found)
    if found.left:
        left = f"{count(found.left)} of {count(found.cached)} cached left to look through"
        return f"Looking for {sought}: {_sessions(len(found.hits))} so far, {left}"
    if not found.hits:
        return f"None of the {count(found.cached)} cached sessions holds {sought} in its {WHERE}."
    holds = "holds" if len(found.hits) == 1 else "hold"
    return f"{_sessions(len(found.hits))} of {count(found.cached)} cached {holds} {sought}"


def _what(found: Found) -> str:
    """Return what is sought, quoted; of several words, whether it is enough that all of them are there."""
    typed = safe_line(str(found.sought))
    quoted = f"“{typed[:_QUOTED_CHARACTERS]}{ELLIPSIS if len(typed) > _QUOTED_CHARACTERS else ''}”"
    as_typed = bool(found.hits) and all(hit.query == found.sought.whole for hit in found.hits)
    return quoted if as_typed or len(found.sought.words) <= 1 else f"all words of {quoted}"


def _remark(found: Found) -> str:
    """Return what is to be known of the index, where it is not whole."""
    if found.no_index:
        return f"scanning, {found.no_index}"
    if found.indexed < found.cached:
        return f"index of {count(found.indexed)} of {count(found.cached)}, the others are read one by one"
    return ""


def _sessions(number: int) -> str:
    return f"{count(number)} session{'s' if number != 1 else ''}"
