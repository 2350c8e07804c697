"""Every field of both documents can be seen, at most three keys away from an open session.

Each leaf of both schemas gets a marker of its own; two sessions are needed, because a tool call whose
copies belong together shows an id once. Booleans cannot carry a marker: the word for them is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from loopback import LoopbackApi
from marked_document import MarkedDocument
from robot import Robot, loopback_library, opened

from feather_tui.session.identity import SessionId
from feather_tui.session.model import Extraction, Session

SESSION_ID = SessionId("5e55104f-0000-4000-8000-000000000001")
TALL = (180, 420)
WAYS = ((), ("e",), ("i",), ("3", "z", "e"))
"""What is pressed from the open session; no way is longer than three keys."""


async def everything_shown(robot: Robot) -> str:
    """Read the screens of all ways, one after the other, from the open session."""
    screens = []
    for keys in WAYS:
        assert len(keys) <= 3
        await robot.press(*keys)
        screens.append(robot.screen)
        if "i" in keys:
            await robot.press("q")
        else:
            await robot.press("2")
    return "\n".join(screens)


@pytest.mark.parametrize("joined", [False, True], ids=["loose", "joined"])
async def test_every_field_is_on_the_screen(api: LoopbackApi, *, joined: bool) -> None:
    session, extraction = MarkedDocument(Session, SESSION_ID), MarkedDocument(Extraction, SESSION_ID)
    if joined:
        join_copies(session)
    api.serve(SESSION_ID, analysis=session.tree, extraction=extraction.tree)
    async with opened(loopback_library(api), given=[SESSION_ID], size=TALL) as robot:
        shown = await everything_shown(robot)
    markers = session.markers | {f"extraction.{path}": text for path, text in extraction.markers.items()}
    assert len(markers) == (68 + 18 if joined else 71 + 18)
    missing = {path: text for path, text in markers.items() if not is_on(shown, text)}
    assert not missing


def is_on(screen: str, text: str) -> bool:
    """Large numbers are shown in groups of three digits, but for scores and versions."""
    return text in screen or (text.isdigit() and f"{int(text):,}" in screen)


def join_copies(session: MarkedDocument) -> None:
    """Give all copies of the tool call one id, and all records the turn of the message."""
    analysis, markers = session.tree, session.markers
    message, call = analysis["messages"][0], analysis["tool_calls"][0]
    trace, citation = analysis["rag_traces"][0], analysis["citations"][0]
    message["tool_calls"][0]["id"] = message["tool_results"]["tool_call_id"] = call["tool_call_id"]
    for record in (call, trace, citation):
        record["assistant_turn_id"] = message["turn_id"]
    citation["chunk_id"] = trace["retrieved"][0]["chunk_id"]
    for shared in (
        "messages[].tool_calls[].id",
        "messages[].tool_results.tool_call_id",
        "citations[].chunk_id",
    ):
        del markers[shared]
    for path in ("tool_calls", "rag_traces", "citations"):
        markers[f"{path}[].assistant_turn_id"] = message["turn_id"]


async def test_unknown_fields_of_every_record_are_shown_with_their_path(api: LoopbackApi) -> None:
    analysis = MarkedDocument(Session, SESSION_ID).tree
    extraction = MarkedDocument(Extraction, SESSION_ID).tree
    planted = list(plant(analysis, "")) + [f"extraction:{path}" for path in plant(extraction, "")]
    api.serve(SESSION_ID, analysis=analysis, extraction=extraction)
    async with opened(loopback_library(api), given=[SESSION_ID], size=(180, 600)) as robot:
        shown = await everything_shown(robot)
    assert len(planted) == 16
    assert not [path for path in planted if path.removeprefix("extraction:") not in shown]


def plant(tree: Any, path: str) -> Iterator[str]:
    """Put a field that no version knows into every object of a schema, and yield its path."""
    if path.rpartition(".")[2] in {"customer_metadata", "extracted_data", "kb_versions", "arguments_parsed"}:
        return
    if isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from plant(item, f"{path}[{index}]")
    elif isinstance(tree, dict) and "validation_errors" not in path:
        for name, value in list(tree.items()):
            yield from plant(value, f"{path}.{name}" if path else name)
        tree["novelty"] = {"new": True}
        yield f"{path}.novelty" if path else "novelty"
