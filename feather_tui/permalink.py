"""The address of a session in a web application, made from a template of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from feather_tui.errors import SettingsInvalid

if TYPE_CHECKING:
    from feather_tui.session.identity import SessionId

PLACEHOLDER: Final = "{session_id}"
_EXAMPLE: Final = f"Write it like https://app.example.com/sessions/{PLACEHOLDER}."


def check_template(text: str) -> str:
    """Give `text` back if links can be made from it.

    Raises SettingsInvalid unless it is an http or https URL of printable characters with `{session_id}`
    behind the host, no other braces, and no user name or password. The sentence never quotes the text,
    which may hold a secret that was put in the wrong place.
    """
    if not text.isprintable() or any(character.isspace() for character in text):
        raise SettingsInvalid("The URL template holds a space or a control character.", _EXAMPLE)
    if "fth_" in text:
        raise SettingsInvalid("The URL template holds something that looks like an API key.", _EXAMPLE)
    around = text.split(PLACEHOLDER)
    if len(around) == 1 or any("{" in part or "}" in part for part in around):
        raise SettingsInvalid(f"The URL template needs {PLACEHOLDER}, and no other braces.", _EXAMPLE)
    try:
        parts = urlsplit(around[0])
        has_host = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        has_host = False
    if not has_host:
        raise SettingsInvalid("The URL template does not begin with https:// and a host.", _EXAMPLE)
    if "@" in parts.netloc:
        raise SettingsInvalid("The URL template holds a user name or a password.", _EXAMPLE)
    if not (parts.path or parts.query or parts.fragment):
        raise SettingsInvalid(f"{PLACEHOLDER} is part of the host of the URL template.", _EXAMPLE)
    return text


def permalink(template: str, session_id: SessionId) -> str:
    """Put the id into a template that `check_template` has seen."""
    return template.replace(PLACEHOLDER, quote(session_id, safe=""))
