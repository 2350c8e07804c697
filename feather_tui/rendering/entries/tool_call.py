"""A tool call: one line while folded; arguments, result, error and every copy of them when expanded."""

from __future__ import annotations

import json
from collections.abc import Iterator

from feather_tui.rendering.clock import count, latency
from feather_tui.rendering.entries.message import message_facts
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Tone, cells, joined, spread
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import brief, fact_rows, json_rows, json_text_rows, label_row, text_rows
from feather_tui.session.calls import Call, CallState
from feather_tui.session.timeline import CallEntry, MessageEntry

_STATE_TONES: dict[CallState, Tone] = {
    CallState.OK: "good",
    CallState.FAILED: "bad",
    CallState.NO_RESULT: "warn",
}


def call_rows(entry: CallEntry, look: Look, *, expanded: bool, parts: int) -> list[Row]:
    """Return a tool call's rows."""
    head = _head(entry, look, expanded=expanded)
    if not expanded:
        return [head]
    return [head, *_Details(entry, look, parts).rows()]


def _head(entry: CallEntry, look: Look, *, expanded: bool) -> Row:
    call = entry.call
    sign = look.glyphs.unfolded if expanded else look.glyphs.folded
    name = safe_line(call.name) or "unnamed tool"
    right = _state(entry, look)
    room = look.head_width - look.indent - cells(name) - sum(cells(text) for text, _ in right) - 8
    arguments = brief(call.arguments, room) if room > 0 else ""
    left: Row = (
        (" " * look.indent, "text"),
        (f"{sign} ", "dim"),
        (name, "strong"),
        ("   ", "text"),
        (arguments, "dim"),
    )
    return spread(left, right, look.head_width)


def _state(entry: CallEntry, look: Look) -> Row:
    call, glyphs = entry.call, look.glyphs
    signs = {CallState.OK: glyphs.good, CallState.FAILED: glyphs.bad, CallState.NO_RESULT: glyphs.unknown}
    warnings: list[Row] = []
    if not entry.linked:
        warnings.append((("turn not here", "warn"),))
    if call.differences:
        warnings.append((("copies differ", "warn"),))
    state: Row = ((f"{signs[call.state]} {call.state}", _STATE_TONES[call.state]),)
    took: Row = ((f"{latency(call.latency_ms):>7}", "dim"),)
    return joined((*warnings, state, took), gap="  ")


class _Details:
    """The rows under the head of one expanded call."""

    def __init__(self, entry: CallEntry, look: Look, parts: int) -> None:
        self.entry = entry
        self.call: Call = entry.call
        self.look = look
        self.parts = parts
        self.indent = look.indent + 2
        self.width = look.body_width - 2

    def rows(self) -> list[Row]:
        call = self.call
        rows = self._value("arguments", call.arguments)
        rows += self._parsed_arguments()
        if call.error is not None:
            rows += self._error("error", call.error)
        if call.output is not None:
            rows += self._value("result", call.output)
        elif call.error is None:
            note = "no result was captured: it never returned, or was not recorded"
            rows += text_rows(note, self.indent, self.width, "dim")
        rows += self._other_copies()
        return rows + fact_rows(self._facts(), self.indent, self.width)

    def _value(self, label: str, text: str) -> list[Row]:
        if not text:
            return [label_row(f"{label}: empty", self.indent)]
        body = json_text_rows(text, self.indent + 2, self.width - 2, parts=self.parts)
        return [label_row(label, self.indent), *body]

    def _error(self, label: str, text: str) -> list[Row]:
        body = text_rows(text, self.indent + 2, self.width - 2, "bad", parts=self.parts)
        return [label_row(label, self.indent, "bad"), *body]

    def _parsed_arguments(self) -> list[Row]:
        """The platform's parsed copy, where it is not simply what the text says."""
        recorded = self.call.recorded
        if recorded is None or recorded.arguments_parsed is None:
            return []
        try:
            if json.loads(recorded.arguments) == recorded.arguments_parsed:
                return []
        except (ValueError, RecursionError):
            pass  # the text does not parse: then the parsed copy is news
        body = json_rows(recorded.arguments_parsed, self.indent + 2, self.width - 2, parts=self.parts)
        return [label_row("arguments as parsed by the platform", self.indent, "warn"), *body]

    def _other_copies(self) -> list[Row]:
        """What the rows of the transcript say otherwise than the runtime's record."""
        call, rows = self.call, list[Row]()
        differences = call.differences
        if call.requested is not None and "name" in differences:
            rows += self._value("name, in the row that asked", call.requested.function.name)
        if call.requested is not None and "arguments" in differences:
            rows += self._value("arguments, in the row that asked", call.requested.function.arguments)
        for brought in call.results:
            result = brought.result
            if "output" in differences and result.output != call.output:
                rows += self._value(f"result, in messages[{brought.row}]", result.output)
            if result.error is not None and result.error != call.error:
                rows += self._error(f"error, in messages[{brought.row}]", result.error)
        if call.recorded is not None and call.recorded.error not in {None, call.error}:
            rows += self._error("error, in the runtime's record", call.recorded.error or "(blank)")
        return rows

    def _facts(self) -> Iterator[tuple[str, str]]:
        call = self.call
        yield "id", call.id or "(empty)"
        if call.latency_ms is not None:
            yield "latency", f"{count(call.latency_ms)} ms"
        if call.recorded is not None:
            yield "turn id", call.recorded.assistant_turn_id
            yield "in the document", f"tool_calls[{call.recorded_index}]"
        if call.requested is not None:
            yield "asked in", f"messages[{call.row}].tool_calls[{call.requested_index}]"
            yield "type", call.requested.type
        if call.recorded is not None and (call.requested is not None or call.results):
            differences = ", ".join(call.differences)
            yield "copies", f"differ in {differences}" if differences else "agree"
        for row in self.entry.result_rows:
            yield "result row", "  ".join(f"{label} {value}" for label, value in self._row_facts(row))
            yield "its turn id", row.message.turn_id

    def _row_facts(self, row: MessageEntry) -> Iterator[tuple[str, str]]:
        for label, value in message_facts(row, self.look):
            if label == "in the document":
                yield "in", value
            elif label != "turn id":
                yield label, value
