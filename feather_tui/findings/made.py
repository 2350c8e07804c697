"""A tool call that was made: where it stands, what it asked, and whether what came back is a success.

A result can be a failure in disguise: an object such as `{"success": false, …}` or `{"status": 503, …}`,
which the runtime records as a result and not as an error.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feather_tui.findings.finding import Target, call_target
from feather_tui.findings.line import excerpt
from feather_tui.findings.vocabulary import TERMINAL_TOOLS
from feather_tui.session.calls import Call, CallState, canonical
from feather_tui.session.model import JsonValue

_FIRST_ERROR, _LAST_ERROR = 400, 599
_STATUS_KEYS: Final = ("status", "status_code", "statusCode")
_SUCCESS_KEYS: Final = ("success", "ok")
_ERROR_KEYS: Final = ("error", "errors")
_FLAG_KEYS: Final = ("isError", "is_error")
_FAILED_WORDS: Final = frozenset({"error", "failed", "failure"})
_TIMEOUT_WORDS: Final = ("timed out", "timeout", "deadline exceeded", "time out")
_EXCERPT_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A call in its place. `place`: of the row it hangs under, None if no row is known.

    `key` is its name and canonical arguments; `fault` says what a result that counts as a success reports
    as a failure, and is empty if it reports none.
    """

    call: Call
    place: int | None
    at: datetime | None
    linked: bool
    key: tuple[str, str]
    state: CallState
    fault: str

    @property
    def name(self) -> str:
        """The tool's name, or a word for a call without one."""
        return self.call.name or "(unnamed tool)"

    @property
    def failed(self) -> bool:
        """Whether either copy has an error."""
        return self.state is CallState.FAILED

    @property
    def done(self) -> bool:
        """Whether it brought a result, of whatever kind."""
        return self.state is CallState.OK

    @property
    def clean(self) -> bool:
        """Whether it brought a result that reports no failure."""
        return self.done and not self.fault

    @property
    def terminal(self) -> bool:
        """Whether it is a platform tool that ends the assistant's turn."""
        return self.call.name in TERMINAL_TOOLS

    @property
    def timed_out(self) -> bool:
        """Whether its error is a timeout."""
        error = (self.call.error or "").lower()
        return any(words in error for words in _TIMEOUT_WORDS)

    @property
    def target(self) -> Target:
        """Where to look."""
        return call_target(self.call)


def made(call: Call, *, place: int | None, at: datetime | None, linked: bool) -> Made:
    """Return a call with what can be told from its texts."""
    arguments, state = call.arguments.strip(), call.state
    return Made(
        call=call,
        place=place,
        at=at,
        linked=linked,
        key=(call.name, canonical(arguments or "{}")),
        state=state,
        fault=_fault_in(call.output or "") if state is CallState.OK else "",
    )


def argument_fault(call: Call) -> str:
    """Return why the arguments are not the JSON object they should be; empty if they are, or are blank."""
    if not call.arguments.strip():
        return ""
    try:
        tree = json.loads(call.arguments)
    except json.JSONDecodeError as error:
        return f"arguments do not parse at char {error.pos}"
    except (ValueError, RecursionError):  # an integer of thousands of digits, or nesting without end
        return "arguments do not parse"
    return "" if isinstance(tree, dict) else "arguments are not a JSON object"


def _fault_in(output: str) -> str:
    if not output.lstrip().startswith("{"):
        return ""
    try:
        tree = json.loads(output)
    except (ValueError, RecursionError):
        return ""
    return _fault_of(tree) if isinstance(tree, dict) else ""


def _fault_of(result: dict[str, JsonValue]) -> str:
    for key in _ERROR_KEYS:
        if result.get(key):
            return _detail(key, result[key])
    for key in _SUCCESS_KEYS:
        if result.get(key) is False:
            return f"{key}: false"
    for key in _FLAG_KEYS:
        if result.get(key) is True:
            return f"{key}: true"
    for key in _STATUS_KEYS:
        if _says_failure(result.get(key)):
            return _detail(key, result[key])
    return ""


def _says_failure(status: JsonValue) -> bool:
    if isinstance(status, str):
        return status.lower() in _FAILED_WORDS
    return type(status) is int and _FIRST_ERROR <= status <= _LAST_ERROR


def _detail(key: str, value: JsonValue) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in ("message", "msg", "detail", "code") if value.get(name)), value)
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = "nested too deeply to show"
    return f"{key}: {excerpt(text, _EXCERPT_CHARACTERS)}"
