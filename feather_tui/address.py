"""The address of a Feather API: the one place that decides where a key may be sent.

A key goes to an https host, or to this machine over http. Nothing else can be written as a `BaseUrl`,
so nothing behind it has to ask again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit

from feather_tui.errors import SettingsInvalid

Environment = Literal["sandbox", "local", "other"]

_SANDBOX: Final = "https://api-sandbox.featherhq.com"
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}
_EXAMPLE: Final = f"Write it like {_SANDBOX} or http://localhost:8000."
_HOST_NAME: Final = re.compile(r"(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)*(?!-)[a-z0-9_-]{1,63}(?<!-)")
_PATH: Final = re.compile(r"(?:/(?!\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*")
_LONGEST_TEXT: Final = 2000
_LONGEST_HOST: Final = 253


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseUrl:
    """Scheme, host, port and path below which `/v1/...` is found. Made by `parse`, which checks it.

    `host` is lower case ASCII (IDNA; an IPv6 address without brackets), `port` is always given,
    `path` is empty or begins with a slash and does not end with one.
    """

    scheme: str
    host: str
    port: int
    path: str = ""

    @classmethod
    def parse(cls, text: str) -> BaseUrl:
        """Read a base URL.

        Raises SettingsInvalid unless it is https, or http to this machine; has a host; and has no user
        name, password, query, fragment, space or control character. The sentence never quotes the
        text, which may hold a secret that was put in the wrong place.
        """
        parts, port = _split(text)
        if "@" in parts.netloc:
            raise SettingsInvalid("The base URL holds a user name or a password.", _EXAMPLE)
        if "?" in text or "#" in text:
            raise SettingsInvalid("The base URL has a query (?) or a fragment (#).", _EXAMPLE)
        path = parts.path.rstrip("/")
        if not _PATH.fullmatch(path):
            raise SettingsInvalid(
                "The path of the base URL has an empty, dotted or unescaped part.", _EXAMPLE
            )
        url = cls(
            scheme=parts.scheme,
            host=_host(parts.hostname or ""),
            port=_DEFAULT_PORTS[parts.scheme] if port is None else port,
            path=path,
        )
        if url.scheme == "http" and not url.is_loopback:
            raise SettingsInvalid(
                f"http to {url.host} would send the API key unencrypted.",
                "Use https; http is only for this machine (localhost, 127.0.0.1, ::1).",
            )
        return url

    @property
    def origin(self) -> str:
        """Scheme, host, and port unless it is the usual one: what keys and cache rows are bound to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def text(self) -> str:
        """The whole address in its one normal form, without a slash at the end."""
        return f"{self.origin}{self.path}"

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this machine: localhost, 127.0.0.0/8 or ::1."""
        if self.host in {"localhost", "::1"}:
            return True
        if not self.host[:1].isdigit():
            return False
        import ipaddress  # start-up time: a host has a name, as a rule

        try:
            return ipaddress.IPv4Address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def environment(self) -> Environment:
        """Which kind of Feather this is; "other" (it may be production) is to be marked on screen."""
        if self.is_loopback:
            return "local"
        return "sandbox" if self.origin == _SANDBOX else "other"

    def __str__(self) -> str:
        return self.text


def _split(text: str) -> tuple[SplitResult, int | None]:
    # urlsplit drops control characters without a word, so they are looked for before it.
    if not text.isprintable() or any(character.isspace() for character in text):
        raise SettingsInvalid("The base URL holds a space or a control character.", _EXAMPLE)
    if len(text) > _LONGEST_TEXT:
        raise SettingsInvalid(f"The base URL is longer than {_LONGEST_TEXT} characters.", _EXAMPLE)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SettingsInvalid("The host or the port of the base URL cannot be read.", _EXAMPLE) from None
    if parts.scheme not in _DEFAULT_PORTS or not text[len(parts.scheme) :].startswith("://"):
        raise SettingsInvalid("The base URL does not begin with https:// (or http://localhost).", _EXAMPLE)
    if port == 0:
        raise SettingsInvalid("The base URL has port 0, which no server listens on.", _EXAMPLE)
    return parts, port


def _host(text: str) -> str:
    """Give the host in its normal form: an address compressed, a name in lower case ASCII."""
    if not text:
        raise SettingsInvalid("The base URL has no host.", _EXAMPLE)
    if ":" in text:
        return _ipv6(text)
    name = text if text.isascii() else _idna(text)
    if not _HOST_NAME.fullmatch(name) or len(name) > _LONGEST_HOST:
        raise SettingsInvalid("The host of the base URL is not a host name or an IP address.", _EXAMPLE)
    return name


def _ipv6(text: str) -> str:
    import ipaddress  # start-up time, as above

    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        raise SettingsInvalid("The IPv6 address in the base URL cannot be read.", _EXAMPLE) from None
    if address.scope_id is not None:
        raise SettingsInvalid(
            "The IPv6 address in the base URL has a zone (%), which is not supported.", _EXAMPLE
        )
    return address.compressed


def _idna(name: str) -> str:
    """Give the ASCII form of an international name, if there is exactly one.

    Names that the older and the newer IDNA standard lead to different hosts (ß, look-alike width
    forms) do not survive the way back, and are refused rather than guessed.
    """
    try:
        ascii_name = name.encode("idna").decode("ascii")
        same = ascii_name.encode("ascii").decode("idna") == name
    except UnicodeError:
        same = False
    if not same:
        raise SettingsInvalid(
            "The host of the base URL has letters that could mean more than one host.",
            "Write the host in its ASCII form (xn--...).",
        )
    return ascii_name
