"""A cache with the rows of thousands of sessions, as a board that was there before has left it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from feather_tui.kept_cases import KeptCases
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.store.records import Scope
from feather_tui.store.store import open_store
from feather_tui.triage.case import Case
from feather_tui.triage.signature import Signature

_MIXED = 100
"""So many in a row come in no order; the first of them are the newest, however many there are."""


def case_id(number: int) -> SessionId:
    """The id of one of the sessions."""
    return SessionId(f"{number * 7919 % (1 << 32):08x}-1111-4000-8000-{number:012d}")


def keep_cases(path: Path, scope: Scope, many: int) -> None:
    """Keep so many rows, as `Many` does, each beside a document."""
    now = datetime.now(UTC)
    store = open_store(path, days=30, max_bytes=1 << 30, now=lambda: now)
    with ThreadPoolExecutor(1) as worker:

        async def in_worker(function: Callable[..., Any], *words: object) -> Any:
            return await asyncio.get_running_loop().run_in_executor(worker, partial(function, *words))

        async def keep() -> None:
            kept = KeptCases(store, scope, in_worker, None)
            for number in range(many):
                session_id = case_id(number)
                body = json.dumps({"session_id": session_id, "messages": []}).encode()
                await in_worker(store.put, scope, session_id, DocumentKind.ANALYSIS, body, now)
                await kept.keep(_case(number, now), now)

        asyncio.run(keep())
    store.close()


def _case(number: int, now: datetime) -> Case:
    failed = number % 3 == 0
    error = Signature("refund_order", f"ERP timeout after <n> ms in region {'abcdefg'[number % 7]}")
    return Case(
        session_id=case_id(number),
        started_at=now - timedelta(seconds=number // _MIXED * _MIXED + number * 37 % _MIXED),
        outcome=("unresolved", "resolved", "escalated")[number % 3],
        reason="user_requested",
        channel=("chat", "voice", "sms", "email")[number % 4],
        agent=f"7c2e1a9{number % 8}-0000-4000-8000-000000000001",
        turns=number % 40,
        tools=5,
        tools_failed=number % 3,
        errors=(error,) if failed else (),
        retrievals=3,
        retrievals_missed=number % 2,
        worst="high" if failed else None,
        findings={"high": 1} if failed else {},
        first_cause="TOOL_ERROR refund_order timed out after <n> s" if failed else None,
        extraction="completed",
        models=("gpt-4.1",),
        kb="9eaf63d20c77",
        documents=(("return-window", f"v{number % 3}"), ("delivery-times", "v11")),
        gates=("enforce answerable",),
        failed=failed,
    )
