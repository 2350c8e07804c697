"""Sessions of which the API has no analysis input: one has not ended, one is too old."""

from __future__ import annotations

from http import HTTPStatus

from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.reply import NOT_EXTRACTED, Replies, refused
from feather_tui.session.identity import DocumentKind, SessionId


def still_talking(_session_id: SessionId) -> Replies:
    """A call is still under way, so neither document exists.

    First cause: none yet.
    """
    live = refused(
        HTTPStatus.CONFLICT,
        "conflict",
        "The session has not ended: its analysis input is built when it does.",
    )
    return {DocumentKind.ANALYSIS: live, DocumentKind.EXTRACTION: NOT_EXTRACTED}


def past_retention(session_id: SessionId) -> Replies:
    """A chat of August was deleted after 90 days; what had been extracted from it is kept.

    First cause: none that is still on record.
    """
    chat = SessionBuilder(session_id, channel="chat", started="00:00:00")
    chat.extraction(
        "00:00:00",
        version=4,
        status="completed",
        data={"customer": {"order_id": "6650-0921"}, "topic": "delivery date", "answered": True},
        tokens=(655, 38),
        ms=1_070,
        created_at="2026-08-14T09:12:44.310Z",
        updated_at="2026-08-14T09:12:44.310Z",
    )
    gone = refused(HTTPStatus.NOT_FOUND, "not_found", "Session not found.")
    return {**chat.replies(), DocumentKind.ANALYSIS: gone}
