"""Where the time went, as a page: one line a turn, a bar to compare by, and the numbers beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from feather_tui.rendering.clock import count, duration
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.leading import LeadingBlock
from feather_tui.rendering.row import BLANK, ELLIPSIS, Row, Span, Tone, flow
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import fact_rows, text_rows
from feather_tui.session.latency import Amount, AnsweredTurn, Mark, Split
from feather_tui.session.timeline import MessageEntry

_IN_SECONDS = 10_000_000
"""Milliseconds from which on a number does not fit its column in seconds."""
_NUMBER, _RANGE = 7, 11
_LEAST_BAR = 10
_EXCERPT = 60
_READ_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class _Part:
    """A kind of time: its glyph in the bar, the word for it, and its tone."""

    glyph: str
    word: str
    tone: Tone


_TOOLS = _Part("█", "tools", "strong")
_RETRIEVAL = _Part("▓", "retrieval", "number")
_MODEL = _Part("▒", "model", "assistant")
_EITHER = _Part("~", "model or unaccounted", "text")
_UNACCOUNTED = _Part("░", "unaccounted", "dim")
_PARTS = (_TOOLS, _RETRIEVAL, _MODEL, _EITHER, _UNACCOUNTED)

_MARKS = {
    Mark.OVERLAP: "tools, retrieval and latency do not add up under either reading: some overlap",
    Mark.PARTS_EXCEED_WAIT: "tools and retrieval add up to more than the wait: some overlap",
    Mark.LATENCY_EXCEEDS_WAIT: "the reply reports more time than passed between the rows",
    Mark.UNTIMED: "not every tool call and retrieval has a time on record",
    Mark.NEGATIVE: "the reply's latency is negative, and is left out",
}


def latency_blocks(turns: Sequence[AnsweredTurn], look: Look, *, slowest_first: bool) -> list[LeadingBlock]:
    """Return the page of all turns. The `row` of a turn's block is the index of its reply in `messages`."""
    if not turns:
        return [LeadingBlock([((" no answered turn in this session", "dim"),)])]
    scale = max(_total(turn) for turn in [turn for turn in turns if not turn.reply.after_handoff] or turns)
    ordered = sorted(turns, key=lambda turn: turn.whole_ms, reverse=True) if slowest_first else turns
    blocks = [LeadingBlock(_head_rows(turns, look, slowest_first=slowest_first))]
    for turn in ordered:
        rows = _turn_rows(turn, max(scale, 1), look)
        blocks.append(LeadingBlock(rows, turn.reply, partial(_unfolded, turn, rows, look)))
    return blocks


def _head_rows(turns: Sequence[AnsweredTurn], look: Look, *, slowest_first: bool) -> list[Row]:
    order = "slowest first" if slowest_first else "in order of time"
    plural = "s" * (len(turns) != 1)
    used = {part.word for turn in turns for part, length in _segments(turn).items() if length}
    legend: list[Row] = [
        ((f"{part.glyph * 2} ", part.tone), (part.word, "text")) for part in _PARTS if part.word in used
    ]
    rows: list[Row] = [
        (
            (" latency", "strong"),
            (f"   {count(len(turns))} answered turn{plural}, {order}, in seconds", "text"),
        ),
        *flow(legend, look.width - 2),
    ]
    if any(turn.model_ms and turn.model_ms.low != turn.model_ms.high for turn in turns):
        note = (
            "It is not documented whether a reply's latency includes its tools and retrieval. "
            "Where the times allow both, a range is given."
        )
        rows += text_rows(note, 1, look.width - 3, "dim")
    return [*rows, BLANK, *_column_heads(look)]


def _column_heads(look: Look) -> list[Row]:
    if not _bar_width(look):
        return []
    names = _columns("tools", "retrieval", "model", "unaccounted")
    start = len(look.stamp(None)) + 1
    return [((f" {'reply':<{start - 1}} {'wait':>{_NUMBER}}  {'':<{_bar_width(look)}} {names}", "dim"),)]


def _turn_rows(turn: AnsweredTurn, scale: int, look: Look) -> list[Row]:
    reply = turn.reply.message
    whole = _seconds(turn.whole_ms) if turn.wait_ms is not None else f"≥{_seconds(turn.whole_ms)}"
    head: Row = ((f" {look.stamp(reply.timestamp)} ", "dim"), (f"{whole:>{_NUMBER}}  ", "strong"))
    numbers = (
        _seconds(turn.tool_ms) if turn.calls else look.glyphs.none,
        _seconds(turn.retrieval_ms) if turn.retrievals else look.glyphs.none,
        _amount(turn.model_ms),
        _amount(turn.unaccounted_ms),
    )
    width = _bar_width(look)
    if width:
        rows: list[Row] = [(*head, *_bar(turn, scale, width), (f" {_columns(*numbers)}", "text"))]
    else:
        room = max(look.width - sum(len(text) for text, _ in head) - 2, 1)
        words = zip((_TOOLS, _RETRIEVAL, _MODEL, _UNACCOUNTED), numbers, strict=True)
        parts: list[Row] = [((f"{part.word} {number}", "text"),) for part, number in words]
        under = flow(parts, look.width - look.indent - 2, gap="  ")
        rows = [(*head, *_bar(turn, scale, room)), *(((" " * look.indent, "text"), *row) for row in under)]
    for mark in turn.marks:
        rows += text_rows(f"{look.glyphs.warning} {_MARKS[mark]}", look.indent, look.body_width, "warn")
    if turn.reply.after_handoff:
        rows += text_rows(
            "after the handoff: a person may have answered", look.indent, look.body_width, "dim"
        )
    return rows


def _columns(tools: str, retrieval: str, model: str, unaccounted: str) -> str:
    return f"{tools:>{_NUMBER}} {retrieval:>{_NUMBER + 1}} {model:>{_RANGE}} {unaccounted:>{_RANGE}}"


def _bar_width(look: Look) -> int:
    """Return the cells left for the bar beside the numbers, 0 if they need a row of their own."""
    numbers = len(look.stamp(None)) + _NUMBER + len(_columns("", "", "", "")) + 7
    room = look.width - numbers
    return room if room >= _LEAST_BAR else 0


def _segments(turn: AnsweredTurn) -> dict[_Part, int]:
    """Return the milliseconds of each part of a turn's bar, in order."""
    model, unaccounted = turn.model_ms, turn.unaccounted_ms
    return {
        _TOOLS: turn.tool_ms,
        _RETRIEVAL: turn.retrieval_ms,
        _MODEL: model.low if model else 0,
        _EITHER: unaccounted.high - unaccounted.low if unaccounted else 0,
        _UNACCOUNTED: unaccounted.low if unaccounted else 0,
    }


def _total(turn: AnsweredTurn) -> int:
    return sum(_segments(turn).values())


def _bar(turn: AnsweredTurn, scale: int, width: int) -> list[Span]:
    """Return a bar of `width` cells. Ends are rounded, not lengths, so that the whole is never too long.

    A wait too short to be drawn is one cell of its longest part; one beyond the scale ends in an ellipsis.
    """
    segments = _segments(turn)
    total = sum(segments.values())
    if total > scale:
        return [*_cells(segments, scale, width - 1), (ELLIPSIS, "dim")]
    drawn = _cells(segments, scale, width)
    if total and drawn[0][0].isspace():
        longest = max(segments, key=segments.__getitem__)
        return [(longest.glyph, longest.tone), (" " * (width - 1), "text")]
    return drawn


def _cells(segments: dict[_Part, int], scale: int, width: int) -> list[Span]:
    spans: list[Span] = []
    end = drawn = 0
    for part, length in segments.items():
        end += length
        until = min((end * width + scale // 2) // scale, width)
        if until > drawn:
            spans.append((part.glyph * (until - drawn), part.tone))
            drawn = until
    return [*spans, (" " * (width - drawn), "text")]


def _unfolded(turn: AnsweredTurn, rows: list[Row], look: Look, parts: int) -> list[Row]:
    del parts  # every text here is an excerpt
    return [*rows, *fact_rows(_facts(turn, look), look.indent, look.body_width)]


def _facts(turn: AnsweredTurn, look: Look) -> Iterator[tuple[str, str]]:
    yield "from", _excerpt(turn.since, look)
    yield "to", _excerpt(turn.reply, look)
    yield "wait", "not known: a time is missing" if turn.wait_ms is None else f"{count(turn.wait_ms)} ms"
    for call in turn.calls:
        took = call.call.latency_ms
        yield "tool", f"{_milliseconds(took)}  {safe_line(call.call.name)}  {call.call.state}"
    for retrieval in turn.retrievals:
        yield "retrieval", _milliseconds(retrieval.trace.latency_ms)
    yield "reply's latency", _milliseconds(turn.reply.message.latency_ms)
    if len(turn.splits) > 1:
        yield from (("read as", _reading(split)) for split in turn.splits)


def _reading(split: Split) -> str:
    if split.excess_ms:
        return f"{split.reading}: does not add up, by {count(split.excess_ms)} ms"
    left = "" if split.unaccounted_ms is None else f", unaccounted {count(split.unaccounted_ms)} ms"
    return f"{split.reading}: model {count(split.model_ms)} ms{left}"


def _excerpt(entry: MessageEntry, look: Look) -> str:
    message = entry.message
    text = safe_line(" ".join(message.content[:_READ_CHARACTERS].split()))
    brief = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
    return f"{look.clock.time(message.timestamp)} {safe_line(message.role)}: {brief}"


def _milliseconds(took: int | None) -> str:
    return "not recorded" if took is None else f"{count(took)} ms"


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return "unknown"
    low, high = _seconds(amount.low), _seconds(amount.high)
    return low if low == high else f"{low}–{high}"


def _seconds(milliseconds: int) -> str:
    """Return seconds with two decimals, so that they can be compared down a column."""
    if milliseconds >= _IN_SECONDS:
        return duration(milliseconds // 1000)
    hundredths = (milliseconds + 5) // 10
    return f"{hundredths // 100}.{hundredths % 100:02}"
