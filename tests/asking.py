"""A client on a `LoopbackApi` that never really sleeps, and remembers what it reported."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import pytest
from loopback import LoopbackApi, analysis_path, extraction_path

from feather_tui.address import BaseUrl
from feather_tui.api.client import ApiClient
from feather_tui.api.progress import Progress, Stage
from feather_tui.credentials import Key
from feather_tui.errors import FeatherError
from feather_tui.session.identity import DocumentKind, SessionId

SESSION = SessionId("3f0c2f3e-6f0b-4c57-9a44-0d6c6a2f9b11")
ANALYSIS_PATH = analysis_path(SESSION)
EXTRACTION_PATH = extraction_path(SESSION)
SECRET = "Qq7ZsecretPartOfTheKey81"
KEY = Key.parse(f"fth_live_{SECRET}")


def forget_all_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no host name have an address, whatever the resolver of this machine would say."""

    def unknown(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@dataclass
class Asker:
    """The client, the pauses (seconds) it made, and its progress."""

    client: ApiClient
    waits: list[float]
    progress: list[Progress] = field(default_factory=list)

    async def analysis(self, session_id: SessionId = SESSION) -> bytes:
        return await self.client.document(DocumentKind.ANALYSIS, session_id, self.progress.append)

    async def extraction(self, session_id: SessionId = SESSION) -> bytes:
        return await self.client.document(DocumentKind.EXTRACTION, session_id, self.progress.append)

    async def refusal(self) -> FeatherError:
        """Ask for the analysis input, and give the error that comes instead."""
        with pytest.raises(FeatherError) as caught:
            await self.analysis()
        return caught.value

    def reasons(self) -> list[str]:
        """Give the reasons of the pauses, as reported."""
        return [moment.reason for moment in self.progress if moment.stage is Stage.WAITING]


@contextlib.asynccontextmanager
async def asking(api: LoopbackApi | str, *, luck: float = 0.5, **options: Any) -> AsyncIterator[Asker]:
    """Open a client on a server, or on a base URL. `options` are those of ApiClient."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    base_url = api if isinstance(api, str) else api.base_url
    client = ApiClient(BaseUrl.parse(base_url), KEY, sleep=sleep, random=lambda: luck, **options)
    async with client:
        yield Asker(client, waits)
