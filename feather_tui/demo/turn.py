"""An assistant's turn: the tools it calls and the searches that feed it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, Self

from feather_tui.demo.knowledge import Base, Chunk
from feather_tui.demo.records import Records, moment
from feather_tui.demo.shop import Document

_DISPATCH: Final = timedelta(milliseconds=40)
"""Time between an assistant's row and the start of the tool call it asks for."""


class Turn:
    """A turn to tell tool calls and searches of; without a `row` they point at a row that is not there."""

    def __init__(self, records: Records, turn_id: str, row: Document | None = None) -> None:
        self._records = records
        self._turn_id = turn_id
        self._row = row

    def tool(
        self,
        name: str,
        arguments: Document | str,
        *,
        result: Any = None,
        error: str | None = None,
        ms: int | None = None,
        call_id: str = "",
        returned: str = "",
    ) -> Self:
        """Call a tool: in the row's copy, as the runtime records it, and with a row for what came back.

        `arguments` as text are taken as the model wrote them, JSON or not. Without `result` and `error`
        nothing comes back. `ms` is the latency; what comes back is that much later than the newest row,
        unless `returned` says when.
        """
        call_id = call_id or _vendor_id(self._records.identifier("call"))
        call: Document = {
            "tool_call_id": call_id,
            "assistant_turn_id": self._turn_id,
            "name": name,
            "arguments": json_text(arguments),
            "arguments_parsed": _parsed(json_text(arguments)),
            "result": None if result is None else json_text(result),
            "error": error,
            "latency_ms": ms,
        }
        self._records.document["tool_calls"].append(call)
        if self._row is not None:
            self._row["tool_calls"] = [*(self._row["tool_calls"] or []), _request(call)]
            self._come_back(call, returned)
        return self

    def search(
        self,
        base: Base,
        found: Sequence[Chunk] = (),
        *,
        ms: int,
        gate: Document | None = None,
        shown: Sequence[Chunk] | None = None,
    ) -> Self:
        """Search a base; `shown` are the chunks the model got, by default all that were found."""
        self._records.remember(base)
        query_id = self._records.identifier("query")
        trace: Document = {
            "rag_query_id": query_id,
            "assistant_turn_id": self._turn_id,
            "query_hash": hashlib.sha256(query_id.encode()).hexdigest(),
            "kb_ids": [base.kb_id],
            "retrieved": [chunk.retrieved() for chunk in found],
            "top_score": max((chunk.score for chunk in found), default=None),
            "hit": bool(found),
            "latency_ms": ms,
            "answerability": gate,
        }
        self._records.document["rag_traces"].append(trace)
        cited = [chunk.cited(self._turn_id) for chunk in (found if shown is None else shown)]
        self._records.document["citations"].extend(cited)
        return self

    def _come_back(self, call: Document, returned: str) -> None:
        if call["result"] is None and call["error"] is None:
            return
        took = _DISPATCH + timedelta(milliseconds=call["latency_ms"] or 0)
        at = moment(returned) if returned else self._records.now + took
        brought = result_of(call["tool_call_id"], call["result"] or "", call["error"])
        self._records.row("tool", at, "", results=brought)


def result_of(call_id: str, output: str, error: str | None = None) -> Document:
    """Return a value for `messages[].tool_results`."""
    return {"tool_call_id": call_id, "output": output, "error": error}


def json_text(value: Any) -> str:
    """Return a value as JSON text; text stays as it is."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _request(call: Document) -> Document:
    function = {"name": call["name"], "arguments": call["arguments"]}
    return {"id": call["tool_call_id"], "type": "function", "function": function}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _vendor_id(seed: str) -> str:
    """Return an id in the manner of model vendors: `call_` and 24 letters or digits."""
    digest = base64.b64encode(hashlib.sha256(seed.encode()).digest(), altchars=b"xQ").decode()
    return f"call_{digest[:24]}"
