"""A session of any length, in which everything that rules look at happens again and again."""

from __future__ import annotations

import json

from documents import Document, analysis, call, citation, request, result, trace

from finding_cases.talk import reply, tool_row, user


def long_session(rounds: int) -> Document:
    """A session of four rows a round: a question, a call, its result, an answer from a search."""
    rows: list[Document] = []
    calls: list[Document] = []
    traces: list[Document] = []
    citations: list[Document] = []
    for number in range(rounds):
        start, call_id, turn = 20.0 * number, f"call_{number}", f"answer-{number}"
        arguments = json.dumps({"order_id": f"8{number:06}", "fields": ["shipping", "payment"]})
        failed = number % 10 == 0
        rows += [
            user(start, f"Can you tell me where order 8{number:06} is, and who signed for it?"),
            reply(
                start + 2,
                "Let me look that up.",
                turn=f"asking-{number}",
                latency_ms=900 + number % 7,
                model_used="gpt-4.1",
                tool_calls=[request(call_id, "lookup_order", arguments)],
            ),
            tool_row(start + 3, tool_results=result(call_id, "" if failed else '{"state": "in transit"}')),
            reply(start + 4, f"Order 8{number:06} is with the carrier.", turn=turn, latency_ms=1_100),
        ]
        outcome = {"error": "timed out"} if failed else {"result": '{"state": "in transit"}'}
        calls.append(
            call(call_id, "lookup_order", arguments, turn=f"asking-{number}", latency_ms=240, **outcome)
        )
        traces.append(trace(f"c{number}", "c-all", turn=turn, hit=number % 9 != 0, latency_ms=120))
        citations.append(citation(f"c{number if number % 11 else 'x'}", turn=turn))
    return analysis(*rows, ended_at=None, tool_calls=calls, rag_traces=traces, citations=citations)
