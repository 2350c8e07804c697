"""Find session ids in whatever was pasted: an id, a URL, a log line, a whole log.

In each line the best kind of match wins: ids that are labelled as a session's (`session_id=…`,
`/conversations/…`), else UUIDs with hyphens, else 32 bare hexadecimal digits. A log line that also
carries trace and organization ids therefore gives the session's alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from feather_tui.errors import ReferenceUnreadable
from feather_tui.session.identity import SessionId

_HYPHENATED = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_BARE = r"[0-9a-f]{32}"
_START, _END = r"(?<![0-9a-z])", r"(?![0-9a-z])"
_QUOTE = r"\\?[\"']"  # with a backslash where JSON stands within JSON
_LABEL = (
    rf"(?:session|conversation)s?(?:[_. -]?id)?(?:{_QUOTE})?"
    rf"\s{{0,3}}[=:/ ]\s{{0,3}}(?:{_QUOTE}|[{{(\[]){{0,3}}"
)

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LABEL}({_HYPHENATED}|{_BARE}){_END}",
        rf"{_START}({_HYPHENATED}){_END}",
        rf"{_START}({_BARE}){_END}",
    )
)
_PARTIAL = re.compile(r"[0-9a-f]{4,8}(?:-[0-9a-f]{0,4}){0,3}(?:-[0-9a-f]{0,12})?", re.IGNORECASE)
_QUOTED_CHARACTERS = 60


def parse(text: str) -> tuple[SessionId, ...]:
    """Return the session ids in `text`, in order and without repeats.

    Raises ReferenceUnreadable if there is none; its sentence never repeats what looks like an API key.
    """
    ids = tuple(dict.fromkeys(find(text.splitlines())))
    if not ids:
        raise _nothing_found(text)
    return ids


def find(lines: Iterable[str]) -> Iterator[SessionId]:
    """Yield the session ids of each line, repeats included; lines without one are passed over."""
    for line in lines:
        found = _best_kind(_unquoted(line)) if "%" in line else []
        yield from map(_canonical, found or _best_kind(line))


def short(session_id: str) -> str:
    """Return the first eight characters: enough to tell sessions apart on one screen."""
    return session_id[:8]


def _unquoted(line: str) -> str:
    from urllib.parse import unquote  # start-up time: an id has nothing to unquote

    return unquote(line)


def _best_kind(line: str) -> list[str]:
    for pattern in _PATTERNS:
        found: list[str] = pattern.findall(line)
        if found:
            return found
    return []


def _canonical(found: str) -> SessionId:
    digits = found.replace("-", "").lower()
    return SessionId(f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}")


def _nothing_found(text: str) -> ReferenceUnreadable:
    looked_for = "a session id is a UUID such as 3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b"
    advice = "Paste the id, a URL that contains it, or the whole log line."
    stripped = text.strip()
    if not stripped:
        return ReferenceUnreadable(f"Nothing was given; {looked_for}.", advice)
    if "fth_" in stripped:
        return ReferenceUnreadable(
            "No session id found: the text looks like an API key, so it is not repeated here.",
            "If it was typed as an argument, it is in the shell's history: revoke it.",
            secret=True,
        )
    if _PARTIAL.fullmatch(stripped):
        return ReferenceUnreadable(
            f"“{stripped}” is only part of a session id; {looked_for}.",
            "Paste the whole id; the lookup pane finds sessions already seen by their first characters.",
        )
    quoted = stripped[:_QUOTED_CHARACTERS] + ("…" if len(stripped) > _QUOTED_CHARACTERS else "")
    return ReferenceUnreadable(f"No session id found in “{quoted}”; {looked_for}.", advice)
