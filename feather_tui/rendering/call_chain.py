"""What led to a tool call and what came of it, as a page that reads from top to bottom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from feather_tui.rendering.entries.tool_call import call_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.leading import LeadingBlock
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.sections import LONG, SHORT, entry_block, missing_section, section, shortened
from feather_tui.rendering.values import json_text_rows, label_row, text_rows
from feather_tui.session.argument_changes import ArgumentChange, ChangeKind
from feather_tui.session.call_chain import CallChain, LaterCall
from feather_tui.session.model import JsonValue
from feather_tui.session.timeline import CallEntry

_CHANGES = 4
"""Differences of arguments that are shown while a later call is folded."""
_VALUE_CHARACTERS: Final = 200


def call_blocks(chain: CallChain, look: Look) -> list[LeadingBlock]:
    """Return the page of one tool call's chain. Each block's `entry` is what it tells about."""
    call = chain.call
    spoke = chain.asked_in is not None and bool(chain.asked_in.message.content.strip())
    said_before = [entry_block(chain.asked_in, look, SHORT)] if chain.asked_in and spoke else []
    said_next = [entry_block(chain.reply, look, LONG)] if chain.reply else []
    silent: Row = () if chain.reply else ((_why_no_reply(call), "dim"),)
    later = f"later calls of {safe_line(call.call.name)}" if call.call.name else "later calls of this tool"
    none: Row = () if chain.later else (("none", "dim"),)
    return [
        *section("question", [entry_block(asked, look, SHORT) for asked in chain.questions], look),
        *section("said with the call", said_before, look),
        *section("call", [_call_block(call, look)], look),
        *section("said next", said_next, look, silent),
        *section(later, [_later_block(other, look) for other in chain.later], look, none),
        *section("earlier or later, not known", [_later_block(o, look) for o in chain.unordered], look),
        *missing_section(_lacks(call), chain.gaps, look),
    ]


def _why_no_reply(entry: CallEntry) -> str:
    if not entry.linked:
        return "not known: the call's turn is not in this document"
    return "nothing, before the customer spoke again or the session ended"


def _lacks(entry: CallEntry) -> Iterator[tuple[str, str]]:
    call = entry.call
    if not entry.linked:
        yield "turn", "no row of this document belongs to the call, so its time is not known"
    if call.recorded is None:
        yield "record", "the runtime recorded no such call: only the row that asked for it tells of it"
    if call.error is None and call.output is None:
        yield "result", "it never returned, or its result was not captured"
    if call.latency_ms is None:
        yield "latency", "how long it took was not recorded"


def _call_block(entry: CallEntry, look: Look) -> LeadingBlock:
    call, indent, width = entry.call, look.indent + 4, look.body_width - 4
    rows = call_rows(entry, look, expanded=False, parts=1)
    rows.append(label_row("arguments" if call.arguments else "arguments: empty", look.indent + 2))
    rows += shortened(json_text_rows(call.arguments, indent, width) if call.arguments else [], LONG, indent)
    if call.error is not None:
        rows.append(label_row("error", look.indent + 2, "bad"))
        rows += shortened(text_rows(call.error, indent, width, "bad"), LONG, indent)
    if call.output or (call.output is not None and call.error is None):
        rows.append(label_row("result" if call.output else "result: empty", look.indent + 2))
        rows += shortened(json_text_rows(call.output, indent, width) if call.output else [], LONG, indent)
    return LeadingBlock(rows, entry, partial(_in_full, entry, look))


def _in_full(entry: CallEntry, look: Look, parts: int) -> list[Row]:
    return call_rows(entry, look, expanded=True, parts=parts)


def _later_block(later: LaterCall, look: Look) -> LeadingBlock:
    entry = later.entry
    rows = call_rows(entry, look, expanded=False, parts=1)
    indent, width = look.indent + 4, look.body_width - 4
    when: Row = ((" " * (look.indent + 2), "text"), (look.clock.time(entry.at), "dim"))
    if not later.changes:
        rows.append((*when, ("  the same arguments", "text")))
    else:
        rows.append((*when, ("  other arguments", "text")))
        changes = [row for change in later.changes for row in _change_rows(change, look)]
        rows += shortened(changes, _CHANGES, indent)
    if entry.call.error is not None:
        rows += shortened(text_rows(entry.call.error, indent, width, "bad"), SHORT, indent)
    return LeadingBlock(rows, entry, partial(_later_in_full, later, look))


def _later_in_full(later: LaterCall, look: Look, parts: int) -> list[Row]:
    rows = call_rows(later.entry, look, expanded=True, parts=parts)
    if later.changes:
        rows.append(label_row("arguments that differ", look.indent + 2))
    return rows + [row for change in later.changes for row in _change_rows(change, look)]


def _change_rows(change: ArgumentChange, look: Look) -> list[Row]:
    name = ".".join(change.path) or "all of them"
    match change.kind:
        case ChangeKind.ADDED:
            value = _brief(change.after)
        case ChangeKind.REMOVED:
            value = _brief(change.before)
        case ChangeKind.CHANGED:
            value = f"{_brief(change.before)} {look.glyphs.arrow} {_brief(change.after)}"
    return text_rows(safe_line(f"{change.kind:<8} {name}  {value}"), look.indent + 4, look.body_width - 4)


def _brief(value: JsonValue) -> str:
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "(nested too deeply to show)"
    return text if len(text) <= _VALUE_CHARACTERS else f"{text[:_VALUE_CHARACTERS]}…"
