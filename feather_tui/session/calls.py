"""Join the copies of each tool call.

A call is said up to three times: in the row that asked (`messages[].tool_calls`), in the runtime's record
(`tool_calls`), and in the row that brought the result (`messages[].tool_results`). Ids are not unique in
practice, one id may serve two tools, and any copy may be missing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from feather_tui.session.model import JsonValue, Session, ToolCall, ToolRequest, ToolResult


class CallState(StrEnum):
    """How a call ended, in the word shown for it."""

    OK = "ok"
    FAILED = "error"
    NO_RESULT = "no result"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A result, and the index in `messages` of the row that brought it."""

    row: int
    result: ToolResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One tool call with every copy of it. `row`: the index in `messages` of the row that asked."""

    recorded: ToolCall | None = None
    recorded_index: int | None = None
    requested: ToolRequest | None = None
    requested_index: int | None = None
    row: int | None = None
    results: tuple[ResultRow, ...] = ()

    @property
    def id(self) -> str:
        """`tool_call_id`: unique within a session as a rule, not as a promise."""
        return self.recorded.tool_call_id if self.recorded else self._request.id

    @property
    def name(self) -> str:
        """The tool's name, from the runtime's record if there is one."""
        return self.recorded.name if self.recorded else self._request.function.name

    @property
    def arguments(self) -> str:
        """The arguments as the model wrote them: JSON text, or what should have been."""
        return self.recorded.arguments if self.recorded else self._request.function.arguments

    @property
    def error(self) -> str | None:
        """The first error that any copy holds."""
        errors = [self.recorded.error if self.recorded else None, *(row.result.error for row in self.results)]
        return next((error for error in errors if error and error.strip()), None)

    @property
    def output(self) -> str | None:
        """The result's text, from the runtime's record if it has one."""
        if self.recorded is not None and self.recorded.result is not None:
            return self.recorded.result
        return self.results[0].result.output if self.results else None

    @property
    def latency_ms(self) -> int | None:
        """Milliseconds the call took, where the runtime recorded it."""
        return self.recorded.latency_ms if self.recorded else None

    @property
    def state(self) -> CallState:
        """Failed if either copy has an error; without a result, unknown rather than fine."""
        if self.error is not None:
            return CallState.FAILED
        return CallState.NO_RESULT if self.output is None else CallState.OK

    @property
    def differences(self) -> tuple[str, ...]:
        """The parts in which the copies disagree: "name", "arguments", "output", "error"."""
        return tuple(dict.fromkeys(part for part, differs in self._comparisons() if differs))

    def _comparisons(self) -> Iterable[tuple[str, bool]]:
        recorded = self.recorded
        if recorded is not None and self.requested is not None:
            function = self.requested.function
            yield "name", recorded.name != function.name
            yield "arguments", not same_json(recorded.arguments, function.arguments)
        for row in self.results:
            yield "output", self.output is not None and not same_json(self.output, row.result.output)
            if recorded is not None:
                yield "error", _blank(recorded.error) != _blank(row.result.error)

    @property
    def _request(self) -> ToolRequest:
        return self.requested or ToolRequest()


def join_calls(session: Session) -> tuple[tuple[Call, ...], tuple[ResultRow, ...]]:
    """Return the session's calls, recorded ones first in their order, and the results that have no call."""
    requests = [
        (row, index, request)
        for row, message in enumerate(session.messages)
        for index, request in enumerate(message.tool_calls)
    ]
    partners = _pair(session.tool_calls, [request for _, _, request in requests])
    taken = set(partners.values())
    calls = []
    for index, recorded in enumerate(session.tool_calls):
        row, place, request = requests[partners[index]] if index in partners else (None, None, None)
        calls.append(
            Call(recorded=recorded, recorded_index=index, requested=request, requested_index=place, row=row)
        )
    calls += [
        Call(requested=request, requested_index=index, row=row)
        for position, (row, index, request) in enumerate(requests)
        if position not in taken
    ]
    return _with_results(calls, session)


def _pair(recorded: tuple[ToolCall, ...], requests: list[ToolRequest]) -> dict[int, int]:
    """Map indices of records to positions of requests: same id and name first, then same id."""
    partners: dict[int, int] = {}
    for with_name in (True, False):
        waiting = defaultdict(list)
        taken = set(partners.values())
        for position in range(len(requests) - 1, -1, -1):
            if position not in taken:
                request = requests[position]
                waiting[request.id, request.function.name if with_name else ""].append(position)
        for index, call in enumerate(recorded):
            candidates = waiting[call.tool_call_id, call.name if with_name else ""]
            if index not in partners and call.tool_call_id and candidates:
                partners[index] = candidates.pop()
    return partners


def _with_results(calls: list[Call], session: Session) -> tuple[tuple[Call, ...], tuple[ResultRow, ...]]:
    """Give each result to a call of its id: the first to the first, and what is left over to the last."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for position, call in enumerate(calls):
        by_id[call.id].append(position)
    results: dict[int, list[ResultRow]] = defaultdict(list)
    unlinked = []
    for row, message in enumerate(session.messages):
        if message.tool_results is None:
            continue
        brought = ResultRow(row=row, result=message.tool_results)
        positions = by_id.get(brought.result.tool_call_id)
        if not positions:
            unlinked.append(brought)
        else:
            results[positions.pop(0) if len(positions) > 1 else positions[0]].append(brought)
    joined = tuple(
        Call(
            recorded=call.recorded,
            recorded_index=call.recorded_index,
            requested=call.requested,
            requested_index=call.requested_index,
            row=call.row,
            results=tuple(results[position]),
        )
        if position in results
        else call
        for position, call in enumerate(calls)
    )
    return joined, tuple(unlinked)


def same_json(one: str, other: str) -> bool:
    """Return whether two texts are the same, as JSON where both parse, else to the letter."""
    return one == other or canonical(one) == canonical(other)


def canonical(text: str) -> str:
    """Return JSON text with sorted keys and no spaces, or the text itself if it does not parse."""
    try:
        tree: JsonValue = json.loads(text)
        return json.dumps(tree, sort_keys=True, separators=(",", ":"))
    except (ValueError, RecursionError):
        return text


def _blank(text: str | None) -> bool:
    return text is None or not text.strip()
