"""From an answer that is not a document to an error with a sentence for people.

What the server wrote is quoted as its words, and cut to a length that fits a line or two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeAlias

from feather_tui.api import retry
from feather_tui.api.server_words import Words, quote, read_words
from feather_tui.errors import (
    AccessDenied,
    DocumentUnreadable,
    FeatherError,
    KeyRefused,
    NotFound,
    RateLimited,
    RedirectRefused,
    RequestRejected,
    ServerFailed,
    SessionLive,
)

if TYPE_CHECKING:
    from datetime import datetime

    from feather_tui.address import BaseUrl
    from feather_tui.api.questions import Question

_MINUTES_FROM: Final = 120  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An answer with all that its sentence needs. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    words: Words
    question: Question
    base_url: BaseUrl
    attempt: int
    asked_wait: float

    @property
    def said(self) -> str:
        """The server's words, as a sentence to put behind one of ours."""
        return f" The server's words: {quote(self.words.message)}." if self.words.message else ""

    @property
    def tries(self) -> str:
        """How often it was asked, if that is worth a word."""
        return f", after {self.attempt} tries" if self.attempt > 1 else ""


def setback(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    question: Question,
    base_url: BaseUrl,
    *,
    attempt: int,
    now: datetime,
) -> retry.Setback:
    """Judge an answer whose status is not 200: which error it is, and whether asking again can help.

    `headers` has lower case names. `body` is decoded and may be only its beginning.
    """
    words = read_words(body)
    asked = retry.asked_wait(headers, words.retry_after, now)
    case = Case(
        status=status,
        headers=headers,
        words=words,
        question=question,
        base_url=base_url,
        attempt=attempt,
        asked_wait=asked,
    )
    explain = _BY_STATUS.get(status) or _BY_CLASS.get(status // 100, _meaningless)
    return retry.Setback(
        error=explain(case),
        reason=name_status(status),
        transient=status in retry.TRANSIENT_STATUSES and words.retryable is not False,
        asked_wait=asked,
    )


def redirect(status: int, location: str, base_url: BaseUrl) -> RedirectRefused:
    """Refuse to follow a redirect: the next address would receive the key."""
    target = f" to {quote(location)}" if location else ""
    return RedirectRefused(
        f"{base_url.origin} redirects{target} (HTTP {status}), and the key is not sent to another address.",
        "If the API has moved there and you trust it, set that address as the base URL.",
        status=status,
    )


def name_status(status: int) -> str:
    """Name a status in plain words, never in the server's own: "429 rate limited"."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return f"{status} rate limited"
    try:
        return f"{status} {HTTPStatus(status).phrase.lower()}"
    except ValueError:
        return str(status)


def _key_refused(case: Case) -> FeatherError:
    return KeyRefused(
        f"{case.base_url.origin} refused the API key (HTTP 401): it is malformed, revoked, expired, "
        f"or made for another host.{case.said}",
        "Run `feather-tui auth login`, or set FEATHER_API_KEY to a key for this host.",
        status=case.status,
    )


def _access_denied(case: Case) -> FeatherError:
    return AccessDenied(
        f"The API key is valid but may not read the {case.question.subject} (HTTP 403).{case.said}",
        "Ask an administrator of the organization for a key with that permission.",
        status=case.status,
    )


def _not_found(case: Case) -> FeatherError:
    hint = (
        "" if case.words.is_api else " The answer is not in the API's form, so the base URL may be wrong too."
    )
    return NotFound(case.question.absent, f"{case.question.absent_advice}{hint}", status=case.status)


def _session_live(case: Case) -> FeatherError:
    if case.question.kind is None:
        return _rejected(case)
    when = f" The API suggests to wait {_duration(case.asked_wait)}." if case.asked_wait else ""
    return SessionLive(
        f"The {case.question.subject} does not exist yet (HTTP 409): the session has not ended.{case.said}",
        f"Look again when it has ended.{when}",
        status=case.status,
    )


def _rate_limited(case: Case) -> FeatherError:
    return RateLimited(
        f"{case.base_url.origin} limits how often it may be asked, and the limit is reached "
        f"(HTTP 429{case.tries}).{case.said}",
        f"The limit is shared by the whole organization, so do not ask at once again.{_come_back(case)}",
        status=case.status,
    )


def _server_failed(case: Case) -> FeatherError:
    return ServerFailed(
        f"{case.base_url.origin} failed to answer (HTTP {name_status(case.status)}{case.tries}).{case.said}",
        f"The fault is on the server's side: try again later.{_come_back(case)}",
        status=case.status,
    )


def _rejected(case: Case) -> FeatherError:
    return RequestRejected(
        f"{case.base_url.origin} did not accept the request for the {case.question.subject} "
        f"(HTTP {name_status(case.status)}).{case.said}",
        "Check the base URL, and whether there is a newer feather-tui.",
        status=case.status,
    )


def _redirect(case: Case) -> FeatherError:
    return redirect(case.status, case.headers.get("location", ""), case.base_url)


def _meaningless(case: Case) -> FeatherError:
    return DocumentUnreadable(
        f"{case.base_url.origin} answered HTTP {name_status(case.status)} instead of sending "
        f"the {case.question.subject}.",
        "Check the base URL.",
    )


def _come_back(case: Case) -> str:
    return f" The server asks to be left alone for {_duration(case.asked_wait)}." if case.asked_wait else ""


def _duration(seconds: float) -> str:
    whole = math.ceil(seconds)
    return f"{whole} s" if whole < _MINUTES_FROM else f"{math.ceil(whole / 60)} min"


_Explain: TypeAlias = Callable[[Case], FeatherError]

_BY_STATUS: Final[Mapping[int, _Explain]] = {
    401: _key_refused,
    403: _access_denied,
    404: _not_found,
    409: _session_live,
    429: _rate_limited,
}
_BY_CLASS: Final[Mapping[int, _Explain]] = {3: _redirect, 4: _rejected, 5: _server_failed}
