"""The rows of triage in the cache: read and written in the library's worker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from feather_tui import __version__
from feather_tui.cache_search import InWorker
from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case, case_from_json

if TYPE_CHECKING:
    from feather_tui.findings.thresholds import Thresholds
    from feather_tui.store.records import Scope
    from feather_tui.store.store import Store


class KeptCases:
    """The rows of one scope that this version's rules made with these thresholds."""

    def __init__(
        self, store: Store, scope: Scope, in_worker: InWorker, thresholds: Thresholds | None
    ) -> None:
        self._store = store
        self._scope = scope
        self._in_worker = in_worker
        made_by = repr((__version__, thresholds)).encode()
        self._setting = blake2b(made_by, digest_size=16).hexdigest()

    async def recall(self, session_ids: Sequence[SessionId]) -> dict[SessionId, Case]:
        """Return the rows of those that are cached."""
        return await self._in_worker(self._recall, session_ids)

    async def keep(self, case: Case, of: datetime) -> None:
        """Keep a row until a document of its session changes. `of`: when the analysis input was received."""
        line = json.dumps(case.as_json(), separators=(",", ":")).encode()
        store = self._store
        await self._in_worker(store.keep_case, self._scope, case.session_id, self._setting, of, line)

    def _recall(self, session_ids: Sequence[SessionId]) -> dict[SessionId, Case]:
        lines = self._store.cases(self._scope, session_ids, self._setting)
        return {session_id: case_from_json(json.loads(line)) for session_id, line in lines.items()}
