"""What the API answers for the documents of a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from feather_tui.demo.shop import Document
from feather_tui.session.identity import DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer for one document: status and JSON body."""

    status: HTTPStatus
    body: Document


Replies = Mapping[DocumentKind, Reply]
"""The answers for both documents of a session."""


def found(body: Document) -> Reply:
    """Return the answer that brings a document."""
    return Reply(status=HTTPStatus.OK, body=body)


def refused(status: HTTPStatus, error: str, message: str, **more: Any) -> Reply:
    """Return an error answer in the API's shape."""
    return Reply(status=status, body={"error": error, "message": message, **more})


NOT_EXTRACTED: Final = refused(
    HTTPStatus.NOT_FOUND, "not_found", "No extraction result exists for this session."
)
