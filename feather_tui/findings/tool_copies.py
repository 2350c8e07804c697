"""The rule on the two records of a tool call: what the model asked for, and what the runtime did."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity
from feather_tui.findings.line import excerpt, line
from feather_tui.findings.made import Made
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.session.model import JsonValue

_LABEL: Final = re.compile(r"\[[A-Z][A-Z_ ]*\]")
_TELLING: Final = frozenset({"name", "arguments", "error"})
_VALUE_CHARACTERS: Final = 40


def _copy_difference(facts: Facts) -> Iterator[Seen]:
    for call in facts.calls:
        parts = call.call.differences
        if not _TELLING.intersection(parts):
            continue
        change = _change_of_arguments(call) if "arguments" in parts else ""
        yield Seen(
            line=line(
                "Two records of {name} disagree: {what}",
                name=call.name,
                what=change or ", ".join(parts),
            ),
            at=call.at,
            targets=(call.target,),
            severity=Severity.HIGH if change else Severity.LOW,
            phrase=f"{call.name}: {change}" if change else f"two records of {call.name} disagree",
            detail="" if change else "as redaction, cutting or late results may leave them",
        )


def _change_of_arguments(call: Made) -> str:
    """Return the first argument that was sent with another value than the model wrote; empty if none was.

    A value that the redaction replaced by a label, such as `[NAME]`, is not another value.
    """
    requested = call.call.requested
    sent = _object(call.call.arguments)
    asked = _object(requested.function.arguments) if requested else None
    if sent is None or asked is None:
        return ""
    for name in [*asked, *(name for name in sent if name not in asked)]:
        before, after = _shown(asked, name), _shown(sent, name)
        if before != after and not (_LABEL.search(before) or _LABEL.search(after)):
            return (
                f"{name} {excerpt(before, _VALUE_CHARACTERS)} asked, {excerpt(after, _VALUE_CHARACTERS)} sent"
            )
    return ""


def _object(arguments: str) -> dict[str, JsonValue] | None:
    try:
        tree = json.loads(arguments or "{}")
    except (ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict) else None


def _shown(arguments: dict[str, JsonValue], name: str) -> str:
    if name not in arguments:
        return "nothing"
    try:
        return json.dumps(arguments[name], ensure_ascii=False, sort_keys=True)
    except RecursionError:
        return "a value nested too deeply"


RULES: Final = (
    Rule(
        id="TOOL_COPY_DIFF",
        family=Family.TOOLS,
        title="Two records of a call disagree",
        severity=Severity.LOW,
        also=(Severity.HIGH,),
        reason="What the model asked for and what the runtime sent should be the same call.",
        fields=("A.tool_calls[]", "A.messages[].tool_calls[].function", "A.messages[].tool_results"),
        evaluate=_copy_difference,
        needs=(Need.TOOLS,),
        part=Part.CAUSE,
    ),
)
