"""What the body of an error answer says, and how a server's words are quoted.

The API has several shapes of error body. All of them, and bodies that are none of them, are read here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from feather_tui.key_forms import hide_keys

_LONGEST_QUOTE: Final = 200
_LONGEST_WAIT: Final = 1e9  # seconds; more is not a time but a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the body of an error says.

    `message` is the text to quote. Not given, `retryable` is None and `retry_after` (seconds) is 0.
    `is_api` tells that the body has one of the API's own shapes, so that the API itself answered.
    """

    message: str = ""
    retryable: bool | None = None
    retry_after: float = 0.0
    is_api: bool = False


def read_words(body: bytes) -> Words:
    """Read the body of an error: a `detail` list, a `detail` object, `error`/`message`, or any text."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return Words(message=first_line(body))
    if not isinstance(answer, dict):
        return Words(message=first_line(body))
    match answer.get("detail"):
        case list(problems):
            return Words(message=_validation_message(problems), is_api=True)
        case dict(detail):
            return _error_object(detail)
        case str(detail):  # the web framework's own form: the path is unknown to it
            return Words(message=detail)
    return _error_object(answer)


def _error_object(answer: dict[str, Any]) -> Words:
    texts = [answer[name] for name in ("message", "error") if isinstance(answer.get(name), str)]
    retryable = answer.get("retryable")
    return Words(
        message=next((text for text in texts if text.strip()), ""),
        retryable=retryable if isinstance(retryable, bool) else None,
        retry_after=_seconds(answer.get("retry_after")),
        is_api=bool(texts),
    )


def _validation_message(problems: list[Any]) -> str:
    """Name the first problem of a validation error, and how many more there are."""
    first = problems[0] if problems and isinstance(problems[0], dict) else {}
    place = first.get("loc")
    path = ".".join(str(step) for step in place) if isinstance(place, list) else ""
    message = ": ".join(part for part in (path, str(first.get("msg", ""))) if part)
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{message}{more}"


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if 0 <= value <= _LONGEST_WAIT else 0.0


def quote(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """Quote text of a server on one line; an ellipsis marks what was cut, and what was cut out of a key."""
    line = hide_keys(" ".join(text.split()))
    return f"“{line[:longest]}…”" if len(line) > longest else f"“{line}”"


def first_line(body: bytes) -> str:
    """Give the first line of a body that has something on it."""
    return next((line for line in body.decode(errors="replace").splitlines() if line.strip()), "")
