"""Entries of the timeline as markup: what was said in the open, calls and retrievals to be unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from feather_tui.export.html_parts import (
    Fact,
    facts,
    fields_of,
    formatted,
    json_like,
    line,
    preformatted,
    text,
    time,
)
from feather_tui.findings.finding import Finding
from feather_tui.rendering.clock import duration, latency
from feather_tui.session.calls import Call, CallState
from feather_tui.session.model import Citation, Message
from feather_tui.session.summary import is_miss
from feather_tui.session.timeline import (
    CallEntry,
    EndEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    ShownChunk,
    SilenceEntry,
    UnlinkedEntry,
)

Found = tuple[int, Finding]
"""A finding and its number on the page."""

_ROLES = frozenset({"user", "assistant"})


def entry_markup(entry: Entry, position: int, found: Sequence[Found]) -> Iterator[str]:
    """Yield the markup of one entry, whose anchor is `e` and its position. `found`: what was found in it."""
    anchor, links = f"e{position}", "".join(map(_link, found))
    match entry:
        case MessageEntry():
            yield f'<article class="entry" id="{anchor}">{"".join(_message(entry, links))}</article>'
        case CallEntry():
            yield _folded(anchor, _call_head(entry), links, _call(entry))
        case RetrievalEntry():
            yield _folded(anchor, _retrieval_head(entry), links, _retrieval(entry))
        case ExposureEntry():
            head = f"{_chunks(len(entry.citations))} shown to the model, no retrieval on record"
            yield _folded(anchor, head, links, [_citations(entry.citations)])
        case HandoffEntry(handoff=handoff):
            head = f"<h3>{time(handoff.timestamp)} handed off</h3>{links}"
            yield f'<article class="entry" id="{anchor}">{head}{facts(fields_of(handoff))}</article>'
        case SilenceEntry() | EndEntry() | UnlinkedEntry():
            yield f'<div class="entry dim" id="{anchor}">{line(_mark(entry))}{links}</div>'


def _mark(entry: SilenceEntry | EndEntry | UnlinkedEntry) -> str:
    match entry:
        case SilenceEntry(seconds=seconds, waiting=waiting):
            return f"{'customer waited' if waiting else 'silence of'} {duration(seconds)}"
        case EndEntry():
            said = dict(fields_of(entry))
            return f"ended {said['at']}: {said['outcome']}, {said['reason']}"
        case UnlinkedEntry(count=count):
            return f"records that point at turns which are not here: {count}"


def _link(found: Found) -> str:
    number, finding = found
    severity = finding.severity.label
    return f'<p class="{severity}"><a href="#f{number}">{severity}: {line(finding.message)}</a></p>'


def _folded(anchor: str, head: str, links: str, body: Iterable[str]) -> str:
    return f'<details class="entry" id="{anchor}"><summary>{head}</summary>{links}{"".join(body)}</details>'


def _message(entry: MessageEntry, links: str) -> Iterator[str]:
    message = entry.message
    css = message.role if message.role in _ROLES else "dim"
    notes = [message.model_used or "", latency(message.latency_ms)]
    notes += ["after handoff" if entry.after_handoff and message.role == "assistant" else ""]
    role = f'<span class="{css}">{line(message.role) or "role not given"}</span>'
    about = f'<span class="dim">{line("  ".join(filter(None, notes)))}</span>'
    yield f"<h3>{time(message.timestamp)} {role} {about}</h3>"
    yield links
    if message.content.strip():
        yield f'<p class="said" dir="auto">{text(message.content)}</p>'
    if message.truncated:
        yield '<p class="warn">cut by the platform</p>'
    if message.tool_results is not None:
        yield facts(fields_of(message.tool_results))
    about_row = facts(_message_facts(message, entry.row))
    yield f'<details><summary class="dim">fields</summary>{about_row}</details>'


def _message_facts(message: Message, row: int) -> Iterator[Fact]:
    yield from fields_of(message, without=("content", "tool_calls", "tool_results"))
    for request in message.tool_calls:
        yield "asked for", f"{request.function.name}  {request.id}"
    yield "in the document", f"messages[{row}]"


def _call_head(entry: CallEntry) -> str:
    call = entry.call
    css = {CallState.OK: "good", CallState.FAILED: "failed"}.get(call.state, "warn")
    notes = [latency(call.latency_ms), "" if entry.linked else "turn not here"]
    notes += [f"copies differ in {', '.join(call.differences)}" if call.differences else ""]
    about = line("  ".join(filter(None, notes)))
    return f'tool <b>{line(call.name) or "unnamed"}</b> <span class="{css}">{call.state}</span> {about}'


def _call(entry: CallEntry) -> Iterator[str]:
    call = entry.call
    yield preformatted("arguments", json_like(call.arguments))
    if call.error is not None:
        yield preformatted("error", call.error, "failed")
    if call.output is not None:
        yield preformatted("result", json_like(call.output))
    if call.differences:
        yield from _copies(call)
    if call.recorded is not None:
        yield facts(fields_of(call.recorded, without=("arguments", "arguments_parsed", "result", "error")))
        yield facts([("in the document", f"tool_calls[{call.recorded_index}]")])
    if call.requested is not None:
        yield facts([("asked in", f"messages[{call.row}].tool_calls[{call.requested_index}]")])
    for row in entry.result_rows:
        yield facts([("result row", f"messages[{row.row}]")])


def _copies(call: Call) -> Iterator[str]:
    """Yield every copy of a call whose copies differ, with every field."""
    if call.recorded is not None:
        yield preformatted("arguments as parsed by the platform", formatted(call.recorded.arguments_parsed))
    if call.requested is not None:
        yield facts(fields_of(call.requested))
    for brought in call.results:
        yield facts([("result of", f"messages[{brought.row}]"), *fields_of(brought.result)])


def _retrieval_head(entry: RetrievalEntry) -> str:
    trace = entry.trace
    shown = sum(chunk.citation is not None for chunk in entry.chunks)
    notes = [f"{_chunks(len(entry.chunks))} found, {shown} shown to the model"]
    notes += ["recorded as a miss" if is_miss(trace) else "", latency(trace.latency_ms)]
    if trace.answerability is not None:
        notes.append(f"gate {trace.answerability.mode or 'mode'}: {trace.answerability.label or 'no label'}")
    notes.append("" if entry.linked else "turn not here")
    return f"<b>retrieval</b> {line(', '.join(filter(None, notes)))}"


def _retrieval(entry: RetrievalEntry) -> Iterator[str]:
    if entry.chunks:
        rows = map(_chunk, entry.chunks)
        yield _table(("score", "shown", "chunk", "document", "version"), rows)
    if entry.strays:
        yield '<p class="warn">shown to the model, but in no retrieval of this turn</p>'
        yield _citations(entry.strays)
    yield facts(fields_of(entry.trace, without=("retrieved",)))
    yield facts([("in the document", f"rag_traces[{entry.index}]")])


def _chunk(shown: ShownChunk) -> tuple[str, ...]:
    chunk = shown.chunk
    score = "not recorded" if chunk.score is None else f"{chunk.score:g}"
    reached = "yes" if shown.citation else "no"
    return score, reached, chunk.chunk_id, chunk.doc_id, chunk.version_id or "not recorded"


def _citations(citations: Iterable[tuple[int, Citation]]) -> str:
    rows = [
        (cited.chunk_id, cited.doc_id, cited.version_id or "", cited.kb_id, f"citations[{index}]")
        for index, cited in citations
    ]
    return _table(("chunk", "document", "version", "knowledge base", "in the document"), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = "".join(f"<th>{line(title)}</th>" for title in head)
    body = "".join(f"<tr>{''.join(f'<td>{line(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>'


def _chunks(number: int) -> str:
    return f"{number} chunk{'s' * (number != 1)}"
