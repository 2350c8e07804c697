"""The cost of the rules grows as the documents do: counted in lines run, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from documents import Document, analysis, call, citation, extraction, read, read_extracted, trace
from finding_cases.case import NOW
from finding_cases.scale import long_session
from finding_cases.talk import reply, user

from feather_tui.findings.evaluate import evaluate
from feather_tui.findings.verdict import suspect
from feather_tui.session.timeline import build

_ALLOWED_GROWTH = 2.2
"""How much the lines run may grow when a document doubles; linear is 2, less what does not grow."""


def lines_run(action: Callable[[], object]) -> int:
    """How many lines of Python an action runs, those of comprehensions and generators among them."""
    count = 0

    def trace_lines(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace_lines

    before = sys.gettrace()
    sys.settrace(trace_lines)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


def crowded_turn(size: int) -> Document:
    """A session in which everything happens in one turn, and what is said is said again and again."""
    found = [trace(f"c{number}", turn="t1", kb_ids=["kb-1"]) for number in range(size)]
    shown = [citation(f"c{number + size // 2}", turn="t1", kb_id="kb-2") for number in range(size)]
    same = [
        call(f"call {number}", "refund", '{"n": 1}', turn="t1", error="timed out") for number in range(size)
    ]
    lost = [call(f"lost {number}", "refund", turn=f"gone {number}", result="{}") for number in range(size)]
    rows = [user(number, f"Where is my refund, say {number % 3}?") for number in range(size)]
    answer = reply(size + 1, "Let me look again.", turn="t1")
    return analysis(*rows, answer, tool_calls=[*same, *lost], rag_traces=found, citations=shown)


def faulty_extraction(size: int) -> Document:
    names = [f"orders.{number}.amount" for number in range(size)]
    return extraction(
        status="partial",
        missing_required_fields=names,
        validation_errors=[{"path": name, "message": "required"} for name in [*names, *names]],
        extracted_data={"orders": [{"amount": None} for _ in names]},
    )


@pytest.mark.parametrize(("document", "size"), [(long_session, 40), (crowded_turn, 120)])
def test_twice_the_document_is_twice_the_work(document: Callable[[int], Document], size: int) -> None:
    def work(size: int) -> int:
        session, extracted = read(document(size)), read_extracted(faulty_extraction(size))
        timeline = build(session)
        return lines_run(lambda: suspect(evaluate(session, extracted, timeline=timeline, now=NOW)))

    work(1)  # word lists are made ready once
    assert work(2 * size) < _ALLOWED_GROWTH * work(size)
