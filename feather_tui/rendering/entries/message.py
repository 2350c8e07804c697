"""A message: who, when, by which model, and the text."""

from __future__ import annotations

from collections.abc import Iterator

from feather_tui.rendering.clock import count, latency
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, Tone, fit, joined, spread
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import fact_rows, json_text_rows, label_row, text_rows
from feather_tui.session.model import Message
from feather_tui.session.timeline import MessageEntry

_BLANKS = " \t\n"
"""What leaves no trace on the screen; Python also takes controls for blanks, and those are shown."""
FOLDED_LINES = 6
"""Lines of a row that neither user nor assistant wrote (prompts, events) while it is folded."""


def message_rows(entry: MessageEntry, look: Look, *, expanded: bool, parts: int) -> list[Row]:
    """Return a message's rows. What user and assistant said is always whole; expanding adds every field."""
    message = entry.message
    body = (
        text_rows(message.content, look.indent, look.body_width, parts=parts)
        if message.content.strip(_BLANKS)
        else []
    )
    if message.role not in {"user", "assistant"} and not expanded and len(body) > FOLDED_LINES:
        more = f"… {len(body) - FOLDED_LINES} more lines"
        body = [*body[:FOLDED_LINES], label_row(more, look.indent)]
    rows = [_head(entry, look), *body, *_notes(entry, look)]
    return rows + _details(entry, look, parts) if expanded else rows


def message_facts(entry: MessageEntry, look: Look) -> Iterator[tuple[str, str]]:
    """Yield the fields of a message that its head does not show in full."""
    message = entry.message
    yield "time", look.clock.full(message.timestamp)
    yield "turn id", message.turn_id
    yield "role", message.role
    if message.model_used is not None:
        yield "model", message.model_used
    if message.latency_ms is not None:
        yield "latency", f"{count(message.latency_ms)} ms"
    if message.original_char_count is not None:
        yield "original length", f"{count(message.original_char_count)} characters"
    if message.truncated:
        yield "truncated", "yes, by the platform"
    for request in message.tool_calls:
        yield "asked for", f"{request.function.name}  {request.id}"
    yield "in the document", f"messages[{entry.row}]"


def role_tone(role: str) -> Tone:
    """Return the tone of a role's name; roles are an open set."""
    return "user" if role == "user" else "assistant" if role == "assistant" else "other"


def _head(entry: MessageEntry, look: Look) -> Row:
    message = entry.message
    left: list[Span] = [
        (f" {look.stamp(message.timestamp)}", "dim"),
        ("  " if look.wide else " ", "text"),
        (safe_line(message.role) or "role not given", role_tone(message.role)),
    ]
    if entry.after_handoff and message.role == "assistant":
        left.append(("  after handoff", "dim"))
    if not message.content.strip(_BLANKS) and not message.tool_calls and message.tool_results is None:
        left.append(("  empty message", "warn"))
    return spread(left, _right(message, look), look.head_width)


def _right(message: Message, look: Look) -> Row:
    model: Row = ((fit(safe_line(message.model_used), look.width // 3), "dim"),) if message.model_used else ()
    took: Row = ((f"{latency(message.latency_ms):>7}", "dim"),) if message.latency_ms is not None else ()
    return joined((model, took), gap="  ")


def _notes(entry: MessageEntry, look: Look) -> list[Row]:
    message = entry.message
    rows = []
    if message.truncated:
        original = message.original_char_count
        of = f" of {count(original)}" if original is not None else ""
        note = f"… cut by the platform: {count(len(message.content))}{of} characters are here"
        rows += text_rows(note, look.indent, look.body_width, "warn")
    if message.tool_results is not None and entry.orphan:
        rows += text_rows(
            "result of a tool call that is not in this document", look.indent, look.body_width, "warn"
        )
    return rows


def _details(entry: MessageEntry, look: Look, parts: int) -> list[Row]:
    rows = fact_rows(message_facts(entry, look), look.indent + 2, look.body_width - 2)
    result = entry.message.tool_results
    if result is not None:
        rows.append(label_row("tool result", look.indent + 2))
        rows += fact_rows([("tool call id", result.tool_call_id)], look.indent + 2, look.body_width - 2)
        rows += json_text_rows(result.output, look.indent + 4, look.body_width - 4, parts=parts)
        if result.error is not None:
            rows.append(label_row("error", look.indent + 2, "bad"))
            rows += text_rows(result.error, look.indent + 4, look.body_width - 4, "bad", parts=parts)
    return rows
