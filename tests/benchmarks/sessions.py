"""Sessions of any length, as a support platform writes them; the same for the same numbers."""

from __future__ import annotations

import json
import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

_SYLLABLES = ("ka", "to", "mi", "ren", "sol", "vi", "dar", "pe", "lun", "gra", "shi", "bo", "ne", "tal")
_ITEMS = {100: 200, 100_000: 1}
"""Items in a tool's result: 20 KB to be unfolded, and so few that 100,000 messages fit the usual limits."""
_USUAL_ITEMS = 120
OFTEN, LAST = "refund", "the very last words"
"""What is said again and again, and what the last message alone has."""
_COMMON = (
    "i",
    "the",
    "to",
    "and",
    "a",
    "you",
    "it",
    "is",
    "my",
    "order",
    "in",
    "for",
    "that",
    "not",
    "refund",
)


def session_id(messages: int) -> str:
    """Return the id of the session of so many messages."""
    return f"00000000-0000-4000-8000-{messages:012d}"


def analysis_input(messages: int) -> bytes:
    """Return the document of a session: a call for every third reply, a retrieval for every sixth message."""
    return json.dumps(_Writer(messages).document()).encode()


class _Writer:
    def __init__(self, messages: int) -> None:
        self._random = random.Random(messages)  # noqa: S311 - the same session each time
        rare = ["".join(self._random.choices(_SYLLABLES, k=self._random.randint(1, 4))) for _ in range(4000)]
        self._words = [*rare, *_COMMON * 80]
        self._count = messages
        self._items = _ITEMS.get(messages, _USUAL_ITEMS)
        self._calls: list[dict[str, Any]] = []
        self._traces: list[dict[str, Any]] = []

    def document(self) -> dict[str, Any]:
        start = at = datetime(2026, 11, 20, 9, tzinfo=UTC)
        rows = []
        for number in range(self._count):
            at += timedelta(seconds=self._random.randint(1, 20))
            rows.append(self._row(number, at))
        return {
            "analyzer_input_schema_version": 2,
            "session_id": session_id(self._count),
            "organization_id": self._id(),
            "channel": "chat",
            "started_at": _written(start),
            "ended_at": _written(at),
            "completion_reason": "user_requested",
            "knowledge_gap_analysis_outcome": "resolved",
            "messages": rows,
            "tool_calls": self._calls,
            "rag_traces": self._traces,
            "citations": [],
            "handoff_events": [],
            "missing_evidence_reasons": [],
        }

    def _row(self, number: int, at: datetime) -> dict[str, Any]:
        turn, text = self._id(), self._text(self._random.randint(4, 50))
        row: dict[str, Any] = {"turn_id": turn, "role": "user", "timestamp": _written(at), "content": text}
        if number == self._count - 1:
            row["content"] += f" {LAST}"
        if number % 2:
            latency = self._random.randint(300, 4000)
            row |= {"role": "assistant", "model_used": "gpt-4.1", "latency_ms": latency}
            if number % 3 == 1:
                row["tool_calls"] = [self._call(turn)]
            if number % 6 == 3:
                self._traces.append(self._trace(turn))
        return row

    def _call(self, turn: str) -> dict[str, Any]:
        call_id, arguments = f"call_{self._id()}", json.dumps({"order_id": self._id()})
        items = [
            {"sku": self._id(), "title": self._text(6)} for _ in range(_ITEMS.get(self._count, _USUAL_ITEMS))
        ]
        self._calls.append(
            {
                "tool_call_id": call_id,
                "assistant_turn_id": turn,
                "name": "shop_lookup_order",
                "arguments": arguments,
                "result": json.dumps({"items": items}),
                "latency_ms": 200,
            }
        )
        function = {"name": "shop_lookup_order", "arguments": arguments}
        return {"id": call_id, "type": "function", "function": function}

    def _trace(self, turn: str) -> dict[str, Any]:
        chunks = [
            {"chunk_id": self._id(), "doc_id": self._id(), "score": self._random.random()} for _ in range(5)
        ]
        return {
            "rag_query_id": self._id(),
            "assistant_turn_id": turn,
            "kb_ids": [self._id()],
            "retrieved": chunks,
            "top_score": 0.5,
            "hit": True,
            "latency_ms": 120,
        }

    def _text(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, k=words))

    def _id(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
