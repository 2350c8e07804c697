"""Answers for the API, in process: the demo's documents, their list, and who the demo key is."""

from __future__ import annotations

import asyncio
import json
import re
from http import HTTPStatus
from typing import Final

import httpx

from feather_tui.credentials import Key
from feather_tui.demo import incident, listing, shop
from feather_tui.demo.reply import Reply, found, refused
from feather_tui.demo.shop import Document
from feather_tui.errors import KeyUnusable
from feather_tui.session.identity import DocumentKind, SessionId

_DOCUMENT_PATHS: Final = {
    DocumentKind.ANALYSIS: re.compile(r"/v1/sessions/([0-9a-f-]{36})/analysis-input"),
    DocumentKind.EXTRACTION: re.compile(r"/v1/conversations/([0-9a-f-]{36})/extraction"),
}
_WHOAMI_PATH: Final = "/v1/identity/whoami"
_NOT_FOUND: Final = refused(HTTPStatus.NOT_FOUND, "not_found", "Session not found.")
_NO_KEY: Final = refused(HTTPStatus.UNAUTHORIZED, "authentication_required", "Authentication required.")


class DemoTransport(httpx.AsyncBaseTransport):
    """An API that knows the demo's sessions and nothing else.

    `latency_seconds` is how long each answer takes. A story is told when it is first asked for, and its
    JSON kept.
    """

    def __init__(self, *, latency_seconds: float = 0.0) -> None:
        self._latency_seconds = latency_seconds
        self._told: dict[SessionId, dict[DocumentKind, tuple[int, bytes]]] = {}
        self._rows: list[Document] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request as the API would: 401 without the demo's key, 404 for what the demo has not."""
        if self._latency_seconds:
            await asyncio.sleep(self._latency_seconds)
        status, content = self._answer(request)
        return httpx.Response(status, headers={"content-type": "application/json"}, content=content)

    def _answer(self, request: httpx.Request) -> tuple[int, bytes]:
        if not _has_demo_key(request):
            return _encoded(_NO_KEY)
        if request.method != "GET":
            return _encoded(_NOT_FOUND)
        if request.url.path == _WHOAMI_PATH:
            return _encoded(_whoami())
        if request.url.path == listing.PATH:
            self._rows = self._rows or listing.rows()
            return _encoded(listing.page(self._rows, dict(request.url.params)))
        for kind, path in _DOCUMENT_PATHS.items():
            if match := path.fullmatch(request.url.path):
                return self._document(SessionId(match[1]), kind)
        return _encoded(_NOT_FOUND)

    def _document(self, session_id: SessionId, kind: DocumentKind) -> tuple[int, bytes]:
        if session_id not in self._told:
            if session_id not in incident.session_ids():
                return _encoded(_NOT_FOUND)
            replies = incident.replies(session_id)
            self._told[session_id] = {kind: _encoded(reply) for kind, reply in replies.items()}
        return self._told[session_id][kind]


def _has_demo_key(request: httpx.Request) -> bool:
    try:
        return Key.parse(request.headers.get("x-api-key", "")) == incident.demo_key()
    except KeyUnusable:
        return False


def _encoded(reply: Reply) -> tuple[int, bytes]:
    return reply.status, json.dumps(reply.body, ensure_ascii=False).encode()


def _whoami() -> Reply:
    return found(
        {
            "user_id": shop.identifier("user", "on call"),
            "clerk_user_id": "user_demo",
            "email": "on-call@copperlane.example",
            "display_name": "On call",
            "role": "org:member",
            "organization_id": shop.ORGANIZATION,
            "organization_name": shop.ORGANIZATION_NAME,
            "kb_clearance_level": 10,
            "kb_acl_enabled": True,
            "is_internal": False,
        }
    )
