"""What is different in two sessions, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.rendering.clock import iso

if TYPE_CHECKING:
    from feather_tui.session.model import JsonValue
    from feather_tui.triage.alignment import Step
    from feather_tui.triage.case import Case
    from feather_tui.triage.compare import Comparison


def comparison_json(comparison: Comparison, left: Case, right: Case) -> dict[str, JsonValue]:
    """Return one object: `sessions`, `differences`, `parting` (an index of `steps`, or null) and `steps`.

    `steps` has both sides of each step, null where one has none, and whether they `part` there or are the
    `same`; `steps_of` says how many steps each session has in all.
    """
    return {
        "sessions": [left.session_id, right.session_id],
        "differences": [
            {"name": each.name, "left": each.left, "right": each.right} for each in comparison.differences
        ],
        "parting": comparison.parting,
        "steps": [
            {"left": _step(pair.left), "right": _step(pair.right), "part": pair.parts, "same": pair.same}
            for pair in comparison.pairs
        ],
        "steps_of": list(comparison.steps),
    }


def _step(step: Step | None) -> JsonValue:
    if step is None:
        return None
    return {"what": step.what, "text": step.text, "at": iso(step.at) or None, "turn": step.turn or None}
