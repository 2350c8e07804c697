"""Every text that a document holds, by the name of its field: what a search looks through.

Folded or not makes no difference here. Times, latencies and scores are no texts: a screen writes them in
several ways, and none of them stands in the document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from feather_tui.session.calls import Call, same_json
from feather_tui.session.model import Citation, Extraction, JsonValue
from feather_tui.session.timeline import (
    CallEntry,
    EndEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    SilenceEntry,
    UnlinkedEntry,
)

_Texts = Iterable[tuple[str, str | None]]
_USUAL_TYPE: Final = "function"


class ExtractionText(NamedTuple):
    """A text of an extraction. A plain tuple, because there may be very many.

    `path` begins with the record's field, such as `("extracted_data", "refund", "amount")`. The text is the
    value there, or the last step of the path itself where `is_name`.
    """

    path: tuple[str, ...]
    is_name: bool
    text: str


def texts_of(entry: Entry) -> list[tuple[str, str]]:
    """Return the name and the text of every field of an entry that holds any, what was said first.

    A name is the API's own for the entry's record; what belongs to another record has its whole path, such
    as `messages[3].tool_results.output`. Of texts that are copies of one another, one is there. JSON that
    was written in ASCII escapes is there as people read it.
    """
    return [(field, text) for field, text in _TEXTS[type(entry)](entry) if text]


def unnamed_texts(entry: Entry) -> list[str]:
    """Return the same texts without the names of their fields, which is quicker for a row."""
    if isinstance(entry, MessageEntry) and not entry.orphan:
        row = entry.message
        return [text for text in (row.content, row.role, row.model_used, row.turn_id) if text]
    return [text for _, text in texts_of(entry)]


def extraction_texts(extraction: Extraction) -> Iterator[ExtractionText]:
    """Yield the texts of an extraction, what went wrong first; numbers and constants as JSON writes them."""
    for field in ("status", "error_message", "skip_reason"):
        yield from _plain_text(extraction, field)
    for field in ("missing_required_fields", "validation_errors", "extracted_data"):
        yield from _tree_texts(getattr(extraction, field), (field,))
    for field in ("model_used", "id", "session_id", "organization_id", "agent_id", "schema_id"):
        yield from _plain_text(extraction, field)


def _message(entry: MessageEntry) -> _Texts:
    """The texts of a row. The calls it asked for and the results it brought to calls are the calls' own."""
    message = entry.message
    texts: list[tuple[str, str | None]] = [
        ("content", message.content),
        ("role", message.role),
        ("model_used", message.model_used),
        ("turn_id", message.turn_id),
    ]
    if entry.orphan and (brought := message.tool_results) is not None:
        texts += [
            ("tool_results.output", _readable(brought.output)),
            ("tool_results.error", brought.error),
            ("tool_results.tool_call_id", brought.tool_call_id),
        ]
    return texts


def _call(entry: CallEntry) -> _Texts:
    call, recorded = entry.call, entry.call.recorded
    yield "name", call.name
    yield "arguments", _readable(call.arguments)
    yield from _other_arguments(call)
    yield from _errors(call)
    if call.output is not None:
        yield "result", _readable(call.output)
    for brought in call.results:
        if call.output is not None and not same_json(brought.result.output, call.output):
            yield f"messages[{brought.row}].tool_results.output", _readable(brought.result.output)
    yield "tool_call_id", call.id
    if recorded is not None:
        yield "assistant_turn_id", recorded.assistant_turn_id
    for row in entry.result_rows:
        for field in ("role", "model_used", "turn_id"):
            yield f"messages[{row.row}].{field}", getattr(row.message, field)


def _other_arguments(call: Call) -> _Texts:
    """What the other copies say otherwise."""
    recorded, requested = call.recorded, call.requested
    if recorded is not None and not _says(recorded.arguments, recorded.arguments_parsed):
        yield "arguments_parsed", json.dumps(recorded.arguments_parsed, ensure_ascii=False)
    if requested is None:
        return
    path = f"messages[{call.row}].tool_calls[{call.requested_index}]"
    if requested.function.name != call.name:
        yield f"{path}.function.name", requested.function.name
    if not same_json(requested.function.arguments, call.arguments):
        yield f"{path}.function.arguments", _readable(requested.function.arguments)
    if requested.type != _USUAL_TYPE:
        yield f"{path}.type", requested.type


def _errors(call: Call) -> _Texts:
    """Every error once, in the order of the copies."""
    errors = {} if call.recorded is None else {call.recorded.error: "error"}
    for brought in call.results:
        errors.setdefault(brought.result.error, f"messages[{brought.row}].tool_results.error")
    yield from ((field, error) for error, field in errors.items())


def _retrieval(entry: RetrievalEntry) -> _Texts:
    trace, gate = entry.trace, entry.trace.answerability
    for place, shown in enumerate(entry.chunks):
        chunk, path = shown.chunk, f"retrieved[{place}]"
        yield f"{path}.chunk_id", chunk.chunk_id
        yield f"{path}.doc_id", chunk.doc_id
        yield f"{path}.version_id", chunk.version_id
        if shown.citation is not None and shown.citation_index is not None:
            for field, text in _citation(shown.citation_index, shown.citation):
                if text not in {chunk.chunk_id, chunk.doc_id, chunk.version_id}:
                    yield field, text
    for index, citation in entry.strays:
        yield from _citation(index, citation)
    if gate is not None:
        for field in ("label", "reason_code", "action", "mode", "score_basis"):
            yield f"answerability.{field}", getattr(gate, field)
    for place, kb_id in enumerate(trace.kb_ids):
        yield f"kb_ids[{place}]", kb_id
    yield "rag_query_id", trace.rag_query_id
    yield "query_hash", trace.query_hash
    yield "assistant_turn_id", trace.assistant_turn_id


def _exposure(entry: ExposureEntry) -> _Texts:
    for index, citation in entry.citations:
        yield from _citation(index, citation)
    index, citation = entry.citations[0]  # they are of one turn
    yield f"citations[{index}].assistant_turn_id", citation.assistant_turn_id


def _citation(index: int, citation: Citation) -> _Texts:
    for field in ("chunk_id", "doc_id", "version_id", "kb_id"):
        yield f"citations[{index}].{field}", getattr(citation, field)


def _handoff(entry: HandoffEntry) -> _Texts:
    yield "reason", entry.handoff.reason
    yield "transferred_to_agent_id", entry.handoff.transferred_to_agent_id


def _end(entry: EndEntry) -> _Texts:
    yield "knowledge_gap_analysis_outcome", entry.outcome
    yield "completion_reason", entry.reason


def _nothing(_: SilenceEntry | UnlinkedEntry) -> _Texts:
    yield from ()


_TEXTS: Final[dict[type[Entry], Callable[..., _Texts]]] = {
    MessageEntry: _message,
    CallEntry: _call,
    RetrievalEntry: _retrieval,
    ExposureEntry: _exposure,
    HandoffEntry: _handoff,
    EndEntry: _end,
    SilenceEntry: _nothing,
    UnlinkedEntry: _nothing,
}
"""Each takes its own type of entry: more than a dict's type can say."""


def _readable(text: str) -> str:
    r"""Return JSON with its \uXXXX escapes resolved, as it is shown; any other text as it is."""
    if "\\" not in text or "\\u" not in text:  # one letter is looked for ten times as fast as two
        return text
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return json.dumps(tree, ensure_ascii=False) if isinstance(tree, dict | list) else text


def _says(arguments: str, parsed: JsonValue) -> bool:
    """Return whether the platform's parsed copy, where there is one, is what the arguments' text says."""
    if parsed is None:
        return True
    try:
        return bool(json.loads(arguments) == parsed)
    except (ValueError, RecursionError):
        return False


def _plain_text(extraction: Extraction, field: str) -> Iterator[ExtractionText]:
    text: str | None = getattr(extraction, field)
    if text:
        yield ExtractionText((field,), is_name=False, text=text)


def _tree_texts(tree: JsonValue, path: tuple[str, ...]) -> Iterator[ExtractionText]:
    """Walk a tree depth first; with a stack of its own, because data may be nested very deeply."""
    if tree is None:
        return
    waiting: list[Iterator[tuple[tuple[str, ...], bool, JsonValue]]] = [iter([(path, False, tree)])]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        place, named, value = child
        if named and place[-1]:
            yield ExtractionText(place, is_name=True, text=place[-1])
        if isinstance(value, dict | list | tuple):
            waiting.append(_children(value, place))
        elif value != "":
            text = value if isinstance(value, str) else json.dumps(value)
            yield ExtractionText(place, is_name=False, text=text)


def _children(tree: JsonValue, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool, JsonValue]]:
    named = isinstance(tree, dict)
    items: Iterable[tuple[object, JsonValue]] = tree.items() if named else enumerate(tree)
    for name, value in items:
        yield (*path, str(name)), named, value
